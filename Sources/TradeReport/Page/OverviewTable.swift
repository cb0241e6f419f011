import TradeStatistics

/// The totals of all projections, with links to their sections.
struct OverviewTable {
  let projections: [Projection]

  /// The table's rows, at most this many.
  private static let limit = 400

  var markup: Markup {
    let levels = Set(projections.prefix(Self.limit).flatMap { $0.total.intervals.map(\.level) })
      .sorted().prefix(3)
    var head = [Markup("th", ["scope": "col"], "Series"), Markup("th", ["scope": "col"], "Period")]
    head.append(Markup("th", ["scope": "col", "class": "n"], "Median"))
    head += levels.map { Markup("th", ["scope": "col", "class": "n"], "\(Words.level($0)) interval") }
    let rows = projections.prefix(Self.limit).enumerated().map { index, projection in
      row(projection, number: index + 1, levels: Array(levels))
    }
    var parts = [
      Markup("h2", [:], "At a glance"),
      Markup(
        "div", ["class": "scroll"],
        [
          Markup(
            "table", [:], [Markup("thead", [:], [Markup("tr", [:], head)]), Markup("tbody", [:], rows)])
        ]),
    ]
    if projections.count > Self.limit {
      parts.append(
        Markup("p", ["class": "note"], "And \(projections.count - Self.limit) more, not listed here."))
    }
    return Markup("nav", [:], parts)
  }

  private func row(_ projection: Projection, number: Int, levels: [Double]) -> Markup {
    let format = QuantityFormat(unit: projection.unit, values: [projection.total.median])
    let name = Words.series(clipped(projection.series, to: 60))
    var cells = [
      Markup("th", ["scope": "row", "dir": "auto"], [Markup("a", ["href": "#s\(number)"], name)]),
      Markup("td", [:], Words.period(projection.total.period)),
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
