import TradewindNumerics

/// The least-squares search for the smoothing parameters: eight starts at once, then Levenberg–Marquardt steps from the best,
/// with a point and its neighbours in the lanes, so that one run gives the errors and their Jacobian.
///
/// Bounds 0.01 ≤ α₀ ≤ 1.8, 0.01 ≤ α₁ ≤ 1.9, 0.01 ≤ β ≤ 1.5, as statsforecast has them, and within them only stable α. Outside of the stable region the past weighs more the older it is, backcasting runs away, and the sum of
/// squares has needles of no meaning, in some of which a search without the condition ends.
struct CESSearch {
  private let count: Int
  private static let lower = 0.01
  private static let upper = [1.8, 1.9, 1.5, 1.5]
  /// On a constant series the first start has no errors: (1.1, 1) keeps l and c = l / 1.1.
  private static let starts: [[Double]] = [
    [1.1, 1, 0.1, 1], [1.3, 1, 0.1, 1], [1.5, 1, 0.02, 1], [1.02, 1, 0.05, 1], [1.15, 1.03, 0.2, 1.05],
    [1.7, 1, 0.05, 1], [1.08, 0.97, 0.1, 0.97], [1.3, 0.97, 0.5, 1.1],
  ]
  /// The real parameter of the full season in the starts.
  private static let fullBeta = [1.1, 1.3, 1, 1, 1.2, 0.9, 1.3, 1]

  init(parameters: Int) { count = parameters }

  /// A point with the errors' squares, their gradient and Gauss–Newton matrix (column by column).
  private struct Place {
    var point: [Double]
    var squares: Double
    var gradient: [Double]
    var curvature: [Double]
  }

  /// The best point; nil if no start has finite errors. Leaves the kernel's first lane there.
  mutating func run(_ kernel: inout CESKernel) -> [Double]? {
    var best: Place?
    for start in rankedStarts(&kernel).prefix(1) {
      guard let place = descend(from: start, &kernel) else { continue }
      if place.squares < best?.squares ?? .infinity { best = place }
      if place.squares == 0 { break }
    }
    guard let best else { return nil }
    kernel.run(CESParameters([best.point]))
    return best.point
  }

  private func rankedStarts(_ kernel: inout CESKernel) -> [[Double]] {
    let points = Self.starts.indices.map { i in
      var point = Array(Self.starts[i].prefix(count))
      if count == 4 { point[2] = Self.fullBeta[i] }
      return point
    }
    kernel.run(CESParameters(points))
    var squares = SIMD8<Double>.zero
    for e in kernel.errors { squares += e * e }
    return points.indices.filter { squares[$0].isFinite }
      .sorted { (squares[$0], $0) < (squares[$1], $1) }.map { points[$0] }
  }

  private func descend(from start: [Double], _ kernel: inout CESKernel) -> Place? {
    var here = evaluate(start, &kernel)
    guard here.squares.isFinite else { return nil }
    var (mu, growth) = (1e-3, 2.0)
    for _ in 0..<40 {
      guard here.squares > 0, let step = step(from: here, mu) else { return here }
      let target = here.point.indices.map { clamp(here.point[$0] + step[$0], $0) }
      if target == here.point { return here }
      let there = isStable(target) ? evaluate(target, &kernel) : here
      guard there.squares < here.squares else {
        if zip(target, here.point).allSatisfy({ abs($0 - $1) < 1e-7 }) { return here }
        mu *= growth
        growth *= 2
        continue
      }
      let gain = 1 - there.squares / here.squares
      here = there
      (mu, growth) = (max(mu / 5, 1e-9), 2)
      if gain < 1e-8 { return here }
    }
    return here
  }

  /// The stability conditions of Svetunkov et al. (2022) for α. Of β they are not asked: it works once a year, too seldom in
  /// series of ordinary length to run away.
  private func isStable(_ point: [Double]) -> Bool {
    func square(_ x: Double) -> Double { x * x }
    let (real, imaginary) = (point[0], point[1])
    return square(real - 2.5) + square(imaginary) > 1.25
      && square(real - 0.5) + square(imaginary - 1) > 0.25
      && square(real - 1.5) + square(imaginary - 0.5) < 1.5
  }

  private func clamp(_ value: Double, _ j: Int) -> Double { min(max(value, Self.lower), Self.upper[j]) }

  /// The damped Gauss–Newton step of the parameters that no bound holds; nil where there is none.
  private func step(from place: Place, _ mu: Double) -> [Double]? {
    let free = (0..<count).filter { j in
      let (x, g) = (place.point[j], place.gradient[j])
      return !(x <= Self.lower && g >= 0) && !(x >= Self.upper[j] && g <= 0)
    }
    guard !free.isEmpty else { return nil }
    var matrix = Matrix(rows: free.count, columns: free.count)
    for (i, a) in free.enumerated() {
      for (j, b) in free.enumerated() { matrix[i, j] = place.curvature[a * count + b] }
      matrix[i, i] += mu * matrix[i, i]
    }
    guard let factor = try? CholeskyFactorization(matrix) else { return nil }
    let solved = factor.solve(free.map { -place.gradient[$0] })
    var step = [Double](repeating: 0, count: count)
    for (i, j) in free.enumerated() { step[j] = solved[i] }
    return step.allSatisfy { $0.isFinite } ? step : nil
  }

  /// Lane 0 holds the point, lane j + 1 its neighbour in parameter j.
  private func evaluate(_ point: [Double], _ kernel: inout CESKernel) -> Place {
    // A step of 10⁻⁶ leaves about half of the digits to the difference.
    let steps = (0..<count).map { point[$0] + 1e-6 > Self.upper[$0] ? -1e-6 : 1e-6 }
    var points = [point]
    var inverse = SIMD8<Double>.zero
    for j in 0..<count {
      var neighbour = point
      neighbour[j] += steps[j]
      points.append(neighbour)
      inverse[j + 1] = 1 / (neighbour[j] - point[j])
    }
    kernel.run(CESParameters(points))
    var (squares, gradient) = (0.0, SIMD8<Double>.zero)
    var (c0, c1, c2, c3) = (gradient, gradient, gradient, gradient)
    for e in kernel.errors {
      let r = e[0]
      let slope = (e - r) * inverse
      squares += r * r
      gradient += r * slope
      c0 += slope[1] * slope
      c1 += slope[2] * slope
      c2 += slope[3] * slope
      c3 += slope[4] * slope
    }
    let columns = [c0, c1, c2, c3]
    return Place(
      point: point, squares: squares.isNaN ? .infinity : squares,
      gradient: (0..<count).map { gradient[$0 + 1] },
      curvature: (0..<count * count).map { columns[$0 / count][$0 % count + 1] })
  }
}
