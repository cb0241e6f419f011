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

  @Test("trading days go on after the series, and into what is observed later")
  func tradingDays() throws {
    var working = Self.plain
    for t in working.values.indices {
      let weekdays = TradingDays(.one)
      let frame = RegressionFrame(start: working.start, count: working.count, seasonalPeriod: 12)
      let column = weekdays.columns(in: frame)[0].values
      working.values[t] = Self.plain.values[t] * .exp(0.03 * column[t])
    }
    let linearization = try #require(Linearization(of: working))
    #expect(linearization.findings.calendar.contains("trading days"))
    let (shift, scale) = linearization.calendar(ahead: 14)
    #expect((0..<14).contains { abs(100 * (scale[$0] - 1) + shift[$0]) > 2 })
    let fit = try Linearized(Mean(), by: linearization).fit(to: working)
    let later = try fit.updated(with: [150, 160])
    #expect(later.series.count == 122 && later.fittedValues.count == 122)
    let ahead = later.forecast(horizon: 3).mean
    // The mean knows no season: what differs between months is the calendar alone.
    let level = ahead[0] / scale[2] - shift[2]
    for h in 1..<3 { #expect(isClose(ahead[h], (level + shift[h + 2]) * scale[h + 2], relative: 1e-9)) }
    let paths = later.samplePaths(horizon: 3, count: 4000, seed: 3)
    let average = paths.draws(ofStep: 0).reduce(0, +) / 4000
    #expect(isClose(average, ahead[0], relative: 0.02))
  }
}
