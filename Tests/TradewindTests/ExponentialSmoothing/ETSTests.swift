import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@Suite("ETS")
struct ETSTests {
  /// Seeded values above zero with trend and season.
  static func series(count: Int = 84, seed: UInt64 = 3) -> TimeSeries {
    var generator = SeededGenerator(seed: seed)
    let pattern: [Double] = [0.9, 0.8, 1.1, 1, 1.05, 1.1, 0.95, 1, 1.2, 1, 0.95, 0.95]
    let values = (0..<count).map { t -> Double in
      let level = 100 + 0.5 * Double(t)
      return level * pattern[t % 12] * (1 + 0.04 * generator.nextNormal())
    }
    return TimeSeries(values, start: .month(2010, 1), name: "seeded")
  }

  @Test("scaling the data scales every form's forecasts", arguments: ETS.Form.all)
  func scaling(form: ETS.Form) throws {
    let series = Self.series()
    var larger = series
    larger.values = series.values.map { 1024 * $0 }
    let one = try ETS(.form(form)).fit(to: series).forecast(horizon: 15, levels: [])
    let other = try ETS(.form(form)).fit(to: larger).forecast(horizon: 15, levels: [])
    for (a, b) in zip(one.mean, other.mean) { #expect(isClose(1024 * a, b, relative: 1e-9)) }
    #expect(one.mean.allSatisfy { $0.isFinite })
  }

  @Test(
    "a constant added to the data is added to the forecasts",
    arguments: ["ANN", "AAN", "AAdN", "ANA", "AAA", "AAdA"])
  func shifting(name: String) throws {
    let model = ETS(.form(try #require(ETS.Form(name))))
    let series = Self.series()
    var higher = series
    higher.values = series.values.map { $0 + 50 }
    let one = try model.fit(to: series).forecast(horizon: 15)
    let other = try model.fit(to: higher).forecast(horizon: 15)
    for h in 0..<15 {
      #expect(isClose(one.mean[h] + 50, other.mean[h], relative: 1e-9))
      let widths = [one, other].map { $0.intervals[h][1].upper - $0.intervals[h][1].lower }
      #expect(isClose(widths[0], widths[1], relative: 1e-8))
    }
  }

  @Test("a start that is whole years later changes nothing", arguments: ["ANA", "MAM"])
  func wholeYears(name: String) throws {
    let model = ETS(.form(try #require(ETS.Form(name))))
    let values = Self.series().values
    let one = try model.fit(to: TimeSeries(values, start: .month(2000, 4))).forecast(horizon: 12, levels: [])
    let other = try model.fit(to: TimeSeries(values, start: .month(2017, 4))).forecast(
      horizon: 12, levels: [])
    #expect(one.mean == other.mean)
  }

  @Test(
    "a quarter's interval from paths agrees with the exact one", arguments: ["AAdA", "MAA", "MNN", "AAN"])
  func pathsAgree(name: String) throws {
    let fit = try ETS(.form(try #require(ETS.Form(name)))).fit(to: Self.series())
    let exact = try #require(fit.forecast(horizon: 6, levels: [0.8]).total(over: .quarter).last)
    let paths = fit.samplePaths(horizon: 6, count: 20_000, seed: 5)
    let drawn = try #require(
      Forecast(of: fit.series, model: "", mean: nil, paths: paths, levels: [0.8]).total(over: .quarter).last)
    let width = exact.intervals[0].upper - exact.intervals[0].lower
    // The standard error of a 10 % quantile of 20 000 draws is 0.0047 of this width.
    #expect(abs(exact.mean - drawn.mean) < 0.02 * width)
    #expect(abs(exact.intervals[0].lower - drawn.intervals[0].lower) < 0.025 * width)
    #expect(abs(exact.intervals[0].upper - drawn.intervals[0].upper) < 0.025 * width)
  }

  @Test(
    "exact moments beside a multiplicative season are those of the paths", arguments: ["MNM", "MAM", "MAdM"])
  func seasonalMoments(name: String) throws {
    let form = try #require(ETS.Form(name))
    let parameters = ETS.Parameters(alpha: 0.6, beta: 0.2, gamma: 0.3, phi: 0.9)
    let start = ETS.State(level: 100, slope: form.trend == .none ? nil : 1, seasonal: [0.9, 1.1, 0.8, 1.2])
    let model = ETS(.form(form), initialStates: .given(start), fixed: parameters)
    var generator = SeededGenerator(seed: 8)
    let values = (0..<60).map { 100 * start.seasonal[$0 % 4] * (1 + 0.08 * generator.nextNormal()) }
    let fit = try model.fit(to: TimeSeries(values, start: .quarter(2000, 1)))
    let (horizon, count) = (11, 40_000)
    let moments = ETSSeasonalMoments(state: fit.state, parameters: fit.parameters, variance: fit.variance)
    let means = moments.means(horizon)
    let covariance = moments.covariance(horizon, means: means)
    let paths = fit.samplePaths(horizon: horizon, count: count, seed: 2)
    let draws = (0..<horizon).map { paths.draws(ofStep: $0) }
    for h in 0..<horizon {
      let mean = draws[h].reduce(0, +) / Double(count)
      #expect(abs(mean - means[h]) < 4 * (covariance[h][h] / Double(count)).squareRoot())
      for k in 0...h {
        let products = zip(draws[h], draws[k]).map { ($0 - means[h]) * ($1 - means[k]) }
        let drawn = products.reduce(0, +) / Double(count)
        let error = products.reduce(0) { $0 + ($1 - drawn) * ($1 - drawn) }.squareRoot() / Double(count)
        #expect(abs(drawn - covariance[h][k]) < 4.5 * error, "\(h) \(k)")
      }
    }
  }

  @Test("a year's interval beside a multiplicative season adds up the covariances")
  func seasonalTotal() throws {
    let fit = try ETS(.form(try #require(ETS.Form("MAM")))).fit(to: Self.series())
    let forecast = fit.forecast(horizon: 18, levels: [0.95])
    let total = try #require(forecast.total(ofSteps: 2..<14))
    let rows = ETSSeasonalMoments(state: fit.state, parameters: fit.parameters, variance: fit.variance)
      .covariance(18, means: forecast.mean)
    var sum = 0.0
    for h in 2..<14 { for k in 2..<14 { sum += rows[max(h, k)][min(h, k)] } }
    #expect(
      isClose(total.intervals[0].upper - total.mean, 1.959963984540054 * sum.squareRoot(), relative: 1e-9))
  }

  @Test("updating carries the states as a fit with the same parameters would", arguments: ETS.Form.all)
  func updating(form: ETS.Form) throws {
    let series = Self.series()
    let fit = try ETS(.form(form)).fit(to: series.prefix(70))
    let updated = try fit.updated(with: Array(series.values[70...]))
    let whole = try ETS(.form(form), initialStates: .given(fit.initialState), fixed: fit.parameters).fit(
      to: series)
    for (a, b) in zip(updated.fittedValues, whole.fittedValues) { #expect(isClose(a, b, relative: 1e-12)) }
    #expect(isClose(updated.state.level, whole.state.level, relative: 1e-12))
  }

  @Test("a missing value carries the states forward, and is not in the likelihood")
  func missing() throws {
    var series = Self.series()
    for t in [0, 13, 14, 40, 83] { series.values[t] = .nan }
    let fit = try ETS().fit(to: series)
    #expect(fit.informationCriteria?.observations == 79)
    #expect(fit.fittedValues.allSatisfy { $0.isFinite })
    let gap = try fit.updated(with: [.nan])
    #expect(isClose(gap.forecast(horizon: 1).mean[0], fit.forecast(horizon: 2).mean[1], relative: 1e-3))
  }

  @Test("odd series: the constant itself, or an error that says what is missing")
  func oddSeries() throws {
    func fit(_ values: [Double], _ model: ETS = ETS()) throws -> [Double] {
      try model.fit(to: TimeSeries(values, start: .month(2000, 1))).forecast(horizon: 3).mean
    }
    #expect(throws: ForecastError.tooShort(model: "ETS", needed: 3, found: 1)) { try fit([4]) }
    #expect(throws: ForecastError.tooShort(model: "ETS", needed: 3, found: 2)) { try fit([4, 5]) }
    #expect(try fit([7, 7, 7]) == [7, 7, 7])
    #expect(try fit([Double](repeating: 0, count: 40)) == [0, 0, 0])
    #expect(throws: ForecastError.notPositive(model: "ETS(M,N,N)", period: .month(2000, 2), value: -1)) {
      try fit([1, -1, 2, 3, 4, 5], ETS(.form(ETS.Form(error: .multiplicative))))
    }
    let seasonal = ETS(.form(ETS.Form(season: .additive)))
    #expect(throws: ForecastError.tooShort(model: "ETS(A,N,A)", needed: 15, found: 13)) {
      try fit([Double](repeating: 1, count: 13), seasonal)
    }
    var spike = [Double](repeating: 0, count: 50)
    spike[20] = 9
    let base = Self.series().values
    for values in [
      [1, 2, 4], [3, 1, 2, 5], Array(base.prefix(13)), spike, base.map { 1e-12 * $0 }, base.map { 1e12 * $0 },
      base.map { 130 - $0 }, base.enumerated().map { $0 % 2 == 0 ? $1 : .nan },
    ] {
      let known = values.filter { !$0.isNaN }
      let (low, high) = (known.min() ?? 0, known.max() ?? 0)
      for mean in try fit(values) { #expect(mean > low - 2 * (high - low) && mean < high + 2 * (high - low)) }
    }
  }

  @Test(
    "a fixed parameter stays, and the others stay in their region",
    arguments: [ETS.Region.usual, .admissible])
  func regions(region: ETS.Region) throws {
    let form = ETS.Form(trend: .additiveDamped, season: .additive)
    let fit = try ETS(.form(form), region: region, fixed: ETS.Parameters(beta: 0.05)).fit(to: Self.series())
    let (alpha, gamma) = (try #require(fit.parameters.alpha), try #require(fit.parameters.gamma))
    #expect(fit.parameters.beta == 0.05)
    #expect((0.8...0.98).contains(try #require(fit.parameters.phi)))
    if region == .usual { #expect(alpha >= 0.05 && gamma > 0 && gamma < 1 - alpha) }
  }

  @Test("a season may be as long as a leap year, not longer")
  func longSeasons() throws {
    let values = (0..<800).map { (t: Int) -> Double in 100 + 10 * Double(t % 366 / 61) + Double(t * 37 % 11) }
    let model = ETS(.form(ETS.Form(season: .additive)), initialStates: .heuristic)
    let series = TimeSeries(values, start: .month(1900, 1), seasonalPeriod: 366)
    let mean = try model.fit(to: series).forecast(horizon: 366, levels: []).mean
    for h in 0..<366 {
      let step: Double = 105 + 10 * Double((800 + h) % 366 / 61)
      #expect(abs(mean[h] - step) < 12)
    }
    let longer = TimeSeries(values, start: .month(1900, 1), seasonalPeriod: 367)
    #expect(throws: ForecastError.notSeasonal(model: "ETS(A,N,A)", seasonalPeriod: 367)) {
      try model.fit(to: longer)
    }
  }

  @Test("no form is chosen for values above zero whose forecasts soon fall below")
  func positiveForecasts() throws {
    let values = (0..<40).map { (t: Int) -> Double in 200 - 4.6 * Double(t) + 3 * Double(t * 7 % 5) }
    #expect(values.allSatisfy { $0 > 0 })
    let series = TimeSeries(values, start: .month(2010, 1), seasonalPeriod: 1)
    let line = try ETS(.form(ETS.Form(trend: .additive)), region: .usual).fit(to: series)
    #expect(line.forecast(horizon: 10, levels: []).mean.contains { $0 < 0 })
    #expect(try ETS().fit(to: series).forecast(horizon: 10, levels: []).mean.allSatisfy { $0 > 0 })
  }

  @Test("names are read as they are written")
  func names() {
    for form in ETS.Form.all { #expect(ETS.Form(form.description) == form) }
    #expect(ETS.Form.all.count == 30 && Set(ETS.Form.all).count == 30)
    #expect(ETS.Form("MAdM")?.description == "ETS(M,Ad,M)" && ETS.Form("MXN") == nil)
  }
}
