/// The search for the smallest sets of corrections that reconcile some facts.
///
/// A set of facts and sources reconciles the facts if, with the set free, nothing is contradicted any more. Every such set must
/// free something in each irreducible set of facts that contradict each other, so the search branches on the members of
/// one, then on those of one that is left, and so on (the hitting-set tree of Reiter 1987, *Artificial Intelligence*
/// 32(1), 57–95, doi:10.1016/0004-3702(87)90062-2). A branch does not take up again what a branch before it has tried.
struct CorrectionSearch {
  /// A source whose levels may be shifted together, by the positions of its levels.
  typealias Source = (publisher: String, levels: [Int])

  /// The most states that are looked at for one contradiction.
  static let mostSteps = 4_000

  /// A set that reconciles, with what is left.
  struct Solution: Equatable {
    /// Positions of single facts, and of sources.
    var facts: Set<Int> = []
    var sources: Set<Int> = []
    /// The misfit that remains.
    var misfit = 0.0

    var size: Int { facts.count + sources.count }
  }

  private let start: LinearFacts
  private let sources: [Source]
  private var sourceOf: [Int: Int] = [:]
  private var steps = 0
  private var found: [Solution] = []

  init(_ facts: LinearFacts, sources: [Source]) {
    start = facts
    self.sources = sources
    for (s, source) in sources.enumerated() { for i in source.levels { sourceOf[i] = s } }
  }

  /// Whether the search had to end before it was through.
  var isCutShort: Bool { steps >= Self.mostSteps }

  /// All sets of exactly `size` that reconcile the facts and hold nothing that is not needed for it.
  mutating func solutions(size: Int) -> [Solution] {
    found = []
    branch(start, Solution(), tried: Solution(), depth: size)
    return found
  }

  private mutating func branch(_ state: LinearFacts, _ chosen: Solution, tried: Solution, depth: Int) {
    guard !isCutShort else { return }
    steps += 1
    guard let worst = state.contradicted.first else {
      var solution = chosen
      solution.misfit = state.misfit
      if depth == 0 { found.append(solution) }
      return
    }
    guard depth > 0 else { return }
    var tried = tried
    let members = state.irreducible(worst)
    for i in members.sorted() where !tried.facts.contains(i) {
      var (next, larger) = (state, chosen)
      next.free(i)
      larger.facts.insert(i)
      branch(next, larger, tried: tried, depth: depth - 1)
      tried.facts.insert(i)
    }
    for s in Set(members.compactMap { sourceOf[$0] }).sorted() where !tried.sources.contains(s) {
      var (next, larger) = (state, chosen)
      next.free(shiftOf: sources[s].levels)
      larger.sources.insert(s)
      branch(next, larger, tried: tried, depth: depth - 1)
      tried.sources.insert(s)
    }
  }
}
