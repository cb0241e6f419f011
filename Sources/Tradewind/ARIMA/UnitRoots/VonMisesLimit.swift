import RealModule

/// The law of Σₖ χ²ₚ(k) / (πk)², k = 1, 2, …, to which statistics of partial sums converge (of Cramér and von Mises for p = 1).
///
/// Its characteristic function is (z / sin z)^(p/2) with z² = 2iu, and tail areas follow by inversion: Gil-Pelaez, J. (1951),
/// "Note on the inversion theorem", *Biometrika* 38, 481–482, doi:10.1093/biomet/38.3-4.481.
struct VonMisesLimit {
  /// p, at least 1.
  let degrees: Int

  /// P(X > x) = ½ + (1/π) ∫ Im[φ(u) exp(−iux)] du/u. With u = a² the integrand is smooth in a from 0 on and dies out like
  /// exp(−pa/2). It begins like (p/6 − x)a, which Euler's and Maclaurin's first correction of the midpoint rule allows for.
  func upperTail(_ x: Double) -> Double {
    guard x > 0 else { return 1 }
    let p = Double(degrees)
    let end = 80 / p + 8
    let steps = Int(4000 * max(1, min(x, 100).squareRoot()))
    let width = end / Double(steps)
    var sum = 0.0
    for i in 0..<steps {
      let a = (Double(i) + 0.5) * width
      // log sin z = log(i/2) − iz + log(1 − exp(2iz)), in which every part is continuous in a.
      let shrink = Double.exp(-2 * a)
      let real = 1 - shrink * Double.cos(2 * a)
      let imaginary = shrink * Double.sin(2 * a)
      let modulus =
        Double.log(8.0.squareRoot() * a) - a - 0.5 * Double.log(real * real + imaginary * imaginary)
      let angle = a - Double.pi / 4 + Double.atan2(y: imaginary, x: real)
      sum += Double.exp(0.5 * p * modulus) * Double.sin(0.5 * p * angle - a * a * x) / a
    }
    let integral = width * sum - width * width / 24 * (p / 6 - x)
    return min(max(0.5 + 2 / Double.pi * integral, 0), 1)
  }

  /// The x that is exceeded with this probability, to about 10⁻⁶.
  func upperQuantile(_ probability: Double) -> Double {
    // Mean p/6; the largest term, χ²ₚ/π², rules the tail.
    var (low, high) = (0.0, Double(degrees) / 6 + 1)
    while upperTail(high) > probability, high < 1e6 { high *= 2 }
    while high - low > 1e-7 * max(high, 1) {
      let middle = 0.5 * (low + high)
      if upperTail(middle) > probability { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
