/// A quadratic model of a sum of squares about a place, in up to four coordinates: half its slope and half its curvature.
struct CESQuadratic {
  typealias Vector = SIMD4<Double>
  /// Which coordinates take part.
  typealias Mask = SIMDMask<SIMD4<Int64>>

  /// Jᵀr.
  var slope: Vector
  /// JᵀJ and what the Gauss–Newton model leaves out, column by column; symmetric.
  var columns: (Vector, Vector, Vector, Vector)

  static func dot(_ a: Vector, _ b: Vector) -> Double { (a * b).sum() }

  /// The curvature times a vector.
  func times(_ v: Vector) -> Vector {
    let (first, last) = (columns.0 * v[0] + columns.1 * v[1], columns.2 * v[2] + columns.3 * v[3])
    return first + last
  }

  /// How much less the sum of squares is after a step, by this model.
  func gain(_ step: Vector) -> Double { -(2 * Self.dot(slope, step) + Self.dot(step, times(step))) }

  /// The model with so much more curvature along each coordinate.
  func damped(_ by: Vector) -> CESQuadratic {
    var damped = self
    damped.columns.0[0] += by[0]
    damped.columns.1[1] += by[1]
    damped.columns.2[2] += by[2]
    damped.columns.3[3] += by[3]
    return damped
  }

  /// The step to the minimum within the box from `lower` to `upper`, over the free coordinates: one that would leave
  /// the box goes to its wall, and the rest is solved for again. Nil if the curvature is not positive.
  func boxedMinimum(from place: Vector, free: Mask, lower: Vector, upper: Vector) -> Vector? {
    var free = free
    var step = Vector.zero
    for _ in 0..<4 {
      guard let solved = minimum(free: free, given: step) else { return nil }
      step = solved
      let target = place + step
      let outside = free .& ((target .< lower) .| (target .> upper))
      guard any(outside) else { return step }
      let held = target.clamped(lowerBound: lower, upperBound: upper) - place
      step = Vector.zero.replacing(with: held, where: outside .| .!free)
      free .&= .!outside
    }
    return step
  }

  /// The minimum over the free coordinates where the others have made `given`, by elimination.
  private func minimum(free: Mask, given: Vector) -> Vector? {
    let fixed = given.replacing(with: 0, where: free)
    var x = fixed.replacing(with: -slope - times(fixed), where: free)
    var m = columns
    // Coordinates that are not free get the equation x = given.
    func masked(_ column: Vector, _ j: Int) -> Vector {
      var unit = Vector.zero
      unit[j] = 1
      return free[j] ? column.replacing(with: 0, where: .!free) : unit
    }
    m = (masked(m.0, 0), masked(m.1, 1), masked(m.2, 2), masked(m.3, 3))
    guard m.0[0] > 0 else { return nil }
    let f0 = m.0 / m.0[0]
    m.1 -= f0[1] * m.0
    m.2 -= f0[2] * m.0
    m.3 -= f0[3] * m.0
    guard m.1[1] > 0 else { return nil }
    let f1 = m.1 / m.1[1]
    m.2 -= f1[2] * m.1
    m.3 -= f1[3] * m.1
    guard m.2[2] > 0 else { return nil }
    let f2 = m.2 / m.2[2]
    m.3 -= f2[3] * m.2
    guard m.3[3] > 0 else { return nil }
    x[1] -= f0[1] * x[0]
    x[2] -= f0[2] * x[0] + f1[2] * x[1]
    x[3] -= f0[3] * x[0] + f1[3] * x[1] + f2[3] * x[2]
    x[3] /= m.3[3]
    x[2] = x[2] / m.2[2] - f2[3] * x[3]
    x[1] = x[1] / m.1[1] - (f1[2] * x[2] + f1[3] * x[3])
    x[0] = x[0] / m.0[0] - (f0[1] * x[1] + f0[2] * x[2] + f0[3] * x[3])
    return x
  }
}

/// What JᵀJ leaves out of the curvature, Σ r ∇²r, learnt from how the slope changes along the steps: the secant update of
/// J. E. Dennis, D. M. Gay and R. E. Welsch (1981), "An adaptive nonlinear least-squares algorithm", ACM Transactions on
/// Mathematical Software 7:348–368, doi:10.1145/355958.355965, with the change of slope that JᵀJ does not explain.
struct CESSecant {
  typealias Vector = CESQuadratic.Vector
  private(set) var columns = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)

  /// After a step between two places.
  mutating func learn(_ step: Vector, from old: CESQuadratic, to new: CESQuadratic) {
    let change = new.slope - old.slope
    let along = CESQuadratic.dot(change, step)
    guard along > 0 else { return }
    let unexplained = change - new.times(step)
    // Sized down where it claims more than is seen.
    let claimed = CESQuadratic.dot(step, times(step))
    if claimed != 0 { scale(by: min(1, abs(CESQuadratic.dot(step, unexplained) / claimed))) }
    let missing = unexplained - times(step)
    let a = missing / along
    let b = a - CESQuadratic.dot(missing, step) / (along * along) * change
    columns.0 += a * change[0] + change * b[0]
    columns.1 += a * change[1] + change * b[1]
    columns.2 += a * change[2] + change * b[2]
    columns.3 += a * change[3] + change * b[3]
  }

  private func times(_ v: Vector) -> Vector { CESQuadratic(slope: .zero, columns: columns).times(v) }

  private mutating func scale(by factor: Double) {
    columns = (columns.0 * factor, columns.1 * factor, columns.2 * factor, columns.3 * factor)
  }

  /// The model with what was learnt.
  func added(to model: CESQuadratic) -> CESQuadratic {
    var sum = model
    sum.columns.0 += columns.0
    sum.columns.1 += columns.1
    sum.columns.2 += columns.2
    sum.columns.3 += columns.3
    return sum
  }
}
