import RealModule
import TestSupport
import Testing

@testable import TradewindNumerics

@Suite struct OptimizerTests {
  /// Rosenbrock's valley in any number of dimensions; minimum 0 at (1, …, 1).
  static func rosenbrock(_ x: [Double]) -> Double {
    var sum = 0.0
    for i in 0..<(x.count - 1) {
      let (a, b) = (x[i + 1] - x[i] * x[i], 1 - x[i])
      sum += 100 * a * a + b * b
    }
    return sum
  }

  static func rosenbrockGradient(_ x: [Double]) -> [Double] {
    var g = [Double](repeating: 0, count: x.count)
    for i in 0..<(x.count - 1) {
      let a = x[i + 1] - x[i] * x[i]
      g[i] += -400 * a * x[i] - 2 * (1 - x[i])
      g[i + 1] += 200 * a
    }
    return g
  }

  static func valleyStart(_ n: Int) -> [Double] { (0..<n).map { $0 % 2 == 0 ? -1.2 : 1.0 } }

  @Test("quasi-Newton reaches the end of Rosenbrock's valley", arguments: [2, 5, 10, 20], [true, false])
  func quasiNewtonRosenbrock(_ n: Int, _ exact: Bool) {
    let gradient: (([Double]) -> [Double])? = exact ? { Self.rosenbrockGradient($0) } : nil
    let found = minimizeQuasiNewton(
      from: Self.valleyStart(n), gradient: gradient, tolerance: 1e-9, Self.rosenbrock)
    #expect(found.converged)
    // Four coordinates and more have a second, shallower minimum near (−1, 1, …, 1), value about 4.
    if found.point[0] < 0 {
      #expect(n >= 4 && found.value > 3.5 && found.value < 4.5)
      #expect(norm(Self.rosenbrockGradient(found.point)) < 1e-3)
    } else {
      for x in found.point { #expect(isClose(x, 1, absolute: 1e-6)) }
    }
  }

  @Test("Nelder–Mead reaches the end of Rosenbrock's valley", arguments: [2, 4, 8])
  func nelderMeadRosenbrock(_ n: Int) {
    let found = minimizeNelderMead(
      from: Self.valleyStart(n), steps: [Double](repeating: 0.5, count: n), tolerance: 1e-12,
      maximumEvaluations: 40_000, Self.rosenbrock)
    #expect(found.converged)
    for x in found.point { #expect(isClose(x, 1, absolute: 1e-5)) }
  }

  @Test(
    "the unit of the objective does not change quasi-Newton's minimum", arguments: [1e-12, 1e-6, 1e6, 1e12])
  func objectiveUnit(_ unit: Double) {
    let gradient: ([Double]) -> [Double] = { x in Self.rosenbrockGradient(x).map { unit * $0 } }
    let objective: ([Double]) -> Double = { unit * Self.rosenbrock($0) }
    let found = minimizeQuasiNewton(
      from: Self.valleyStart(2), gradient: gradient, tolerance: 1e-9, objective)
    #expect(found.converged)
    for x in found.point { #expect(isClose(x, 1, absolute: 1e-6)) }
  }

  /// ½(x − c)′A(x − c) on a box, with A = MM′ + I and some of c outside.
  struct BoxedQuadratic {
    let a: Matrix
    let center: [Double]
    let bounds: [ClosedRange<Double>]
    let root: Matrix

    init(seed: UInt64, size: Int) throws {
      var generator = SeededGenerator(seed: seed)
      let m = Matrix.random(size, size, &generator)
      a = m.timesTransposed(m) + .identity(size)
      center = generator.normals(size).map { 2 * $0 }
      bounds = (0..<size).map { _ in
        let middle = generator.nextNormal()
        return (middle - generator.nextUniform())...(middle + generator.nextUniform())
      }
      root = try CholeskyFactorization(a).lower.transposed()
    }

    func gradient(_ x: [Double]) -> [Double] { a * zip(x, center).map { $0 - $1 } }

    func value(_ x: [Double]) -> Double {
      let d = zip(x, center).map { $0 - $1 }
      return 0.5 * dot(d, a * d)
    }

    /// Karush–Kuhn–Tucker: no gradient inside, gradient pointing out at a bound.
    func check(_ x: [Double], _ tolerance: Double, _ comment: Comment) {
      let g = gradient(x)
      let scale = norm(a.elements) * (1 + norm(center))
      for i in x.indices {
        #expect(bounds[i].contains(x[i]), comment)
        if x[i] == bounds[i].lowerBound {
          #expect(g[i] > -tolerance * scale, comment)
        } else if x[i] == bounds[i].upperBound {
          #expect(g[i] < tolerance * scale, comment)
        } else {
          #expect(abs(g[i]) < tolerance * scale, comment)
        }
      }
    }
  }

  @Test("a quadratic in a box ends where the conditions of Karush, Kuhn and Tucker hold", arguments: 0..<20)
  func boxedQuadratic(_ seed: Int) throws {
    let size = 1 + seed % 7
    let problem = try BoxedQuadratic(seed: UInt64(seed), size: size)
    let start = [Double](repeating: 0, count: size)
    let exact = minimizeQuasiNewton(
      from: start, bounds: problem.bounds, gradient: problem.gradient, tolerance: 1e-10, problem.value)
    #expect(exact.converged)
    problem.check(exact.point, 1e-8, "quasi-Newton, exact gradient, seed \(seed), size \(size)")
    let numerical = minimizeQuasiNewton(from: start, bounds: problem.bounds, tolerance: 1e-8, problem.value)
    #expect(numerical.converged)
    problem.check(numerical.point, 1e-6, "quasi-Newton, differences, seed \(seed), size \(size)")
    let marquardt = levenbergMarquardt(
      from: start, residualCount: size, bounds: problem.bounds, tolerance: 1e-12
    ) { x, r in
      for i in 0..<size {
        var sum = 0.0
        for j in 0..<size { sum += problem.root[i, j] * (x[j] - problem.center[j]) }
        r[i] = sum
      }
    }
    #expect(marquardt.converged)
    problem.check(marquardt.point, 1e-7, "Levenberg–Marquardt, seed \(seed), size \(size)")
    let simplex = minimizeNelderMead(
      from: start, steps: [Double](repeating: 0.3, count: size), bounds: problem.bounds, tolerance: 1e-13,
      maximumEvaluations: 50_000, problem.value)
    #expect(isClose(simplex.value, exact.value, relative: 1e-6, absolute: 1e-9), "seed \(seed), size \(size)")
  }

  @Test("an objective that is NaN or infinite in places is minimised where it is defined")
  func undefinedPlaces() {
    // x − log x has its minimum 1 at 1; log of a negative number is NaN.
    let f: ([Double]) -> Double = { $0[0] - Double.log($0[0]) + $0[1] * $0[1] }
    let newton = minimizeQuasiNewton(from: [4, 3], f)
    #expect(newton.converged && isClose(newton.point[0], 1, relative: 1e-5))
    let simplex = minimizeNelderMead(from: [4, 3], steps: [5, 1], tolerance: 1e-14, f)
    #expect(simplex.converged && isClose(simplex.point[0], 1, relative: 1e-5))
    let line = minimizeBrent(in: -3...4) { f([$0, 0]) }
    #expect(line.converged && isClose(line.point[0], 1, relative: 1e-6))
    // Minus infinity is not taken for a minimum.
    let pole = minimizeNelderMead(from: [2, 2], steps: [-1, 1]) {
      $0[0] <= 1 ? -.infinity : $0[0] + $0[1] * $0[1]
    }
    #expect(pole.value >= 1 && pole.value.isFinite)
  }

  @Test("an objective without a finite value says so", arguments: [Double.nan, .infinity, -.infinity])
  func neverFinite(_ value: Double) {
    for found in [
      minimizeQuasiNewton(from: [1, 2]) { _ in value },
      minimizeNelderMead(from: [1, 2], steps: [1, 1]) { _ in value },
      minimizeBrent(in: 0...1) { _ in value },
    ] {
      #expect(found.end == .noFiniteValue)
      #expect(!found.converged)
      #expect(found.value == .infinity)
    }
    let squares = levenbergMarquardt(from: [1, 2], residualCount: 3) { _, r in r[1] = value }
    #expect(squares.optimum.end == .noFiniteValue)
    #expect(squares.point == [1, 2])
  }

  @Test("the limit on iterations or evaluations is kept and reported")
  func limits() {
    let newton = minimizeQuasiNewton(from: Self.valleyStart(6), maximumIterations: 3, Self.rosenbrock)
    #expect(newton.end == .limit && newton.iterations == 3)
    let simplex = minimizeNelderMead(
      from: Self.valleyStart(6), steps: [Double](repeating: 1, count: 6), maximumEvaluations: 50,
      Self.rosenbrock)
    // A step under way is finished: at most a reflection, a contraction and a shrinkage of six vertices.
    #expect(simplex.end == .limit && simplex.evaluations < 50 + 9)
    #expect(minimizeBrent(in: 0...1, maximumEvaluations: 5) { abs($0 - 0.3) }.end == .limit)
  }

  @Test("fixed coordinates stay, and no free coordinate is an answer at once")
  func fixedCoordinates() {
    let bounds: [ClosedRange<Double>] = [2...2, -5...5]
    let f: ([Double]) -> Double = { ($0[0] - 1) * ($0[0] - 1) + ($0[1] - $0[0]) * ($0[1] - $0[0]) }
    let newton = minimizeQuasiNewton(from: [0, 0], bounds: bounds, f)
    #expect(newton.point[0] == 2 && isClose(newton.point[1], 2, absolute: 1e-6))
    let simplex = minimizeNelderMead(from: [0, 0], steps: [1, 1], bounds: bounds, f)
    #expect(simplex.point[0] == 2 && isClose(simplex.point[1], 2, absolute: 1e-4))
    let none = minimizeNelderMead(from: [0, 0], steps: [1, 1], bounds: [2...2, 3...3], f)
    #expect(none.point == [2, 3] && none.evaluations == 1 && none.converged)
    #expect(minimizeQuasiNewton(from: [0, 0], bounds: [2...2, 3...3], f).point == [2, 3])
    #expect(minimizeQuasiNewton(from: []) { _ in 7 }.value == 7)
  }

  @Test("Brent's method finds minima inside, at the ends, and at kinks")
  func brent() {
    #expect(isClose(minimizeBrent(in: 2...5, Double.cos).point[0], .pi, absolute: 1e-7))
    #expect(isClose(minimizeBrent(in: -4...3) { abs($0 - 1.25) }.point[0], 1.25, absolute: 1e-7))
    #expect(isClose(minimizeBrent(in: 0...1) { $0 }.point[0], 0, absolute: 1e-9))
    #expect(isClose(minimizeBrent(in: 0...1) { -$0 }.point[0], 1, absolute: 1e-7))
    #expect(minimizeBrent(in: 3...3) { $0 }.point == [3])
    // Γ has its minimum at 1.4616321449683623 (OEIS A030169).
    let gamma = minimizeBrent(in: 1...3, Double.gamma)
    #expect(isClose(gamma.point[0], 1.461_632_144_968_362_3, absolute: 1e-7))
    #expect(gamma.evaluations < 40)
  }

  @Test(
    "the difference stencil is exact for quadratics, inside and at both bounds", arguments: [-2.0, 0.3, 5])
  func stencil(_ x: Double) {
    let f: (Double) -> Double = { 3 * $0 * $0 - 2 * $0 + 7 }
    let stencil = DifferenceStencil(at: x, lower: -2, upper: 5)
    #expect((-2...5).contains(x + stencil.a) && (-2...5).contains(x + stencil.b))
    let slope = stencil.derivative(f(x + stencil.a) - f(x), f(x + stencil.b) - f(x))
    // Only rounding remains: ε·|f| over the step, about 10⁻⁵·|x|.
    #expect(isClose(slope, 6 * x - 2, absolute: 1e-8))
    // One undefined side leaves a one-sided difference.
    #expect(isClose(stencil.derivative(f(x + stencil.a) - f(x), .nan), 6 * x - 2, absolute: 1e-3))
    #expect(stencil.derivative(.nan, .infinity) == 0)
  }

  @Test("Nelder–Mead gets over kinks and along bounds", arguments: 0..<80)
  func kinksAndBounds(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let n = 2 + seed % 4
    let center = generator.normals(n)
    let m = Matrix.random(n, n, &generator)
    let kinked: ([Double]) -> Double = { x in
      (m * zip(x, center).map { $0 - $1 }).reduce(0) { $0 + abs($1) }
    }
    let start = generator.normals(n).map { 3 * $0 }
    let steps = [Double](repeating: 1, count: n)
    let bottom = minimizeNelderMead(
      from: start, steps: steps, tolerance: 1e-8, maximumEvaluations: 100_000, kinked)
    #expect(bottom.converged && bottom.value < 1e-5, "seed \(seed), size \(n)")
    // Most starts lie outside this box and are moved to its edge, which the valley leaves.
    let valley = minimizeNelderMead(
      from: start, steps: steps, bounds: [ClosedRange<Double>](repeating: 0...5, count: n), tolerance: 1e-8,
      maximumEvaluations: 100_000, Self.rosenbrock)
    #expect(valley.converged && valley.value < 1e-5, "seed \(seed), size \(n)")
  }

  @Test("a minimum at a bound is found exactly there")
  func exactBound() {
    let found = minimizeNelderMead(from: [1, 1], steps: [0.5, 0.5], bounds: [0...3, -2...2]) {
      $0[0] + ($0[1] - 3) * ($0[1] - 3)
    }
    #expect(found.point == [0, 2])
  }
}
