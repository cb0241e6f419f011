import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Tests of groups of coefficients")
struct CoefficientGroupTests {
  struct Run: Sendable, CustomStringConvertible {
    let name: String
    let terms: [any RegressionTerm]
    let observations: Int
    var description: String { name }
  }

  static let runs = [
    Run(
      name: "ap-airline-td6-lpreg-easter8", terms: [TradingDays(), LeapYear(), Easter(days: 8)],
      observations: 131),
    Run(name: "ap-airline-lom", terms: [TradingDays(), LengthOfMonth()], observations: 131),
    Run(name: "ap-airline-stock", terms: [StockTradingDays()], observations: 131),
    Run(name: "ap-seasonal-dummies", terms: [SeasonalDummies(.sumToZero)], observations: 143),
    Run(name: "imp-airline-td6-lpreg", terms: [TradingDays(), LeapYear()], observations: 353),
  ]

  private static func number(_ text: String?) throws -> Double { try #require(Double(text ?? "")) }

  /// X-13's coefficients with the covariance of maximum likelihood.
  private static func tests(of run: Run) throws -> CoefficientTests {
    let rows = try References.rows("regression/x13-coefficients.csv").filter { $0["run"] == run.name }
    let n = rows.count
    let toLikelihood = Double(run.observations - n) / Double(run.observations)
    var covariance = Matrix(rows: n, columns: n)
    for (i, row) in rows.enumerated() {
      for j in 0..<n { covariance[i, j] = toLikelihood * (try number(row["v\(j + 1)"])) }
    }
    return CoefficientTests(
      names: try rows.map { try #require($0["name"]) },
      estimates: try rows.map { try number($0["estimate"]) },
      covariance: covariance, kept: Array(0..<n), degreesOfFreedom: run.observations - n,
      varianceDivisor: run.observations)
  }

  @Test("chi-square, F, their p-values and derived coefficients are X-13's", arguments: runs)
  func x13(run: Run) throws {
    let tests = try Self.tests(of: run)
    let frame = RegressionFrame(start: .month(1949, 1), count: 144, seasonalPeriod: 12)
    let constants = run.name == "ap-seasonal-dummies" ? 1 : 0
    let layout = try RegressionLayout(of: run.terms, in: frame, after: constants)
    let groups = tests.groups(of: layout)
    let derived = tests.derived(of: layout)
    let expected = try References.rows("regression/x13-group-tests.csv").filter { $0["run"] == run.name }
    #expect(expected.count >= 4)
    for row in expected {
      let title = try #require(row["title"])
      let value = try Self.number(row["value"])
      let label: Comment = "\(title) \(row["statistic"] ?? "")"
      switch row["statistic"] {
      case "derived": #expect(isClose(try #require(derived.first).estimate, value, relative: 1e-10), label)
      case "derived t": #expect(isClose(try #require(derived.first).tStatistic, value, relative: 1e-7), label)
      case let statistic:
        let group = try #require(groups.first { $0.title == title })
        let test = statistic == "F" ? group.f : group.chiSquare
        #expect(isClose(test.statistic, value, relative: 1e-7), label)
        #expect(test.degreesOfFreedom == Int(row["df"] ?? ""), label)
        #expect(test.denominatorDegreesOfFreedom == Int(row["denominator_df"] ?? ""), label)
        #expect(isClose(test.pValue, try Self.number(row["p"]), relative: 1e-5, absolute: 1e-14), label)
      }
    }
  }

  /// Weekday effects in ten years of made-up noise.
  static func series(count: Int = 120) -> TimeSeries {
    var generator = SeededGenerator(seed: 11)
    let frame = RegressionFrame(start: .month(2001, 1), count: count, seasonalPeriod: 12)
    let days = TradingDays(.one).columns(in: frame)[0].values
    return TimeSeries(days.map { 100 + 0.5 * $0 + generator.nextNormal() }, start: frame.start)
  }

  @Test("the F of the season is the F of leaving it out")
  func leavingOut() throws {
    let series = Self.series()
    let full = try RegressionModel {
      Trend()
      SeasonalDummies(.sumToZero)
    }.fit(to: series)
    let small = try RegressionModel { Trend() }.fit(to: series)
    let group = try #require(full.groupTests.first)
    let gained = (small.residualSumOfSquares - full.residualSumOfSquares) / 11
    #expect(isClose(group.f.statistic, gained / (full.sigma * full.sigma), relative: 1e-10))
    #expect(group.chiSquare.statistic == 11 * group.f.statistic)
    #expect(group.coefficients.count == 11 && group.role == .seasonal)
  }

  @Test("the last season's derived coefficient is the one estimated when another is left out")
  func derivedSeason() throws {
    let series = Self.series()
    let sum = try RegressionModel { SeasonalDummies(.sumToZero) }.fit(to: series)
    let each = try RegressionModel(intercept: false) { SeasonalDummies(.everySeason) }.fit(to: series)
    let mean = each.coefficients.reduce(0) { $0 + $1.estimate } / 12
    let last = try #require(sum.derivedCoefficients.first)
    #expect(last.name == "season12")
    #expect(isClose(last.estimate, each.coefficients[11].estimate - mean, relative: 1e-9))
    // Ten years: the variance of a season less the mean of twelve is σ²/10 · 11/12.
    #expect(isClose(last.standardError, sum.sigma * Double.sqrt(11.0 / 120), relative: 1e-10))
  }

  @Test("one trading day's test is t², its weekend −5/2 of it; single steps are not tested")
  func single() throws {
    let fit = try RegressionModel {
      TradingDays(.one)
      Step(at: .month(2005, 1))
    }.fit(to: Self.series())
    let groups = fit.groupTests
    #expect(groups.map(\.title) == ["trading days"])
    let t = try #require(fit.coefficient("trading days"))
    #expect(isClose(groups[0].f.statistic, t.tStatistic * t.tStatistic, relative: 1e-12))
    #expect(isClose(groups[0].f.pValue, t.pValue, relative: 1e-9))
    let weekend = try #require(fit.derivedCoefficients.first)
    #expect(weekend.name == "Sat and Sun" && weekend.estimate == -2.5 * t.estimate)
    #expect(isClose(weekend.tStatistic, -t.tStatistic, relative: 1e-12))
  }

  @Test("aliased columns take no part; the user's columns of one role are tested together")
  func aliasedAndOwn() throws {
    let series = Self.series()
    var generator = SeededGenerator(seed: 3)
    let values = (0..<2).map { _ in (0..<120).map { _ in generator.nextNormal() } }
    let fit = try RegressionModel {
      SeasonalDummies(.everySeason)
      UserColumn("a", values: values[0], start: series.start, role: .holiday)
      UserColumn("b", values: values[1], start: series.start, role: .holiday)
    }.fit(to: series)
    let groups = fit.groupTests
    #expect(groups.map(\.title) == ["season", "a", "b", "all user holidays"])
    #expect(groups.map(\.f.degreesOfFreedom) == [11, 1, 1, 2])
    #expect(groups[3].coefficients == ["a", "b"])
  }

  @Test("residuals that are all zero leave no test")
  func perfect() throws {
    let frame = RegressionFrame(start: .month(2001, 1), count: 60, seasonalPeriod: 12)
    let days = TradingDays(.one).columns(in: frame)[0].values
    let series = TimeSeries(days.map { 4 * $0 }, start: frame.start)
    let fit = try RegressionModel(intercept: false) { TradingDays(.one) }.fit(to: series)
    let group = try #require(fit.groupTests.first)
    #expect(group.f.statistic.isNaN || group.f.statistic > 1e20)
  }
}
