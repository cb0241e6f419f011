import RealModule

/// Starting values of an ARMA model by two regressions, after Hannan and Rissanen.
///
/// A long autoregression gives innovations; the series is then regressed on its own past and theirs, with the
/// products of plain and seasonal terms as free columns. Where there are both parts, the moving-average
/// coefficients are found once more from the series that the autoregressive part leaves. Lengths of the
/// autoregressions follow X-13 (no third stage).
///
/// References: Hannan, E. J. and Rissanen, J. (1982), "Recursive estimation of mixed autoregressive-moving
/// average order", *Biometrika* 69, 81–94, doi:10.1093/biomet/69.1.81; Gómez, V. and Maravall, A. (2001),
/// "Automatic modeling methods for univariate series", in Peña, Tiao and Tsay (eds), *A Course in Time Series
/// Analysis*, Wiley, ch. 7.
///
/// - Parameters:
///   - values: The differenced series, less its mean.
///   - order: p, q, P and Q count; the differences do not.
/// - Returns: φ, θ, Φ, Θ with moving-average polynomials 1 + θ₁B + …; nil where the series is too short or
///   the columns depend on each other. Nothing keeps them stationary or invertible.
func hannanRissanen(_ values: [Double], order: ARIMAOrder, period: Int) -> [Double]? {
  let (p, q, sp, sq) = (order.p, order.q, order.seasonalP, order.seasonalQ)
  let (arLag, maLag) = (p + sp * period, q + sq * period)
  let n = values.count
  guard n > 2, arLag + maLag > 0 else { return nil }
  var length = autoregressionLength(n)
  let least = max(length, max(arLag, 2 * maLag))
  length = least >= n ? min(least, n - n / 4) : least
  length = min(length, 50)
  let lags = LagColumns(p: p, q: q, seasonalP: sp, seasonalQ: sq, period: period)
  guard let first = lags.regress(values, autoregression: maLag > 0 ? length : 0) else { return nil }
  guard arLag > 0, maLag > 0 else { return first }
  let polynomials = ARMAPolynomials(first, order: order, period: period)
  let filtered = autoregressiveResiduals(values, polynomials.ar)
  let m = filtered.count
  guard m > 2 else { return nil }
  var second = max(autoregressionLength(m), 2 * maLag)
  if second >= m { second = min(second, m - m / 4) }
  second = max(max(second, arLag + maLag + 1), autoregressionLength(m))
  if second >= m { second = min(second, m - m / 4) }
  let moving = LagColumns(p: 0, q: q, seasonalP: 0, seasonalQ: sq, period: period)
  guard let refined = moving.regress(filtered, autoregression: second) else { return nil }
  var result = first
  for j in 0..<q { result[p + j] = refined[j] }
  for j in 0..<sq { result[p + q + sp + j] = refined[q + j] }
  return result
}

/// ⌊(log n)²⌋.
private func autoregressionLength(_ n: Int) -> Int {
  let logarithm = Double.log(Double(n))
  return Int(logarithm * logarithm)
}

/// φ(B) yₜ for t > p.
func autoregressiveResiduals(_ values: [Double], _ ar: [Double]) -> [Double] {
  let p = ar.count
  guard values.count > p else { return [] }
  return (p..<values.count).map { t in
    var value = values[t]
    for j in 0..<p where ar[j] != 0 { value -= ar[j] * values[t - 1 - j] }
    return value
  }
}

/// The columns of the regression: lags of the series and of the innovations.
private struct LagColumns {
  let p: Int
  let q: Int
  let seasonalP: Int
  let seasonalQ: Int
  let period: Int

  /// The lags of one part: 1 … p, then s, s + 1 … s + p, 2s …
  private func lags(_ plain: Int, _ seasonal: Int) -> [Int] {
    Array(1..<plain + 1) + (1..<seasonal + 1).flatMap { j in (0...plain).map { j * period + $0 } }
  }

  /// φ, θ, Φ, Θ without the products.
  func regress(_ values: [Double], autoregression: Int) -> [Double]? {
    let n = values.count
    let (arLags, maLags) = (lags(p, seasonalP), lags(q, seasonalQ))
    let longest = max(arLags.max() ?? 0, maLags.max() ?? 0)
    let columns = arLags.count + maLags.count
    guard n - longest > columns else { return nil }
    var innovations: [Double] = []
    if !maLags.isEmpty {
      guard let found = longAutoregression(values, order: autoregression) else { return nil }
      innovations = found
    }
    // Normal equations [X y]′[X y].
    let width = columns + 1
    var gram = [Double](repeating: 0, count: width * width)
    var row = [Double](repeating: 0, count: width)
    for t in longest..<n {
      for (i, lag) in arLags.enumerated() { row[i] = values[t - lag] }
      for (i, lag) in maLags.enumerated() { row[arLags.count + i] = innovations[t - lag] }
      row[columns] = values[t]
      for i in 0..<width {
        let value = row[i]
        for j in 0...i { gram[i * width + j] += value * row[j] }
      }
    }
    guard let solution = SmallCholesky(gram, width: width, count: columns) else { return nil }
    let beta = solution.solve((0..<columns).map { gram[columns * width + $0] })
    let ar = Array(beta[0..<p])
    let seasonalAR = (0..<seasonalP).map { beta[p + $0 * (p + 1)] }
    let ma = Array(beta[arLags.count..<arLags.count + q])
    let seasonalMA = (0..<seasonalQ).map { beta[arLags.count + q + $0 * (q + 1)] }
    return ar + ma + seasonalAR + seasonalMA
  }

  /// yₜ − Σ φⱼyₜ₋ⱼ with the autoregression of the sample autocovariances (Durbin–Levinson) and zeros before
  /// the first value.
  private func longAutoregression(_ values: [Double], order: Int) -> [Double]? {
    let n = values.count
    let order = min(order, n - 1)
    var covariances = [Double](repeating: 0, count: order + 1)
    for k in 0...order {
      var sum = 0.0
      for t in k..<n { sum += values[t] * values[t - k] }
      covariances[k] = sum
    }
    guard covariances[0] > 0 else { return nil }
    var coefficients: [Double] = []
    var variance = covariances[0]
    for k in 1..<max(1, order + 1) {
      var sum = covariances[k]
      for j in 0..<k - 1 { sum -= coefficients[j] * covariances[k - 1 - j] }
      guard variance > 0 else { break }
      let reflection = sum / variance
      variance *= 1 - reflection * reflection
      let old = coefficients
      for j in 0..<k - 1 { coefficients[j] -= reflection * old[k - 2 - j] }
      coefficients.append(reflection)
    }
    return (0..<n).map { t in
      var value = values[t]
      for j in 0..<min(t, coefficients.count) { value -= coefficients[j] * values[t - 1 - j] }
      return value
    }
  }
}
