/// A series taken apart into trend, season and remainder, one value of each per period.
///
/// ```swift
/// let parts = try STL(seasonalWindow: .periodic).decompose(imports)
/// parts.trend            // [412.3, 413.0, …] in the unit of the series
/// parts.seasonallyAdjusted
/// parts.seasonalStrength // 0.83
/// ```
///
/// Where `observed` is missing (NaN), `remainder` is NaN too; elsewhere the components add (or multiply) up
/// to `observed` to within rounding. Which components exist beside a gap or at the ends is said by the method
/// that made them.
public struct SeasonalDecomposition: Sendable, Equatable {
  /// The series as it was given; NaN where missing.
  public let observed: TimeSeries
  /// How the components combine.
  public let mode: DecompositionMode
  /// The slow movement, in the unit of the series.
  public let trend: [Double]
  /// The seasonal swing: in the unit of the series when additive, a factor near 1 when multiplicative.
  public let seasonal: [Double]
  /// What trend and season leave over: in the unit of the series, or a factor near 1.
  public let remainder: [Double]
  /// The robustness weight (0…1) of each period in the last fit: near 0 for an outlier, 1 everywhere where
  /// the method is not robust, NaN where the observation is missing.
  public let weights: [Double]

  /// The observed series without its season: observed − seasonal, or observed ÷ seasonal. NaN where missing.
  public var seasonallyAdjusted: [Double] {
    switch mode {
    case .additive: zip(observed.values, seasonal).map { $0 - $1 }
    case .multiplicative: zip(observed.values, seasonal).map { $0 / $1 }
    }
  }

  package init(
    observed: TimeSeries, mode: DecompositionMode, trend: [Double], seasonal: [Double],
    weights: [Double]? = nil
  ) {
    self.observed = observed
    self.mode = mode
    self.trend = trend
    self.seasonal = seasonal
    self.weights = weights ?? observed.values.map { $0.isNaN ? .nan : 1 }
    let values = observed.values
    switch mode {
    case .additive: remainder = values.indices.map { values[$0] - seasonal[$0] - trend[$0] }
    case .multiplicative: remainder = values.indices.map { values[$0] / (seasonal[$0] * trend[$0]) }
    }
  }
}
