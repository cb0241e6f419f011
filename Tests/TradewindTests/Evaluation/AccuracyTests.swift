import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Measures of accuracy")
struct AccuracyTests {
  /// A year of quarters that repeats, and one that does not follow: naive and seasonal naive errors are known on paper.
  static let known = TimeSeries([1, 2, 3, 4, 2, 3, 4, 5, 4, 4, 4, 4], start: .quarter(2020, 1), name: "q")

  @Test("on paper: scales, scaled errors, and what lies outside of an interval")
  func paper() {
    let result = Backtest(horizon: 4, origins: 1, minimumLength: 1, levels: [])
      .run(on: Self.known, with: [SeasonalNaive(), Naive()])
    // Known are 1 2 3 4 2 3 4 5: every seasonal difference is 1. The seasonal forecast is 2 3 4 5, what came 4 4 4 4.
    #expect(result.scales == [1, 1, 1, 1] && result.squaredScales == [1, 1, 1, 1])
    #expect(result.value(of: .mase, model: 0) == 1)
    #expect(result.value(of: .mae, model: 0) == 1)
    #expect(result.value(of: .meanError, model: 0) == 0.5)
    #expect(isClose(result.value(of: .rmse, model: 0), 1.5.squareRoot(), relative: 1e-15))
    #expect(result.value(of: .mape, model: 0) == 25)
    #expect(result.value(of: .wape, model: 0) == 25)
    #expect(result.value(of: .bias, model: 0) == 12.5)
    #expect(result.value(of: .mase, model: 1, targets: [2]) == 1)
    #expect(result.owa(model: 0, benchmark: 0) == 1)
    #expect(result.skill(of: .mae, model: 1, benchmark: 0) == 0)
    #expect(result.value(of: .msis(level: 0.8), model: 0).isNaN)
    #expect(result.value(of: .crps, model: 0).isNaN && result.value(of: .energyScore, model: 0).isNaN)
    // Two above an interval of width two, at 80 %: 2 + (2 / 0.2) · 2.
    #expect(isClose(intervalScore(5, 1, 3, 0.8), 22, relative: 1e-14))
    #expect(intervalScore(2, 1, 3, 0.8) == 2)
    #expect(isClose(pinballLoss(5, quantile: 3, probability: 0.9), 1.8, relative: 1e-14))
    #expect(isClose(pinballLoss(1, quantile: 3, probability: 0.9), 0.2, relative: 1e-14))
  }

  @Test("by step: the same as the measure of that step alone; models in the order of a loss")
  func steps() {
    let result = Backtest(horizon: 4, origins: 1, minimumLength: 1, levels: [])
      .run(on: Self.known, with: [SeasonalNaive(), Naive(), Mean()])
    // Forecasts of 2 3 4 5, of 5 and of 3 for four times 4, in units of 1.
    #expect(result.valuesByStep(of: .mase, model: 0) == [2, 1, 0, 1])
    #expect(result.valuesByStep(of: .mase, model: 1, series: 0) == [1, 1, 1, 1])
    #expect(result.valuesByStep(of: .energyScore, model: 1).allSatisfy { $0.isNaN })
    #expect(result.order(by: .rmse) == [1, 2, 0])
    #expect(result.order(by: .mae) == [0, 1, 2])
    #expect(result.order(by: .crps) == [0, 1, 2])
  }

  @Test("a measure of a level that was not asked for is none, and what lies on an interval's end lies inside")
  func levels() {
    let constant = TimeSeries([Double](repeating: 5, count: 12), start: .quarter(2020, 1))
    let result = Backtest(horizon: 2, origins: 2, levels: [0.8, 0.95]).run(on: constant, with: [Naive()])
    #expect(result.value(of: .coverage(level: 0.8), model: 0) == 100)
    #expect(result.value(of: .coverage(level: 0.9), model: 0).isNaN)
    #expect(result.value(of: .msis(level: 0.79), model: 0).isNaN)
  }

  @Test("the scale of a total is the mean seasonal difference of such totals")
  func scaleOfTotals() {
    // Known are 1 2 3 4 2 3 4 5: the year's sum rose by 4, each pair of quarters by 2.
    let result = Backtest(
      horizon: 4, origins: 1, minimumLength: 1, levels: [], totals: [0..<4, 1..<3]
    ).run(on: Self.known, with: [Naive()])
    #expect(result.scales == [1, 1, 1, 1, 4, 2] && result.squaredScales == [1, 1, 1, 1, 16, 4])
  }

  @Test("losses are compared by origin, as far as errors reach, of one series; of several by series")
  func comparison() async throws {
    let series = TimeSeries(OddSeries.regular(70), start: .month(2018, 1), name: "a")
    let models: [any Forecaster] = [Naive(), SeasonalNaive()]
    let backtest = Backtest(horizon: 4, origins: 12, step: 3, levels: [])
    let one = backtest.run(on: series, with: models)
    let losses = (0...1).map { one.valuesByOrigin(of: .mae, model: $0) }
    // Four steps reach over two origins that are three periods apart, one step over one.
    #expect(
      one.difference(between: 0, and: 1, in: .mae) == DieboldMariano(losses[0], losses[1], horizon: 2))
    let first = (0...1).map { one.valuesByOrigin(of: .mae, model: $0, targets: [0]) }
    #expect(
      one.difference(between: 0, and: 1, in: .mae, targets: [0])
        == DieboldMariano(first[0], first[1], horizon: 1))
    #expect(one.ranks(by: .mae) == nil)
    let panel = (0..<5).map { TimeSeries(OddSeries.regular(60 + $0), start: .month(2018, 1), name: "s\($0)") }
    let many = try await backtest.run(on: panel, with: models)
    let means = (0...1).map { many.valuesBySeries(of: .mae, model: $0) }
    #expect(many.difference(between: 0, and: 1, in: .mae) == DieboldMariano(means[0], means[1]))
    #expect(many.ranks(by: .mae)?.count == 5)
  }

  @Test("the energy score is of origins at which every model has a forecast")
  func energy() {
    // Croston's method refuses the negative value from the second origin on.
    var values = (0..<12).map { Double(3 + $0 * $0 % 5) }
    values[8] = -1
    let series = TimeSeries(values, start: .year(2000))
    let backtest = Backtest(horizon: 1, origins: 4, energyDraws: 50)
    let alone = backtest.run(on: series, with: [Naive()])
    let both = backtest.run(on: series, with: [Naive(), Croston()])
    #expect(both.failures.count == 3)
    #expect(both.value(of: .energyScore, model: 0) == alone.valuesByOrigin(of: .energyScore, model: 0)[0])
    #expect(both.valuesByOrigin(of: .energyScore, model: 0)[1...].allSatisfy { $0.isNaN })
  }

  @Test("draws of several models in turn have the energy score of all pairs, and the same at every call")
  func energyOfMembers() {
    // Two models that lie far apart, each with every second path.
    var generator = SeededGenerator(seed: 5)
    for (count, tolerance) in [(SamplePaths.mostPaired, 1e-12), (1000, 0.08)] {
      let values = (0..<count).flatMap { path in
        (0..<3).map { _ in (path % 2 == 0 ? 0 : 100) + generator.nextNormal() }
      }
      let paths = SamplePaths(values: values, horizon: 3)
      let actuals = [50.0, 50, 50]
      func distance(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      }
      let all = (0..<count).map { values[3 * $0..<3 * $0 + 3] }
      let toActual = all.reduce(0) { $0 + distance($1, actuals[...]) } / Double(count)
      var toOther = 0.0
      for i in 1..<count { for j in 0..<i { toOther += distance(all[i], all[j]) } }
      let pairs = Double(count * (count - 1) / 2)
      let expected = toActual - 0.5 * toOther / pairs
      #expect(isClose(paths.energyScore(of: actuals), expected, relative: tolerance))
      #expect(paths.energyScore(of: actuals) == paths.energyScore(of: actuals))
    }
  }

  @Test("zeros: what has no value is left out, and said to be missing")
  func zeros() {
    let zero = TimeSeries([Double](repeating: 0, count: 12), start: .quarter(2020, 1))
    let result = Backtest(horizon: 2, origins: 2, minimumLength: 5, levels: []).run(on: zero, with: [Naive()])
    #expect(result.value(of: .smape, model: 0) == 0)
    for measure in [AccuracyMeasure.mape, .wape, .bias, .mase, .rmsse] {
      #expect(result.value(of: measure, model: 0).isNaN, "\(measure)")
    }
    #expect(result.owa(model: 0, benchmark: 0).isNaN && result.skill(of: .mae, model: 0, benchmark: 0).isNaN)
    // One month of zero among others: MAPE is that of the others.
    let mixed = TimeSeries([2, 2, 2, 2, 2, 2, 0, 4], start: .quarter(2020, 1))
    let other = Backtest(horizon: 2, origins: 1, minimumLength: 5, levels: []).run(on: mixed, with: [Naive()])
    #expect(other.value(of: .mape, model: 0) == 50)
    // 200 where zero came, 200 · 2 / 6 where four came for two.
    #expect(isClose(other.value(of: .smape, model: 0), 400.0 / 3, relative: 1e-14))
  }

  @Test("scale-free measures do not change with the unit; every series counts the same")
  func units() async throws {
    let a = TimeSeries(OddSeries.regular(50), start: .month(2019, 1), name: "a")
    let b = TimeSeries(a.values.map { 1000 * $0 }, start: a.start, name: "b")
    let result = try await Backtest(horizon: 3, origins: 5, energyDraws: 20).run(on: [a, b], with: [Theta()])
    let measures: [AccuracyMeasure] = [
      .mape, .smape, .wape, .bias, .mase, .rmsse, .pinball, .crps, .energyScore, .msis(level: 0.95),
      .coverage(level: 0.8), .width(level: 0.8),
    ]
    for measure in measures {
      #expect(measure.isScaleFree)
      let values = result.valuesBySeries(of: measure, model: 0)
      #expect(isClose(values[0], values[1], relative: 1e-6), "\(measure) \(values)")
      #expect(isClose(result.value(of: measure, model: 0), (values[0] + values[1]) / 2, relative: 1e-14))
    }
    #expect(!AccuracyMeasure.rmse.isScaleFree)
  }

  @Test("CRPS of draws tends to the closed form, and PIT of the right law is even")
  func laws() {
    var generator = SeededGenerator(seed: 5)
    let normal = PredictiveLaw.normal(mean: 2, deviation: 3)
    let draws = PredictiveLaw.draws(generator.normals(20_000).map { 2 + 3 * $0 }.sorted())
    for y in [-5, 0, 2.5, 9.0] {
      #expect(isClose(draws.crps(y), normal.crps(y), relative: 0.02, absolute: 0.02))
      #expect(isClose(draws.cumulative(y), normal.cumulative(y), absolute: 0.012))
    }
    for p in [0.03, 0.5, 0.8] {
      #expect(isClose(normal.cumulative(normal.quantile(p)), p, relative: 1e-12))
      #expect(isClose(draws.cumulative(draws.quantile(p)), p, absolute: 1e-3))
    }
    // Student's law tends to the normal one, and a certain forecast is scored by its error.
    let student = PredictiveLaw.student(mean: 2, scale: 3, degreesOfFreedom: 1e5)
    #expect(isClose(student.crps(4), normal.crps(4), relative: 1e-4))
    for freedom in [0.5, 1] {
      #expect(PredictiveLaw.student(mean: 2, scale: 3, degreesOfFreedom: freedom).crps(4).isNaN)
    }
    #expect(PredictiveLaw.normal(mean: 2, deviation: 0).crps(5) == 3)
    #expect(PredictiveLaw.draws([2]).crps(5) == 3 && PredictiveLaw.draws([2]).cumulative(2) == 0.5)
    #expect(PredictiveLaw.normal(mean: 2, deviation: 0).cumulative(2) == 0.5)
    #expect(normal.crps(.nan).isNaN && draws.cumulative(.nan).isNaN)
  }

  @Test("PIT of a random walk forecast as such: all bins filled alike")
  func histogram() {
    var generator = SeededGenerator(seed: 9)
    var level = 100.0
    let walk = TimeSeries(
      generator.normals(1500).map { step in
        level += step
        return level
      }, start: .month(1900, 1), seasonalPeriod: 1)
    let result = Backtest(horizon: 1, minimumLength: 100).run(on: walk, with: [Naive()])
    let histogram = result.pitHistogram(model: 0, bins: 5)
    #expect(histogram.count == 5 && isClose(histogram.reduce(0, +), 1, relative: 1e-12))
    // 1,400 in five bins: the standard deviation of each is 1.07 %.
    for part in histogram { #expect(abs(part - 0.2) < 0.045) }
    #expect(abs(result.value(of: .coverage(level: 0.8), model: 0) - 80) < 4.5)
  }

  @Test("Diebold–Mariano: equal losses are no difference, a constant one is certain, swapping turns the sign")
  func significance() {
    let a = [3.0, 1, 4, 1, 5, 9, 2, 6]
    let b = [2.0, 7, 1, 8, 2, 8, 1, 8]
    #expect(DieboldMariano(a, a).pValue == 1 && DieboldMariano(a, a).statistic == 0)
    let certain = DieboldMariano(a.map { $0 + 1 }, a)
    #expect(certain.statistic == .infinity && certain.pValue == 0)
    let (there, back) = (DieboldMariano(a, b, horizon: 2), DieboldMariano(b, a, horizon: 2))
    #expect(there.statistic == -back.statistic && there.pValue == back.pValue)
    #expect(DieboldMariano([1, .nan, 2], [2, 2, .nan]).count == 1)
    #expect(DieboldMariano([1, .nan, 2], [2, 2, .nan]).pValue.isNaN)
    #expect(DieboldMariano(a, b, horizon: 8).statistic.isNaN)
  }

  @Test("ranks: ties share, missing losses drop the series, equal models are never told apart")
  func ranks() {
    #expect(RankComparison.ranks([3, 1, 1, 2]) == [4, 1.5, 1.5, 3])
    let comparison = RankComparison(losses: [[1, 2, 1, .nan], [2, 3, 2, 1], [3, 1, 3, 2]])
    #expect(comparison.count == 3 && comparison.meanRanks.reduce(0, +) == 6)
    let same = RankComparison(losses: [[1, 2], [1, 2]])
    #expect(same.statistic.isNaN && same.meanRanks == [1.5, 1.5] && same.pairwisePValue(0, 1) == 1)
    let none = RankComparison(losses: [[.nan], [1]])
    #expect(none.count == 0 && none.meanRanks.allSatisfy(\.isNaN))
    // At the critical difference the p-value is the level.
    let spread = comparison.criticalDifference()
    let unit = (3.0 * 4 / 36).squareRoot()
    #expect(isClose(NormalRange(count: 3).survival(spread / unit), 0.05, relative: 1e-9))
  }
}
