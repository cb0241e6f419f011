import RealModule
import TradewindNumerics

/// How well the model explains the series.
extension RegressionFit {
  /// The share of the variance that the model explains, at most 1: around the mean with an intercept, around
  /// zero without one, as in R.
  public var rSquared: Double { 1 - residualSumOfSquares / totalSumOfSquares }

  /// R² with both variances divided by their degrees of freedom.
  public var adjustedRSquared: Double {
    let total = observationCount - (model.intercept ? 1 : 0)
    return 1 - (1 - rSquared) * Double(total) / Double(degreesOfFreedom)
  }

  /// The Gaussian log-likelihood at its maximum: −n/2 (log 2π + log(RSS / n) + 1), as R's `logLik` of an
  /// `lm`. +∞ for a perfect fit.
  ///
  /// For a fit in logs this is the likelihood of the logarithms; see ``logLikelihoodOfLevels``.
  public var logLikelihood: Double {
    let n = Double(observationCount)
    return -0.5 * n * (Double.log(2 * .pi) + Double.log(residualSumOfSquares / n) + 1)
  }

  /// The log-likelihood of the values in their own unit: less the sum of their logarithms for a fit in logs.
  ///
  /// Only so can a fit in logs be compared with one of the values; −2 times it plus the penalty is the
  /// comparable criterion.
  public var logLikelihoodOfLevels: Double { logLikelihood - (sumOfLogs ?? 0) }

  /// Estimated parameters: the coefficients and σ.
  public var parameterCount: Int { coefficients.count + 1 }

  /// Akaike's criterion, −2 log L + 2p, with σ among the p parameters: R's `AIC`.
  ///
  /// R's `extractAIC`, and `CV` of the package `forecast` which builds on it, leave out the constant n (1 +
  /// log 2π); `extractAIC` does not count σ.
  public var aic: Double { -2 * logLikelihood + 2 * Double(parameterCount) }

  /// Akaike's criterion corrected for short series, AIC + 2p(p + 1) / (n − p − 1); +∞ where n ≤ p + 1.
  ///
  /// Reference: C. M. Hurvich and C.-L. Tsai (1989), "Regression and Time Series Model Selection in Small
  /// Samples", Biometrika 76:297–307, DOI 10.1093/biomet/76.2.297.
  public var aicc: Double {
    let (n, p) = (observationCount, parameterCount)
    return n > p + 1 ? aic + 2 * Double(p) * Double(p + 1) / Double(n - p - 1) : .infinity
  }

  /// Schwarz's criterion, −2 log L + p log n: R's `BIC`.
  public var bic: Double {
    -2 * logLikelihood + Double(parameterCount) * Double.log(Double(observationCount))
  }

  /// The F test that every coefficient but the intercept is zero, with classical variances; nil for a model
  /// of an intercept alone.
  public var fTest: HypothesisTest? {
    // The intercept comes first and, being the first column, is never aliased.
    let tested = coefficients.count - (model.intercept ? 1 : 0)
    guard tested > 0 else { return nil }
    let explained = (totalSumOfSquares - residualSumOfSquares) / Double(tested)
    let statistic = explained / (residualSumOfSquares / Double(degreesOfFreedom))
    let law = FDistribution(numerator: Double(tested), denominator: Double(degreesOfFreedom))
    return HypothesisTest(
      statistic: statistic, degreesOfFreedom: tested, denominatorDegreesOfFreedom: degreesOfFreedom,
      pValue: law.survival(statistic))
  }
}
