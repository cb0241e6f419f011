/// An estimated coefficient with its uncertainty.
public struct RegressionCoefficient: Sendable, Equatable {
  /// The name of its column; `(Intercept)` for the constant.
  public let name: String
  /// The estimate, in units of the (transformed) series per unit of the column.
  public let estimate: Double
  /// Its standard error, by the method the fit was asked for.
  public let standardError: Double
  /// estimate / standard error; NaN or infinite where the fit is perfect.
  public let tStatistic: Double
  /// The probability of a t at least as far from zero if the true coefficient were zero, by Student's t with
  /// the residual degrees of freedom.
  public let pValue: Double
}
