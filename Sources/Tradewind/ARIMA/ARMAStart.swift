/// Eight parameter sets side by side.
typealias Lanes = SIMD8<Double>

/// Autocovariances of stationary ARMA processes and the first gains of their filters, in units of the innovations' variance,
/// eight parameter sets at once.
///
/// The autocovariances γˣ of the autoregressive part follow from its reflection coefficients (the Durbin–Levinson recursion
/// run down and up again), those of the whole from γʸ(k) = Σₘ cₘ γˣ(k + m), c the autocorrelations of the moving-average
/// coefficients: O(p² + q²) operations, no linear system. Brockwell, P. J. and Davis, R. A. (1991), *Time Series: Theory and
/// Methods*, §§3.3 and 5.2, doi:10.1007/978-1-4419-0320-4.
struct ARMAStart: Sendable {
  let p: Int
  let q: Int
  /// The autoregressive coefficients of all orders up to p: order k, lag j (from 1) stands at k(k − 1)/2 + j − 1.
  private var orders: [Lanes]
  /// γˣ(0 …).
  private var plain: [Lanes]
  /// cₘ and then ψⱼ.
  private var moving: [Lanes]
  /// γʸ(0 …).
  private(set) var autocovariances: [Lanes]

  init(p: Int, q: Int) {
    self.p = p
    self.q = q
    orders = [Lanes](repeating: Lanes(), count: p * (p + 1) / 2)
    plain = [Lanes](repeating: Lanes(), count: p + q + 1)
    moving = [Lanes](repeating: Lanes(), count: q + 1)
    autocovariances = [Lanes](repeating: Lanes(), count: max(p, 1))
  }

  /// Writes the gains Cov(E[state | yₜ], yₜ) of the first step, max(p, q) of them, and returns γʸ(0).
  ///
  /// Lanes whose autoregressive part is not stationary are NaN.
  mutating func firstGains(ar: [Lanes], ma: [Lanes], into gains: inout [Lanes]) -> Lanes {
    Self.autoregressiveCovariances(ar, q, &orders, &plain)
    return Self.gainsAndVariance(ar, ma, plain, &moving, &autocovariances, &gains)
  }

  /// γˣ(0 … p + q).
  private static func autoregressiveCovariances(
    _ ar: [Lanes], _ q: Int, _ orders: inout [Lanes], _ plain: inout [Lanes]
  ) {
    let coefficients = ar.span
    let p = coefficients.count
    var table = orders.mutableSpan
    var covariances = plain.mutableSpan
    let top = p * (p - 1) / 2
    for j in 0..<p { table[top + j] = coefficients[j] }
    var variance = Lanes(repeating: 1)
    var order = p
    while order > 0 {
      let row = order * (order - 1) / 2
      let reflection = table[row + order - 1]
      let remaining = 1 - reflection * reflection
      let defined = remaining .> 0
      let inverse = (1 / remaining).replacing(with: Double.nan, where: .!defined)
      variance *= inverse
      let below = (order - 1) * (order - 2) / 2
      for j in 0..<order - 1 {
        table[below + j] = (table[row + j] + reflection * table[row + order - 2 - j]) * inverse
      }
      order -= 1
    }
    covariances[0] = variance
    for k in 1..<max(1, p + q + 1) {
      let order = min(k, p)
      let row = order * (order - 1) / 2
      var sum = Lanes()
      for j in 0..<order { sum += table[row + j] * covariances[k - 1 - j] }
      covariances[k] = sum
    }
  }

  private static func gainsAndVariance(
    _ ar: [Lanes], _ ma: [Lanes], _ plain: [Lanes], _ moving: inout [Lanes], _ autocovariances: inout [Lanes],
    _ gains: inout [Lanes]
  ) -> Lanes {
    let phi = ar.span
    let theta = ma.span
    let (p, q) = (phi.count, theta.count)
    let covariances = plain.span
    var work = moving.mutableSpan
    var result = autocovariances.mutableSpan
    var gain = gains.mutableSpan
    for m in 0...q {
      var sum = m == 0 ? Lanes(repeating: 1) : theta[m - 1]
      for i in 0..<q - m { sum += theta[i] * theta[i + m] }
      work[m] = sum
    }
    for k in 0..<result.count {
      var sum = work[0] * covariances[k]
      for m in 1..<max(1, q + 1) {
        sum += work[m] * (covariances[k > m ? k - m : m - k] + covariances[k + m])
      }
      result[k] = sum
    }
    let variance = result[0]
    // ψⱼ, j < q, in place of c.
    work[0] = Lanes(repeating: 1)
    for j in 1..<max(1, q) {
      var sum = theta[j - 1]
      for i in 0..<min(j, p) { sum += phi[i] * work[j - 1 - i] }
      work[j] = sum
    }
    for i in 0..<gain.count {
      var sum = Lanes()
      for j in i..<max(i, p) { sum += phi[j] * result[j - i] }
      for j in i..<max(i, q) { sum += theta[j] * work[j - i] }
      gain[i] = sum
    }
    return variance
  }
}
