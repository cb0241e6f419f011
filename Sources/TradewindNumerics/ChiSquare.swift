import RealModule

/// The chi-square law with a positive number of degrees of freedom ν, not necessarily whole.
///
/// Probabilities by the incomplete gamma function, to about 10⁻¹³ relative in both tails for ν between 0.2 and 10⁶. NaN in
/// gives NaN out.
package struct ChiSquare: PositiveLaw, Hashable {
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) {
    precondition(
      degreesOfFreedom > 0 && degreesOfFreedom.isFinite, "degrees of freedom are positive and finite")
    self.degreesOfFreedom = degreesOfFreedom
  }

  private var shape: Double { 0.5 * degreesOfFreedom }

  /// The density; 0 below 0, and at 0 itself ∞, ½ or 0 for ν below, at or above 2.
  package func density(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x < 0 { return 0 }
    if x == 0 { return shape < 1 ? .infinity : shape == 1 ? 0.5 : 0 }
    return shape * gammaTerm(shape, 0.5 * x) / x
  }

  /// P(X ≤ x); 0 for negative x.
  package func cumulative(_ x: Double) -> Double {
    x.isNaN ? x : incompleteGamma(shape, 0.5 * x).lower
  }

  /// P(X > x), accurate also where it is tiny.
  package func survival(_ x: Double) -> Double {
    x.isNaN ? x : incompleteGamma(shape, 0.5 * x).upper
  }

  /// Wilson, E. B. and Hilferty, M. M. (1931), PNAS 17, 684–688: the cube root is nearly normal.
  package func nearlyQuantile(_ p: Double, rising: Bool) -> Double {
    let z = NormalDistribution.standardQuantile(p) * (rising ? 1 : -1)
    let c = 2 / (9 * degreesOfFreedom)
    let root = 1 - c + z * c.squareRoot()
    return degreesOfFreedom * max(root * root * root, 1e-3)
  }
}
