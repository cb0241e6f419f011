import RealModule
import Tradewind

extension Contradictions {
  /// How many other corrections are worked out for one suspect, and how many other sets for one group; each takes a fit.
  private static let mostShown = 5

  /// The suspects as findings in the facts' own units, and which of them belong together; the most contradicted first.
  func results() -> (findings: [AuditFinding], contradictions: [AuditContradiction]) {
    let largest = groups.map { group in
      group.suspects.map { abs(suspects[$0].residual) }.max() ?? 0
    }
    var findings: [AuditFinding] = []
    var contradictions: [AuditContradiction] = []
    var fits = AlternativeFits(self)
    for g in groups.indices.sorted(by: { (largest[$0], $1) > (largest[$1], $0) }) {
      let members = groups[g].suspects.sorted {
        (abs(suspects[$0].residual), $1) > (abs(suspects[$1].residual), $0)
      }
      let own = members.map { suspects[$0].item }
      let others = current.items.filter { !own.contains($0) }
      var facts: [Int] = []
      for member in members { facts += suspects[member].involved.filter { !facts.contains($0) } }
      contradictions.append(
        AuditContradiction(
          findings: members.indices.map { findings.count + $0 }, facts: facts.map { self.facts.facts[$0] },
          alternatives: groups[g].alternatives.prefix(Self.mostShown).compactMap { items in
            fits.fit(others + items).map { fit in items.map { correction($0, in: fit) } }
          },
          proof: isExhausted ? .incomplete : groups[g].isSmallest ? .smallest : .irreducible))
      findings += members.map { finding(suspects[$0], &fits) }
    }
    return (findings, contradictions)
  }

  func findings() -> [AuditFinding] { results().findings }

  private func finding(_ suspect: Suspect, _ fits: inout AlternativeFits) -> AuditFinding {
    let i = suspect.observation
    let fact = facts.facts[i]
    var value = facts.model.observations[i].value
    var spread = current.deletions.spreads[i]
    var publisher: String?
    var deviation: Double?
    switch suspect.item {
    case .fact: value -= current.deletions.corrections[i]
    case .source(let name):
      publisher = name
      deviation = current.deviation(of: name)
      spread = current.deviationSpread(of: name) ?? spread
      value -= deviation ?? 0
    }
    let margin = 1.959963984540054 * spread
    let others = current.items.filter { $0 != suspect.item }
    let rivals = suspect.rivals.filter(\.reconciles) + suspect.rivals.filter { !$0.reconciles }
    let alternatives = rivals.prefix(Self.mostShown).compactMap { rival in
      fits.fit(others + [.fact(rival.observation)]).map { fit in
        var correction = correction(.fact(rival.observation), in: fit)
        correction.reconciles = rival.reconciles
        return (correction, abs(fit.deletions.corrections[rival.observation]))
      }
    }
    return AuditFinding(
      series: fact.series, fact: fact, deviatingSource: publisher,
      deviation: deviation.map { .expMinusOne($0) }, expected: stated(value, observation: i),
      lower: stated(value - margin, observation: i), upper: stated(value + margin, observation: i),
      standardisedResidual: suspect.residual, involved: suspect.involved.map { facts.facts[$0] },
      corrections: corrections(suspect, stated(value, observation: i)),
      alternatives: alternatives.enumerated().sorted { a, b in
        let (x, y) = (a.element, b.element)
        if x.0.reconciles != y.0.reconciles { return x.0.reconciles }
        return (x.1, a.offset) < (y.1, b.offset)
      }.map(\.element.0))
  }

  /// The suspect's own correction, or those of all levels of the source.
  private func corrections(_ suspect: Suspect, _ value: Double) -> [AuditFinding.Correction] {
    guard case .source(let publisher) = suspect.item else {
      return [.init(fact: facts.facts[suspect.observation], value: value)]
    }
    let deviation = current.deviation(of: publisher) ?? 0
    return positions(of: suspect.item).map { i in
      let corrected = facts.model.observations[i].value - deviation
      return .init(
        fact: facts.facts[i], value: stated(corrected, observation: i), deviatingSource: publisher)
    }
  }

  /// What an item that is set free in a fit would have to say; for a source its first level.
  private func correction(_ item: Item, in fit: Fit) -> AuditFinding.Correction {
    let i = positions(of: item).first ?? 0
    let value = fit.facts.model.observations[i].value
    switch item {
    case .fact:
      return .init(
        fact: facts.facts[i], value: stated(value - fit.deletions.corrections[i], observation: i))
    case .source(let publisher):
      return .init(
        fact: facts.facts[i], value: stated(value - (fit.deviation(of: publisher) ?? 0), observation: i),
        deviatingSource: publisher)
    }
  }

  /// What the fact of an observation says when the observation has this value: the logarithm, scaling and conversion
  /// of ``FactModel`` undone.
  private func stated(_ value: Double, observation: Int) -> Double {
    let fact = facts.facts[observation]
    let unit = facts.unit(of: fact)
    let factor = TradeUnit.factor(from: unit, to: fact.unit) ?? 1
    switch fact.measure {
    case .level: return .exp(value) * factor
    case .share: return .exp(value)
    case .monthOnMonth, .yearOnYear: return .expMinusOne(value)
    case .changeFromPriorYear:
      guard case .difference(let scale) = facts.model.observations[observation].form else { return .nan }
      let months = TradeUnit.averagesOverMonths(unit) ? Double(fact.period.ordinals.count) : 1
      return value * scale * factor / months
    }
  }
}

/// Fits with other items set free, each made once.
private struct AlternativeFits {
  private let contradictions: Contradictions
  private var known: [Set<Contradictions.Item>: Contradictions.Fit] = [:]

  init(_ contradictions: Contradictions) { self.contradictions = contradictions }

  /// The fit with these items set free; nil if it cannot be made.
  mutating func fit(_ items: [Contradictions.Item]) -> Contradictions.Fit? {
    let key = Set(items)
    if let known = known[key] { return known }
    guard let fit = try? contradictions.fit(items) else { return nil }
    known[key] = fit
    return fit
  }
}
