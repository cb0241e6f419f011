/// What the intervals of an ARIMA forecast take into account.
///
/// Programs differ: X-13 has the maximum-likelihood variance and the regression's uncertainty; R's `forecast` the variance with the
/// degrees of freedom and no uncertainty of parameters at all; JDemetra+ the variance with the degrees of freedom and the
/// regression's uncertainty, as is the default here.
public struct ARIMAUncertainty: Sendable, Hashable, Codable {
  /// The divisor of the innovations' sum of squares.
  public enum Variance: String, Sendable, Hashable, Codable, CaseIterable {
    /// The number of values the likelihood is of.
    case maximumLikelihood
    /// That less the number of ARMA and regression coefficients estimated, at least 1.
    case degreesOfFreedom
  }

  /// Where innovations to come are drawn from.
  public enum Innovations: String, Sendable, Hashable, Codable, CaseIterable {
    /// The normal law.
    case normal
    /// The residuals less their mean, with equal probability, spread as the variance says. Intervals are then drawn.
    case bootstrap
  }

  public var variance: Variance
  /// Whether the error of the regression coefficients is part of a forecast's.
  public var includesRegression: Bool
  /// Whether the error of the ARMA coefficients is part of a forecast's, to first order (the delta method), with their covariance
  /// by the observed information.
  public var includesCoefficients: Bool
  public var innovations: Innovations

  public init(
    variance: Variance = .degreesOfFreedom, includesRegression: Bool = true,
    includesCoefficients: Bool = false,
    innovations: Innovations = .normal
  ) {
    self.variance = variance
    self.includesRegression = includesRegression
    self.includesCoefficients = includesCoefficients
    self.innovations = innovations
  }
}
