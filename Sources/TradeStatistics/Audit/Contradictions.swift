import RealModule
import Tradewind
import TradewindNumerics

/// The search for facts that no history can satisfy together, and for the fewest corrections that reconcile them.
///
/// All facts are fitted under a prior that rules out almost nothing (``HistoryPrior/permissive``). A fact that the
/// rest contradicts then stands out by its deletion residual, t = (S⁻¹r)ᵢ / √(S⁻¹)ᵢᵢ, r being what the prior mean
/// misses (Cook & Weisberg 1982, *Residuals and Influence in Regression*, §2.2.2; for correlated errors Martin 1992,
/// doi:10.1080/03610929208830840). A source whose levels are all off by one factor stands out by the same statistic for a common
/// shift of its levels. A contradiction makes several facts stand out; of these the one is taken without which the
/// rest agree best. It is given a deviation of its own, and this repeats until nothing stands out.
///
/// That takes one after the other and may take too many. So the smallest sets are then sought for each group of
/// contradictions that share facts (`Contradictions+Smallest.swift`).
struct Contradictions {
  /// What can be given a deviation of its own: one fact, or all levels of a source together.
  enum Item: Hashable {
    case fact(Int)
    case source(String)
  }

  /// A fact or source that the others contradict.
  struct Suspect {
    var item: Item
    /// The observation, or for a source its level that is furthest off.
    var observation: Int
    /// How far it is from what the others imply, in standard deviations.
    var residual = 0.0
    /// The observations that contradict each other, this one's first.
    var involved: [Int] = []
    /// Observations without which, instead, this one would be contradicted less than half as much, and whether nothing
    /// at all would be.
    var rivals: [(observation: Int, reconciles: Bool)] = []
  }

  /// Contradictions that share facts.
  struct Group {
    /// Positions of the suspects.
    var suspects: [Int]
    /// Other sets of as many items that reconcile the facts too, the best first.
    var alternatives: [[Item]] = []
    /// Whether there is certainly no smaller set.
    var isSmallest = false
  }

  /// From how many standard deviations on a deletion residual is a contradiction. Rounding errors are uniform: of
  /// a year and its twelve months, all rounded and in agreement, one in a hundred is beyond 2.5 and two in 100,000 beyond 4.
  static let threshold = 4.0
  /// How well the other facts must know what a fact should be, in logarithms. A figure that only looks unlike its
  /// neighbours is news, not a contradiction.
  static let largestSpread = 0.3
  /// The most suspects that are looked for in one set of facts.
  static let mostSuspects = 25
  /// How many facts that stand out, and how many sources, are weighed against each other for one contradiction.
  static let candidates = (facts: 4, sources: 2)
  /// Setting a fact free lowers the misfit by t² where all is linear; what has less than this part of the largest t is not
  /// weighed.
  static let leastRelief = 0.7
  /// Sets whose misfits differ by less are equally good: a likelihood ratio above 1 %.
  static let equalMisfit = 10.0
  /// Moves of log levels that no published digit shows end a trial.
  static let tolerance = 1e-6

  /// The fit with all suspects set free, under the permissive prior.
  var current: Fit
  var suspects: [Suspect] = []
  var groups: [Group] = []
  /// Whether the search stopped at ``mostSuspects``, and there may be more.
  private(set) var isExhausted = false
  /// The facts as they were given.
  let given: FactModel
  /// The prior standard deviations of the deviations of sources.
  private var spreads: [String: Double] = [:]
  /// The levels of each publisher that could deviate as a whole.
  let sources: [CorrectionSearch.Source]

  /// The facts with the sources' deviations added.
  var facts: FactModel { current.facts }
  /// Variance added to each observation; nonzero for suspects.
  var inflation: [Double] { current.inflation }

  /// - Parameter reducing: Whether the fewest corrections are sought; otherwise what is found one after the other stays.
  init(_ facts: FactModel, reducing: Bool = true) throws(LinearAlgebraError) {
    given = facts
    sources = facts.levelsByPublisher()
    current = try Fit(facts, [], spreads: [:], from: nil)
    while current.items.count < Self.mostSuspects, let next = try nextFit() { current = next }
    isExhausted = current.items.count == Self.mostSuspects
    suspects = current.items.map { Suspect(item: $0, observation: observation(of: $0)) }
    groups = suspects.indices.map { Group(suspects: [$0]) }
    guard reducing, !suspects.isEmpty else { return }
    if isExhausted { try describe() } else { try reduce() }
  }

  // MARK: One step of the search

  /// The fit with the most contradicted fact or source set free too; `nil` if nothing stands out.
  private mutating func nextFit() throws(LinearAlgebraError) -> Fit? {
    let t = current.deletions.residuals
    let standing = current.standing
    guard let most = standing.first else { return nil }
    let deviating = deviatingSources()
    let largest = max(abs(t[most]), deviating.first.map { abs($0.residual) } ?? 0)
    var items: [Item] = standing.prefix(Self.candidates.facts).filter {
      abs(t[$0]) >= Self.leastRelief * largest
    }.map { .fact($0) }
    for source in deviating.prefix(Self.candidates.sources)
    where abs(source.residual) >= Self.leastRelief * largest {
      items.append(.source(source.publisher))
    }
    var trials: [Fit] = []
    for item in items { trials.append(try fit(current.items + [item])) }
    guard let least = trials.map(\.misfit).min() else { return nil }
    // Among those that leave the rest in nearly the same agreement a source goes before a fact, for one source that
    // differs throughout explains more; then the smaller correction.
    return trials.filter { $0.misfit < least + Self.equalMisfit }.min { a, b in
      let (x, y) = (a.lastIsSource, b.lastIsSource)
      if x != y { return x }
      return abs(a.lastCorrection(sources)) < abs(b.lastCorrection(sources))
    }
  }

  /// The fit with these items set free.
  func fit(_ items: [Item]) throws(LinearAlgebraError) -> Fit {
    try Fit(given, items, spreads: spreads, from: current.posterior)
  }

  /// Sources whose levels are contradicted as a whole, the most first. Notes how far each may be off.
  private mutating func deviatingSources() -> [(publisher: String, residual: Double)] {
    var found: [(publisher: String, residual: Double)] = []
    for (publisher, levels) in sources where !current.items.contains(.source(publisher)) {
      let (value, residual) = current.posterior.shift(of: levels)
      note(publisher, shift: value)
      if abs(residual) > Self.threshold { found.append((publisher, residual)) }
    }
    return found.sorted { abs($0.residual) > abs($1.residual) }
  }

  /// Makes room for a source's deviation, large enough that its levels no longer count beside the others.
  mutating func note(_ publisher: String, shift: Double) {
    spreads[publisher] = max(spreads[publisher] ?? HistoryModel.sourceSpread, 10 * abs(shift))
  }

  /// The levels that a source's deviation moves; for a fact only itself.
  func positions(of item: Item) -> [Int] {
    switch item {
    case .fact(let i): [i]
    case .source(let publisher): sources.first { $0.publisher == publisher }?.levels ?? []
    }
  }

  private func observation(of item: Item) -> Int {
    positions(of: item).max {
      abs(current.deletions.residuals[$0]) < abs(current.deletions.residuals[$1])
    } ?? 0
  }
}

extension Contradictions {
  /// A fit with some items set free.
  struct Fit {
    var items: [Item]
    var facts: FactModel
    var inflation: [Double]
    var posterior: HistoryPosterior
    /// What each fact would be by the others.
    var deletions: Deletions

    /// How badly the facts fit together: r′S⁻¹r.
    var misfit: Double { posterior.misfit }

    /// Variance that is added to a fact that is set free: ten logarithms squared, beside which no error counts.
    static let freeVariance = 100.0

    init(
      _ given: FactModel, _ items: [Item], spreads: [String: Double], from start: HistoryPosterior?
    ) throws(LinearAlgebraError) {
      self.items = items
      facts = given
      inflation = [Double](repeating: 0, count: given.model.observations.count)
      var count = 0
      for item in items {
        switch item {
        case .fact(let i):
          inflation[i] = Self.freeVariance
        case .source(let publisher):
          facts.free(
            publisher: publisher, index: count, spread: spreads[publisher] ?? HistoryModel.sourceSpread)
          count += 1
        }
      }
      posterior = try HistoryPosterior(
        facts.model, prior: .permissive, inflation: inflation, startingAt: start,
        tolerance: Contradictions.tolerance, forCovariances: false)
      deletions = Deletions(posterior, errorVariances: facts.model.errorVariances(inflation: inflation))
    }

    /// The facts that stand out, the most contradicted first.
    var standing: [Int] {
      let t = deletions.residuals
      return t.indices.filter {
        inflation[$0] == 0 && abs(t[$0]) > Contradictions.threshold
          && deletions.spreads[$0] < Contradictions.largestSpread
      }.sorted { (abs(t[$0]), $1) > (abs(t[$1]), $0) }
    }

    fileprivate var lastIsSource: Bool { if case .source = items.last { true } else { false } }

    /// What the last item is off by, in the observation's scale.
    fileprivate func lastCorrection(_ sources: [CorrectionSearch.Source]) -> Double {
      switch items.last {
      case .fact(let i): deletions.corrections[i]
      case .source(let publisher): deviation(of: publisher) ?? 0
      case nil: 0
      }
    }

    /// What a source that is set free is off by, in logarithms.
    func deviation(of publisher: String) -> Double? {
      for (i, fact) in facts.facts.enumerated() where fact.measure == .level {
        if fact.source.publisher == publisher, let effect = facts.model.observations[i].sourceEffect {
          return posterior.mode[effect]
        }
      }
      return nil
    }
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

extension FactModel {
  /// The levels of each publisher that could deviate as a whole: two levels or more, and not the publisher with most
  /// levels, which is the standard that others deviate from.
  fileprivate func levelsByPublisher() -> [CorrectionSearch.Source] {
    var groups: [String: [Int]] = [:]
    var order: [String] = []
    for (i, fact) in facts.enumerated() where fact.measure == .level {
      let publisher = fact.source.publisher
      guard !publisher.isEmpty else { continue }
      if groups[publisher] == nil { order.append(publisher) }
      groups[publisher, default: []].append(i)
    }
    let largest = groups.values.map(\.count).max() ?? 0
    let standard = order.first { groups[$0]?.count == largest }
    return order.compactMap { publisher in
      guard publisher != standard, let levels = groups[publisher], levels.count > 1 else { return nil }
      return (publisher, levels)
    }
  }
}
