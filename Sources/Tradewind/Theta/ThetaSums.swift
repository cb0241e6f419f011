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
  fileprivate struct Products<Lanes: SIMD> where Lanes.Scalar == Double {
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
      : Products(
        low: productsWithoutGaps(alpha.lowHalf, y.span, intercepts.span, slopes.span),
        high: productsWithoutGaps(alpha.highHalf, y.span, intercepts.span, slopes.span))
    // Where ℓ₀ has faded before the first error that counts, it does not matter.
    let matters = s.qq .> Lanes(repeating: 1e-30)
    let inverse = Lanes.zero.replacing(with: 1 / s.qq, where: matters)
    let slope = s.qd * inverse
    var weight = Lanes(repeating: 0.5)
    if variant.isOptimized {
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

  /// Without gaps Qₜ is the power of 1 − α, and Rₜ is zero. Four lanes, whose sums find room in the registers.
  private func productsWithoutGaps(
    _ alpha: SIMD4<Double>, _ y: Span<Double>, _ a: Span<Double>, _ b: Span<Double>
  ) -> Products<SIMD4<Double>> {
    var s = Products<SIMD4<Double>>()
    let (keep, inverse) = (1 - alpha, 1 / alpha)
    let fading = keep * inverse
    var (level, power) = (SIMD4<Double>.zero, SIMD4<Double>.one)
    for i in 0..<min(3, y.count) {
      level += alpha * (y[i] - level)
      power *= keep
    }
    let start = power * power
    for i in min(3, y.count)..<y.count {
      let u = y[i] - level
      let d = power * (a[i] - fading * b[i]) + inverse * b[i]
      s.uu += u * u
      s.uq += u * power
      s.ud += u * d
      s.qd += power * d
      s.dd += d * d
      level += alpha * u
      power *= keep
    }
    // Σ Q² is a geometric series.
    s.qq = (start - power * power) / (1 - keep * keep)
    return s
  }

  private func products(_ alpha: Lanes, _ y: Span<Double>, _ a: Span<Double>, _ b: Span<Double>) -> Products<
    Lanes
  > {
    var s = Products<Lanes>()
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

/// The place of the smallest value of a function of one variable that is evaluated in eight places at once: in the first lane,
/// with the best place that was evaluated in the others.
///
/// A grid of sixteen finds the valley, two rounds of eight narrow it to 3·10⁻³ of the range, a parabola through the best place and
/// its neighbours ends it, whose place is still to be evaluated. The ends of the range take part.
func minimizeInLanes(in range: ClosedRange<Double>, _ f: (SIMD8<Double>) -> SIMD8<Double>) -> SIMD8<Double> {
  let (first, last) = (range.lowerBound, range.upperBound)
  let steps = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7)
  let gap = (last - first) / 15
  var valley = Valley()
  for places in [first + gap * steps, first + gap * (steps + 8)] { valley.take(places, f(places)) }
  var width = gap
  for _ in 0..<2 {
    let low = max(first, valley.place - width)
    let high = min(last, valley.place + width)
    width = (high - low) / 9
    let places = low + width * (steps + 1)
    valley.take(places, f(places))
  }
  var result = SIMD8(repeating: valley.place)
  result[0] = min(last, max(first, valley.vertex))
  return result
}

/// What was evaluated of a function of one variable.
private struct Valley {
  private var evaluated: [(places: SIMD8<Double>, values: SIMD8<Double>)] = []
  /// The best place so far; the first of equal ones, so that the result does not depend on the lanes' order.
  private(set) var place = 0.0
  private var value = Double.infinity

  mutating func take(_ places: SIMD8<Double>, _ values: SIMD8<Double>) {
    evaluated.append((places, values))
    for i in 0..<8 where values[i] < value { (place, value) = (places[i], values[i]) }
  }

  /// Of the parabola through the best place and its nearest neighbours; the best place if it lies at an end.
  var vertex: Double {
    var left = (place: -Double.infinity, value: 0.0)
    var right = (place: Double.infinity, value: 0.0)
    for (places, values) in evaluated {
      for i in 0..<8 {
        if places[i] < place, places[i] > left.place { left = (places[i], values[i]) }
        if places[i] > place, places[i] < right.place { right = (places[i], values[i]) }
      }
    }
    let (a, b) = (place - left.place, right.place - place)
    guard a.isFinite, b.isFinite else { return place }
    let (rise, fall) = (a * (right.value - value), b * (left.value - value))
    return rise + fall > 0 ? place + 0.5 * (b * fall - a * rise) / (rise + fall) : place
  }
}

extension ThetaSums.Products<SIMD8<Double>> {
  fileprivate init(low: ThetaSums.Products<SIMD4<Double>>, high: ThetaSums.Products<SIMD4<Double>>) {
    uu = SIMD8(lowHalf: low.uu, highHalf: high.uu)
    uq = SIMD8(lowHalf: low.uq, highHalf: high.uq)
    ud = SIMD8(lowHalf: low.ud, highHalf: high.ud)
    qq = SIMD8(lowHalf: low.qq, highHalf: high.qq)
    qd = SIMD8(lowHalf: low.qd, highHalf: high.qd)
    dd = SIMD8(lowHalf: low.dd, highHalf: high.dd)
  }
}
