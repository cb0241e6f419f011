import Tradewind

/// Totals of running quarters or years, with their months, as a table, as CSV and as JSON.
struct NowcastText: ResultText {
  struct Entry {
    let series: TimeSeries
    /// The model as it was asked for, such as `ets`.
    let model: String
    let nowcast: Nowcast
  }

  /// In the order of the file, and for each series in that of the models.
  let entries: [Entry]
  /// The intervals' levels, one at least.
  let levels: [Double]
  /// Whether the table says how a total came about.
  let explains: Bool

  /// A month, or the total.
  private struct Row {
    let period: Period
    let status: String
    let mean, median: Double
    let intervals: [PredictionInterval]
    let yearBefore: Double
    let growth: Nowcast.Growth?
  }

  private func rows(of nowcast: Nowcast) -> [Row] {
    let parts = nowcast.parts.map {
      Row(
        period: $0.period, status: $0.status.rawValue, mean: $0.mean, median: $0.median,
        intervals: $0.intervals, yearBefore: $0.yearBefore, growth: $0.growth)
    }
    let total = nowcast.total
    return parts + [
      Row(
        period: nowcast.period, status: "total", mean: total.mean, median: total.median,
        intervals: total.intervals, yearBefore: nowcast.yearBefore, growth: nowcast.growth)
    ]
  }

  // MARK: Table

  var table: String { entries.map(table).joined(separator: "\n") }

  private func table(_ entry: Entry) -> String {
    let nowcast = entry.nowcast
    // The change's interval stands at the widest level only, the last one.
    let widest = levels.last.map { "\(LevelList.name($0)) % from" } ?? ""
    var table = TextTable(
      [("period", .left), ("status", .left), ("mean", .right)]
        + levels.flatMap { [("\(LevelList.name($0)) % from", .right), ("to", .right)] }
        + [("on the year", .right), (widest, .right), ("to", .right)])
    let places = NumberText.decimals(forTypicalOf: nowcast.parts.map(\.mean), digits: 4)
    for row in rows(of: nowcast) {
      // What is published has no interval.
      let isExact = row.status == Nowcast.Status.published.rawValue
      func ends(_ interval: PredictionInterval?, _ text: (Double) -> String) -> [String] {
        guard let interval, !isExact else { return ["", ""] }
        return [text(interval.lower), text(interval.upper)]
      }
      table.add(
        ["\(row.period)", row.status, NumberText.fixed(row.mean, decimals: places)]
          + row.intervals.flatMap { ends($0) { NumberText.fixed($0, decimals: places) } }
          + [row.growth.map { NumberText.percent($0.mean) } ?? "–"]
          + ends(row.growth?.intervals.last, NumberText.percent))
    }
    let series = entry.series
    let name = series.name.isEmpty ? "" : "\(series.name): "
    let known = nowcast.parts.prefix { $0.status != .forecast }.count
    let forecast = nowcast.parts.count - known
    return """
      \(name)\(nowcast.period) by \(nowcast.model), \(known) of \(known + forecast) \(series.start.unit)s known

      \(table.text)
      """ + (explains ? ExplanationText(nowcast.explanation)?.table ?? "" : "")
  }

  // MARK: CSV

  /// One row a month and one for the total.
  var csv: String {
    let names = levels.map(LevelList.name)
    var csv = CSVText(
      header: ["unique_id", "ds", "model", "status", "mean"] + names.flatMap { ["lo-\($0)", "hi-\($0)"] }
        + ["year_before", "growth"] + names.flatMap { ["growth-lo-\($0)", "growth-hi-\($0)"] })
    for entry in entries {
      for row in rows(of: entry.nowcast) {
        let growth =
          row.growth.map { [$0.mean] + $0.intervals.flatMap { [$0.lower, $0.upper] } }
          ?? [Double](repeating: .nan, count: 1 + 2 * levels.count)
        csv.add(
          [entry.series.name, "\(row.period)", entry.model, row.status]
            + ([row.mean] + row.intervals.flatMap { [$0.lower, $0.upper] } + [row.yearBefore] + growth)
            .map { CSVText.number($0) })
      }
    }
    return csv.text
  }

  // MARK: JSON

  var json: String { get throws { try JSONText.oneOrMany(entries.map { JSONEntry($0, self) }) } }

  private struct JSONEntry: Encodable {
    struct Growth: Encodable {
      let mean, median: Double
      let intervals: [PredictionInterval]

      init(_ growth: Nowcast.Growth) {
        (mean, median, intervals) = (growth.mean, growth.median, growth.intervals)
      }
    }

    struct Part: Encodable {
      let period, status: String
      let mean, median: Double
      let intervals: [PredictionInterval]
      let yearBefore: Double?
      let growth: Growth?

      init(_ row: Row) {
        (period, status) = ("\(row.period)", row.status)
        (mean, median, intervals) = (row.mean, row.median, row.intervals)
        yearBefore = row.yearBefore.isNaN ? nil : row.yearBefore
        growth = row.growth.map(Growth.init)
      }
    }

    let series, model, fitted, period: String
    let parts: [Part]
    let total: Part?
    let explanation: ExplanationText?

    init(_ entry: Entry, _ text: NowcastText) {
      series = entry.series.name
      model = entry.model
      fitted = entry.nowcast.model
      period = "\(entry.nowcast.period)"
      let rows = text.rows(of: entry.nowcast).map(Part.init)
      parts = rows.dropLast()
      total = rows.last
      explanation = ExplanationText(entry.nowcast.explanation)
    }
  }
}
