/// The sums that cross those that nest: their equations, with the nested ones eliminated, are solved by conjugate gradients, which need no matrix.
///
/// With G = W − W C₁′ (C₁ W C₁′)⁻¹ C₁ W, the covariance of the errors given the nested sums C₁, the multipliers of the crossing ones C₂ solve
/// (C₂ G C₂′) μ = C₂ y₁, where y₁ satisfies the nested sums: a few rounds where sums cross evenly, as in crossed groups.
///
/// Reference: M. R. Hestenes and E. Stiefel (1952), "Methods of Conjugate Gradients for Solving Linear Systems", Journal of Research of the
/// National Bureau of Standards 49:409–436, DOI 10.6028/jres.049.044.
struct CrossingSums {
  private let hierarchy: Hierarchy
  private let projection: NestedProjection
  private let crossing: [Int]

  init(_ hierarchy: Hierarchy, _ projection: NestedProjection) {
    (self.hierarchy, self.projection) = (hierarchy, projection)
    crossing = projection.nested.crossing
  }

  /// The values that satisfy all sums, and what all sums pull at each node.
  ///
  /// Ends when what is left is 1e-13 of what the crossing sums had beyond their parts, or no more than their rounding; or does not become smaller any
  /// more and is 1e-10 of it.
  func project(_ base: [Double]) throws(ReconciliationError) -> (values: [Double], pull: [Double]) {
    let multipliers = try multipliers(of: base)
    // From where they pull, the nested sums take the rest.
    let crossed = transposed(multipliers)
    var moved = base
    for node in moved.indices { moved[node] -= projection.variances[node] * crossed[node] }
    var (values, pull) = try projection.project(moved)
    for node in pull.indices { pull[node] += crossed[node] }
    return (values, pull)
  }

  private func multipliers(of base: [Double]) throws(ReconciliationError) -> [Double] {
    let variances = projection.variances
    let (sums, count) = (hierarchy.sums.count, crossing.count)
    let diagonal = crossing.map { node in
      hierarchy.sums[node].reduce(variances[node]) {
        $0 + $1.weight * $1.weight * variances[sums + $1.bottom]
      }
    }
    let nested = try projection.project(base).values
    var residual = excess(nested)
    let rounding = 1e-15 * Self.norm(crossing.map { nested[$0] })
    for i in 0..<count where diagonal[i] == 0 {
      // All of it is known: it holds, or cannot.
      guard abs(residual[i]) <= 1e-9 * abs(nested[crossing[i]]) + rounding else { throw .singular }
      residual[i] = 0
    }
    var solution = [Double](repeating: 0, count: count)
    let start = Self.norm(residual)
    let goal = max(1e-13 * start, rounding)
    guard start > goal else { return solution }
    let scale = diagonal.map { $0 > 0 ? 1 / $0 : 0 }
    var direction = zip(residual, scale).map { $0 * $1 }
    var energy = zip(residual, direction).reduce(0) { $0 + $1.0 * $1.1 }
    let rounds = 2 * count + 200
    for _ in 0..<rounds {
      var moved = transposed(direction)
      for node in moved.indices { moved[node] *= variances[node] }
      let image = excess(try projection.project(moved).values)
      let curvature = zip(direction, image).reduce(0) { $0 + $1.0 * $1.1 }
      guard curvature > 0 else { break }
      let step = energy / curvature
      var next = 0.0
      for i in 0..<count {
        solution[i] += step * direction[i]
        residual[i] -= step * image[i]
        next += residual[i] * scale[i] * residual[i]
      }
      if Self.norm(residual) <= goal { return solution }
      let turn = next / energy
      energy = next
      for i in 0..<count { direction[i] = residual[i] * scale[i] + turn * direction[i] }
    }
    guard Self.norm(residual) <= max(1e-10 * start, 1e3 * rounding) else {
      throw .noConvergence(rounds: rounds)
    }
    return solution
  }

  /// C₂ y: what each crossing sum has beyond its parts.
  private func excess(_ values: [Double]) -> [Double] {
    let sums = hierarchy.sums.count
    return crossing.map { node in
      var result = values[node]
      for summand in hierarchy.sums[node] { result -= summand.weight * values[sums + summand.bottom] }
      return result
    }
  }

  /// C₂′ μ.
  private func transposed(_ multipliers: [Double]) -> [Double] {
    let sums = hierarchy.sums.count
    var result = [Double](repeating: 0, count: hierarchy.count)
    for (node, multiplier) in zip(crossing, multipliers) {
      result[node] = multiplier
      for summand in hierarchy.sums[node] { result[sums + summand.bottom] -= summand.weight * multiplier }
    }
    return result
  }

  private static func norm(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
