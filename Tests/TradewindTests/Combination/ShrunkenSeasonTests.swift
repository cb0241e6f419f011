import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Shrunken season")
struct ShrunkenSeasonTests {
  @Test("a season far above the noise stays, one within it goes")
  func shrinkage() throws {
    // A pure season is kept as it is.
    let figure = [10.0, 20, 30, 25, 5, 1, 2, 3, 9, 11, 14, 12]
    let pure = TimeSeries((0..<60).map { figure[$0 % 12] }, start: .month(2018, 1))
    let forecast = try ShrunkenSeason(Mean()).fit(to: pure).forecast(horizon: 12)
    for h in 0..<12 { #expect(isClose(forecast.mean[h], figure[h], relative: 1e-9)) }
    // Noise has no season: what is left of its figures is small beside them.
    var generator = SeededGenerator(seed: 5)
    var (kept, raw) = (0.0, 0.0)
    for _ in 0..<40 {
      let noise = TimeSeries((0..<60).map { _ in 100 + generator.nextNormal() }, start: .month(2018, 1))
      let shrunken = try ShrunkenSeason(Mean()).fit(to: noise).season.prefix(12)
      let plain = try ClassicalDecomposition(mode: .multiplicative).decompose(noise).seasonal.prefix(12)
      kept += (shrunken.isEmpty ? 0 : shrunken.reduce(0) { $0 + ($1 - 1) * ($1 - 1) })
      raw += plain.reduce(0) { $0 + ($1 - 1) * ($1 - 1) }
    }
    #expect(kept < 0.2 * raw, "\(kept) \(raw)")
  }

  @Test(
    "where the season walks, the last year's is forecast; values that are not above zero have differences")
  func moving() throws {
    // A swing that turns over in twenty years.
    func season(_ t: Int) -> Double { Double.cos(.pi / 6 * Double(t)) * (0.3 - 0.03 * Double(t / 12)) }
    for shift in [1.0, 0] {
      let series = TimeSeries((0..<246).map { shift + season($0) }, start: .month(2000, 1))
      let model = try ShrunkenSeason(Mean()).fit(to: series)
      #expect(model.multiplicative == (shift == 1))
      let forecast = model.forecast(horizon: 12).mean
      let late = (0..<12).map { shift + season($0 + 234) }
      let mean = (0..<12).map { s in (0..<20).reduce(0) { $0 + shift + season(s + 6 + 12 * $1) } / 20 }
      let (near, far) = (distance(forecast, late), distance(mean, late))
      #expect(near < 0.25 * far, "\(near) \(far)")
      // The year that is repeated is centred.
      let last = model.season.suffix(12).reduce(0, +)
      #expect(isClose(last, 12 * shift, relative: 1e-9, absolute: 1e-9))
    }
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  @Test("of the season so much is kept as James and Stein's estimate says")
  func kept() throws {
    // Differences, since not all is above zero; a season near the noise.
    var generator = SeededGenerator(seed: 8)
    let values = (0..<72).map { 0.6 * Double.cos(.pi / 6 * Double($0)) + generator.nextNormal() }
    let series = TimeSeries(values, start: .month(2018, 1))
    let trend = try ClassicalDecomposition(mode: .additive).decompose(series).trend
    let moving = MovingSeason(of: zip(values, trend).map { $0 - $1 }, period: 12)
    let last = moving.figures.suffix(12)
    let mean = last.reduce(0, +) / 12
    let variance = last.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 11
    let share = 1 - 9.0 / 11 * moving.variance / variance
    #expect((0.2..<0.9).contains(share), "\(share)")
    let season = try ShrunkenSeason(Mean()).fit(to: series).season.suffix(12)
    for (figure, raw) in zip(season, last) {
      #expect(isClose(figure, share * (raw - mean), relative: 1e-9, absolute: 1e-12))
    }
  }

  @Test("a factor of a twentieth is one, one below a hundredth makes the season additive")
  func smallFactors() throws {
    for (low, isMultiplicative) in [(5.0, true), (0.5, false)] {
      let series = TimeSeries((0..<60).map { $0 % 12 == 7 ? low : 110 }, start: .month(2018, 1))
      #expect(try ShrunkenSeason(Mean()).fit(to: series).multiplicative == isMultiplicative)
    }
  }

  @Test("too short a series is refused, one without a season is left to the base model")
  func short() throws {
    let enough = TimeSeries(OddSeries.regular(25), start: .month(2020, 1))
    #expect(try ShrunkenSeason(Drift()).fit(to: enough).season.count == 25)
    #expect(throws: ForecastError.tooShort(model: "shrunken season + Drift", needed: 25, found: 24)) {
      _ = try ShrunkenSeason(Drift()).fit(to: TimeSeries(OddSeries.regular(24), start: .month(2020, 1)))
    }
    let years = TimeSeries(OddSeries.regular(20, season: 1), start: .year(2000))
    let mean = try ShrunkenSeason(Drift()).fit(to: years).forecast(horizon: 3).mean
    #expect(mean == (try Drift().fit(to: years).forecast(horizon: 3).mean))
  }
}
