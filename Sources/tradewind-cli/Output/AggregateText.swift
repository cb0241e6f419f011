import Tradewind

/// A total adjusted directly and by its parts, as a table, as CSV and as JSON.
struct AggregateText {
  let result: AdjustedAggregate

  private var total: TimeSeries { result.observed }

  /// The sum in words: `peru + mexico − bolivia`.
  private var formula: String {
    var text = ""
    for part in result.parts {
      if part.weight < 0 { text += text.isEmpty ? "−" : " − " } else if !text.isEmpty { text += " + " }
      text += part.name
    }
    return text
  }

  var table: String {
    var columns: [(String, TextTable.Alignment)] = [
      ("period", .left), ("observed", .right), ("direct", .right), ("indirect", .right),
    ]
    columns.append((result.difference.isRelative ? "difference, %" : "difference", .right))
    var table = TextTable(columns)
    let places = NumberText.decimals(forTypicalOf: total.values, digits: 4)
    for (t, period) in total.periods.enumerated() {
      table.add([
        "\(period)", NumberText.fixed(total.values[t], decimals: places),
        NumberText.fixed(result.direct.seasonallyAdjusted[t], decimals: places),
        NumberText.fixed(result.indirect.seasonallyAdjusted[t], decimals: places),
        NumberText.fixed(result.difference.values[t], decimals: result.difference.isRelative ? 2 : places),
      ])
    }
    return summary + "\n" + comparison + "\n" + table.text
  }

  private var summary: String {
    let difference = result.difference
    let opposite = difference.oppositeChanges
    func size(_ x: Double) -> String {
      NumberText.significant(x, digits: 3) + (difference.isRelative ? " %" : "")
    }
    var lines = [
      "\(total.name) = \(formula), x11, \(result.total.x11.specification.mode.words), \(total.start) to \(total.end), "
        + "\(total.count) periods",
      "indirect less direct: at most \(size(difference.largest)) (\(difference.largestPeriod)), on average "
        + "\(size(difference.meanAbsolute)), root mean square \(size(difference.rootMeanSquare)); "
        + "opposite changes in \(opposite) of \(max(total.count - 1, 0)) periods",
    ]
    if let rest = result.rest {
      lines.append(
        "\(rest.name): what the published total has beyond the named parts, adjusted as a part of its own")
    }
    if let discrepancy = result.discrepancy {
      let largest = discrepancy.reduce(0) { $1.isNaN ? $0 : max($0, abs($1)) }
      lines.append(
        "the published total differs from its parts by at most \(NumberText.significant(largest, digits: 3)); "
          + "that is added to the indirect adjustment as it is")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Roughness and season left, side by side.
  private var comparison: String {
    var table = TextTable([
      ("", .left), ("direct", .right), ("indirect", .right), ("indirect smoother by", .right),
    ])
    for row in roughness {
      let gain = row.reduction
      table.add([
        row.title, NumberText.significant(row.direct, digits: 4),
        NumberText.significant(row.indirect, digits: 4),
        gain.isFinite ? NumberText.fixed(gain, decimals: 1) + " %" : "–",
      ])
    }
    for row in seasons {
      table.add([
        row.title, row.direct.map { RegressionText.probability($0.probability) } ?? "–",
        row.indirect.map { RegressionText.probability($0.probability) } ?? "–", "",
      ])
    }
    return table.text
  }

  private var roughness: [(title: String, direct: Double, indirect: Double, reduction: Double)] {
    var rows: [(title: String, direct: Double, indirect: Double, reduction: Double)] = []
    for (suffix, direct, indirect) in [
      ("", result.direct.roughness, result.indirect.roughness),
      (", last 3 years", result.direct.recentRoughness, result.indirect.recentRoughness),
    ] {
      guard let direct, let indirect else { continue }
      let reduction = direct.reduction(by: indirect)
      rows.append(("R1, changes" + suffix, direct.changes, indirect.changes, reduction.changes))
      rows.append(("R2, remainder" + suffix, direct.remainder, indirect.remainder, reduction.remainder))
    }
    return rows
  }

  private var seasons: [(title: String, direct: FTest?, indirect: FTest?)] {
    [
      ("season left, p", result.direct.residualSeasonality, result.indirect.residualSeasonality),
      (
        "season left, last 3 years, p", result.direct.recentResidualSeasonality,
        result.indirect.recentResidualSeasonality
      ),
    ]
  }

  var csv: String {
    var csv = CSVText(
      header: [
        "unique_id", "ds", "observed", "direct", "indirect", "difference", "trend_direct", "trend_indirect",
      ] + result.parts.map { $0.name + "_adjusted" })
    for (t, period) in total.periods.enumerated() {
      let values = [
        total.values[t], result.direct.seasonallyAdjusted[t], result.indirect.seasonallyAdjusted[t],
        result.difference.values[t], result.direct.trend[t], result.indirect.trend[t],
      ]
      let parts = result.parts.map { $0.adjustment.seasonallyAdjusted[t] }
      csv.add([total.name, "\(period)"] + (values + parts).map { CSVText.number($0) })
    }
    return csv.text
  }

  var json: String { get throws { try JSONText.text(Entry(self)) } }

  private struct Entry: Encodable {
    let series, method, mode: String
    let period: [String]
    let observed: [Double?]
    let direct, indirect: Way
    let difference: Difference
    let parts: [Part]
    let discrepancy: [Double?]?

    init(_ text: AggregateText) {
      let result = text.result
      func known(_ values: [Double]) -> [Double?] { values.map { $0.isNaN ? nil : $0 } }
      (series, method, mode) = (text.total.name, "x11", result.total.x11.specification.mode.words)
      period = text.total.periods.map { "\($0)" }
      observed = known(text.total.values)
      direct = Way(result.direct)
      indirect = Way(result.indirect)
      difference = Difference(result.difference)
      parts = result.parts.map {
        Part(
          name: $0.name, weight: $0.weight, model: $0.adjustment.whole?.fitted.name,
          observed: known($0.adjustment.completed.values),
          seasonallyAdjusted: $0.adjustment.seasonallyAdjusted,
          trend: $0.adjustment.trend)
      }
      discrepancy = result.discrepancy.map(known)
    }
  }

  private struct Way: Encodable {
    let seasonallyAdjusted, trend: [Double]
    let roughness, roughnessLastYears: Roughness?
    let residualSeasonality, residualSeasonalityLastYears: Test?

    init(_ way: AdjustedAggregate.Way) {
      (seasonallyAdjusted, trend) = (way.seasonallyAdjusted, way.trend)
      roughness = way.roughness.map { Roughness(r1: $0.changes, r2: $0.remainder) }
      roughnessLastYears = way.recentRoughness.map { Roughness(r1: $0.changes, r2: $0.remainder) }
      residualSeasonality = way.residualSeasonality.map { Test(f: $0.value, p: $0.probability) }
      residualSeasonalityLastYears = way.recentResidualSeasonality.map {
        Test(f: $0.value, p: $0.probability)
      }
    }
  }

  private struct Roughness: Encodable { let r1, r2: Double }

  private struct Test: Encodable { let f, p: Double }

  private struct Difference: Encodable {
    let values: [Double]
    let isPercent: Bool
    let largest: Double
    let largestPeriod: String
    let meanAbsolute, rootMeanSquare: Double
    let oppositeChanges: Int

    init(_ difference: AdjustedAggregate.Difference) {
      (values, isPercent) = (difference.values, difference.isRelative)
      (largest, largestPeriod) = (difference.largest, "\(difference.largestPeriod)")
      (meanAbsolute, rootMeanSquare) = (difference.meanAbsolute, difference.rootMeanSquare)
      oppositeChanges = difference.oppositeChanges
    }
  }

  private struct Part: Encodable {
    let name: String
    let weight: Double
    let model: String?
    let observed: [Double?]
    let seasonallyAdjusted, trend: [Double]
  }
}
