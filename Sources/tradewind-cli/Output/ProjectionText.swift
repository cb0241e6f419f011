import TradeReport
import TradeStatistics
import Tradewind

/// Projections as a table, as CSV and as JSON.
struct ProjectionText {
  let projections: [Projection]
  let shape: JSONText.Shape

  /// Doubtful figures that the table names.
  private static let shownDoubts = 3
  /// Months of history that the table shows.
  private static let shownHistory = 12
  /// The level of the history's bounds.
  private static let historyLevel = 0.95

  /// The levels of the intervals, ascending; the history's own among them.
  private var levels: [Double] {
    let asked = projections.first?.total.intervals.map(\.level) ?? []
    return Set(asked + [Self.historyLevel]).sorted()
  }

  // MARK: Table

  var table: String {
    projections.map(table).joined(separator: "\n\n")
  }

  private func table(_ projection: Projection) -> String {
    // The months decide unit and places: a long horizon's total is many times as large.
    let months =
      projection.history.suffix(Self.shownHistory).map(\.median) + projection.horizon.map(\.median)
    let format = QuantityFormat(unit: projection.unit, values: months, telling: months)
    var table = TextTable(
      [("period", .left), ("status", .left), ("median", .right)]
        + levels.flatMap { [("\(LevelList.name($0)) % from", .right), ("to", .right)] })
    for month in projection.history.suffix(Self.shownHistory) {
      let bounds = PredictionInterval(level: Self.historyLevel, lower: month.lower, upper: month.upper)
      table.add(cells("\(month.period)", month.status.rawValue, month.median, [bounds], format))
    }
    for month in projection.horizon {
      table.add(cells("\(month.period)", "projected", month.median, month.intervals, format))
    }
    let total = projection.total
    table.add(cells(Self.name(total.period), "total", total.median, total.intervals, format))
    let unit = format.unit.isEmpty ? "" : ", \(format.unit)"
    return """
      \(projection.series)\(unit): what \(projection.factsUsed) figures up to \(projection.asOf) say, and what follows
      \(projection.model)
      \(remarks(projection))
      \(table.text)
      """
  }

  private func cells(
    _ period: String, _ status: String, _ median: Double, _ intervals: [PredictionInterval],
    _ format: QuantityFormat
  ) -> [String] {
    [period, status, format.number(median) ?? "–"]
      + levels.flatMap { level -> [String] in
        guard let interval = intervals.first(where: { $0.level == level }) else { return ["", ""] }
        return [format.number(interval.lower) ?? "–", format.number(interval.upper) ?? "–"]
      }
  }

  /// Doubtful figures and the projection's own notes, a line each.
  private func remarks(_ projection: Projection) -> String {
    var lines = projection.doubtful.prefix(Self.shownDoubts).map {
      "doubtful: \(FindingWords(finding: $0).short)"
    }
    let more = projection.doubtful.count - Self.shownDoubts
    if more > 0 { lines.append("doubtful: \(more) more, see tradewind audit") }
    return (lines + projection.notes.map { "note: \($0)" }).map { $0 + "\n" }.joined()
  }

  /// `2026-Q1` for the three months of a quarter.
  static func name(_ range: PeriodRange) -> String {
    let quarter = range.first.quarterPeriod
    let isQuarter = quarter.months == range.months
    return isQuarter ? "\(quarter)" : "\(range)"
  }

  // MARK: CSV and JSON

  var csv: String {
    let names = levels.map(LevelList.name)
    var csv = CSVText(
      header: ["unique_id", "ds", "status", "unit", "mean", "median"]
        + names.flatMap { ["lo-\($0)", "hi-\($0)"] })
    for projection in projections {
      func add(
        _ period: String, _ status: String, _ median: Double, mean: Double?, _ intervals: [PredictionInterval]
      ) {
        let bounds = levels.flatMap { level -> [String] in
          let interval = intervals.first { $0.level == level }
          return [CSVText.number(interval?.lower), CSVText.number(interval?.upper)]
        }
        csv.add(
          [projection.series, period, status, projection.unit, CSVText.number(mean), CSVText.number(median)]
            + bounds)
      }
      for month in projection.history {
        let bounds = PredictionInterval(level: Self.historyLevel, lower: month.lower, upper: month.upper)
        add("\(month.period)", month.status.rawValue, month.median, mean: nil, [bounds])
      }
      for month in projection.horizon {
        add("\(month.period)", "projected", month.median, mean: month.mean, month.intervals)
      }
      let total = projection.total
      add(Self.name(total.period), "total", total.median, mean: total.mean, total.intervals)
    }
    return csv.text
  }

  var json: String { get throws { try JSONText.text(projections, as: shape) } }
}
