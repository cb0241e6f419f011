import Foundation
import TestSupport
import Testing

@testable import Tradewind

@Suite("Automatic ARIMA")
struct AutoARIMATests {
  struct Choice: Sendable, CustomTestStringConvertible {
    let series: String
    let rule: String
    let order: ARIMAOrder
    let hasConstant: Bool
    let value: Double
    var testDescription: String { "\(series) \(rule)" }
  }

  static func choices() throws -> [Choice] {
    try References.rows("arima-automatic/chosen.csv").map { row in
      func number(_ key: String) throws -> Int { try #require(row[key].flatMap { Int($0) }) }
      return Choice(
        series: row["series"] ?? "", rule: row["rule"] ?? "",
        order: ARIMAOrder(
          try number("p"), try number("d"), try number("q"),
          seasonal: (try number("P"), try number("D"), try number("Q"))),
        hasConstant: try number("constant") == 1, value: try #require(row["value"].flatMap(Double.init)))
    }
  }

  static func series(_ name: String) throws -> TimeSeries {
    let all =
      try m3Series()
      + SeriesFile.parse(bytes: References.bytes("series/monthly-long.csv"), file: "monthly-long.csv")
    return try #require(all.first { $0.name == name })
  }

  /// R's optimiser may stop short of an optimum, and rejects models that are then good; so the two may go other ways. On 300 series
  /// of the M3 competition 96 % have the same or a better AICc.
  @Test(
    "the same differences as R's auto.arima, and the same or a better criterion",
    arguments: ["N1850", "N1919", "N2345", "N2602", "N2791", "iip", "cpi"])
  func reference(name: String) throws {
    let series = try Self.series(name)
    for choice in try Self.choices() where choice.series == name && choice.rule == "aicc" {
      let fit = try AutoARIMA().fit(to: series)
      let order = fit.model.order
      #expect(order.d == choice.order.d && order.seasonalD == choice.order.seasonalD)
      let aicc = try #require(fit.informationCriteria?.aicc)
      #expect(aicc < choice.value + 0.01, "\(fit.name), R \(choice.order)")
      if order == choice.order, fit.model.hasConstant == choice.hasConstant {
        #expect(isClose(aicc, choice.value, absolute: 0.02))
      }
    }
  }

  @Test("what was chosen is the best of what was tried, and the path says all of it")
  func path() throws {
    let fit = try AutoARIMA(criterion: .bic).fit(to: Self.series("N2791"))
    let choice = try #require(fit.choice)
    #expect(choice.fallback == nil && choice.criterion == .bic)
    #expect(choice.order == fit.model.order && choice.hasConstant == fit.model.hasConstant)
    var values: [(ARIMAChoice.Trial, Double)] = []
    for trial in choice.trials {
      if case .value(let value) = trial.outcome { values.append((trial, value)) }
      #expect(trial.order.d == fit.model.order.d && trial.order.seasonalD == fit.model.order.seasonalD)
    }
    let best = try #require(values.min { $0.1 < $1.1 })
    #expect(best.0.order == choice.order && best.0.hasConstant == choice.hasConstant)
    #expect(isClose(best.1, try #require(fit.informationCriteria?.bic), absolute: 0.01))
    // The tests, the differences, the models, the choice.
    let path = choice.path
    #expect(path.count == choice.tests.count + 1 + choice.trials.count + 1)
    #expect(path.contains { $0.hasPrefix("seasonal strength") && $0.hasSuffix("seasonal difference") })
    #expect(path.contains { $0.contains("BIC") && $0.contains("the best so far") })
    #expect(path.last?.hasPrefix("chosen: (") == true)
    #expect(fit.name.contains(fit.model.order.text(period: 12)))
    // Updating keeps the record.
    #expect(try fit.updated(with: [1000]).choice == choice)
  }

  @Test("models with roots near the unit circle are rejected, and only those")
  func nearUnitRoots() throws {
    let choice = try #require(try AutoARIMA().fit(to: Self.series("N2791")).choice)
    let rejected = choice.trials.compactMap { trial -> Double? in
      if case .nearUnitRoot(let modulus) = trial.outcome { return modulus }
      return nil
    }
    #expect(!rejected.isEmpty && rejected.allSatisfy { (0.999..<1.01).contains($0) })
    #expect(choice.path.contains { $0.contains("too near to the unit circle") })
  }

  @Test("differences and limits that are given are kept")
  func givenOrders() throws {
    let series = try Self.series("N2791")
    let fit = try AutoARIMA(
      limits: AutoARIMA.Limits(ar: 1, ma: 0, seasonalAR: 0, seasonalMA: 1), differences: 1,
      seasonalDifferences: 0
    ).fit(to: series)
    let choice = try #require(fit.choice)
    #expect(choice.tests.isEmpty)
    for trial in choice.trials {
      #expect(trial.order.d == 1 && trial.order.seasonalD == 0)
      #expect(trial.order.p <= 1 && trial.order.q == 0)
      #expect(trial.order.seasonalP == 0 && trial.order.seasonalQ <= 1)
    }
    let twice = try AutoARIMA(limits: .init(ar: 1, ma: 1), differences: 2, isSeasonal: false).fit(to: series)
    #expect(!twice.model.hasConstant && !twice.model.order.isSeasonal)
    #expect(twice.choice?.trials.allSatisfy { !$0.hasConstant } == true)
    let plain = try AutoARIMA(
      limits: .init(ar: 1, ma: 1), differences: 0, seasonalDifferences: 0, allowsConstant: false,
      isSeasonal: false
    ).fit(to: series)
    #expect(!plain.model.hasConstant)
  }

  @Test("the exhaustive search is at least as good as the stepwise one within the same orders")
  func exhaustive() throws {
    let series = try Self.series("N1919")
    let limits = AutoARIMA.Limits(ar: 2, ma: 1, seasonalAR: 1, seasonalMA: 1)
    let stepwise = try AutoARIMA(limits: limits).fit(to: series)
    let all = try AutoARIMA(search: .exhaustive(order: 5), limits: limits).fit(to: series)
    let (a, b) = (
      try #require(stepwise.informationCriteria?.aicc), try #require(all.informationCriteria?.aicc)
    )
    #expect(b <= a + 0.01)
    // 3 · 2 · 2 · 2 models, twice with drift.
    #expect(all.choice?.trials.count == 48)
  }

  @Test("regressors are in every model, and their effect is found")
  func regressors() throws {
    let noise = SeededNoise.normal(72, seed: 3)
    let shift = (0..<72).map { $0 < 40 ? 0.0 : 1 }
    let values = (0..<72).map { 50 + 30 * shift[$0] + noise[$0] }
    let series = TimeSeries(values, start: .month(2015, 1))
    let fit = try AutoARIMA(regressors: [Step(at: .month(2018, 5))]).fit(to: series)
    let effect = try #require(fit.regression.first { $0.name != "constant" })
    #expect(abs(effect.estimate - 30) < 1)
    // Without the step the level seems to wander: the tests look at what the regressor leaves.
    #expect(fit.model.order.d == 0 && fit.model.hasConstant)
    #expect(try AutoARIMA().fit(to: series).model.order.d == 1)
  }

  @Test("gaps are allowed, and change the choice of a clear series little")
  func gaps() throws {
    var values = OddSeries.regular(84)
    for i in [5, 17, 30, 31, 55] { values[i] = .nan }
    let limits = AutoARIMA.Limits(ar: 1, ma: 1, seasonalAR: 0, seasonalMA: 1)
    let series = TimeSeries(values, start: .month(2015, 1))
    let fit = try AutoARIMA(limits: limits).fit(to: series)
    let whole = try AutoARIMA(limits: limits).fit(
      to: TimeSeries(OddSeries.regular(84), start: .month(2015, 1)))
    #expect(fit.model.order.seasonalD == whole.model.order.seasonalD)
    let (a, b) = (fit.forecast(horizon: 12), whole.forecast(horizon: 12))
    for (x, y) in zip(a.mean, b.mean) { #expect(abs(x - y) < 12) }
  }

  @Test("series without anything to model get their mean or their line, and the choice says why")
  func fallbacks() throws {
    let constant = try AutoARIMA().fit(to: TimeSeries([7, 7, 7, 7, 7, 7], start: .month(2020, 1)))
    #expect(constant.model.order == ARIMAOrder(0, 0, 0) && constant.model.hasConstant)
    #expect(constant.choice?.fallback?.contains("equal") == true)
    #expect(constant.forecast(horizon: 3, levels: []).mean.allSatisfy { isClose($0, 7, relative: 1e-12) })

    let line = try AutoARIMA().fit(
      to: TimeSeries((0..<40).map { 100 + 2 * Double($0) }, start: .month(2020, 1)))
    #expect(line.choice?.fallback?.contains("constant") == true && line.choice?.trials.isEmpty == true)
    let next = line.forecast(horizon: 3, levels: []).mean
    for h in 0..<3 { #expect(isClose(next[h], 180 + 2 * Double(h), relative: 1e-9)) }

    let season = [10.0, 20, 30, 25, 5, 1, 2, 3, 9, 11, 14, 12]
    let pattern = try AutoARIMA().fit(
      to: TimeSeries((0..<48).map { season[$0 % 12] }, start: .month(2020, 1)))
    #expect(pattern.model.order.seasonalD == 1 && pattern.choice?.fallback != nil)
    for (a, b) in zip(pattern.forecast(horizon: 12, levels: []).mean, season) {
      #expect(isClose(a, b, absolute: 1e-9))
    }

    for values in [[3.0, 5], [3, 5, 4], [3, 5, 4, 6, 2]] {
      let fit = try AutoARIMA().fit(to: TimeSeries(values, start: .month(2020, 1)))
      #expect(fit.forecast(horizon: 2, levels: []).mean.allSatisfy { $0.isFinite })
      #expect(fit.choice?.path.isEmpty == false)
    }
    #expect(throws: ForecastError.tooShort(model: "AutoARIMA", needed: 2, found: 1)) {
      try AutoARIMA().fit(to: TimeSeries([3], start: .month(2020, 1)))
    }
  }

  @Test("scaling the series scales the forecast, and the orders stay")
  func scale() throws {
    let series = try Self.series("cpi")
    let fit = try AutoARIMA().fit(to: series)
    let large = try AutoARIMA().fit(to: TimeSeries(series.values.map { $0 * 1024 }, start: series.start))
    #expect(fit.model.order == large.model.order && fit.model.hasConstant == large.model.hasConstant)
    for (a, b) in zip(fit.forecast(horizon: 6).mean, large.forecast(horizon: 6).mean) {
      #expect(isClose(1024 * a, b, relative: 1e-6))
    }
  }

  @Test("roots are told apart from the circle as the polynomial's roots say")
  func rootCircle() {
    #expect(RootCircle.allOutside([0.9], radius: 1.1))
    #expect(!RootCircle.allOutside([0.9], radius: 1.12))
    // (1 − 0.8z)(1 − 0.5z): the nearest root is 1.25.
    #expect(RootCircle.allOutside([1.3, -0.4], radius: 1.24))
    #expect(!RootCircle.allOutside([1.3, -0.4], radius: 1.26))
    // 1 + 0.81z²: modulus 1/0.9.
    #expect(RootCircle.allOutside([0, -0.81], radius: 1.11))
    #expect(!RootCircle.allOutside([0, -0.81], radius: 1.12))
  }
}
