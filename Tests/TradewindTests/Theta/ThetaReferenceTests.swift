import TestSupport
import Testing

@testable import Tradewind

@Suite("Theta against R and statsforecast")
struct ThetaReferenceTests {
  private func number(_ row: [String: String], _ column: String) throws -> Double {
    try #require(Double(row[column] ?? ""))
  }

  @Test("the standard method is R's thetaf: drift, forecasts, intervals, and a sum of squares no larger")
  func equalsThetaf() throws {
    let rows = try References.rows("theta/thetaf.csv")
    for series in try m3Series() {
      let expected = rows.filter { $0["series"] == series.name }
      let fit = try Theta(.standard).fit(to: series)
      let forecast = fit.forecast(horizon: 18)
      let first = try #require(expected.first)
      #expect(isClose(fit.slope / 2, try number(first, "drift"), relative: 1e-9))
      // R's α ends a Nelder–Mead search; 1.4·10⁻⁴ is the largest difference measured.
      #expect(isClose(fit.alpha, try number(first, "alpha"), absolute: 2e-4), "\(series.name)")
      let z = 1.959_963_984_540_054
      let theirs = (try number(first, "hi95") - number(first, "mean")) / z
      let theirSquares = theirs * theirs * Double(series.count - 2)
      #expect(fit.sumOfSquares < theirSquares * (1 + 1e-8), "\(series.name)")
      // On N2791 α is at its bound, and R ended its search for ℓ₀ with a sum of squares 7.8·10⁻⁵ larger.
      let sameOptimum = fit.sumOfSquares > theirSquares * (1 - 1e-6)
      #expect(sameOptimum || series.name == "N2791")
      for (h, row) in expected.enumerated() {
        let mean = try number(row, "mean")
        #expect(
          isClose(forecast.mean[h], mean, relative: sameOptimum ? 2e-4 : 2e-3), "\(series.name) step \(h + 1)"
        )
        // R leaves the half width of the adjusted series as it is; here it has the season's factor. R's variance leaves out that
        // slope and season are estimates, and the degrees of freedom of the latter.
        let factor = fit.seasonalFigure.isEmpty ? 1 : fit.seasonalFigure[(series.count + h) % 12]
        let known = fit.law(18, estimated: false).variance(of: (0...h).map { $0 == h ? 1 : 0 })
        let freedom = Double(series.count - 2)
        let figures = fit.seasonalFigure.isEmpty ? 0.0 : 11
        let half = z * (known * (freedom - figures) / freedom).squareRoot() / factor
        #expect(isClose(half, try number(row, "hi95") - mean, relative: 2e-4), "\(series.name) step \(h + 1)")
      }
    }
  }

  static let models: [(String, Theta.Variant)] = [
    ("OTM", .optimized), ("DSTM", .dynamicStandard), ("DOTM", .dynamicOptimized),
  ]

  @Test("at statsforecast's parameters errors and forecasts are its own", arguments: models)
  func recursion(name: String, variant: Theta.Variant) throws {
    let rows = try References.rows("theta/statsforecast.csv").filter { $0["model"] == name }
    for series in try m3Series() {
      let expected = rows.filter { $0["series"] == series.name }
      let first = try #require(expected.first)
      let season = try ThetaSeason(of: series, .tested, model: name)
      let adjusted = season.removed(from: series.values)
      var line = RunningLine()
      if !variant.isDynamic { for (i, y) in adjusted.enumerated() { line.add(y, at: Double(i + 1)) } }
      var state = ThetaRecursion(
        alpha: try number(first, "alpha"), weight: 1 - 1 / (try number(first, "theta")),
        level: try number(first, "initial_smoothed"), isDynamic: variant.isDynamic, line: line)
      var squares = 0.0
      for (i, y) in adjusted.enumerated() {
        if i >= 3 { squares += (y - state.expected) * (y - state.expected) }
        state.observe(y)
      }
      #expect(isClose(squares, try number(first, "sse"), relative: 1e-11), "\(series.name)")
      let means = season.restored(to: state.forecasts(18), start: series.count)
      for (mean, row) in zip(means, expected) {
        #expect(isClose(mean, try number(row, "mean"), relative: 1e-11), "\(series.name)")
      }
    }
  }

  @Test("the optimum is no worse than statsforecast's, the forecasts close", arguments: models)
  func optimum(name: String, variant: Theta.Variant) throws {
    let rows = try References.rows("theta/statsforecast.csv").filter { $0["model"] == name }
    for series in try m3Series() {
      let expected = rows.filter { $0["series"] == series.name }
      let fit = try Theta(variant).fit(to: series)
      let theirs = try number(try #require(expected.first), "sse")
      #expect(fit.sumOfSquares <= theirs * (1 + 1e-9), "\(series.name)")
      // Where both found one optimum, the forecasts agree as far as their search went.
      guard fit.sumOfSquares > theirs * (1 - 1e-5) else { continue }
      for (mean, row) in zip(fit.forecast(horizon: 18).mean, expected) {
        #expect(isClose(mean, try number(row, "mean"), relative: 5e-3), "\(series.name)")
      }
    }
  }
}
