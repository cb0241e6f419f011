/// The regularised incomplete beta function Iₓ(a, b) and its complement I_y(b, a), for a, b > 0 and x + y = 1.
///
/// Both x and y are arguments, as the smaller one carries the information in a tail. The continued fraction (9) of DiDonato,
/// A. R. and Morris, A. H. (1992), "Algorithm 708: significant digit computation of the incomplete beta function ratios",
/// *ACM Trans. Math. Softw.* 18, 360–373, doi:10.1145/131766.131776, on the side where it converges fast; the other
/// function as the difference from 1.
func incompleteBeta(_ a: Double, _ b: Double, x: Double, y: Double) -> (lower: Double, upper: Double) {
  if x <= 0 { return (0, 1) }
  if y <= 0 { return (1, 0) }
  let term = betaTerm(a, b, x, y)
  if a * y >= b * x {
    let lower = min(1, term * betaFraction(a, b, x, y))
    return (lower, 1 - lower)
  }
  let upper = min(1, term * betaFraction(b, a, y, x))
  return (1 - upper, upper)
}

/// 1/(β₁ + α₂/(β₂ + α₃/(β₃ + …))), for x below the mean a/(a + b).
private func betaFraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
  // λ = a − (a + b)x, written so that nothing cancels when x is within rounding of 1.
  let lambda = a * y - b * x
  return lentz(first: a / (a + 1) * (lambda + 1)) { n in
    let n = Double(n)
    let c = n * (b - n) * x / (a + 2 * n - 1)
    let alpha = (a + n - 1) * (a + b + n - 1) / (a + 2 * n - 1) * c * x
    let beta = n + c + (a + n) / (a + 2 * n + 1) * (lambda + 1 + n * (1 + y))
    return (alpha, beta)
  }
}
