import RealModule

/// Solves T(x) = target for x > 0, where T is the lower tail (rising) or upper tail (falling) of a law on (0, ∞).
///
/// Newton's method for log T as a function of log x, in which tails are nearly straight, kept inside a shrinking bracket;
/// one step in x at the end removes the rounding of log x. Returns 0 or ∞ where the answer underflows or overflows.
///
/// - Parameters:
///   - target: in (0, 1), best at most ½.
///   - start: any positive number, near the answer if possible.
func positiveQuantile(
  target: Double, rising: Bool, start: Double, density: (Double) -> Double, tail: (Double) -> Double
) -> Double {
  // log x of the smallest and the largest double.
  var (low, high) = (-745.0, 709.7)
  let logTarget = Double.log(target)
  let sign = rising ? 1.0 : -1.0
  if (tail(Double.exp(low)) - target) * sign >= 0 { return 0 }
  if (tail(Double.exp(high)) - target) * sign <= 0 { return .infinity }
  var u = min(max(Double.log(start), low), high)
  for _ in 0..<400 {
    let x = Double.exp(u)
    let t = tail(x)
    if (t - target) * sign > 0 { high = u } else { low = u }
    let slope = sign * x * density(x) / t
    var next = u - (Double.log(t) - logTarget) / slope
    if !(next > low && next < high) { next = 0.5 * (low + high) }
    let change = abs(next - u)
    u = next
    if change <= 4 * Double.ulpOfOne * max(1, abs(u)) { break }
  }
  let x = Double.exp(u)
  let correction = sign * (tail(x) - target) / density(x)
  return correction.isFinite && abs(correction) < 1e-10 * x ? x - correction : x
}
