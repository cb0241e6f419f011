import Foundation
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

/// The statistics of R 4.2.2 (forecast 8.20, urca 1.3-3) on ten series and four transformations of each.
@Suite("Unit-root tests")
struct UnitRootTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let row: [String: String]
    let series: TimeSeries
    var testDescription: String { "\(row["series"] ?? "") \(row["form"] ?? "")" }
    func number(_ column: String) throws -> Double { try #require(row[column].flatMap(Double.init)) }
    func whole(_ column: String) throws -> Int { try #require(row[column].flatMap { Int($0) }) }
  }

  static func cases() throws -> [Case] {
    var all: [String: TimeSeries] = [:]
    for one in try m3Series() { all[one.name] = one }
    for file in ["series/monthly-long.csv", "series/china-exports-imports.csv"] {
      for one in try SeriesFile.parse(bytes: References.bytes(file), file: file) { all[one.name] = one }
    }
    all["exports"] = all["exports_100m_usd"]
    all["imports"] = all["imports_100m_usd"]
    return try References.rows("arima-automatic/unit-roots.csv").map { row in
      let series = try #require(all[row["series"] ?? ""])
      return Case(row: row, series: try transformed(series, row["form"] ?? ""))
    }
  }

  static func transformed(_ series: TimeSeries, _ form: String) throws -> TimeSeries {
    let y = series.values
    switch form {
    case "level": return series
    case "log": return TimeSeries(y.map { log($0) }, start: series.start)
    case "difference": return TimeSeries(differenced(y, lag: 1), start: series.start)
    case "first48": return series.prefix(48)
    case "quarters":
      let means = (0..<y.count / 3).map { (i: Int) -> Double in y[(3 * i)..<(3 * i + 3)].reduce(0, +) / 3 }
      return TimeSeries(means, start: .quarter(2000, 1))
    default: throw CocoaError(.featureUnsupported)
    }
  }

  @Test("fifty series have R's statistics, lags and critical values")
  func references() throws {
    for one in try Self.cases() {
      let series = one.series
      func check(_ test: UnitRootTest?, _ column: String, _ tolerance: Double = 1e-8) throws -> UnitRootTest {
        let test = try #require(test, "\(one.testDescription) \(column)")
        let expected = try one.number(column)
        #expect(
          isClose(test.statistic, expected, relative: tolerance),
          "\(one.testDescription) \(column): \(test.statistic), R \(expected)")
        return test
      }
      #expect(try series.count == one.whole("n"))
      _ = try check(.kpss(series), "kpss")
      _ = try check(.kpss(series, about: .trend), "kpss_trend")
      _ = try check(.augmentedDickeyFuller(series), "adf")
      _ = try check(.augmentedDickeyFuller(series, about: .trend, lags: 3), "adf_trend")
      let level = try check(.phillipsPerron(series), "pp")
      #expect(isClose(level.criticalValue, try one.number("pp_critical"), relative: 1e-9))
      let trend = try check(.phillipsPerron(series, about: .trend), "pp_trend", 1e-7)
      #expect(isClose(trend.criticalValue, try one.number("pp_trend_critical"), relative: 1e-9))
      _ = try check(.seasonalStrength(series), "strength", 1e-7)
      let ocsb = try check(.ocsb(series), "ocsb", 1e-7)
      #expect(isClose(ocsb.criticalValue, try one.number("ocsb_critical"), relative: 1e-9))
      #expect(try ocsb.lags == one.whole("ocsb_lags"))
      _ = try check(.canovaHansen(series), "ch", 1e-7)
    }
  }

  @Test("as many differences as R's ndiffs and nsdiffs take")
  func differences() throws {
    for one in try Self.cases() {
      let (y, period) = (one.series.values, one.series.seasonalPeriod)
      for (test, column) in [
        (AutoARIMA.DifferenceTest.kpss, "ndiffs"), (.augmentedDickeyFuller, "ndiffs_adf"),
        (.phillipsPerron, "ndiffs_pp"),
      ] {
        let count = DifferencingRule(test: test).differences(of: y, atMost: 2)
        #expect(try count.differences == one.whole(column), "\(one.testDescription) \(column)")
        #expect(count.tests.count == min(count.differences + 1, 2))
      }
      for (test, column) in [
        (AutoARIMA.SeasonalDifferenceTest.strength, "nsdiffs"), (.ocsb, "nsdiffs_ocsb"),
      ] {
        let count = DifferencingRule(seasonalTest: test).seasonalDifferences(of: y, period: period, atMost: 1)
        #expect(try count.differences == one.whole(column), "\(one.testDescription) \(column)")
      }
    }
  }

  /// Their Table 1, whose entries were simulated and have three digits.
  @Test("critical values of Canova and Hansen (1995) are those of their table")
  func canovaHansenTable() {
    let table = [(1, 0.470), (2, 0.749), (3, 1.01), (4, 1.24), (5, 1.47), (6, 1.68), (11, 2.75), (12, 2.96)]
    for (degrees, critical) in table {
      let quantile = VonMisesLimit(degrees: degrees).upperQuantile(0.05)
      #expect(isClose(quantile, critical, relative: 0.025), "\(degrees): \(quantile)")
    }
    // Anderson and Darling (1952), Table 1, of the law for one degree of freedom: exact to five digits.
    for (probability, x) in [(0.1, 0.34730), (0.05, 0.46136), (0.01, 0.74346), (0.5, 0.11888)] {
      #expect(isClose(VonMisesLimit(degrees: 1).upperQuantile(probability), x, absolute: 2e-5))
    }
    #expect(VonMisesLimit(degrees: 3).upperTail(0) == 1)
    #expect(VonMisesLimit(degrees: 3).upperTail(50) < 1e-5)
  }

  @Test("a random walk is differenced, white noise is not, by every test")
  func walkAndNoise() {
    let noise = SeededNoise.normal(200, seed: 5)
    var sum = 0.0
    let walk = noise.map { value -> Double in
      sum += value
      return sum
    }
    for test in AutoARIMA.DifferenceTest.allCases {
      #expect(DifferencingRule(test: test).differences(of: noise, atMost: 2).differences == 0, "\(test)")
      #expect(DifferencingRule(test: test).differences(of: walk, atMost: 2).differences == 1, "\(test)")
    }
  }

  @Test("a seasonal random walk is differenced over the season, white noise is not, by every test")
  func seasonalWalk() {
    let noise = SeededNoise.normal(600, seed: 8)
    // The strength is no test: it wants a season that stands out.
    var walk = noise.enumerated().map { $0 < 12 ? 5 * $1 : $1 }
    for t in 12..<600 { walk[t] += walk[t - 12] }
    for test in AutoARIMA.SeasonalDifferenceTest.allCases {
      let rule = DifferencingRule(seasonalTest: test)
      #expect(rule.seasonalDifferences(of: noise, period: 12, atMost: 1).differences == 0, "\(test)")
      #expect(rule.seasonalDifferences(of: walk, period: 12, atMost: 1).differences == 1, "\(test)")
    }
  }

  @Test("nothing is said of series that are constant, too short or without observations")
  func nothingToSay() {
    for values in [[], [1], [3, 3, 3, 3, 3, 3, 3, 3], [.nan, .nan], [0, 0, 0, 0, 0, 0, 0]] as [[Double]] {
      let series = TimeSeries(values, start: .month(2020, 1))
      #expect(UnitRootTest.kpss(series) == nil)
      #expect(UnitRootTest.kpss(series, about: .trend) == nil)
      #expect(UnitRootTest.augmentedDickeyFuller(series) == nil)
      #expect(UnitRootTest.phillipsPerron(series) == nil)
      #expect(UnitRootTest.seasonalStrength(series) == nil)
      #expect(UnitRootTest.ocsb(series) == nil)
      #expect(UnitRootTest.canovaHansen(series) == nil)
    }
    let rule = DifferencingRule()
    #expect(rule.differences(of: [], atMost: 2).differences == 0)
    #expect(rule.seasonalDifferences(of: [1, 2, 3], period: 12, atMost: 1).differences == 0)
  }

  @Test("the statistics about a line do not depend on the level, far from zero either")
  func level() throws {
    let series = try #require(try m3Series().first)
    let high = TimeSeries(series.values.map { $0 + 1e9 }, start: series.start)
    let a = try #require(UnitRootTest.phillipsPerron(series, about: .trend))
    let b = try #require(UnitRootTest.phillipsPerron(high, about: .trend))
    #expect(isClose(a.statistic, b.statistic, relative: 1e-4), "\(a.statistic) \(b.statistic)")
  }

  @Test("the statistics have no unit")
  func scale() throws {
    let series = try #require(try m3Series().first)
    for factor in [1e-9, 1e9] {
      let scaled = TimeSeries(series.values.map { $0 * factor }, start: series.start)
      for (a, b) in [
        (UnitRootTest.kpss(series), UnitRootTest.kpss(scaled)),
        (.augmentedDickeyFuller(series), .augmentedDickeyFuller(scaled)),
        (.phillipsPerron(series, about: .trend), .phillipsPerron(scaled, about: .trend)),
        (.seasonalStrength(series), .seasonalStrength(scaled)), (.ocsb(series), .ocsb(scaled)),
        (.canovaHansen(series), .canovaHansen(scaled)),
      ] {
        let (a, b) = (try #require(a), try #require(b))
        #expect(isClose(a.statistic, b.statistic, relative: 1e-8), "\(a.kind)")
        #expect(!a.source.isEmpty && a.description.contains("difference"))
      }
    }
  }
}

/// Reproducible normal draws.
enum SeededNoise {
  static func normal(_ count: Int, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in generator.nextNormal() }
  }
}
