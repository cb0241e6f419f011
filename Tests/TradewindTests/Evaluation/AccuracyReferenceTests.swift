import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

/// Scores, measures and tests of significance beside numpy, scipy, scoringrules and scikit-posthocs.
@Suite("Accuracy beside other programs")
struct AccuracyReferenceTests {
  @Test("CRPS and probabilities of normal and Student's laws: scoringrules and scipy to 10⁻¹⁰")
  func laws() throws {
    for row in try References.rows("evaluation/laws.csv") {
      func number(_ name: String) throws -> Double { try #require(Double(row[name] ?? "")) }
      let (mean, scale, y) = (try number("mean"), try number("scale"), try number("y"))
      let law: PredictiveLaw =
        row["law"] == "normal"
        ? .normal(mean: mean, deviation: scale)
        : .student(mean: mean, scale: scale, degreesOfFreedom: try number("freedom"))
      #expect(isClose(law.crps(y), try number("crps"), relative: 1e-10), "\(law)")
      #expect(isClose(law.cumulative(y), try number("cumulative"), relative: 1e-10), "\(law)")
    }
  }

  @Test("CRPS of draws and the energy score of paths to 10⁻¹²")
  func draws() throws {
    let rows = try References.rows("evaluation/draws.csv")
    #expect(rows.count == 12)
    for first in stride(from: 0, to: rows.count, by: 3) {
      let steps = rows[first..<first + 3]
      func number(_ row: [String: String], _ name: String) throws -> Double {
        try #require(Double(row[name] ?? ""))
      }
      let draws = try steps.map { row in try (0..<6).map { try number(row, "x\($0)") } }
      let paths = SamplePaths(values: (0..<6).flatMap { p in draws.map { $0[p] } }, horizon: 3)
      let actuals = try steps.map { try number($0, "y") }
      for (draw, row) in zip(draws, steps) {
        let crps = PredictiveLaw.draws(draw.sorted()).crps(try number(row, "y"))
        #expect(isClose(crps, try number(row, "crps"), relative: 1e-12, absolute: 1e-12))
      }
      let energy = try number(rows[first], "energy")
      #expect(isClose(paths.energyScore(of: actuals), energy, relative: 1e-12))
    }
  }

  @Test("all measures of a backtest with two series and three origins, by horizon and overall")
  func measures() throws {
    var values: [String: [Double]] = [:]
    for row in try References.rows("evaluation/series.csv") {
      values[row["series"] ?? "", default: []].append(try #require(Double(row["y"] ?? "")))
    }
    let panel = try ["a", "b"].map {
      TimeSeries(try #require(values[$0]), start: .quarter(2015, 1), name: $0)
    }
    let backtest = Backtest(horizon: 4, origins: 3, step: 2, levels: [0.8])
    let plan = BacktestPlan(backtest, panel: panel, models: [SeasonalNaive()])
    let result = BacktestResult(plan, blocks: plan.blocks.map(plan.outcome))
    let measures: [AccuracyMeasure] = [
      .meanError, .mae, .rmse, .mape, .smape, .wape, .bias, .mase, .rmsse, .pinball, .msis(level: 0.8),
      .coverage(level: 0.8), .width(level: 0.8),
    ]
    var seen = 0
    for row in try References.rows("evaluation/measures.csv") {
      let measure = try #require(measures.first { $0.name == row["measure"] })
      let targets = row["steps"] == "all" ? nil : [(Int(row["steps"] ?? "") ?? 0) - 1]
      for (column, series) in [("a", 0), ("b", 1), ("mean", nil)] as [(String, Int?)] {
        let ours = result.value(of: measure, model: 0, targets: targets, series: series)
        let theirs = try #require(Double(row[column] ?? ""))
        #expect(isClose(ours, theirs, relative: 1e-11, absolute: 1e-12), "\(row) \(column): \(ours)")
        seen += 1
      }
    }
    #expect(seen == 3 * 3 * measures.count)
  }

  @Test("the overall weighted average of six series, relative to Naive2, to 10⁻¹²")
  func owa() async throws {
    let models: [(String, any Forecaster)] = [
      ("naive2", Naive2()), ("snaive", SeasonalNaive()), ("naive", Naive()),
    ]
    let result = try await Backtest(horizon: 18, origins: 1, levels: []).run(
      on: m3Series(), with: models.map(\.1))
    let rows = try References.rows("simple/owa.csv")
    #expect(rows.map { $0["model"] } == models.map(\.0))
    for (model, row) in rows.enumerated() {
      let ours = [
        result.value(of: .smape, model: model), result.value(of: .mase, model: model),
        result.owa(model: model, benchmark: 0),
      ]
      for (value, name) in zip(ours, ["smape", "mase", "owa"]) {
        #expect(isClose(value, try #require(Double(row[name] ?? "")), relative: 1e-12), "\(row) \(name)")
      }
    }
  }

  @Test("Diebold–Mariano with the correction of Harvey, Leybourne and Newbold to 10⁻¹⁰")
  func dieboldMariano() throws {
    let rows = try References.rows("evaluation/diebold-mariano.csv")
    for number in 0..<4 {
      let part = rows.filter { $0["case"] == "\(number)" }
      func column(_ name: String) -> [Double] { part.compactMap { Double($0[name] ?? "") } }
      let test = DieboldMariano(column("a"), column("b"), horizon: Int(part[0]["horizon"] ?? "") ?? 0)
      #expect(test.count == part.count)
      #expect(isClose(test.statistic, column("statistic")[0], relative: 1e-10))
      #expect(isClose(test.pValue, column("p")[0], relative: 1e-9))
    }
  }

  @Test("Friedman's test, mean ranks with ties, and Nemenyi's p-values")
  func ranks() throws {
    let losses = try (0..<5).map { try References.numbers("evaluation/ranks-losses.csv", column: "m\($0)") }
    let comparison = RankComparison(losses: losses)
    #expect(comparison.count == 25)
    for row in try References.rows("evaluation/ranks.csv") {
      let (a, b) = (Int(row["a"] ?? "") ?? -1, Int(row["b"] ?? "") ?? -1)
      let value = try #require(Double(row["value"] ?? ""))
      switch row["what"] {
      case "rank": #expect(isClose(comparison.meanRanks[a], value, relative: 1e-12))
      case "statistic": #expect(isClose(comparison.statistic, value, relative: 1e-11))
      case "p": #expect(isClose(comparison.pValue, value, relative: 1e-10))
      default: #expect(isClose(comparison.pairwisePValue(a, b), value, absolute: 1e-8), "\(a) \(b)")
      }
    }
  }

  @Test("the range of normal variables: scipy's studentized range with infinitely many degrees of freedom")
  func range() throws {
    for row in try References.rows("evaluation/normal-range.csv") {
      let law = NormalRange(count: try #require(Int(row["k"] ?? "")))
      let (argument, value) = (
        try #require(Double(row["argument"] ?? "")), try #require(Double(row["value"] ?? ""))
      )
      let ours = row["what"] == "quantile" ? law.quantile(upperTail: argument) : law.cumulative(argument)
      #expect(isClose(ours, value, relative: 1e-8, absolute: 1e-9), "\(row): \(ours)")
    }
    // Demšar's table 5: q at 5 % over √2 for two and for ten models.
    #expect(
      isClose(NormalRange(count: 2).quantile(upperTail: 0.05) / 2.0.squareRoot(), 1.960, absolute: 5e-4))
    #expect(
      isClose(NormalRange(count: 10).quantile(upperTail: 0.05) / 2.0.squareRoot(), 3.164, absolute: 5e-4))
  }
}
