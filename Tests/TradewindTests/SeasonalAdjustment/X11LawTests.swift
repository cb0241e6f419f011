import TestSupport
import Testing
import Tradewind

@Suite("X-11: laws and limits")
struct X11LawTests {
  private static func imports() throws -> TimeSeries { try X11Run("imp-mult-default").series }

  @Test("the components combine to the series as the mode says", arguments: X11Mode.allCases)
  func components(mode: X11Mode) throws {
    let series = try Self.imports()
    let parts = try X11(mode: mode).decompose(series)
    for i in 0..<series.count {
      let (s, t, e) = (parts.seasonal[i], parts.trend[i], parts.irregular[i])
      let (sum, adjusted) =
        switch mode {
        case .multiplicative, .logAdditive: (s * t * e, series.values[i] / s)
        case .additive: (s + t + e, series.values[i] - s)
        case .pseudoAdditive: (t * (s + e - 1), series.values[i] - t * (s - 1))
        }
      #expect(isClose(sum, series.values[i], relative: 1e-13))
      #expect(isClose(adjusted, parts.seasonallyAdjusted[i], relative: 1e-13))
    }
  }

  @Test("scaling the series scales level and trend and leaves the factors", arguments: X11Mode.allCases)
  func scaling(mode: X11Mode) throws {
    let series = try Self.imports()
    // A power of two, so that rounding is the same.
    let double = TimeSeries(series.values.map { 1024 * $0 }, start: series.start)
    let (one, other) = (try X11(mode: mode).decompose(series), try X11(mode: mode).decompose(double))
    let factor = mode == .additive ? 1024.0 : 1
    for i in 0..<series.count {
      #expect(isClose(other.trend[i], 1024 * one.trend[i], relative: 1e-12))
      #expect(isClose(other.seasonal[i], factor * one.seasonal[i], relative: 1e-12))
    }
  }

  @Test("a season that repeats on a level is taken off exactly; on a line, away from the ends")
  func exact() throws {
    let pattern = [3.0, -1, 4, -1, -5, 0, -2, 6, -5, 3, -5, 3]
    // Musgrave's end weights keep a level, not a line: what they miss reaches far into the series.
    for (count, slope, checked) in [(120, 0.0, 0..<120), (480, 0.5, 204..<276)] {
      let values = (0..<count).map { (t: Int) -> Double in 100 + slope * Double(t) + pattern[t % 12] }
      let parts = try X11(mode: .additive).decompose(TimeSeries(values, start: .month(2001, 1)))
      for i in checked {
        #expect(isClose(parts.seasonal[i], pattern[i % 12], absolute: 1e-12))
        #expect(isClose(parts.trend[i], 100 + slope * Double(i), absolute: 1e-10))
      }
    }
  }

  @Test("a constant is all trend, and has no quality to judge", arguments: X11Mode.allCases)
  func constant(mode: X11Mode) throws {
    let series = TimeSeries(Array(repeating: 7, count: 60), start: .month(2001, 5))
    let parts = try X11(mode: mode).decompose(series)
    #expect(parts.trend.allSatisfy { isClose($0, 7, relative: 1e-14) })
    #expect(parts.seasonallyAdjusted.allSatisfy { isClose($0, 7, relative: 1e-14) })
    #expect(parts.seasonal.allSatisfy { isClose($0, mode == .additive ? 0 : 1, absolute: 1e-14) })
    #expect(parts.quality() == nil)
  }

  @Test("an engine forgets: the same series gives the same after others")
  func reuse() throws {
    var engine = X11Engine()
    let series = try Self.imports()
    let first = try engine.decompose(series, by: X11())
    _ = try engine.decompose(series.prefix(40), by: X11(mode: .pseudoAdditive, calendarSigma: .bySeason))
    _ = try engine.decompose(series, by: X11(mode: .logAdditive, trendFilter: .terms(7)))
    #expect(try engine.decompose(series, by: X11()).extended.trend == first.extended.trend)
    #expect(try X11().decompose(series).extended.seasonal == first.extended.seasonal)
  }

  @Test("a month far off counts not at all; its season hardly moves")
  func outlier() throws {
    let series = try Self.imports()
    var spoiled = series
    spoiled.values[200] *= 1.3
    let (clean, parts) = (try X11().decompose(series), try X11().decompose(spoiled))
    #expect(parts.weights[200] == 0)
    // Without its weight the thirty per cent would move the mean of seven years by four.
    #expect(isClose(parts.seasonal[200], clean.seasonal[200], relative: 0.015))
    #expect(parts.irregular[200] > 1.2)
    var trusting = X11()
    (trusting.lowerSigma, trusting.upperSigma) = (98, 99)
    let moved = try trusting.decompose(spoiled).seasonal[200] / trusting.decompose(series).seasonal[200]
    #expect(moved > 1.03)
  }

  @Test("three years are enough and thirty-five months too few")
  func shortest() throws {
    let series = try Self.imports()
    let parts = try X11().decompose(series.prefix(36))
    #expect(
      parts.trend.allSatisfy { $0 > 0 }
        && parts.choices.seasonalFilters == Array(repeating: .stable, count: 12))
    #expect(throws: X11Error.tooShort(needed: 36, found: 35)) { try X11().decompose(series.prefix(35)) }
    let quarters = TimeSeries((0..<12).map { Double(10 + $0 % 4) }, start: .quarter(2001, 2))
    #expect(try X11().decompose(quarters).trend.count == 12)
    #expect(throws: X11Error.tooShort(needed: 12, found: 11)) { try X11().decompose(quarters.prefix(11)) }
  }

  @Test("eighty years")
  func long() throws {
    let pattern = [0.9, 0.8, 1.1, 1, 1.05, 1.02, 1.08, 1.01, 0.97, 1.03, 1.0, 1.04]
    var values: [Double] = []
    for (t, noise) in X11Noise.standard(960, seed: 8).enumerated() {
      let trend = 100 + 0.1 * Double(t)
      values.append(trend * pattern[t % 12] * (1 + 0.01 * noise))
    }
    let series = TimeSeries(values, start: .month(1945, 3))
    let parts = try X11().decompose(series)
    #expect(parts.quality()?.identifiable == .present)
    #expect(try X11(seasonalFilter: .s3x15, trendFilter: .terms(101)).decompose(series).trend.count == 960)
  }

  @Test("what cannot be adjusted is refused in words")
  func refusals() throws {
    let series = try Self.imports()
    func with(_ value: Double, at index: Int = 7) -> TimeSeries {
      var other = series
      other.values[index] = value
      return other
    }
    let february = Period.month(1984, 2)
    for mode in X11Mode.allCases {
      #expect(throws: X11Error.missing(period: february, count: 1)) {
        try X11(mode: mode).decompose(with(.nan))
      }
      #expect(throws: X11Error.notFinite(period: february, value: .infinity)) {
        try X11(mode: mode).decompose(with(.infinity))
      }
    }
    for mode in [X11Mode.multiplicative, .logAdditive] {
      #expect(throws: X11Error.notPositive(period: february, value: 0, mode: mode)) {
        try X11(mode: mode).decompose(with(0))
      }
    }
    #expect(throws: X11Error.notPositive(period: february, value: -1, mode: .pseudoAdditive)) {
      try X11(mode: .pseudoAdditive).decompose(with(-1))
    }
    #expect(try X11(mode: .pseudoAdditive).decompose(with(0)).trend.allSatisfy(\.isFinite))
    #expect(try X11(mode: .additive).decompose(with(-100)).trend.allSatisfy(\.isFinite))
    #expect(throws: X11Error.unsupportedPeriod(seasonalPeriod: 1)) {
      try X11().decompose(TimeSeries(Array(repeating: 1, count: 40), start: .year(1980)))
    }
    #expect(throws: X11Error.trendTooLong(length: 41, found: 40)) {
      try X11(trendFilter: .terms(41)).decompose(series.prefix(40))
    }
    #expect(throws: X11Error.noObservations(count: 0)) { try X11().decompose(series.prefix(0)) }
    #expect(throws: X11Error.notPositive(period: .month(2014, 1), value: -3, mode: .multiplicative)) {
      try X11().decompose(series, forecasts: [-3])
    }
    #expect(
      X11Error.missing(period: february, count: 3).description
        == "the value of 1984-02 is missing, with 2 more: X-11 alone bridges no gap")
    #expect(
      X11Error.notPositive(period: february, value: 0, mode: .multiplicative).description
        == "the value of 1984-02 is 0.0; a multiplicative adjustment needs values above zero")
  }

  @Test(
    "odd series are adjusted to finite components or refused",
    arguments: OddSeries.difficult + OddSeries.constant)
  func odd(one: OddSeries) throws {
    for mode in X11Mode.allCases {
      for rule in [X11CalendarSigma.movingFiveYears, .bySeason, .bySeasonIfSignificant, .byGroup([1, 2])] {
        let x11 = X11(mode: mode, calendarSigma: rule)
        switch Result(catching: { () throws(X11Error) in try x11.decompose(one.series) }) {
        case .failure(let error): #expect(!error.description.isEmpty)
        case .success(let parts):
          for values in [parts.trend, parts.seasonallyAdjusted, parts.irregular] {
            let areFinite = values.allSatisfy(\.isFinite)
            #expect(areFinite, "\(one), \(mode)")
          }
          let areWeights = parts.weights.allSatisfy { (0...1).contains($0) }
          #expect(areWeights)
          if let quality = parts.quality() { #expect((0...3).contains(quality.q), "\(one), \(mode)") }
        }
      }
    }
  }

  @Test("zeros in every year of a pseudo-additive adjustment leave finite components")
  func zeros() throws {
    var values = [Double](repeating: 0, count: 96)
    for t in 0..<96 where t % 12 != 1 { values[t] = Double(50 + t % 7 + t) }
    let series = TimeSeries(values, start: .month(2001, 1))
    do {
      let parts = try X11(mode: .pseudoAdditive).decompose(series)
      #expect(parts.seasonallyAdjusted.allSatisfy(\.isFinite) && parts.irregular.allSatisfy(\.isFinite))
      #expect(parts.quality()?.q.isFinite == true)
    } catch X11Error.zeroSeasonalFactor {
      // The factor of a month that is always zero, at an end: X-13 stops here too.
    }
  }
}

/// Numbers that look random and are the same everywhere.
private enum X11Noise {
  static func standard(_ count: Int, seed: UInt64) -> [Double] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<count).map { _ in
      var sum = 0.0
      for _ in 0..<12 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        sum += Double(state >> 11) / Double(1 << 53)
      }
      return sum - 6
    }
  }
}
