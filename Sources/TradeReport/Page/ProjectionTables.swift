import TradeStatistics
import Tradewind

/// The numbers behind a chart. Rows carry the period's ordinal, by which the page's script finds them.
struct ProjectionTables {
  let projection: Projection
  let format: QuantityFormat
  /// Periods of a table, at most this many.
  let limit: Int

  /// The projected periods and, last, their total.
  var horizon: Markup {
    let shown = projection.horizon.suffix(limit)
    let levels = Set((shown + [projection.total]).flatMap { $0.intervals.map(\.level) }.filter(\.isFinite))
      .sorted()
    var head = [column("Period", numeric: false), column("Median"), column("Mean")]
    head += levels.prefix(6).map { column("\(Words.level($0)) interval") }
    let rows = shown.map { row($0, Array(levels.prefix(6)), slot: $0.period.first.ordinal) }
    return Markup(
      "div", ["class": "scroll"],
      [
        Markup(
          "table", [:],
          [
            Markup("caption", [:], caption("Projection")),
            Markup("thead", [:], [Markup("tr", [:], head)]), Markup("tbody", [:], Array(rows)),
            Markup("tfoot", [:], [row(projection.total, Array(levels.prefix(6)), slot: nil)]),
          ])
      ])
  }

  /// The history, folded away until the reader opens it.
  var history: Markup {
    let shown = projection.history.suffix(limit)
    let left = projection.history.count - shown.count
    let last = projection.history.last?.period ?? projection.asOf
    let unit = last.unit.rawValue
    let summary =
      "History: \(Words.count(projection.history.count, unit)) up to \(Words.period(last))"
      + (left > 0 ? ", of which the latest \(shown.count) are listed" : "")
    let head = [
      column("Period", numeric: false), column("Value"), column("95\u{A0}% range"),
      column("Status", numeric: false),
    ]
    return Markup(
      "details", [:],
      [
        Markup("summary", [:], summary),
        Markup(
          "div", ["class": "scroll"],
          [
            Markup(
              "table", ["class": "past"],
              [
                Markup("caption", [:], caption("History")),
                Markup("thead", [:], [Markup("tr", [:], head)]), Markup("tbody", [:], shown.map(row)),
              ])
          ]),
      ])
  }

  private func caption(_ text: String) -> String {
    format.unit.isEmpty ? text : "\(text), \(format.unit)"
  }

  private func column(_ text: String, numeric: Bool = true) -> Markup {
    numeric
      ? Markup("th", ["scope": "col", "class": "n"], text) : Markup("th", ["scope": "col"], text)
  }

  private func cell(_ text: String?) -> Markup { Markup("td", ["class": "n"], text ?? "–") }

  private func row(_ period: Projection.ProjectedPeriod, _ levels: [Double], slot: Int?) -> Markup {
    let label =
      slot == nil ? FanWords(projection: projection, format: format).totalName : Words.period(period.period)
    var cells = [
      Markup("th", ["scope": "row"], label), cell(format.number(period.median, .rounded)),
      cell(format.number(period.mean, .rounded)),
    ]
    for level in levels {
      let interval = period.intervals.first { $0.level == level }
      cells.append(cell(interval.flatMap { format.range($0.lower, $0.upper, .rounded) }))
    }
    if let slot { return Markup("tr", ["data-s": "\(slot)"], cells) }
    return Markup("tr", [:], cells)
  }

  private func row(_ month: Projection.HistoryMonth) -> Markup {
    let low = format.number(month.lower)
    let range = low == format.number(month.upper) ? "" : format.range(month.lower, month.upper)
    return Markup(
      "tr", ["data-s": "\(month.period.ordinal)"],
      [
        Markup("th", [:], Words.period(month.period)), Markup("td", [:], format.number(month.median) ?? "–"),
        Markup("td", [:], range ?? "–"), Markup("td", [:], Self.status(month.status)),
      ])
  }

  /// The status with the sign it has in the chart.
  private static func status(_ status: Projection.Status) -> String {
    switch status {
    case .published: "● published"
    case .derived: "◇ derived"
    case .estimated: "▮ estimated"
    }
  }
}
