import RealModule

/// The normal law with a mean and a positive standard deviation.
///
/// Relative error about 10⁻¹⁵ for probabilities down to the smallest normal number, given the standardised value
/// (x − mean)/standardDeviation. NaN in gives NaN out.
package struct NormalDistribution: Sendable, Hashable {
  package let mean: Double
  package let standardDeviation: Double

  package init(mean: Double = 0, standardDeviation: Double = 1) {
    precondition(mean.isFinite, "a normal law has a finite mean")
    precondition(
      standardDeviation > 0 && standardDeviation.isFinite, "a normal law has a finite positive deviation")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  package static let standard = NormalDistribution()

  /// φ((x − μ)/σ)/σ.
  package func density(_ x: Double) -> Double {
    let z = (x - mean) / standardDeviation
    return Self.standardDensity(z) / standardDeviation
  }

  /// log of the density; finite also where the density underflows.
  package func logDensity(_ x: Double) -> Double {
    let z = (x - mean) / standardDeviation
    return -0.5 * z * z - Double.log(standardDeviation) - 0.5 * Double.log(2 * Double.pi)
  }

  /// P(X ≤ x).
  package func cumulative(_ x: Double) -> Double {
    Self.standardCumulative((x - mean) / standardDeviation)
  }

  /// P(X > x), accurate also where it is tiny.
  package func survival(_ x: Double) -> Double {
    Self.standardCumulative((mean - x) / standardDeviation)
  }

  /// The x with P(X ≤ x) = p for p in 0…1; ∓∞ at the ends.
  package func quantile(_ p: Double) -> Double {
    precondition(!(p < 0 || p > 1), "a probability lies in 0...1")
    return mean + standardDeviation * Self.standardQuantile(p)
  }

  /// The x with P(X > x) = q: for a tail too thin to be written as 1 − q.
  package func quantile(upperTail q: Double) -> Double {
    precondition(!(q < 0 || q > 1), "a probability lies in 0...1")
    return mean - standardDeviation * Self.standardQuantile(q)
  }

  static func standardDensity(_ z: Double) -> Double {
    // exp(−z²/2) with the rounding of z² handed to a second factor: else the relative error grows with z²/2.
    let square = z * z
    let rest = square.isFinite ? (-square).addingProduct(z, z) : 0
    return Double.exp(-0.5 * square) * (1 - 0.5 * rest) * inverseSquareRootOf2Pi
  }

  /// Φ(z) = ½ erfc(−z/√2).
  static func standardCumulative(_ z: Double) -> Double {
    let x = z * inverseSquareRootOf2
    let value = 0.5 * Double.erfc(-x)
    // The rounding of x moves Φ by φ(z) per unit of z, a relative error of about z²ε in the lower tail; take it back.
    guard z < -1, value > 0 else { return value }
    let lost = (-x).addingProduct(z, inverseSquareRootOf2) + z * inverseSquareRootOf2Rest
    return value + lost * 1.414_213_562_373_095_1 * standardDensity(z)
  }

  private static let inverseSquareRootOf2Pi = 0.398_942_280_401_432_7
  /// 1/√2 as a sum of two doubles.
  private static let inverseSquareRootOf2 = 0.707_106_781_186_547_6
  private static let inverseSquareRootOf2Rest = -4.833_646_656_726_457e-17
}
