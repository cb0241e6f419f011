import TradewindNumerics

/// The least-squares problem of a Theta model for eight values of α at once.
///
/// Given α, the level before period t is Pₜ + Qₜ ℓ₀ + Rₜ k with k = 1 − 1/θ, so the one-step error is linear in (ℓ₀, k):
///
///     eₜ = (yₜ − Pₜ) − Qₜ ℓ₀ − (Rₜ + Dₜ) k,   Dₜ = (1 − α)ᵗ⁻¹ Aₜ₋₁ + (1 − (1 − α)ᵗ)/α Bₜ₋₁
///
/// with P, Q, R smoothed along: P takes in y, Q fades, and R is zero until a value is missing. Six sums of products give the
/// best ℓ₀ and k ∈ [0, 1] exactly, since one bounded coordinate of a convex function may be clipped once the other is solved
/// for. The cost is one pass over the series, without allocation.
struct ThetaSums {
  let y: [Double]
  /// Aₜ₋₁ and Bₜ₋₁ of each period; empty for the standard method, which smooths without the line.
  let intercepts: [Double]
  let slopes: [Double]
  let variant: Theta.Variant
  let hasGaps: Bool

  typealias Lanes = SIMD8<Double>

  /// The smallest sum of squares at each α, and where it is taken.
  struct Profile {
    var squares: Lanes
    var level: Lanes
    var weight: Lanes
  }

  /// Σ of products of u = yₜ − Pₜ, q = Qₜ and d = Rₜ + Dₜ over the errors that count.
  private struct Products {
    var uu = Lanes.zero
    var uq = Lanes.zero
    var ud = Lanes.zero
    var qq = Lanes.zero
    var qd = Lanes.zero
    var dd = Lanes.zero
  }

  func profile(_ alpha: Lanes) -> Profile {
    if variant == .standard { return smoothing(alpha) }
    let s =
      hasGaps
      ? products(alpha, y.span, intercepts.span, slopes.span)
      : productsWithoutGaps(alpha, y.span, intercepts.span, slopes.span)
    // Where ℓ₀ has faded before the first error that counts, it does not matter.
    let matters = s.qq .> Lanes(repeating: 1e-30)
    let inverse = Lanes.zero.replacing(with: 1 / s.qq, where: matters)
    let slope = s.qd * inverse
    var weight = Lanes(repeating: 0.5)
    if variant.isOptimised {
      let curvature = s.dd - slope * s.qd
      let solvable = curvature .> s.dd * 1e-13
      let free = Lanes.zero.replacing(with: (s.ud - s.uq * slope) / curvature, where: solvable)
      weight = free.clamped(lowerBound: .zero, upperBound: .one)
    }
    let level = (s.uq - weight * s.qd) * inverse
    let fitted = s.uu - 2 * (level * s.uq + weight * s.ud)
    let squares = fitted + level * (level * s.qq + 2 * weight * s.qd) + weight * weight * s.dd
    return Profile(squares: squares, level: level, weight: weight)
  }

  /// Simple exponential smoothing: k = 0, all errors count.
  private func smoothing(_ alpha: Lanes) -> Profile {
    var (uu, uq, qq) = (Lanes.zero, Lanes.zero, Lanes.zero)
    var (level, fade) = (Lanes.zero, Lanes.one)
    let keep = 1 - alpha
    for value in y where !value.isNaN {
      let u = value - level
      uu += u * u
      uq += u * fade
      qq += fade * fade
      level += alpha * u
      fade *= keep
    }
    let start = uq / qq
    return Profile(squares: uu - start * uq, level: start, weight: .zero)
  }

  /// Without gaps Qₜ is the power of 1 − α, and Rₜ is zero.
  private func productsWithoutGaps(
    _ alpha: Lanes, _ y: Span<Double>, _ a: Span<Double>, _ b: Span<Double>
  ) -> Products {
    var s = Products()
    let (keep, inverse) = (1 - alpha, 1 / alpha)
    let fading = keep * inverse
    var (level, power) = (Lanes.zero, Lanes.one)
    for i in 0..<y.count {
      let u = y[i] - level
      if i >= 3 {
        let d = power * (a[i] - fading * b[i]) + inverse * b[i]
        s.uu += u * u
        s.uq += u * power
        s.ud += u * d
        s.qq += power * power
        s.qd += power * d
        s.dd += d * d
      }
      level += alpha * u
      power *= keep
    }
    return s
  }

  private func products(_ alpha: Lanes, _ y: Span<Double>, _ a: Span<Double>, _ b: Span<Double>) -> Products {
    var s = Products()
    let (keep, inverse) = (1 - alpha, 1 / alpha)
    let fading = keep * inverse
    var (level, carried, fade, power) = (Lanes.zero, Lanes.zero, Lanes.one, Lanes.one)
    var seen = 0
    for i in 0..<y.count {
      let lift = power * (a[i] - fading * b[i]) + inverse * b[i]
      if y[i].isNaN {
        carried += alpha * lift
      } else {
        let u = y[i] - level
        if seen >= 3 {
          let d = carried + lift
          s.uu += u * u
          s.uq += u * fade
          s.ud += u * d
          s.qq += fade * fade
          s.qd += fade * d
          s.dd += d * d
        }
        seen += 1
        level += alpha * u
        fade *= keep
        carried *= keep
      }
      power *= keep
    }
    return s
  }
}

/// The place of the smallest value of a function of one variable that is evaluated in eight places at once.
///
/// A grid of sixteen finds the valley, four rounds of eight narrow it to 3·10⁻⁴ of the range, a parabola through the last
/// three points ends it. The ends of the range take part.
func minimizeInLanes(in range: ClosedRange<Double>, _ f: (SIMD8<Double>) -> SIMD8<Double>) -> Double {
  let (first, last) = (range.lowerBound, range.upperBound)
  let steps = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7)
  let gap = (last - first) / 15
  let grid = [first + gap * steps, first + gap * (steps + 8)]
  var (best, least) = (first, Double.infinity)
  for places in grid { keepSmallest(&best, &least, places, f(places)) }
  // Neighbours of the best place, and the values there.
  var width = gap
  for _ in 0..<4 {
    let low = max(first, best - width)
    let high = min(last, best + width)
    width = (high - low) / 9
    let places = low + width * (steps + 1)
    keepSmallest(&best, &least, places, f(places))
  }
  let around = SIMD8(best - width, best, best + width, first, last, best, best, best)
  let values = f(around.clamped(lowerBound: SIMD8(repeating: first), upperBound: SIMD8(repeating: last)))
  if best - width >= first, best + width <= last {
    let curvature = values[0] - 2 * values[1] + values[2]
    if curvature > 0 { return best + max(-1, min(1, 0.5 * (values[0] - values[2]) / curvature)) * width }
  }
  keepSmallest(&best, &least, around, values)
  return min(last, max(first, best))
}

/// The first of equal values wins, so that the result does not depend on how the lanes are ordered.
private func keepSmallest(
  _ best: inout Double, _ least: inout Double, _ places: SIMD8<Double>, _ values: SIMD8<Double>
) {
  for i in 0..<8 where values[i] < least {
    least = values[i]
    best = places[i]
  }
}
