import RealModule

extension SeasonalDecomposition {
  /// How much of the detrended series is season, from 0 (none) to 1 (nothing else).
  ///
  /// max(0, 1 − Var(R) / Var(S + R)) over the periods where both are known. A multiplicative decomposition is
  /// measured in logs, where its factors add. 0 where there is nothing to explain: a constant series, or
  /// fewer than two known periods.
  ///
  /// Reference: X. Wang, K. Smith and R. Hyndman (2006), "Characteristic-Based Clustering for Time Series
  /// Data", Data Mining and Knowledge Discovery 13:335–364, DOI 10.1007/s10618-005-0039-x; R. J. Hyndman and
  /// G. Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, §4.3.
  public var seasonalStrength: Double { strength(of: seasonal) }

  /// How much of the seasonally adjusted series is trend, from 0 (none) to 1 (nothing else).
  ///
  /// max(0, 1 − Var(R) / Var(T + R)), under the conventions and from the references of ``seasonalStrength``.
  public var trendStrength: Double { strength(of: trend) }

  private func strength(of component: [Double]) -> Double {
    let known = component.indices.filter { component[$0].isFinite && remainder[$0].isFinite }
    let additive = mode == .additive
    let rest = known.map { additive ? remainder[$0] : Double.log(remainder[$0]) }
    let part = known.map { additive ? component[$0] : Double.log(component[$0]) }
    let whole = Self.sumOfSquares(zip(part, rest).map { $0 + $1 })
    return whole > 0 ? max(0, 1 - Self.sumOfSquares(rest) / whole) : 0
  }

  /// Squared deviations from the mean; the common divisor of two variances over the same periods cancels.
  private static func sumOfSquares(_ x: [Double]) -> Double {
    let mean = x.reduce(0, +) / Double(max(x.count, 1))
    return x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}
