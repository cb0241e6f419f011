import TestSupport
import Testing
import Tradewind
import TradewindNumerics

/// A forecaster under the contract, with a short label.
struct Contracted: Sendable, CustomTestStringConvertible {
  let label: String
  let forecaster: any Forecaster
  /// Whether a constant is forecast as that constant.
  let keepsConstants: Bool

  init(_ label: String, _ forecaster: any Forecaster, keepsConstants: Bool = true) {
    self.label = label
    self.forecaster = forecaster
    self.keepsConstants = keepsConstants
  }

  var testDescription: String { label }

  /// Every forecaster of the package: one line each.
  static let all: [Contracted] = [
    Contracted("naive", Naive()),
    Contracted("seasonal naive", SeasonalNaive()),
    Contracted("Naive2", Naive2()),
    Contracted("drift", Drift()),
    Contracted("ETS", ETS()),
    Contracted("ETS(A,Ad,N)", ETS(.form(ETS.Form(trend: .additiveDamped)))),
    Contracted(
      "ETS with uncertain parameters",
      ETS(uncertainty: ETSUncertainty(includesParameters: true, innovations: .bootstrap))),
    Contracted("mean", Mean()),
    Contracted("average of 3", WindowAverage(window: 3)),
    Contracted("Croston", Croston()),
    // The correction for the bias that zeros cause is made where there are none as well.
    Contracted("SBA", Croston(correction: .syntetosBoylan, smoothing: .optimized), keepsConstants: false),
    Contracted("TSB", TSB(sizes: .optimized)),
    Contracted("ADIDA", ADIDA()),
    Contracted("IMAPA", IMAPA()),
    Contracted("STM", Theta(.standard)),
    Contracted("OTM", Theta(.optimized)),
    Contracted("DSTM", Theta(.dynamicStandard)),
    Contracted("DOTM", Theta()),
    Contracted("Theta, automatic", Theta(nil)),
    Contracted("log drift", Transformed(Drift(), by: .log)),
    Contracted("Box–Cox drift", Transformed(Drift(), by: .guerrero())),
    Contracted("STL + drift", SeasonallyAdjusted(Drift())),
    Contracted("MSTL + drift", SeasonallyAdjusted(Drift(), by: MSTL())),
    Contracted("THIEF of ETS", TemporallyReconciled(ETS())),
    Contracted("THIEF of drift", TemporallyReconciled(Drift(), scaling: .autocovariance)),
    Contracted("Theta without outliers", Linearized(Theta())),
    Contracted("ETS of the last 24", Recent(ETS(), periods: 24)),
    Contracted(
      "shrunken season with damped trend", ShrunkenSeason(ETS(.form(ETS.Form(trend: .additiveDamped))))),
    Contracted("CES", CES()),
    Contracted("CES(N)", CES(.nonseasonal)),
    Contracted("AutoARIMA", AutoARIMA()),
    Contracted("ARIMA(0,1,1)(0,1,1)", ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)))),
    Contracted("ARIMA(1,0,1) with mean", ARIMA(ARIMAOrder(1, 0, 1), hasConstant: true)),
    Contracted("log ARIMA(2,1,0) with drift", ARIMA(ARIMAOrder(2, 1, 0), hasConstant: true, transform: .log)),
    Contracted("calibrated ETS", Calibrated(ETS())),
    Contracted("calibrated log drift", Calibrated(Transformed(Drift(), by: .log))),
    Contracted("conformal Theta", Calibrated(Theta(), by: .conformal())),
    Contracted("mean of ETS, Theta and snaive", Combination([ETS(), Theta(), SeasonalNaive()])),
    Contracted("median of ETS, drift and ARIMA", Combination([ETS(), Drift(), AutoARIMA()], by: .median)),
    Contracted("bagged ETS", Bagged(ETS(), copies: 6)),
    Contracted(
      "median of bagged log drift", Bagged(Transformed(Drift(), by: .log), copies: 4, centre: .median)),
    Contracted("auto", Auto()),
    Contracted("auto, fast", Auto(effort: .fast)),
    Contracted(
      "ARIMA, bootstrap",
      ARIMA(ARIMAOrder(0, 1, 1), uncertainty: ARIMAUncertainty(innovations: .bootstrap))),
  ]
}

/// What holds for every forecaster, whatever it is.
@Suite("Every forecaster")
struct ForecasterContractTests {
  static let levels = [0.5, 0.8, 0.95]
  static let monthly = TimeSeries(OddSeries.regular(75), start: .month(2018, 2), name: "regular")
  static let quarterly = TimeSeries(
    OddSeries.regular(45, season: 4), start: .quarter(2010, 2), name: "quarters")
  static let yearly = TimeSeries(OddSeries.regular(30, season: 1), start: .year(1990), name: "years")

  @Test(
    "periods follow the data, there are as many steps as asked for, names are kept", arguments: Contracted.all
  )
  func shape(entry: Contracted) throws {
    for (series, next) in [
      (Self.monthly, Period.month(2024, 5)), (Self.quarterly, .quarter(2021, 3)), (Self.yearly, .year(2020)),
    ] {
      let fit = try entry.forecaster.fit(to: series)
      #expect(fit.series == series)
      #expect(!fit.name.isEmpty && !entry.forecaster.name.isEmpty)
      for horizon in [1, 7, 30] {
        let forecast = fit.forecast(horizon: horizon, levels: Self.levels, paths: 200)
        #expect(forecast.periods == next..<next.advanced(by: horizon))
        #expect(forecast.mean.count == horizon && forecast.median.count == horizon)
        #expect(forecast.series == series.name && forecast.model == fit.name)
        #expect(forecast.levels == Self.levels)
        #expect(forecast.intervals.map { $0.map(\.level) } == Array(repeating: Self.levels, count: horizon))
      }
    }
  }

  @Test("levels nest: a wider level has a wider interval, about the median", arguments: Contracted.all)
  func nesting(entry: Contracted) throws {
    let forecast = try entry.forecaster.fit(to: Self.monthly).forecast(horizon: 24, levels: Self.levels)
    for (median, intervals) in zip(forecast.median, forecast.intervals) {
      for (inner, outer) in zip(intervals, intervals.dropFirst()) {
        #expect(outer.lower < inner.lower && inner.upper < outer.upper)
      }
      #expect(intervals[0].lower < median && median < intervals[0].upper)
    }
  }

  @Test("without levels there are points only, and the same ones", arguments: Contracted.all)
  func pointsOnly(entry: Contracted) throws {
    let fit = try entry.forecaster.fit(to: Self.monthly)
    let points = fit.forecast(horizon: 6, levels: [])
    #expect(points.intervals.allSatisfy { $0.isEmpty })
    let whole = fit.forecast(horizon: 6, levels: Self.levels)
    for (a, b) in zip(points.mean, whole.mean) {
      #expect(isClose(a, b, relative: 0.02), "\(a) \(b)")
    }
  }

  @Test("the same seed gives the same result, bit for bit, also from a second fit", arguments: Contracted.all)
  func determinism(entry: Contracted) throws {
    let first = try entry.forecaster.fit(to: Self.monthly)
    let second = try entry.forecaster.fit(to: Self.monthly)
    let request = ForecastRequest(horizon: 9, levels: Self.levels, paths: 300, seed: 7)
    #expect(first.forecast(request) == second.forecast(request))
    #expect(
      first.samplePaths(horizon: 5, count: 40, seed: 7) == second.samplePaths(horizon: 5, count: 40, seed: 7))
    #expect(
      first.samplePaths(horizon: 5, count: 40, seed: 7) != first.samplePaths(horizon: 5, count: 40, seed: 8))
  }

  @Test("paths have the shape asked for, and finite values", arguments: Contracted.all)
  func pathShape(entry: Contracted) throws {
    let fit = try entry.forecaster.fit(to: Self.monthly)
    for (horizon, count) in [(1, 1), (13, 3), (2, 50)] {
      let paths = fit.samplePaths(horizon: horizon, count: count, seed: 3)
      #expect(paths.horizon == horizon && paths.count == count)
      #expect(paths.values.allSatisfy { $0.isFinite })
    }
  }

  /// The 80 % interval's ends have a sampling error of 0.0245 standard deviations with 5,000 draws, on both sides 0.035,
  /// which is 1.4 % of the interval's width; 7 % is five times that.
  @Test("months and quarter totals of forecast and paths agree to sampling error", arguments: Contracted.all)
  func jointLaw(entry: Contracted) throws {
    let fit = try entry.forecaster.fit(to: Self.monthly)
    let forecast = fit.forecast(horizon: 14, levels: [0.8], paths: 5000, seed: 11)
    let paths = fit.samplePaths(horizon: 14, count: 5000, seed: 12)
    func compare(_ draws: [Double], _ interval: PredictionInterval, _ label: String) {
      let sorted = draws.sorted()
      #expect(interval.width > 0)
      #expect(abs(quantile(0.1, of: sorted) - interval.lower) < 0.07 * interval.width, "\(label), lower")
      #expect(abs(quantile(0.9, of: sorted) - interval.upper) < 0.07 * interval.width, "\(label), upper")
    }
    for step in [0, 1, 6, 13] {
      compare(paths.draws(ofStep: step), forecast.intervals[step][0], "step \(step)")
    }
    // The series ends in 2024-04: the first whole quarter is the third, from step 2 on.
    let quarters = forecast.total(over: .quarter)
    #expect(
      quarters.map { $0.period.description } == ["2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2"])
    for (i, quarter) in quarters.enumerated() {
      compare(paths.totals(of: 2 + 3 * i..<5 + 3 * i), quarter.intervals[0], "quarter \(i)")
      let sum = forecast.mean[2 + 3 * i..<5 + 3 * i].reduce(0, +)
      #expect(isClose(quarter.mean, sum, relative: 1e-12))
    }
  }

  @Test(
    "a fitted value for every period; what was observed is fitted value and residual",
    arguments: Contracted.all)
  func fittedValues(entry: Contracted) throws {
    for series in [Self.monthly, Self.quarterly, Self.yearly] {
      let fit = try entry.forecaster.fit(to: series)
      #expect(fit.fittedValues.count == series.count && fit.residuals.count == series.count)
      #expect(fit.fittedValues.contains { $0.isFinite })
      for (i, fitted) in fit.fittedValues.enumerated() where !fitted.isNaN {
        #expect(isClose(fitted + fit.residuals[i], series.values[i], relative: 1e-12))
      }
    }
  }

  @Test(
    "new months change nothing that was fitted before them; one at a time is as good as all",
    arguments: Contracted.all)
  func updating(entry: Contracted) throws {
    let early = try entry.forecaster.fit(to: Self.monthly.prefix(60))
    let more = Array(Self.monthly.values[60...])
    let late = try early.updated(with: more)
    #expect(late.series == Self.monthly)
    #expect(late.name == early.name)
    #expect(
      Array(late.fittedValues.prefix(60)).elementsEqual(early.fittedValues) {
        $0 == $1 || ($0.isNaN && $1.isNaN)
      })
    #expect(late.forecast(horizon: 3).start == .month(2024, 5))
    let request = ForecastRequest(horizon: 9, levels: Self.levels, paths: 300, seed: 7)
    #expect(try early.updated(with: []).forecast(request) == early.forecast(request))
    let stepwise = try more.reduce(early) { try $0.updated(with: [$1]) }
    #expect(stepwise.series == late.series)
    let (a, b) = (stepwise.forecast(request), late.forecast(request))
    #expect(zip(a.mean, b.mean).allSatisfy { isClose($0, $1, relative: 1e-9) })
    #expect(zip(a.intervals, b.intervals).allSatisfy { isClose($0[1].width, $1[1].width, relative: 1e-9) })
    #expect(throws: ForecastError.notFinite(period: .month(2023, 2), value: .infinity)) {
      try early.updated(with: [.infinity])
    }
  }

  @Test("no observation and infinite values are named as such", arguments: Contracted.all)
  func unusable(entry: Contracted) {
    for odd in OddSeries.withoutObservations {
      #expect(throws: ForecastError.noObservations(count: odd.series.count), "\(odd)") {
        _ = try entry.forecaster.fit(to: odd.series)
      }
    }
    for odd in OddSeries.infinite {
      let index = odd.series.values.firstIndex { $0.isInfinite } ?? 0
      let error = ForecastError.notFinite(
        period: odd.series.period(at: index), value: odd.series.values[index])
      #expect(throws: error, "\(odd)") { _ = try entry.forecaster.fit(to: odd.series) }
    }
  }

  @Test("values whose powers overflow or vanish are refused in words", arguments: Contracted.all)
  func range(entry: Contracted) {
    var one = Self.monthly
    one.values[30] = 1e300
    for (series, month) in [
      (one, 30), (TimeSeries(Self.monthly.values.map { $0 * 1e290 }, start: Self.monthly.start), nil),
      (TimeSeries(Self.monthly.values.map { $0 * 1e-290 }, start: Self.monthly.start), nil),
    ] {
      #expect {
        _ = try entry.forecaster.fit(to: series)
      } throws: { error in
        guard case .outOfRange(let period, _)? = error as? ForecastError else { return false }
        return month.map { period == series.period(at: $0) } ?? true
      }
    }
  }

  @Test("a constant series is forecast as that constant, or refused with a reason", arguments: Contracted.all)
  func constants(entry: Contracted) {
    for odd in OddSeries.constant {
      guard let fit = answer(entry, odd), entry.keepsConstants else { continue }
      let value = odd.series.values[0]
      let forecast = fit.forecast(horizon: 5, levels: Self.levels, paths: 100)
      for h in 0..<5 {
        #expect(isClose(forecast.mean[h], value, relative: 1e-6, absolute: 1e-9), "\(odd)")
        #expect(isClose(forecast.median[h], value, relative: 1e-6, absolute: 1e-9), "\(odd)")
      }
    }
  }

  @Test("odd series get a finite answer or a reason", arguments: Contracted.all)
  func odd(entry: Contracted) throws {
    for odd in OddSeries.difficult {
      guard let fit = answer(entry, odd) else { continue }
      #expect(fit.fittedValues.count == odd.series.count, "\(odd)")
      #expect(fit.fittedValues.allSatisfy { !$0.isInfinite }, "\(odd)")
      check(fit.forecast(horizon: 5, levels: Self.levels, paths: 100), "\(odd)")
      #expect(fit.samplePaths(horizon: 3, count: 20, seed: 1).values.allSatisfy { $0.isFinite }, "\(odd)")
      // Whatever comes next is taken or refused, never a trap: a gap, zero, a negative, a huge value.
      for more in [[Double.nan, .nan], [0], [-5], [1e9, 1e-9]] {
        if let later = try? fit.updated(with: more) {
          check(later.forecast(horizon: 2, paths: 20), "\(odd), \(more)")
        }
      }
    }
  }

  /// The fit, or nil if the series is refused with an error that says something.
  private func answer(_ entry: Contracted, _ odd: OddSeries) -> (any FittedModel)? {
    do throws(ForecastError) {
      return try entry.forecaster.fit(to: odd.series)
    } catch {
      #expect(!error.description.isEmpty)
      return nil
    }
  }

  /// All numbers are finite, and the ends of the intervals in order.
  private func check(_ forecast: Forecast, _ label: String) {
    #expect(forecast.mean.allSatisfy { $0.isFinite }, "\(label)")
    #expect(forecast.median.allSatisfy { $0.isFinite }, "\(label)")
    for interval in forecast.intervals.joined() {
      #expect(
        interval.lower.isFinite && interval.upper.isFinite && interval.lower <= interval.upper, "\(label)")
    }
  }
}
