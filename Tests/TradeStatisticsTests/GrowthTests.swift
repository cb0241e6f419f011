import TestSupport
import Testing
import TradeStatistics
import Tradewind

@Suite("Growth")
struct GrowthTests {
  /// 1, 2, …, 36 from January 2023 on.
  static let ramp = TimeSeries((1...36).map(Double.init), start: .month(2023, 1))

  @Test("each measure divides the totals it says, on a straight line known on paper")
  func measures() {
    let december = Period.month(2025, 12)
    let s = Self.ramp
    func rate(_ current: Double, _ base: Double) -> Double { current / base - 1 }
    #expect(s.growth(.onPeriod, at: december) == rate(36, 35))
    #expect(s.growth(.onYear, at: december) == rate(36, 24))
    // 25 + … + 36 = 366 over 13 + … + 24 = 222; 25 + 26 = 51 over 13 + 14 = 27.
    #expect(s.growth(.yearToDate, at: december) == rate(366, 222))
    #expect(s.growth(.yearToDate, at: .month(2025, 2)) == rate(51, 27))
    // 34 + 35 + 36 = 105 over 22 + 23 + 24 = 69, and over 31 + 32 + 33 = 96.
    #expect(s.growth(.threeMonthsOnYear, at: december) == rate(105, 69))
    let annualised = s.growth(.threeMonthsAnnualised, at: december)
    let ratio: Double = 105 / 96
    let square: Double = ratio * ratio
    #expect(abs(annualised - (square * square - 1)) < 1e-15)
  }

  @Test("growth does not change with the unit, and steady growth is the same by every measure")
  func laws() {
    let monthly = 1.01
    var value = 7.0
    var values: [Double] = []
    for _ in 0..<48 {
      values.append(value)
      value *= monthly
    }
    let series = TimeSeries(values, start: .month(2020, 1))
    let scaled = TimeSeries(values.map { $0 * 1024 }, start: .month(2020, 1))
    var year = 1.0
    for _ in 0..<12 { year *= monthly }
    for measure in GrowthMeasure.allCases {
      let g = series.growth(measure)
      #expect(g.values.elementsEqual(scaled.growth(measure).values) { $0 == $1 || ($0.isNaN && $1.isNaN) })
      let expected = measure == .onPeriod ? monthly - 1 : year - 1
      #expect(abs((g.values.last ?? .nan) - expected) < 1e-13, "\(measure)")
    }
  }

  @Test("no rate where a base is missing, zero or before the series")
  func missing() {
    let gap = TimeSeries([1, .nan, 3, 4, 0, 5, -1, 2], start: .month(2025, 1))
    let g = gap.growth(.onPeriod).values
    for i in [0, 1, 2, 5, 6, 7] { #expect(g[i].isNaN, "\(i)") }
    let third: Double = 4.0 / 3 - 1
    #expect(g[3] == third)
    #expect(g[4] == -1)
    #expect(gap.growth(.yearToDate).values.allSatisfy { $0.isNaN })
    #expect(TimeSeries([], start: .year(2025)).growth(.onYear).values.isEmpty)
    #expect(gap.growth(.onYear, at: .quarter(2025, 1)).isNaN)
  }

  @Test("quarters and years compare with a year ago; three months need months")
  func otherUnits() {
    let quarters = TimeSeries([1, 2, 3, 4, 2, 4, 6, 8], start: .quarter(2024, 1))
    #expect(quarters.growth(.onYear, at: .quarter(2025, 4)) == 1)
    #expect(quarters.growth(.yearToDate, at: .quarter(2025, 3)) == 1)
    #expect(quarters.growth(.threeMonthsOnYear, at: .quarter(2025, 3)).isNaN)
    let years = TimeSeries([4, 5], start: .year(2024))
    #expect(years.growth(.onYear, at: .year(2025)) == 0.25)
    #expect(years.growth(.onPeriod, at: .year(2025)) == 0.25)
  }

  @Test("the total of a monthly series over quarters and years")
  func totals() throws {
    #expect(Self.ramp.total(over: PeriodRange(.year(2025))) == 366)
    #expect(Self.ramp.total(over: PeriodRange(.quarter(2025, 4))) == 105)
    #expect(Self.ramp.total(over: PeriodRange(.year(2026))).isNaN)
    let quarters = TimeSeries([1, 2, 3, 4], start: .quarter(2024, 1))
    #expect(quarters.total(over: PeriodRange(.month(2024, 2))).isNaN)
    #expect(quarters.total(over: PeriodRange(.year(2024))) == 10)
  }

  @Test("seasonally adjusted growth of a stable season is the trend's")
  func adjusted() throws {
    let season = [0.8, 0.7, 1.1, 1.0, 1.0, 1.05, 1.0, 1.05, 1.1, 1.0, 1.1, 1.1]
    var values: [Double] = []
    var level = 100.0
    for t in 0..<96 {
      values.append(level * season[t % 12])
      level *= 1.01
    }
    let series = TimeSeries(values, start: .month(2016, 1))
    let model = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log)
    let growth = try SeasonalAdjustment(.given(model)).adjustedSeries(of: series).growth(.onPeriod)
    #expect(growth.values.count == 96 && growth.values[0].isNaN)
    #expect(growth.values[24...].allSatisfy { abs($0 - 0.01) < 0.004 })
    #expect(series.growth(.onPeriod).values[25] < -0.1)
  }
}
