import RealModule
import TradewindNumerics

/// A root of a lag polynomial.
struct LagRoot: Sendable {
  let real: Double
  let imaginary: Double

  var modulus: Double { Double.hypot(real, imaginary) }
}

/// The roots of 1 − c₁z − c₂z² − …, conjugate pairs with the positive imaginary part first.
///
/// Up to degree two in closed form: most models have no more.
func lagPolynomialRoots(_ coefficients: [Double]) -> [LagRoot] {
  guard let last = coefficients.lastIndex(where: { $0 != 0 }) else { return [] }
  let c = coefficients[0...last]
  if c.count == 1 { return [LagRoot(real: 1 / c[0], imaginary: 0)] }
  if c.count == 2 {
    // c₂z² + c₁z − 1 = 0.
    let discriminant = c[0] * c[0] + 4 * c[1]
    if discriminant < 0 {
      let (real, imaginary) = (-c[0] / (2 * c[1]), (-discriminant).squareRoot() / (2 * abs(c[1])))
      return [
        LagRoot(real: real, imaginary: imaginary), LagRoot(real: real, imaginary: -imaginary),
      ]
    }
    // The larger of the two numerators first, the other root by their product −1/c₂.
    let sum = -0.5 * (c[0] + (c[0] < 0 ? -1 : 1) * discriminant.squareRoot())
    return [LagRoot(real: sum / c[1], imaginary: 0), LagRoot(real: -1 / sum, imaginary: 0)]
  }
  let roots = (try? polynomialRoots([1] + c.map { -$0 })) ?? []
  return roots.map { LagRoot(real: $0.real, imaginary: $0.imaginary) }
}

/// What the roots of the autoregressive polynomials say about differences still to be taken.
struct UnitRootCount: Sendable {
  /// Roots near one in the plain and the seasonal polynomial.
  var regular = 0
  var seasonal = 0
  /// The largest 1/|z| of the other positive real roots; nil where there is none.
  var largestRegular: Double?
  var largestSeasonal: Double?
  /// Whether no root lies inside the unit circle.
  var isStationary = true

  /// - Parameters:
  ///   - parameters: φ, θ, Φ, Θ.
  ///   - limit: Up to which modulus a root counts as one, slightly above 1.
  init(_ parameters: [Double], order: ARIMAOrder, limit: Double) {
    let seasonalStart = order.p + order.q
    for (isSeasonal, coefficients) in [
      (false, parameters[0..<order.p]),
      (true, parameters[seasonalStart..<seasonalStart + order.seasonalP]),
    ] {
      for root in lagPolynomialRoots(Array(coefficients)) {
        let modulus = root.modulus
        if modulus < 1 { isStationary = false }
        // The imaginary part is compared with its sign, as X-13 does: of a conjugate pair one root counts.
        if modulus <= limit, root.imaginary <= 0.05, root.real > 0 {
          if isSeasonal { seasonal += 1 } else { regular += 1 }
        } else if root.imaginary <= 0.02, root.real > 0 {
          if isSeasonal {
            largestSeasonal = max(largestSeasonal ?? 0, 1 / modulus)
          } else {
            largestRegular = max(largestRegular ?? 0, 1 / modulus)
          }
        }
      }
    }
  }
}

/// Which of the four polynomials have a root of modulus 1/0.95 or less, in the order of
/// ``ARIMAConstraints/Kind``.
///
/// Such a polynomial is not shortened for an insignificant last coefficient.
func polynomialsNearUnitCircle(_ parameters: [Double], order: ARIMAOrder) -> [Bool] {
  var start = 0
  return ARIMAConstraints.Kind.allCases.map { kind in
    let count = order.count(kind)
    let isMoving = kind == .ma || kind == .seasonalMA
    let coefficients = parameters[start..<start + count].map { isMoving ? -$0 : $0 }
    start += count
    return lagPolynomialRoots(coefficients).contains { $0.modulus <= 1 / 0.95 }
  }
}

/// Ljung and Box's test of a model's residuals and what else the choice between two models looks at.
struct ResidualCheck: Sendable {
  /// How many autocorrelations Q sums up.
  let lags: Int
  /// n (n + 2) Σ rₖ²/(n − k).
  let statistic: Double
  /// The probability of a smaller Q: near 1 the residuals are correlated.
  let confidence: Double
  /// The innovations' standard deviation by maximum likelihood.
  let standardError: Double
  /// The residuals' mean over its standard error.
  let meanT: Double

  /// - Parameter coefficients: How many were estimated, without the regression.
  init(_ residuals: some Collection<Double>, coefficients: Int, period: Int, variance: Double) {
    let n = residuals.count
    standardError = variance.squareRoot()
    var count = period == 12 ? 24 : period == 1 ? 8 : 4 * period
    if period == 4, (18...22).contains(n) { count = 6 }
    if count >= n { count = n / 2 }
    lags = count
    let mean = residuals.reduce(0, +) / Double(max(1, n))
    let centred = residuals.map { $0 - mean }
    let total = centred.reduce(0) { $0 + $1 * $1 }
    guard n > 0, total > 0 else {
      (statistic, confidence, meanT) = (0, 0, 0)
      return
    }
    meanT = mean / (total / Double(n) / Double(n)).squareRoot()
    var sum = 0.0
    for k in 1..<max(1, count + 1) {
      var product = 0.0
      for t in k..<n { product += centred[t] * centred[t - k] }
      let correlation = product / total
      sum += correlation * correlation / Double(n - k)
    }
    statistic = sum * Double(n) * Double(n + 2)
    let freedom = count - coefficients
    confidence = freedom > 0 ? ChiSquare(degreesOfFreedom: Double(freedom)).cumulative(statistic) : 1
  }
}
