import Tradewind

/// Decompositions as a table, as CSV and as JSON.
struct DecompositionText {
  let parts: [SeasonalDecomposition]
  let method: String
  let showsWeights: Bool

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

  private func columns(of one: SeasonalDecomposition) -> [Column] {
    let factors = one.mode == .multiplicative
    var columns = [
      Column("observed", one.observed.values), Column("trend", one.trend),
      Column("seasonal", isFactor: factors, one.seasonal),
      Column("remainder", isFactor: factors, one.remainder),
      Column("adjusted", csv: "seasonally_adjusted", json: "seasonallyAdjusted", one.seasonallyAdjusted),
    ]
    if showsWeights { columns.append(Column("weight", isFactor: true, one.weights)) }
    return columns
  }

  var table: String {
    parts.map { one in
      let series = one.observed
      let columns = columns(of: one)
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
    for one in parts {
      let columns = columns(of: one)
      for (index, period) in one.observed.periods.enumerated() {
        csv.add([one.observed.name, "\(period)"] + columns.map { CSVText.number($0.values[index]) })
      }
    }
    return csv.text
  }

  var json: String {
    get throws {
      try JSONText.oneOrMany(
        parts.map { one in
          Entry(
            series: one.observed.name, method: method, mode: one.mode.rawValue,
            seasonalPeriod: one.observed.seasonalPeriod, seasonalStrength: one.seasonalStrength,
            trendStrength: one.trendStrength, period: one.observed.periods.map { "\($0)" },
            components: Dictionary(
              uniqueKeysWithValues: columns(of: one).map { column in
                (column.jsonName, column.values.map { $0.isNaN ? nil : $0 })
              }))
        })
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
