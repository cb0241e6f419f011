import RealModule

/// The exact innovations of one series under eight sets of ARMA coefficients at once, by Chandrasekhar recursions.
///
/// The state of the filter is the expectation of what past innovations contribute to the coming max(p, q) values. Because the
/// process is stationary, the covariance of the state changes by a matrix of rank one, LₜLₜ′/Fₜ, at each step, and only its
/// factor is carried:
///
///     vₜ = yₜ − a₀,   g = L₀/F,   a ← Ta + K v/F,   (K, L) ← (K − g·TL, TL − g·K),   F ← F − g L₀,
///
/// with T the companion matrix of the autoregressive part, K its gains and F the variance of v in units of the innovations'.
/// O(max(p, q)) operations a value. Morf, M., Sidhu, G. S. and Kailath, T. (1974), "Some new algorithms for recursive
/// estimation in constant, linear, discrete-time systems", *IEEE Transactions on Automatic Control* 19, 315–323,
/// doi:10.1109/TAC.1974.1100576; for ARMA models Pearlman, J. G. (1980), *Biometrika* 67, 232–233,
/// doi:10.1093/biomet/67.1.232, and Mélard, G. (1984), *Applied Statistics* 33, 104–114, doi:10.2307/2347672.
struct ARMALaneFilter: Sendable {
  private(set) var p: Int
  private(set) var q: Int
  /// The coefficients, one lane a set; written by the caller.
  var ar: [Lanes]
  var ma: [Lanes]
  /// vₜ/√Fₜ after ``run(_:)``.
  private(set) var residuals: [Lanes]
  /// Σ log Fₜ.
  private(set) var logDeterminant = Lanes()
  /// Σ vₜ²/Fₜ.
  private(set) var sumOfSquares = Lanes()

  private var start: ARMAStart
  private var gains: [Lanes]
  private var factor: [Lanes]
  private var state: [Lanes]

  /// - Parameter count: The length of the longest series.
  init(p: Int, q: Int, count: Int) {
    self.p = p
    self.q = q
    ar = [Lanes](repeating: Lanes(), count: p)
    ma = [Lanes](repeating: Lanes(), count: q)
    residuals = [Lanes](repeating: Lanes(), count: count)
    start = ARMAStart(p: p, q: q)
    gains = [Lanes](repeating: Lanes(), count: max(p, q))
    factor = gains
    state = gains
  }

  /// The filter made ready for other orders and lengths; the same as a new one, with old buffers where they fit.
  mutating func prepare(p: Int, q: Int, count: Int) {
    if p == self.p, q == self.q, count <= residuals.count { return }
    self = ARMALaneFilter(p: p, q: q, count: max(count, residuals.count))
  }

  /// Sets one lane's coefficients.
  mutating func set(_ polynomials: ARMAPolynomials, lane: Int) {
    for i in 0..<p { ar[i][lane] = polynomials.ar[i] }
    for i in 0..<q { ma[i][lane] = polynomials.ma[i] }
  }

  /// One lane's coefficients.
  func polynomials(lane: Int) -> ARMAPolynomials {
    ARMAPolynomials(ar: ar.map { $0[lane] }, ma: ma.map { $0[lane] })
  }

  /// Puts residuals found in another way into a lane.
  mutating func store(_ values: [Double], logDeterminant logs: Double, lane: Int) {
    logDeterminant[lane] = logs
    sumOfSquares[lane] = values.reduce(0) { $0 + $1 * $1 }
    for t in values.indices { residuals[t][lane] = values[t] }
  }

  /// Filters a series. Lanes without a stationary autoregressive part have NaN residuals.
  mutating func run(_ series: [Double]) {
    let variance = start.firstGains(ar: ar, ma: ma, into: &gains)
    let pass = Self.pass(
      series, p, max(p, q), variance, ar, &gains, &factor, &state, &residuals)
    (sumOfSquares, logDeterminant) = (pass.sumOfSquares, pass.logDeterminant)
  }

  private static func pass(
    _ series: [Double], _ p: Int, _ r: Int, _ variance: Lanes, _ ar: [Lanes], _ gainBuffer: inout [Lanes],
    _ factorBuffer: inout [Lanes], _ stateBuffer: inout [Lanes], _ residualBuffer: inout [Lanes]
  ) -> (sumOfSquares: Lanes, logDeterminant: Lanes) {
    let y = series.span
    let phi = ar.span
    var k = gainBuffer.mutableSpan
    var l = factorBuffer.mutableSpan
    var a = stateBuffer.mutableSpan
    var out = residualBuffer.mutableSpan
    for i in 0..<r {
      l[i] = k[i]
      a[i] = Lanes()
    }
    var f = variance
    var squares = Lanes()
    // ∏ F in blocks, so that one logarithm serves several values; F is at least 1, and 10¹² at the worst.
    var (product, logs) = (Lanes(repeating: 1), Lanes())
    for t in 0..<y.count {
      let a0 = r > 0 ? a[0] : Lanes()
      let l0 = r > 0 ? l[0] : Lanes()
      let v = y[t] - a0
      let inverse = 1 / f
      let scaled = v * inverse
      squares += v * scaled
      out[t] = v * inverse.squareRoot()
      product *= f
      if t & 15 == 15 {
        logs += logarithm(product)
        product = Lanes(repeating: 1)
      }
      let g = l0 * inverse
      f -= l0 * g
      guard r > 0 else { continue }
      let last = r - 1
      for i in 0..<min(p, last) {
        let moved = phi[i] * l0 + l[i + 1]
        let gain = k[i]
        a[i] = phi[i] * a0 + a[i + 1] + gain * scaled
        l[i] = moved - g * gain
        k[i] = gain - g * moved
      }
      for i in min(p, last)..<last {
        let moved = l[i + 1]
        let gain = k[i]
        a[i] = a[i + 1] + gain * scaled
        l[i] = moved - g * gain
        k[i] = gain - g * moved
      }
      let end = last < p ? phi[last] : Lanes()
      let moved = end * l0
      let gain = k[last]
      a[last] = end * a0 + gain * scaled
      l[last] = moved - g * gain
      k[last] = gain - g * moved
    }
    return (squares, logs + logarithm(product))
  }

  private static func logarithm(_ x: Lanes) -> Lanes {
    var result = Lanes()
    for lane in 0..<Lanes.scalarCount { result[lane] = x[lane] > 0 ? Double.log(x[lane]) : .nan }
    return result
  }
}
