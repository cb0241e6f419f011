/// Splits the forecasts of a total, or of the nodes of a middle level, over the bottom nodes below them.
struct TopDownSplit: Sendable {
  private enum Shares: Sendable {
    /// Each bottom node's share of the node that it is split from.
    case given([Double])
    /// Those of the forecasts, level by level: the parts of each node that is split.
    case forecasts(children: [[Int]])
  }

  private let hierarchy: Hierarchy
  /// The node that each bottom node is split from.
  private let source: [Int]
  private let level: [Int]
  private let shares: Shares

  init(
    _ hierarchy: Hierarchy, from names: [String]?, _ proportions: ReconciliationMethod.Proportions,
    observed: [[Double]]
  ) throws(ReconciliationError) {
    self.hierarchy = hierarchy
    let parents = try Self.parents(hierarchy)
    var level: [Int] = []
    if let names {
      for name in names {
        guard let node = hierarchy.index(of: name) else { throw .unknown(name: name) }
        level.append(node)
      }
    } else {
      level = (0..<hierarchy.count).filter { parents[$0] == nil }
    }
    self.level = level
    var source = [Int](repeating: -1, count: hierarchy.bottomCount)
    for node in level {
      for summand in hierarchy.summands(of: node) {
        guard source[summand.bottom] < 0 else {
          throw .notALevel(bottom: hierarchy.bottomNames[hierarchy.sums.count + summand.bottom])
        }
        source[summand.bottom] = node
      }
    }
    if let loose = source.firstIndex(of: -1) {
      throw .notALevel(bottom: hierarchy.bottomNames[hierarchy.sums.count + loose])
    }
    self.source = source
    guard proportions != .forecasts else {
      var children = [[Int]](repeating: [], count: hierarchy.count)
      for (node, parent) in parents.enumerated() { if let parent { children[parent].append(node) } }
      shares = .forecasts(children: children)
      return
    }
    guard observed.count == hierarchy.count else { throw .residuals(needed: 1, found: 0) }
    var given = [Double](repeating: 0, count: hierarchy.bottomCount)
    for node in level {
      let bottoms = hierarchy.summands(of: node).map(\.bottom)
      let shares = Self.shares(of: bottoms.map { observed[hierarchy.sums.count + $0] }, proportions)
      guard shares.allSatisfy(\.isFinite) else { throw .noProportions(node: hierarchy.names[node]) }
      for (bottom, share) in zip(bottoms, shares) { given[bottom] = share }
    }
    shares = .given(given)
  }

  /// The parts' shares of what they add up to, over the periods in which all of them are known: so they add up to one, also where series begin
  /// at different periods, or more was published than the parts hold. Not finite where there is no such period.
  private static func shares(
    of parts: [[Double]], _ proportions: ReconciliationMethod.Proportions
  ) -> [Double] {
    guard parts.count > 1 else { return [1] }
    let known = ErrorCovariance.complete(parts)
    let totals = (known.first ?? []).indices.map { t in known.reduce(0) { $0 + $1[t] } }
    guard proportions == .average else {
      let whole = totals.reduce(0, +)
      return known.map { $0.reduce(0, +) / whole }
    }
    let periods = totals.indices.filter { totals[$0] != 0 }
    return known.map { part in periods.reduce(0) { $0 + part[$1] / totals[$1] } / Double(periods.count) }
  }

  /// The bottom nodes' values.
  func bottoms(of base: [Double]) throws(ReconciliationError) -> [Double] {
    let sums = hierarchy.sums.count
    switch shares {
    case .given(let shares): return zip(shares, source).map { $0 * base[$1] }
    case .forecasts(let children):
      var values = base
      // Larger sums first, so that a node has its value before it is split.
      let order = (0..<sums).sorted { (-hierarchy.sums[$0].count, $0) < (-hierarchy.sums[$1].count, $1) }
      for node in order where !children[node].isEmpty && isBelow(node) {
        let total = children[node].reduce(0) { $0 + base[$1] }
        guard total != 0 else { throw .noProportions(node: hierarchy.names[node]) }
        for child in children[node] { values[child] = values[node] * base[child] / total }
      }
      return Array(values[sums...])
    }
  }

  /// Whether a sum is split: one of the level, or below one.
  private func isBelow(_ node: Int) -> Bool {
    guard let first = hierarchy.sums[node].first else { return false }
    let top = source[first.bottom]
    guard top < hierarchy.sums.count else { return false }
    let (size, whole) = (hierarchy.sums[node].count, hierarchy.sums[top].count)
    return size < whole || size == whole && node >= top
  }

  /// The sum that each node is a direct part of, in a pure tree.
  private static func parents(_ hierarchy: Hierarchy) throws(ReconciliationError) -> [Int?] {
    let sums = hierarchy.sums.count
    // Sums that hold each bottom node, from the smallest up; of equal ones the later stands below.
    var holders = [[Int]](repeating: [], count: hierarchy.bottomCount)
    for (node, row) in hierarchy.sums.enumerated() {
      for summand in row {
        guard summand.weight == 1 else { throw .notATree(node: hierarchy.bottomNames[sums + summand.bottom]) }
        holders[summand.bottom].append(node)
      }
    }
    var parents = [Int?](repeating: nil, count: hierarchy.count)
    var isKnown = [Bool](repeating: false, count: hierarchy.count)
    for (bottom, nodes) in holders.enumerated() {
      let chain =
        [sums + bottom]
        + nodes.sorted { (hierarchy.sums[$0].count, $1) < (hierarchy.sums[$1].count, $0) }
      for (place, node) in chain.enumerated() {
        let parent = place + 1 < chain.count ? chain[place + 1] : nil
        if isKnown[node], parents[node] != parent { throw .notATree(node: hierarchy.names[node]) }
        (parents[node], isKnown[node]) = (parent, true)
      }
    }
    return parents
  }
}
