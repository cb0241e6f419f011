import TradeReport
import TradeStatistics
import Tradewind

/// Wholes with their parts as a table, as CSV and as JSON.
struct JointProjectionText {
  let projections: [JointProjection]
  let shape: JSONText.Shape

  // MARK: Table

  var table: String { projections.map(table).joined(separator: "\n\n") }

  private func table(_ joint: JointProjection) -> String {
    let whole = joint.whole
    let levels = whole.total.intervals.map(\.level)
    let format = QuantityFormat(unit: whole.unit, values: whole.horizon.map(\.median))
    let period = ProjectionText.name(whole.total.period)
    let unit = format.unit.isEmpty ? "" : ", \(format.unit)"
    var lines = ["\(whole.series)\(unit): \(period) and its months, by parts that add up to the whole"]
    for grouping in joint.groupings {
      var table = TextTable(
        [("\(grouping.grouping.name)", .left)] + whole.horizon.map { ("\($0.period)", .right) }
          + [(period, .right)] + bounds(levels) + [("share", .right)] + bounds(levels))
      for part in grouping.parts {
        table.add(
          [part.label] + part.horizon.map { format.number($0.mean) ?? "–" }
            + amounts(part.total) { format.number($0) } + amounts(part.share, Self.percent))
      }
      table.add(
        ["all"] + whole.horizon.map { format.number($0.mean) ?? "–" }
          + amounts(whole.total) { format.number($0) }
          + ["100.0 %"] + levels.flatMap { _ in ["", ""] })
      lines.append("")
      lines += grouping.doubtful.map { "doubtful: \(FindingWords(finding: $0).short)" }
      lines += grouping.notes.map { "note: \($0)" }
      lines.append("\(grouping.factsUsed) figures about parts; \(grouping.model)")
      lines.append(table.text)
    }
    return lines.joined(separator: "\n")
  }

  private func bounds(_ levels: [Double]) -> [(String, TextTable.Alignment)] {
    levels.flatMap { [("\(LevelList.name($0)) % from", .right), ("to", .right)] }
  }

  private func amounts(_ law: Projection.ProjectedPeriod, _ text: (Double) -> String?) -> [String] {
    [text(law.mean) ?? "–"]
      + law.intervals.flatMap { [text($0.lower) ?? "–", text($0.upper) ?? "–"] }
  }

  private static func percent(_ share: Double) -> String? { NumberText.percent(share) }

  // MARK: CSV and JSON

  /// A row for each part and period; the whole's rows have an empty `grouping`.
  var csv: String {
    let levels = projections.first?.whole.total.intervals.map(\.level) ?? []
    let names = levels.map(LevelList.name)
    var csv = CSVText(
      header: ["unique_id", "ds", "grouping", "status", "unit", "mean", "median"]
        + names.flatMap { ["lo-\($0)", "hi-\($0)"] } + ["share"])
    for joint in projections {
      func add(
        _ series: String, _ grouping: String, _ period: String, _ status: String, median: Double,
        mean: Double,
        _ intervals: [PredictionInterval], share: Double? = nil
      ) {
        let bounds = levels.flatMap { level -> [String] in
          let interval = intervals.first { $0.level == level }
          return [CSVText.number(interval?.lower), CSVText.number(interval?.upper)]
        }
        csv.add(
          [series, period, grouping, status, joint.whole.unit, CSVText.number(mean), CSVText.number(median)]
            + bounds + [CSVText.number(share)])
      }
      func add(
        _ law: Projection.ProjectedPeriod, _ series: String, _ grouping: String, _ status: String,
        share: Double? = nil
      ) {
        add(
          series, grouping, ProjectionText.name(law.period), status, median: law.median, mean: law.mean,
          law.intervals, share: share)
      }
      let whole = joint.whole
      for month in whole.horizon { add(month, whole.series, "", "projected") }
      add(whole.total, whole.series, "", "total")
      for grouping in joint.groupings {
        let name = grouping.grouping.name
        for part in grouping.parts {
          for month in part.history {
            add(
              part.series, name, "\(month.period)", month.status.rawValue, median: month.median,
              mean: month.mean, [.init(level: 0.95, lower: month.lower, upper: month.upper)])
          }
          for month in part.horizon { add(month, part.series, name, "projected") }
          add(part.total, part.series, name, "total", share: part.share.mean)
        }
      }
    }
    return csv.text
  }

  var json: String { get throws { try JSONText.text(projections, as: shape) } }
}
