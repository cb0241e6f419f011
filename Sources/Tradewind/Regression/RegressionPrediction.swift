/// What a regression expects of one future period.
public struct RegressionPrediction: Sendable, Equatable {
  /// The period.
  public let period: Period
  /// The expected value, in the unit of the series.
  public let mean: Double
  /// The value that is exceeded with probability one half, in the unit of the series. Below the mean for a
  /// fit in logs.
  public let median: Double
  /// The standard deviation of the prediction error on the scale of the fit: that of the residual and that of
  /// the coefficients.
  public let standardError: Double
  /// One interval for each level asked for, in the same order.
  public let intervals: [PredictionInterval]
}
