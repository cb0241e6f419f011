import RealModule

/// Exact whitening of several columns under one ARMA model: the recursions of ``ARMALaneFilter`` with one set of gains and
/// eight columns to a lane.
///
/// After ``whiten(_:columns:)`` the filter stands at the end of the series, and ``forecast(_:)`` goes on from there.
struct ARMAFilter: Sendable {
  let polynomials: ARMAPolynomials
  /// Σ log Fₜ.
  private(set) var logDeterminant = 0.0
  /// Fₜ of the values seen.
  private(set) var variances: [Double] = []
  /// Fₜ of the next value.
  private(set) var variance: Double
  private(set) var gains: [Double]
  private var factor: [Double]
  /// The states of all columns, eight to a lane: component i of group g at i · groups + g.
  private var states: [Lanes] = []
  private var columnCount = 0

  /// A moving average with innovations of zero before the first value: its gains are the coefficients from the start.
  init(conditionalOnZero ma: [Double]) {
    polynomials = ARMAPolynomials(ar: [], ma: ma)
    variance = 1
    gains = ma
    factor = [Double](repeating: 0, count: ma.count)
  }

  /// - Returns: nil where the autoregressive part is not stationary.
  init?(_ polynomials: ARMAPolynomials) {
    self.polynomials = polynomials
    let (p, q) = (polynomials.ar.count, polynomials.ma.count)
    var start = ARMAStart(p: p, q: q)
    var lanes = [Lanes](repeating: Lanes(), count: max(p, q))
    let first = start.firstGains(
      ar: polynomials.ar.map { Lanes(repeating: $0) }, ma: polynomials.ma.map { Lanes(repeating: $0) },
      into: &lanes)
    guard first[0].isFinite, first[0] > 0 else { return nil }
    variance = first[0]
    gains = lanes.map { $0[0] }
    factor = gains
  }

  /// The number of state components, max(p, q).
  var order: Int { gains.count }

  /// Replaces each column by vₜ/√Fₜ.
  ///
  /// - Parameter values: The columns one after another, all of one length.
  mutating func whiten(_ values: inout [Double], columns: Int) {
    guard columns > 0 else { return }
    let count = values.count / columns
    let groups = (columns + Lanes.scalarCount - 1) / Lanes.scalarCount
    columnCount = columns
    states = [Lanes](repeating: Lanes(), count: order * groups)
    var row = [Lanes](repeating: Lanes(), count: groups)
    for t in 0..<count {
      for j in 0..<columns { row[j / 8][j % 8] = values[j * count + t] }
      logDeterminant += Double.log(variance)
      variances.append(variance)
      let scale = 1 / variance.squareRoot()
      observe(&row, groups: groups)
      advance()
      for j in 0..<columns { values[j * count + t] = row[j / 8][j % 8] * scale }
    }
  }

  /// Observations in, innovations out; the states move on.
  private mutating func observe(_ row: inout [Lanes], groups: Int) {
    Self.observe(&row, groups, polynomials.ar, gains, 1 / variance, &states)
  }

  private static func observe(
    _ row: inout [Lanes], _ groups: Int, _ ar: [Double], _ gains: [Double], _ inverse: Double,
    _ states: inout [Lanes]
  ) {
    let phi = ar.span
    let k = gains.span
    var a = states.mutableSpan
    var observed = row.mutableSpan
    let (p, r) = (phi.count, k.count)
    guard r > 0 else { return }
    for group in 0..<groups {
      let a0 = a[group]
      let v = observed[group] - a0
      observed[group] = v
      let scaled = v * inverse
      for i in 0..<r {
        let next = i + 1 < r ? a[(i + 1) * groups + group] : Lanes()
        let moved = i < p ? next + phi[i] * a0 : next
        a[i * groups + group] = moved + k[i] * scaled
      }
    }
  }

  /// The gains, their change and the variance move on by one step.
  private mutating func advance() {
    Self.advance(polynomials.ar, &gains, &factor, &variance)
  }

  private static func advance(
    _ ar: [Double], _ gains: inout [Double], _ factor: inout [Double], _ variance: inout Double
  ) {
    let phi = ar.span
    var k = gains.mutableSpan
    var l = factor.mutableSpan
    let (p, r) = (phi.count, k.count)
    guard r > 0 else { return }
    let l0 = l[0]
    let g = l0 / variance
    for i in 0..<r {
      let next = i + 1 < r ? l[i + 1] : 0
      let moved = i < p ? next + phi[i] * l0 : next
      let gain = k[i]
      l[i] = moved - g * gain
      k[i] = gain - g * moved
    }
    variance -= l0 * g
  }

  /// What is expected of each column after its end: `horizon` values a column, one column after another.
  ///
  /// Together with the coefficients of the forecast errors: the error of step h is Σⱼ errors[h][j] zⱼ, j ≤ h, in units of
  /// the innovations' standard deviation, with independent standard normal z.
  mutating func forecast(_ horizon: Int) -> (values: [Double], errors: [[Double]]) {
    var values = [Double](repeating: 0, count: horizon * columnCount)
    var errors = [[Double]](repeating: [], count: horizon)
    // Errors of steps to come enter as further columns: an innovation of one in step j, and none after.
    let (r, p) = (order, polynomials.ar.count)
    let groups = (columnCount + 7) / 8
    var expected = states
    var reactions: [[Double]] = []
    for h in 0..<horizon {
      for j in 0..<columnCount { values[j * horizon + h] = r > 0 ? expected[j / 8][j % 8] : 0 }
      for group in 0..<(r > 0 ? groups : 0) {
        let a0 = expected[group]
        for i in 0..<r {
          let next = i + 1 < r ? expected[(i + 1) * groups + group] : Lanes()
          expected[i * groups + group] = i < p ? next + polynomials.ar[i] * a0 : next
        }
      }
      let deviation = variance.squareRoot()
      errors[h] = reactions.map { $0.first ?? 0 } + [deviation]
      for j in reactions.indices where r > 0 {
        let a0 = reactions[j][0]
        for i in 0..<r {
          let next = i + 1 < r ? reactions[j][i + 1] : 0
          reactions[j][i] = i < p ? next + polynomials.ar[i] * a0 : next
        }
      }
      reactions.append(gains.map { $0 / deviation })
      advance()
    }
    return (values, errors)
  }
}
