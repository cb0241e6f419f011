import RealModule

extension SeededGenerator {
  /// A draw from the gamma law of this shape (above zero) and scale 1.
  ///
  /// By rejection, 1.05 tries a draw: Marsaglia, G. and Tsang, W. W. (2000), "A simple method for generating gamma
  /// variables", *ACM Transactions on Mathematical Software* 26, 363–372, doi:10.1145/358407.358414; for shapes below 1 with
  /// the power of a uniform of its §6.
  package mutating func nextGamma(shape: Double) -> Double {
    precondition(shape > 0 && shape.isFinite, "the shape of a gamma law is positive and finite")
    guard shape >= 1 else {
      let power = Double.pow(nextUniform(), 1 / shape)
      return nextGamma(shape: shape + 1) * power
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = nextNormal()
      let root = 1 + c * x
      let u = nextUniform()
      guard root > 0 else { continue }
      let v = root * root * root
      if Double.log(u) < 0.5 * x * x + d * (1 - v + Double.log(v)) { return d * v }
    }
  }

  /// A draw from the chi-square law: twice a gamma of half the degrees of freedom.
  package mutating func nextChiSquare(degreesOfFreedom: Double) -> Double {
    2 * nextGamma(shape: 0.5 * degreesOfFreedom)
  }
}
