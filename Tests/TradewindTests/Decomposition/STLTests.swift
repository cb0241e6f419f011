import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@Suite("STL")
struct STLTests {
  static let methods: [STL] = [
    STL(), STL(robust: true), STL(seasonalWindow: .length(7)), STL(seasonalWindow: .length(13), robust: true),
    STL(seasonalWindow: .length(9), seasonalDegree: 1, trendWindow: 25, trendDegree: 0, lowPassDegree: 1),
  ]

  /// A seeded series with trend, season and noise.
  static func series(count: Int = 90, seed: UInt64 = 7) -> TimeSeries {
    var generator = SeededGenerator(seed: seed)
    let pattern: [Double] = [4, -7, 1, 0, 3, 2, -5, 1, 6, -2, -3, 0]
    let values = (0..<count).map { i -> Double in
      let level = 200 + 0.3 * Double(i)
      return level + pattern[i % 12] + 2 * generator.nextNormal()
    }
    return TimeSeries(values, start: .month(2001, 5))
  }

  @Test("components add up to what is observed", arguments: methods)
  func addsUp(stl: STL) throws {
    let series = Self.series()
    let parts = try stl.decompose(series)
    for i in series.values.indices {
      let sum = parts.trend[i] + parts.seasonal[i] + parts.remainder[i]
      #expect(isClose(sum, series.values[i], relative: 1e-15))
    }
    #expect(
      largestDifference(parts.seasonallyAdjusted, zip(parts.trend, parts.remainder).map { $0 + $1 }) < 1e-12)
  }

  @Test("shifting shifts the trend, scaling scales every component", arguments: methods)
  func equivariant(stl: STL) throws {
    let series = Self.series()
    let parts = try stl.decompose(series)
    var other = series
    other.values = series.values.map { 1e6 - 40 * $0 }
    let moved = try stl.decompose(other)
    // Values near 10⁶ are stored to 10⁻¹⁰.
    #expect(largestDifference(moved.trend, parts.trend.map { 1e6 - 40 * $0 }) < 2e-7)
    #expect(largestDifference(moved.seasonal, parts.seasonal.map { -40 * $0 }) < 2e-7)
    #expect(largestDifference(moved.weights, parts.weights) < 2e-8)
  }

  @Test("a constant series is all trend", arguments: methods)
  func constant(stl: STL) throws {
    let values = [Double](repeating: 8.5, count: 60)
    let parts = try stl.decompose(TimeSeries(values, start: .month(2000, 1)))
    #expect(largestDifference(parts.trend, values) < 1e-13)
    #expect(largestDifference(parts.seasonal, values.map { _ in 0 }) < 1e-13)
  }

  @Test("with local lines for season and trend, a line plus a fixed season is taken apart exactly")
  func lineAndSeason() throws {
    let pattern: [Double] = [3, -1, -4, 2]
    let values = (0..<40).map { 10 + 0.5 * Double($0) + pattern[$0 % 4] }
    let stl = STL(seasonalWindow: .length(7), seasonalDegree: 1)
    let parts = try stl.decompose(TimeSeries(values, start: .quarter(2000, 1)))
    #expect(largestDifference(parts.seasonal, values.indices.map { pattern[$0 % 4] }) < 1e-11)
    #expect(largestDifference(parts.trend, values.indices.map { 10 + 0.5 * Double($0) }) < 1e-11)
    #expect(isClose(parts.seasonalStrength, 1, absolute: 1e-12))
    #expect(isClose(parts.trendStrength, 1, absolute: 1e-12))
  }

  @Test("a season that repeats exactly is found exactly", arguments: [false, true])
  func pureSeason(robust: Bool) throws {
    let pattern: [Double] = [4, -7, 1, 0, 3, 2, -5, 1, 6, -2, -3, 0]
    let values = (0..<61).map { 50 + pattern[$0 % 12] }
    let parts = try STL(robust: robust).decompose(TimeSeries(values, start: .month(2000, 1)))
    #expect(largestDifference(parts.seasonal, values.map { $0 - 50 }) < 1e-11)
    #expect(largestDifference(parts.trend, values.map { _ in 50 }) < 1e-11)
  }

  @Test("an outlier loses its weight and hardly moves robust components")
  func outlier() throws {
    let series = Self.series()
    var spoilt = series
    spoilt.values[50] += 500
    let clean = try STL(robust: true).decompose(series)
    let robust = try STL(robust: true).decompose(spoilt)
    let plain = try STL().decompose(spoilt)
    #expect(robust.weights[50] == 0)
    #expect(largestDifference(robust.trend, clean.trend) < 1)
    #expect(largestDifference(plain.trend, clean.trend) > 20)
  }

  @Test("a multiplicative decomposition multiplies up and is the additive one of the logarithms")
  func multiplicative() throws {
    let series = Self.series()
    let parts = try STL(mode: .multiplicative).decompose(series)
    for i in series.values.indices {
      #expect(
        isClose(parts.trend[i] * parts.seasonal[i] * parts.remainder[i], series.values[i], relative: 1e-14))
    }
    var tenfold = series
    tenfold.values = series.values.map { 10 * $0 }
    let scaled = try STL(mode: .multiplicative).decompose(tenfold)
    #expect(largestDifference(scaled.seasonal, parts.seasonal) < 1e-12)
    #expect(largestDifference(scaled.trend, parts.trend.map { 10 * $0 }) < 1e-9)
    #expect(isClose(scaled.seasonalStrength, parts.seasonalStrength, absolute: 1e-10))
  }

  @Test("a gap is bridged: a fixed season on a line comes back inside it, and the remainder is missing")
  func gaps() throws {
    let pattern: [Double] = [3, -1, -4, 2]
    let values = (0..<60).map { 10 + 0.5 * Double($0) + pattern[$0 % 4] }
    var holed = values
    for i in [0, 7, 20, 21, 22, 23, 24, 25, 41, 59] { holed[i] = .nan }
    let stl = STL(seasonalWindow: .length(7), seasonalDegree: 1)
    let parts = try stl.decompose(TimeSeries(holed, start: .quarter(2000, 1)))
    #expect(largestDifference(parts.seasonal, values.indices.map { pattern[$0 % 4] }) < 1e-11)
    #expect(largestDifference(parts.trend, values.indices.map { 10 + 0.5 * Double($0) }) < 1e-11)
    for i in holed.indices {
      #expect(parts.remainder[i].isNaN == holed[i].isNaN)
      #expect(parts.weights[i].isNaN == holed[i].isNaN)
    }
  }

  @Test("components stay finite however the series is holed", arguments: methods)
  func anyHoles(stl: STL) throws {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<40 {
      var series = Self.series(count: 30 + round, seed: UInt64(round))
      let share = Double(round % 9) / 10
      for i in series.values.indices where generator.nextUniform() < share { series.values[i] = .nan }
      do {
        let parts = try stl.decompose(series)
        #expect(parts.trend.allSatisfy { $0.isFinite }, "round \(round)")
        #expect(parts.seasonal.allSatisfy { $0.isFinite }, "round \(round)")
      } catch DecompositionError.seasonNeverObserved {
        #expect(share > 0)
      }
    }
  }

  @Test("even, tiny and huge windows are taken as the nearest legal ones")
  func windows() throws {
    let series = Self.series()
    let even = try STL(seasonalWindow: .length(12), trendWindow: 20, seasonalJump: 2, trendJump: 1).decompose(
      series)
    let odd = try STL(seasonalWindow: .length(13), trendWindow: 21, seasonalJump: 2, trendJump: 1).decompose(
      series)
    #expect(even == odd)
    for window in [Int.min, -1, 0, 1, Int.max] {
      let parts = try STL(
        seasonalWindow: .length(window), trendWindow: window, lowPassWindow: window, innerIterations: -1,
        outerIterations: -1
      ).decompose(series)
      #expect(parts.trend.allSatisfy { $0.isFinite })
    }
  }
}
