/// A test that all coefficients of a group are zero: whether trading days, the season or a holiday matter at all.
///
/// Single coefficients of six trading days are seldom significant, their test together is what decides. X-13 prints
/// both statistics.
///
/// With k coefficients b and their covariance V, the chi-square is b′V⁻¹b with k degrees of freedom, and F the
/// same by k, with V from the residual variance whose divisor is the degrees of freedom.
public struct CoefficientGroup: Sendable, Equatable {
  /// The terms that are tested, such as `trading days` or `trading days and leap year`.
  public let title: String
  /// Which part of the series the first of these terms belongs to.
  public let role: RegressionRole
  /// The tested coefficients; those of aliased columns are left out.
  public let coefficients: [String]
  /// Wald's test, right for long series.
  public let chiSquare: HypothesisTest
  /// The test for short series; exact for a regression with independent normal residuals.
  public let f: HypothesisTest
}
