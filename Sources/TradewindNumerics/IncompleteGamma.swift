/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), for a > 0 and x ≥ 0.
///
/// The power series (Abramowitz & Stegun 6.5.29) below a + 1, Legendre's continued fraction (6.5.31) by Lentz's method
/// above; the other function as the difference from 1. The smaller of the two is accurate to about 10⁻¹⁴ relative where it
/// is less than ½ by its own formula; for a below 0.1 the difference costs up to two digits.
func incompleteGamma(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
  if x <= 0 { return (0, 1) }
  if x == .infinity { return (1, 0) }
  let term = gammaTerm(a, x)
  if x < a + 1 {
    let lower = min(1, term * gammaSeries(a, x))
    return (lower, 1 - lower)
  }
  let upper = min(1, term * a * gammaFraction(a, x))
  return (1 - upper, upper)
}

/// 1 + x/(a+1) + x²/(a+1)(a+2) + …
private func gammaSeries(_ a: Double, _ x: Double) -> Double {
  var (sum, term, denominator) = (1.0, 1.0, a)
  // The terms fall at least geometrically after |x − a| of them; about 8·√a suffice near x = a.
  for _ in 0..<10_000_000 {
    denominator += 1
    term *= x / denominator
    let next = sum + term
    if next == sum { break }
    sum = next
  }
  return sum
}

/// 1/(x+1−a − 1·(1−a)/(x+3−a − 2·(2−a)/(x+5−a − …))).
private func gammaFraction(_ a: Double, _ x: Double) -> Double {
  lentz(first: x + 1 - a) { k in
    let k = Double(k)
    return (-k * (k - a), x + 2 * k + 1 - a)
  }
}

/// 1/(b₀ + a₁/(b₁ + a₂/(b₂ + …))) by the method of Lentz (1976) as modified by Thompson, I. J. and Barnett, A. R. (1986),
/// "Coulomb and Bessel functions of complex arguments and order", *J. Comput. Phys.* 64, 490–509,
/// doi:10.1016/0021-9991(86)90046-X. `terms(k)` gives (aₖ, bₖ) for k = 1, 2, …
func lentz(first: Double, _ terms: (Int) -> (a: Double, b: Double)) -> Double {
  let tiny = 1e-300
  var f = first == 0 ? tiny : first
  var (c, d) = (f, 0.0)
  for k in 1..<10_000_000 {
    let (a, b) = terms(k)
    d = b + a * d
    c = b + a / c
    d = 1 / (d == 0 ? tiny : d)
    if c == 0 { c = tiny }
    let change = c * d
    f *= change
    if abs(change - 1) < 1e-16 { break }
  }
  return 1 / f
}
