import TradeStatistics
import Tradewind

/// An audit as a list, as CSV and as JSON.
struct AuditText {
  let report: AuditReport
  let file: String

  var table: String {
    let count = report.findings.count
    var text = "\(file): \(report.factsChecked) figures checked, "
    text +=
      count == 0
      ? "none contradicts the others\n"
      : "\(report.isComplete ? "" : "at least ")\(count) contradict\(count == 1 ? "s" : "") the others\n"
    text += zeros
    for (index, finding) in report.findings.enumerated() {
      let lines = FindingWords(finding: finding).long
      let number = "\(index + 1). "
      let indent = String(repeating: " ", count: number.count)
      text +=
        "\n" + zip([number] + lines.dropFirst().map { _ in indent }, lines).map { $0 + $1 + "\n" }.joined()
      if let group = report.contradictions.first(where: { $0.findings.last == index }),
        let words = words(group)
      {
        text += "\n" + words + "\n"
      }
    }
    for family in report.apart {
      text += "\n\(family.root): \(family.facts) figures are too many to check parts against their whole; "
      text += "each series was checked by itself\n"
    }
    if !report.setAside.isEmpty {
      text += "\nnot checked:\n"
      for one in report.setAside {
        text += "line \(one.fact.line), \(one.fact.series), \(one.fact.period): \(one.reason)\n"
      }
    }
    return text
  }

  /// What figures that end in zeros are taken for, if there are any.
  private var zeros: String {
    let count = report.factsWithZeros
    guard count > 0 else { return "" }
    return
      "\(count) figure\(count == 1 ? " ends in zeros and is" : "s end in zeros and are") taken as rounded: ± half a unit of the last digit "
      + "that is not zero (2,000,000: ± 500,000); a column precision says otherwise\n"
  }

  /// What is to be said of several corrections that belong together; nil for a single one.
  private func words(_ group: AuditContradiction) -> String? {
    guard group.findings.count > 1, let first = group.findings.first, let last = group.findings.last else {
      return nil
    }
    let numbers = first + 1 == last ? "\(first + 1) and \(last + 1)" : "\(first + 1) to \(last + 1)"
    let together = "\(numbers) share figures; "
    switch group.proof {
    case .smallest: return together + "fewer corrections do not reconcile them"
    case .irreducible: return together + "none can be left out, but fewer others were not ruled out"
    case .incomplete: return nil
    }
  }

  /// A row for each doubtful figure, one for each figure whose correction would do as well or would do in part, and
  /// one for each further figure that the contradiction rests on.
  var csv: String {
    var csv = CSVText(
      header: [
        "series", "period", "finding", "role", "line", "measure", "value", "unit", "correction", "lo-95",
        "hi-95", "residual", "deviating_source", "deviation", "source_title", "source_url", "quote",
      ])
    for (index, finding) in report.findings.enumerated() {
      func add(_ role: String, _ fact: Fact, _ correction: Double?, _ rest: [String]) {
        csv.add(
          [
            fact.series, "\(fact.period)", "\(index + 1)", role, "\(fact.line)", fact.measure.rawValue,
            CSVText.number(fact.value), fact.unit, CSVText.number(correction),
          ] + rest + [fact.source.title, fact.source.url, fact.source.quote])
      }
      add(
        "doubtful", finding.fact, finding.expected,
        [finding.lower, finding.upper, finding.standardisedResidual].map { CSVText.number($0) }
          + [finding.deviatingSource ?? "", CSVText.number(finding.deviation)])
      for alternative in finding.alternatives {
        add(
          alternative.reconciles ? "alternative" : "partial", alternative.fact, alternative.value,
          ["", "", "", "", ""])
      }
      for fact in finding.involved.dropFirst() where !finding.others.contains(fact) {
        add("given", fact, nil, ["", "", "", "", ""])
      }
    }
    return csv.text
  }

  var json: String { get throws { try JSONText.text(report) } }
}
