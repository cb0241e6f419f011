import TradeStatistics

/// One projection in a page: headline, chart, tables, model, doubtful figures.
struct ProjectionSection {
  let projection: Projection
  /// The ways in which it is divided.
  let groupings: [JointProjection.Grouping]
  /// The section's number in the page, from 1.
  let number: Int
  /// Periods of a table, at most this many.
  let limit: Int
  let format: QuantityFormat
  let words: FanWords
  let language: ReportLanguage

  init(
    projection: Projection, groupings: [JointProjection.Grouping], number: Int, limit: Int,
    language: ReportLanguage
  ) {
    self.projection = projection
    self.groupings = groupings
    self.language = language
    self.number = number
    self.limit = limit
    format = QuantityFormat(
      unit: projection.unit, values: projection.history.map(\.median) + projection.horizon.map(\.median),
      language: language)
    words = FanWords(projection: projection, format: format)
  }

  var markup: Markup {
    let tables = ProjectionTables(projection: projection, format: format, limit: limit)
    var parts = [Markup("h2", ["dir": "auto"], words.name)]
    parts += headline + [figure]
    if !projection.horizon.isEmpty { parts.append(tables.horizon) }
    if !projection.history.isEmpty { parts.append(tables.history) }
    parts += groupings.flatMap(PartsSection(whole: projection, language: language).markup)
    parts.append(contentsOf: method)
    if !projection.doubtful.isEmpty {
      parts.append(DoubtfulList(findings: projection.doubtful, language: language).markup)
    }
    return Markup("section", ["id": "s\(number)"], parts)
  }

  private var headline: [Markup] {
    let total = projection.total
    guard let median = format.text(total.median, .rounded) else {
      return [Markup("p", ["class": "note"], noProjection)]
    }
    let ranges = total.intervals.sorted { $0.level < $1.level }.compactMap { interval in
      format.rangeText(interval.lower, interval.upper, .rounded).map {
        (Words.level(interval.level, language), $0)
      }
    }
    if language == .chinese { return headline(median, ranges) }
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

  private var noProjection: String {
    let period = Words.period(projection.total.period, language)
    return language.pick("There is no projection for \(period).", "没有\(period)的预测。")
  }

  /// The same in Chinese.
  private func headline(_ median: String, _ ranges: [(String, String)]) -> [Markup] {
    var sentence = [Markup.text("为\(words.totalName)的预测中位数")]
    for (index, range) in ranges.enumerated() {
      sentence += [.text("\(index == 0 ? "：" : "，")\(range.0)概率区间为"), Markup("b", [:], range.1)]
    }
    return [
      Markup(
        "p", ["class": "headline"],
        [Markup("strong", [:], median), Markup("span", [:], sentence + [.text("。")])])
    ]
  }

  private var figure: Markup {
    let chart = ReportChart.fan(FanChart(projection: projection))
    return Markup(
      "figure", ["class": "chart"],
      [
        chart.drawing(width: 760, language: language, embedded: true, variant: "wide"),
        chart.drawing(width: 336, language: language, embedded: true, variant: "narrow"),
        Markup("figcaption", [:], words.source),
      ])
  }

  /// The model line and the notes.
  private var method: [Markup] {
    var parts = [
      Markup("h3", [:], language.pick("How it was made", "方法")),
      Markup(
        "p", ["class": "model"],
        clipped(ModelWords.text(projection.model, language).capitalisedFirst, to: 1000)),
    ]
    if !projection.notes.isEmpty {
      let notes = projection.notes.prefix(20).map { Markup("li", ["dir": "auto"], clipped($0, to: 400)) }
      parts.append(Markup("ul", [:], notes))
    }
    return parts
  }
}
