import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Series without outliers")
struct LinearizationTests {
  /// Ten years with a season and a little noise.
  static let plain: TimeSeries = {
    var generator = SeededGenerator(seed: 14)
    let values = (0..<120).map { t in
      100 * Double.exp(0.003 * Double(t) + 0.2 * .sin(Double(t % 12) / 1.91) + 0.02 * generator.nextNormal())
    }
    return TimeSeries(values, start: .month(2012, 1), name: "plain")
  }()

  /// The same with a month halved and, before the end of the sixth year, a level a third lower.
  static let disturbed: TimeSeries = {
    var series = plain
    for t in 0..<70 { series.values[t] /= 1.5 }
    series.values[90] /= 2
    return series
  }()

  @Test("a level shift and a lone month are found and taken out, down to the present level")
  func found() throws {
    let linearization = try #require(Linearization(of: Self.disturbed))
    #expect(linearization.usesFactors)
    #expect(
      linearization.findings.outliers.contains("LS2017-11")
        && linearization.findings.outliers.contains("AO2019-07"))
    for t in 0..<120 {
      #expect(isClose(linearization.freed.values[t], Self.plain.values[t], relative: 0.05), "\(t)")
    }
    #expect(linearization.freed.values[119] == Self.disturbed.values[119])
    #expect(linearization.calendar(ahead: 3).scale == [1, 1, 1])
  }

  @Test("nothing found, or too short: there is no such series")
  func nothing() {
    #expect(Linearization(of: Self.plain) == nil)
    #expect(Linearization(of: Self.disturbed.prefix(35)) == nil)
    #expect(Linearization(of: TimeSeries([Double](repeating: 5, count: 60), start: .month(2020, 1))) == nil)
  }

  @Test(
    "half of the weight of most models goes to those of the series without them, which brings the forecast nearer to that of the plain series"
  )
  func effect() throws {
    let fit = try Auto(effort: .fast).fit(to: Self.disturbed)
    #expect(fit.findings == (try #require(Linearization(of: Self.disturbed))).findings.all)
    #expect(
      fit.explanation[0].hasPrefix(
        "part of the weight lies with models of the series without the outliers LS"))
    let combination = try #require(fit.base as? FittedCombination)
    // Four models of the series, as many of the series without outliers, and three hierarchies between them.
    #expect(combination.members.count == 11)
    for (own, free) in zip(combination.members.prefix(4), combination.members.suffix(4)) {
      #expect(own.weights == free.weights && free.fitted.name.hasSuffix(" without outliers"))
      #expect(own.weights.allSatisfy { $0 > 0 })
    }
    // A month halved at the very end misleads a model that takes it for a new level.
    var last = Self.plain
    last.values[119] /= 2
    let undisturbed = try Naive().fit(to: Self.plain).forecast(horizon: 1).mean[0]
    let freed = try Linearized(Naive()).fit(to: last)
    let forecast = freed.forecast(horizon: 1)
    #expect(isClose(forecast.mean[0], undisturbed, relative: 0.1))
    #expect(freed.fittedValues.count == 120 && freed.name == "Naive without outliers")
    #expect(freed.findings.contains("AO2021-12") || freed.findings.contains("LS2021-12"))
    let shift = Linearization.Findings(outliers: ["LS2008-11"], calendar: [])
    let both = Linearization.Findings(outliers: ["LS2008-11"], calendar: ["trading days"])
    let dates = Linearization.Findings(outliers: [], calendar: ["trading days", "Easter, 8 days"])
    #expect(shift.suffix == "without outliers" && both.suffix == "without outliers and calendar")
    #expect(dates.suffix == "without trading days and Easter")
    let same = try Linearized(Naive()).fit(to: Self.plain)
    #expect(same.findings.isEmpty && same.name == "Naive")
    #expect(same.forecast(horizon: 2).mean == (try Naive().fit(to: Self.plain).forecast(horizon: 2).mean))
  }

  @Test(
    "three seasons are searched, or sixteen observations without a season; no season of more than twelve periods"
  )
  func searched() {
    var short = Self.plain.suffix(36)
    short.values[20] /= 2
    #expect(Linearization(of: short) != nil && Linearization(of: short.suffix(35)) == nil)
    var years = TimeSeries((0..<16).map { 100 + Double($0 * 7 % 5) }, start: .year(2000))
    years.values[9] = 400
    #expect(Linearization(of: years) != nil && Linearization(of: years.suffix(15)) == nil)
    for (period, isSearched) in [(12, true), (13, false)] {
      let series = TimeSeries(Self.disturbed.values, start: .month(2012, 1), seasonalPeriod: period)
      #expect((Linearization(of: series) != nil) == isSearched)
    }
  }

  @Test(
    "what is left over is that of the freed series: in parts of the values with factors, else in their unit")
  func leftOver() throws {
    let fit = try Linearized(Naive()).fit(to: Self.disturbed)
    let (fitted, values) = (fit.fittedValues, Self.disturbed.values)
    #expect(fit.base.series.values[90] > 1.8 * values[90])
    for t in 1..<120 {
      let rest = fit.base.fittedValues[t] / fit.base.series.values[t]
      #expect(isClose(fitted[t] / values[t], rest, relative: 1e-12))
    }
    // Without logarithms, since not all is above zero.
    var shifted = Self.plain
    for t in 0..<120 { shifted.values[t] -= t == 90 ? 300 : 100 }
    let other = try Linearized(Naive()).fit(to: shifted)
    try #require(!other.findings.isEmpty)
    for t in 1..<120 {
      let rest = other.base.series.values[t] - other.base.fittedValues[t]
      #expect(isClose(other.residuals[t], rest, relative: 1e-9, absolute: 1e-9))
    }
    #expect(abs(other.base.series.values[90] - shifted.values[90]) > 100)
  }

  @Test(
    "trading days go on after the series, and into what is observed later, as differences or as factors",
    arguments: [0, 0.02])
  func tradingDays(growth: Double) throws {
    var working = Self.plain
    for t in working.values.indices {
      let weekdays = TradingDays(.one)
      let frame = RegressionFrame(start: working.start, count: working.count, seasonalPeriod: 12)
      let column = weekdays.columns(in: frame)[0].values
      working.values[t] = Self.plain.values[t] * .exp(0.03 * column[t] + growth * Double(t))
    }
    let linearization = try #require(Linearization(of: working))
    #expect(linearization.findings.calendar.contains("trading days"))
    #expect(linearization.usesFactors == (growth > 0))
    let (shift, scale) = linearization.calendar(ahead: 14)
    #expect((0..<14).contains { abs(100 * (scale[$0] - 1) + shift[$0]) > 2 })
    let fit = try Linearized(Mean(), by: linearization).fit(to: working)
    let later = try fit.updated(with: [150, 160])
    #expect(later.series.count == 122 && later.fittedValues.count == 122)
    for (h, value) in [150.0, 160].enumerated() {
      let (freed, base) = (later.base.series.values[120 + h], later.base.fittedValues[120 + h])
      #expect(isClose((freed + shift[h]) * scale[h], value, relative: 1e-12))
      #expect(isClose(later.fittedValues[120 + h], (base + shift[h]) * scale[h], relative: 1e-12))
    }
    let ahead = later.forecast(horizon: 3).mean
    // The mean knows no season: what differs between months is the calendar alone.
    let level = ahead[0] / scale[2] - shift[2]
    for h in 1..<3 { #expect(isClose(ahead[h], (level + shift[h + 2]) * scale[h + 2], relative: 1e-9)) }
    let paths = later.samplePaths(horizon: 3, count: 4000, seed: 3)
    let average = paths.draws(ofStep: 0).reduce(0, +) / 4000
    #expect(isClose(average, ahead[0], relative: 0.02))
  }
}
