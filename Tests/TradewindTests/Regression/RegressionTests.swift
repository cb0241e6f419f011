import RealModule
import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@Suite("Regression")
struct RegressionTests {
  static let models: [RegressionModel] = [
    RegressionModel { Trend() },
    RegressionModel(intercept: false) { SeasonalDummies(.everySeason) },
    RegressionModel {
      PolynomialTrend(degree: 3)
      Fourier(order: 3)
    },
    RegressionModel {
      PiecewiseTrend(knots: [.month(2004, 12), .month(2007, 3)])
      SeasonalDummies(.sumToZero)
      TradingDays()
      LeapYear()
      ChineseNewYear()
      Pulse(at: .month(2006, 2))
    },
  ]

  /// A seeded monthly series around 100 with trend, season and noise.
  static func series(missing: [Int] = []) -> TimeSeries {
    var generator = SeededGenerator(seed: 3)
    let pattern: [Double] = [4, -7, 1, 0, 3, 2, -5, 1, 6, -2, -3, 0]
    var values = (0..<96).map { i -> Double in
      let level = 100 + 0.2 * Double(i)
      return level + pattern[i % 12] + 3 * generator.nextNormal()
    }
    for i in missing { values[i] = .nan }
    return TimeSeries(values, start: .month(2001, 5))
  }

  @Test("fitted and residuals add up; leverages lie in 0…1 and sum to the rank", arguments: models)
  func laws(model: RegressionModel) throws {
    for missing in [[], [0, 13, 50, 95]] {
      let series = Self.series(missing: missing)
      let fit = try model.fit(to: series)
      #expect(fit.missingCount == missing.count)
      #expect(fit.observationCount == 96 - missing.count)
      #expect(fit.degreesOfFreedom == fit.observationCount - fit.coefficients.count)
      #expect(largestDifference(zip(fit.fitted, fit.residuals).map { $0 + $1 }, series.values) < 1e-12)
      for i in missing {
        #expect(fit.residuals[i].isNaN)
        #expect(fit.leverages[i].isNaN)
        #expect(fit.fitted[i].isFinite)
      }
      let leverages = fit.leverages.filter { !$0.isNaN }
      #expect(leverages.allSatisfy { $0 > 0 && $0 < 1 + 1e-12 })
      #expect(isClose(leverages.reduce(0, +), Double(fit.coefficients.count), relative: 1e-12))
    }
  }

  @Test("shifting moves the level, scaling scales the rest; t does not change", arguments: models)
  func equivariant(model: RegressionModel) throws {
    let series = Self.series()
    let fit = try model.fit(to: series)
    var other = series
    other.values = series.values.map { 500 - 3 * $0 }
    let moved = try model.fit(to: other)
    #expect(isClose(moved.sigma, 3 * fit.sigma, relative: 1e-10))
    #expect(largestDifference(moved.fitted, fit.fitted.map { 500 - 3 * $0 }) < 1e-9)
    if model.intercept {
      for (a, b) in zip(moved.coefficients, fit.coefficients).dropFirst() {
        #expect(isClose(a.tStatistic, -b.tStatistic, relative: 1e-8, absolute: 1e-8), "\(a.name)")
      }
    }
    let steps = zip(try moved.predict(horizon: 5), try fit.predict(horizon: 5))
    for (a, b) in steps { #expect(isClose(a.mean, 500 - 3 * b.mean, absolute: 1e-8)) }
  }

  @Test("residuals are orthogonal to every column", arguments: models)
  func orthogonal(model: RegressionModel) throws {
    let series = Self.series()
    let fit = try model.fit(to: series)
    let frame = RegressionFrame(start: series.start, count: series.count, seasonalPeriod: 12)
    for term in model.terms {
      for column in try term.columns(in: frame) {
        let product = zip(column.values, fit.residuals).reduce(0) { $0 + $1.0 * $1.1 }
        let norm = Double.sqrt(column.values.reduce(0) { $0 + $1 * $1 })
        #expect(abs(product) < 1e-10 * norm * fit.sigma, "\(column.name)")
      }
    }
  }

  @Test("an exact combination of the columns gives its coefficients back", arguments: models)
  func recovers(model: RegressionModel) throws {
    let frame = RegressionFrame(start: .month(2001, 5), count: 96, seasonalPeriod: 12)
    var values = [Double](repeating: model.intercept ? 50 : 0, count: 96)
    var truth = model.intercept ? [50.0] : []
    let columns = try model.terms.flatMap { try $0.columns(in: frame) }
    for (k, column) in columns.enumerated() {
      let largest = column.values.reduce(0) { max($0, abs($1)) }
      let coefficient = Double(k % 5 - 2) / largest
      truth.append(coefficient)
      for i in values.indices { values[i] += column.values[i] * coefficient }
    }
    let fit = try model.fit(to: TimeSeries(values, start: frame.start))
    #expect(fit.aliased.isEmpty)
    #expect(fit.coefficients.count == truth.count)
    for (c, expected) in zip(fit.coefficients, truth) {
      #expect(isClose(c.estimate, expected, relative: 1e-9, absolute: 1e-11), "\(c.name)")
    }
  }

  @Test("intervals widen with the level and hold the median", arguments: RegressionTransform.allCases)
  func intervals(transform: RegressionTransform) throws {
    let fit = try Self.models[2].fit(to: Self.series(), transform: transform)
    let levels = [0, 0.5, 0.8, 0.95, 0.999]
    for step in try fit.predict(horizon: 6, levels: levels) {
      #expect(step.intervals.map(\.level) == levels)
      for (narrow, wide) in zip(step.intervals, step.intervals.dropFirst()) {
        #expect(narrow.lower > wide.lower)
        #expect(narrow.upper < wide.upper)
      }
      #expect(step.intervals.allSatisfy { $0.contains(step.median) })
      // A log-normal law has its mean above its median.
      #expect(transform == .log ? step.mean > step.median : step.mean == step.median)
    }
    #expect(try fit.predict(horizon: 0).isEmpty)
    #expect(try fit.predict(horizon: -3).isEmpty)
    #expect(try fit.predict(horizon: 1, levels: [])[0].intervals.isEmpty)
  }

  @Test("a fit in logs predicts the exponentials of the fit to the logarithms")
  func logs() throws {
    let series = Self.series()
    var logs = series
    logs.values = series.values.map { Double.log($0) }
    let fit = try Self.models[3].fit(to: series, transform: .log)
    let linear = try Self.models[3].fit(to: logs)
    #expect(fit.coefficients == linear.coefficients)
    for (a, b) in zip(try fit.predict(horizon: 4), try linear.predict(horizon: 4)) {
      #expect(isClose(a.median, Double.exp(b.mean), relative: 1e-14))
      let mean = Double.exp(b.mean + b.standardError * b.standardError / 2)
      #expect(isClose(a.mean, mean, relative: 1e-14))
      #expect(isClose(a.intervals[0].lower, Double.exp(b.intervals[0].lower), relative: 1e-14))
    }
  }

  /// y = 1, 3, 2 at t = 1, 2, 3: slope ½, intercept 1, residuals −½, 1, −½, σ² = 3/2.
  @Test("three points on paper")
  func threePoints() throws {
    let fit = try RegressionModel { Trend() }.fit(to: TimeSeries([1, 3, 2], start: .year(2000)))
    let (a, b) = (fit.coefficients[0], fit.coefficients[1])
    #expect(isClose(a.estimate, 1, relative: 1e-14))
    #expect(isClose(b.estimate, 0.5, relative: 1e-14))
    #expect(isClose(b.standardError, Double.sqrt(0.75), relative: 1e-14))
    // Student's t with one degree of freedom is Cauchy's law.
    let cauchy = 1 - 2 / Double.pi * Double.atan(1 / Double.sqrt(3))
    #expect(isClose(b.pValue, cauchy, relative: 1e-13))
    #expect(isClose(fit.sigma * fit.sigma, 1.5, relative: 1e-14))
    #expect(isClose(fit.rSquared, 0.25, relative: 1e-14))
    #expect(largestDifference(fit.leverages, [5.0 / 6, 1.0 / 3, 5.0 / 6]) < 1e-14)
    #expect(isClose(fit.durbinWatson, 3, relative: 1e-14))
    // r(1) = −2/3: Q = 3 · 5 · (4/9) / 2.
    #expect(isClose(try fit.ljungBox(lags: 1).statistic, 10.0 / 3, relative: 1e-14))
    // m₂ = ½, m₃ = ¼, m₄ = ⅜: skewness 1/√2, kurtosis 3/2.
    #expect(isClose(fit.jarqueBera.statistic, 0.5 * (0.5 + 2.25 / 4), relative: 1e-14))
    #expect(fit.aicc == .infinity)
    // At t = 4: 3, with error variance σ²(1 + 1/3 + 2²/2).
    let next = try fit.predict(horizon: 1, levels: [0.5])[0]
    #expect(isClose(next.mean, 3, relative: 1e-14))
    #expect(isClose(next.standardError, Double.sqrt(1.5 * (1 + 1.0 / 3 + 2)), relative: 1e-14))
    // The quartile of Cauchy's law is 1.
    #expect(isClose(next.intervals[0].upper - next.mean, next.standardError, relative: 1e-13))
  }

  @Test("an exact line is continued exactly")
  func exactLine() throws {
    let values = (0..<30).map { 7 + 0.5 * Double($0) }
    let fit = try RegressionReferenceTests.model.fit(to: TimeSeries(values, start: .month(2010, 1)))
    #expect(isClose(try #require(fit.coefficient("trend")).estimate, 0.5, relative: 1e-13))
    let next = try fit.predict(horizon: 12)
    #expect(largestDifference(next.map(\.mean), (30..<42).map { 7 + 0.5 * Double($0) }) < 1e-12)
  }

  @Test("the coding of the season does not change the fit; levels and deviations follow from each other")
  func codings() throws {
    let series = Self.series()
    let base = try RegressionModel { SeasonalDummies() }.fit(to: series)
    let sum = try RegressionModel { SeasonalDummies(.sumToZero) }.fit(to: series)
    let every = try RegressionModel(intercept: false) { SeasonalDummies(.everySeason) }.fit(to: series)
    let fourier = try RegressionModel { Fourier(order: 6) }.fit(to: series)
    for fit in [sum, every, fourier] { #expect(largestDifference(fit.fitted, base.fitted) < 1e-10) }
    let levels = every.coefficients.map(\.estimate)
    let mean = levels.reduce(0, +) / 12
    #expect(isClose(sum.coefficients[0].estimate, mean, relative: 1e-12))
    for k in 1..<12 {
      #expect(isClose(sum.coefficients[k].estimate, levels[k - 1] - mean, absolute: 1e-10))
      #expect(base.coefficients[k].name == "season\(k + 1)")
      #expect(isClose(base.coefficients[k].estimate, levels[k] - levels[0], absolute: 1e-10))
    }
  }

  @Test("Newey–West says which lag it took; with lag 0 and one regressor it is White's sum")
  func neweyWest() throws {
    let series = Self.series(missing: [4, 5, 60])
    let fit = try RegressionModel { Trend() }.fit(to: series, standardErrors: .neweyWest())
    // 93 observations: ⌊4 · 0.93^(2/9)⌋ = 3.
    #expect(fit.standardErrors == .neweyWest(lag: 3, smallSample: true))
    let white = try RegressionModel(intercept: false) { Trend() }
      .fit(to: series, standardErrors: .neweyWest(lag: 0, smallSample: false))
    var (square, meat) = (0.0, 0.0)
    for i in series.values.indices where !series.values[i].isNaN {
      let t = Double(i + 1)
      square += t * t
      meat += (t * white.residuals[i]) * (t * white.residuals[i])
    }
    #expect(isClose(white.coefficients[0].standardError, Double.sqrt(meat) / square, relative: 1e-12))
  }

  @Test("over a gap Newey–West counts the true distance")
  func neweyWestGap() throws {
    // The constant alone: its variance is Σ w e(t) e(s) / n² over pairs no further apart than the lag.
    let fit = try RegressionModel {}.fit(
      to: TimeSeries([2, 5, .nan, 3, 9, 4], start: .year(2000)),
      standardErrors: .neweyWest(lag: 2, smallSample: false))
    let e = fit.residuals
    var sum = 0.0
    for t in e.indices {
      for s in e.indices where !e[t].isNaN && !e[s].isNaN && abs(t - s) <= 2 {
        sum += (1 - Double(abs(t - s)) / 3) * e[t] * e[s]
      }
    }
    #expect(isClose(fit.coefficients[0].standardError, Double.sqrt(sum) / 5, relative: 1e-12))
  }
}
