import TradeStatistics

/// One HTML file about one or several projections, which needs nothing else: no network, no fonts, no libraries.
///
/// Each projection has a headline with the quarter's total and its intervals, a ``FanChart`` for wide and one for
/// narrow screens, the table of the projected months, the history behind it with the status of each month, the model,
/// and the published figures that do not fit. Every number is the projection's own; values that are missing or
/// infinite are left out.
///
/// ```swift
/// let page = ProjectionPage(projections: [projection], title: "Silver concentrate", generated: "2026-01-20")
/// let html = page.html()
/// ```
///
/// The file is below 500 kB whatever comes in: texts are cut at some hundred letters, tables at a century of months (at
/// three years if there are more than eight projections), and projections that then do not fit any more (about
/// thirty do) are only counted and, up to 400, listed with their totals. Text of any kind is
/// safe: it is escaped, bidirectional controls are replaced, only `http` and `https` addresses become links, and a
/// content security policy forbids every request. The same input gives the same bytes.
public struct ProjectionPage: Sendable {
  /// What is reported, in this order.
  public let projections: [Projection]
  /// The page's heading.
  public let title: String
  /// When the page was made, as it shall be printed; nothing is printed if nil, and no clock is read.
  public let generated: String?
  /// Where the published figures come from; sources of doubtful figures are added to them.
  public let sources: [FactSource]
  /// The language of the page's own words; notes of a projection stay as they are.
  public let language: ReportLanguage
  /// For each projection the ways in which it is divided into parts; empty if none is.
  let groupings: [[JointProjection.Grouping]]

  /// A page about `projections`; an empty list gives a page that says so.
  public init(
    projections: [Projection], title: String, generated: String? = nil, sources: [FactSource] = [],
    language: ReportLanguage = .english
  ) {
    self.init(
      projections, groupings: [], title: title, generated: generated, sources: sources, language: language)
  }

  /// A page about wholes and their parts: behind each whole a section for every way to divide it, with a chart of the parts'
  /// intervals and a table that adds up.
  public init(
    joint: [JointProjection], title: String, generated: String? = nil, sources: [FactSource] = [],
    language: ReportLanguage = .english
  ) {
    self.init(
      joint.map(\.whole), groupings: joint.map(\.groupings), title: title, generated: generated,
      sources: sources, language: language)
  }

  private init(
    _ projections: [Projection], groupings: [[JointProjection.Grouping]], title: String, generated: String?,
    sources: [FactSource], language: ReportLanguage
  ) {
    self.language = language
    self.groupings = groupings
    self.projections = projections
    self.title = title
    self.generated = generated
    self.sources = sources
  }

  /// The heading of a page about one series: its name as it is in English, and in Chinese as far as its words are known.
  package static func heading(_ series: String, _ language: ReportLanguage) -> String {
    language == .english ? series : Words.series(series, language)
  }

  /// The page, encoded as UTF-8 when it is written. It is well-formed XML too.
  public func html() -> String {
    PageFrame.html(title: title, language: language, content(clipped(title, to: 200)))
  }

  /// The bytes that the parts of a page may take together, which leaves room for its frame.
  private static let budget = 480_000

  private func content(_ heading: String) -> [Markup] {
    var parts = [Markup("h1", ["dir": "auto"], heading)]
    if let generated { parts.append(Markup("p", ["class": "meta"], clipped(generated, to: 100))) }
    if projections.isEmpty {
      parts.append(Markup("p", [:], language.pick("There is no projection to report.", "没有可报告的预测。")))
    }
    if projections.count > 1 {
      parts.append(OverviewTable(projections: projections, language: language).markup)
    }
    var room = Self.budget - parts.reduce(0) { $0 + $1.rendered.utf8.count }
    let tail = [PageParts.reading(language, withParts: groupings.contains { !$0.isEmpty })]
    room -= tail.reduce(0) { $0 + $1.rendered.utf8.count }
    let limit = projections.count > 8 ? 36 : 1200
    var shown = 0
    for (index, projection) in projections.enumerated() {
      let section = ProjectionSection(
        projection: projection, groupings: index < groupings.count ? groupings[index] : [], number: index + 1,
        limit: limit, language: language
      ).markup
      guard section.rendered.utf8.count <= room else { break }
      room -= section.rendered.utf8.count
      parts.append(section)
      shown += 1
    }
    if shown < projections.count {
      parts.append(
        Markup(
          "p", ["class": "note"],
          language.pick(
            "\(projections.count - shown) more projections are not drawn here, which keeps the file small.",
            "为控制文件大小，另有\(projections.count - shown)项预测未绘出。")))
    }
    if let list = SourceList(sources: allSources, room: room - 1000, language: language).markup {
      parts.append(list)
    }
    return parts + tail
  }

  /// The given sources and those of doubtful figures, each address and title once, in order.
  private var allSources: [FactSource] {
    let doubtful = (projections.flatMap(\.doubtful) + groupings.flatMap { $0.flatMap(\.doubtful) })
      .flatMap { [$0.fact.source] + $0.others.map(\.source) }
    return SourceList.distinct(sources + projections.flatMap(\.sources) + doubtful)
  }
}
