import RealModule

/// The law of a ratio of two independent mean squares with d₁ (numerator) and d₂ (denominator) degrees of freedom, both
/// positive and not necessarily whole.
///
/// Probabilities by the incomplete beta function, to about 10⁻¹³ relative in both tails for 0.2 to 10⁶ degrees of freedom.
/// NaN in gives NaN out.
package struct FDistribution: PositiveLaw, Hashable {
  package let numerator: Double
  package let denominator: Double

  package init(numerator: Double, denominator: Double) {
    precondition(
      numerator > 0 && denominator > 0 && numerator.isFinite && denominator.isFinite,
      "degrees of freedom are positive and finite")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// X as a beta variable: d₁x/(d₁x + d₂), and 1 minus that, each without cancellation.
  private func beta(_ x: Double) -> (x: Double, y: Double) {
    let ratio = x * numerator / denominator
    return (ratio <= 1 ? ratio / (1 + ratio) : 1 / (1 + 1 / ratio), 1 / (1 + ratio))
  }

  private func tails(_ x: Double) -> (lower: Double, upper: Double) {
    if x.isNaN { return (x, x) }
    if x <= 0 { return (0, 1) }
    let (v, w) = beta(x)
    return incompleteBeta(0.5 * numerator, 0.5 * denominator, x: v, y: w)
  }

  /// The density; 0 below 0, and at 0 itself ∞, 1 or 0 for d₁ below, at or above 2.
  package func density(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x < 0 { return 0 }
    if x == 0 { return numerator < 2 ? .infinity : numerator == 2 ? 1 : 0 }
    let (v, w) = beta(x)
    return betaTerm(0.5 * numerator, 0.5 * denominator, v, w) / x
  }

  /// P(X ≤ x); 0 for negative x.
  package func cumulative(_ x: Double) -> Double { tails(x).lower }

  /// P(X > x), accurate also where it is tiny.
  package func survival(_ x: Double) -> Double { tails(x).upper }

  package func nearlyQuantile(_ p: Double, rising: Bool) -> Double { 1 }
}
