import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Forecasting hierarchies")
struct HierarchyForecasterTests {
  /// So many series of three years in one group of each two.
  static func panel(_ count: Int) throws -> (Hierarchy, [TimeSeries]) {
    let members = (0..<count).map { Hierarchy.Member("s\($0)", ["\($0 / 2)"]) }
    let series = members.enumerated().map { i, member in
      TimeSeries(
        (0..<36).map { 100 + Double(($0 * $0 * 5 + $0 * (i % 7)) % 13) }, start: .month(2020, 1),
        name: member.name)
    }
    return (try Hierarchy(groups: ["pair"], members: members), series)
  }

  @Test("of many nodes no draws are kept: intervals of steps are the draws', totals have the draws' spread")
  func draws() async throws {
    let (hierarchy, series) = try Self.panel(2800)
    #expect(hierarchy.count > Reconciliation.mostFull)
    let model = Transformed(Naive(), by: .log)
    let request = ForecastRequest(horizon: 3, levels: [0.8], paths: 6)
    let result = try await HierarchyForecaster(hierarchy, .bottomUp).forecast(series, with: model, request)
    let last = try #require(result.forecasts.last)
    let alone = try model.fit(to: series[2799]).forecast(request)
    #expect(last.intervals == alone.intervals)
    guard case .paths(let paths) = alone.joint, case .normal = last.joint else {
      Issue.record("the law is not as expected")
      return
    }
    let totals = paths.totals(of: 0..<3)
    let mean = totals.reduce(0, +) / 6
    let variance = totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
    #expect(isClose(last.joint.variance(of: [1, 1, 1]), variance, relative: 1e-10))
    // A method that needs all covariances says so before anything is fitted.
    await #expect(
      throws: HierarchyForecastError.reconciliation(.tooManyNodes(count: 4201, largest: 4000))
    ) {
      try await HierarchyForecaster(hierarchy, .minTShrunk).forecast([], with: model, request)
    }
  }

  @Test(
    "a node's spread is the normal law's, and of draws that of their middle 95 %, whatever a wild one says")
  func spread() {
    let series = TimeSeries([1, 2, 3], start: .month(2020, 1), name: "x")
    let law = JointLaw.normal(factor: [[2], [1, 3]])
    let exact = Forecast(of: series, model: "law", mean: [0, 0], joint: law, levels: [0.8])
    #expect(isClose(exact.deviation(ofStep: 1), Double(10).squareRoot(), relative: 1e-9))
    let normal = NormalDistribution(mean: 0, standardDeviation: 2)
    var draws = (0..<4001).map { normal.quantile((Double($0) + 0.5) / 4001) }
    draws[4000] = 1e12
    let paths = SamplePaths(values: draws, horizon: 1)
    let drawn = Forecast(of: series, model: "draws", mean: [0], paths: paths, levels: [0.8])
    // Interpolation between 4,001 draws costs a thousandth.
    #expect(isClose(drawn.deviation(ofStep: 0), 2, relative: 2e-3))
  }

  @Test("the normal law of draws has their covariance, whether or not steps follow from each other")
  func normalLaw() throws {
    var generator = SeededGenerator(seed: 3)
    // The third step is the sum of the first two, the fourth never moves.
    let values = (0..<50).flatMap { _ in
      let (a, b) = (generator.nextNormal(), 3 * generator.nextNormal())
      return [a, b, a + b, 7]
    }
    let paths = SamplePaths(values: values, horizon: 4)
    let law = try #require(paths.normalLaw)
    let whole = law.variance(of: [1, 1, 0, 0])
    #expect(isClose(law.variance(of: [0, 0, 1, 0]), whole, relative: 1e-12))
    #expect(abs(law.variance(of: [1, 1, -1, 0])) < 1e-12 * whole)
    #expect(law.variance(of: [0, 0, 0, 1]) == 0)
    #expect(SamplePaths(values: [1, .infinity], horizon: 1).normalLaw == nil)
  }
}
