import RealModule
import TradewindNumerics

/// What the residuals still tell. Missing residuals are left out: a product over a gap does not count.
extension RegressionFit {
  /// Whether residuals are uncorrelated up to a lag: Q = n(n + 2) Σ r(k)² / (n − k), chi-square with `lags` −
  /// `fittedParameters` degrees of freedom.
  ///
  /// r(k) is the autocorrelation around the residuals' mean with divisor n, as R's `Box.test(type =
  /// "Ljung-Box")` has it.
  ///
  /// - Parameters:
  ///   - lags: The highest lag, 1 or more and less than the number of observations.
  ///   - fittedParameters: Parameters of dynamics to take off the degrees of freedom (R's `fitdf`); 0 for a
  ///     regression.
  /// - Throws: ``RegressionError/lags(lags:fittedParameters:observations:)``.
  ///
  /// Reference: G. M. Ljung and G. E. P. Box (1978), "On a Measure of Lack of Fit in Time Series Models",
  /// Biometrika 65:297–303, DOI 10.1093/biomet/65.2.297.
  public func ljungBox(lags: Int, fittedParameters: Int = 0) throws(RegressionError) -> HypothesisTest {
    let n = observationCount
    guard fittedParameters >= 0, lags >= 1, lags > fittedParameters, lags < n else {
      throw .lags(lags: lags, fittedParameters: fittedParameters, observations: n)
    }
    let mean = observedResiduals.reduce(0, +) / Double(n)
    let e = residuals.map { $0.isNaN ? 0 : $0 - mean }
    let variance = e.reduce(0) { $0 + $1 * $1 }
    var sum = 0.0
    for k in 1...lags {
      var product = 0.0
      for t in k..<e.count { product += e[t] * e[t - k] }
      sum += (product / variance) * (product / variance) / Double(n - k)
    }
    return chiSquare(Double(n) * Double(n + 2) * sum, degreesOfFreedom: lags - fittedParameters)
  }

  /// Σ(e(t) − e(t − 1))² / Σe(t)², 0…4: near 2 without correlation of neighbours, below it with positive
  /// correlation.
  ///
  /// NaN for residuals that are all zero. Differences are taken between observed neighbours only.
  ///
  /// Reference: J. Durbin and G. S. Watson (1950), "Testing for Serial Correlation in Least Squares
  /// Regression: I", Biometrika 37:409–428, DOI 10.1093/biomet/37.3-4.409.
  public var durbinWatson: Double {
    var sum = 0.0
    for (before, e) in zip(residuals, residuals.dropFirst()) where !before.isNaN && !e.isNaN {
      sum += (e - before) * (e - before)
    }
    return sum / residualSumOfSquares
  }

  /// Whether residuals are normal: n/6 (S² + (K − 3)²/4) from skewness S and kurtosis K, chi-square with 2
  /// degrees of freedom.
  ///
  /// Moments are around the residuals' mean with divisor n. The law holds for long series only: below some
  /// hundred observations the test rejects too rarely.
  ///
  /// Reference: C. M. Jarque and A. K. Bera (1987), "A Test for Normality of Observations and Regression
  /// Residuals", International Statistical Review 55:163–172, DOI 10.2307/1403192.
  public var jarqueBera: HypothesisTest {
    let e = observedResiduals
    let n = Double(e.count)
    let mean = e.reduce(0, +) / n
    var (m2, m3, m4) = (0.0, 0.0, 0.0)
    for value in e {
      let d = value - mean
      m2 += d * d / n
      m3 += d * d * d / n
      m4 += d * d * d * d / n
    }
    let skewness = m3 / (m2 * Double.sqrt(m2))
    let excess = m4 / (m2 * m2) - 3
    return chiSquare(n / 6 * (skewness * skewness + excess * excess / 4), degreesOfFreedom: 2)
  }

  private var observedResiduals: [Double] { residuals.filter { !$0.isNaN } }

  private func chiSquare(_ statistic: Double, degreesOfFreedom: Int) -> HypothesisTest {
    HypothesisTest(
      statistic: statistic, degreesOfFreedom: degreesOfFreedom, denominatorDegreesOfFreedom: nil,
      pValue: ChiSquare(degreesOfFreedom: Double(degreesOfFreedom)).survival(statistic))
  }
}
