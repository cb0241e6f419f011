import RealModule
import TradewindNumerics

/// A measure of shape beside what a normal law has.
public struct ShapeTest: Sendable, Equatable {
  /// The measure.
  public let value: Double
  /// What it is for a normal law.
  public let expected: Double
  /// The standard error of ``value`` for long series of normal residuals.
  public let standardError: Double
  /// The probability of a distance at least as large if the residuals were normal.
  public let pValue: Double

  init(value: Double, expected: Double, standardError: Double) {
    self.value = value
    self.expected = expected
    self.standardError = standardError
    pValue = 2 * NormalDistribution().survival(abs(value - expected) / standardError)
  }
}

/// Whether residuals are normal. Moments are around their mean, with divisor n.
extension ResidualDiagnostics {
  /// The third moment by the standard deviation's cube, 0 for a symmetric law; standard error √(6/n).
  public var skewness: ShapeTest {
    ShapeTest(value: moments.skewness, expected: 0, standardError: Double.sqrt(6 / Double(count)))
  }

  /// The fourth moment by the squared variance, 3 for a normal law, more with heavy tails; standard error √(24/n).
  public var kurtosis: ShapeTest {
    ShapeTest(value: moments.kurtosis, expected: 3, standardError: Double.sqrt(24 / Double(count)))
  }

  /// Geary's a, the mean distance from the mean by the standard deviation: √(2/π) = 0.798 for a normal law, less with
  /// heavy tails; standard error √((1 − 3/π)/n).
  ///
  /// Reference: R. C. Geary (1935), "The Ratio of the Mean Deviation to the Standard Deviation as a Test of
  /// Normality", Biometrika 27:310–332.
  public var geary: ShapeTest {
    ShapeTest(
      value: moments.geary, expected: Double.sqrt(2 / Double.pi),
      standardError: Double.sqrt((1 - 3 / Double.pi) / Double(count)))
  }

  /// Jarque and Bera: n/6 (S² + (K − 3)²/4) from skewness S and kurtosis K, chi-square with 2 degrees of freedom.
  ///
  /// The law holds for long series only: below some hundred observations the test rejects too rarely; see
  /// ``normality``.
  ///
  /// Reference: C. M. Jarque and A. K. Bera (1987), "A Test for Normality of Observations and Regression
  /// Residuals", International Statistical Review 55:163–172, DOI 10.2307/1403192.
  public var jarqueBera: HypothesisTest {
    let (_, skewness, kurtosis) = moments
    let excess = kurtosis - 3
    return chiSquare(
      Double(count) / 6 * (skewness * skewness + excess * excess / 4), degreesOfFreedom: 2)
  }

  /// Doornik and Hansen's test, right for short series too: skewness and kurtosis, each turned into a nearly normal
  /// variable, squared and added; chi-square with 2 degrees of freedom. NaN below 8 residuals.
  ///
  /// Reference: J. A. Doornik and H. Hansen (2008), "An Omnibus Test for Univariate and Multivariate Normality",
  /// Oxford Bulletin of Economics and Statistics 70:927–939.
  public var normality: HypothesisTest {
    let n = Double(count)
    guard count >= 8 else { return chiSquare(.nan, degreesOfFreedom: 2) }
    let (_, skewness, kurtosis) = moments
    // R. B. D'Agostino (1970): skewness by Johnson's Sᵤ.
    let square: Double = n * n
    let quadratic: Double = square + 27 * n - 70
    let (n1, n3, n5, n7) = (n + 1, n + 3, n + 5, n + 7)
    let beta: Double = 3 * quadratic * n1 * n3 / ((n - 2) * n5 * n7 * (n + 9))
    let omega: Double = -1 + Double.sqrt(2 * (beta - 1))
    let scaled: Double = skewness * Double.sqrt((omega - 1) / 2 * n1 * n3 / (6 * (n - 2)))
    let z1: Double = Double.asinh(scaled) / Double.sqrt(0.5 * Double.log(omega))
    // Kurtosis by a gamma law, and that by the cube root of E. B. Wilson and M. M. Hilferty (1931).
    let delta: Double = 6 * (n - 3) * n1 * (square + 15 * n - 4)
    let a: Double = (n - 2) * n5 * n7 * quadratic / delta
    let c: Double = (n - 7) * n5 * n7 * (square + 2 * n - 5) / delta
    let k: Double = n5 * n7 * (square * n + 37 * square + 11 * n - 313) / (2 * delta)
    let alpha: Double = a + skewness * skewness * c
    let chi: Double = (kurtosis - 1 - skewness * skewness) * 2 * k
    let root: Double = Double.root(chi / (2 * alpha), 3)
    let z2: Double = (root - 1 + 1 / (9 * alpha)) * Double.sqrt(9 * alpha)
    return chiSquare(z1 * z1 + z2 * z2, degreesOfFreedom: 2)
  }

  private var moments: (geary: Double, skewness: Double, kurtosis: Double) {
    let n = Double(count)
    let center = mean
    var (m1, m2, m3, m4) = (0.0, 0.0, 0.0, 0.0)
    for value in observed {
      let d = value - center
      m1 += abs(d) / n
      m2 += d * d / n
      m3 += d * d * d / n
      m4 += d * d * d * d / n
    }
    return (m1 / Double.sqrt(m2), m3 / (m2 * Double.sqrt(m2)), m4 / (m2 * m2))
  }
}
