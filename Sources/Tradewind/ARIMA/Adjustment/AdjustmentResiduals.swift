import RealModule

/// Residuals of an ARMA model as X-13 computes them: the expectation of each innovation given the whole
/// series.
///
/// The first p values wₚ enter as they are expected from the rest, standardised; the rest z = φ(B)w is a
/// moving average, whose innovations â, q of them before its start, are the ones of least squares that
/// reproduce z. The sum of squares is that of the innovations vₜ/√Fₜ, but single values differ, and with them
/// the median of |â| that scales a search for outliers, the autocorrelations, and the standard errors that
/// rest on the derivatives.
///
/// References: Hillmer, S. C. and Tiao, G. C. (1979), "Likelihood function of stationary multiple
/// autoregressive moving average models", *JASA* 74, 652–660, doi:10.1080/01621459.1979.10481666; Findley et
/// al. (1998), "New capabilities and methods of the X-12-ARIMA seasonal-adjustment program", *Journal of
/// Business & Economic Statistics* 16, 127–152, doi:10.1080/07350015.1998.10524743, §2.
struct AdjustmentResiduals: Sendable {
  /// p standardised first values, q innovations before the rest, and then the innovations of the rest.
  let values: [Double]
  /// log |V| of the whole series.
  let logDeterminant: Double
  /// The last values, as many as the series has: what diagnostics and the robust scale look at.
  let tail: ArraySlice<Double>

  /// - Returns: nil where the autoregressive part is not stationary.
  init?(_ series: [Double], _ polynomials: ARMAPolynomials) {
    let (p, q) = (polynomials.ar.count, polynomials.ma.count)
    let n = series.count
    guard n > p else { return nil }
    let rest = autoregressiveResiduals(series, polynomials.ar)
    guard let inverse = ARMAInverse(ARMAPolynomials(ar: [], ma: polynomials.ma), count: n - p) else {
      return nil
    }
    let weighted = inverse.solve(rest)
    // E[a | z] = θ(F) V⁻¹z, from q values before the rest on.
    var innovations = [Double](repeating: 0, count: n - p + q)
    for t in 0..<innovations.count {
      var sum = t >= q ? weighted[t - q] : 0
      for j in 1..<max(1, q + 1) where t + j >= q && t + j - q < weighted.count {
        sum += polynomials.ma[j - 1] * weighted[t + j - q]
      }
      innovations[t] = sum
    }
    var determinant = inverse.logDeterminant
    var first: [Double] = []
    if p > 0 {
      guard let start = Self.first(series, polynomials, innovations, inverse) else { return nil }
      first = start.values
      determinant += start.logDeterminant
    }
    values = first + innovations
    logDeterminant = determinant
    tail = values.suffix(n)
  }

  /// The first p values less E[wₚ | z], over the root of their covariance given z.
  private static func first(
    _ series: [Double], _ polynomials: ARMAPolynomials, _ innovations: [Double], _ inverse: ARMAInverse
  ) -> (values: [Double], logDeterminant: Double)? {
    let (p, q) = (polynomials.ar.count, polynomials.ma.count)
    let psi = polynomials.psiWeights(p + q + 1)
    var start = ARMAStart(p: p, q: q)
    var gains = [Lanes](repeating: Lanes(), count: max(p, q))
    let variance = start.firstGains(
      ar: polynomials.ar.map { Lanes(repeating: $0) }, ma: polynomials.ma.map { Lanes(repeating: $0) },
      into: &gains)[0]
    guard variance.isFinite, variance > 0 else { return nil }
    let covariances = start.autocovariances.map { $0[0] }
    // Innovation k stands q before the rest: at time p − q + k. Cov(w_s, a_t) = ψ(s − t).
    let theta = [1] + polynomials.ma
    var centred = Array(series[0..<p])
    // Cov(w_s, z) has q entries other than zero, z_{p}, z_{p+1}, …
    let reach = min(q, inverse.count)
    var crossed: [[Double]] = []
    for s in 0..<p {
      for k in 0..<q where p - q + k <= s { centred[s] -= psi[s - (p - q + k)] * innovations[k] }
      var column = [Double](repeating: 0, count: inverse.count)
      for i in 0..<reach {
        for k in (p + i - s)..<max(p + i - s, q + 1) { column[i] += theta[k] * psi[s - p - i + k] }
      }
      crossed.append(column)
    }
    var conditional = [Double](repeating: 0, count: p * p)
    for j in 0..<p {
      let solved =
        reach > 0 && crossed[j].prefix(reach).contains { $0 != 0 } ? inverse.solve(crossed[j]) : nil
      for i in j..<p {
        var value = covariances[i - j]
        if let solved { for k in 0..<reach { value -= crossed[i][k] * solved[k] } }
        conditional[i * p + j] = value
      }
    }
    guard let factor = SmallCholesky(conditional, width: p, count: p) else { return nil }
    factor.forward(&centred)
    return (centred, factor.pivots.reduce(0) { $0 + Double.log($1) })
  }
}

/// Estimates of ARMA coefficients over their standard errors, as X-13 has them: from the derivatives of the
/// scaled residuals at the estimate, the regression coefficients held.
///
/// - Parameters:
///   - series: The differenced series less the regression.
///   - parameters: φ, θ, Φ, Θ.
/// - Returns: One value a coefficient; nil where the derivatives are linearly dependent.
func adjustmentTValues(
  _ series: [Double], parameters: [Double], order: ARIMAOrder, period: Int
) -> [Double]? {
  let count = parameters.count
  guard count > 0, !series.isEmpty else { return [] }
  func scaled(_ point: [Double]) -> [Double]? {
    guard let found = AdjustmentResiduals(series, ARMAPolynomials(point, order: order, period: period))
    else { return nil }
    let scale = Double.exp(found.logDeterminant / Double(2 * series.count))
    return found.values.map { $0 * scale }
  }
  guard let center = AdjustmentResiduals(series, ARMAPolynomials(parameters, order: order, period: period)),
    let base = scaled(parameters)
  else { return nil }
  let variance = center.values.reduce(0) { $0 + $1 * $1 } / Double(series.count)
  let step = 1e-6
  var derivatives: [[Double]] = []
  for i in 0..<count {
    var (up, down) = (parameters, parameters)
    up[i] += step
    down[i] -= step
    switch (scaled(up), scaled(down)) {
    case (let above?, let below?): derivatives.append(zip(above, below).map { ($0 - $1) / (2 * step) })
    case (let above?, nil): derivatives.append(zip(above, base).map { ($0 - $1) / step })
    case (nil, let below?): derivatives.append(zip(base, below).map { ($0 - $1) / step })
    case (nil, nil): return nil
    }
  }
  var gram = [Double](repeating: 0, count: count * count)
  for i in 0..<count {
    for j in 0...i {
      gram[i * count + j] = zip(derivatives[i], derivatives[j]).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
  guard let factor = SmallCholesky(gram, width: count, count: count) else { return nil }
  return zip(parameters, factor.inverseDiagonal).map { $0 / (variance * $1).squareRoot() }
}
