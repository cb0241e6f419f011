import Tradewind

/// Decompositions as a table, as CSV and as JSON.
struct DecompositionText {
  let parts: [MultipleSeasonalDecomposition]
  let method: String
  let showsWeights: Bool
  let shape: JSONText.Shape

  private struct Column {
    let title: String
    let csvName: String
    let jsonName: String
    /// Whether the numbers are factors about 1 and not amounts in the unit of the series.
    let isFactor: Bool
    let values: [Double]

    init(_ name: String, csv: String? = nil, json: String? = nil, isFactor: Bool = false, _ values: [Double])
    {
      (title, csvName, jsonName) = (name, csv ?? name, json ?? name)
      self.isFactor = isFactor
      self.values = values
    }
  }

  private func columns(of parts: MultipleSeasonalDecomposition) -> [Column] {
    let one = parts.combined
    let factors = one.mode == .multiplicative
    // Each of several seasons has a column.
    let seasons = parts.seasons.count < 2 ? [] : parts.seasons
    var columns = [
      Column("observed", one.observed.values), Column("trend", one.trend),
      Column("seasonal", isFactor: factors, one.seasonal),
      Column("remainder", isFactor: factors, one.remainder),
      Column("adjusted", csv: "seasonally_adjusted", json: "seasonallyAdjusted", one.seasonallyAdjusted),
    ]
    for season in seasons {
      columns.append(
        Column(
          "season \(season.period)", csv: "seasonal_\(season.period)", json: "seasonal\(season.period)",
          isFactor: factors, season.values))
    }
    if showsWeights { columns.append(Column("weight", isFactor: true, one.weights)) }
    return columns
  }

  var table: String {
    parts.map { part in
      let one = part.combined
      let series = one.observed
      let columns = columns(of: part)
      var table = TextTable([("period", .left)] + columns.map { ($0.title, .right) })
      let places = NumberText.decimals(forTypicalOf: series.values, digits: 4)
      for (index, period) in series.periods.enumerated() {
        table.add(
          ["\(period)"]
            + columns.map {
              NumberText.fixed($0.values[index], decimals: $0.isFactor ? 4 : places)
            })
      }
      let name = series.name.isEmpty ? "" : "\(series.name): "
      let missing = series.missingCount == 0 ? "" : ", \(series.missingCount) of them missing"
      return """
        \(name)\(method), \(one.mode.rawValue), \(series.start) to \(series.end), \(series.count) periods\(missing)
        strength of the season \(NumberText.fixed(one.seasonalStrength, decimals: 2)), \
        of the trend \(NumberText.fixed(one.trendStrength, decimals: 2)) (0 none, 1 nothing else)

        \(table.text)
        """
    }.joined(separator: "\n")
  }

  var csv: String {
    var csv = CSVText(
      header: ["unique_id", "ds"] + (parts.first.map { columns(of: $0).map(\.csvName) } ?? []))
    for part in parts {
      let one = part.combined
      let columns = columns(of: part)
      for (index, period) in one.observed.periods.enumerated() {
        csv.add([one.observed.name, "\(period)"] + columns.map { CSVText.number($0.values[index]) })
      }
    }
    return csv.text
  }

  var json: String {
    get throws {
      try JSONText.text(
        parts.map { part in
          let one = part.combined
          return Entry(
            series: one.observed.name, method: method, mode: one.mode.rawValue,
            seasonalPeriod: one.observed.seasonalPeriod, seasonalStrength: one.seasonalStrength,
            trendStrength: one.trendStrength, period: one.observed.periods.map { "\($0)" },
            components: Dictionary(
              uniqueKeysWithValues: columns(of: part).map { column in
                (column.jsonName, column.values.map { $0.isNaN ? nil : $0 })
              }))
        }, as: shape)
    }
  }

  private struct Entry: Encodable {
    let series, method, mode: String
    let seasonalPeriod: Int
    let seasonalStrength, trendStrength: Double
    let period: [String]
    /// By name; what is missing is `null`.
    let components: [String: [Double?]]
  }
}
