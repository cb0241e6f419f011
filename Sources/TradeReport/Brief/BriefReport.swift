import TradeStatistics
import Tradewind

/// A trade brief as a document: what was traded, what drove it, who it was traded with, what comes next, and how sure all that is.
///
/// ```swift
/// let brief = try TradeBrief(of: facts, period: PeriodRange(.year(2025)))
/// let page = BriefReport(brief, language: .chinese).document.html()
/// ```
///
/// Every number in it is one of the brief's; the sentences are templates, and no words of sources stand in them (the audit quotes
/// the sources, as quotations). What the facts do not hold has no section, and is named at the end where a reader would miss it.
public struct BriefReport: Sendable {
  public let brief: TradeBrief
  public let language: ReportLanguage
  /// The heading; made from what is traded and the period if nil.
  public let title: String?

  public init(_ brief: TradeBrief, language: ReportLanguage = .english, title: String? = nil) {
    self.brief = brief
    self.language = language
    self.title = title
  }

  var sentences: any BriefSentences {
    language.sentences(period: brief.period, base: brief.basePeriod)
  }
  var numbers: BriefNumbers { BriefNumbers(language: language) }
  var names: BriefNames { BriefNames(language: language) }
  /// A heading with the unit of the numbers below it, if they have one.
  func headed(_ text: String, _ unit: String) -> String {
    unit.isEmpty ? text : text + pick(", ", "，") + unit
  }
  func pick(_ english: String, _ chinese: String) -> String { language == .english ? english : chinese }

  /// The document, which writes itself as HTML and as Markdown.
  public var document: ReportDocument {
    let count = numbers.plain(Double(brief.factsUsed), decimals: 0)
    let end = names.period(brief.period.last.lastMonth)
    return ReportDocument(
      title: title ?? heading,
      subtitle: pick(
        "From \(count) published figures up to \(end)", "依据截至\(end)公布的\(count)个数据"),
      language: language,
      blocks: [.keyFigures(keyFigures)] + overall + categories + brief.commodities.flatMap(section) + outlook
        + audit + limits + sources)
  }

  private var heading: String {
    let period = names.period(brief.period)
    if let overview = brief.overviews.first {
      let subject = names.subject(overview.subject)
      if subject.isEmpty { return pick("Exports and imports in \(period)", "\(period)进出口贸易简报") }
      return pick("\(subject.capitalisedFirst): trade in \(period)", "\(period)\(subject)贸易简报")
    }
    let name = brief.commodities.first.map { names.series($0.statement) } ?? pick("trade", "贸易")
    return pick("\(name.capitalisedFirst) in \(period)", "\(period)\(name)简报")
  }

  private var keyFigures: [KeyFigure] {
    func figure(_ label: String, _ statement: SeriesStatement?) -> KeyFigure? {
      guard let statement, let level = statement.level else { return nil }
      let growth = statement.growth.map { numbers.percent($0, signed: true) }
      return KeyFigure(
        label: label, value: numbers.amount(level),
        detail: growth.map { pick("\($0) on \(names.period(brief.basePeriod))", "同比\($0)") } ?? "")
    }
    var figures: [KeyFigure?] = []
    if let overview = brief.overviews.first {
      figures += [
        figure(pick("Total trade", "进出口总额"), overview.total), figure(pick("Imports", "进口"), overview.imports),
        figure(pick("Exports", "出口"), overview.exports),
      ]
      if let balance = overview.balance {
        figures.append(
          KeyFigure(
            label: pick("Balance", "贸易差额"), value: numbers.amount(balance),
            detail: overview.baseBalance.map {
              pick(
                "\(names.period(brief.basePeriod)): \(numbers.amount($0))",
                "\(names.period(brief.basePeriod))：\(numbers.amount($0))")
            } ?? ""))
      }
    }
    let shown = Set(brief.overviews.first.map { [$0.exports, $0.imports].compactMap { $0?.series } } ?? [])
    for commodity in brief.commodities.prefix(4) where !shown.contains(commodity.statement.series) {
      figures.append(figure(names.series(commodity.statement).capitalisedFirst, commodity.statement))
    }
    return figures.compactMap(\.self)
  }

  /// How charts mark a figure: as published, as derived from what is, or as estimated.
  func status(_ figure: Figure?) -> Projection.Status {
    guard let figure, !figure.isEstimated else { return figure == nil ? .published : .estimated }
    switch figure.origin {
    case .published: return .published
    case .computed: return .derived
    case .reconstructed: return .estimated
    }
  }

  /// `Source: …` of a chart: the publishers of the figures in it.
  func source(_ figures: [Figure?]) -> String {
    var titles: [String] = []
    for figure in figures.compactMap(\.self) { collect(figure, into: &titles, depth: 0) }
    return clipped(titles.prefix(3).joined(separator: pick("; ", "；")), to: 300)
  }

  private func collect(_ figure: Figure, into titles: inout [String], depth: Int) {
    guard depth < 4, titles.count < 3 else { return }
    switch figure.origin {
    case .published(let statement):
      if !statement.source.isEmpty, !titles.contains(statement.source) { titles.append(statement.source) }
    case .computed(_, let inputs):
      for input in inputs.prefix(8) { collect(input.figure, into: &titles, depth: depth + 1) }
    case .reconstructed: break
    }
  }
}
