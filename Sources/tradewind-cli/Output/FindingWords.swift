import TradeReport
import TradeStatistics
import Tradewind

/// A contradiction among published figures in words.
struct FindingWords {
  let finding: AuditFinding

  /// The alternatives that are spelled out; those that repair all come first, and of them the smallest corrections.
  private static let shownAlternatives = 3

  /// One line: which figure, what it says, and what it would be by the others.
  var short: String {
    if let source = sourceDeviation {
      return "\(source), such as \(stated(finding.fact))\(line(finding.fact))"
    }
    return "\(stated(finding.fact))\(line(finding.fact)); by the others \(implied)"
  }

  /// The same with its source, how far it is off, and what else would repair it, a line each.
  var long: [String] {
    let fact = finding.fact
    let residual = NumberText.fixed(abs(finding.standardisedResidual), decimals: 1)
    var lines = sourceDeviation.map { ["\($0); furthest off is"] } ?? []
    lines.append(stated(fact) + place(fact))
    lines.append("by the others it would be \(implied): \(residual) standard deviations away")
    for correction in finding.corrections.filter({ $0.fact != fact }).prefix(Self.shownAlternatives) {
      lines.append("so \(changed(correction))")
    }
    for alternative in finding.alternatives.prefix(Self.shownAlternatives) {
      lines.append("or\(alternative.reconciles ? "" : ", in part,") \(changed(alternative))")
    }
    let given = finding.involved.dropFirst().filter { !finding.others.contains($0) }
    for other in given.prefix(Self.shownAlternatives) {
      lines.append("given \(stated(other))\(place(other))")
    }
    let more = finding.alternatives.count - Self.shownAlternatives
    if more > 0 {
      lines.append("or a larger correction of one of \(more) other figure\(more == 1 ? "" : "s")")
    }
    return lines
  }

  /// `a, 2025: share 74.1 % would have to be 72.0 % (line 85, SunSirs)`.
  private func changed(_ correction: AuditFinding.Correction) -> String {
    let fact = correction.fact
    let value = text(correction.value, format(fact, beside: correction.value))
    return "\(stated(fact)) would have to be \(value)\(place(fact))"
  }

  /// ` in line 85`; nothing for a number of a series file.
  private func line(_ fact: Fact) -> String { fact.line > 0 ? " in line \(fact.line)" : "" }

  /// ` (line 85, SunSirs)`, as far as it is known.
  private func place(_ fact: Fact) -> String {
    let source = fact.source.title.isEmpty ? fact.source.publisher : fact.source.title
    let parts = [fact.line > 0 ? "line \(fact.line)" : "", source].filter { !$0.isEmpty }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }

  private var sourceDeviation: String? {
    guard let source = finding.deviatingSource, let deviation = finding.deviation else { return nil }
    return "the levels of \(source) are \(NumberText.percent(abs(deviation))) "
      + "\(deviation > 0 ? "above" : "below") the others"
  }

  private var implied: String {
    let format = format(finding.fact, beside: finding.expected)
    let range = format.range(finding.lower, finding.upper).map { " (95 %: \($0))" } ?? ""
    return text(finding.expected, format) + range
  }

  private func stated(_ fact: Fact) -> String {
    let value = text(fact.value, format(fact, beside: fact.value))
    return "\(fact.series), \(fact.period): \(Words.measure(fact.measure)) \(value)"
  }

  /// With the places to which the fact was rounded.
  private func format(_ fact: Fact, beside value: Double) -> QuantityFormat {
    QuantityFormat(unit: fact.unit, values: [fact.value, value], resolution: 2 * fact.halfWidth)
  }

  /// With ordinary spaces, which a terminal's reader can search for.
  private func text(_ value: Double, _ format: QuantityFormat) -> String {
    (format.text(value) ?? "–").replacing("\u{A0}", with: " ")
  }
}
