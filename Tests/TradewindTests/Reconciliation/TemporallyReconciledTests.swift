import TestSupport
import Testing

@testable import Tradewind

@Suite("Temporal hierarchies")
struct TemporallyReconciledTests {
  static let monthly = TimeSeries(OddSeries.regular(75), start: .month(2018, 2), name: "regular")

  /// With the last observation of its length as every length's forecast, the structural solution of a quarter of two half-quarters is known on
  /// paper: with a total T and parts a, b of variances 2, 1, 1, half of the gap T − a − b goes to the total, a quarter to each part.
  @Test("a season of two: half of the gap between total and parts goes to the parts")
  func onPaper() throws {
    let series = TimeSeries([1, 2, 3, 6], start: .quarter(2024, 1), seasonalPeriod: 2)
    let fit = try TemporallyReconciled(Naive()).fit(to: series)
    #expect(fit.lengths == [2, 1])
    // The total's naive forecast is 9, the parts' are 6 and 6: the gap is -3.
    let forecast = fit.forecast(horizon: 3)
    for mean in forecast.mean { #expect(isClose(mean, 5.25, relative: 1e-12)) }
    // The points move, the law about them does not.
    let alone = try Naive().fit(to: series).forecast(horizon: 3)
    for h in 0..<3 {
      #expect(isClose(forecast.intervals[h][0].width, alone.intervals[h][0].width, relative: 1e-12))
      #expect(isClose(forecast.intervals[h][0].lower + 0.75, alone.intervals[h][0].lower, relative: 1e-12))
    }
  }

  @Test("sums end with the series, and calendar quarters are called so")
  func sums() {
    let series = TimeSeries(
      [1, 2, 3, 4, 5, 6, 7, .nan, 9, 10], start: .month(2024, 3), name: "imports")
    let quarters = series.summed(over: 3)
    #expect(
      quarters == TimeSeries([9, 18, .nan], start: .quarter(2024, 2), seasonalPeriod: 4, name: "imports"))
    let odd = series.prefix(9).summed(over: 3)
    #expect(odd.start == .year(2024) && odd.seasonalPeriod == 4 && Array(odd.values.prefix(2)) == [6, 15])
    #expect(series.summed(over: 12).values.isEmpty)
  }

  /// A season that is the same every year and a straight trend are forecast alike at every length by the line and season: nothing moves.
  @Test("forecasts that add up already stay", arguments: TemporalScaling.allCases)
  func coherentAlready(scaling: TemporalScaling) throws {
    let constant = TimeSeries([Double](repeating: 7, count: 60), start: .month(2020, 1))
    let forecast = try TemporallyReconciled(Naive(), scaling: scaling).fit(to: constant).forecast(horizon: 15)
    for mean in forecast.mean { #expect(isClose(mean, 7, relative: 1e-12)) }
  }

  @Test("scaling the series scales the forecast", arguments: TemporalScaling.allCases)
  func equivariance(scaling: TemporalScaling) throws {
    let model = TemporallyReconciled(Drift(), scaling: scaling)
    let scaled = TimeSeries(Self.monthly.values.map { 1000 * $0 }, start: Self.monthly.start)
    let one = try model.fit(to: Self.monthly).forecast(horizon: 20)
    let other = try model.fit(to: scaled).forecast(horizon: 20)
    for (a, b) in zip(one.mean, other.mean) { #expect(isClose(1000 * a, b, relative: 1e-9)) }
  }

  /// Where the year's forecast is certain beside the months', the months add up to it.
  @Test("an exact year pulls its months onto itself")
  func exactYear() throws {
    // Years grow by one exactly, months within a year jump about.
    let pattern = [5.0, -8, 3, 9, -4, 1, -7, 2, 6, -5, 4, -6]
    var values: [Double] = []
    for year in 0..<8 {
      for month in 0..<12 {
        values.append(100 + Double(year) / 12 + pattern[(month * [1, 5, 7, 11][year % 4]) % 12])
      }
    }
    let series = TimeSeries(values, start: .month(2016, 1))
    let year = try Drift().fit(to: series.summed(over: 12)).forecast(horizon: 1).mean[0]
    #expect(isClose(year, 1208, relative: 1e-12))
    let forecast = try TemporallyReconciled(Drift(), scaling: .series).fit(to: series).forecast(horizon: 12)
    let alone = try Drift().fit(to: series).forecast(horizon: 12).mean.reduce(0, +)
    #expect(abs(alone - year) > 10)
    #expect(isClose(forecast.mean.reduce(0, +), year, relative: 1e-6))
  }

  @Test("lengths that the model refuses are left out, and a series without a season is left to the model")
  func refused() throws {
    // Ten months: no year, one half-year; naive forecasts need two observations for their intervals.
    let short = TimeSeries(Array(OddSeries.regular(30).prefix(10)), start: .month(2024, 1))
    let fit = try TemporallyReconciled(Naive()).fit(to: short)
    #expect(!fit.lengths.contains(12) && fit.lengths.last == 1)
    let yearly = TimeSeries([3, 4, 6, 5, 7], start: .year(2020))
    let one = try TemporallyReconciled(Drift()).fit(to: yearly).forecast(horizon: 4)
    #expect(one.mean == (try Drift().fit(to: yearly)).forecast(horizon: 4).mean)
  }

  /// The first three from hierarchicalforecast, which adds 2e-8 to variances; the last from numpy. See the files' README.
  @Test("a year of months and its sums: equals hierarchicalforecast", arguments: TemporalScaling.allCases)
  func reference(scaling: TemporalScaling) throws {
    let rows = try References.rows("reconciliation/temporal.csv")
    let errors = try References.rows("reconciliation/temporal-residuals.csv")
    let lengths = [12, 6, 4, 3, 2, 1]
    func column(_ name: String, of rows: [[String: String]], _ length: Int) -> [Double] {
      rows.filter { $0["length"] == "\(length)" }.compactMap { Double($0[name] ?? "") }
    }
    let base = lengths.map { column("base", of: rows, $0) }
    #expect(base.map(\.count) == [1, 2, 3, 4, 6, 12])
    let reconciler = try TemporalReconciler(
      lengths: lengths, period: 12, residuals: lengths.map { column("residual", of: errors, $0) },
      scaling: scaling)
    let expected = column(scaling.rawValue, of: rows, 1)
    let coherent = try reconciler.reconcile(base)
    #expect(expected.count == 12 && coherent.count == 12)
    for (ours, theirs) in zip(coherent, expected) { #expect(isClose(ours, theirs, relative: 1e-9)) }
    // What adds up already does not move.
    let sums = lengths.map { length in
      (0..<12 / length).map { coherent[$0 * length..<($0 + 1) * length].reduce(0, +) }
    }
    for (again, once) in zip(try reconciler.reconcile(sums), coherent) {
      #expect(isClose(again, once, relative: 1e-12))
    }
  }

  @Test("a length whose forecast is absurd is left out, in the years in which it is")
  func absurdLength() throws {
    let base = try TemporallyReconciled(Wild(length: 1)).fit(to: Self.monthly)
    #expect(base.lengths == [12, 6, 4, 3, 2, 1])
    // Quarters (seasons of four) explode in the second year.
    let fit = try TemporallyReconciled(Wild(length: 3)).fit(to: Self.monthly)
    let (tame, guarded) = (base.forecast(horizon: 24), fit.forecast(horizon: 24))
    #expect(guarded.mean.prefix(12) == tame.mean.prefix(12))
    #expect(guarded.mean.allSatisfy { abs($0) < 1e4 })
    let lengths = [12, 6, 4, 2, 1]
    let models = try lengths.map { try Drift().fit(to: Self.monthly.summed(over: $0)) }
    let reconciler = try TemporalReconciler(
      lengths: lengths, period: 12, residuals: models.map(\.residuals), scaling: .structural)
    var second: [[Double]] = []
    for (length, model) in zip(lengths, models) {
      second.append(Array(model.forecast(horizon: 24 / length, levels: []).mean.suffix(12 / length)))
    }
    let coherent = try reconciler.reconcile(second)
    for (ours, other) in zip(guarded.mean.suffix(12), coherent) {
      #expect(isClose(ours, other, relative: 1e-12))
    }
    // The law about the points is that of the months' model.
    for h in 0..<24 {
      let width = tame.intervals[h][0].width
      #expect(isClose(guarded.intervals[h][0].width, width, relative: 1e-12))
    }
  }

  /// Twice differenced logarithms: s² grows with the cube of the step, and the mean exp(m + s²/2) leaves all that is known behind.
  @Test("means of logarithms that explode do not carry the medians along")
  func explodingMean() throws {
    var values: [Double] = []
    for t in 0..<60 {
      let place = (t * t * 7 + t * 5) % 11
      values.append(75 + 5 * Double(place))
    }
    values[59] = values[58]
    let series = TimeSeries(values, start: .month(2019, 1))
    let model = ARIMA(ARIMAOrder(0, 2, 0), transform: .log)
    #expect((try model.fit(to: series).forecast(horizon: 24).mean.max() ?? 0) > 1e50)
    let fit = try TemporallyReconciled(model).fit(to: series)
    let (forecast, points) = (fit.forecast(horizon: 24), fit.forecast(horizon: 24, levels: []))
    #expect(points.mean == forecast.mean)
    for h in 0..<24 {
      #expect(abs(forecast.mean[h]) < 2000 && abs(forecast.median[h]) < 2000)
      let interval = forecast.intervals[h][1]
      #expect(interval.contains(forecast.median[h]))
    }
  }
}

/// Drift, but for one length of period, whose forecasts explode from the second year on.
private struct Wild: Forecaster {
  let length: Int
  var name: String { "wild" }

  func fit(to series: TimeSeries) throws(ForecastError) -> FittedWild {
    FittedWild(inner: try Drift().fit(to: series), isWild: length > 1 && series.seasonalPeriod == 12 / length)
  }
}

private struct FittedWild: FittedModel {
  let inner: Drift.Fitted
  let isWild: Bool

  var name: String { "wild" }
  var series: TimeSeries { inner.series }
  var fittedValues: [Double] { inner.fittedValues }
  var informationCriteria: InformationCriteria? { nil }

  func forecast(_ request: ForecastRequest) -> Forecast {
    var forecast = inner.forecast(request)
    guard isWild else { return forecast }
    for h in forecast.mean.indices where h >= series.seasonalPeriod {
      (forecast.mean[h], forecast.median[h]) = (1e120, .infinity)
    }
    return forecast
  }

  func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    inner.samplePaths(horizon: horizon, count: count, seed: seed)
  }

  func updated(with values: [Double]) throws(ForecastError) -> FittedWild {
    FittedWild(inner: try inner.updated(with: values), isWild: isWild)
  }
}
