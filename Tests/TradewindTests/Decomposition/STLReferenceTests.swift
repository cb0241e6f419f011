import TestSupport
import Testing
import Tradewind

@Suite("STL against R")
struct STLReferenceTests {
  struct Variant: CustomTestStringConvertible, Sendable {
    let window: String
    let robust: Bool
    var testDescription: String { "s.window \(window), robust \(robust)" }
    var stl: STL {
      STL(seasonalWindow: Int(window).map { .length($0) } ?? .periodic, robust: robust)
    }
  }

  static let variants = ["periodic", "13"].flatMap { window in
    [false, true].map { Variant(window: window, robust: $0) }
  }

  @Test("seasonal, trend, remainder and weights equal stats::stl", arguments: variants)
  func equalsR(variant: Variant) throws {
    let rows = try References.rows("decomposition/stl.csv")
      .filter { $0["s_window"] == variant.window && $0["robust"] == (variant.robust ? "TRUE" : "FALSE") }
    for series in try m3Series() {
      let expected = rows.filter { $0["series"] == series.name }
      let seasonal = try expected.map { try #require(Double($0["seasonal"] ?? "")) }
      let trend = try expected.map { try #require(Double($0["trend"] ?? "")) }
      let weights = try expected.map { try #require(Double($0["weight"] ?? "")) }
      let remainder = series.values.indices.map { series.values[$0] - seasonal[$0] - trend[$0] }

      let parts = try variant.stl.decompose(series)
      // 10⁻¹¹ of the range: measured 9 · 10⁻¹³ at most, where rounding passes through 15 rounds of weights.
      let range = (series.values.max() ?? 0) - (series.values.min() ?? 0)
      #expect(largestDifference(parts.seasonal, seasonal) < 1e-11 * range, "\(series.name) seasonal")
      #expect(largestDifference(parts.trend, trend) < 1e-11 * range, "\(series.name) trend")
      #expect(largestDifference(parts.remainder, remainder) < 1e-11 * range, "\(series.name) remainder")
      #expect(largestDifference(parts.weights, weights) < 1e-11, "\(series.name) weights")
    }
  }

  @Test("with an odd number of observations the median makes no difference; with an even number it can")
  func medianRule() throws {
    for series in try m3Series() {
      let asInR = try STL(robust: true).decompose(series)
      let exact = try STL(robust: true, exactMedian: true).decompose(series)
      if series.count % 2 == 1 { #expect(asInR == exact) }
      if series.name == "N1850" { #expect(asInR != exact) }
    }
  }
}
