import TradeStatistics
import Tradewind

/// Published figures that do not fit the others: what each says, what the others imply, and where it stands.
struct DoubtfulList {
  let findings: [AuditFinding]

  /// Findings, and alternatives of a finding, shown at most.
  private static let limit = 25
  private static let alternativesLimit = 4

  var markup: Markup {
    var parts = [
      Markup("h3", [:], "Published figures that do not fit"),
      Markup("ol", ["class": "doubt"], findings.prefix(Self.limit).map(item)),
    ]
    if findings.count > Self.limit {
      parts.append(Markup("p", ["class": "note"], "And \(findings.count - Self.limit) more."))
    }
    return Markup("div", [:], parts)
  }

  private func item(_ finding: AuditFinding) -> Markup {
    let fact = finding.fact
    let format = Self.format(fact, beside: finding.expected)
    var parts = [Markup("strong", ["dir": "auto"], Self.statement(fact, format) + ".")]
    if let expected = format.text(finding.expected) {
      let range = format.rangeText(finding.lower, finding.upper).map { " (95\u{A0}% range \($0))" } ?? ""
      parts.append(.text(" The others imply \(expected)\(range)."))
    }
    if let source = finding.deviatingSource, let deviation = finding.deviation,
      let size = QuantityFormat(unit: "fraction", values: [deviation]).text(abs(deviation), .rounded)
    {
      let side = deviation < 0 ? "below" : "above"
      parts.append(.text(" All levels from \(clipped(source, to: 60)) lie about \(size) \(side) the others."))
    }
    if !fact.source.quote.isEmpty {
      parts.append(Markup("blockquote", ["dir": "auto"], clipped(fact.source.quote, to: 200)))
    }
    parts.append(
      Markup("p", ["class": "meta"], [.text("Source: "), SourceList.link(fact.source)]))
    let alternatives = finding.alternatives.prefix(Self.alternativesLimit)
    if !alternatives.isEmpty {
      parts.append(
        Markup("p", [:], "Changing one of these instead would remove all or most of the contradiction:"))
      parts.append(Markup("ul", [:], alternatives.map(alternative)))
    }
    return Markup("li", [:], parts)
  }

  private func alternative(_ correction: AuditFinding.Correction) -> Markup {
    let format = Self.format(correction.fact, beside: correction.value)
    let value = format.text(correction.value).map { ", would have to be \($0)" } ?? ""
    return Markup(
      "li", [:],
      [
        Markup("span", ["dir": "auto"], Self.statement(correction.fact, format) + value), .text(" ("),
        SourceList.link(correction.fact.source), .text(")"),
      ])
  }

  /// A fact's figures to the place that it was rounded to.
  private static func format(_ fact: Fact, beside other: Double) -> QuantityFormat {
    QuantityFormat(unit: fact.unit, values: [fact.value, other], resolution: 2 * fact.halfWidth)
  }

  /// `Silver concentrate imports / Mexico, 2025: amount stated as 267 kt`.
  private static func statement(_ fact: Fact, _ format: QuantityFormat) -> String {
    let series = Words.series(clipped(fact.series, to: 120))
    return "\(series), \(Words.period(fact.period)): \(Words.measure(fact.measure)) stated as "
      + (format.text(fact.value) ?? "no value")
  }
}
