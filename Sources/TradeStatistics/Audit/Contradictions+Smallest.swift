import RealModule
import TradewindNumerics

/// The fewest corrections that reconcile the facts.
///
/// With the facts in their linear form at the history that fits all but the suspects, each suspect has an irreducible set
/// of facts that contradict each other. Any set of corrections must hit each of them, so a smaller one than was found has a
/// member that hits two: it exists only where such sets share a fact, or levels of one source. Suspects whose sets do are
/// one group; within it sets are tried from the smallest size on, and the first that reconciles is the smallest. As many
/// sets as are pairwise disjoint are a bound from below.
extension Contradictions {
  /// How many candidates for one group are fitted anew before what was found first is kept.
  private static let mostTrials = 4
  /// How many other sets of the same size are kept for one group.
  private static let mostAlternatives = 20
  /// Facts whose partial correlation with all facts of a group is less have nothing to do with it.
  private static let leastBearing = 1e-4

  /// Replaces the suspects by as few as there can be, and says what else would do.
  mutating func reduce() throws(LinearAlgebraError) {
    let linear = try linearFacts()
    // What a later suspect explains needs no deviation of its own.
    var items = current.items
    for item in items where items.count > 1 {
      let others = items.filter { $0 != item }
      if state(linear, free: others).contradicted.isEmpty { items = others }
    }
    if items != current.items {
      let fewer = try fit(items)
      if fewer.standing.isEmpty { current = fewer } else { items = current.items }
    }

    let sets = items.map { item in involved(item, in: state(linear, free: items.filter { $0 != item })).facts
    }
    var groups: [(items: [Item], group: Group)] = []
    for members in Self.connected(sets.map { hits($0) }) {
      let members = members.map { ($0, items[$0]) }
      let bound = Self.disjoint(members.map { hits(sets[$0.0]) })
      let found = try smallest(
        members.map(\.1), facts: members.flatMap { sets[$0.0] }, atLeast: bound, linear)
      groups.append(found)
    }

    suspects = []
    self.groups = []
    for (items, group) in groups {
      var group = group
      group.suspects = []
      for item in items {
        group.suspects.append(suspects.count)
        suspects.append(suspect(item, linear))
      }
      self.groups.append(group)
    }
  }

  /// The smallest sets of one group.
  private mutating func smallest(
    _ items: [Item], facts: [Int], atLeast bound: Int, _ linear: LinearFacts
  ) throws(LinearAlgebraError) -> ([Item], Group) {
    let others = current.items.filter { !items.contains($0) }
    let state = state(linear, free: others)
    let core = Set(facts + items.flatMap(positions))
    let near = (0..<state.count).filter { j in
      core.contains(j) || core.contains { state.bearing($0, j) > Self.leastBearing }
    }
    let place = Dictionary(uniqueKeysWithValues: near.enumerated().map { ($1, $0) })
    let eligible: [CorrectionSearch.Source] = sources.compactMap { source in
      guard !others.contains(.source(source.publisher)) else { return nil }
      let levels = source.levels.compactMap { place[$0] }
      return levels.count > 1 ? (source.publisher, levels) : nil
    }
    let local = LinearFacts(state, at: near)
    var search = CorrectionSearch(local, sources: eligible)
    var group = Group(suspects: [])
    // A set that seemed enough in linear form and is not: larger sets that hold it are not looked at.
    var rejected = Int.max
    var isThrough = true
    var isProven = true
    for size in min(bound, items.count)...items.count {
      let ranked = ranked(search.solutions(size: size), local, eligible).map { solution in
        solution.facts.sorted().map { Item.fact(near[$0]) }
          + solution.sources.sorted().map { Item.source(eligible[$0].publisher) }
      }
      isProven = isThrough && size - 1 <= rejected
      if search.isCutShort || ranked.count > Self.mostTrials { isThrough = false }
      for candidate in ranked.prefix(Self.mostTrials) {
        if Set(candidate) == Set(items) {
          group.alternatives = ranked.filter { $0 != candidate }
        } else {
          for item in candidate {
            if case .source(let publisher) = item {
              note(publisher, shift: state.shift(of: positions(of: item)))
            }
          }
          let trial = try fit(others + candidate)
          guard trial.standing.isEmpty else {
            rejected = min(rejected, size)
            continue
          }
          current = trial
          group.alternatives = ranked.filter { $0 != candidate }
        }
        group.alternatives = Array(group.alternatives.prefix(Self.mostAlternatives))
        group.isSmallest = isProven
        return (candidate, group)
      }
    }
    group.isSmallest = isProven
    return (items, group)
  }

  /// Solutions, the best first. Of those that leave nearly the same misfit, and so take away the same sum of squared
  /// standard deviations, the one with fewer sources, then the one with the smaller relative moves.
  private func ranked(
    _ solutions: [CorrectionSearch.Solution], _ facts: LinearFacts, _ sources: [CorrectionSearch.Source]
  ) -> [CorrectionSearch.Solution] {
    guard let least = solutions.map(\.misfit).min() else { return [] }
    let keyed = solutions.enumerated().map { n, solution in
      let isWorse = solution.misfit >= least + Self.equalMisfit
      return (
        solution,
        (isWorse ? solution.misfit : least, solution.sources.count, squaredMoves(solution, facts, sources), n)
      )
    }
    return keyed.sorted { $0.1 < $1.1 }.map(\.0)
  }

  /// The sum of squares of what the members of a solution are off by, relative to what they state.
  private func squaredMoves(
    _ solution: CorrectionSearch.Solution, _ facts: LinearFacts, _ sources: [CorrectionSearch.Source]
  ) -> Double {
    func rest(_ fact: Int?, _ source: Int?) -> LinearFacts {
      var state = facts
      for i in solution.facts.sorted() where i != fact { state.free(i) }
      for s in solution.sources.sorted() where s != source { state.free(shiftOf: sources[s].levels) }
      return state
    }
    var sum = 0.0
    for i in solution.facts.sorted() {
      let move = Double.expMinusOne(-rest(i, nil).correction(i))
      sum += move * move
    }
    for s in solution.sources.sorted() {
      let move = Double.expMinusOne(-rest(nil, s).shift(of: sources[s].levels))
      sum += move * move
    }
    return sum
  }

  // MARK: Suspects

  /// Says of each suspect what it contradicts, and what would do in its place.
  mutating func describe() throws(LinearAlgebraError) {
    let linear = try linearFacts()
    suspects = current.items.map { suspect($0, linear) }
  }

  /// A member of the final set with what it contradicts, and what would do in its place.
  private func suspect(_ item: Item, _ linear: LinearFacts) -> Suspect {
    let without = state(linear, free: current.items.filter { $0 != item })
    let (observation, involved) = involved(item, in: without)
    var suspect = Suspect(item: item, observation: observation, involved: involved)
    switch item {
    case .fact(let i):
      // Its own variance back in place of that which sets it free.
      let variance = given.model.errorVariances(inflation: [])[i]
      let spread = current.deletions.spreads[i]
      suspect.residual = current.deletions.corrections[i] / (spread * spread + variance).squareRoot()
    case .source(let publisher):
      suspect.residual = current.deviationInStandardDeviations(of: publisher) ?? 0
    }
    let before = abs(misfit(of: item, in: without))
    let own = Set(positions(of: item))
    let near = involved + without.contradicted.prefix(10).filter { !involved.contains($0) }
    for j in near where !own.contains(j) && !current.items.contains(.fact(j)) {
      var swapped = without
      swapped.free(j)
      let reconciles = swapped.contradicted.isEmpty
      guard reconciles || abs(misfit(of: item, in: swapped)) < before / 2 else { continue }
      suspect.rivals.append((j, reconciles))
    }
    return suspect
  }

  /// How contradicted a fact is, or the common shift of a source's levels.
  private func misfit(of item: Item, in state: LinearFacts) -> Double {
    switch item {
    case .fact(let i): state.residual(i)
    case .source: state.shiftResidual(of: positions(of: item))
    }
  }

  /// The fact of an item that is contradicted most, with the facts that contradict it; the item is not free in `state`.
  private func involved(_ item: Item, in state: LinearFacts) -> (fact: Int, facts: [Int]) {
    let own = positions(of: item)
    let most = own.max { abs(state.residual($0)) < abs(state.residual($1)) } ?? 0
    if case .source = item, !state.isContradicted(most), let other = state.contradicted.first {
      return (most, [most] + state.irreducible(other).filter { $0 != most })
    }
    return (most, state.irreducible(most))
  }

  // MARK: Linear form

  /// All facts, none of them free, in their linear form at the current history.
  func linearFacts() throws(LinearAlgebraError) -> LinearFacts {
    var (signal, working) = current.posterior.linearForm
    let observations = current.facts.model.observations
    for i in observations.indices {
      guard let effect = observations[i].sourceEffect else { continue }
      for j in observations.indices where observations[j].sourceEffect == effect {
        signal[i, j] -= current.facts.model.sourceVariance(effect)
      }
    }
    return try LinearFacts(
      signal: signal, errors: given.model.errorVariances(inflation: []), working: working)
  }

  private func state(_ linear: LinearFacts, free items: [Item]) -> LinearFacts {
    var state = linear
    for item in items {
      switch item {
      case .fact(let i): state.free(i)
      case .source: state.free(shiftOf: positions(of: item))
      }
    }
    return state
  }

  // MARK: Sets that share something

  /// What can be corrected in a set of facts: the facts, and the sources of their levels, which are counted from the number
  /// of facts on.
  private func hits(_ set: [Int]) -> Set<Int> {
    var hits = Set(set)
    for (s, source) in sources.enumerated() where source.levels.contains(where: hits.contains) {
      hits.insert(given.facts.count + s)
    }
    return hits
  }

  /// The sets that hang together, each group in the order given.
  private static func connected(_ sets: [Set<Int>]) -> [[Int]] {
    var groups: [(members: [Int], all: Set<Int>)] = []
    for (i, set) in sets.enumerated() {
      let touched = groups.indices.filter { !groups[$0].all.isDisjoint(with: set) }
      var merged = (members: [i], all: set)
      for g in touched {
        merged.members += groups[g].members
        merged.all.formUnion(groups[g].all)
      }
      merged.members.sort()
      for g in touched.reversed() { groups.remove(at: g) }
      groups.append(merged)
    }
    return groups.map(\.members).sorted { ($0.first ?? 0) < ($1.first ?? 0) }
  }

  /// How many of the sets are seen to be pairwise disjoint, the small ones taken first.
  private static func disjoint(_ sets: [Set<Int>]) -> Int {
    var taken = Set<Int>()
    var count = 0
    for set in sets.sorted(by: { $0.count < $1.count }) where taken.isDisjoint(with: set) {
      taken.formUnion(set)
      count += 1
    }
    return count
  }
}

extension Contradictions.Fit {
  /// A source's deviation in standard deviations of what the others leave open; nil if it is not set free.
  fileprivate func deviationInStandardDeviations(of publisher: String) -> Double? {
    guard let value = deviation(of: publisher), let spread = deviationSpread(of: publisher), spread > 0 else {
      return nil
    }
    return value / spread
  }

  /// The standard deviation of a source's deviation, by the other facts alone.
  func deviationSpread(of publisher: String) -> Double? {
    let observations = facts.model.observations
    guard
      let effect = facts.facts.indices.lazy.compactMap({ i in
        facts.facts[i].source.publisher == publisher ? observations[i].sourceEffect : nil
      }).first
    else { return nil }
    let levels = observations.indices.filter { observations[$0].sourceEffect == effect }
    var indicator = [Double](repeating: 0, count: observations.count)
    for i in levels { indicator[i] = 1 }
    let solved = posterior.marginal.solve(indicator)
    // With v the prior variance, u′S⁻¹u is 1 / (v + d²), d² being what the others leave open.
    let information = levels.reduce(0) { $0 + solved[$1] }
    return max(1 / information - facts.model.sourceVariance(effect), 0).squareRoot()
  }
}
