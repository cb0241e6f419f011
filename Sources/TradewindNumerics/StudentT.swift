import RealModule

/// Student's t law with a positive number of degrees of freedom ν, not necessarily whole.
///
/// Probabilities by the incomplete beta function, to about 10⁻¹³ relative in both tails for ν between 0.2 and 10⁶. NaN in
/// gives NaN out.
package struct StudentT: Sendable, Hashable {
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) {
    precondition(
      degreesOfFreedom > 0 && degreesOfFreedom.isFinite, "degrees of freedom are positive and finite")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// ν/(ν + t²) and t²/(ν + t²), each without cancellation.
  private func beta(_ t: Double) -> (x: Double, y: Double) {
    let ratio = t / degreesOfFreedom.squareRoot() * (t / degreesOfFreedom.squareRoot())
    return (1 / (1 + ratio), ratio <= 1 ? ratio / (1 + ratio) : 1 / (1 + 1 / ratio))
  }

  package func density(_ t: Double) -> Double {
    if t.isNaN { return t }
    // In terms of the beta law the density is x^(ν/2) y^½ / (B·|t|). Below 10⁻⁹ it is constant to the last bit.
    let distance = max(abs(t), 1e-9)
    if isFar(distance) { return farTail(distance) / distance * degreesOfFreedom }
    let (x, y) = beta(distance)
    return betaTerm(0.5 * degreesOfFreedom, 0.5, x, y) / distance
  }

  /// P(T ≤ t).
  package func cumulative(_ t: Double) -> Double { survival(-t) }

  /// P(T > t), accurate also where it is tiny.
  package func survival(_ t: Double) -> Double {
    if t.isNaN { return t }
    let distance = abs(t)
    let outside: Double  // P(|T| > distance)
    if isFar(distance) {
      outside = 2 * farTail(distance)
    } else {
      let (x, y) = beta(distance)
      outside = incompleteBeta(0.5 * degreesOfFreedom, 0.5, x: x, y: y).lower
    }
    return t >= 0 ? 0.5 * outside : 1 - 0.5 * outside
  }

  /// The t with P(T ≤ t) = p for p in 0…1; ∓∞ at the ends.
  package func quantile(_ p: Double) -> Double {
    precondition(!(p < 0 || p > 1), "a probability lies in 0...1")
    return p <= 0.5 ? -distance(tail: p) : distance(tail: 1 - p)
  }

  /// The t with P(T > t) = q: for a tail too thin to be written as 1 − q.
  package func quantile(upperTail q: Double) -> Double {
    precondition(!(q < 0 || q > 1), "a probability lies in 0...1")
    return q <= 0.5 ? distance(tail: q) : -distance(tail: 1 - q)
  }

  /// The t ≥ 0 with P(T > t) = q, for q in 0…½.
  private func distance(tail q: Double) -> Double {
    if q.isNaN { return q }
    if q == 0 { return .infinity }
    if q == 0.5 { return 0 }
    // Near the middle P(0 < T < t) is the small number that carries the information; ½ − q is exact there.
    let central = q > 0.25
    return positiveQuantile(
      target: central ? 0.5 - q : q, rising: central, start: -NormalDistribution.standardQuantile(q),
      density: density
    ) { t in
      guard central else { return survival(t) }
      let (x, y) = beta(t)
      return 0.5 * incompleteBeta(0.5 * degreesOfFreedom, 0.5, x: x, y: y).upper
    }
  }

  /// Where t² ≫ ν(1 + ν), so that the tail's first term is all of it to the last bit, and t² may overflow.
  private func isFar(_ distance: Double) -> Bool {
    distance > 1e9 * (degreesOfFreedom * (1 + degreesOfFreedom)).squareRoot()
  }

  /// P(T > t) ≈ (√ν/t)^ν / (ν·B(ν/2, ½)), with B from the density at 0, which is 1/(√ν·B).
  private func farTail(_ distance: Double) -> Double {
    let root = degreesOfFreedom.squareRoot()
    return Double.pow(root / distance, degreesOfFreedom) * density(0) / root
  }
}
