import TradeStatistics

/// One projection in a page: headline, chart, tables, model, doubtful figures.
struct ProjectionSection {
  let projection: Projection
  /// The section's number in the page, from 1.
  let number: Int
  /// Periods of a table, at most this many.
  let limit: Int
  let format: QuantityFormat
  let words: FanWords

  init(projection: Projection, number: Int, limit: Int) {
    self.projection = projection
    self.number = number
    self.limit = limit
    format = QuantityFormat(
      unit: projection.unit, values: projection.history.map(\.median) + projection.horizon.map(\.median))
    words = FanWords(projection: projection, format: format)
  }

  var markup: Markup {
    let tables = ProjectionTables(projection: projection, format: format, limit: limit)
    var parts = [Markup("h2", ["dir": "auto"], words.name)]
    parts += headline + [figure]
    if !projection.horizon.isEmpty { parts.append(tables.horizon) }
    if !projection.history.isEmpty { parts.append(tables.history) }
    parts.append(contentsOf: method)
    if !projection.doubtful.isEmpty {
      parts.append(DoubtfulList(findings: projection.doubtful).markup)
    }
    return Markup("section", ["id": "s\(number)"], parts)
  }

  private var headline: [Markup] {
    let total = projection.total
    guard let median = format.text(total.median, .rounded) else {
      return [Markup("p", ["class": "note"], "There is no projection for \(Words.period(total.period)).")]
    }
    let ranges = total.intervals.sorted { $0.level < $1.level }.compactMap { interval in
      format.rangeText(interval.lower, interval.upper, .rounded).map { (Words.level(interval.level), $0) }
    }
    var sentence = [Markup.text("is the median for the \(words.totalName.lowercasedFirst)")]
    for (index, range) in ranges.enumerated() {
      sentence += [
        .text(index == 0 ? ": " : ", "), Markup("b", [:], range.1), .text(" with \(range.0) probability"),
      ]
    }
    return [
      Markup(
        "p", ["class": "headline"],
        [Markup("strong", [:], median), Markup("span", [:], sentence + [.text(".")])])
    ]
  }

  private var figure: Markup {
    let chart = ReportChart.fan(FanChart(projection: projection))
    return Markup(
      "figure", ["class": "chart"],
      [
        chart.drawing(width: 760, language: .english, embedded: true, variant: "wide"),
        chart.drawing(width: 336, language: .english, embedded: true, variant: "narrow"),
        Markup("figcaption", [:], words.source),
      ])
  }

  /// The model line and the notes.
  private var method: [Markup] {
    var parts = [
      Markup("h3", [:], "How it was made"),
      Markup("p", ["class": "model"], clipped(projection.model.capitalisedFirst, to: 1000)),
    ]
    if !projection.notes.isEmpty {
      let notes = projection.notes.prefix(20).map { Markup("li", ["dir": "auto"], clipped($0, to: 400)) }
      parts.append(Markup("ul", [:], notes))
    }
    return parts
  }
}
