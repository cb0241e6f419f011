import TestSupport
import Testing
import Tradewind

@Suite("MSTL")
struct MSTLTests {
  @Test("trend and seasons equal R's mstl", arguments: ["12", "4+12", "6+12+24"])
  func equalsR(name: String) throws {
    let rows = try References.rows("decomposition/mstl.csv").filter { $0["periods"] == name }
    let periods = name.split(separator: "+").compactMap { Int($0) }
    var compared = 0
    for series in try m3Series() {
      let expected = rows.filter { $0["series"] == series.name }
      guard !expected.isEmpty else { continue }
      compared += 1
      func column(_ name: String) throws -> [Double] {
        try expected.map { try #require(Double($0[name] ?? "")) }
      }
      let parts = try MSTL(periods: periods.reversed()).decompose(series)
      #expect(parts.seasons.map(\.period) == periods)
      let range = (series.values.max() ?? 0) - (series.values.min() ?? 0)
      let worst = 1e-11 * range
      #expect(largestDifference(parts.combined.trend, try column("trend")) < worst, "\(series.name)")
      #expect(largestDifference(parts.seasons[0].values, try column("first")) < worst, "\(series.name)")
      #expect(largestDifference(parts.combined.seasonal, try column("seasonal")) < worst, "\(series.name)")
    }
    #expect(compared == 2)
  }

  private func wave(_ t: Int, _ period: Int) -> Double {
    let pattern = [3.0, -1, 4, -1, -5, 2, 6, -5, 3, -8, 1, 1]
    return pattern[t % period] - pattern.prefix(period).reduce(0, +) / Double(period)
  }

  @Test(
    "two patterns that repeat exactly come apart, and a multiplicative decomposition is that of the logarithms"
  )
  func pureSeasons() throws {
    let values = (0..<120).map { 50 + wave($0, 5) + wave($0, 12) }
    let series = TimeSeries(values, start: .month(2010, 1))
    let method = MSTL(periods: [12, 5], seasonalWindows: [.periodic], iterations: 5)
    let parts = try method.decompose(series)
    for t in 0..<120 {
      #expect(isClose(parts.seasons[0].values[t], wave(t, 5), absolute: 0.02))
      #expect(isClose(parts.seasons[1].values[t], wave(t, 12), absolute: 0.02))
    }
    var product = method
    product.fits.mode = .multiplicative
    let factors = try product.decompose(series)
    #expect(factors.combined.mode == .multiplicative)
    for t in 0..<120 {
      let whole = factors.combined.trend[t] * factors.seasons[0].values[t] * factors.seasons[1].values[t]
      #expect(isClose(whole * factors.combined.remainder[t], values[t], relative: 1e-12))
    }
  }

  @Test(
    "one period is STL with a window of eleven years, gaps stay gaps, and periods too long or too short are errors"
  )
  func edges() throws {
    let values = (0..<60).map { Double($0) + wave($0, 12) }
    let series = TimeSeries(values, start: .month(2010, 1))
    let (once, stl) = (try MSTL().decompose(series), try STL(seasonalWindow: .length(11)).decompose(series))
    #expect(largestDifference(once.combined.trend, stl.trend) < 1e-9)
    #expect(largestDifference(once.combined.seasonal, stl.seasonal) < 1e-9)
    var gappy = values
    gappy[30] = .nan
    let parts = try MSTL(periods: [3, 12]).decompose(TimeSeries(gappy, start: .month(2010, 1)))
    #expect(parts.combined.remainder[30].isNaN && parts.combined.trend[30].isFinite)
    #expect(throws: DecompositionError.tooShort(needed: 80, found: 60)) {
      try MSTL(periods: [12, 40]).decompose(series)
    }
    #expect(throws: DecompositionError.notSeasonal(seasonalPeriod: 1)) {
      try MSTL(periods: [1, 12]).decompose(series)
    }
  }

  @Test("forecasts repeat the last cycle of every season over the base model's, and go on so when updated")
  func forecasts() throws {
    let values = (0..<96).map { 100 + wave($0, 5) + wave($0, 12) }
    let series = TimeSeries(values, start: .month(2010, 1))
    let model = SeasonallyAdjusted(
      Naive(), by: MSTL(periods: [5, 12], seasonalWindows: [.periodic], iterations: 5))
    let fit = try model.fit(to: series)
    #expect(model.name == "MSTL + Naive" && fit.name == "MSTL + Naive")
    let forecast = fit.forecast(horizon: 30)
    for h in 0..<30 {
      #expect(isClose(forecast.mean[h], 100 + wave(96 + h, 5) + wave(96 + h, 12), absolute: 0.1))
    }
    let later = try fit.updated(with: Array(forecast.mean.prefix(7))).forecast(horizon: 23)
    #expect(largestDifference(later.mean, Array(forecast.mean.dropFirst(7))) < 1e-9)
  }
}
