/// Two points beside x for a numerical derivative, x + a and x + b, and the weights of
/// f′ ≈ wa·(f(x+a) − f(x)) + wb·(f(x+b) − f(x)), exact for quadratics.
///
/// The points lie on both sides of x, or on its inner side at a bound. The step is ∛ε·max(|x|, 10⁻³), which balances
/// truncation against rounding for a second-order formula (Dennis, J. E. and Schnabel, R. B. (1983), *Numerical Methods
/// for Unconstrained Optimization and Nonlinear Equations*, §5.6; doi:10.1137/1.9781611971200). The floor keeps the step
/// of a parameter near 0 useful for parameters of unit size, and is small enough for those of size 10⁻³.
struct DifferenceStencil {
  let a: Double
  let b: Double

  init(at x: Double, lower: Double, upper: Double) {
    let step = min(6.055_454_452_393_343e-6 * max(abs(x), 1e-3), (upper - lower) / 4)
    // The difference that is really taken, after rounding of x + step.
    if x + step <= upper && x - step >= lower {
      a = (x + step) - x
      b = (x - step) - x
    } else {
      let inward = x + step <= upper ? step : -step
      a = (x + inward) - x
      b = (x + 2 * inward) - x
    }
  }

  /// The derivative from the function's changes at the two points; from one of them where the other is not finite, 0
  /// where both are not.
  func derivative(_ changeA: Double, _ changeB: Double) -> Double {
    guard a != 0, b != 0, a != b else { return 0 }
    switch (changeA.isFinite, changeB.isFinite) {
    case (true, true): return changeA / a * (b / (b - a)) - changeB / b * (a / (b - a))
    case (true, false): return changeA / a
    case (false, true): return changeB / b
    case (false, false): return 0
    }
  }
}
