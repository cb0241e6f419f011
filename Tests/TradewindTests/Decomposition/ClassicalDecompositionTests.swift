import TestSupport
import Testing
import Tradewind

@Suite("Classical decomposition")
struct ClassicalDecompositionTests {
  @Test("components equal stats::decompose", arguments: DecompositionMode.allCases)
  func equalsR(mode: DecompositionMode) throws {
    let rows = try References.rows("decomposition/decompose.csv").filter { $0["type"] == mode.rawValue }
    for series in try m3Series() {
      let expected = rows.filter { $0["series"] == series.name }
      let parts = try ClassicalDecomposition(mode: mode).decompose(series)
      let range = (series.values.max() ?? 0) - (series.values.min() ?? 0)
      let unit = mode == .additive ? range : 1
      for (column, values, scale) in [
        ("trend", parts.trend, range), ("seasonal", parts.seasonal, unit), ("random", parts.remainder, unit),
      ] {
        let reference = expected.map { Double($0[column] ?? "") ?? .nan }
        #expect(reference.contains { $0.isFinite })
        #expect(largestDifference(values, reference) < 1e-12 * scale, "\(series.name) \(column)")
      }
    }
  }

  /// A line plus a pattern of quarters that sums to zero: both are found exactly.
  @Test("a straight line with a fixed season is taken apart exactly", arguments: [4, 5])
  func lineAndSeason(period: Int) throws {
    let pattern = period == 4 ? [3.0, -1, -4, 2] : [3.0, -1, -4, 2, 0]
    let values = (0..<(5 * period)).map { 10 + 0.5 * Double($0) + pattern[$0 % period] }
    let parts = try ClassicalDecomposition().decompose(
      TimeSeries(values, start: .quarter(2000, 2), seasonalPeriod: period))
    #expect(largestDifference(parts.seasonal, values.indices.map { pattern[$0 % period] }) < 1e-12)
    for i in values.indices {
      let known = i >= period / 2 && i < values.count - period / 2
      #expect(parts.trend[i].isNaN != known)
      if known { #expect(isClose(parts.trend[i], 10 + 0.5 * Double(i), relative: 1e-14)) }
    }
  }

  @Test("an additive season sums to zero over a year, a multiplicative one averages 1")
  func figureIsCentred() throws {
    for series in try m3Series() {
      let additive = try ClassicalDecomposition(mode: .additive).decompose(series)
      let multiplicative = try ClassicalDecomposition(mode: .multiplicative).decompose(series)
      #expect(abs(additive.seasonal[5..<17].reduce(0, +)) < 1e-9)
      #expect(isClose(multiplicative.seasonal[5..<17].reduce(0, +), 12, relative: 1e-13))
    }
  }

  @Test("a missing value leaves the trend unknown for a year around it, and the rest as it was")
  func gap() throws {
    var series = try #require(try m3Series().first)
    let whole = try ClassicalDecomposition().decompose(series)
    series.values[40] = .nan
    let parts = try ClassicalDecomposition().decompose(series)
    for i in series.values.indices {
      if (34...46).contains(i) {
        #expect(parts.trend[i].isNaN)
      } else {
        #expect(largestDifference([parts.trend[i]], [whole.trend[i]]) == 0)
      }
    }
    #expect(parts.seasonal.allSatisfy { $0.isFinite })
    #expect(parts.remainder[40].isNaN)
  }

  @Test("two years are enough, one month less is not")
  func shortest() throws {
    let values = (0..<24).map { 5 + Double($0 % 12) }
    let start = Period.month(2020, 3)
    let parts = try ClassicalDecomposition().decompose(TimeSeries(values, start: start))
    #expect(isClose(parts.seasonal[0], -5.5, absolute: 1e-12))
    #expect(throws: DecompositionError.tooShort(needed: 24, found: 23)) {
      try ClassicalDecomposition().decompose(TimeSeries(Array(values.dropLast()), start: start))
    }
  }

  @Test("gaps that leave a season without a trend are named by the season")
  func seasonLost() throws {
    var values = (0..<24).map { 5 + Double($0 % 12) }
    values[1] = .nan
    // With two years only indices 6 to 17 have a trend, and the gap takes index 6, September 2020, away.
    #expect(throws: DecompositionError.seasonNeverObserved(season: 9, seasonalPeriod: 12)) {
      try ClassicalDecomposition().decompose(TimeSeries(values, start: .month(2020, 3)))
    }
  }
}
