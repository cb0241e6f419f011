import Tradewind

/// Values in a grid of years and the seasons within them: twelve months, four quarters, or one.
struct YearGrid {
  let unit: Period.Unit
  let years: [Int]
  /// Row by row, a year after the other; NaN where there is none.
  let values: [Double]
  /// Which of the given cells stands at each place.
  let sources: [Int?]

  /// The grid of the latest `years` years that these cells touch; cells of other periods are left out.
  init(unit: Period.Unit, cells: [(Period, Double)], years limit: Int) {
    self.unit = unit
    let seasons = unit.periodsPerYear
    let touched = cells.filter { $0.0.unit == unit }.map(\.0.year)
    guard let first = touched.min(), let last = touched.max() else {
      (years, values, sources) = ([], [], [])
      return
    }
    let start = max(first, last - limit + 1)
    years = Array(start...last)
    var values = [Double](repeating: .nan, count: years.count * seasons)
    var sources = [Int?](repeating: nil, count: values.count)
    for (index, cell) in cells.enumerated() where cell.0.unit == unit && cell.0.year >= start {
      let place = cell.0.ordinal - start * seasons
      guard values.indices.contains(place) else { continue }
      (values[place], sources[place]) = (cell.1, index)
    }
    (self.values, self.sources) = (values, sources)
  }

  var seasons: Int { unit.periodsPerYear }

  func value(year: Int, season: Int) -> Double { values[year * seasons + season] }

  func period(year: Int, season: Int) -> Period {
    Period(unit: unit, ordinal: years[year] * seasons + season)
  }

  /// `Jan`, `Q1`; for years nothing.
  func seasonName(_ season: Int, _ language: ReportLanguage) -> String {
    years.isEmpty ? "" : Words.withinYear(period(year: 0, season: season), language)
  }

  /// The same for a place of a given width: Chinese months are bare numbers where not all of them would fit.
  func seasonName(_ season: Int, _ language: ReportLanguage, within width: Double) -> String {
    let name = seasonName(season, language)
    let isTight = unit == .month && language == .chinese && textWidth("12月") + 4 > width
    return isTight ? String(name.dropLast()) : name
  }

  /// A row for each year and a column for each season; `key` says which cell of the picture belongs to a year and a season.
  func table(
    _ format: QuantityFormat, _ language: ReportLanguage, mark: (Int) -> String = { _ in "" },
    key: (Int, Int) -> Int
  ) -> ReportTable {
    let words = ChartWords(language: language)
    var table = ReportTable(
      caption: format.unit,
      columns: [.init(words.year)]
        + (0..<seasons).map { season in
          let name = seasonName(season, language)
          return .init(name.isEmpty ? words.value : name, .number)
        }, rows: [])
    for year in years.indices {
      table.rows.append(
        ["\(years[year])"]
          + (0..<seasons).map { season in
            let index = year * seasons + season
            return sources[index].map { (format.number(values[index]) ?? "–") + mark($0) } ?? ""
          })
      table.cellKeys.append((0..<seasons).map { key(year, $0) })
    }
    return table
  }
}
