import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Automatic regARIMA on odd series")
struct AdjustmentRobustnessTests {
  static func noise(_ count: Int, seed: UInt64 = 7) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in generator.nextNormal() }
  }

  static func select(
    _ values: [Double], period: Int = 12, outliers: OutlierSearch = OutlierSearch()
  ) throws -> RegARIMASelection {
    let start = period == 1 ? Period.year(1950) : .month(1995, 1)
    return try AutomaticRegARIMA(outliers: outliers).select(
      for: TimeSeries(values, start: start, seasonalPeriod: period))
  }

  @Test("a constant and a line are described exactly")
  func exactSeries() throws {
    let constant = try Self.select([Double](repeating: 5, count: 60))
    #expect(constant.order == ARIMAOrder(0, 0, 0) && constant.hasConstant)
    let line = try Self.select((0..<60).map { 3 - 0.5 * Double($0) })
    #expect(line.order == ARIMAOrder(0, 1, 0) && line.hasConstant && !line.isLogarithmic)
    for chosen in [constant, line] {
      #expect(chosen.outliers.isEmpty && chosen.tradingDays == nil)
      #expect(chosen.fitted.forecast(horizon: 3, levels: []).mean.allSatisfy { $0.isFinite })
    }
  }

  @Test("white noise has neither differences nor calendar nor outliers")
  func whiteNoise() throws {
    let chosen = try Self.select(Self.noise(96))
    #expect(chosen.order.d + chosen.order.seasonalD == 0)
    #expect(!chosen.isLogarithmic && chosen.outliers.isEmpty)
  }

  @Test("an outlier of a million standard deviations is found")
  func hugeOutlier() throws {
    var values = Self.noise(72).map { 100 + $0 }
    values[40] += 1e6
    let chosen = try Self.select(values)
    #expect(chosen.outliers.contains(Outlier(.additive, at: .month(1998, 5))))
  }

  @Test("a level shift in the last month is an additive outlier there")
  func lateShift() throws {
    var values = Self.noise(72).map { 100 + $0 }
    values[71] += 12
    let chosen = try Self.select(values)
    #expect(chosen.outliers.last == Outlier(.additive, at: .month(2000, 12)))
  }

  @Test("30 months are enough, and 12 are named as too few")
  func shortSeries() throws {
    let values = Self.noise(30).enumerated().map { 50 + Double($0 % 12) + $1 }
    #expect(try Self.select(values).fitted.series.count == 30)
    #expect(throws: ForecastError.tooShort(model: "regARIMA", needed: 16, found: 12)) {
      try Self.select(Array(values.prefix(12)))
    }
  }

  @Test("no outlier is searched in missing months, and the fit is that of the known ones")
  func missingMonths() throws {
    var values = try AdjustmentReference.series("ap").suffix(72).values
    let missing = (0..<72).filter { $0 * 7 % 10 < 4 }
    for t in missing { values[t] = .nan }
    let chosen = try Self.select(values)
    for outlier in chosen.outliers {
      #expect(!missing.contains { Period.month(1995, 1).advanced(by: $0) == outlier.period })
    }
    #expect(chosen.isLogarithmic)
    #expect(chosen.fitted.forecast(horizon: 2, levels: []).mean.allSatisfy { $0.isFinite })
  }

  @Test("a missing month and a month replaced by any value with its own outlier decide the same")
  func missingEqualsOutlier() throws {
    let complete = try AdjustmentReference.series("ap").suffix(84)
    var gap = complete
    gap.values[30] = .nan
    var replaced = complete
    replaced.values[30] *= 3
    let outlier = Outlier(.additive, at: complete.period(at: 30))
    let a = try AutomaticRegARIMA().select(for: gap)
    let b = try AutomaticRegARIMA(regressors: [outlier]).select(for: replaced)
    #expect(a.description == b.description)
  }

  @Test("a series without a season gets no seasonal part and no calendar", arguments: [1, 7])
  func otherPeriods(period: Int) throws {
    var level = 100.0
    let values = Self.noise(80, seed: 3).enumerated().map { t, e -> Double in
      level += e
      return level + (period == 1 ? 0 : Double(t % period))
    }
    let chosen = try Self.select(values, period: period)
    #expect(chosen.tradingDays == nil && chosen.easter == nil)
    if period == 1 { #expect(!chosen.order.isSeasonal) }
    #expect(chosen.order.d + chosen.order.seasonalD >= 1)
  }

  @Test("what is not a model's series is a typed error")
  func typedErrors() {
    #expect(throws: ForecastError.noObservations(count: 0)) { try Self.select([]) }
    #expect(throws: ForecastError.notFinite(period: .month(1995, 2), value: .infinity)) {
      try Self.select([1, .infinity] + Self.noise(40))
    }
    let twice = Self.noise(60).map { 10 + $0 }
    let column = UserColumn("twice", values: Self.noise(60, seed: 9), start: .month(1995, 1))
    #expect(throws: ForecastError.self) {
      try AutomaticRegARIMA(regressors: [column, column]).select(
        for: TimeSeries(twice, start: .month(1995, 1)))
    }
  }

  @Test("a series that is mostly zero is not explained away by outliers: forecasts stay uncertain")
  func mostlyZero() throws {
    let values: [Double] = [
      0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 8, 0,
      9, 8, 0, 0, 8, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 9, 0, 0, 0, 0,
      0, 2, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      0, 0, 0, 0, 1, 0, 0, 0, 5, 8, 0, 0, 0, 9, 5, 0, 0, 0, 0, 0, 0, 3, 0, 0,
    ]
    let fit = try AutomaticRegARIMA().fit(to: TimeSeries(values, start: .month(2000, 1)))
    #expect(fit.variance > 0)
    let interval = fit.forecast(horizon: 1).intervals[0][0]
    #expect(interval.upper - interval.lower > 1, "\(interval)")
  }

  /// Two years and a half of what would be (1,1,0) of the seasonal differences with Φ = −1, six trading days and σ 0.002 %.
  private static let short = TimeSeries(
    [
      1066.53, 1194.51, 1200.64, 1189.64, 1155.29, 1156.81, 1007.19, 896.24, 901.88, 877.83, 934.67, 954.37,
      1120.28, 1238.98, 1240.45, 1417.63, 1382.92, 1450.3, 1192.04, 1063.28, 1055.23, 977.67, 1055.59,
      1086.95,
      1253.6, 1447.25, 1530.61, 1533.82, 1422.6, 1450.94,
    ], start: .month(2018, 1), name: "short")

  @Test("of less than three seasons the default model is taken as it is, and a step says so")
  func lessThanThreeSeasons() throws {
    let chosen = try AutomaticRegARIMA().select(for: Self.short)
    #expect(chosen.order == ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)))
    #expect(chosen.tradingDays == nil && chosen.easter == nil && chosen.outliers.isEmpty)
    guard case .simplified = chosen.steps.last else {
      Issue.record("\(String(describing: chosen.steps.last))")
      return
    }
  }

  @Test("a short series has at most half as many outliers as observations that differencing leaves")
  func fewOutliers() throws {
    for seed in [1, 2, 3] as [UInt64] {
      let values = Self.noise(40, seed: seed).map { 100 + $0 * $0 * $0 }
      let chosen = try Self.select(values, outliers: OutlierSearch(criticalValue: 1.2))
      let left = 40 - chosen.order.d - 12 * chosen.order.seasonalD
      #expect((1...left / 2).contains(chosen.outliers.count), "\(chosen.order) \(chosen.outliers)")
    }
  }
}
