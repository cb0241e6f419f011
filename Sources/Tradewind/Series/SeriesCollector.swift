/// Gathers the observations of a series file by series, in order of first appearance.
struct SeriesCollector {
  private(set) var series: [CollectedSeries] = []
  private var positions: [String: Int] = [:]
  private let table: CSVTable
  private let style: NumberStyle

  init(table: CSVTable, style: NumberStyle) { (self.table, self.style) = (table, style) }

  /// Adds a row of the long form.
  mutating func add(
    _ index: Int, layout: SeriesLayout, id: Int, value: Int
  ) throws(InputError) {
    let row = table.rows[index]
    let name = row[id].text
    guard !name.isEmpty else {
      throw table.error(at: row[id], "the series has no name", expected: "the name of a series")
    }
    let period = try layout.period(of: row, in: table)
    let number = try number(in: row[value])
    // Most files are sorted by series: look at the latest one before asking the dictionary.
    var position = series.count - 1
    if position < 0 || series[position].name != name {
      position = positions[name] ?? series.count
      if position == series.count {
        positions[name] = position
        series.append(CollectedSeries(name: name, isColumn: false))
      }
    }
    series[position].observations.append(.init(period: period, value: number, row: index))
  }

  /// Adds all rows of a file whose `columns` are the series.
  mutating func addColumns(_ columns: [Int], layout: SeriesLayout) throws(InputError) {
    let isWide = columns.count > 1
    series = columns.map { CollectedSeries(name: name(ofColumn: $0), isColumn: isWide) }
    for (index, row) in table.rows.enumerated() {
      let period = try layout.period(of: row, in: table)
      for (position, column) in columns.enumerated() {
        let number = try number(in: row[column])
        series[position].observations.append(.init(period: period, value: number, row: index))
      }
    }
  }

  /// The header's name, or for a mere `y` or `value` the file's name without folder and ending.
  private func name(ofColumn column: Int) -> String {
    let name = table.header[column].text
    guard SeriesLayout.valueNames.contains(lowercased(name)) else { return name }
    return table.fileStem.isEmpty || table.fileStem == "-" ? name : table.fileStem
  }

  private func number(in field: CSVField) throws(InputError) -> Double {
    if let value = style.number(field.text) { return value }
    if isMissingMark(field.text) { return .nan }
    // In a comma-separated file only a quoted number can have one.
    let hasComma = style == .decimalPoint && field.text.utf8.contains(UInt8(ascii: ","))
    throw table.error(
      at: field, "'\(quoted(field.text))' is not a number",
      expected: "a decimal number such as \(style.example), or nothing where the value is missing"
        + (hasComma ? "; decimal commas need semicolons or tabs between the columns" : ""))
  }
}

/// The observations of one series as the file gives them.
struct CollectedSeries {
  struct Observation {
    let period: Period
    let value: Double
    /// The number of its row, from 0.
    let row: Int
  }

  let name: String
  /// Whether the series is a column among others, so that missing values at its ends are not part of it.
  let isColumn: Bool
  var observations: [Observation] = []

  /// The unit of the periods, and for each of the sorted `observations` the number of its own.
  ///
  /// Months of which most lie three (twelve) months apart, and the others a multiple of that, are the dates of quarters (years), if
  /// there are at least ``SeriesFile/fewestSpacedRows``; each then is the quarter (year) that holds it.
  private static func periods(of sorted: [Observation]) -> (unit: Period.Unit, ordinals: [Int]) {
    let unit = sorted.first?.period.unit ?? .month
    let ordinals = sorted.map(\.period.ordinal)
    guard unit == .month, ordinals.count >= SeriesFile.fewestSpacedRows else { return (unit, ordinals) }
    let steps = zip(ordinals, ordinals.dropFirst()).map { $1 - $0 }
    for wider in [Period.Unit.year, .quarter]
    where steps.allSatisfy({ $0 > 0 && $0 % wider.months == 0 })
      && 2 * steps.count(where: { $0 == wider.months }) > steps.count
    {
      return (wider, ordinals.map { floorDivision($0, wider.months).quotient })
    }
    return (unit, ordinals)
  }

  /// The series in order, with its gaps filled; `budget` is how many more values the file may use.
  func filled(
    in table: CSVTable, layout: SeriesLayout, seasonalPeriod: Int?, budget: inout Int
  ) throws(InputError) -> TimeSeries {
    let sorted = observations.sorted { ($0.period, $0.row) < ($1.period, $1.row) }
    let (unit, ordinals) = Self.periods(of: sorted)
    guard let first = ordinals.first, let last = ordinals.last else {
      // Not reached from a file: a series is made when its first row is read.
      throw InputError(file: table.file, message: "the series '\(quoted(name))' has no rows")
    }
    try checkUnits(in: table, layout)
    try checkGaps(sorted, in: table, layout)
    budget -= last - first + 1
    guard budget >= 0 else {
      throw InputError(
        file: table.file,
        message: "the series have more than \(SeriesFile.mostValues) periods, gaps included",
        expected: "fewer series or smaller gaps")
    }
    var values = [Double](repeating: .nan, count: last - first + 1)
    for (ordinal, one) in zip(ordinals, sorted) { values[ordinal - first] = one.value }
    var series = TimeSeries(
      values, start: Period(unit: unit, ordinal: first), seasonalPeriod: seasonalPeriod, name: name)
    if isColumn, let start = values.firstIndex(where: { !$0.isNaN }),
      let end = values.lastIndex(where: { !$0.isNaN })
    {
      series = series.slice(from: series.period(at: start), through: series.period(at: end))
    }
    return series
  }

  private func checkUnits(in table: CSVTable, _ layout: SeriesLayout) throws(InputError) {
    guard let unit = observations.first?.period.unit else { return }
    for one in observations where one.period.unit != unit {
      throw table.error(
        at: layout.dateField(of: table.rows[one.row]),
        "\(one.period) is a \(one.period.unit), but the series '\(quoted(name))' began with a \(unit)",
        expected: "one unit in one series")
    }
  }

  /// Refuses a period given twice and a gap too long to be meant. Of two equal periods the later line
  /// comes second, so the error stands there.
  private func checkGaps(
    _ sorted: [Observation], in table: CSVTable, _ layout: SeriesLayout
  ) throws(InputError) {
    func date(_ one: Observation) -> CSVField { layout.dateField(of: table.rows[one.row]) }
    for (one, next) in zip(sorted, sorted.dropFirst()) {
      if one.period == next.period {
        let areDays = date(one).text != date(next).text && date(one).text.utf8.count > 7
        throw table.error(
          at: date(next),
          "the \(one.period.unit) \(one.period) of '\(quoted(name))' is given twice, first on line \(date(one).line)",
          expected: "each \(one.period.unit) once"
            + (areDays ? " (daily and weekly data are not read: sum them to months)" : ""))
      }
      if next.period.ordinal - one.period.ordinal
        > SeriesFile.longestGapInYears * one.period.unit.periodsPerYear
      {
        let (earlier, later) = (date(one).line, date(next).line)
        throw table.error(
          at: date(earlier < later ? next : one),
          "'\(quoted(name))' has nothing between \(one.period) on line \(earlier) and \(next.period) on line \(later)",
          expected: "a gap of at most \(SeriesFile.longestGapInYears) years")
      }
    }
  }
}
