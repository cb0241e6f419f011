import TradeStatistics
import Tradewind

/// Published figures that do not fit the others: what each says, what the others imply, and where it stands.
struct DoubtfulList {
  let findings: [AuditFinding]
  var language = ReportLanguage.english

  /// Findings, and alternatives of a finding, shown at most.
  private static let limit = 25
  private static let alternativesLimit = 4

  var markup: Markup {
    var parts = [
      Markup("h3", [:], language.pick("Published figures that do not fit", "与其他数据不符的公布数据")),
      Markup("ol", ["class": "doubt"], findings.prefix(Self.limit).map(item)),
    ]
    if findings.count > Self.limit {
      parts.append(
        Markup(
          "p", ["class": "note"], PageWords(language: language).itemsLeftOut(findings.count - Self.limit)))
    }
    return Markup("div", [:], parts)
  }

  private func item(_ finding: AuditFinding) -> Markup {
    let fact = finding.fact
    let format = format(fact, beside: finding.expected)
    var parts = [Markup("strong", ["dir": "auto"], statement(fact, format) + language.pick(".", "。"))]
    if let expected = format.text(finding.expected) {
      let range = format.rangeText(finding.lower, finding.upper).map {
        language.pick(" (95\u{A0}% range \($0))", "（95%区间：\($0)）")
      }
      parts.append(
        .text(
          language.pick(" The others imply \(expected)\(range ?? "").", "按其他数据推算为\(expected)\(range ?? "")。"))
      )
    }
    if let source = finding.deviatingSource, let deviation = finding.deviation,
      let size = QuantityFormat(unit: "fraction", values: [deviation], language: language).text(
        abs(deviation), .rounded)
    {
      let name = clipped(source, to: 60)
      parts.append(
        .text(
          language.pick(
            " All levels from \(name) lie about \(size) \(deviation < 0 ? "below" : "above") the others.",
            "\(name)的数值整体比其他来源\(deviation < 0 ? "低" : "高")约\(size)。")))
    }
    if !fact.source.quote.isEmpty {
      parts.append(Markup("blockquote", ["dir": "auto"], clipped(fact.source.quote, to: 200)))
    }
    parts.append(
      Markup(
        "p", ["class": "meta"],
        [.text(language.pick("Source: ", "来源：")), SourceList.link(fact.source, language)]))
    let alternatives = finding.alternatives.prefix(Self.alternativesLimit)
    if !alternatives.isEmpty {
      parts.append(
        Markup(
          "p", [:],
          language.pick(
            "Changing one of these instead would remove all or most of the contradiction:",
            "改动以下任一数据也可消除全部或大部分矛盾：")))
      parts.append(Markup("ul", [:], alternatives.map(alternative)))
    }
    return Markup("li", [:], parts)
  }

  private func alternative(_ correction: AuditFinding.Correction) -> Markup {
    let format = format(correction.fact, beside: correction.value)
    let value =
      format.text(correction.value).map { language.pick(", would have to be \($0)", "，应为\($0)") } ?? ""
    return Markup(
      "li", [:],
      [
        Markup("span", ["dir": "auto"], statement(correction.fact, format) + value),
        .text(language.pick(" (", "（")), SourceList.link(correction.fact.source, language),
        .text(language.pick(")", "）")),
      ])
  }

  /// A fact's figures to the place that it was rounded to.
  private func format(_ fact: Fact, beside other: Double) -> QuantityFormat {
    QuantityFormat(
      unit: fact.unit, values: [fact.value, other], resolution: 2 * fact.halfWidth, language: language)
  }

  /// `Silver concentrate imports / Mexico, 2025: amount stated as 267 kt`.
  private func statement(_ fact: Fact, _ format: QuantityFormat) -> String {
    let series = Words.series(clipped(fact.series, to: 120), language)
    let period = Words.period(fact.period, language)
    let value = format.text(fact.value)
    return language.pick(
      "\(series), \(period): \(Words.measure(fact.measure)) stated as \(value ?? "no value")",
      "\(series)，\(period)：公布的\(Words.chineseMeasure(fact.measure))为\(value ?? "空值")")
  }
}
