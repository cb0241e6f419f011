import RealModule

/// How the covariance of the coefficients is estimated.
public enum StandardErrors: Sendable, Hashable {
  /// σ²(X′X)⁻¹: right when residuals are uncorrelated and of equal variance.
  case classical
  /// Newey and West's estimate, which stays right when residuals are correlated over `lag` periods or vary in
  /// size.
  ///
  /// Bartlett weights 1 − l / (lag + 1). A `lag` of nil takes ``automaticLag(observations:)``; lag 0 is
  /// White's estimate. With `smallSample` the covariance is multiplied by n / (n − k), k coefficients, as
  /// statsmodels' `use_correction=True` and `sandwich`'s `adjust` do. No prewhitening. Where observations are
  /// missing, products over a gap keep their true distance in time and those with a missing residual are left
  /// out.
  ///
  /// Reference: W. K. Newey and K. D. West (1987), "A Simple, Positive Semi-Definite, Heteroskedasticity and
  /// Autocorrelation Consistent Covariance Matrix", Econometrica 55:703–708, DOI 10.2307/1913610.
  case neweyWest(lag: Int? = nil, smallSample: Bool = true)

  /// ⌊4 (n / 100)^(2/9)⌋, the rule of thumb for Bartlett weights.
  ///
  /// Reference: W. K. Newey and K. D. West (1994), "Automatic Lag Selection in Covariance Matrix Estimation",
  /// The Review of Economic Studies 61:631–653, DOI 10.2307/2297912.
  public static func automaticLag(observations: Int) -> Int {
    Int((4 * Double.pow(Double(max(observations, 0)) / 100, 2.0 / 9)).rounded(.down))
  }
}
