import RealModule
import TestSupport
import Testing
import TradeStatistics
import Tradewind

@Suite("Growth and records of a reconstructed history")
struct ReconstructedHistoryTests {
  static let silver = Result {
    try HistoryProjector().history(
      "silver-concentrate-imports", from: Sample.silver(), asOf: .month(2025, 12))
  }

  @Test(
    "growth of stated months comes back with the width of its rounding; of estimated months, with its doubt")
  func growth() throws {
    let history = try Self.silver.get()
    let december = try #require(history.growth(.onPeriod, at: .month(2025, 12)))
    #expect(abs(december.median - 0.323) < 0.001 && december.upper - december.lower < 0.005)
    let year = try #require(history.growth(.yearToDate, at: .month(2025, 12)))
    #expect(abs(year.median - 0.141) < 0.001 && year.upper - year.lower < 0.004)
    // June is estimated within the sum of April to August.
    let june = try #require(history.growth(.onPeriod, at: .month(2025, 6)))
    #expect(june.upper - june.lower > 0.3 && june.lower < june.median && june.median < june.upper)
    #expect(history.growth(.onYear, at: .month(2035, 1)) == nil)
  }

  @Test("levels agree with the projection's own, and growth with levels")
  func levels() throws {
    let history = try Self.silver.get()
    for month in history.projection.history.suffix(24) {
      let level = try #require(history.level(over: PeriodRange(month.period)))
      #expect(abs(level.median / month.median - 1) < 1e-4)
      #expect(abs(level.upper / month.upper - 1) < 1e-3)
    }
    let year = try #require(history.level(over: PeriodRange(.year(2025))))
    #expect(abs(year.median - 1_917_000) < 1500)
    let growth = try #require(history.growth(of: PeriodRange(.year(2025)), over: PeriodRange(.year(2024))))
    let before = try #require(history.level(over: PeriodRange(.year(2024))))
    #expect(abs(year.median / before.median - 1 - growth.median) < 1e-3)
  }

  @Test("December 2025 is the highest month with near certainty; an ordinary month is not")
  func records() throws {
    let history = try Self.silver.get()
    let december = try #require(history.chanceOfRecord(.highest, at: .month(2025, 12)))
    #expect(december > 0.9)
    #expect(history.chanceOfRecord(.highest, at: .month(2025, 3)) == 0)
    #expect(history.chanceOfRecord(.highest, at: .month(2026, 1)) == nil)
    #expect(history.chanceOfRecord(.highest, at: .quarter(2025, 4)) == nil)
    #expect(history.chanceOfRecord(.lowest, at: .month(2025, 12)) == 0)
  }

  @Test(
    "the level and growth of a projected total say what the total says, also where months may be without trade"
  )
  func outlook() throws {
    let lumpy = HistoryPrior(level: 0.02, seasonal: 0.05, irregular: 0.6, seasonalMemory: 300)
    var values = Sample.history(lumpy, months: 48, seed: 11)
    let target = PeriodRange(.quarter(2024, 1))
    for empty in [[], [3, 17, 30, 40]] {
      for t in empty { values[t] = 0 }
      let facts = values.enumerated().map { t, value in
        Fact(
          series: "s", period: PeriodRange(Period.month(2020, 1).advanced(by: t)), measure: .level,
          value: value,
          unit: "t", halfWidth: 0)
      }
      let history = try HistoryProjector().history("s", from: facts, to: .period(.quarter(2024, 1)))
      let total = history.projection.total
      let (low, high) = (total.intervals[1].lower, total.intervals[1].upper)
      let level = try #require(history.level(over: target))
      for (found, wanted) in zip([level.median, level.lower, level.upper], [total.median, low, high]) {
        #expect(isClose(found, wanted, relative: 1e-12))
      }
      let base = values[36..<39].reduce(0, +)
      let growth = try #require(history.growth(of: target, over: PeriodRange(.quarter(2023, 1))))
      let expected = [total.median, low, high].map { $0 / base - 1 }
      for (found, wanted) in zip([growth.median, growth.lower, growth.upper], expected) {
        #expect(isClose(found, wanted, absolute: 1e-3), "\(empty.count)")
      }
      // A month to come is as sure to have trade as its projection says.
      let month = try #require(history.level(over: history.projection.horizon[0].period))
      #expect(isClose(month.median, history.projection.horizon[0].median, relative: 0.02))
      #expect((month.lower == 0) == (history.projection.horizon[0].intervals[1].lower == 0))
    }
  }

  @Test("two months known by their sum have bounds within it that leave each other the rest")
  func pair() throws {
    let history = try HistoryProjector().history("s", from: ProjectionLawTests.lumpyPair())
    let pair = history.projection.history.suffix(2)
    let (january, february) = (try #require(pair.first), try #require(pair.last))
    #expect(january.status == .estimated && january.upper > 1.5 * january.median)
    #expect(january.upper < 300 && february.upper < 300)
    #expect(isClose(january.upper + february.lower, 300, absolute: 4))
    #expect(isClose(january.lower + february.upper, 300, absolute: 4))
    let sum = try #require(
      history.level(over: PeriodRange(from: .month(2024, 1), through: .month(2024, 2))))
    #expect(sum.lower > 299 && sum.upper < 301)
  }

  @Test("a complete series gives its own growth rates with no doubt")
  func complete() throws {
    var facts: [Fact] = []
    let values = (0..<48).map { 100 + 10 * Double($0 % 12) + Double($0) }
    for (i, value) in values.enumerated() {
      facts.append(
        Fact(
          series: "s", period: PeriodRange(Period.month(2022, 1).advanced(by: i)), measure: .level,
          value: value,
          unit: "t", halfWidth: 0))
    }
    let history = try HistoryProjector().history("s", from: facts)
    let series = TimeSeries(values, start: .month(2022, 1))
    for measure in GrowthMeasure.allCases {
      let growth = try #require(history.growth(measure, at: .month(2025, 12)))
      #expect(abs(growth.median - series.growth(measure, at: .month(2025, 12))) < 3e-4, "\(measure)")
      #expect(growth.upper - growth.lower < 1e-3)
    }
    #expect(history.chanceOfRecord(.highest, at: .month(2025, 12)) == 1)
  }
}
