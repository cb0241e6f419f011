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
    var head = [
      column(words.period, numeric: false), column(words.pick("Median", "中位数")),
      column(words.pick("Mean", "均值")),
    ]
    head += levels.prefix(6).map { column(words.interval($0)) }
    let rows = shown.map { row($0, Array(levels.prefix(6)), slot: $0.period.first.ordinal) }
    return Markup(
      "div", ["class": "scroll"],
      [
        Markup(
          "table", [:],
          [
            Markup("caption", [:], caption(words.pick("Projection", "预测"))),
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
      words.pick(
        "History: \(Words.count(projection.history.count, unit)) up to \(Words.period(last))",
        "历史：截至\(Words.period(last, language))的\(projection.history.count)期")
      + (left > 0
        ? words.pick(", of which the latest \(shown.count) are listed", "，列出最近\(shown.count)期") : "")
    let head = [
      column(words.period, numeric: false), column(words.value),
      column(words.pick("95\u{A0}% range", "95%区间")), column(words.status, numeric: false),
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
                Markup("caption", [:], caption(words.pick("History", "历史"))),
                Markup("thead", [:], [Markup("tr", [:], head)]), Markup("tbody", [:], shown.map(row)),
              ])
          ]),
      ])
  }

  private var language: ReportLanguage { format.language }
  private var words: ChartWords { ChartWords(language: language) }

  private func caption(_ text: String) -> String {
    format.unit.isEmpty ? text : text + words.pick(", ", "，") + format.unit
  }

  private func column(_ text: String, numeric: Bool = true) -> Markup {
    numeric
      ? Markup("th", ["scope": "col", "class": "n"], text) : Markup("th", ["scope": "col"], text)
  }

  private func cell(_ text: String?) -> Markup { Markup("td", ["class": "n"], text ?? "–") }

  private func row(_ period: Projection.ProjectedPeriod, _ levels: [Double], slot: Int?) -> Markup {
    let label =
      slot == nil
      ? FanWords(projection: projection, format: format).totalName : Words.period(period.period, language)
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
        Markup("th", [:], Words.period(month.period, language)),
        Markup("td", [:], format.number(month.median) ?? "–"),
        Markup("td", [:], range ?? "–"), Markup("td", [:], words.sign(month.status)),
      ])
  }
}
