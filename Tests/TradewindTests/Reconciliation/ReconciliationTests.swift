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

  /// S′ W⁻¹ (y − ŷ): zero where the distance is least.
  static func gradient(
    _ hierarchy: Hierarchy, _ values: [Double], _ base: [Double], _ variances: [Double]
  ) -> [Double] {
    let pull = zip(zip(values, base), variances).map { ($0.0 - $0.1) / $1 }
    var gradient = Array(pull[hierarchy.sums.count...])
    for (node, row) in hierarchy.sums.enumerated() {
      for summand in row { gradient[summand.bottom] += summand.weight * pull[node] }
    }
    return gradient
  }

  @Test("sums that nest, in a tree with weights: the distance is least, whatever the variances")
  func nested() throws {
    var generator = SeededGenerator(seed: 5)
    var edges: [Hierarchy.Edge] = []
    for i in 0..<600 {
      edges.append(("total", "g\(i)", i % 7 == 0 ? -0.1 : 1))
      for j in 0..<(2 + i % 2) { edges.append(("g\(i)", "g\(i).\(j)", j == 1 ? -0.3 : 1)) }
    }
    let hierarchy = try Hierarchy(weighted: edges)
    #expect(NestedSums(hierarchy).crossing.isEmpty)
    // Over twelve orders of magnitude.
    let variances = hierarchy.names.map { _ in Double.exp(6 * generator.nextNormal()) }
    let base = hierarchy.names.map { _ in 100 + 10 * generator.nextNormal() }
    let projection = try CoherentProjection(hierarchy, .diagonal(variances))
    let (values, pull) = try projection.project(base)
    #expect(hierarchy.incoherence(of: values) < 1e-9)
    // The pulls are W⁻¹ (ŷ − y), and S′ takes them to zero.
    var gradient = Array(pull[hierarchy.sums.count...])
    var size = gradient.map { abs($0) }
    for (node, row) in hierarchy.sums.enumerated() {
      for summand in row {
        gradient[summand.bottom] += summand.weight * pull[node]
        size[summand.bottom] += abs(summand.weight * pull[node])
      }
    }
    for (slope, size) in zip(gradient, size) { #expect(abs(slope) <= 1e-12 * size) }
    for node in values.indices {
      #expect(isClose(values[node], base[node] - variances[node] * pull[node], relative: 1e-12))
    }
    // What adds up stays.
    let again = try projection.project(hierarchy.aggregated(Array(values[hierarchy.sums.count...]))).values
    #expect(largestDifference(values, again) < 1e-9)
  }

  @Test("sums that nest and Cholesky solve the same equations; so do those that cross")
  func solvers() throws {
    var generator = SeededGenerator(seed: 6)
    let tree = try Self.hierarchy()
    let crossed = try Self.crossed(partners: 40, products: 30)
    #expect(NestedSums(tree).crossing.isEmpty)
    // The total and the products nest, the partners cross them.
    #expect(NestedSums(crossed).crossing.count == 30)
    for hierarchy in [tree, crossed] {
      let variances = hierarchy.names.map { _ in Double.exp(2 * generator.nextNormal()) }
      let base = hierarchy.names.map { _ in 100 + 10 * generator.nextNormal() }
      let full = try CoherentProjection(hierarchy, .full(Matrix(diagonal: variances))).project(base)
      let nested = NestedProjection(NestedSums(hierarchy), variances)
      let (values, pull) = try CrossingSums(hierarchy, nested).project(base)
      #expect(largestDifference(values, full.values) < 1e-9)
      #expect(largestDifference(pull, full.pull) < 1e-9 * (pull.map { abs($0) }.max() ?? 1))
    }
  }

  static func crossed(partners: Int, products: Int) throws -> Hierarchy {
    let members = (0..<partners * products).map { i in
      Hierarchy.Member("\(i)", ["\(i % partners)", "\(i / partners)"])
    }
    return try Hierarchy(groups: ["partner", "product"], members: members)
  }

  @Test("many sums that cross: the distance is least, and no bottom node is below zero where none may be")
  func crossing() throws {
    var generator = SeededGenerator(seed: 8)
    let hierarchy = try Self.crossed(partners: 500, products: 6)
    #expect(hierarchy.sums.count > CoherentProjection.mostDense)
    let base = hierarchy.names.indices.map { node in
      node < hierarchy.sums.count ? Double(hierarchy.sums[node].count) : 1 + generator.nextNormal()
    }
    let values = try Reconciliation(hierarchy, .structural).reconcile(base)
    for slope in Self.gradient(hierarchy, values, base, hierarchy.sizes) { #expect(abs(slope) < 1e-9) }
    let above = try Reconciliation(hierarchy, .structural, keepsNonNegative: true).reconcile(base)
    #expect(above.allSatisfy { $0 >= 0 } && hierarchy.incoherence(of: above) < 1e-9)
    let slopes = Self.gradient(hierarchy, above, base, hierarchy.sizes)
    var zeros = 0
    for (slope, value) in zip(slopes, above[hierarchy.sums.count...]) {
      if value == 0 { zeros += 1 }
      #expect(value > 0 ? abs(slope) < 1e-8 : slope > -1e-8)
    }
    #expect(zeros > 100)
  }

  @Test("nodes that are known and contradict each other are said; where they agree nothing moves")
  func known() throws {
    let hierarchy = try Hierarchy(edges: [("a", "b"), ("a", "c")])
    let base = [5.0, 2, 3]
    let names = ["a", "b", "c"]
    #expect(try Reconciliation(hierarchy, .ols, fixed: names).reconcile(base) == base)
    let other = try Reconciliation(hierarchy, .ols, fixed: names)
    #expect(throws: ReconciliationError.singular) { try other.reconcile([5, 2, 4]) }
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

  @Test("standard deviations are those of the map of correlated errors")
  func spread() throws {
    let hierarchy = try Self.hierarchy()
    let past = try Self.past(hierarchy)
    let reconciliation = try Reconciliation(hierarchy, .minTShrunk, past: past)
    let forecasts = hierarchy.names.enumerated().map { node, name in
      Forecast(
        of: TimeSeries([1], start: .month(2024, 1), name: name), model: "given", mean: [10, 20],
        joint: .movingAverage(weights: [1, 0.5], variance: Double(node + 1)), levels: [0.8])
    }
    let coherent = try reconciliation.reconcile(forecasts, residuals: past.residuals)
    var map = Matrix(rows: 8, columns: 8)
    for node in 0..<8 {
      var unit = [Double](repeating: 0, count: 8)
      unit[node] = 1
      for (i, value) in try reconciliation.reconcile(unit).enumerated() { map[i, node] = value }
    }
    let shrunk = ErrorCovariance.shrunk(past.residuals).covariance
    for (h, factor) in [1.0, 1.25].enumerated() {
      var covariance = shrunk
      for i in 0..<8 {
        for j in 0..<8 {
          let correlation = shrunk[i, j] / (shrunk[i, i] * shrunk[j, j]).squareRoot()
          covariance[i, j] = correlation * factor * (Double(i + 1) * Double(j + 1)).squareRoot()
        }
      }
      let variances = (map * covariance * map.transposed()).diagonal
      for (forecast, variance) in zip(coherent, variances) {
        let width = forecast.intervals[h][0].width / 2
        #expect(isClose(width, 1.2815515655446004 * variance.squareRoot(), relative: 1e-9))
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
    let sums = hierarchy.aggregated([1, 2, 3, 4, 5])
    let linear = Reconciliation.Past(residuals: sums.map { [$0, -$0, 2 * $0, 0.3 * $0, -3 * $0] })
    #expect(throws: ReconciliationError.residualsAddUp(node: "world")) {
      try Reconciliation(hierarchy, .minTSample, past: linear)
    }
    #expect(try Reconciliation(hierarchy, .minTShrunk, past: linear).shrinkage != nil)
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
