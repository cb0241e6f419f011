import RealModule

/// A law on (0, ∞).
package protocol PositiveLaw: Sendable {
  /// The density; 0 below 0.
  func density(_ x: Double) -> Double
  /// P(X ≤ x); 0 for negative x.
  func cumulative(_ x: Double) -> Double
  /// P(X > x), accurate also where it is tiny.
  func survival(_ x: Double) -> Double
  /// A positive number near the x with P(X ≤ x) = p (rising) or P(X > x) = p, from which the search starts; p lies in (0, ½].
  func nearlyQuantile(_ p: Double, rising: Bool) -> Double
}

extension PositiveLaw {
  /// The x with P(X ≤ x) = p for p in 0…1; 0 and ∞ at the ends.
  package func quantile(_ p: Double) -> Double {
    precondition(!(p < 0 || p > 1), "a probability lies in 0...1")
    return p <= 0.5 ? solve(p, rising: true) : solve(1 - p, rising: false)
  }

  /// The x with P(X > x) = q: for a tail too thin to be written as 1 − q.
  package func quantile(upperTail q: Double) -> Double {
    precondition(!(q < 0 || q > 1), "a probability lies in 0...1")
    return q <= 0.5 ? solve(q, rising: false) : solve(1 - q, rising: true)
  }

  private func solve(_ target: Double, rising: Bool) -> Double {
    if target.isNaN { return target }
    if target == 0 { return rising ? 0 : .infinity }
    return positiveQuantile(
      target: target, rising: rising, start: nearlyQuantile(target, rising: rising), density: density,
      tail: rising ? cumulative : survival)
  }
}

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
