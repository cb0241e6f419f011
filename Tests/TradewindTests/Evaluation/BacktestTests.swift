import Synchronization
import TestSupport
import Testing

@testable import Tradewind

@Suite("Backtest")
struct BacktestTests {
  static let series = TimeSeries(OddSeries.regular(60), start: .month(2018, 1), name: "regular")

  @Test("origins end where the last forecast is known, and go back by the step")
  func origins() {
    #expect(Backtest(horizon: 6, origins: 4).originLengths(in: Self.series) == [51, 52, 53, 54])
    #expect(Backtest(horizon: 6, origins: 3, step: 5).originLengths(in: Self.series) == [44, 49, 54])
    // Two seasons and a month are known at the first.
    #expect(Backtest(horizon: 6).originLengths(in: Self.series) == Array(25...54))
    #expect(Backtest(horizon: 6, window: .sliding(40)).originLengths(in: Self.series) == Array(40...54))
    #expect(Backtest(horizon: 6, minimumLength: 53).originLengths(in: Self.series) == [53, 54])
    #expect(Backtest(horizon: 36).originLengths(in: Self.series).isEmpty)
    #expect(Backtest(horizon: 3, minimumLength: 1).originLengths(in: Self.series.prefix(4)) == [1])
    #expect(Backtest(horizon: 3).originLengths(in: Self.series.prefix(2)).isEmpty)
  }

  @Test("separate origins are the last ones whose forecasts share no period")
  func separateOrigins() async throws {
    let other = TimeSeries(OddSeries.regular(31), start: .month(2020, 1), name: "short")
    let result = try await Backtest(horizon: 4, origins: 10, step: 3).run(
      on: [Self.series, other, Self.series.prefix(20)], with: [Naive()])
    func lengths(_ series: Int, _ count: Int) -> [Int] {
      result.separateOrigins(ofSeries: series, atMost: count).map { result.origins[$0].length }
    }
    // Origins stand at 56, 53, 50, … 29: each second one lies four or more before the next.
    #expect(lengths(0, 3) == [44, 50, 56])
    #expect(lengths(0, 100) == [32, 38, 44, 50, 56])
    #expect(lengths(1, 3) == [27])
    #expect(lengths(2, 3).isEmpty)
    // Forecasts that follow on one another share none.
    let every = Backtest(horizon: 4, origins: 13).run(on: Self.series, with: [Naive()])
    let chosen = every.separateOrigins(ofSeries: 0, atMost: 9).map { every.origins[$0].length }
    #expect(chosen == [44, 48, 52, 56])
  }

  @Test("each cell is the forecast of a model fitted to what was known, with what came")
  func cells() throws {
    let backtest = Backtest(horizon: 4, origins: 3, step: 4, levels: [0.8, 0.95], totals: [0..<3])
    let result = backtest.run(on: Self.series, with: [Naive(), SeasonalNaive()])
    #expect(result.origins.map(\.length) == [48, 52, 56])
    #expect(result.origins.map(\.period) == [.month(2021, 12), .month(2022, 4), .month(2022, 8)])
    #expect(result.targets == [0..<1, 1..<2, 2..<3, 3..<4, 0..<3])
    for (o, origin) in result.origins.enumerated() {
      let forecast = try SeasonalNaive().fit(to: Self.series.prefix(origin.length)).forecast(horizon: 4)
      for h in 0..<4 {
        let place = result.index(origin: o, model: 1, target: h)
        #expect(result.forecasts[place] == forecast.mean[h])
        #expect(result.lower[2 * place + 1] == forecast.intervals[h][1].lower)
        #expect(result.upper[2 * place] == forecast.intervals[h][0].upper)
        #expect(result.actuals[o * 5 + h] == Self.series.values[origin.length + h])
      }
      let place = result.index(origin: o, model: 1, target: 4)
      let total = try #require(forecast.total(ofSteps: 0..<3))
      #expect(result.forecasts[place] == total.mean)
      #expect(result.upper[2 * place + 1] == total.intervals[1].upper)
      let sum: Double = result.actuals[o * 5..<o * 5 + 3].reduce(0, +)
      #expect(isClose(result.actuals[o * 5 + 4], sum, relative: 1e-14))
    }
    #expect(result.failures.isEmpty && result.isCompared.allSatisfy { $0 })
  }

  /// Models whose forecasts two new months do not change where they take them in with the parameters of the last fit: the seasonal naive
  /// method looks at the months of a year ago, and so does what the search for an ARIMA model comes to, (0,0,0)(1,1,0)₁₂ with drift; the mean is
  /// a parameter.
  static let withoutReaction: Set = ["seasonal naive", "mean", "AutoARIMA"]

  @Test(
    "no model looks ahead: other values from an origin on change nothing before them",
    arguments: Contracted.all)
  func noLookAhead(entry: Contracted) {
    let cut = 54
    var changed = Self.series
    for t in cut..<60 { changed.values[t] = 3 * changed.values[t] + Double(7 * (t % 3)) }
    let backtest = Backtest(
      horizon: 2, origins: 3, step: 2, refit: 2, levels: [0.9], totals: [0..<2], paths: 40, energyDraws: 5)
    let (a, b) = (
      backtest.run(on: Self.series, with: [entry.forecaster]),
      backtest.run(on: changed, with: [entry.forecaster])
    )
    #expect(a.origins.map(\.length) == [54, 56, 58])
    // At the first origin nothing of what changed was known: same forecasts, same scale, other scores.
    #expect(a.forecasts[..<3] == b.forecasts[..<3] && !a.forecasts[..<3].contains { $0.isNaN })
    #expect(a.lower[..<3] == b.lower[..<3] && a.upper[..<3] == b.upper[..<3])
    #expect(a.scales[..<3] == b.scales[..<3])
    #expect(a.actuals[0] != b.actuals[0] && a.crps[0] != b.crps[0] && a.energy[0] != b.energy[0])
    // And the test would notice: the next origin knows two of the changed months.
    if !Self.withoutReaction.contains(entry.label) { #expect(a.forecasts[3..<6] != b.forecasts[3..<6]) }
  }

  @Test("without levels a total of medians is their sum, where a law's median is not asked for")
  func pointsOnly() throws {
    let model = Transformed(Drift(), by: .log)
    for point in [Backtest.Point.mean, .median] {
      let backtest = Backtest(horizon: 3, origins: 2, levels: [], totals: [0..<3], point: point)
      let result = backtest.run(on: Self.series, with: [model])
      for (o, origin) in result.origins.enumerated() {
        let forecast = try model.fit(to: Self.series.prefix(origin.length)).forecast(horizon: 3, levels: [])
        let points = point == .mean ? forecast.mean : forecast.median
        #expect(isClose(result.forecasts[4 * o + 3], points.reduce(0, +), relative: 1e-14))
      }
      #expect(result.value(of: .mae, model: 0, targets: [3]).isFinite)
    }
    // With levels there is a law, and the total's own median.
    let backtest = Backtest(horizon: 3, origins: 1, totals: [0..<3], point: .median)
    let forecast = try model.fit(to: Self.series.prefix(57)).forecast(backtest.request)
    let total = try #require(forecast.total(ofSteps: 0..<3))
    #expect(backtest.run(on: Self.series, with: [model]).forecasts[3] == total.median)
    #expect(total.median != forecast.median.reduce(0, +))
  }

  @Test("levels that are no probabilities are said where they are given or used")
  func ranges() async {
    await #expect(processExitsWith: .failure) { _ = Backtest(horizon: 1, levels: [1.5]) }
    await #expect(processExitsWith: .failure) {
      var backtest = Backtest(horizon: 1)
      backtest.levels = [80]
      _ = backtest.originLengths(in: TimeSeries([1, 2, 3], start: .month(2020, 1)))
    }
  }

  @Test("between fits the model takes in what came, and a sliding window forgets")
  func refitting() throws {
    let updating = Backtest(horizon: 2, origins: 4, refit: 3, levels: [])
      .run(on: Self.series, with: [Theta(.optimized)])
    let early = try Theta(.optimized).fit(to: Self.series.prefix(55))
    for (o, more) in [[], [55], [55, 56]].enumerated() {
      let later = try early.updated(with: more.map { Self.series.values[$0] })
      #expect(updating.forecasts[2 * o] == later.forecast(horizon: 2, levels: []).mean[0])
    }
    let anew = try Theta(.optimized).fit(to: Self.series.prefix(58)).forecast(horizon: 2, levels: [])
    #expect(updating.forecasts[6] == anew.mean[0])
    let sliding = Backtest(horizon: 1, origins: 1, window: .sliding(5), minimumLength: 5, levels: [])
      .run(on: Self.series, with: [Mean()])
    let lastFive: Double = Self.series.values[54..<59].reduce(0, +) / 5
    #expect(isClose(sliding.forecasts[0], lastFive, relative: 1e-14))
  }

  @Test("the number of jobs changes nothing, and one series at a time gives the same")
  func jobs() async throws {
    let panel = (0..<9).map { i in
      TimeSeries(OddSeries.regular(30 + 5 * i), start: .month(2018, 1), name: "s\(i)")
    }
    let models: [any Forecaster] = [
      Naive(), Theta(.dynamicOptimized), ETS(.form(ETS.Form(trend: .additive))),
    ]
    let backtest = Backtest(horizon: 3, origins: 5, refit: 2, paths: 50, energyDraws: 10)
    let one = try await backtest.run(on: panel, with: models, jobs: 1)
    let many = try await backtest.run(on: panel, with: models, jobs: 3)
    #expect(one.forecasts == many.forecasts && one.lower == many.lower && one.energy == many.energy)
    #expect(one.crps == many.crps && one.pit == many.pit && one.origins == many.origins)
    let last = backtest.run(on: panel[8], with: models)
    #expect(last.forecasts == Array(one.forecasts.suffix(last.forecasts.count)))
    #expect(one.series == panel.map(\.name))
  }

  @Test("a model that cannot be fitted is listed, and its cells are compared by nobody")
  func failures() {
    var odd = Self.series
    odd.values[58] = .nan
    let short = TimeSeries([1, 2, 3], start: .month(2020, 1), name: "short")
    let models: [any Forecaster] = [Naive(), Drift()]
    let plan = BacktestPlan(
      Backtest(horizon: 2, origins: 3, minimumLength: 10), panel: [odd, short], models: models)
    let result = BacktestResult(plan, blocks: plan.blocks.map(plan.outcome))
    #expect(result.seriesWithoutOrigin == [1])
    #expect(result.comparedCount() == 4)
    #expect(result.actuals.count { $0.isNaN } == 2)
    let tooShort = Backtest(horizon: 1, origins: 2, minimumLength: 8)
      .run(on: Self.series.prefix(13), with: [Naive(), SeasonalNaive()])
    #expect(tooShort.origins.map(\.length) == [11, 12])
    #expect(tooShort.failures.map(\.origin) == [0, 1] && tooShort.failures.allSatisfy { $0.model == 1 })
    #expect(tooShort.comparedCount() == 0)
    #expect(tooShort.value(of: .mae, model: 0).isNaN)
  }

  @Test("no series, or no model, is no result; cancelled work throws; progress rises to the end")
  func edges() async throws {
    let backtest = Backtest(horizon: 2, origins: 2)
    #expect(try await backtest.run(on: [], with: [Naive()]).forecasts.isEmpty)
    #expect(try await backtest.run(on: [Self.series], with: []).forecasts.isEmpty)
    let many = [TimeSeries](repeating: Self.series, count: 3000)
    let task = Task { try await backtest.run(on: many, with: [Naive()], jobs: 2) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    let seen = Mutex<[Int]>([])
    _ = try await backtest.run(on: Array(many.prefix(40)), with: [Naive()]) { done, total in
      seen.withLock { $0.append(done * 1000 + total) }
    }
    let values = seen.withLock { $0 }
    #expect(values == values.sorted() && values.last == 80 * 1000 + 80)
  }
}
