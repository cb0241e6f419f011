import RealModule

/// The inverse V⁻¹ of the covariance of n values of an ARMA process, in units of the innovations' variance.
///
/// The gains of the filter are kept, so that a column costs one pass forwards, v = Cy, and one pass of the
/// adjoint backwards, V⁻¹y = C′F⁻¹v. See ``ARMALaneFilter`` for the recursions of the gains.
struct ARMAInverse: Sendable {
  let count: Int
  /// log |V|.
  private(set) var logDeterminant = 0.0
  /// The autoregressive coefficients, filled up with zeros to the number of states.
  private let ar: [Double]
  /// K/F of step t and state i at t·r + i.
  private var gains: [Double]
  private var variances: [Double]
  private let order: Int

  /// - Returns: nil where the autoregressive part is not stationary.
  init?(_ polynomials: ARMAPolynomials, count: Int) {
    let (p, q) = (polynomials.ar.count, polynomials.ma.count)
    self.count = count
    order = max(p, q)
    ar = polynomials.ar + [Double](repeating: 0, count: order - p)
    var start = ARMAStart(p: p, q: q)
    var lanes = [Lanes](repeating: Lanes(), count: order)
    let first = start.firstGains(
      ar: polynomials.ar.map { Lanes(repeating: $0) }, ma: polynomials.ma.map { Lanes(repeating: $0) },
      into: &lanes)[0]
    guard first.isFinite, first > 0 else { return nil }
    gains = [Double](repeating: 0, count: order * count)
    variances = [Double](repeating: first, count: count)
    guard order > 0 else { return }
    logDeterminant = Self.recurse(lanes.map { $0[0] }, first, ar, &gains, &variances)
  }

  /// Gains and variances of all steps; returns Σ log F.
  private static func recurse(
    _ firstGains: [Double], _ firstVariance: Double, _ ar: [Double], _ gains: inout [Double],
    _ variances: inout [Double]
  ) -> Double {
    let r = ar.count
    let count = variances.count
    var gain = firstGains
    var factor = firstGains
    var variance = firstVariance
    var stored = gains.mutableSpan
    var scales = variances.mutableSpan
    var k = gain.mutableSpan
    var l = factor.mutableSpan
    let phi = ar.span
    var sum = 0.0
    for t in 0..<count {
      scales[t] = variance
      sum += Double.log(variance)
      let inverse = 1 / variance
      let l0 = l[0]
      let g = l0 * inverse
      for i in 0..<r {
        let old = k[i]
        stored[t * r + i] = old * inverse
        let moved = (i + 1 < r ? l[i + 1] : 0) + phi[i] * l0
        l[i] = moved - g * old
        k[i] = old - g * moved
      }
      variance -= l0 * g
    }
    return sum
  }

  /// V⁻¹y.
  func solve(_ y: [Double]) -> [Double] {
    precondition(y.count == count, "one value a row")
    let r = order
    guard r > 0 else { return y }
    var result = y
    var state = [Double](repeating: 0, count: r + 1)
    var adjoint = [Double](repeating: 0, count: count + r + 1)
    var u = result.mutableSpan
    var a = state.mutableSpan
    var b = adjoint.mutableSpan
    let phi = ar.span
    let k = gains.span
    let f = variances.span
    for t in 0..<count {
      let a0 = a[0]
      let v = u[t] - a0
      u[t] = v / f[t]
      for i in 0..<r { a[i] = a[i + 1] + phi[i] * a0 + k[t * r + i] * v }
    }
    for t in stride(from: count - 1, through: 0, by: -1) {
      var (value, next) = (u[t], 0.0)
      for i in 0..<r {
        let later = b[t + 1 + i]
        value += k[t * r + i] * later
        next += phi[i] * later
      }
      u[t] = value
      b[t] = next - value
    }
    return result
  }

  /// All of V⁻¹, row by row.
  ///
  /// V is a Toeplitz matrix, so its inverse follows from one column of it: with x = V⁻¹e₀, neighbours on a
  /// diagonal differ by (x₁₊ᵢ x₁₊ⱼ − xₙ₋₁₋ᵢ xₙ₋₁₋ⱼ)/x₀. Gohberg, I. and Semencul, A. (1972); Kailath, T.,
  /// Vieira, A. and Morf, M. (1978), "Inverses of Toeplitz operators, innovations, and orthogonal
  /// polynomials", *SIAM Review* 20, 106–119, doi:10.1137/1020006.
  func matrix(into rows: inout [Double]) {
    let n = count
    if rows.count < n * n { rows = [Double](repeating: 0, count: n * n) }
    guard n > 0 else { return }
    var unit = [Double](repeating: 0, count: n)
    unit[0] = 1
    let first = solve(unit)
    let x = first.span
    var s = rows.mutableSpan
    for j in 0..<n { s[j] = x[j] }
    let scale = 1 / x[0]
    for i in 1..<max(1, n) {
      let (here, above) = (i * n, (i - 1) * n)
      let (up, down) = (x[i] * scale, x[n - i] * scale)
      s[here] = x[i]
      for j in 1..<n { s[here + j] = s[above + j - 1] + up * x[j] - down * x[n - j] }
    }
  }
}
