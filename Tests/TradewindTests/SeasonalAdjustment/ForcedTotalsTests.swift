import TestSupport
import Testing
import Tradewind

@Suite("Forced yearly totals")
struct ForcedTotalsTests {
  static func reference() throws -> [[String: String]] { try References.rows("x11/force.csv") }

  static func column(_ name: String) throws -> TimeSeries {
    TimeSeries(
      try reference().map { try #require(Double($0[name] ?? "")) }, start: .month(1949, 1), name: name)
  }

  @Test("Denton's corrections are X-13's to 1e-8, regression with ρ = 0.9 and λ = 1 to 1e-11")
  func asX13() throws {
    // X-13 lets the year of forecasts take part.
    let original = try X11Run("ap-mult-default").series
    let forecasts = try X11ReferenceTests.extension(of: "ap-airline-fc12", "forecast")
    let parts = try X11().decompose(original, forecasts: forecasts)
    let adjusted = TimeSeries(parts.extended.seasonallyAdjusted, start: original.start)
    let target = TimeSeries(parts.extended.series, start: original.start)
    let denton = try ForcedTotals().adjust(adjusted, to: target)
    let regression = try ForcedTotals(.regression(rho: 0.9, lambda: 1)).adjust(adjusted, to: target)
    let (theirAdjusted, theirDenton) = (try Self.column("d11"), try Self.column("denton"))
    let theirs = try Self.column("regress")
    for i in 0..<144 {
      #expect(isClose(adjusted.values[i], theirAdjusted.values[i], relative: 1e-12), "\(i)")
      #expect(isClose(denton.values[i], theirDenton.values[i], relative: 1e-8), "\(i)")
      #expect(isClose(regression.values[i], theirs.values[i], relative: 1e-11), "\(i)")
    }
  }

  @Test(
    "whole years have the target's totals, wherever they begin and whatever the method",
    arguments: [1, 4, 12],
    [
      ForcedTotals.Method.denton, .regression(rho: 0.9, lambda: 0), .regression(rho: 1, lambda: 1),
      .regression(rho: 0, lambda: 0.5), .regression(rho: 1, lambda: 0),
    ])
  func totals(firstSeason: Int, method: ForcedTotals.Method) throws {
    let original = try X11Run("imp-mult-default").series
    let adjusted = TimeSeries(
      try X11().decompose(original).seasonallyAdjusted, start: original.start)
    let forced = try ForcedTotals(method, firstSeason: firstSeason).adjust(adjusted, to: original)
    let first = (firstSeason - 7 + 12) % 12
    for begin in stride(from: first, through: original.count - 12, by: 12) {
      let ours = forced.values[begin..<begin + 12].reduce(0, +)
      let wanted = original.values[begin..<begin + 12].reduce(0, +)
      #expect(isClose(ours, wanted, relative: 1e-11), "\(begin)")
    }
    #expect(forced.values != adjusted.values)
  }

  @Test("prorating (ρ = 0, λ = ½) multiplies each year by one number")
  func prorating() throws {
    let original = try X11Run("ap-mult-default").series
    let adjusted = try Self.column("d11")
    let forced = try ForcedTotals(.regression(rho: 0, lambda: 0.5)).adjust(adjusted, to: original)
    for year in 0..<12 {
      let ratios = (12 * year..<12 * year + 12).map { forced.values[$0] / adjusted.values[$0] }
      #expect(ratios.allSatisfy { isClose($0, ratios[0], relative: 1e-12) })
    }
  }

  @Test("what cannot be forced is said in words")
  func errors() throws {
    let four = TimeSeries(Array(repeating: 1, count: 48), start: .month(2000, 1))
    #expect(throws: ForcedTotalsError.tooFewYears(needed: 5, found: 4)) {
      try ForcedTotals().adjust(four, to: four)
    }
    #expect(throws: ForcedTotalsError.tooFewYears(needed: 1, found: 0)) {
      try ForcedTotals(.regression(rho: 1, lambda: 1)).adjust(four.prefix(11), to: four.prefix(11))
    }
    let zeros = TimeSeries(Array(repeating: 0, count: 48), start: .month(2000, 1))
    #expect(throws: ForcedTotalsError.allZero) {
      try ForcedTotals(.regression(rho: 1, lambda: 1)).adjust(zeros, to: four)
    }
    #expect(
      throws: ForcedTotalsError.differentPeriods(
        adjusted: .month(2000, 1)...(.month(2003, 12)), target: .month(2000, 1)...(.month(2003, 11)))
    ) { try ForcedTotals().adjust(four, to: four.prefix(47)) }
    var gap = four
    gap.values[3] = .nan
    #expect(throws: ForcedTotalsError.notFinite(period: .month(2000, 4))) {
      try ForcedTotals().adjust(four, to: gap)
    }
    let message = ForcedTotalsError.tooFewYears(needed: 5, found: 1).description
    #expect(message == "1 whole year is too few: 5 are needed")
  }
}
