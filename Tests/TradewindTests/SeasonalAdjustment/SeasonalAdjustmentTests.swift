import TestSupport
import Testing

@testable import Tradewind

@Suite("Seasonal adjustment from start to end")
struct SeasonalAdjustmentTests {
  static let airline = ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1))

  /// Largest relative differences from X-13, table by table.
  static func differences(_ adjusted: AdjustedSeries, from run: String) throws -> [String: Double] {
    var largest: [String: Double] = [:]
    let ours = [
      "d10": adjusted.seasonal, "d11": adjusted.seasonallyAdjusted, "d12": adjusted.trend,
      "d13": adjusted.irregular, "d16": adjusted.combined, "d18": adjusted.calendar,
    ]
    for row in try References.rows("x11/adjustment.csv") where row["run"] == run {
      let index = try #require(Int(row["index"] ?? ""))
      for (table, values) in ours {
        let theirs = try #require(Double(row[table] ?? ""))
        largest[table] = max(largest[table] ?? 0, abs(values[index] / theirs - 1))
      }
    }
    if AdjustmentReference.isComplete { print("\(run): largest difference \(largest.values.max() ?? .nan)") }
    return largest
  }

  @Test(
    "after an airline model D10 to D13, D16 and D18 are X-13's to 1e-6",
    arguments: ["ap", "imp", "exp"].flatMap { name in
      ["fc12", "fc60-bc12", "s3x5-h13", "td6-lpreg-fc12"].map { "\(name)-airline-\($0)" }
    })
  func givenModel(run: String) throws {
    let series = try AdjustmentReference.series(String(run.prefix { $0 != "-" }))
    let calendar: [any RegressionTerm] = run.contains("td6") ? [TradingDays(.six), LeapYear()] : []
    var adjustment = SeasonalAdjustment(.given(ARIMA(Self.airline, transform: .log, regressors: calendar)))
    if run.contains("fc60") { (adjustment.forecasts, adjustment.backcasts) = (60, 12) }
    if run.contains("s3x5") { adjustment.x11 = X11(seasonalFilter: .s3x5, trendFilter: .terms(13)) }
    let differences = try Self.differences(adjustment.adjust(series), from: run)
    #expect(differences.count == 6)
    for (table, difference) in differences { #expect(difference < 1e-6, "\(table)") }
  }

  @Test(
    "after an automatic model D10 to D13, D16 and D18 are X-13's to 1e-5",
    arguments: ["ap-auto"] + AdjustmentReference.ifAll(["imp-auto", "exp-auto", "imp-cny3", "exp-cny3"]))
  func automaticModel(run: String) throws {
    let series = try AdjustmentReference.series(String(run.prefix { $0 != "-" }))
    var model = AutomaticRegARIMA(
      regressors: try AdjustmentReference.holidays(run.hasSuffix("cny3") ? "cny3" : ""))
    // In this run X-13's rounding takes the later of two level shifts with the same t value.
    model.outliers.prefersLater = run == "exp-auto"
    let adjusted = try SeasonalAdjustment(.automatic(model)).adjust(series)
    #expect(adjusted.selection != nil)
    let differences = try Self.differences(adjusted, from: run)
    #expect(differences.count == 6)
    for (table, difference) in differences { #expect(difference < 1e-5, "\(table)") }
  }

  @Test("M3 to M11 after a model have X-13's printed digits")
  func quality() throws {
    // Run imp-airline-td6-lpreg-fc12, table F3.
    let printed = [0.366, 0.450, 0.583, 0.401, 0.347, 0.531, 0.222, 0.488, 0.477]
    let model = ARIMA(Self.airline, transform: .log, regressors: [TradingDays(.six), LeapYear()])
    let adjusted = try SeasonalAdjustment(.given(model)).adjust(AdjustmentReference.series("imp"))
    let quality = try #require(adjusted.quality())
    for (measure, value) in zip(X11Quality.Measure.allCases.dropFirst(2), printed) {
      #expect(abs((quality[measure] ?? .nan) - value) <= 0.00051, "\(measure.name)")
    }
  }

  // MARK: - Laws

  /// Eight years of months: a line with a season, and noise that repeats.
  static func months(_ change: (Int, Double) -> Double = { $1 }) -> TimeSeries {
    let values = (0..<96).map { t in
      let season = [0.1, -0.2, 0.05, 0, 0.02, -0.05, 0.03, 0.04, 0.1, -0.1, 0.05, -0.04][t % 12]
      let noise = 0.01 * Double((t * 37) % 11 - 5) / 5
      return change(t, 100 * (1 + 0.01 * Double(t)) * (1 + season + noise))
    }
    return TimeSeries(values, start: .month(2010, 1), name: "a")
  }

  static func adjusted(
    _ series: TimeSeries, transform: RegressionTransform = .log, x11: X11 = X11(),
    totals: ForcedTotals? = nil,
    @RegressionTermBuilder _ terms: () -> [any RegressionTerm]
  ) throws -> AdjustedSeries {
    let model = ARIMA(airline, transform: transform, regressors: terms())
    return try SeasonalAdjustment(.given(model), x11: x11, totals: totals).adjust(series)
  }

  @Test(
    "components combine to the series, in logarithms and in levels",
    arguments: [RegressionTransform.log, .none])
  func combine(transform: RegressionTransform) throws {
    let series = Self.months { t, y in y * (t >= 50 ? 1.3 : 1) * (t == 70 ? 1.4 : 1) }
    let one = try Self.adjusted(series, transform: transform) {
      TradingDays(.one)
      Outlier(.levelShift, at: series.period(at: 50))
      Outlier(.additive, at: series.period(at: 70))
      Outlier(.seasonal, at: series.period(at: 40))
      Outlier(.transientChange, at: series.period(at: 30))
    }
    #expect(one.parts.specification.mode == (transform == .log ? .multiplicative : .additive))
    for t in series.values.indices {
      let (factors, kept) = ([one.seasonal[t], one.calendar[t]], [one.trend[t], one.irregular[t]])
      let both = transform == .log ? factors.reduce(1, *) : factors.reduce(0, +)
      let rest = transform == .log ? kept.reduce(1, *) : kept.reduce(0, +)
      #expect(isClose(one.combined[t], both, relative: 1e-12))
      #expect(isClose(one.seasonallyAdjusted[t], rest, relative: 1e-12))
      let whole = transform == .log ? both * rest : both + rest
      #expect(isClose(whole, series.values[t], relative: 1e-12))
    }
    #expect(one.other.allSatisfy { $0 == (transform == .log ? 1 : 0) })
    #expect(one.forced == nil)
  }

  @Test("a level shift is in the trend, an odd month in the irregular, a change of the season in the season")
  func parts() throws {
    let series = Self.months { t, y in y * (t >= 50 ? 1.3 : 1) * (t == 70 ? 1.4 : 1) }
    let one = try Self.adjusted(series) {
      Outlier(.levelShift, at: series.period(at: 50))
      Outlier(.additive, at: series.period(at: 70))
    }
    #expect(one.trend[50] / one.trend[49] > 1.25 && one.parts.trend[50] / one.parts.trend[49] < 1.05)
    #expect(one.irregular[70] > 1.3 && abs(one.parts.irregular[70] - 1) < 0.05)
    #expect(one.seasonal == one.parts.seasonal && one.calendar.allSatisfy { $0 == 1 })
    // What X-11 sees is at the present level.
    #expect(one.parts.observed.values[95] == series.values[95])

    let changed = Self.months { t, y in t >= 48 && t % 12 == 5 ? y * 1.5 : y }
    let two = try Self.adjusted(changed, x11: X11(seasonalFilter: .stable)) {
      Outlier(.seasonal, at: .month(2014, 6))
    }
    #expect(two.seasonal[77] / two.seasonal[5] > 1.4)
    #expect(isClose(two.parts.seasonal[77], two.parts.seasonal[5], relative: 1e-9))
    #expect(two.outlook.seasonal[5] / two.seasonal[5] > 1.4)
  }

  @Test("a regressor without a part stays in the adjusted series, one of the calendar does not")
  func roles() throws {
    let series = Self.months { t, y in y * (t % 7 == 0 ? 1.2 : 1) }
    let values = (0..<120).map { $0 % 7 == 0 ? 1.0 : 0 }
    for role in [RegressionRole.user, .holiday] {
      let one = try Self.adjusted(series) {
        UserColumn("sevenths", values: values, start: series.start, role: role)
      }
      let effect = role == .user ? one.other : one.calendar
      #expect(effect[7] > 1.15 && effect[8] == 1)
      #expect((one.seasonallyAdjusted[7] / one.seasonallyAdjusted[8] > 1.1) == (role == .user))
    }
  }

  @Test("the coming year's factors are those of the extended series and of the calendar")
  func outlook() throws {
    let one = try Self.adjusted(Self.months()) { TradingDays(.six) }
    let outlook = one.outlook
    #expect(outlook.start == .month(2018, 1) && outlook.series.count == 12)
    #expect(outlook.seasonal == Array(one.parts.extended.seasonal.suffix(12)))
    #expect(zip(outlook.seasonal, outlook.calendar).map { $0 * $1 } == outlook.combined)
    let forecast = one.fitted.forecast(horizon: 12)
    #expect(outlook.series == forecast.median)
    // The same without forecasts: X-11's own continuation.
    var alone = SeasonalAdjustment(.given(ARIMA(Self.airline, transform: .log)), forecasts: 0)
    let two = try alone.adjust(Self.months())
    #expect(two.outlook.seasonal == two.parts.seasonalForecast && two.outlook.series.count == 12)
    let plain = try X11().decompose(Self.months())
    #expect(two.seasonal == plain.seasonal)
    // With few, both.
    alone.forecasts = 3
    let three = try alone.adjust(Self.months())
    #expect(
      three.outlook.seasonal == three.parts.extended.seasonal.suffix(3)
        + three.parts.seasonalForecast.prefix(9))
  }

  @Test("a missing month is estimated and adjusted as if it had been observed")
  func missing() throws {
    let series = Self.months { t, y in t == 40 ? .nan : y }
    let one = try Self.adjusted(series) {}
    #expect(one.observed.values[40].isNaN)
    #expect(isClose(one.completed.values[40], Self.months().values[40], relative: 0.03))
    #expect(one.seasonallyAdjusted.allSatisfy { $0.isFinite })
  }

  @Test("forced totals are those of the observed years")
  func forced() throws {
    let one = try Self.adjusted(Self.months(), totals: ForcedTotals()) { TradingDays(.one) }
    let forced = try #require(one.forced)
    #expect(isClose(forced[12..<24].reduce(0, +), one.observed.values[12..<24].reduce(0, +), relative: 1e-9))
  }

  @Test("what cannot be adjusted is said")
  func errors() throws {
    let airline = ARIMA(Self.airline, transform: .log)
    func error(_ adjustment: SeasonalAdjustment, _ series: TimeSeries) -> SeasonalAdjustmentError? {
      #expect(throws: SeasonalAdjustmentError.self) { try adjustment.adjust(series) }
    }
    let given = SeasonalAdjustment(.given(airline))
    let short = Self.months().prefix(35)
    #expect(error(given, short) == .x11(.tooShort(needed: 36, found: 35)))
    #expect(error(SeasonalAdjustment(), short) == .x11(.tooShort(needed: 36, found: 35)))
    let weeks = TimeSeries([1, 2, 3], start: .year(2000), seasonalPeriod: 1)
    #expect(error(given, weeks) == .x11(.unsupportedPeriod(seasonalPeriod: 1)))
    let empty = TimeSeries([], start: .month(2000, 1))
    #expect(error(given, empty) == .x11(.noObservations(count: 0)))
    let zero = error(given, Self.months { t, y in t == 3 ? 0 : y })
    #expect(zero?.description == "ARIMA(0,1,1)(0,1,1) needs values above zero; the value of 2010-04 is 0.0")
    let additive = SeasonalAdjustment(.given(airline), mode: .additive)
    #expect(error(additive, Self.months()) == .modeMismatch(mode: .additive, isLogarithmic: true))
    let levels = SeasonalAdjustment(.given(ARIMA(Self.airline, prior: .leapYear)))
    #expect(error(levels, Self.months()) == .factorAmongDifferences)
    let column = UserColumn("c", values: (0..<100).map { Double($0 % 5) }, start: .month(2010, 1))
    let ends = error(SeasonalAdjustment(.given(ARIMA(Self.airline, regressors: [column]))), Self.months())
    guard case .model(.cannotFit(_, let reason)) = ends else {
      Issue.record("a regressor that ends was not refused")
      return
    }
    #expect(reason.contains("2018-05"))
  }
}
