import TradeStatistics

/// The totals of all projections, with links to their sections.
struct OverviewTable {
  let projections: [Projection]
  var language = ReportLanguage.english

  /// The table's rows, at most this many.
  private static let limit = 400

  var markup: Markup {
    let levels = Set(projections.prefix(Self.limit).flatMap { $0.total.intervals.map(\.level) })
      .sorted().prefix(3)
    var head = [language.pick("Series", "序列"), language.pick("Period", "时期")].map {
      Markup("th", ["scope": "col"], $0)
    }
    head.append(Markup("th", ["scope": "col", "class": "n"], language.pick("Median", "中位数")))
    head += levels.map {
      Markup("th", ["scope": "col", "class": "n"], ChartWords(language: language).interval($0))
    }
    let rows = projections.prefix(Self.limit).enumerated().map { index, projection in
      row(projection, number: index + 1, levels: Array(levels))
    }
    var parts = [
      Markup("h2", [:], language.pick("At a glance", "概览")),
      Markup(
        "div", ["class": "scroll"],
        [
          Markup(
            "table", [:], [Markup("thead", [:], [Markup("tr", [:], head)]), Markup("tbody", [:], rows)])
        ]),
    ]
    if projections.count > Self.limit {
      parts.append(
        Markup(
          "p", ["class": "note"],
          language.pick(
            "And \(projections.count - Self.limit) more, not listed here.",
            "另有\(projections.count - Self.limit)项未列出。")))
    }
    return Markup("nav", [:], parts)
  }

  private func row(_ projection: Projection, number: Int, levels: [Double]) -> Markup {
    let format = QuantityFormat(
      unit: projection.unit, values: [projection.total.median], language: language)
    let name = Words.series(clipped(projection.series, to: 60), language)
    var cells = [
      Markup("th", ["scope": "row", "dir": "auto"], [Markup("a", ["href": "#s\(number)"], name)]),
      Markup("td", [:], Words.period(projection.total.period, language)),
      Markup("td", ["class": "n"], format.text(projection.total.median, .rounded) ?? "–"),
    ]
    for level in levels {
      let interval = projection.total.intervals.first { $0.level == level }
      let text = interval.flatMap { format.rangeText($0.lower, $0.upper, .rounded) }
      cells.append(Markup("td", ["class": "n"], text ?? "–"))
    }
    return Markup("tr", [:], cells)
  }
}
