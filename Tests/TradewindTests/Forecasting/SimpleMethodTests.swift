import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@Suite("Mean, naive, seasonal naive, drift, window average")
struct SimpleMethodTests {
  static let models: [(reference: String, model: any Forecaster, freedom: @Sendable (Int) -> Int)] = [
    ("meanf", Mean(), { $0 - 1 }), ("naive", Naive(), { $0 - 1 }), ("snaive", SeasonalNaive(), { $0 - 12 }),
    ("drift", Drift(), { $0 - 2 }),
  ]

  /// R takes the normal quantile for all but the mean, so what is compared are points and scales.
  @Test("points and scales are those of R")
  func reference() throws {
    let rows = try References.rows("simple/forecasts.csv")
    var compared = 0
    for series in try m3Series() {
      for (reference, model, freedom) in Self.models {
        let forecast = try model.fit(to: series).forecast(horizon: 18, levels: [0.8])
        let t = StudentT(degreesOfFreedom: Double(freedom(series.count))).quantile(0.9)
        let theirs =
          reference == "meanf" ? t : NormalDistribution(mean: 0, standardDeviation: 1).quantile(0.9)
        for row in rows where row["series"] == series.name && row["model"] == reference {
          let step = try #require(Int(row["h"] ?? "")) - 1
          let numbers = try ["mean", "lower", "upper"].map { try #require(Double(row[$0] ?? "")) }
          #expect(isClose(forecast.mean[step], numbers[0], relative: 1e-12))
          let scale = (numbers[2] - numbers[1]) / 2 / theirs
          #expect(
            isClose(forecast.intervals[step][0].width / 2 / t, scale, relative: 1e-11), "\(reference) \(step)"
          )
          compared += 1
        }
      }
    }
    #expect(compared == 120)
  }

  @Test("Naive2 finds the seasons and has the points of another implementation, to 10⁻¹³")
  func naive2Reference() throws {
    let months = try m3Series()
    let quarters = try ["a", "b"].map { name in
      let rows = try References.rows("evaluation/series.csv").filter { $0["series"] == name }
      return TimeSeries(rows.compactMap { Double($0["y"] ?? "") }, start: .quarter(2015, 1), name: name)
    }
    let rows = try References.rows("simple/naive2.csv")
    #expect(rows.count == (months.count + quarters.count) * 3 * 4)
    #expect(Set(rows.map { $0["seasonal"] }) == ["0", "1"])
    for row in rows {
      let series = try #require((months + quarters).first { $0.name == row["series"] })
      let fit = try Naive2().fit(to: series.prefix(Int(row["length"] ?? "") ?? 0))
      #expect(fit.seasonalFactors.isEmpty == (row["seasonal"] == "0"), "\(row)")
      let step = try #require(Int(row["h"] ?? ""))
      let mean = fit.forecast(horizon: 18, levels: []).mean[step - 1]
      #expect(isClose(mean, try #require(Double(row["mean"] ?? "")), relative: 1e-13), "\(row)")
    }
  }

  @Test(
    "Naive2's law is that of the adjusted series' random walk times the season; without a season it is Naive's"
  )
  func naive2Law() throws {
    // Twice as much in every second period.
    let factors = [2.0 / 3, 4.0 / 3]
    let walk = (0..<40).map { 4 + Double($0 * $0 % 5) / 2 }
    let values = walk.indices.map { walk[$0] * factors[$0 % 2] }
    let series = TimeSeries(values, start: .month(2020, 1), seasonalPeriod: 2)
    let fit = try Naive2().fit(to: series)
    try #require(fit.seasonalFactors.count == 2)
    let adjusted = TimeSeries(
      values.indices.map { values[$0] / fit.seasonalFactors[$0 % 2] }, start: series.start)
    let (ours, inner) = (fit.forecast(horizon: 3), try Naive().fit(to: adjusted).forecast(horizon: 3))
    for h in 0..<3 {
      let factor = fit.seasonalFactors[h % 2]
      #expect(isClose(ours.mean[h], inner.mean[h] * factor, relative: 1e-14))
      let widths = (ours.intervals[h][1].width, inner.intervals[h][1].width * factor)
      #expect(isClose(widths.0, widths.1, relative: 1e-12))
    }
    let negative = TimeSeries(values.map { $0 - 4 }, start: series.start, seasonalPeriod: 2)
    let plain = try Naive2().fit(to: negative)
    #expect(plain.seasonalFactors.isEmpty)
    #expect(
      plain.forecast(horizon: 3).intervals == (try Naive().fit(to: negative).forecast(horizon: 3).intervals))
  }

  @Test("four values on paper")
  func onPaper() throws {
    let series = TimeSeries([1, 2, 4, 7], start: .year(2000))
    let mean = try Mean().fit(to: series)
    #expect(mean.mean == 3.5)
    #expect(isClose(mean.sigma * mean.sigma, 21.0 / 3, relative: 1e-14))
    let naive = try Naive().fit(to: series)
    #expect(naive.forecast(horizon: 2).mean == [7, 7])
    #expect(isClose(naive.sigma * naive.sigma, 14.0 / 3, relative: 1e-14))
    let drift = try Drift().fit(to: series)
    #expect(drift.forecast(horizon: 2).mean == [9, 11])
    #expect(drift.sigma == 1 && isClose(drift.driftError, 1 / 3.0.squareRoot(), relative: 1e-14))
    let average = try WindowAverage(window: 2).fit(to: series)
    #expect(average.forecast(horizon: 2).mean == [5.5, 5.5])
    #expect(average.fittedValues[2...] == [1.5, 3])
    #expect(isClose(average.sigma * average.sigma, (6.25 + 16) / 2, relative: 1e-14))
  }

  /// With σ = 1 and K = 3 the total of three steps has the noise 3² + 2² + 1² and the drift's error (1 + 2 + 3)² / 3.
  @Test("a total's interval has the drift's error once, for all steps together")
  func driftTotal() throws {
    let forecast = try Drift().fit(to: TimeSeries([1, 2, 4, 7], start: .month(2020, 1))).forecast(
      horizon: 3, levels: [0.9])
    let total = try #require(forecast.total(ofSteps: 0..<3))
    let t = StudentT(degreesOfFreedom: 2).quantile(0.95)
    #expect(isClose(total.intervals[0].width / 2, t * (14.0 + 36.0 / 3).squareRoot(), relative: 1e-13))
    #expect(total.mean == 9 + 11 + 13)
  }

  @Test("gaps inside: changes count by the time they took, the drift is that of the ends")
  func gapsInside() throws {
    let series = TimeSeries([2, .nan, 6, 7, .nan, .nan, 1], start: .year(2000))
    let naive = try Naive().fit(to: series)
    #expect(isClose(naive.sigma * naive.sigma, (16.0 / 2 + 1 + 36.0 / 3) / 3, relative: 1e-14))
    #expect(naive.fittedValues[1...] == [2, 2, 6, 7, 7, 7])
    let drift = try Drift().fit(to: series)
    #expect(isClose(drift.drift, -1.0 / 6, relative: 1e-14))
  }

  @Test("a gap at the end: the forecasts are those made before it, for the same periods, and so are totals")
  func gapAtTheEnd() throws {
    for model in [Naive(), Drift(), SeasonalNaive(), WindowAverage(window: 3)] as [any Forecaster] {
      let fit = try model.fit(to: ForecasterContractTests.monthly)
      let gap = try fit.updated(with: [.nan, .nan])
      let (before, after) = (fit.forecast(horizon: 16), gap.forecast(horizon: 14))
      for h in 0..<14 {
        #expect(isClose(after.mean[h], before.mean[h + 2], relative: 1e-13), "\(fit.name) \(h)")
        #expect(
          isClose(after.intervals[h][1].width, before.intervals[h + 2][1].width, relative: 1e-12),
          "\(fit.name) \(h)")
      }
      let sums = (before.total(ofSteps: 3..<16), after.total(ofSteps: 1..<14))
      #expect(
        isClose(
          try #require(sums.0).intervals[0].width, try #require(sums.1).intervals[0].width, relative: 1e-12))
    }
  }

  @Test("shifting and scaling the data shifts and scales the forecast")
  func equivariance() throws {
    let series = ForecasterContractTests.monthly
    let moved = TimeSeries(series.values.map { 3 * $0 - 1000 }, start: series.start, name: series.name)
    for model in [Mean(), Naive(), SeasonalNaive(), Drift(), WindowAverage(window: 4)] as [any Forecaster] {
      let (a, b) = (
        try model.fit(to: series).forecast(horizon: 15), try model.fit(to: moved).forecast(horizon: 15)
      )
      for h in 0..<15 {
        #expect(isClose(b.mean[h], 3 * a.mean[h] - 1000, relative: 1e-12))
        #expect(isClose(b.intervals[h][0].width, 3 * a.intervals[h][0].width, relative: 1e-11))
      }
    }
  }

  /// 2,000 random walks of nine steps: the share inside has a standard deviation of 0.9 % at 80 %.
  @Test("on short random walks 80 % intervals cover 80 %, which the normal quantile would not")
  func coverage() throws {
    var generator = SeededGenerator(seed: 3)
    var inside = [0, 0]
    for _ in 0..<2000 {
      var level = 0.0
      let walk = (0..<9).map { _ -> Double in
        level += generator.nextNormal()
        return level
      }
      let past = TimeSeries(Array(walk.prefix(6)), start: .year(2000))
      for (i, model) in ([Naive(), Drift()] as [any Forecaster]).enumerated() {
        let forecast = try model.fit(to: past).forecast(horizon: 3, levels: [0.8])
        if forecast.intervals[2][0].contains(walk[8]) { inside[i] += 1 }
      }
    }
    for count in inside { #expect(abs(Double(count) / 2000 - 0.8) < 0.03) }
  }

  @Test("a window of one is the naive forecast")
  func windowOfOne() throws {
    let (a, b) = (
      try WindowAverage(window: 1).fit(to: ForecasterContractTests.monthly).forecast(horizon: 6),
      try Naive().fit(to: ForecasterContractTests.monthly).forecast(horizon: 6)
    )
    #expect(a.mean == b.mean)
    for h in 0..<6 { #expect(isClose(a.intervals[h][0].width, b.intervals[h][0].width, relative: 1e-12)) }
  }

  @Test("too little to say anything is named")
  func errors() {
    let one = TimeSeries([3], start: .month(2020, 1))
    #expect(throws: ForecastError.tooShort(model: "Naive", needed: 2, found: 1)) { try Naive().fit(to: one) }
    #expect(throws: ForecastError.tooShort(model: "Mean", needed: 2, found: 1)) { try Mean().fit(to: one) }
    #expect(throws: ForecastError.tooShort(model: "SeasonalNaive", needed: 13, found: 1)) {
      try SeasonalNaive().fit(to: one)
    }
    #expect(throws: ForecastError.tooShort(model: "WindowAverage(3)", needed: 4, found: 1)) {
      try WindowAverage(window: 3).fit(to: one)
    }
    let alternate = TimeSeries((0..<48).map { $0 % 2 == 0 ? 5 : .nan }, start: .month(2020, 1))
    #expect(
      throws: ForecastError.cannotFit(model: "SeasonalNaive", reason: "season 2 of 12 has no observation")
    ) {
      try SeasonalNaive().fit(to: alternate)
    }
  }
}
