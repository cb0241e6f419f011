import RealModule
import Tradewind

extension Contradictions {
  /// The suspects as findings in the facts' own units.
  func findings() -> [AuditFinding] {
    suspects.map { suspect in
      let i = suspect.observation
      let fact = facts.facts[i]
      let value = facts.model.observations[i].value - deletions.corrections[i]
      // A deviating source's own level is judged without its deviation.
      let own = facts.model.observations[i].sourceEffect.map { posterior.mode[$0] } ?? 0
      let margin = 1.959963984540054 * deletions.spreads[i]
      return AuditFinding(
        series: fact.series, fact: fact, deviatingSource: suspect.publisher,
        deviation: suspect.publisher.map { _ in .expMinusOne(own) },
        expected: stated(value - own, observation: i), lower: stated(value - own - margin, observation: i),
        upper: stated(value - own + margin, observation: i), standardisedResidual: suspect.residual,
        involved: involved(suspect).map { facts.facts[$0] }, corrections: corrections(suspect, value - own),
        alternatives: suspect.rivals.map { rival in
          .init(
            fact: facts.facts[rival.observation], value: stated(rival.value, observation: rival.observation))
        })
    }
  }

  /// The suspect's own correction, or those of all levels of the source.
  private func corrections(_ suspect: Suspect, _ value: Double) -> [AuditFinding.Correction] {
    guard let publisher = suspect.publisher else {
      let i = suspect.observation
      return [.init(fact: facts.facts[i], value: stated(value, observation: i))]
    }
    return facts.facts.indices.compactMap { i in
      guard facts.facts[i].source.publisher == publisher, facts.facts[i].measure == .level,
        let effect = facts.model.observations[i].sourceEffect
      else { return nil }
      let corrected = facts.model.observations[i].value - posterior.mode[effect]
      return .init(fact: facts.facts[i], value: stated(corrected, observation: i))
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
