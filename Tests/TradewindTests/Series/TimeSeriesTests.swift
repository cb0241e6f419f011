import TestSupport
import Testing
import Tradewind

@Suite struct TimeSeriesTests {
  private let series = TimeSeries([1, 2, .nan, 4], start: .month(2024, 11), name: "a")

  @Test("values are found by their period")
  func lookUp() {
    #expect(series.end == .month(2025, 2) && series.count == 4 && series.missingCount == 1)
    #expect(series[.month(2024, 12)] == 2)
    #expect(series[.month(2025, 1)]?.isNaN == true)
    #expect(series[.month(2024, 10)] == nil && series[.month(2025, 3)] == nil && series[.year(2025)] == nil)
    #expect(series.periods.map { series[$0] ?? -1 }.count == 4)
    #expect(series.period(at: 2) == .month(2025, 1))
  }

  @Test("the season follows the unit unless it is given")
  func season() {
    #expect(TimeSeries([], start: .month(2025, 1)).seasonalPeriod == 12)
    #expect(TimeSeries([], start: .quarter(2025, 1)).seasonalPeriod == 4)
    #expect(TimeSeries([], start: .year(2025)).seasonalPeriod == 1)
    #expect(TimeSeries([], start: .month(2025, 1), seasonalPeriod: 6).seasonalPeriod == 6)
  }

  @Test("parts keep their periods")
  func parts() {
    #expect(series.slice(from: .month(2024, 12), through: .month(2030, 1)).values.count == 3)
    #expect(series.slice(from: .month(2024, 12), through: .month(2024, 12)).values == [2])
    #expect(series.slice(from: .month(2026, 1), through: .month(2027, 1)).count == 0)
    #expect(series.slice(from: .month(2025, 1), through: .month(2024, 1)).count == 0)
    #expect(series.slice(from: .month(1, 1), through: .month(9999, 1)) == series)
    #expect(series.suffix(1) == TimeSeries([4], start: .month(2025, 2), name: "a"))
    #expect(series.prefix(2) == TimeSeries([1, 2], start: .month(2024, 11), name: "a"))
    #expect(series.suffix(9) == series && series.prefix(9) == series)
    #expect(series.suffix(0).start == .month(2025, 3) && series.prefix(-1).count == 0)
  }

  @Test("a part may be named in other units, and holds only whole periods")
  func partsInOtherUnits() {
    let quarters = TimeSeries([1, 2, 3, 4, 5], start: .quarter(2024, 1))
    #expect(quarters.slice(from: .month(2024, 2), through: .month(2024, 11)).values == [2, 3])
    #expect(quarters.slice(from: .month(2024, 1), through: .month(2024, 12)).values == [1, 2, 3, 4])
    #expect(quarters.slice(from: .year(2024), through: .year(2024)).values == [1, 2, 3, 4])
    #expect(series.slice(from: .quarter(2024, 4), through: .quarter(2024, 4)).values == [1, 2])
  }

  @Test("an empty series ends before it starts and has no periods")
  func empty() {
    let empty = TimeSeries([], start: .month(2025, 1))
    #expect(empty.end == .month(2024, 12) && empty.periods.isEmpty && empty[.month(2025, 1)] == nil)
  }

  @Test("a missing value equals a missing value and nothing else")
  func equality() {
    #expect(series == series)
    #expect(series != TimeSeries([1, 2, 3, 4], start: .month(2024, 11), name: "a"))
    #expect(series != TimeSeries([1, 2, .nan, 4], start: .month(2024, 11), name: "b"))
  }
}
