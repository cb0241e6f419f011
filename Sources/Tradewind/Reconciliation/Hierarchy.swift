/// Series that add up: which nodes are sums of which.
///
/// ```swift
/// let world = try Hierarchy(edges: [("world", "peru"), ("world", "mexico"), ("peru", "peru/copper"), ("peru", "peru/silver")])
/// world.names        // world, peru, then what nothing adds up to: mexico, peru/copper, peru/silver
/// let crossed = try Hierarchy(groups: ["partner", "province"], members: cells)   // totals of each partner and of each province
/// ```
///
/// Every node is a weighted sum of bottom nodes: y = S b, with one row of S a node. Nodes that are sums come first, each before its parts; bottom nodes
/// follow. The rows of the sums are kept sparse.
public struct Hierarchy: Sendable, Hashable {
  /// A bottom node in a sum.
  public struct Summand: Sendable, Hashable {
    /// The position among the bottom nodes.
    public let bottom: Int
    /// What it counts, 1 as a rule.
    public let weight: Double
  }

  /// The names of all nodes: sums first, then bottom nodes.
  public let names: [String]
  /// For each sum what it is made of, in the order of the bottom nodes.
  public let sums: [[Summand]]

  /// How many nodes there are.
  public var count: Int { names.count }
  /// How many bottom nodes there are.
  public var bottomCount: Int { names.count - sums.count }
  /// The bottom nodes' names.
  public var bottomNames: ArraySlice<String> { names[sums.count...] }

  /// The position of each name.
  private let positions: [String: Int]

  /// The position of a node, or nil.
  public func index(of name: String) -> Int? { positions[name] }

  /// What a node is made of; a bottom node of itself.
  public func summands(of node: Int) -> [Summand] {
    node < sums.count ? sums[node] : [Summand(bottom: node - sums.count, weight: 1)]
  }

  /// How many bottom nodes stand below each node, with their weights without signs: the scaling by structure.
  public var sizes: [Double] {
    names.indices.map { summands(of: $0).reduce(0) { $0 + abs($1.weight) } }
  }

  init(sumNames: [String], sums: [[Summand]], bottomNames: [String]) {
    names = sumNames + bottomNames
    self.sums = sums
    positions = Dictionary(zip(names, names.indices)) { first, _ in first }
  }

  /// Every node from the bottom nodes' values: y = S b.
  ///
  /// - Precondition: `bottom` has one value a bottom node.
  public func aggregated(_ bottom: [Double]) -> [Double] {
    precondition(bottom.count == bottomCount, "there is one value for each of \(bottomCount) bottom nodes")
    return sums.map { row in row.reduce(0) { $0 + $1.weight * bottom[$1.bottom] } } + bottom
  }

  /// The largest distance of a node from the sum that it should be; zero where values are coherent.
  public func incoherence(of values: [Double]) -> Double {
    guard values.count == count else { return .infinity }
    let whole = aggregated(Array(values[sums.count...]))
    return zip(values, whole).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}

extension Hierarchy {
  /// A part of a sum.
  public typealias Edge = (parent: String, child: String, weight: Double)

  /// A hierarchy from its edges, every part counting once.
  ///
  /// - Throws: See ``init(weighted:)``.
  public init(edges: [(parent: String, child: String)]) throws(HierarchyError) {
    try self.init(weighted: edges.map { ($0.parent, $0.child, 1) })
  }

  /// A hierarchy from its edges. A node may be a part of several sums (crossed groups); bottom nodes keep the order in which they
  /// first appear, sums stand before their parts.
  ///
  /// - Throws: ``HierarchyError``: no edge, an edge given twice, a weight of zero or not finite, a node without a name, a node that is a part
  ///   of itself.
  public init(weighted edges: [Edge]) throws(HierarchyError) {
    guard !edges.isEmpty else { throw .empty }
    var order: [String] = []
    var children: [String: [(child: String, weight: Double)]] = [:]
    var seen = Set<String>()
    var pairs = Set<[String]>()
    for edge in edges {
      guard !edge.parent.isEmpty, !edge.child.isEmpty else { throw .unnamed }
      guard edge.weight != 0, edge.weight.isFinite else {
        throw .weight(parent: edge.parent, child: edge.child, weight: edge.weight)
      }
      guard pairs.insert([edge.parent, edge.child]).inserted else {
        throw .repeated(parent: edge.parent, child: edge.child)
      }
      for name in [edge.parent, edge.child] where seen.insert(name).inserted { order.append(name) }
      children[edge.parent, default: []].append((edge.child, edge.weight))
    }
    let bottoms = order.filter { children[$0] == nil }
    let places = Dictionary(zip(bottoms, bottoms.indices)) { first, _ in first }
    guard !bottoms.isEmpty else { throw .cycle(node: order[0]) }

    // Parts before sums, by a walk that keeps its own stack: a hierarchy may be deep.
    enum State { case open, done }
    var states: [String: State] = [:]
    var rows: [String: [Int: Double]] = [:]
    var finished: [String] = []
    // From the last to the first, since what is finished first stands last.
    for root in order.reversed() where children[root] != nil && states[root] == nil {
      var stack = [(node: root, next: 0)]
      states[root] = .open
      while let (node, next) = stack.last {
        let parts = children[node] ?? []
        if next < parts.count {
          stack[stack.count - 1].next += 1
          let child = parts[parts.count - 1 - next].child
          guard children[child] != nil else { continue }
          switch states[child] {
          case .open: throw .cycle(node: child)
          case .done: break
          case nil:
            states[child] = .open
            stack.append((child, 0))
          }
          continue
        }
        var row: [Int: Double] = [:]
        for (child, weight) in parts {
          if let place = places[child] {
            row[place, default: 0] += weight
          } else {
            for (place, inner) in rows[child] ?? [:] { row[place, default: 0] += weight * inner }
          }
        }
        rows[node] = row
        states[node] = .done
        finished.append(node)
        stack.removeLast()
      }
    }
    let sumNames = Array(finished.reversed())
    self.init(
      sumNames: sumNames,
      sums: sumNames.map { name in
        (rows[name] ?? [:]).filter { $0.value != 0 }.sorted { $0.key < $1.key }.map {
          Summand(bottom: $0.key, weight: $0.value)
        }
      }, bottomNames: bottoms)
  }

  /// A bottom node with the group it belongs to in each of several groupings.
  public struct Member: Sendable, Hashable {
    /// The bottom node's name.
    public var name: String
    /// Its group in each grouping.
    public var groups: [String]

    public init(_ name: String, _ groups: [String]) { (self.name, self.groups) = (name, groups) }
  }

  /// Crossed groups, such as partner × province: a total of everything, and a sum for each group of each grouping.
  ///
  /// - Parameters:
  ///   - groupings: The groupings' names. The sum of group `Peru` of grouping `partner` is called `partner=Peru`.
  ///   - members: The bottom nodes.
  ///   - total: The name of the total.
  /// - Throws: ``HierarchyError``: no member, a name given twice, a member with more or fewer groups than there are groupings.
  public init(
    groups groupings: [String], members: [Member], total: String = "total"
  ) throws(HierarchyError) {
    guard !members.isEmpty else { throw .empty }
    var names = Set([total])
    var sums: [[Summand]] = [members.indices.map { Summand(bottom: $0, weight: 1) }]
    var sumNames = [total]
    for member in members {
      guard !member.name.isEmpty else { throw .unnamed }
      guard names.insert(member.name).inserted else { throw .ambiguous(name: member.name) }
      guard member.groups.count == groupings.count else {
        throw .groups(name: member.name, needed: groupings.count, found: member.groups.count)
      }
    }
    for (place, grouping) in groupings.enumerated() {
      var order: [String] = []
      var rows: [String: [Summand]] = [:]
      for (bottom, member) in members.enumerated() {
        let group = member.groups[place]
        if rows[group] == nil { order.append(group) }
        rows[group, default: []].append(Summand(bottom: bottom, weight: 1))
      }
      for group in order {
        let name = "\(grouping)=\(group)"
        guard names.insert(name).inserted else { throw .ambiguous(name: name) }
        sumNames.append(name)
        sums.append(rows[group] ?? [])
      }
    }
    self.init(sumNames: sumNames, sums: sums, bottomNames: members.map(\.name))
  }

  /// The periods of one year as a hierarchy: months, then every sum of consecutive periods whose length divides the year (quarters, half-years, the
  /// year).
  ///
  /// Names count from 1: `12/1` is the year of months, `3/2` the second quarter, `1/5` the fifth month.
  ///
  /// Reference: G. Athanasopoulos, R. J. Hyndman, N. Kourentzes and F. Petropoulos (2017), "Forecasting with Temporal Hierarchies", European
  /// Journal of Operational Research 262:60–74, DOI 10.1016/j.ejor.2017.02.046.
  ///
  /// - Parameter period: How many periods a year has, 2 or more (a precondition).
  public static func temporal(period: Int) -> Hierarchy {
    precondition(period >= 2, "a year of \(period) periods has no sums")
    return temporal(
      period: period, lengths: stride(from: period, through: 2, by: -1).filter { period % $0 == 0 })
  }
}
