import TestSupport
import Testing
import Tradewind

@Suite("Regressions that cannot be fitted, and terms that cannot be told apart")
struct RegressionErrorTests {
  static let start = Period.month(2020, 1)
  static let trend = RegressionModel { Trend() }
  static let values: [Double] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]

  static func error(
    _ values: [Double], _ model: RegressionModel = trend, transform: RegressionTransform = .none
  ) -> RegressionError? {
    do throws(RegressionError) {
      _ = try model.fit(to: TimeSeries(values, start: start), transform: transform)
      return nil
    } catch {
      return error
    }
  }

  @Test("each error names what is wrong, with the numbers")
  func errors() {
    #expect(Self.error([]) == .noObservations(count: 0))
    #expect(Self.error([.nan, .nan]) == .noObservations(count: 2))
    #expect(Self.error([.nan, 4]) == .tooFewObservations(needed: 3, found: 1))
    #expect(Self.error([1, .nan, 4]) == .tooFewObservations(needed: 3, found: 2))
    #expect(Self.error([1, 2, 4]) == nil)
    #expect(Self.error([6, 6, .nan, 6]) == .constantSeries(value: 6))
    #expect(Self.error([1, 2, .infinity]) == .notFinite(period: .month(2020, 3), value: .infinity))
    #expect(Self.error([1, 0, 2], transform: .log) == .notPositive(period: .month(2020, 2), value: 0))
    #expect(Self.error(Self.values, RegressionModel(intercept: false) {}) == .noTerms)
    let seasonal = RegressionModel { SeasonalDummies() }
    #expect(Self.error(Self.values, seasonal) == .tooFewObservations(needed: 13, found: 12))
    let quarterly = RegressionModel { Step(at: .quarter(2020, 1)) }
    #expect(
      Self.error(Self.values, quarterly) == .wrongUnit(term: "step 2020-Q1", needed: .quarter, found: .month))
    let yearly = TimeSeries([1, 2, 4, 3], start: .year(2000))
    #expect(throws: RegressionError.notSeasonal(term: "seasonal dummies", seasonalPeriod: 1)) {
      try seasonal.fit(to: yearly)
    }
    #expect(throws: RegressionError.notSeasonal(term: "Fourier", seasonalPeriod: 1)) {
      try RegressionModel { Fourier(order: 1) }.fit(to: yearly)
    }
  }

  @Test("a regressor must be finite where the series is observed or predicted, and only there")
  func regressors() throws {
    var x = (0..<14).map { Double($0 * $0) }
    x[3] = .infinity
    let model = RegressionModel { UserColumn("x", values: x, start: Self.start) }
    #expect(
      Self.error(Self.values, model)
        == .regressorNotFinite(name: "x", period: .month(2020, 4), value: .infinity))
    var values = Self.values
    values[3] = .nan
    let fit = try model.fit(to: TimeSeries(values, start: Self.start))
    #expect(!fit.fitted[3].isFinite)
    #expect(fit.fitted[4].isFinite)
    #expect(try fit.predict(horizon: 2).count == 2)
    #expect(throws: RegressionError.regressorMissing(name: "x", period: .month(2021, 3))) {
      try fit.predict(horizon: 3)
    }
    x[13] = -.infinity
    let other = try RegressionModel { UserColumn("x", values: x, start: Self.start) }
      .fit(to: TimeSeries(values, start: Self.start))
    #expect(
      throws: RegressionError.regressorNotFinite(name: "x", period: .month(2021, 2), value: -.infinity)
    ) { try other.predict(horizon: 2) }
  }

  @Test("columns that say what earlier ones said are reported by name, and change nothing else")
  func aliased() throws {
    let series = TimeSeries((0..<48).map { Double($0 * $0 % 17) }, start: Self.start)
    let clean = try RegressionReferenceTests.model.fit(to: series)
    let fit = try RegressionModel {
      Step(at: .month(2019, 1))
      Trend()
      UserColumn("tons", values: (0..<60).map { 5 - 2000 * Double($0 + 1) }, start: Self.start)
      SeasonalDummies()
      SeasonalDummies(.everySeason)
      Pulse(at: .month(2024, 1))
    }.fit(to: series)
    #expect(fit.coefficients.map(\.name) == clean.coefficients.map(\.name))
    #expect(largestDifference(fit.fitted, clean.fitted) < 1e-12)
    let errors = clean.coefficients.map(\.standardError)
    #expect(largestDifference(fit.coefficients.map(\.standardError), errors) < 1e-12)

    #expect(fit.aliased.count == 15)
    let names = ["pulse 2024-01", "step 2019-01", "tons"] + (1...12).map { "season\($0)" }
    #expect(Set(fit.aliased.map(\.name)) == Set(names))
    let tons = try #require(fit.aliased.first { $0.name == "tons" })
    #expect(tons.combination == ["(Intercept)", "trend"])
    #expect(isClose(tons.weights[0], 5, relative: 1e-9))
    #expect(isClose(tons.weights[1], -2000, relative: 1e-12))
    #expect(tons.description == "tons = 5.0 × (Intercept) + -2000.0 × trend")
    let pulse = try #require(fit.aliased.first { $0.name == "pulse 2024-01" })
    #expect(pulse.description == "pulse 2024-01 is zero in every observed period")
    // The pulse lies in the horizon, where its effect is not known.
    let ahead = zip(try fit.predict(horizon: 3), try clean.predict(horizon: 3))
    for (a, b) in ahead { #expect(isClose(a.mean, b.mean, relative: 1e-12)) }
  }

  @Test("units of regressors do not decide what is aliased", arguments: [1e-12, 1, 1e12])
  func units(unit: Double) throws {
    let y = TimeSeries((0..<12).map { 2 * Self.values[$0] + Double($0 % 3) }, start: Self.start)
    func fit(_ x: [Double]) throws -> RegressionFit {
      try RegressionModel {
        Trend()
        UserColumn("x", values: x, start: Self.start)
      }.fit(to: y)
    }
    let scaled = try fit(Self.values.map { $0 * unit })
    let plain = try fit(Self.values)
    #expect(scaled.aliased.isEmpty)
    #expect(isClose(scaled.coefficients[2].tStatistic, plain.coefficients[2].tStatistic, relative: 1e-11))
    #expect(isClose(scaled.coefficients[2].estimate * unit, plain.coefficients[2].estimate, relative: 1e-11))
  }

  @Test(
    "polynomials of every degree offered are estimable on short and long series", arguments: [12, 60, 600])
  func polynomials(count: Int) throws {
    let series = TimeSeries((0..<count).map { Double($0 * 7 % 11) }, start: Self.start)
    for degree in 1...PolynomialTrend.highestDegree {
      let fit = try RegressionModel { PolynomialTrend(degree: degree) }.fit(to: series)
      #expect(fit.aliased.isEmpty, "degree \(degree), \(count) months")
      #expect(fit.coefficients.count == degree + 1)
    }
  }

  @Test("a Ljung–Box test needs a lag that leaves a degree of freedom and fits the series")
  func lags() throws {
    let fit = try Self.trend.fit(to: TimeSeries(Self.values, start: Self.start))
    for (lags, fitted) in [(0, 0), (-1, 0), (2, 2), (12, 0), (3, -1)] {
      #expect(throws: RegressionError.lags(lags: lags, fittedParameters: fitted, observations: 12)) {
        try fit.ljungBox(lags: lags, fittedParameters: fitted)
      }
    }
    #expect(try fit.ljungBox(lags: 11, fittedParameters: 2).degreesOfFreedom == 9)
  }

  @Test("a regression may have nothing left to estimate")
  func nothing() throws {
    let fit = try RegressionModel(intercept: false) { Pulse(at: .month(2030, 1)) }
      .fit(to: TimeSeries([1, 2, 3, 4], start: Self.start))
    #expect(fit.coefficients.isEmpty)
    #expect(fit.aliased.count == 1)
    #expect(fit.fTest == nil)
    #expect(fit.residuals == [1, 2, 3, 4])
    #expect(try fit.predict(horizon: 1)[0].mean == 0)
  }

  @Test("an error's text is a sentence with the numbers")
  func text() {
    #expect(
      RegressionError.tooFewObservations(needed: 14, found: 12).description
        == "12 observations are too few: 14 are needed")
    #expect(
      RegressionError.regressorMissing(name: "x", period: .month(2021, 3)).description
        == "the regressor x has no value for 2021-03")
  }
}
