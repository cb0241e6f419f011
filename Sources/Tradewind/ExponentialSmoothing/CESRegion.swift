import RealModule

/// The parameters that a search may take, and coordinates in which they are a box.
///
/// Bounds 0.01 ≤ α₁ ≤ 1.9 and 0.01 ≤ β ≤ 1.5, α₀ ≤ 1.8, as statsforecast has them, and within them only stable α (Svetunkov et al.
/// 2022): outside of the stable region the past weighs more the older it is, backcasting runs away, and the sum of squares
/// has needles of no meaning, in some of which a search without the condition ends. Of β nothing is asked: it works once a
/// year, too seldom in series of ordinary length to run away.
///
/// Stable α lie outside of two circles, about (½, 1) and (2½, 0), and inside of a third. The optimum is often at the right arc
/// of the first, where the model forgets nothing, or at the bound of α₀; as coordinate for α₀ serves therefore its way from
/// the arc to the bound, 0 … 1. The other two circles are met so seldom that a step beyond them is just refused.
enum CESRegion {
  /// Places by coordinates: the way of α₀, α₁, β₀, β₁.
  static let lower = SIMD4(1e-6, 0.01, 0.01, 0.01)
  static let upper = SIMD4(1, 1.9, 1.5, 1.5)
  private static let alphaBound = 1.8

  /// The point that belongs to a place.
  @inline(__always)
  static func point(_ place: SIMD4<Double>) -> SIMD4<Double> {
    var point = place
    point[0] = alpha0(place[0], place[1])
    return point
  }

  /// The place of a point, in the box.
  static func place(of point: SIMD4<Double>) -> SIMD4<Double> {
    var place = point
    let start = arc(point[1])
    place[0] = (point[0] - start) / (alphaBound - start)
    return place.clamped(lowerBound: lower, upperBound: upper)
  }

  /// α₀ so far on its way, given α₁.
  @inline(__always)
  static func alpha0(_ way: Double, _ alpha1: Double) -> Double {
    let start = arc(alpha1)
    return start + way * (alphaBound - start)
  }

  /// α₀ on the right arc of the circle (α₀ − ½)² + (α₁ − 1)² = ¼, or above its centre if there is none.
  @inline(__always)
  private static func arc(_ alpha1: Double) -> Double {
    .sqrt(max(0, 0.25 - (alpha1 - 1) * (alpha1 - 1))) + 0.5
  }

  /// Whether the point of a place in the box is stable.
  static func isStable(_ place: SIMD4<Double>) -> Bool {
    func square(_ x: Double) -> Double { x * x }
    let (real, imaginary) = (alpha0(place[0], place[1]), place[1])
    return square(real - 2.5) + square(imaginary) > 1.25
      && square(real - 0.5) + square(imaginary - 1) > 0.25
      && square(real - 1.5) + square(imaginary - 0.5) < 1.5
  }
}
