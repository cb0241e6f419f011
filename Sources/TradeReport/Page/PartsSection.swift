import TradeStatistics
import Tradewind

/// One way to divide a projected whole, in a page: the chart of the parts' intervals, and its table, which adds up.
struct PartsSection {
  let whole: Projection
  let language: ReportLanguage

  private var words: PartWords { PartWords(language: language) }

  func markup(_ grouping: JointProjection.Grouping) -> [Markup] {
    let chart = ReportChart.parts(PartIntervals(grouping, of: whole, language: language))
    var table = chart.table(language)
    table.notes = [ReportText(words.addsUp)]
    let figure = Markup(
      "figure", ["class": "chart"],
      [
        chart.drawing(width: 760, language: language, embedded: true, variant: "wide"),
        chart.drawing(width: 336, language: language, embedded: true, variant: "narrow"),
      ])
    let numbers = HTMLTable(
      table: table, words: PageWords(language: language), room: ReportLimits.table)
    var parts = [
      Markup("h3", ["dir": "auto"], words.heading(grouping)),
      Markup("div", ["class": "figure"], [figure] + numbers.markup),
    ]
    let count = DecimalDigits(Double(grouping.factsUsed))?.text(decimals: 0) ?? ""
    let figures = grouping.factsUsed == 1 ? "1 figure" : "\(count) figures"
    parts.append(
      Markup(
        "p", ["class": "note"],
        language.pick("\(figures) about parts; ", "分项数据\(count)个；")
          + clipped(ModelWords.text(grouping.model, language), to: 600) + language.pick(".", "。")))
    if !grouping.notes.isEmpty {
      let notes = grouping.notes.prefix(20).map { Markup("li", ["dir": "auto"], clipped($0, to: 400)) }
      parts.append(Markup("ul", [:], notes))
    }
    if !grouping.doubtful.isEmpty {
      parts.append(DoubtfulList(findings: grouping.doubtful, language: language).markup)
    }
    return parts
  }
}
