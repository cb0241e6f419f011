/// Whether the weights of past observations die out: the admissible region of Hyndman, Akram & Archibald (2008), "The
/// admissible parameter space for exponential smoothing models", doi:10.1007/s10463-006-0109-x, for every model by its
/// additive counterpart.
///
/// With L the lag, the additive model's reduced form is (1 − φL)(1 − Lᵐ) y = θ(L) ε with
/// θ(L) = (1 − φL)(1 − Lᵐ) + (αL(1 − φL) + φβL)(1 + L + … + Lᵐ⁻¹) + γLᵐ(1 − φL), and the weights die out if all
/// zeros of θ lie outside of the unit circle. That is decided by step-down (Schur and Cohn), not by finding them.
func isStable(form: ETS.Form, alpha: Double, beta: Double, gamma: Double, phi: Double, period: Int) -> Bool {
  let m = form.isSeasonal ? period : 1
  let phi = form.hasTrend ? phi : 0
  var theta = [Double](repeating: 0, count: m + 2)
  func add(_ coefficient: Double, _ lag: Int) {
    theta[lag] += coefficient
    theta[lag + 1] -= phi * coefficient
  }
  add(1, 0)
  add(-1, m)
  for lag in 1...m {
    add(alpha, lag)
    theta[lag] += phi * beta
  }
  if form.isSeasonal { add(gamma, m) }
  // θ₀ = 1 throughout.
  var degree = m + 1
  while degree > 0 {
    let k = theta[degree]
    guard abs(k) < 1 else { return false }
    let scale = 1 / (1 - k * k)
    let old = theta
    for i in 0..<degree { theta[i] = (old[i] - k * old[degree - i]) * scale }
    degree -= 1
  }
  return true
}
