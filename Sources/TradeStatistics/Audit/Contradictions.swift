import RealModule
import Tradewind
import TradewindNumerics

/// The search for facts that no history can satisfy together.
///
/// All facts are fitted under a prior that rules out almost nothing (``HistoryPrior/permissive``). A fact that the
/// rest contradicts then stands out by its deletion residual, t = (S⁻¹r)ᵢ / √(S⁻¹)ᵢᵢ, r being what the prior mean
/// misses (Cook & Weisberg 1982, *Residuals and Influence in Regression*, §2.2.2; for correlated errors Martin 1992,
/// doi:10.2307/2532682). A whole source whose levels are all off by one factor stands out by the same statistic for a
/// common shift of its levels. The most doubtful is given a deviation of its own, and the search repeats.
struct Contradictions {
  /// A fact or source that the others contradict.
  struct Suspect {
    /// The observation, or for a source its level that is furthest off.
    var observation: Int
    /// The publisher, if all its levels are off by a common factor.
    var publisher: String?
    /// The deletion residual in standard deviations when it was found.
    var residual: Double
    /// Observations that would no longer be contradicted if this one were changed, with the change of each (in the
    /// observation's own scale) that alone would repair the contradiction.
    var rivals: [(observation: Int, change: Double)] = []
    /// For a source: the factor's logarithm.
    var shift = 0.0
  }

  /// From how many standard deviations on a deletion residual is a contradiction. Rounding errors are uniform: what
  /// agrees stays below about 2.5.
  static let threshold = 4.0
  /// The most suspects that are looked for in one set of facts.
  static let mostSuspects = 25

  /// The facts with the sources' deviations added.
  private(set) var facts: FactModel
  private(set) var suspects: [Suspect] = []
  /// Variance added to each observation; nonzero for suspects.
  private(set) var inflation: [Double]
  /// The fit with all suspects set free, under the permissive prior.
  private(set) var posterior: HistoryPosterior

  init(_ facts: FactModel) throws(LinearAlgebraError) {
    self.facts = facts
    inflation = [Double](repeating: 0, count: facts.model.observations.count)
    posterior = try HistoryPosterior(facts.model, prior: .permissive)
    while suspects.count < Self.mostSuspects, var suspect = worst() {
      let before = residuals
      let changes = posterior.pull.indices.map { posterior.pull[$0] / posterior.precision[$0] }
      if let publisher = suspect.publisher {
        self.facts.free(publisher: publisher, index: suspects.count)
      } else {
        let change = changes[suspect.observation]
        inflation[suspect.observation] += max(change * change, 1e-8)
      }
      posterior = try HistoryPosterior(self.facts.model, prior: .permissive, inflation: inflation)
      let after = residuals
      for i in before.indices where i != suspect.observation && inflation[i] == 0 {
        let ownSource = suspect.publisher == self.facts.facts[i].source.publisher
        let repaired = abs(before[i]) > Self.threshold && abs(after[i]) < abs(before[i]) / 2
        if repaired, !ownSource || suspect.publisher == nil {
          suspect.rivals.append((observation: i, change: -changes[i]))
        }
      }
      // The rivals whose correction would be smallest come first.
      suspect.rivals.sort { (abs($0.change), $0.observation) < (abs($1.change), $1.observation) }
      suspects.append(suspect)
    }
  }

  /// Deletion residuals in standard deviations.
  private var residuals: [Double] {
    posterior.pull.indices.map { posterior.pull[$0] / max(posterior.precision[$0], 1e-300).squareRoot() }
  }

  /// What `observation` would be by the others alone: its expectation and standard deviation, in its own scale.
  func expectation(of observation: Int) -> (value: Double, standardDeviation: Double) {
    let precision = max(posterior.precision[observation], 1e-300)
    let stated = facts.model.observations[observation].value
    let errors = facts.model.errorVariances(inflation: inflation)
    let variance = max(1 / precision - errors[observation], 0)
    return (stated - posterior.pull[observation] / precision, variance.squareRoot())
  }

  /// The observation or source with the largest deletion residual, if that is a contradiction.
  private func worst() -> Suspect? {
    let t = residuals
    var worst: Suspect?
    for i in t.indices where inflation[i] == 0 && abs(t[i]) > max(Self.threshold, abs(worst?.residual ?? 0)) {
      worst = Suspect(observation: i, publisher: nil, residual: t[i])
    }
    guard let fact = worst else { return nil }
    // One source that differs throughout explains more than one fact that is wrong, so near ties go to the source.
    var best = fact
    var bestValue = 0.9 * abs(fact.residual)
    for (publisher, members) in levelsByPublisher() {
      var indicator = [Double](repeating: 0, count: t.count)
      for i in members { indicator[i] = 1 }
      let solved = posterior.marginal.solve(indicator)
      let information = members.reduce(0) { $0 + solved[$1] }
      let pull = members.reduce(0) { $0 + posterior.pull[$1] }
      guard information > 0 else { continue }
      let residual = pull / information.squareRoot()
      if abs(residual) > bestValue {
        bestValue = abs(residual)
        let furthest = members.max { abs(t[$0]) < abs(t[$1]) } ?? members[0]
        best = Suspect(
          observation: furthest, publisher: publisher, residual: residual, shift: pull / information)
      }
    }
    return best
  }

  /// The levels of each publisher that could deviate as a whole: two levels or more, not yet set free, and not the
  /// only publisher.
  private func levelsByPublisher() -> [(publisher: String, members: [Int])] {
    var groups: [String: [Int]] = [:]
    var order: [String] = []
    for (i, fact) in facts.facts.enumerated() where fact.measure == .level && inflation[i] == 0 {
      let observation = facts.model.observations[i]
      guard observation.sourceEffect == nil else { continue }
      let publisher = fact.source.publisher
      if groups[publisher] == nil { order.append(publisher) }
      groups[publisher, default: []].append(i)
    }
    guard order.count > 1 else { return [] }
    // The publisher with most levels is the standard that the others deviate from.
    let largest = groups.values.map(\.count).max() ?? 0
    let standard = order.first { groups[$0]?.count == largest }
    return order.compactMap { publisher in
      guard publisher != standard, let members = groups[publisher], members.count > 1 else { return nil }
      return (publisher, members)
    }
  }
}
