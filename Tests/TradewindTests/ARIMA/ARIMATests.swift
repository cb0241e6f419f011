import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("ARIMA")
struct ARIMATests {
  static let airline = ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1))
  static let passengers: TimeSeries = {
    let values = (try? References.numbers("x11/series.csv", column: "passengers")) ?? []
    return TimeSeries(values, start: .month(1949, 1), name: "passengers")
  }()

  /// R 4.2.2: `arima(log(AirPassengers), c(0,1,1), seasonal = c(0,1,1))` prints s.e. 0.0896 and 0.0731.
  @Test("standard errors are R's, by the observed information")
  func standardErrors() throws {
    let fit = try ARIMA(Self.airline, transform: .log).fit(to: Self.passengers)
    #expect(fit.coefficients.map(\.name) == ["ma1", "sma1"])
    #expect(isClose(fit.coefficients[0].standardError, 0.0896, absolute: 1e-4))
    #expect(isClose(fit.coefficients[1].standardError, 0.0731, absolute: 1e-4))
    #expect(fit.name == "log ARIMA(0,1,1)(0,1,1)12")
    #expect(fit.hasConverged)
  }

  @Test("a coefficient at the region's edge has no standard error, the others those beside it")
  func standardErrorsAtTheEdge() throws {
    // A season without change, differenced all the same: Θ = −1.
    var generator = SeededGenerator(seed: 21)
    let values = (0..<120).map { Double(100 + 5 * ($0 % 12)) + generator.nextNormal() }
    let order = ARIMAOrder(1, 0, 0, seasonal: (0, 1, 1))
    let series = TimeSeries(values, start: .month(2000, 1), name: "even season")
    let coefficients = try ARIMA(order).fit(to: series).coefficients
    let (ar, sma) = (coefficients[0], coefficients[1])
    #expect(isClose(sma.estimate, -1, absolute: 1e-6))
    #expect(sma.standardError.isNaN)
    let held = ARIMAConstraints.none.holding(.seasonalMA, lags: [1], at: sma.estimate)
    let beside = try ARIMA(order, constraints: held).fit(to: series).coefficients[0]
    #expect(isClose(ar.estimate, beside.estimate, absolute: 1e-5))
    #expect(isClose(ar.standardError, beside.standardError, relative: 1e-4))
  }

  @Test("backcasts are X-13's", arguments: ["ap", "imp", "exp"])
  func backcasts(name: String) throws {
    let run = try #require(X13Run.complete.first { $0["run"] == "fixed/\(name)-airline" })
    let fit = try run.model().fit(to: try run.series())
    let expected = try References.rows("arima/x13-backcasts.csv").filter { $0["series"] == name }
    let found = fit.backcast(horizon: expected.count)
    for (value, row) in zip(found, expected) {
      #expect(isClose(value, Double(row["backcast"] ?? "") ?? .nan, relative: 1e-6))
    }
    #expect(fit.backcast(horizon: 0).isEmpty)
  }

  @Test("forecasts scale and shift with the data; coefficients do not")
  func scaling() throws {
    let series = Self.passengers
    let model = ARIMA(Self.airline)
    let plain = try model.fit(to: series)
    let changed = try model.fit(
      to: TimeSeries(series.values.map { 1e6 * $0 + 5e7 }, start: series.start, name: series.name))
    #expect(zip(plain.parameters, changed.parameters).allSatisfy { isClose($0, $1, absolute: 1e-6) })
    let (a, b) = (plain.forecast(horizon: 20), changed.forecast(horizon: 20))
    for h in 0..<20 {
      #expect(isClose(1e6 * a.mean[h] + 5e7, b.mean[h], relative: 1e-7))
      #expect(isClose(1e6 * a.intervals[h][1].width, b.intervals[h][1].width, relative: 1e-5))
    }
  }

  /// The joint law of the forecast errors given the past, from the dense covariance of past and future together.
  @Test("the errors' covariance is the exact one for a short series", arguments: [0, 1, 2, 3])
  func exactLaw(index: Int) throws {
    let (order, parameters): (ARIMAOrder, [Double]) = [
      (ARIMAOrder(2, 0, 1), [0.5, 0.3, 0.8]), (Self.airline, [-0.9, -0.95]),
      (ARIMAOrder(1, 1, 1), [0.9, -0.97]), (ARIMAOrder(0, 0, 1, seasonal: (1, 0, 0)), [0.9, 0.8]),
    ][index]
    let (n, horizon) = (30, 14)
    let values = Array(OddSeries.regular(n))
    let problem = RegARIMAProblem(values: values, order: order, period: 12)
    let outlook = try problem.outlook(parameters: parameters, beta: [], future: [], horizon: horizon)
    // The same with the future missing, at its end.
    var longer = problem
    longer.values += [Double](repeating: .nan, count: horizon)
    let dense = try DenseARIMA(longer, at: parameters)
    for h in 0..<horizon {
      #expect(isClose(outlook.mean[h], dense.values[n + h], relative: 1e-8))
      for j in 0...h {
        let ours = outlook.errors[h].indices.reduce(0) { sum, i in
          i < outlook.errors[j].count ? sum + outlook.errors[h][i] * outlook.errors[j][i] : sum
        }
        #expect(
          isClose(ours * dense.variance, dense.covariance[n + h, n + j], relative: 1e-7, absolute: 1e-9))
      }
    }
  }

  @Test("each further uncertainty widens the intervals")
  func uncertainties() throws {
    func width(_ uncertainty: ARIMAUncertainty) throws -> Double {
      let model = ARIMA(Self.airline, transform: .log, uncertainty: uncertainty) { TradingDays(.six) }
      let fit = try model.fit(to: Self.passengers)
      return fit.normalLaw(12).factor[11].reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    let least = try width(ARIMAUncertainty(variance: .maximumLikelihood, includesRegression: false))
    let regression = try width(ARIMAUncertainty(variance: .maximumLikelihood))
    let freedom = try width(ARIMAUncertainty())
    let all = try width(ARIMAUncertainty(includesCoefficients: true))
    #expect(least < regression && regression < freedom && freedom < all)
    // 131 values, 2 ARMA and 6 regression coefficients.
    #expect(isClose(freedom / regression, (131.0 / 123).squareRoot(), relative: 1e-9))
    #expect(all < 1.2 * freedom)
  }

  @Test("a model of logarithms has the log-normal mean, the median and the ends of its intervals")
  func logNormal() throws {
    let fit = try ARIMA(Self.airline, transform: .log).fit(to: Self.passengers)
    let forecast = fit.forecast(horizon: 12, levels: [0.95])
    let law = fit.normalLaw(12)
    for h in 0..<12 {
      let variance = law.factor[h].reduce(0) { $0 + $1 * $1 }
      #expect(isClose(Double.log(forecast.median[h]), law.mean[h], relative: 1e-12))
      #expect(isClose(Double.log(forecast.mean[h] / forecast.median[h]), variance / 2, relative: 1e-9))
      let interval = forecast.intervals[h][0]
      #expect(
        isClose(interval.lower * interval.upper, forecast.median[h] * forecast.median[h], relative: 1e-9))
    }
    guard case .paths = forecast.joint else {
      Issue.record("totals of a log-normal law are drawn")
      return
    }
  }

  @Test("regressors that others determine, and what differencing removes, are named")
  func collinear() {
    let model = ARIMA(Self.airline) {
      TradingDays(.one)
      Trend()
    }
    #expect {
      try model.fit(to: Self.passengers)
    } throws: { error in
      guard case .cannotFit(_, let reason) = error as? ForecastError else { return false }
      return reason.contains("trend")
    }
    let twice = ARIMA(ARIMAOrder(1, 0, 0), hasConstant: true) {
      Pulse(at: .month(1950, 3))
      UserColumn("same", values: (0..<144).map { $0 == 14 ? 2 : 0 }, start: .month(1949, 1))
    }
    #expect {
      try twice.fit(to: Self.passengers)
    } throws: { error in
      guard case .cannotFit(_, let reason) = error as? ForecastError else { return false }
      return reason.contains("same") && reason.contains("pulse 1950-03")
    }
  }

  @Test("a regressor without values in the horizon gives no forecast there, and the reason")
  func missingFuture() throws {
    let known = UserColumn("price", values: (0..<147).map { Double($0 * $0 % 17) }, start: .month(1949, 1))
    let fit = try ARIMA(Self.airline) { known }.fit(to: Self.passengers)
    let forecast = fit.forecast(horizon: 5, levels: [])
    #expect(forecast.mean.map(\.isFinite) == [true, true, true, false, false])
    try fit.checkRegressors(horizon: 3)
    #expect(throws: ForecastError.self) { try fit.checkRegressors(horizon: 4) }
  }

  @Test("what breaks other programs gets a finite answer", arguments: OddARIMASeries.all)
  func odd(entry: OddARIMASeries) throws {
    for model in [
      ARIMA(Self.airline), ARIMA(ARIMAOrder(2, 1, 1)), ARIMA(ARIMAOrder(1, 0, 1), hasConstant: true),
      ARIMA(ARIMAOrder(1, 0, 0, seasonal: (1, 1, 0)), hasConstant: true),
    ] {
      if model.order.isSeasonal, entry.series.seasonalPeriod == 1 { continue }
      let fit = try model.fit(to: entry.series)
      let forecast = fit.forecast(horizon: 8, levels: [0.9])
      #expect(forecast.mean.allSatisfy { $0.isFinite }, "\(model.name)")
      #expect(
        forecast.intervals.allSatisfy { $0[0].lower <= $0[0].upper && $0[0].width.isFinite }, "\(model.name)")
      #expect(fit.coefficients.allSatisfy { $0.estimate.isFinite })
      #expect(fit.standardizedResiduals.allSatisfy { $0.isFinite })
    }
  }

  @Test("an exact line and a constant are continued exactly, with variance zero")
  func degenerate() throws {
    let line = TimeSeries((0..<40).map { 100 + 2 * Double($0) }, start: .month(2001, 1))
    let drift = try ARIMA(ARIMAOrder(1, 1, 0), hasConstant: true).fit(to: line)
    #expect(drift.forecast(horizon: 3).mean == [180, 182, 184])
    #expect(drift.variance == 0 && drift.informationCriteria?.logLikelihood == .infinity)
    let flat = try ARIMA(Self.airline).fit(
      to: TimeSeries([Double](repeating: 7, count: 40), start: .month(2001, 1)))
    #expect(
      flat.forecast(horizon: 3).intervals.allSatisfy { $0.allSatisfy { $0.lower == 7 && $0.upper == 7 } })
  }

  @Test("differencing once too often ends at a moving-average root of one, not beyond")
  func overdifferenced() throws {
    var generator = SeededGenerator(seed: 3)
    let noise = TimeSeries(generator.normals(120).map { $0 + 10 }, start: .month(2001, 1))
    let fit = try ARIMA(ARIMAOrder(0, 1, 1)).fit(to: noise)
    #expect(fit.parameters[0] < -0.95 && fit.parameters[0] >= -1)
    let mean = noise.values.reduce(0, +) / 120
    #expect(fit.forecast(horizon: 30).mean.allSatisfy { abs($0 - mean) < 0.3 })
  }

  @Test("a smooth series has a model without differences, its roots just inside of the region")
  func nearlyTwoUnitRoots() throws {
    // A curve with hardly any noise: two roots of one, which a model without differences comes as near to as it can.
    var generator = SeededGenerator(seed: 4)
    var (level, slope) = (4000.0, 15.0)
    let values = (0..<116).map { _ in
      slope += 0.6 * generator.nextNormal()
      level += slope
      return level
    }
    let smooth = TimeSeries(values, start: .month(1990, 1), name: "smooth")
    let fit = try ARIMA(ARIMAOrder(2, 0, 0, seasonal: (1, 0, 0))).fit(to: smooth)
    #expect(fit.parameters[0] > 1.9 && fit.parameters[1] < -0.9)
    #expect(fit.informationCriteria?.logLikelihood.isFinite == true)
    #expect(throws: Never.self) { try AutomaticRegARIMA().fit(to: smooth) }
  }

  @Test("coefficients held are kept, and models with all of them held are evaluated")
  func held() throws {
    let constraints = ARIMAConstraints.none.holding(.ma, lags: [1], at: -0.4).holding(
      .seasonalMA, lags: [1], at: -0.5)
    let fit = try ARIMA(Self.airline, transform: .log, constraints: constraints).fit(to: Self.passengers)
    #expect(fit.parameters == [-0.4, -0.5])
    #expect(fit.informationCriteria?.parameters == 1)
    #expect(fit.coefficients.allSatisfy { $0.isHeld && $0.standardError == 0 })
    #expect(throws: ForecastError.self) {
      try ARIMA(ARIMAOrder(1, 0, 0), constraints: .none.holding(.ar, lags: [1], at: 1)).fit(
        to: Self.passengers)
    }
  }

  @Test("the bootstrap draws residuals that have been seen")
  func bootstrap() throws {
    let model = ARIMA(ARIMAOrder(0, 1, 1), uncertainty: ARIMAUncertainty(innovations: .bootstrap))
    let fit = try model.fit(to: Self.passengers)
    let paths = fit.samplePaths(horizon: 1, count: 3000, seed: 2)
    let distinct = Set(paths.values.map { ($0 * 1e6).rounded() })
    #expect(distinct.count <= fit.standardizedResiduals.count && distinct.count > 120)
  }
}

/// Series that have broken programs for ARIMA models.
struct OddARIMASeries: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let series: TimeSeries

  init(_ label: String, _ values: [Double], period: Int = 12) {
    testDescription = label
    series = TimeSeries(values, start: .month(1990, 1), seasonalPeriod: period, name: label)
  }

  static let all: [OddARIMASeries] = {
    var generator = SeededGenerator(seed: 8)
    let noise = generator.normals(1000)
    let walk = noise.reduce(into: [100.0]) { $0.append($0[$0.count - 1] + $1) }
    return [
      OddARIMASeries("constant", [Double](repeating: 3.25, count: 60)),
      OddARIMASeries("line", (0..<60).map { 5 - 0.25 * Double($0) }),
      OddARIMASeries("white noise", Array(noise.prefix(120))),
      OddARIMASeries(
        "spike of a million deviations", noise.prefix(120).enumerated().map { $0 == 60 ? 1e6 : $1 }),
      OddARIMASeries(
        "level shift in the last month", noise.prefix(96).enumerated().map { $0 == 95 ? 1e3 : $1 }),
      OddARIMASeries("30 months", Array(OddSeries.regular(30))),
      OddARIMASeries("1000 months", walk),
      OddARIMASeries("period 1", Array(walk.prefix(80)), period: 1),
      OddARIMASeries("period 52", Array(OddSeries.regular(220, season: 52)), period: 52),
    ]
  }()
}
