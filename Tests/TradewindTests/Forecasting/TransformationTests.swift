import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite struct TransformationTests {
  /// A straight trend with a season and noise, pushed through the inverse of the transformation with this λ.
  static func series(lambda: Double, seed: UInt64 = 4, spread: Double = 0.05) -> TimeSeries {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<144).map { t -> Double in
      let x = 3 + 0.02 * Double(t) + 0.3 * Double.cos(Double(t) * .pi / 6) + spread * generator.nextNormal()
      return BoxCox.inverse(x, lambda)
    }
    return TimeSeries(values, start: .month(2010, 1), name: "s")
  }

  @Test("a transformation and its inverse undo each other", arguments: [-0.5, 0, 1e-9, 0.3, 1, 2])
  func inverse(lambda: Double) {
    for y in [1e-3, 0.5, 1, 3, 1e6] {
      // For λ < 0 a large y is transformed to almost −1/λ, where y's own digits are lost.
      let digits = lambda < 0 ? 1e-6 : 1e-10
      #expect(isClose(BoxCox.inverse(BoxCox.transform(y, lambda), lambda), y, relative: digits), "\(y)")
    }
    #expect(isClose(BoxCox.transform(5, 1), 4, relative: 1e-14))
    #expect(BoxCox.transform(.nan, lambda).isNaN)
    #expect(BoxCox.inverse(-10, 0.5) == 0)
    #expect(BoxCox.inverse(10, -0.5) == .infinity)
  }

  @Test("medians and intervals of a log model are the exponentials of the model of the logarithms")
  func logNaive() throws {
    let series = Self.series(lambda: 0)
    let logs = TimeSeries(series.values.map { Double.log($0) }, start: series.start)
    let inner = try Naive().fit(to: logs).forecast(horizon: 6)
    let outer = try Transformed(Naive(), by: .log).fit(to: series).forecast(horizon: 6)
    for h in 0..<6 {
      #expect(isClose(outer.median[h], .exp(inner.median[h]), relative: 1e-12))
      #expect(isClose(outer.intervals[h][1].lower, .exp(inner.intervals[h][1].lower), relative: 1e-12))
      #expect(isClose(outer.intervals[h][1].upper, .exp(inner.intervals[h][1].upper), relative: 1e-12))
      // The mean of a log-normal is exp(μ + σ²/2); drawn from 5,000 paths.
      let deviation = (inner.intervals[h][1].upper - inner.median[h]) / 1.959963984540054
      let mean = Double.exp(inner.median[h] + deviation * deviation / 2)
      #expect(isClose(outer.mean[h], mean, relative: 5 * deviation / 5000.0.squareRoot()))
      #expect(outer.mean[h] > outer.median[h])
    }
  }

  @Test("a λ of 1 only shifts, and changes no forecast")
  func identity() throws {
    let series = Self.series(lambda: 0)
    let plain = try Drift().fit(to: series).forecast(horizon: 4)
    let shifted = try Transformed(Drift(), by: .lambda(1)).fit(to: series).forecast(horizon: 4)
    for h in 0..<4 {
      #expect(isClose(plain.median[h], shifted.median[h], relative: 1e-10))
      #expect(isClose(plain.intervals[h][0].upper, shifted.intervals[h][0].upper, relative: 1e-10))
    }
  }

  @Test(
    "Guerrero's λ is 0 where the spread grows with the level, 1 where it does not, within its range",
    arguments: [0.0, 1.0])
  func guerrero(truth: Double) throws {
    // Years alike but for their level: the spread is exactly proportional to it, or exactly constant.
    let values = (0..<120).map { t -> Double in
      let level = 100 * Double.pow(1.3, Double(t / 12))
      let wave = 0.1 * Double.sin(Double(t % 12))
      return truth == 0 ? level * (1 + wave) : level + 100 * wave
    }
    let series = TimeSeries(values, start: .month(2010, 1))
    #expect(isClose(try BoxCox.guerrero().chosen(for: series), truth, absolute: 1e-3))
    #expect(
      isClose(try BoxCox.guerrero(in: 0.2...0.4).chosen(for: series), truth == 0 ? 0.2 : 0.4, absolute: 1e-3))
  }

  @Test("the likelihood finds the λ that a series was made with", arguments: [0.0, 0.5, 1.0])
  func profile(truth: Double) throws {
    let series = Self.series(lambda: truth)
    let found = try BoxCox.profileLikelihood(in: -0.5...1.5).chosen(for: series)
    // The likelihood over 144 months with little noise: an error of 0.15 is about three standard deviations.
    #expect(abs(found - truth) < 0.15, "\(found)")
  }

  @Test("values of zero, and too few for a choice, are refused")
  func refusedValues() {
    #expect(throws: ForecastError.self) {
      try Transformed(Naive(), by: .log).fit(to: TimeSeries([1, 0, 2], start: .year(2020)))
    }
    #expect(throws: ForecastError.self) {
      try Transformed(Naive(), by: .guerrero()).fit(to: TimeSeries([1, 3, 2], start: .month(2020, 1)))
    }
  }

  @Test(
    "a perfect season is put back exactly, added or multiplied",
    arguments: [DecompositionMode.additive, .multiplicative])
  func perfectSeason(mode: DecompositionMode) throws {
    let pattern = [0.9, 1.2, 1.0, 0.8, 1.1, 1.0, 1.3, 0.7, 1.0, 0.95, 1.05, 1.0]
    let values = (0..<72).map { mode == .additive ? 10 + pattern[$0 % 12] : 10 * pattern[$0 % 12] }
    let series = TimeSeries(values, start: .month(2018, 1))
    let model = SeasonallyAdjusted(Naive(), by: STL(seasonalWindow: .periodic, mode: mode))
    let forecast = try model.fit(to: series.prefix(65)).forecast(horizon: 7)
    for h in 0..<7 { #expect(isClose(forecast.mean[h], values[65 + h], relative: 1e-9)) }
  }

  @Test(
    "the law of a quarter is the base model's, shifted or scaled by the season, and agrees with its paths",
    arguments: [DecompositionMode.additive, .multiplicative])
  func quarterLaw(mode: DecompositionMode) throws {
    let series = Self.series(lambda: 0, spread: 0.1)
    let fit = try SeasonallyAdjusted(Drift(), by: STL(mode: mode)).fit(to: series)
    let forecast = fit.forecast(horizon: 6, levels: [0.8])
    let quarter = try #require(forecast.total(over: .quarter).first)
    let draws = fit.samplePaths(horizon: 6, count: 20_000, seed: 3).totals(of: 0..<3).sorted()
    let width = quarter.intervals[0].width
    #expect(isClose(quarter.intervals[0].lower, quantile(0.1, of: draws), absolute: 0.03 * width))
    #expect(isClose(quarter.intervals[0].upper, quantile(0.9, of: draws), absolute: 0.03 * width))
    #expect(isClose(forecast.mean[0..<3].reduce(0, +), quarter.mean, relative: 1e-12))
  }

  @Test("new months are adjusted by the last year's season")
  func updating() throws {
    let series = Self.series(lambda: 0)
    let fit = try SeasonallyAdjusted(Naive()).fit(to: series.prefix(130))
    let next = fit.forecast(horizon: 2, levels: []).mean
    // Months that come as forecast leave a naive model's forecasts of the adjusted part as they were.
    let updated = try fit.updated(with: next)
    let later = fit.forecast(horizon: 5, levels: []).mean
    for (a, b) in zip(updated.forecast(horizon: 3, levels: []).mean, later[2...]) {
      #expect(isClose(a, b, relative: 1e-12))
    }
    #expect(updated.series.count == 132)
  }

  @Test("a series without a season is left to the base model; one too short for its season is refused")
  func refused() throws {
    let yearly = TimeSeries([1, 2, 3, 4], start: .year(2020))
    #expect(try SeasonallyAdjusted(Naive()).fit(to: yearly).forecast(horizon: 1).mean == [4])
    #expect(throws: ForecastError.self) {
      try SeasonallyAdjusted(Naive()).fit(to: TimeSeries([1, 2, 3, 4], start: .month(2020, 1)))
    }
  }
}
