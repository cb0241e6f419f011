import TradewindNumerics

/// A regression fitted to a series: made by ``RegressionModel/fit(to:standardErrors:transform:)``.
///
/// Everything here is on the scale of the fit: that of the series, or of its natural logarithms with the
/// transform ``RegressionTransform/log``. Predictions are in the unit of the series. Missing observations
/// took no part and are counted.
public struct RegressionFit: Sendable {
  /// The name of the constant among the coefficients, as in R.
  public static let interceptName = "(Intercept)"

  /// The model that was fitted.
  public let model: RegressionModel
  /// The series it was fitted to.
  public let observed: TimeSeries
  /// The scale of the fit.
  public let transform: RegressionTransform
  /// How standard errors were estimated; a lag left open is filled in.
  public let standardErrors: StandardErrors

  /// The estimated coefficients in the order of the model.
  public let coefficients: [RegressionCoefficient]
  /// The columns that could not be told from those before them, and what they are a combination of.
  public let aliased: [AliasedTerm]

  /// The model's value for each period, also where the observation is missing; NaN where a regressor is
  /// unknown there.
  public let fitted: [Double]
  /// observed − fitted on the scale of the fit; NaN where missing.
  public let residuals: [Double]
  /// How far each observation draws its own fitted value, 0…1; they sum to the number of coefficients. NaN
  /// where missing.
  public let leverages: [Double]

  /// Residual standard error: √(sum of squares / degrees of freedom).
  public let sigma: Double
  /// Sum of squared residuals.
  let residualSumOfSquares: Double
  /// Sum of squares that the model explains: around the mean with an intercept, around zero without one.
  let totalSumOfSquares: Double
  /// Sum of the natural logarithms of the observations; nil for a fit of the values themselves.
  let sumOfLogs: Double?

  /// Which columns of the model are estimated, and their covariance.
  let kept: [Int]
  let covariance: Matrix

  /// How many observations took part.
  public var observationCount: Int { observed.count - observed.missingCount }
  /// How many periods of the series are missing and took no part.
  public var missingCount: Int { observed.missingCount }
  /// Observations less coefficients; at least 1.
  public var degreesOfFreedom: Int { observationCount - coefficients.count }

  /// The coefficient of a column; nil if there is none by this name or it is aliased.
  public func coefficient(_ name: String) -> RegressionCoefficient? {
    coefficients.first { $0.name == name }
  }
}
