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
  let shape: JSONText.Shape

  /// A month, or the total.
  private struct Row {
    let period: Period
    let status: String
    let published, mean, median: Double
    let intervals: [PredictionInterval]
    let yearBefore: Double
    let growth: Nowcast.Growth?
  }

  private func rows(of nowcast: Nowcast) -> [Row] {
    let parts = nowcast.parts.map {
      Row(
        period: $0.period, status: $0.status.rawValue, published: $0.published, mean: $0.mean,
        median: $0.median,
        intervals: $0.intervals, yearBefore: $0.yearBefore, growth: $0.growth)
    }
    let total = nowcast.total
    return parts + [
      Row(
        period: nowcast.period, status: "total", published: .nan, mean: total.mean, median: total.median,
        intervals: total.intervals, yearBefore: nowcast.yearBefore, growth: nowcast.growth)
    ]
  }

  // MARK: Table

  var table: String { entries.map(table).joined(separator: "\n") }

  private func table(_ entry: Entry) -> String {
    let nowcast = entry.nowcast
    // Medians as on the picture: that of the total is the joint law's.
    let places = NumberText.decimals(forTypicalOf: nowcast.parts.map(\.median), digits: 4)
    // What was published is told apart from what is made of it only where these differ.
    let revisable = nowcast.parts.count { $0.status == .revisable }
    var columns: [(String, TextTable.Alignment)] = [("period", .left), ("status", .left)]
    if revisable > 0 { columns.append(("published", .right)) }
    columns.append(("median", .right))
    for level in levels { columns += [("\(LevelList.name(level)) % from", .right), ("to", .right)] }
    // The change's interval stands at the widest level only, the last one.
    let widest = levels.last.map(LevelList.name) ?? ""
    columns += [("on the year", .right), ("\(widest) % from", .right), ("to", .right)]
    var table = TextTable(columns)
    for row in rows(of: nowcast) {
      let number = { (x: Double) in x.isNaN ? "" : NumberText.fixed(x, decimals: places) }
      // What is published has no interval.
      let isExact = row.status == Nowcast.Status.published.rawValue
      func ends(_ interval: PredictionInterval?, _ text: (Double) -> String) -> [String] {
        guard let interval, !isExact else { return ["", ""] }
        return [text(interval.lower), text(interval.upper)]
      }
      var cells = ["\(row.period)", row.status]
      if revisable > 0 { cells.append(number(row.published)) }
      cells.append(number(row.median))
      for interval in row.intervals { cells += ends(interval, number) }
      cells.append(row.growth.map { NumberText.percent($0.median) } ?? "–")
      table.add(cells + ends(row.growth?.intervals.last, NumberText.percent))
    }
    return heading(entry, revisable: revisable) + "\n" + table.text
      + (explains ? ExplanationText(nowcast.explanation, nowcast.summary)?.table ?? "" : "")
  }

  private func heading(_ entry: Entry, revisable: Int) -> String {
    let (series, nowcast) = (entry.series, entry.nowcast)
    let name = series.name.isEmpty ? "" : "\(series.name): "
    let known = nowcast.parts.count { $0.status != .forecast }
    let note = revisable > 0 ? ", \(revisable) of them revisable" : ""
    return
      "\(name)\(nowcast.period) by \(nowcast.model), \(known) of \(nowcast.parts.count) \(series.start.unit)s known\(note)\n"
  }

  // MARK: CSV

  /// One row a month and one for the total.
  var csv: String {
    let names = levels.map(LevelList.name)
    var csv = CSVText(
      header: ["unique_id", "ds", "model", "status", "published", "mean", "median"]
        + names.flatMap { ["lo-\($0)", "hi-\($0)"] }
        + ["year_before", "growth"] + names.flatMap { ["growth-lo-\($0)", "growth-hi-\($0)"] })
    for entry in entries {
      for row in rows(of: entry.nowcast) {
        let growth =
          row.growth.map { [$0.mean] + $0.intervals.flatMap { [$0.lower, $0.upper] } }
          ?? [Double](repeating: .nan, count: 1 + 2 * levels.count)
        csv.add(
          [entry.series.name, "\(row.period)", entry.model, row.status]
            + ([row.published, row.mean, row.median] + row.intervals.flatMap { [$0.lower, $0.upper] } + [
              row.yearBefore
            ]
            + growth)
            .map { CSVText.number($0) })
      }
    }
    return csv.text
  }

  // MARK: JSON

  var json: String { get throws { try JSONText.text(entries.map { JSONEntry($0, self) }, as: shape) } }

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
      let published: Double?
      let mean, median: Double
      let intervals: [PredictionInterval]
      let yearBefore: Double?
      let growth: Growth?

      init(_ row: Row) {
        (period, status) = ("\(row.period)", row.status)
        published = row.published.isNaN ? nil : row.published
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
      explanation = ExplanationText(entry.nowcast.explanation, entry.nowcast.summary)
    }
  }
}
