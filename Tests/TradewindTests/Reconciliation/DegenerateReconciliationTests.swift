import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

/// Pasts that leave something open: nodes without error, series of different lengths, published sums that are nearly what their parts add up to.
@Suite("Reconciliation of degenerate pasts")
struct DegenerateReconciliationTests {
  /// The tree of ``ReconciliationTests`` with the residuals of Asia and its parts all zero.
  static func withoutErrors(_ hierarchy: Hierarchy) throws -> Reconciliation.Past {
    var past = try ReconciliationTests.past(hierarchy)
    for name in ["asia", "korea", "japan"] {
      let node = try #require(hierarchy.index(of: name))
      past.residuals[node] = past.residuals[node].map { _ in 0 }
    }
    return past
  }

  // MARK: - Nodes without error

  @Test("of a subtree without errors no part moves, and the others are made coherent as without it")
  func zeroSubtree() throws {
    let hierarchy = try ReconciliationTests.hierarchy()
    let past = try Self.withoutErrors(hierarchy)
    let smaller = try Hierarchy(
      edges: [("world", "america"), ("america", "peru"), ("america", "mexico"), ("america", "bolivia")])
    let rows = try smaller.names.map { past.residuals[try #require(hierarchy.index(of: $0))] }
    let base: [Double] = [170, 110, 0, 60, 33, 15, 0, 0]
    let names = ["world", "america", "peru", "mexico", "bolivia"]
    for method in [ReconciliationMethod.minTShrunk, .variances] {
      let whole = try Reconciliation(hierarchy, method, past: past)
      let part = try Reconciliation(smaller, method, past: Reconciliation.Past(residuals: rows))
      let values = try whole.reconcile(base)
      let expected = try part.reconcile(
        try smaller.names.map { base[try #require(hierarchy.index(of: $0))] })
      for name in names {
        let (a, b) = (
          values[try #require(hierarchy.index(of: name))], expected[try #require(smaller.index(of: name))]
        )
        #expect(isClose(a, b, relative: 1e-8), "\(method) \(name)")
      }
      for name in ["asia", "korea", "japan"] {
        #expect(abs(values[try #require(hierarchy.index(of: name))]) < 1e-8)
      }
      #expect(whole.shrinkage == part.shrinkage)
      // Held at zero they stay there.
      let held = try Reconciliation(hierarchy, method, past: past, fixed: ["korea", "world"]).reconcile(base)
      #expect(held[0] == 170 && held[6] == 0 && hierarchy.incoherence(of: held) < 1e-8)
    }
    // Nothing but zeros: all nodes count alike.
    let nothing = Reconciliation.Past(residuals: Array(repeating: [0, 0, 0, 0], count: 8))
    let alike = try Reconciliation(hierarchy, .ols).reconcile(base)
    for method in [ReconciliationMethod.minTShrunk, .variances] {
      let values = try Reconciliation(hierarchy, method, past: nothing).reconcile(base)
      #expect(largestDifference(values, alike) < 1e-10)
    }
  }

  @Test("covariances on paper; correlations shrink wholly where there are none to speak of")
  func covariances() {
    let sample = ErrorCovariance.sample([[1, 2, 3], [2, 4, 9]])
    for (element, expected) in zip(sample.elements, [1, 3.5, 3.5, 13]) {
      #expect(isClose(element, expected, relative: 1e-14))
    }
    for last in [-1, -1.01] {
      #expect(ErrorCovariance.shrunk([[1, -1, 1, last], [1, 1, -1, -1]]).intensity == 1)
    }
    // Of two periods nothing is known of correlations, of three something.
    let sum = Matrix(rowVectors: [[1, 1]])
    for (count, isKnown) in [(2, false), (3, true)] {
      let rows = [[1.0, 2, 4], [1, 2.5, 4]].map { Array($0.prefix(count)) }
      let variance = ErrorCorrelations(rows, count: 2).variances(of: sum, deviations: [1, 1])[0]
      #expect(isKnown ? variance > 3 : variance == 2)
    }
  }

  @Test("a node held at zero is let go again where another that is held lifts it")
  func released() throws {
    // Errors of the parts have the correlation 0.9. Both are forecast below zero; to hold the first at zero lifts the second by 4.5.
    let hierarchy = try Hierarchy(edges: [("all", "a"), ("all", "b")])
    let covariance = Matrix(rowVectors: [[1e6, 0, 0], [0, 1, 0.9], [0, 0.9, 1]])
    let projection = try CoherentProjection(hierarchy, .full(covariance))
    let values = try NonNegativeProjection(projection, PinnedProjection(projection, [])).project([0, -5, -1])
    #expect(isClose(values[1], 0, absolute: 1e-9) && isClose(values[2], 3.5, relative: 1e-3), "\(values)")
  }

  @Test("average shares leave out periods without trade; forecasts of nothing cannot be split")
  func emptyPeriods() throws {
    let hierarchy = try Hierarchy(edges: [("all", "a"), ("all", "b")])
    let past = Reconciliation.Past(
      residuals: Array(repeating: [0, 0, 0], count: 3), observed: [[0, 4, 4], [0, 1, 3], [0, 3, 1]])
    let values = try Reconciliation(hierarchy, .topDown(.average), past: past).reconcile([10, 0, 0])
    #expect(values == [10, 5, 5])
    #expect(throws: ReconciliationError.noProportions(node: "all")) {
      _ = try Reconciliation(hierarchy, .topDown(.forecasts)).reconcile([10, 0, 0])
    }
  }

  @Test("a hierarchy with a partner that nothing comes from is forecast", arguments: ["ets", "naive"])
  func zeroPartner(name: String) async throws {
    let tree = try Hierarchy(
      edges: [("world", "peru"), ("world", "cuba"), ("cuba", "cuba/ore"), ("cuba", "cuba/waste")])
    let none = [Double](repeating: 0, count: 48)
    let series = [("peru", OddSeries.regular(48)), ("cuba/ore", none), ("cuba/waste", none)].map {
      TimeSeries($0.1, start: .month(2020, 1), name: $0.0)
    }
    let model: any Forecaster = name == "ets" ? ETS() : Naive()
    let result = try await HierarchyForecaster(tree).forecast(
      series, with: model, ForecastRequest(horizon: 3))
    for h in 0..<3 {
      #expect(tree.incoherence(of: result.forecasts.map { $0.mean[h] }) < 1e-9)
      #expect(result.forecasts[1...].filter { $0.series != "peru" }.allSatisfy { abs($0.mean[h]) < 1e-6 })
    }
  }

  @Test(
    "a node that was forecast for certain and moves has the spread of what moves it, at each step and in totals"
  )
  func certain() throws {
    let tree = try Hierarchy(edges: [("world", "peru"), ("world", "mexico")])
    let laws: [JointLaw] = [
      .movingAverage(weights: [1, 1, 1], variance: 0), .movingAverage(weights: [1, 1, 1], variance: 4),
      .normal(factor: [[3], [0, 3], [0, 0, 3]]),
    ]
    let forecasts = zip(tree.names, zip([10.0, 4, 5], laws)).map { name, given in
      Forecast(
        of: TimeSeries([1], start: .month(2023, 12), name: name), model: "given",
        mean: [Double](repeating: given.0, count: 3), joint: given.1, levels: [0.8])
    }
    let world = try Reconciliation(tree, .bottomUp).reconcile(forecasts)[0]
    #expect(world.mean == [9, 9, 9] && world.median == world.mean)
    let z = 1.2815515655446004
    for h in 0..<3 {
      let width = 2 * z * Double(4 * (h + 1) + 9).squareRoot()
      #expect(isClose(world.intervals[h][0].width, width, relative: 1e-9))
    }
    // Independent parts: 4 · (9 + 4 + 1) and 3 · 9.
    let quarter = try #require(world.total(over: .quarter).first)
    #expect(quarter.mean == 27)
    #expect(isClose(quarter.intervals[0].width, 2 * z * Double(83).squareRoot(), relative: 1e-9))
    // Where nothing is uncertain nothing becomes so.
    let same = try Reconciliation(tree, .bottomUp).reconcile(
      forecasts.map { forecast in
        var forecast = forecast
        forecast.joint = laws[0]
        return forecast.withIntervalsOfJointLaw()
      })
    #expect(same.allSatisfy { $0.intervals.allSatisfy { $0[0].width == 0 } && $0.joint == laws[0] })
  }

  // MARK: - Proportions of the past

  @Test(
    "series of different lengths, and more published than the parts hold: the top's forecast is kept, all of it"
  )
  func proportions() throws {
    let hierarchy = try ReconciliationTests.hierarchy()
    var past = try ReconciliationTests.past(hierarchy)
    // A tenth of the world is of no named country; Korea is known for 13 months, and Peru has a gap.
    past.observed[0] = past.observed[0].map { 1.1 * $0 }
    let (peru, korea) = (3, 6)
    past.observed[korea] = Array(past.observed[korea].suffix(13))
    past.observed[peru][35] = .nan
    let base = try ReconciliationTests.rows("base.csv", hierarchy).map { $0[0] }
    let months = (27..<40).filter { $0 != 35 }
    let sums = months.map { t in
      (3..<8).reduce(0) { $0 + past.observed[$1][past.observed[$1].count - 40 + t] }
    }
    for proportions in [ReconciliationMethod.Proportions.average, .ofAverages] {
      let values = try Reconciliation(hierarchy, .topDown(proportions), past: past).reconcile(base)
      #expect(isClose(values[0], base[0], relative: 1e-13), "\(proportions)")
      let own = months.map { past.observed[peru][$0] }
      let share =
        proportions == .average
        ? zip(own, sums).reduce(0) { $0 + $1.0 / $1.1 } / 12 : own.reduce(0, +) / sums.reduce(0, +)
      #expect(isClose(values[peru], share * base[0], relative: 1e-12), "\(proportions)")
      let middle = try Reconciliation(
        hierarchy, .middleOut(["america", "asia"], proportions), past: past
      ).reconcile(base)
      #expect(isClose(middle[1], base[1], relative: 1e-13) && isClose(middle[2], base[2], relative: 1e-13))
    }
    // A node that is a level by itself needs no past; parts that are never known together cannot be split.
    past.observed[korea] = past.observed[korea].map { _ in .nan }
    let level = ["america", "korea", "japan"]
    let single = try Reconciliation(hierarchy, .middleOut(level, .average), past: past).reconcile(base)
    #expect(single[korea] == base[korea])
    #expect(throws: ReconciliationError.noProportions(node: "world")) {
      try Reconciliation(hierarchy, .topDown(.average), past: past)
    }
  }

  // MARK: - Directions of which the past says nothing

  /// Three partners and a total that is published to a tenth.
  static func rounded() throws -> (Hierarchy, [TimeSeries]) {
    var generator = SeededGenerator(seed: 11)
    var parts: [[Double]] = []
    for level in [50.0, 100, 150] {
      var walk = level
      parts.append(
        (0..<72).map { _ in
          walk += 2 * generator.nextNormal()
          return walk + 4 * generator.nextNormal()
        })
    }
    let total = (0..<72).map { t in (10 * (parts[0][t] + parts[1][t] + parts[2][t])).rounded() / 10 }
    let series = zip(["world", "a", "b", "c"], [total] + parts).map {
      TimeSeries($1, start: .month(2019, 1), name: $0)
    }
    return (try Hierarchy(edges: [("world", "a"), ("world", "b"), ("world", "c")]), series)
  }

  @Test(
    "a published total that is rounded does not blow up the map of least risk",
    arguments: [Naive() as any Forecaster, SeasonalNaive(), ETS()])
  func leastRisk(model: any Forecaster) async throws {
    let (hierarchy, series) = try Self.rounded()
    let request = ForecastRequest(horizon: 3, levels: [0.8])
    let result = try await HierarchyForecaster(hierarchy, .empiricalRisk).forecast(
      series, with: model, request)
    for (after, before) in zip(result.forecasts, result.base) {
      for h in 0..<3 {
        let (wide, usual) = (after.intervals[h][0].width, before.intervals[h][0].width)
        #expect(wide < 2.5 * usual, "\(model.name) \(after.series) \(wide) \(usual)")
        #expect(abs(after.mean[h] - before.mean[h]) < usual, "\(model.name) \(after.series)")
      }
    }
  }

  @Test("a sample covariance that hardly knows the gaps is refused, and the shrunken one taken")
  func nearlySingular() async throws {
    let (hierarchy, series) = try Self.rounded()
    let request = ForecastRequest(horizon: 2, levels: [0.8])
    await #expect(
      throws: HierarchyForecastError.reconciliation(.residualsAddUp(node: "world"))
    ) {
      try await HierarchyForecaster(hierarchy, .minTSample).forecast(series, with: Naive(), request)
    }
    let shrunk = try await HierarchyForecaster(hierarchy).forecast(series, with: Naive(), request)
    for (after, before) in zip(shrunk.forecasts, shrunk.base) {
      #expect(after.intervals[0][0].width < 1.1 * before.intervals[0][0].width)
    }
    // Models of which each weighs the past in its own way leave gaps that are known well enough.
    let sample = try await HierarchyForecaster(hierarchy, .minTSample).forecast(series, with: ETS(), request)
    for (after, before) in zip(sample.forecasts, sample.base) {
      #expect(after.intervals[0][0].width < 1.5 * before.intervals[0][0].width)
    }
  }

  @Test("gaps that follow from each other are found where no single sum's does")
  func gapsTogether() throws {
    let hierarchy = try Hierarchy(
      groups: ["x", "y"],
      members: [
        .init("1", ["a", "c"]), .init("2", ["a", "d"]), .init("3", ["b", "c"]), .init("4", ["b", "d"]),
      ])
    var generator = SeededGenerator(seed: 2)
    var residuals = hierarchy.names.map { _ in generator.normals(40) }
    #expect(try Reconciliation(hierarchy, .minTSample, past: .init(residuals: residuals)).shrinkage == nil)
    // The gaps of x=a and of x=b together are that of the total.
    let (total, a, b) = (0, 1, 2)
    for t in 0..<40 { residuals[total][t] = residuals[a][t] + residuals[b][t] }
    #expect(throws: ReconciliationError.residualsAddUp(node: "total")) {
      try Reconciliation(hierarchy, .minTSample, past: .init(residuals: residuals))
    }
  }

  // MARK: - Nodes that are held

  @Test("with all covariances too, nodes that are held are constraints like the sums")
  func heldWithCovariances() throws {
    let hierarchy = try ReconciliationTests.hierarchy()
    let past = try ReconciliationTests.past(hierarchy)
    var base = try ReconciliationTests.rows("base.csv", hierarchy).map { $0[0] }
    base[0] = 170
    let covariance = ErrorCovariance.shrunk(past.residuals).covariance
    for fixed in [["world"], ["asia", "mexico", "asia"]] {
      let nodes = try Set(fixed).sorted().map { try #require(hierarchy.index(of: $0)) }
      // y = ŷ − W K′ (K W K′)⁻¹ (K ŷ − d), with the held nodes' values below the zeros of the sums.
      var rows = hierarchy.sums.indices.map { sum -> [Double] in
        var row = [Double](repeating: 0, count: 8)
        row[sum] = 1
        for summand in hierarchy.sums[sum] { row[3 + summand.bottom] = -summand.weight }
        return row
      }
      for node in nodes {
        rows.append((0..<8).map { $0 == node ? 1 : 0 })
      }
      let k = Matrix(rowVectors: rows)
      let gain = covariance * k.transposed()
      let target = [0, 0, 0] + nodes.map { base[$0] }
      let gap = zip(k * base, target).map { $0 - $1 }
      let expected = zip(base, gain * (try CholeskyFactorization(k * gain).solve(gap))).map { $0 - $1 }
      let ours = try Reconciliation(hierarchy, .minTShrunk, past: past, fixed: fixed).reconcile(base)
      #expect(largestDifference(ours, expected) < 1e-9, "\(fixed)")
    }
  }

  @Test("only methods of least squares can hold a node; the others say so before anything is fitted")
  func cannotFix() async throws {
    let hierarchy = try ReconciliationTests.hierarchy()
    let past = try ReconciliationTests.past(hierarchy)
    let fixed = ["peru"]
    for (name, method) in ReconciliationTests.methods {
      switch method {
      case .ols, .structural, .variances, .minTShrunk, .minTSample:
        #expect(try Reconciliation(hierarchy, method, past: past, fixed: fixed).fixed == fixed)
      default:
        #expect(throws: ReconciliationError.cannotFix(node: "peru"), "\(name)") {
          try Reconciliation(hierarchy, method, past: past, fixed: fixed)
        }
        await #expect(throws: HierarchyForecastError.reconciliation(.cannotFix(node: "peru")), "\(name)") {
          try await HierarchyForecaster(hierarchy, method, fixed: fixed).forecast(
            [], with: Naive(), ForecastRequest(horizon: 1))
        }
      }
    }
  }
}
