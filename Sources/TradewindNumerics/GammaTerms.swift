import RealModule

// The leading factors of the incomplete gamma and beta functions, without the cancellation that differences of
// log-gamma values bring: the saddle-point form of Loader, C. (2000), "Fast and accurate computation of binomial
// probabilities". Below a size where powers and Γ are exact to a few ulps and cannot overflow, these are used directly.

/// xᵃe⁻ˣ/Γ(a + 1) for a > 0, x ≥ 0.
func gammaTerm(_ a: Double, _ x: Double) -> Double {
  if x == 0 || x == .infinity { return 0 }
  if a <= 30 {
    // Beyond 2000 the term is below 10⁻⁷⁰⁰ for all these a. e⁻ˣ in two factors, as one may underflow before xᵃ helps.
    if x > 2000 { return 0 }
    let half = Double.exp(-0.5 * x)
    return Double.pow(x, a) * half / Double.gamma(a + 1) * half
  }
  return Double.exp(-stirlingError(a) - deviance(a, x)) / (2 * Double.pi * a).squareRoot()
}

/// xᵃyᵇ/B(a, b) for a, b > 0 and x + y = 1, both given so that neither suffers from being a difference.
func betaTerm(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
  if x == 0 || y == 0 { return 0 }
  let n = a + b
  if n <= 30 {
    // Γ(n)/Γ(a)Γ(b) as ab/n · Γ(n + 1)/Γ(a + 1)Γ(b + 1), which also holds for tiny a or b.
    let combinations = Double.gamma(n + 1) / (Double.gamma(a + 1) * Double.gamma(b + 1))
    return Double.pow(x, a) * Double.pow(y, b) * combinations * (a * (b / n))
  }
  let exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
  return Double.exp(exponent) * (a * (b / n) / (2 * Double.pi)).squareRoot()
}

/// log Γ(a + 1) − log(√(2πa)·(a/e)ᵃ), what Stirling's formula leaves out; a > 0.
private func stirlingError(_ a: Double) -> Double {
  if a < 15 {
    let stirling = (2 * Double.pi * a).squareRoot() * Double.pow(a, a) * Double.exp(-a)
    return Double.log(Double.gamma(a + 1) / stirling)
  }
  // Abramowitz & Stegun 6.1.41; the first term left out is 691/(360360 a¹¹) < 3·10⁻¹⁶.
  let r = 1 / (a * a)
  return (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / a
}

/// Loader's deviance x·log(x/m) + m − x for x, m > 0, which is (x − m)²/2m near x = m.
private func deviance(_ x: Double, _ m: Double) -> Double {
  guard abs(x - m) < 0.4 * (x + m) else { return x * Double.log(x / m) + m - x }
  let v = (x - m) / (x + m)
  var sum = (x - m) * v
  var term = 2 * x * v
  for k in 1..<1000 {
    term *= v * v
    let next = sum + term / Double(2 * k + 1)
    if next == sum { break }
    sum = next
  }
  return sum
}
