import TestSupport
import Testing
import Tradewind

@Suite("Series that cannot be decomposed")
struct DecompositionErrorTests {
  static func decompose(_ series: TimeSeries, mode: DecompositionMode = .additive) -> [DecompositionError] {
    var errors: [DecompositionError] = []
    do throws(DecompositionError) { _ = try STL(mode: mode).decompose(series) } catch { errors.append(error) }
    do throws(DecompositionError) {
      _ = try ClassicalDecomposition(mode: mode).decompose(series)
    } catch {
      errors.append(error)
    }
    return errors
  }

  static func both(_ error: DecompositionError) -> [DecompositionError] { [error, error] }

  @Test("each names what is wrong, with the numbers")
  func errors() {
    let start = Period.month(2020, 1)
    let long = (0..<36).map { 10 + Double($0 % 12) }
    #expect(Self.decompose(TimeSeries([], start: start)) == Self.both(.noObservations(count: 0)))
    let missing = TimeSeries([Double](repeating: .nan, count: 30), start: start)
    #expect(Self.decompose(missing) == Self.both(.noObservations(count: 30)))
    let yearly = TimeSeries([1, 2, 3], start: .year(2020))
    #expect(Self.decompose(yearly) == Self.both(.notSeasonal(seasonalPeriod: 1)))
    let short = TimeSeries(Array(long.prefix(23)), start: start)
    #expect(Self.decompose(short) == Self.both(.tooShort(needed: 24, found: 23)))
    var values = long
    values[3] = -.infinity
    #expect(
      Self.decompose(TimeSeries(values, start: start))
        == Self.both(.notFinite(period: .month(2020, 4), value: -.infinity)))
    values[3] = 0
    #expect(Self.decompose(TimeSeries(values, start: start)).isEmpty)
    #expect(
      Self.decompose(TimeSeries(values, start: start), mode: .multiplicative)
        == Self.both(.notPositive(period: .month(2020, 4), value: 0)))
    values = long
    for i in [4, 16, 28] { values[i] = .nan }
    #expect(throws: DecompositionError.seasonNeverObserved(season: 5, seasonalPeriod: 12)) {
      try STL().decompose(TimeSeries(values, start: start))
    }
  }

  @Test("an error's text is a sentence with the numbers")
  func text() {
    #expect(
      DecompositionError.tooShort(needed: 24, found: 23).description
        == "23 periods are too few: two seasons of 12 need 24")
  }
}
