import TestSupport
import Testing

@testable import Tradewind

@Suite("Recent")
struct RecentTests {
  static let series = TimeSeries(OddSeries.regular(100), start: .month(2015, 4), name: "long")

  @Test("the forecast is that of the last periods, with its law")
  func same() throws {
    let model = try Recent(ETS(), periods: 60).fit(to: Self.series)
    let alone = try ETS().fit(to: Self.series.suffix(60))
    var expected = alone.forecast(horizon: 14)
    expected.model += " of the last 60"
    #expect(model.forecast(horizon: 14) == expected)
    #expect(model.series == Self.series && model.informationCriteria == nil)
    #expect(model.fittedValues.count == 100 && model.fittedValues.prefix(40).allSatisfy(\.isNaN))
    #expect(Array(model.fittedValues.suffix(60)) == alone.fittedValues)
    let paths = model.samplePaths(horizon: 3, count: 5, seed: 4)
    #expect(paths == alone.samplePaths(horizon: 3, count: 5, seed: 4))
  }

  @Test("a series that is not longer is fitted as it is")
  func short() throws {
    let model = try Recent(Theta(), periods: 100).fit(to: Self.series)
    let alone = try Theta().fit(to: Self.series)
    #expect(model.forecast(horizon: 6) == alone.forecast(horizon: 6))
    #expect(model.name == alone.name)
  }

  @Test("new observations are taken in, and errors are the base model's")
  func updates() throws {
    let model = try Recent(SeasonalNaive(), periods: 24).fit(to: Self.series.prefix(90))
    let later = try model.updated(with: Array(Self.series.values.suffix(10)))
    #expect(later.series.values == Self.series.values)
    #expect(
      later.forecast(horizon: 12).mean
        == (try SeasonalNaive().fit(to: Self.series).forecast(horizon: 12).mean))
    #expect(throws: ForecastError.self) {
      _ = try Recent(AutomaticRegARIMA(), periods: 8).fit(to: Self.series)
    }
    #expect(throws: ForecastError.self) { _ = try model.updated(with: [.infinity]) }
  }

  @Test(
    "where all of the last periods are missing the base model says so; within others it sees their series")
  func missing() throws {
    var gone = Self.series
    for t in 80..<100 { gone.values[t] = .nan }
    #expect(throws: ForecastError.self) { _ = try Recent(Naive(), periods: 20).fit(to: gone) }
    let inside = try Linearized(Recent(Naive(), periods: 30)).fit(to: Self.series)
    #expect(inside.base.name == "Naive of the last 30")
  }
}
