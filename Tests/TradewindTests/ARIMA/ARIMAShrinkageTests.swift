import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Shrunken ARIMA coefficients")
struct ARIMAShrinkageTests {
  static let series = TimeSeries(OddSeries.regular(66), start: .month(2018, 2), name: "regular")

  /// A series with more to it than a pattern: a random walk with a noisy season.
  static let drawn: TimeSeries = {
    var generator = SeededGenerator(seed: 7)
    var level = 100.0
    let values = (0..<54).map { t -> Double in
      level += generator.nextNormal()
      return level + [0, 3, -2, 5, 1, -4, 2, 0, -3, 4, -1, -5][t % 12] + 0.7 * generator.nextNormal()
    }
    return TimeSeries(values, start: .month(2019, 1))
  }()

  static func prior(_ centre: Double, _ deviation: Double) -> ARIMAShrinkage.Prior {
    ARIMAShrinkage.Prior(centre: centre, deviation: deviation)
  }

  static let models = [
    ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), shrinkage: .standard),
    ARIMA(ARIMAOrder(1, 1, 2, seasonal: (1, 0, 1)), transform: .log, shrinkage: .standard),
    ARIMA(ARIMAOrder(1, 0, 0, seasonal: (1, 0, 0)), hasConstant: true, shrinkage: .standard),
    ARIMA(ARIMAOrder(2, 1, 1), hasConstant: true, likelihood: .exactMA, shrinkage: .standard),
  ]

  @Test("a model whose coefficients are held near those of many series says so in its name")
  func shrunken() throws {
    #expect(try ARIMA.shrunken.fit(to: Self.series).name == "shrunken log ARIMA(1,1,2)(1,0,1)12")
    let airline = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), shrinkage: .standard)
    #expect(try airline.fit(to: Self.series).name == "shrunken ARIMA(0,1,1)(0,1,1)12")
  }

  @Test("the penalty is the sum of squared distances in deviations, of partial autocorrelations")
  func penalty() throws {
    let fit = try Self.models[1].fit(to: Self.drawn)
    // θ₂ is minus the second partial autocorrelation r₂, θ₁ is −r₁(1 − r₂).
    let (first, second) = (0.3, -0.2)
    let parameters = [0.1, -first * (1 - second), -second, 0.9, -0.6]
    let distances = [
      (0.1 - 0.2) / 0.2, (first - 0.5) / 0.2, (second - 0.1) / 0.15, (0.9 - 0.93) / 0.05, (0.6 - 0.75) / 0.1,
    ]
    let expected = distances.reduce(0) { $0 + $1 * $1 }
    #expect(isClose(fit.problem.penalty(at: parameters), expected, relative: 1e-12))
    let plain = try ARIMA(Self.models[1].order, transform: .log).fit(to: Self.drawn)
    #expect(plain.problem.penalty(at: parameters) == 0)
  }

  @Test(
    "the estimate is the mode of likelihood and priors, with regressors, conditional and with gaps too",
    arguments: 0..<4, [false, true])
  func mode(number: Int, gaps: Bool) throws {
    var series = Self.drawn
    if gaps { for t in [9, 20, 21, 40] { series.values[t] = .nan } }
    let fit = try Self.models[number].fit(to: series)
    let problem = fit.problem
    let coordinates = ARMACoordinates(order: problem.order, constraints: problem.constraints)
    let point = coordinates.point(of: fit.parameters)
    func value(_ point: [Double]) throws -> Double {
      let parameters = coordinates.parameters(at: point)
      return try evaluate(problem, at: parameters).logLikelihood - 0.5 * problem.penalty(at: parameters)
    }
    let best = try value(point)
    for i in point.indices {
      for step in [-0.03, -0.003, 0.003, 0.03] {
        var other = point
        other[i] += step
        guard abs(other[i]) < coordinates.bound(i) else { continue }
        #expect(try value(other) < best, "coordinate \(i) by \(step)")
      }
    }
    #expect(fit.hasConverged)
    // And not that of the likelihood alone.
    var free = Self.models[number]
    free.shrinkage = nil
    let highest = try free.fit(to: series).estimate.logLikelihood
    #expect(fit.estimate.logLikelihood < highest - 1e-4)
  }

  @Test("narrow priors hold the coefficients, wide ones leave the likelihood alone")
  func extremes() throws {
    let order = ARIMAOrder(1, 1, 1, seasonal: (0, 1, 1))
    func shrinkage(_ deviation: Double) -> ARIMAShrinkage {
      ARIMAShrinkage(
        ar: .init(first: Self.prior(0.3, deviation)), ma: .init(first: Self.prior(0.6, deviation)),
        seasonalMA: .init(first: Self.prior(0.4, deviation)))
    }
    let held = try ARIMA(order, shrinkage: shrinkage(1e-4)).fit(to: Self.drawn)
    for (estimate, centre) in zip(held.parameters, [0.3, -0.6, -0.4]) {
      #expect(isClose(estimate, centre, absolute: 1e-5))
    }
    // What is known beforehand is known as well as that.
    for coefficient in held.coefficients {
      #expect(isClose(coefficient.standardError, 1e-4, relative: 1e-3))
    }
    let wide = try ARIMA(order, shrinkage: shrinkage(1e4)).fit(to: Self.drawn)
    let plain = try ARIMA(order).fit(to: Self.drawn)
    for (a, b) in zip(wide.parameters, plain.parameters) { #expect(isClose(a, b, absolute: 1e-4)) }
    #expect(isClose(wide.estimate.logLikelihood, plain.estimate.logLikelihood, absolute: 1e-6))
  }

  @Test(
    "a coefficient beside one that is held has the prior itself, of a moving average with the sign changed")
  func besideHeld() throws {
    let order = ARIMAOrder(2, 1, 2)
    let constraints = ARIMAConstraints.none.holding(.ma, lags: [1], at: -0.3).holding(.ar, lags: [1], at: 0.2)
    let shrinkage = ARIMAShrinkage(
      ar: .init(further: Self.prior(0.15, 1e-4)), ma: .init(further: Self.prior(0.1, 1e-4)))
    let fit = try ARIMA(order, constraints: constraints, shrinkage: shrinkage).fit(to: Self.drawn)
    for (estimate, expected) in zip(fit.parameters, [0.2, 0.15, -0.3, -0.1]) {
      #expect(isClose(estimate, expected, absolute: 1e-5))
    }
  }

  @Test("the likelihood reported is that of the data, and the longer the series, the less the priors count")
  func likelihood() throws {
    let fit = try Self.models[0].fit(to: Self.drawn)
    let same = try evaluate(fit.problem, at: fit.parameters).logLikelihood
    #expect(fit.estimate.logLikelihood == same)
    // An airline model of 60 and of 480 months with θ = 0.2 and Θ = 0.3, far from the centres.
    var generator = SeededGenerator(seed: 3)
    let shocks = (0..<493).map { _ in generator.nextNormal() }
    var values = [Double](repeating: 100, count: 13)
    for t in 13..<493 {
      let known = values[t - 1] + values[t - 12] - values[t - 13]
      values.append(known + shocks[t] - 0.2 * shocks[t - 1] - 0.3 * shocks[t - 12] + 0.06 * shocks[t - 13])
    }
    func pull(_ count: Int) throws -> Double {
      let series = TimeSeries(Array(values.prefix(count)), start: .month(1980, 1))
      let plain = try ARIMA(Self.models[0].order).fit(to: series)
      return abs(try Self.models[0].fit(to: series).parameters[1] - plain.parameters[1])
    }
    #expect(try pull(480) < 0.5 * pull(60))
  }

  @Test("a constant, a line and a series of a year have an estimate")
  func odd() throws {
    for values in [
      [Double](repeating: 4, count: 40), (1...40).map { Double($0) }, Array(OddSeries.regular(12)),
    ] {
      let fit = try Self.models[1].fit(to: TimeSeries(values, start: .month(2020, 1)))
      #expect(fit.forecast(horizon: 14).mean.allSatisfy { $0.isFinite && $0 > 0 })
    }
  }
}
