import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

private let airline = ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1))

/// Ten years of months with trend, season and noise.
private func monthly(_ years: Int = 10, seed: UInt64 = 5) -> TimeSeries {
  var generator = SeededGenerator(seed: seed)
  var level = 100.0
  let values = (0..<12 * years).map { t in
    level += 0.4 + generator.nextNormal()
    return level + 10 * Double.sin(Double(t) * .pi / 6) + generator.nextNormal()
  }
  return TimeSeries(values, start: .month(2010, 1), name: "monthly")
}

@Suite("ARIMA and odd gaps")
struct GapTests {
  @Test("missing first years change nothing but what is known: the fit is that of the rest")
  func leading() throws {
    var series = monthly()
    for t in 0..<24 { series.values[t] = .nan }
    let whole = try ARIMA(airline).fit(to: series)
    let rest = try ARIMA(airline).fit(to: series.suffix(96))
    let (a, b) = (try #require(whole.informationCriteria), try #require(rest.informationCriteria))
    #expect(isClose(a.logLikelihood, b.logLikelihood, absolute: 1e-7) && a.observations == b.observations)
    for (x, y) in zip(whole.parameters, rest.parameters) { #expect(isClose(x, y, absolute: 1e-4)) }
    let forecasts = (whole.forecast(horizon: 12), rest.forecast(horizon: 12))
    for h in 0..<12 { #expect(isClose(forecasts.0.mean[h], forecasts.1.mean[h], relative: 1e-5)) }
    #expect(whole.interpolated().count == 24)
  }

  @Test("trailing gaps are forecasts")
  func trailing() throws {
    var series = monthly()
    for t in 115..<120 { series.values[t] = .nan }
    let fit = try ARIMA(airline).fit(to: series)
    let shorter = try ARIMA(airline).fit(to: series.prefix(115))
    let (gap, ahead) = (fit.interpolated(levels: [0.8]), shorter.forecast(horizon: 7, levels: [0.8]))
    for h in 0..<5 {
      #expect(isClose(gap[h].estimate, ahead.mean[h], relative: 1e-5))
      #expect(isClose(gap[h].intervals[0].upper, ahead.intervals[h][0].upper, relative: 1e-5))
    }
    let further = fit.forecast(horizon: 2, levels: [0.8])
    for h in 0..<2 {
      #expect(isClose(further.mean[h], ahead.mean[5 + h], relative: 1e-5))
      #expect(isClose(further.intervals[h][0].lower, ahead.intervals[5 + h][0].lower, relative: 1e-5))
    }
  }

  @Test("four months in ten missing still have a fit, and its months lie near the hidden ones")
  func many() throws {
    let full = monthly()
    var (series, generator) = (full, SeededGenerator(seed: 8))
    for t in full.values.indices where generator.nextUniform() < 0.4 { series.values[t] = .nan }
    let fit = try ARIMA(airline).fit(to: series)
    let months = fit.interpolated(levels: [0.95])
    #expect(months.count == series.missingCount && months.count > 36)
    let inside = months.count { month in
      let truth = full[month.period] ?? .nan
      return month.intervals[0].lower < truth && truth < month.intervals[0].upper
    }
    #expect(Double(inside) > 0.85 * Double(months.count))
    #expect(fit.forecast(horizon: 3).mean.allSatisfy { $0.isFinite })
  }

  @Test("a season that was never observed is named, whatever else is known")
  func neverObserved() throws {
    var series = monthly()
    for t in series.values.indices where t % 12 == 3 { series.values[t] = .nan }
    let error = #expect(throws: ForecastError.self) { try ARIMA(airline).fit(to: series) }
    let text = try #require(error).description
    #expect(text.contains("value 4"))
    // Without a seasonal difference the others tell.
    let fit = try ARIMA(ARIMAOrder(0, 1, 1)).fit(to: series)
    #expect(fit.interpolated().count == 10)

    // One season alone is too little for the others.
    for t in series.values.indices where t % 12 != 0 { series.values[t] = .nan }
    #expect(throws: ForecastError.self) { try ARIMA(airline).fit(to: series) }
  }

  @Test("months that were never seen apart are not told apart")
  func alwaysCombined() throws {
    let runs = try (2010...2019).map { try PeriodRange(from: .month($0, 1), through: .month($0, 2)) }
    let series = monthly().combining(runs)
    for transform in RegressionTransform.allCases {
      let model = ARIMA(airline, transform: transform, combined: .januaryFebruary)
      #expect(throws: ForecastError.self) { try model.fit(to: series) }
    }
    // One year in which they are apart is enough.
    let fit = try ARIMA(airline, combined: .januaryFebruary).fit(to: monthly().combining(Array(runs[1...])))
    #expect(fit.interpolated().count == 18)
  }

  @Test("zeros and negative totals have no logarithm, and are named")
  func zeros() throws {
    var series = monthly()
    series.values[12] = .nan
    for total in [0, -3.0] {
      series.values[13] = total
      let model = ARIMA(airline, transform: .log, combined: .januaryFebruary)
      #expect(
        throws: ForecastError.notPositive(model: model.name, period: .month(2011, 2), value: total)
      ) { try model.fit(to: series) }
      #expect(try ARIMA(airline, combined: .januaryFebruary).fit(to: series).interpolated().count == 2)
    }
  }

  @Test("too few values are counted without the gaps")
  func tooFew() throws {
    var series = monthly(2)
    for t in 0..<9 { series.values[2 * t] = .nan }
    #expect(throws: ForecastError.tooShort(model: "ARIMA(0,1,1)(0,1,1)", needed: 16, found: 15)) {
      try ARIMA(airline).fit(to: series)
    }
  }

  @Test("a series that nothing is left of has its gaps filled exactly")
  func degenerate() throws {
    var line = TimeSeries((0..<60).map { 3 + 2 * Double($0) }, start: .month(2015, 1))
    for t in [5, 17, 30, 31] { line.values[t] = .nan }
    let fit = try ARIMA(airline).fit(to: line)
    for month in fit.interpolated() {
      let t = try #require(line.index(of: month.period))
      #expect(isClose(month.estimate, 3 + 2 * Double(t), relative: 1e-9) && month.standardError == 0)
    }
    #expect(isClose(fit.forecast(horizon: 1).mean[0], 123, relative: 1e-9))
  }

  @Test("scaling and shifting the series scales and shifts what is made of its gaps")
  func laws() throws {
    var series = monthly(6)
    for t in [3, 20, 21, 50] { series.values[t] = .nan }
    let changed = TimeSeries(series.values.map { 1000 * $0 - 7 }, start: series.start)
    let (a, b) = (try ARIMA(airline).fit(to: series), try ARIMA(airline).fit(to: changed))
    for (x, y) in zip(a.interpolated(), b.interpolated()) {
      #expect(isClose(1000 * x.estimate - 7, y.estimate, relative: 1e-6))
      #expect(isClose(1000 * x.standardError, y.standardError, relative: 1e-4))
    }
  }

  @Test("a regressor that only the missing months would tell of is named")
  func unseenRegressor() throws {
    var series = monthly()
    series.values[40] = .nan
    let model = ARIMA(airline) { Pulse(at: .month(2013, 5)) }
    let error = #expect(throws: ForecastError.self) { try model.fit(to: series) }
    let text = try #require(error).description
    #expect(text.contains("2013-05"))
  }
}
