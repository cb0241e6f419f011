import TradeStatistics
import Tradewind

extension BriefReport {
  /// Findings shown at length.
  private static let mostFindings = 12
  /// Rows of the table of corrections; a source that deviates has one for each of its levels.
  private static let mostCorrections = 40
  /// Alternatives of a finding, and quotations of the facts it disagrees with.
  private static let mostOthers = 3

  private var auditSentences: AuditSentences { AuditSentences(language: language) }

  /// Which figures contradict each other, and the fewest corrections that reconcile them.
  var audit: [ReportBlock] {
    let findings = brief.audit.findings
    var blocks: [ReportBlock] = [
      .heading(pick("Audit of the figures", "数据核查"), level: 1),
      .paragraph(ReportText(auditSentences.summary(brief.audit))),
    ]
    if !findings.isEmpty { blocks.append(.table(corrections)) }
    for (index, finding) in findings.enumerated().prefix(Self.mostFindings) {
      blocks += paragraphs(finding, number: index + 1)
      if let group = brief.audit.contradictions.first(where: { $0.findings.last == index }),
        let text = auditSentences.together(group)
      {
        blocks.append(.note(ReportText(text)))
      }
    }
    if findings.count > Self.mostFindings {
      let more = findings.count - Self.mostFindings
      blocks.append(.note(ReportText(pick("And \(more) more.", "另有\(more)处。"))))
    }
    blocks += brief.audit.apart.prefix(Self.mostFindings).map { .note(ReportText(auditSentences.apart($0))) }
    return blocks
  }

  /// The corrections of all findings, which together reconcile all facts.
  private var corrections: ReportTable {
    let rows = brief.audit.findings.enumerated().flatMap { index, finding in
      finding.corrections.map { correction in
        [
          "\(index + 1). \(auditSentences.heading(correction.fact))",
          auditSentences.value(correction.fact.value, like: correction.fact),
          auditSentences.value(correction.value, like: correction.fact),
          auditSentences.distance(finding.standardisedResidual),
        ]
      }
    }
    return ReportTable(
      caption: pick("Corrections that reconcile all figures", "使全部数据一致的更正"),
      columns: [
        .init(pick("Figure", "数据")), .init(pick("Stated", "公布值"), .number),
        .init(pick("Corrected", "更正值"), .number), .init(pick("Standard deviations apart", "相差标准差数"), .number),
      ],
      rows: Array(rows.prefix(Self.mostCorrections)),
      notes: rows.count > Self.mostCorrections
        ? [
          ReportText(
            pick(
              "And \(rows.count - Self.mostCorrections) more.", "另有\(rows.count - Self.mostCorrections)项。"))
        ] : [])
  }

  private func paragraphs(_ finding: AuditFinding, number: Int) -> [ReportBlock] {
    let fact = finding.fact
    var blocks: [ReportBlock] = [
      .paragraph(
        .strong("\(number). \(auditSentences.stated(fact))")
          + ReportText(pick(". ", "。") + auditSentences.explanation(finding)))
    ]
    if !fact.source.quote.isEmpty { blocks.append(.quotation(ReportText(fact.source.quote))) }
    blocks.append(.note(ReportText(pick("Source: ", "来源：")) + link(fact)))
    let alternatives = finding.alternatives.prefix(Self.mostOthers)
    let given = finding.involved.dropFirst().filter { !finding.others.contains($0) }.prefix(Self.mostOthers)
    func item(_ text: String, _ fact: Fact) -> ReportText {
      ReportText(text + pick(" (", "（")) + link(fact) + ReportText(pick(")", "）"))
    }
    let items =
      alternatives.map { item(auditSentences.alternative($0), $0.fact) }
      + given.map { item(auditSentences.given($0), $0) }
    if !items.isEmpty { blocks.append(.list(items)) }
    var quoted: Set = [fact.source.quote, ""]
    for other in alternatives.map(\.fact) + given
    where quoted.count < Self.mostOthers + 2 && quoted.insert(other.source.quote).inserted {
      blocks.append(.quotation(ReportText(other.source.quote + " — ") + link(other)))
    }
    return blocks
  }

  private func link(_ fact: Fact) -> ReportText {
    let title = fact.source.title.isEmpty ? fact.source.url : fact.source.title
    let name = title.isEmpty ? pick("no source given", "未注明来源") : title
    let line = fact.line > 0 ? pick(", line \(fact.line)", "，第\(fact.line)行") : ""
    return .link(clipped(name, to: 200), to: fact.source.url) + ReportText(line)
  }
}
