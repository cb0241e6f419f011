import RealModule
import Tradewind
import TradewindNumerics

/// The search for facts that no history can satisfy together.
///
/// All facts are fitted under a prior that rules out almost nothing (``HistoryPrior/permissive``). A fact that the
/// rest contradicts then stands out by its deletion residual, t = (S⁻¹r)ᵢ / √(S⁻¹)ᵢᵢ, r being what the prior mean
/// misses (Cook & Weisberg 1982, *Residuals and Influence in Regression*, §2.2.2; for correlated errors Martin 1992,
/// doi:10.1080/03610929208830840). A source whose levels are all off by one factor stands out by the same statistic for a common
/// shift of its levels. A contradiction makes several facts stand out; of these the one is taken without which the
/// rest agree best. It is given a deviation of its own, and the search repeats until nothing stands out.
struct Contradictions {
  /// A fact or source that the others contradict.
  struct Suspect {
    /// The observation, or for a source its level that is furthest off.
    var observation: Int
    /// The publisher, if all its levels are off by a common factor.
    var publisher: String?
    /// The deletion residual in standard deviations when it was found.
    var residual: Double
    /// Observations without which this one would be contradicted less than half as much, with the value (in the
    /// observation's own scale) that each would then take.
    var rivals: [(observation: Int, value: Double)] = []
  }

  /// From how many standard deviations on a deletion residual is a contradiction. Rounding errors are uniform: what
  /// agrees stays below about 2.5.
  static let threshold = 4.0
  /// How well the other facts must know what a fact should be, in logarithms. A figure that only looks unlike its
  /// neighbours is news, not a contradiction.
  static let largestSpread = 0.3
  /// The most suspects that are looked for in one set of facts.
  static let mostSuspects = 25
  /// How many facts that stand out, and how many sources, are weighed against each other for one contradiction.
  static let candidates = (facts: 10, sources: 2)

  /// Moves of log levels that no published digit shows end a trial.
  static let tolerance = 1e-6

  /// The facts with the sources' deviations added.
  private(set) var facts: FactModel
  private(set) var suspects: [Suspect] = []
  /// Whether the search stopped at ``mostSuspects``, and there may be more.
  private(set) var isExhausted = false
  /// Variance added to each observation; nonzero for suspects.
  private(set) var inflation: [Double]
  /// The fit with all suspects set free, under the permissive prior.
  private(set) var posterior: HistoryPosterior
  /// What each fact would be by the others.
  private(set) var deletions: Deletions

  init(_ facts: FactModel) throws(LinearAlgebraError) {
    self.facts = facts
    inflation = [Double](repeating: 0, count: facts.model.observations.count)
    posterior = try HistoryPosterior(facts.model, prior: .permissive)
    deletions = Deletions(posterior, errorVariances: facts.model.errorVariances(inflation: inflation))
    while suspects.count < Self.mostSuspects, let (suspect, trial) = try nextSuspect() {
      (self.facts, inflation) = (trial.facts, trial.inflation)
      (posterior, deletions) = (trial.posterior, trial.deletions)
      suspects.append(suspect)
    }
    isExhausted = suspects.count == Self.mostSuspects
  }

  // MARK: One step of the search

  /// The fit with one more fact or source set free.
  fileprivate struct Trial {
    var facts: FactModel
    var inflation: [Double]
    var posterior: HistoryPosterior
    var deletions: Deletions
    var candidate: Suspect

    /// How badly the facts fit together: r′S⁻¹r.
    var misfit: Double { posterior.misfit }
  }

  /// The most contradicted fact or source, with what it disagrees with; `nil` if nothing stands out.
  private func nextSuspect() throws(LinearAlgebraError) -> (Suspect, Trial)? {
    let t = deletions.residuals
    let standing = t.indices.filter {
      inflation[$0] == 0 && abs(t[$0]) > Self.threshold
        && deletions.spreads[$0] < Self.largestSpread
    }
    guard !standing.isEmpty else { return nil }
    let worst = standing.sorted { (abs(t[$0]), $1) > (abs(t[$1]), $0) }.prefix(Self.candidates.facts)
    var trials: [Trial] = []
    for i in worst {
      trials.append(try trial(Suspect(observation: i, publisher: nil, residual: t[i])))
    }
    for source in deviatingSources().prefix(Self.candidates.sources) { trials.append(try trial(source)) }
    guard let least = trials.map(\.misfit).min() else { return nil }
    // Among those that leave the rest in nearly the same agreement (a likelihood ratio below 1 %), a source goes before
    // a fact, for one source that differs throughout explains more; then the smaller correction.
    let equal = trials.filter { $0.misfit < least + 10 }
    guard
      let chosen = equal.min(by: { a, b in
        let (x, y) = (a.candidate, b.candidate)
        if (x.publisher == nil) != (y.publisher == nil) { return x.publisher != nil }
        return (abs(correction(a)), x.observation) < (abs(correction(b)), y.observation)
      })
    else { return nil }
    var suspect = chosen.candidate
    for rival in trials
    where rival.candidate.observation != suspect.observation && rival.candidate.publisher == nil {
      let own = rival.facts.facts[rival.candidate.observation]
      if let publisher = suspect.publisher, own.source.publisher == publisher, own.measure == .level {
        continue
      }
      // With the rival set free instead, is the suspect still contradicted as much?
      let residual =
        suspect.publisher.map { rival.shift(of: $0).residual }
        ?? rival.deletions.residuals[suspect.observation]
      if abs(residual) < abs(suspect.residual) / 2 {
        let j = rival.candidate.observation
        suspect.rivals.append((j, facts.model.observations[j].value - correction(rival)))
      }
    }
    return (suspect, chosen)
  }

  /// What the trial's fact or source is off by, in the observation's scale.
  private func correction(_ trial: Trial) -> Double {
    let i = trial.candidate.observation
    if let effect = trial.facts.model.observations[i].sourceEffect { return trial.posterior.mode[effect] }
    return trial.deletions.corrections[i]
  }

  private func trial(_ candidate: Suspect) throws(LinearAlgebraError) -> Trial {
    var facts = self.facts
    var inflation = self.inflation
    if let publisher = candidate.publisher {
      facts.free(publisher: publisher, index: suspects.count)
    } else {
      // Large enough that the fact no longer counts beside the others.
      let change = deletions.corrections[candidate.observation]
      inflation[candidate.observation] = 100 * max(change * change, 1e-4)
    }
    let posterior = try HistoryPosterior(
      facts.model, prior: .permissive, inflation: inflation, startingAt: self.posterior,
      tolerance: Self.tolerance)
    let deletions = Deletions(posterior, errorVariances: facts.model.errorVariances(inflation: inflation))
    return Trial(
      facts: facts, inflation: inflation, posterior: posterior, deletions: deletions, candidate: candidate)
  }

  /// Sources whose levels are contradicted as a whole, the most first.
  private func deviatingSources() -> [Suspect] {
    let t = deletions.residuals
    var found: [Suspect] = []
    for (publisher, members) in levelsByPublisher() {
      let residual = posterior.shift(of: members).residual
      guard abs(residual) > Self.threshold, let furthest = members.max(by: { abs(t[$0]) < abs(t[$1]) }) else {
        continue
      }
      found.append(Suspect(observation: furthest, publisher: publisher, residual: residual))
    }
    return found.sorted { abs($0.residual) > abs($1.residual) }
  }

  /// The levels of each publisher that could deviate as a whole: two levels or more, not yet set free, and not the
  /// publisher with most levels, which is the standard that others deviate from.
  private func levelsByPublisher() -> [(publisher: String, members: [Int])] {
    var groups: [String: [Int]] = [:]
    var order: [String] = []
    for (i, fact) in facts.facts.enumerated() where fact.measure == .level && inflation[i] == 0 {
      guard facts.model.observations[i].sourceEffect == nil else { continue }
      let publisher = fact.source.publisher
      guard !publisher.isEmpty else { continue }
      if groups[publisher] == nil { order.append(publisher) }
      groups[publisher, default: []].append(i)
    }
    let largest = groups.values.map(\.count).max() ?? 0
    let standard = order.first { groups[$0]?.count == largest }
    return order.compactMap { publisher in
      guard publisher != standard, let members = groups[publisher], members.count > 1 else { return nil }
      return (publisher, members)
    }
  }
}

extension Contradictions.Trial {
  /// The shift of a publisher's levels that the other facts ask for.
  fileprivate func shift(of publisher: String) -> (value: Double, residual: Double) {
    let members = facts.facts.indices.filter {
      facts.facts[$0].measure == .level && facts.facts[$0].source.publisher == publisher
    }
    return posterior.shift(of: members)
  }
}

/// What each observation would be by all the others, in the observation's own scale.
struct Deletions {
  /// How far each observation is from what the others imply, in standard deviations.
  var residuals: [Double]
  /// How far it is from what the others imply.
  var corrections: [Double]
  /// The standard deviation of what the others imply, its own rounding left out.
  var spreads: [Double]

  init(_ posterior: HistoryPosterior, errorVariances: [Double]) {
    let precision = posterior.marginal.inverseDiagonal.map { max($0, 1e-300) }
    let pull = posterior.pull
    residuals = pull.indices.map { pull[$0] / precision[$0].squareRoot() }
    corrections = pull.indices.map { pull[$0] / precision[$0] }
    spreads = pull.indices.map { max(1 / precision[$0] - errorVariances[$0], 0).squareRoot() }
  }
}

extension HistoryPosterior {
  /// The common shift of some observations that the others ask for, and its size in standard deviations.
  func shift(of members: [Int]) -> (value: Double, residual: Double) {
    var indicator = [Double](repeating: 0, count: pull.count)
    for i in members { indicator[i] = 1 }
    let solved = marginal.solve(indicator)
    let information = members.reduce(0) { $0 + solved[$1] }
    let force = members.reduce(0) { $0 + pull[$1] }
    guard information > 0 else { return (0, 0) }
    return (force / information, force / information.squareRoot())
  }
}
