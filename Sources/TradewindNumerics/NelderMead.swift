/// A local minimum by the simplex method, for objectives that are not smooth or whose derivatives are not to be had.
///
/// Nelder, J. A. and Mead, R. (1965), "A simplex method for function minimization", *Computer Journal* 7, 308–313,
/// doi:10.1093/comjnl/7.4.308, with coefficients that adapt to the dimension: Gao, F. and Han, L. (2012), "Implementing the
/// Nelder–Mead simplex algorithm with adaptive parameters", *Comput. Optim. Appl.* 51, 259–277, doi:10.1007/s10589-010-9329-3.
/// Trial points outside the bounds are mirrored at them; moving them to the nearest point inside would flatten the simplex
/// against the bound. As unlucky shapes and kinks can flatten it too, the search starts again from the best point with a
/// fresh one until a round gains nothing. Good for up to about seven variables; beyond, the number of evaluations explodes.
///
/// The result depends on nothing but the arguments. NaN and infinite values count as +∞.
///
/// - Parameters:
///   - from: the first vertex, moved inside the bounds.
///   - steps: the first simplex's edge along each coordinate, not 0. A good edge is the distance over which the
///     objective changes noticeably.
///   - bounds: one range per coordinate, or nil. A coordinate whose range is a single value stays fixed.
///   - tolerance: a round ends when the vertices' values differ by at most `tolerance`·(|best| + `tolerance`) and the
///     vertices by √tolerance of their magnitude or first step.
///   - maximumEvaluations: for all rounds together.
package func minimizeNelderMead(
  from: [Double], steps: [Double], bounds: [ClosedRange<Double>]? = nil, tolerance: Double = 1e-10,
  maximumEvaluations: Int = 10_000, _ f: ([Double]) -> Double
) -> OptimizationResult {
  precondition(steps.count == from.count, "one step per coordinate")
  precondition(steps.allSatisfy { $0 != 0 && $0.isFinite }, "steps are finite and not 0")
  precondition(from.allSatisfy(\.isFinite), "a search starts at a finite point")
  precondition(tolerance > 0 && maximumEvaluations > 0, "tolerance and evaluations are positive")
  let box = Box(bounds, count: from.count)
  return withoutActuallyEscaping(f) { f in
    var search = SimplexSearch(
      start: box.clamp(from), steps: steps, box: box, tolerance: tolerance, limit: maximumEvaluations, f: f)
    return search.run()
  }
}

private struct SimplexSearch {
  let box: Box
  let steps: [Double]
  let tolerance: Double
  let limit: Int
  /// The coordinates that may move.
  let free: [Int]
  /// Reflection, expansion, contraction, shrinkage: α, β, γ, δ of Gao and Han; Nelder and Mead's own up to two dimensions.
  let (reflect, expand, contract, shrink): (Double, Double, Double, Double)
  let f: ([Double]) -> Double

  var vertices: [(point: [Double], value: Double)]
  var evaluations = 0
  var iterations = 0

  init(
    start: [Double], steps: [Double], box: Box, tolerance: Double, limit: Int,
    f: @escaping ([Double]) -> Double
  ) {
    self.box = box
    self.steps = steps
    self.tolerance = tolerance
    self.limit = limit
    self.f = f
    free = start.indices.filter { box.lower[$0] < box.upper[$0] }
    let n = Double(max(2, free.count))
    (reflect, expand, contract, shrink) = (1, 1 + 2 / n, 0.75 - 0.5 / n, 1 - 1 / n)
    vertices = [(start, .infinity)]
  }

  mutating func run() -> OptimizationResult {
    vertices[0].value = value(vertices[0].point)
    guard !free.isEmpty else { return result(.tolerance) }
    var direction = 1.0
    while true {
      let before = vertices[0].value
      startSimplex(direction)
      guard descend() else { return result(.limit) }
      snapToBounds()
      let gain = before - vertices[0].value
      if !(gain > tolerance * (abs(vertices[0].value) + tolerance)) { return result(.tolerance) }
      direction = -direction
    }
  }

  private func result(_ end: OptimizationResult.End) -> OptimizationResult {
    OptimizationResult(
      point: vertices[0].point, value: vertices[0].value, iterations: iterations, evaluations: evaluations,
      end: vertices[0].value.isFinite ? end : .noFiniteValue)
  }

  private mutating func value(_ point: [Double]) -> Double {
    evaluations += 1
    return orInfinity(f(point))
  }

  /// The best vertex, and one beside it along each free coordinate; on its other side where a bound leaves no room.
  private mutating func startSimplex(_ direction: Double) {
    let best = vertices[0]
    vertices = [best]
    for i in free {
      var point = best.point
      let (one, other) = (
        box.clamp(point[i] + direction * steps[i], i), box.clamp(point[i] - direction * steps[i], i)
      )
      point[i] = abs(one - point[i]) >= 0.5 * abs(other - point[i]) ? one : other
      vertices.append((point, value(point)))
    }
    sort()
  }

  /// Mirrored points come near a bound but hardly onto it: tries the bound itself where the best point is close.
  private mutating func snapToBounds() {
    for i in free {
      for bound in [box.lower[i], box.upper[i]] {
        var point = vertices[0].point
        guard point[i] != bound, abs(point[i] - bound) <= 1e-3 * abs(steps[i]) else { continue }
        point[i] = bound
        let value = value(point)
        if value <= vertices[0].value { vertices[0] = (point, value) }
      }
    }
  }

  /// Stable, so that ties keep their order and the search is the same everywhere.
  private mutating func sort() { vertices.sort { $0.value < $1.value } }

  /// Moves the simplex until it is small (true) or the evaluations are used up (false).
  private mutating func descend() -> Bool {
    let n = free.count
    while !isSmall() {
      if evaluations >= limit { return false }
      iterations += 1
      let worst = vertices[n]
      let centroid = worst.point.indices.map { i in
        vertices[..<n].reduce(0) { $0 + $1.point[i] } / Double(n)
      }
      let reflected = trial(centroid, worst.point, reflect)
      if reflected.value < vertices[0].value {
        let expanded = trial(centroid, worst.point, reflect * expand)
        vertices[n] = expanded.value < reflected.value ? expanded : reflected
      } else if reflected.value < vertices[n - 1].value {
        vertices[n] = reflected
      } else {
        let outside = reflected.value < worst.value
        let contracted = trial(centroid, worst.point, outside ? reflect * contract : -contract)
        if contracted.value < min(reflected.value, worst.value) {
          vertices[n] = contracted
        } else {
          shrinkTowardsBest()
        }
      }
      sort()
    }
    return true
  }

  /// The point at centroid + factor·(centroid − worst).
  private mutating func trial(
    _ centroid: [Double], _ worst: [Double], _ factor: Double
  ) -> (point: [Double], value: Double) {
    let point = centroid.indices.map { i in
      box.mirror(centroid[i] + factor * (centroid[i] - worst[i]), i)
    }
    return (point, value(point))
  }

  private mutating func shrinkTowardsBest() {
    let best = vertices[0].point
    for k in 1..<vertices.count {
      let point = zip(best, vertices[k].point).map { $0 + shrink * ($1 - $0) }
      vertices[k] = (point, value(point))
    }
  }

  private func isSmall() -> Bool {
    let best = vertices[0]
    let spread = vertices[vertices.count - 1].value - best.value
    // With infinite values at all vertices the spread is NaN: only the size then ends the round.
    if spread > tolerance * (abs(best.value) + tolerance) { return tooSmallToSplit() }
    let near = tolerance.squareRoot()
    return free.allSatisfy { i in
      let reach = near * max(abs(best.point[i]), abs(steps[i]))
      return vertices.allSatisfy { abs($0.point[i] - best.point[i]) <= reach }
    }
  }

  /// Whether the vertices are a few rounding errors apart, so that no new point lies between them.
  private func tooSmallToSplit() -> Bool {
    let best = vertices[0].point
    return free.allSatisfy { i in
      vertices.allSatisfy { abs($0.point[i] - best[i]) <= 4 * best[i].ulp }
    }
  }
}
