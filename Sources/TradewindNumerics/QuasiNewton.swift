/// A local minimum of a smooth function inside a box, by a projected quasi-Newton method.
///
/// The Hessian is approximated by the BFGS formula with Powell's damping (Nocedal, J. and Wright, S. J. (2006), *Numerical
/// Optimization*, 2nd ed., Procedure 18.2, doi:10.1007/978-0-387-40065-5). Coordinates that are held by a bound take a
/// scaled gradient step, the others a Newton step among themselves, and the line search bends along the box: Bertsekas,
/// D. P. (1982), "Projected Newton methods for optimization problems with simple constraints", *SIAM J. Control Optim.* 20,
/// 221–246, doi:10.1137/0320018. For up to about a hundred variables: every step solves a dense system.
///
/// NaN and infinite values count as +∞ and are stepped back from; the start should have a finite value.
///
/// - Parameters:
///   - from: the start, moved inside the bounds.
///   - bounds: one range per coordinate, or nil. A coordinate whose range is a single value stays fixed.
///   - gradient: the exact gradient; differences of second order (two evaluations a coordinate) if nil.
///   - tolerance: ends when |gᵢ|·max(|xᵢ|, 1) ≤ tolerance·max(|f|, f(start) − f) for every coordinate that may move
///     in the direction of descent, so that the unit of f does not matter. With differences, less than about 10⁻⁸ is not
///     to be had; three steps in a row without a decrease beyond rounding end the search as `noFurtherDescent`.
///   - maximumIterations: steps, each with one gradient.
package func minimizeQuasiNewton(
  from: [Double], bounds: [ClosedRange<Double>]? = nil, gradient: (([Double]) -> [Double])? = nil,
  tolerance: Double = 1e-7, maximumIterations: Int = 500, _ f: ([Double]) -> Double
) -> OptimizationResult {
  precondition(from.allSatisfy(\.isFinite), "a search starts at a finite point")
  precondition(tolerance > 0 && maximumIterations > 0, "tolerance and iterations are positive")
  let box = Box(bounds, count: from.count)
  return withoutActuallyEscaping(f) { f in
    var search = ProjectedBFGS(box: box, tolerance: tolerance, f: f, exactGradient: gradient)
    return search.run(from: box.clamp(from), maximumIterations)
  }
}

private struct ProjectedBFGS {
  let box: Box
  let tolerance: Double
  let f: ([Double]) -> Double
  let exactGradient: (([Double]) -> [Double])?
  var evaluations = 0

  mutating func run(from start: [Double], _ limit: Int) -> OptimizationResult {
    var x = start
    var value = evaluate(x)
    func result(_ iterations: Int, _ end: OptimizationResult.End) -> OptimizationResult {
      OptimizationResult(point: x, value: value, iterations: iterations, evaluations: evaluations, end: end)
    }
    guard value.isFinite else { return result(0, .noFiniteValue) }
    var g = gradient(x, value)
    var hessian = initialHessian(g)
    var isFresh = true
    var flatSteps = 0
    let startValue = value
    for iteration in 0..<limit {
      let scale = max(abs(value), startValue - value)
      if isStationary(x, g, scale) { return result(iteration, .tolerance) }
      if flatSteps == 3 { return result(iteration, .noFurtherDescent) }
      let direction = direction(x, g, hessian)
      guard let step = lineSearch(x, value, g, direction) else {
        if isFresh { return result(iteration, .noFurtherDescent) }
        (hessian, isFresh) = (initialHessian(g), true)
        continue
      }
      let newGradient = gradient(step.point, step.value)
      let s = zip(step.point, x).map { $0 - $1 }
      let y = zip(newGradient, g).map { $0 - $1 }
      if isFresh { rescale(&hessian, s, y) }
      update(&hessian, s, y)
      flatSteps = value - step.value <= Double.ulpOfOne * scale ? flatSteps + 1 : 0
      (x, value, g, isFresh) = (step.point, step.value, newGradient, false)
    }
    return result(limit, .limit)
  }

  private mutating func evaluate(_ x: [Double]) -> Double {
    evaluations += 1
    return orInfinity(f(x))
  }

  /// A non-finite exact derivative counts as 0: the coordinate then waits for the others.
  private mutating func gradient(_ x: [Double], _ value: Double) -> [Double] {
    if let exactGradient {
      let g = exactGradient(x)
      precondition(g.count == x.count, "a gradient has one value per coordinate")
      return g.map { $0.isFinite ? $0 : 0 }
    }
    var g = [Double](repeating: 0, count: x.count)
    var point = x
    for i in x.indices where box.lower[i] < box.upper[i] {
      let stencil = DifferenceStencil(at: x[i], lower: box.lower[i], upper: box.upper[i])
      point[i] = x[i] + stencil.a
      let changeA = evaluate(point) - value
      point[i] = x[i] + stencil.b
      g[i] = stencil.derivative(changeA, evaluate(point) - value)
      point[i] = x[i]
    }
    return g
  }

  /// Whether every coordinate's way down is short or barred by a bound.
  private func isStationary(_ x: [Double], _ g: [Double], _ scale: Double) -> Bool {
    x.indices.allSatisfy { i in
      let reach = abs(box.clamp(x[i] - g[i], i) - x[i])
      return reach * max(abs(x[i]), 1) <= tolerance * scale
    }
  }

  /// The multiple of I with which the first step tried has unit length.
  private func initialHessian(_ g: [Double]) -> Matrix {
    let length = norm(g)
    return Matrix(diagonal: [Double](repeating: length > 0 ? length : 1, count: g.count))
  }

  /// Bertsekas's direction: Newton among the free coordinates, scaled gradient for those at (or almost at) a bound that
  /// they press against.
  private func direction(_ x: [Double], _ g: [Double], _ hessian: Matrix) -> [Double] {
    let gradientStep = norm(x.indices.map { box.clamp(x[$0] - g[$0], $0) - x[$0] })
    let margin = min(1e-6, gradientStep)
    let free = x.indices.filter { i in
      !(x[i] <= box.lower[i] + margin && g[i] > 0) && !(x[i] >= box.upper[i] - margin && g[i] < 0)
    }
    var d = x.indices.map { -g[$0] / hessian[$0, $0] }
    var block = Matrix(rows: free.count, columns: free.count)
    for (j, q) in free.enumerated() { for (i, p) in free.enumerated() { block[i, j] = hessian[p, q] } }
    // Damping keeps the matrix positive definite; should rounding have spoiled it, the scaled gradient remains.
    if let cholesky = try? CholeskyFactorization(block) {
      for (k, step) in cholesky.solve(free.map { -g[$0] }).enumerated() { d[free[k]] = step }
    }
    return d
  }

  /// Backtracking by halves along the projected path until Armijo's condition holds; nil if no step is left.
  private mutating func lineSearch(
    _ x: [Double], _ value: Double, _ g: [Double], _ d: [Double]
  ) -> (point: [Double], value: Double)? {
    var length = 1.0
    for _ in 0..<60 {
      let point = x.indices.map { box.clamp(x[$0] + length * d[$0], $0) }
      let step = zip(point, x).map { $0 - $1 }
      let slope = dot(g, step)
      if point == x { return nil }
      let newValue = evaluate(point)
      // The last comparison asks for a real decrease where slope·10⁻⁴ is lost in rounding.
      if newValue <= value + 1e-4 * slope && newValue < value { return (point, newValue) }
      // The minimiser of the parabola through f(x), its slope and the new value, kept in 0.1…0.5 of the length.
      let curvature = newValue - value - slope
      let vertex = curvature > 0 && slope < 0 ? -0.5 * slope / curvature : 0.5
      length *= min(max(vertex.isFinite ? vertex : 0.1, 0.1), 0.5)
    }
    return nil
  }

  /// Nocedal & Wright (6.20), for the Hessian instead of its inverse: y′y/s′y · I after the first step.
  private func rescale(_ hessian: inout Matrix, _ s: [Double], _ y: [Double]) {
    let scale = dot(y, y) / dot(s, y)
    guard scale.isFinite, scale > 0 else { return }
    hessian = Matrix(diagonal: [Double](repeating: scale, count: s.count))
  }

  /// B ← B − Bss′B/s′Bs + rr′/s′r with Powell's r = θy + (1 − θ)Bs, so that s′r ≥ 0.2·s′Bs > 0.
  private func update(_ hessian: inout Matrix, _ s: [Double], _ y: [Double]) {
    let product = hessian * s
    let quadratic = dot(s, product)
    guard quadratic > 0, quadratic.isFinite else { return }
    let curvature = dot(s, y)
    let theta = curvature >= 0.2 * quadratic ? 1 : 0.8 * quadratic / (quadratic - curvature)
    let r = zip(y, product).map { theta * $0 + (1 - theta) * $1 }
    let inner = dot(s, r)
    guard inner > 0, inner.isFinite else { return }
    for j in s.indices {
      for i in s.indices {
        hessian[i, j] += r[i] * r[j] / inner - product[i] * product[j] / quadratic
      }
    }
  }
}
