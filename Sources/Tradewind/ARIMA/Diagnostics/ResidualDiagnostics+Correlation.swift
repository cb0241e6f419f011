import RealModule
import TradewindNumerics

/// One lag of a correlogram.
public struct CorrelogramLag: Sendable, Equatable {
  /// The distance in periods, 1 or more.
  public let lag: Int
  /// The autocorrelation, around the mean and with divisor n.
  public let autocorrelation: Double
  /// Its standard error where all correlations from this lag on are zero: √((1 + 2 Σ r(j)²) / n) over the lags
  /// before.
  public let standardError: Double
  /// The correlation that the lags between do not explain.
  public let partialAutocorrelation: Double
  /// Its standard error, 1/√n.
  public let partialStandardError: Double
  /// Whether there is no correlation up to this lag; nil where no degree of freedom is left for it.
  public let ljungBox: HypothesisTest?
  /// The same in the older form.
  public let boxPierce: HypothesisTest?

  /// Whether the autocorrelation is further from zero than 1.96 standard errors.
  public var isSignificant: Bool { abs(autocorrelation) > 1.96 * standardError }
}

extension ResidualDiagnostics {
  /// Autocorrelations, partial autocorrelations and the tests that go with them, from lag 1 on.
  ///
  /// The figures are those of X-13's `check`: standard errors by Bartlett, degrees of freedom less the ARMA
  /// coefficients.
  ///
  /// - Parameter lags: The highest lag; lags that the residuals do not have are left out. Left out, two seasons,
  ///   or 24 where there is no season.
  ///
  /// References: G. M. Ljung and G. E. P. Box (1978), "On a Measure of Lack of Fit in Time Series Models", Biometrika
  /// 65:297–303, DOI 10.1093/biomet/65.2.297; G. E. P. Box and D. A. Pierce (1970), JASA 65:1509–1526;
  /// M. S. Bartlett (1946), "On the Theoretical Specification and Sampling Properties of Autocorrelated Time-Series",
  /// Supplement to the JRSS 8:27–41.
  public func correlogram(lags: Int? = nil) -> [CorrelogramLag] {
    let n = Double(count)
    let highest = min(lags ?? (seasonalPeriod > 1 ? 2 * seasonalPeriod : 24), count - 1)
    guard highest >= 1 else { return [] }
    let r = autocorrelations(upTo: highest)
    let partial = Self.partial(r)
    var squares = 0.0
    var ljungBox = 0.0
    return (1...highest).map { lag in
      let value = r[lag - 1]
      let error = Double.sqrt((1 + 2 * squares) / n)
      squares += value * value
      // n − lag without gaps: r(lag) has the variance pairs / n².
      let pairs = pairs(at: lag)
      if pairs > 0 { ljungBox += value * value / Double(pairs) }
      let freedom = lag - fittedParameters
      return CorrelogramLag(
        lag: lag, autocorrelation: value, standardError: error, partialAutocorrelation: partial[lag - 1],
        partialStandardError: 1 / Double.sqrt(n),
        ljungBox: freedom > 0 ? chiSquare(n * (n + 2) * ljungBox, degreesOfFreedom: freedom) : nil,
        boxPierce: freedom > 0 ? chiSquare(n * squares, degreesOfFreedom: freedom) : nil)
    }
  }

  /// Whether residuals are uncorrelated up to a lag: Q = n(n + 2) Σ r(k)² / (n − k), chi-square with `lags` −
  /// ``fittedParameters`` degrees of freedom. Where residuals are missing, the number of known products stands for n − k, as D. S.
  /// Stoffer and C. M. C. Toloi (1992), Statistics & Probability Letters 13:391–396, found necessary.
  ///
  /// R's `Box.test(type = "Ljung-Box")`.
  ///
  /// - Parameter lags: The highest lag, 1 or more and less than the number of residuals.
  /// - Throws: ``RegressionError/lags(lags:fittedParameters:observations:)``.
  public func ljungBox(lags: Int) throws(RegressionError) -> HypothesisTest {
    guard lags >= 1, lags > fittedParameters, lags < count, let test = correlogram(lags: lags).last?.ljungBox
    else { throw .lags(lags: lags, fittedParameters: fittedParameters, observations: count) }
    return test
  }

  /// How many products of residuals at this distance are known.
  func pairs(at lag: Int) -> Int {
    zip(residuals, residuals.dropFirst(lag)).count { !$0.isNaN && !$1.isNaN }
  }

  /// r(1), r(2), … around `center`, nil for the mean.
  func autocorrelations(upTo lags: Int, around center: Double? = nil) -> [Double] {
    let center = center ?? mean
    let e = residuals.map { $0.isNaN ? 0 : $0 - center }
    let variance = e.reduce(0) { $0 + $1 * $1 }
    return (1...lags).map { lag in
      var product = 0.0
      for t in stride(from: lag, to: e.count, by: 1) { product += e[t] * e[t - lag] }
      return product / variance
    }
  }

  /// Partial autocorrelations by the recursion of Levinson and Durbin.
  static func partial(_ r: [Double]) -> [Double] {
    var coefficients: [Double] = []
    var variance = 1.0
    var result: [Double] = []
    for (k, value) in r.enumerated() {
      let explained = (0..<k).reduce(0) { $0 + coefficients[$1] * r[k - 1 - $1] }
      let partial = (value - explained) / variance
      let before = coefficients
      for j in 0..<k { coefficients[j] = before[j] - partial * before[k - 1 - j] }
      coefficients.append(partial)
      variance *= 1 - partial * partial
      result.append(partial)
    }
    return result
  }

  func chiSquare(_ statistic: Double, degreesOfFreedom: Int) -> HypothesisTest {
    HypothesisTest(
      statistic: statistic, degreesOfFreedom: degreesOfFreedom, denominatorDegreesOfFreedom: nil,
      pValue: ChiSquare(degreesOfFreedom: Double(degreesOfFreedom)).survival(statistic))
  }
}
