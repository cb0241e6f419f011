import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Reconciliation")
struct ReconciliationTests {
  static let tree = [
    ("world", "america"), ("world", "asia"), ("america", "peru"), ("america", "mexico"),
    ("america", "bolivia"),
    ("asia", "korea"), ("asia", "japan"),
  ]

  static func hierarchy() throws -> Hierarchy {
    try Hierarchy(edges: tree.map { (parent: $0.0, child: $0.1) })
  }

  /// Values of a reference file, one row a node in the hierarchy's order.
  static func rows(_ file: String, _ hierarchy: Hierarchy, run: String? = nil) throws -> [[Double]] {
    var rows = [[Double]](repeating: [], count: hierarchy.count)
    for row in try References.rows("reconciliation/" + file) where run == nil || row["run"] == run {
      let node = try #require(hierarchy.index(of: row["node"] ?? ""))
      rows[node] = ["h1", "h2", "h3"].compactMap { row[$0].flatMap(Double.init) }
    }
    return rows
  }

  static func past(_ hierarchy: Hierarchy) throws -> Reconciliation.Past {
    var past = Reconciliation.Past(
      residuals: Array(repeating: [], count: hierarchy.count),
      observed: Array(repeating: [], count: hierarchy.count))
    for row in try References.rows("reconciliation/past.csv") {
      for (node, name) in hierarchy.names.enumerated() {
        let y = try #require(row["y_" + name].flatMap(Double.init))
        let fit = try #require(row["fit_" + name].flatMap(Double.init))
        past.observed[node].append(y)
        past.residuals[node].append(y - fit)
      }
    }
    return past
  }

  static func step(_ rows: [[Double]], _ h: Int) -> [Double] { rows.map { $0[h] } }

  static let middle = ["america", "asia"]
  static let methods: [(name: String, method: ReconciliationMethod)] = [
    ("bottomUp", .bottomUp), ("ols", .ols), ("structural", .structural), ("variances", .variances),
    ("minTSample", .minTSample), ("minTShrunk", .minTShrunk), ("empiricalRisk", .empiricalRisk),
    ("topDown-average", .topDown(.average)), ("topDown-ofAverages", .topDown(.ofAverages)),
    ("topDown-forecasts", .topDown(.forecasts)), ("middleOut-average", .middleOut(middle, .average)),
    ("middleOut-ofAverages", .middleOut(middle, .ofAverages)),
    ("middleOut-forecasts", .middleOut(middle, .forecasts)),
  ]

  @Test("every method gives hierarchicalforecast's values to 1e-8", arguments: methods.indices)
  func reference(index: Int) throws {
    let (name, method) = Self.methods[index]
    let hierarchy = try Self.hierarchy()
    let base = try Self.rows("base.csv", hierarchy)
    let expected = try Self.rows("expected.csv", hierarchy, run: name)
    let reconciliation = try Reconciliation(hierarchy, method, past: try Self.past(hierarchy))
    for h in 0..<3 {
      let ours = try reconciliation.reconcile(Self.step(base, h))
      for (node, value) in ours.enumerated() {
        #expect(isClose(value, expected[node][h], relative: 1e-8), "\(name), \(hierarchy.names[node])")
      }
    }
    #expect((reconciliation.shrinkage != nil) == (method == .minTShrunk))
  }

  @Test("results add up, and reconciling them again changes nothing", arguments: methods.indices)
  func coherence(index: Int) throws {
    let (name, method) = Self.methods[index]
    let hierarchy = try Self.hierarchy()
    let reconciliation = try Reconciliation(hierarchy, method, past: try Self.past(hierarchy))
    let once = try reconciliation.reconcile(Self.step(try Self.rows("base.csv", hierarchy), 0))
    #expect(hierarchy.incoherence(of: once) <= 1e-10)
    // The map of least risk is not a projection, and shares of the past are not those of the present.
    switch method {
    case .empiricalRisk, .topDown(.average), .topDown(.ofAverages), .middleOut(_, .average),
      .middleOut(_, .ofAverages):
      return
    default: break
    }
    let twice = try reconciliation.reconcile(once)
    #expect(largestDifference(once, twice) <= 1e-9, "\(name)")
  }

  @Test("conjugate gradients and Cholesky solve the same equations")
  func solvers() throws {
    var generator = SeededGenerator(seed: 5)
    // 600 sums of two or three: the first with conjugate gradients, checked by the condition that makes the distance least.
    var edges: [(parent: String, child: String)] = []
    for i in 0..<600 {
      edges.append(("total", "g\(i)"))
      for j in 0..<(2 + i % 2) { edges.append(("g\(i)", "g\(i).\(j)")) }
    }
    let hierarchy = try Hierarchy(edges: edges)
    #expect(hierarchy.sums.count > CoherentProjection.mostDense)
    let variances = hierarchy.names.map { _ in 0.5 + abs(generator.nextNormal()) }
    let base = hierarchy.names.map { _ in 100 + 10 * generator.nextNormal() }
    let projection = try CoherentProjection(hierarchy, .diagonal(variances))
    let values = try projection.project(base).values
    #expect(hierarchy.incoherence(of: values) < 1e-9)
    // S′ W⁻¹ (y − ŷ) = 0.
    let pull = zip(zip(values, base), variances).map { ($0.0 - $0.1) / $1 }
    var gradient = Array(pull[hierarchy.sums.count...])
    for (node, row) in hierarchy.sums.enumerated() {
      for summand in row { gradient[summand.bottom] += summand.weight * pull[node] }
    }
    #expect(gradient.allSatisfy { abs($0) < 1e-7 })
  }

  @Test("a full covariance that is diagonal is weighted least squares; coherent values stay where they are")
  func laws() throws {
    let hierarchy = try Self.hierarchy()
    let base = Self.step(try Self.rows("base.csv", hierarchy), 0)
    let variances = hierarchy.names.indices.map { 1 + Double($0 % 3) }
    let diagonal = try CoherentProjection(hierarchy, .diagonal(variances)).project(base).values
    let full = try CoherentProjection(hierarchy, .full(Matrix(diagonal: variances))).project(base).values
    #expect(largestDifference(diagonal, full) < 1e-11)
    let coherent = hierarchy.aggregated([5, 4, 3, 2, 1])
    for method in [ReconciliationMethod.ols, .structural, .variances, .minTShrunk, .minTSample] {
      let same = try Reconciliation(hierarchy, method, past: try Self.past(hierarchy)).reconcile(coherent)
      #expect(largestDifference(same, coherent) < 1e-12)
    }
  }

  @Test("a fixed total keeps its value and the rest adds up to it; what it says is what the constraint says")
  func fixed() throws {
    let hierarchy = try Self.hierarchy()
    let past = try Self.past(hierarchy)
    var base = Self.step(try Self.rows("base.csv", hierarchy), 0)
    base[0] = 170
    for method in [ReconciliationMethod.ols, .variances, .minTShrunk] {
      let values = try Reconciliation(hierarchy, method, past: past, fixed: ["world"]).reconcile(base)
      #expect(values[0] == 170)
      #expect(hierarchy.incoherence(of: values) < 1e-9)
    }
    // With the same weight for all, the other nodes share the change as least squares with the constraint has it.
    let values = try Reconciliation(hierarchy, .ols, fixed: ["world"]).reconcile(base)
    let summing = Matrix(
      rowVectors: (1..<8).map { node in
        var row = [Double](repeating: 0, count: 5)
        for summand in hierarchy.summands(of: node) { row[summand.bottom] = summand.weight }
        return row
      })
    let reference = try LeastSquares.equalityConstrained(
      summing, Array(base[1...]), constraint: Matrix(rowVectors: [[1, 1, 1, 1, 1]]), equals: [170])
    #expect(largestDifference(Array(values[3...]), reference.solution) < 1e-9)
    #expect(throws: ReconciliationError.unknown(name: "moon")) {
      try Reconciliation(hierarchy, .ols, fixed: ["moon"])
    }
  }

  @Test(
    "without a bottom node below zero the distance is least: the conditions of Karush, Kuhn and Tucker hold",
    arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func nonNegative(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let hierarchy = try Self.hierarchy()
    let base = hierarchy.names.map { _ in 2 * generator.nextNormal() }
    let past = try Self.past(hierarchy)
    for method in [ReconciliationMethod.ols, .variances, .minTShrunk] {
      let values = try Reconciliation(hierarchy, method, past: past, keepsNonNegative: true).reconcile(base)
      #expect(values.allSatisfy { $0 >= 0 } && hierarchy.incoherence(of: values) < 1e-12)
      let free = try Reconciliation(hierarchy, method, past: past).reconcile(base)
      if free[3...].allSatisfy({ $0 >= 0 }) { #expect(largestDifference(values, free) < 1e-9) }
      // S′ W⁻¹ (y − ŷ) is zero at nodes above zero, and not below zero at the others.
      let weights: Matrix =
        switch method {
        case .ols: .identity(8)
        case .variances: Matrix(diagonal: ErrorCovariance.variances(past.residuals))
        default: ErrorCovariance.shrunk(past.residuals).covariance
        }
      let pull = try CholeskyFactorization(weights).solve(zip(values, base).map { $0 - $1 })
      var gradient = Array(pull[3...])
      for (node, row) in hierarchy.sums.enumerated() {
        for summand in row { gradient[summand.bottom] += pull[node] }
      }
      for (slope, value) in zip(gradient, values[3...]) {
        #expect(value > 0 ? abs(slope) < 1e-8 : slope > -1e-8)
      }
    }
  }

  @Test("what cannot be reconciled is said")
  func errors() throws {
    let hierarchy = try Self.hierarchy()
    #expect(throws: ReconciliationError.residuals(needed: 2, found: 0)) {
      try Reconciliation(hierarchy, .minTShrunk)
    }
    let short = Reconciliation.Past(residuals: Array(repeating: [1, -1, 2], count: 8))
    #expect(throws: ReconciliationError.residuals(needed: 4, found: 3)) {
      try Reconciliation(hierarchy, .minTSample, past: short)
    }
    let same = Reconciliation.Past(residuals: Array(repeating: [0, 0, 0, 0, 0], count: 8))
    #expect(throws: ReconciliationError.singular) { try Reconciliation(hierarchy, .minTSample, past: same) }
    let ols = try Reconciliation(hierarchy, .ols)
    #expect(throws: ReconciliationError.missing(node: "mexico")) { try ols.reconcile([1, 2, 3, 4]) }
    #expect(throws: ReconciliationError.notFinite(node: "asia")) {
      try ols.reconcile([1, 2, .nan, 4, 5, 6, 7, 8])
    }
    let crossed = try Hierarchy(
      groups: ["partner", "province"],
      members: [
        .init("a", ["peru", "henan"]), .init("b", ["peru", "hunan"]), .init("c", ["mexico", "henan"]),
      ])
    #expect(throws: ReconciliationError.self) { try Reconciliation(crossed, .topDown(.forecasts)) }
    #expect(throws: ReconciliationError.notALevel(bottom: "korea")) {
      try Reconciliation(hierarchy, .middleOut(["america"], .forecasts))
    }
  }
}
