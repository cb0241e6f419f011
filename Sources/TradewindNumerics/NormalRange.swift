import RealModule

/// The law of the range (largest less smallest) of k independent standard normal variables: Tukey's studentized range with infinitely
/// many degrees of freedom, the law behind Nemenyi's comparison of mean ranks.
///
/// P(R ≤ r) = k ∫ φ(z) (Φ(z) − Φ(z − r))^(k − 1) dz, by the trapezoidal rule, which for so smooth an integrand on the whole line is
/// accurate to about 10⁻¹². NaN in gives NaN out.
package struct NormalRange: Sendable, Hashable {
  package let count: Int

  /// - Parameter count: k, at least 2 (a precondition).
  package init(count: Int) {
    precondition(count >= 2, "A range needs two values, not \(count).")
    self.count = count
  }

  /// P(R ≤ r); 0 for negative r.
  package func cumulative(_ r: Double) -> Double {
    if r.isNaN { return r }
    guard r > 0 else { return 0 }
    let (first, step) = (-9.0, 0.05)
    var sum = 0.0
    for i in 0...360 {
      let z = first + step * Double(i)
      let within = NormalDistribution.standardCumulative(z) - NormalDistribution.standardCumulative(z - r)
      sum += NormalDistribution.standardDensity(z) * Double.pow(max(within, 0), Double(count - 1))
    }
    return min(Double(count) * step * sum, 1)
  }

  /// P(R > r). Its absolute error is about 10⁻¹².
  package func survival(_ r: Double) -> Double { r > 0 ? max(1 - cumulative(r), 0) : r.isNaN ? r : 1 }

  /// The r with P(R > r) = q, for q in 10⁻¹⁰…1, by bisection to the last bits.
  package func quantile(upperTail q: Double) -> Double {
    precondition(q > 0 && q <= 1, "a tail's probability lies in 0...1")
    var (low, high) = (0.0, 40.0)
    while high - low > 1e-13 * high {
      let middle = 0.5 * (low + high)
      if survival(middle) > q { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
