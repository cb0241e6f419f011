import RealModule
import TestSupport
import Testing
import Tradewind

@Suite("Seasonal and trend strength")
struct StrengthTests {
  /// Season ±1, remainder ±½ and trend ±¾ are uncorrelated over eight quarters: the variances are 1, ¼ and 9/16.
  @Test("uncorrelated components on paper", arguments: DecompositionMode.allCases)
  func onPaper(mode: DecompositionMode) {
    let seasonal: [Double] = [1, -1, 1, -1, 1, -1, 1, -1]
    let remainder: [Double] = [0.5, 0.5, -0.5, -0.5, 0.5, 0.5, -0.5, -0.5]
    let trend: [Double] = [0.75, 0.75, 0.75, 0.75, -0.75, -0.75, -0.75, -0.75]
    let sum = (0..<8).map { seasonal[$0] + remainder[$0] + trend[$0] }
    func unit(_ x: [Double]) -> [Double] { mode == .additive ? x : x.map { Double.exp($0) } }
    let parts = SeasonalDecomposition(
      observed: TimeSeries(unit(sum), start: .quarter(2020, 1)), mode: mode, trend: unit(trend),
      seasonal: unit(seasonal))
    #expect(isClose(parts.seasonalStrength, 1 - 0.25 / 1.25, relative: 1e-14))
    #expect(isClose(parts.trendStrength, 1 - 0.25 / (0.25 + 9.0 / 16), relative: 1e-14))
  }

  @Test("a constant series has no strength; strengths lie in 0…1")
  func strengths() throws {
    let flat = TimeSeries([Double](repeating: 4, count: 48), start: .month(2020, 1))
    let parts = try ClassicalDecomposition().decompose(flat)
    #expect(parts.seasonalStrength == 0)
    #expect(parts.trendStrength == 0)
    for series in try m3Series() {
      for mode in DecompositionMode.allCases {
        let parts = try STL(mode: mode).decompose(series)
        #expect((0...1).contains(parts.seasonalStrength))
        #expect((0...1).contains(parts.trendStrength))
      }
    }
  }
}
