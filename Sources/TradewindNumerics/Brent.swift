/// A local minimum of a function of one variable on an interval, without derivatives.
///
/// Golden-section steps, replaced by parabolic ones where those are safe: Brent, R. P. (1973), *Algorithms for Minimization
/// without Derivatives*, ch. 5 (`localmin`). The minimum is global if the function falls and then rises. The ends
/// themselves are only approached; values that are NaN or infinite count as +∞.
///
/// - Parameters:
///   - interval: where to look; finite ends.
///   - tolerance: absolute accuracy of the point, beside 1.5·10⁻⁸ of its magnitude, below which rounding rules.
///   - maximumEvaluations: a minimum to double precision needs about 40.
package func minimizeBrent(
  in interval: ClosedRange<Double>, tolerance: Double = 1e-10, maximumEvaluations: Int = 500,
  _ f: (Double) -> Double
) -> OptimizationResult {
  var (a, b) = (interval.lowerBound, interval.upperBound)
  precondition(a.isFinite && b.isFinite, "Brent's method needs a finite interval")
  precondition(tolerance > 0 && maximumEvaluations > 0, "tolerance and evaluations are positive")
  let golden = 0.381_966_011_250_105_1  // (3 − √5)/2
  let relative = Double.ulpOfOne.squareRoot()

  // x: the best point; w: the second best; v: the one before w; d: the last step; e: the one before.
  var x = a + golden * (b - a)
  var fx = orInfinity(f(x))
  var (v, w, fv, fw) = (x, x, fx, fx)
  var (d, e) = (0.0, 0.0)
  var evaluations = 1

  while true {
    let middle = a + 0.5 * (b - a)
    let near = relative * abs(x) + tolerance
    if abs(x - middle) <= 2 * near - 0.5 * (b - a) { break }
    if evaluations >= maximumEvaluations {
      return OptimizationResult(
        point: [x], value: fx, iterations: evaluations, evaluations: evaluations, end: .limit)
    }

    // The parabola through v, w, x has its vertex at x + p/q. With infinite values p is NaN and is not used.
    var (p, q, previous) = (0.0, 0.0, 0.0)
    if abs(e) > near {
      let r = (x - w) * (fx - fv)
      q = (x - v) * (fx - fw)
      p = (x - v) * q - (x - w) * r
      q = 2 * (q - r)
      if q > 0 { p = -p } else { q = -q }
      previous = e
      e = d
    }
    if abs(p) < abs(0.5 * q * previous) && p > q * (a - x) && p < q * (b - x) {
      d = p / q
      let u = x + d
      if u - a < 2 * near || b - u < 2 * near { d = x < middle ? near : -near }
    } else {
      e = (x < middle ? b : a) - x
      d = golden * e
    }
    let u = x + (abs(d) >= near ? d : (d > 0 ? near : -near))
    let fu = orInfinity(f(u))
    evaluations += 1

    if fu <= fx {
      if u < x { b = x } else { a = x }
      (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu)
    } else {
      if u < x { a = u } else { b = u }
      if fu <= fw || w == x {
        (v, fv, w, fw) = (w, fw, u, fu)
      } else if fu <= fv || v == x || v == w {
        (v, fv) = (u, fu)
      }
    }
  }
  return OptimizationResult(
    point: [x], value: fx, iterations: evaluations, evaluations: evaluations,
    end: fx.isFinite ? .tolerance : .noFiniteValue)
}
