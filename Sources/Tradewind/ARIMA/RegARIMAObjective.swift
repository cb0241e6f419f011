import RealModule
import TradewindNumerics

/// The residuals rₜ whose squares the search makes least, and their derivatives by forward differences, eight points to a pass
/// of the filter.
///
/// Regressors are concentrated out: their coefficients are those of least squares at the point, held while the
/// derivatives are taken, and the derivatives are projected on what the regressors leave. The gradient is exact; J′J is that of
/// Kaufman, L. (1975), *BIT* 15, 49–57, doi:10.1007/BF01932995.
struct RegARIMAObjective {
  let problem: DifferencedProblem
  let coordinates: ARMACoordinates
  /// The number of values the likelihood is of.
  let count: Int
  /// Σ r² at the base point.
  private(set) var value = Double.infinity
  private(set) var evaluations = 0
  private(set) var filter: ARMALaneFilter
  let penalty: ARMAPenalty
  /// What the priors multiply the residuals of each lane by.
  private var factors = Lanes(repeating: 1)
  /// What the priors add to the second derivative of ½ Σ r² by each coordinate, over Σ r².
  private let curvatures: [Double]

  private let k: Int
  private var parameters: [Double]
  private var polynomials: ARMAPolynomials
  private var shifted: [Double]
  private var steps: [Double]
  /// rₜ, and ∂r by the coordinates one column after another, at the base point; derivatives at the one before.
  private var residuals: [Double]
  private var jacobian: [Double]
  private var oldJacobian: [Double]
  /// The series less the regression at the base point.
  private(set) var series: [Double]
  /// Orthonormal columns that span the whitened regressors at the base point.
  private var directions: [Double] = []
  private var newDirections: [Double] = []

  init(_ problem: DifferencedProblem, filter: ARMALaneFilter) {
    self.problem = problem
    let source = problem.problem
    coordinates = ARMACoordinates(order: source.order, constraints: source.constraints)
    k = coordinates.count
    penalty = ARMAPenalty(source.shrinkage, order: source.order, coordinates: coordinates)
    parameters = [Double](repeating: 0, count: source.order.coefficientCount)
    polynomials = ARMAPolynomials(parameters, order: source.order, period: source.period)
    count = max(0, problem.series.count - (source.likelihood == .exact ? 0 : polynomials.ar.count))
    let observations = Double(max(1, count))
    curvatures = penalty.curvatures(k).map { $0 / observations }
    self.filter = filter
    self.filter.prepare(p: polynomials.ar.count, q: polynomials.ma.count, count: problem.series.count)
    shifted = [Double](repeating: 0, count: k)
    steps = shifted
    residuals = [Double](repeating: 0, count: count)
    jacobian = [Double](repeating: 0, count: count * k)
    oldJacobian = jacobian
    series = problem.series
  }

  /// Uses these regression coefficients until a base point brings its own.
  mutating func subtract(_ beta: [Double]) {
    series = problem.series
    for (j, b) in beta.enumerated() {
      for t in series.indices { series[t] -= b * problem.design[j * series.count + t] }
    }
  }

  /// Σ r² at some points with the regression coefficients as they are; infinite where it is not defined.
  mutating func values(at points: [[Double]]) -> [Double] {
    var result: [Double] = []
    for first in stride(from: 0, to: points.count, by: Lanes.scalarCount) {
      let batch = points[first..<min(first + Lanes.scalarCount, points.count)]
      for lane in 0..<Lanes.scalarCount { load(batch[min(first + lane, batch.endIndex - 1)], lane: lane) }
      run()
      for lane in batch.indices { result.append(value(lane: lane - first)) }
    }
    return result
  }

  /// Makes a point the base, with its derivatives, if the sum of squares is below a limit there.
  mutating func moveBase(to point: [Double], ifBelow limit: Double = .infinity) -> Bool {
    if problem.columnCount > 0 {
      guard let profile = profile(at: point), profile < limit else { return false }
      value = profile
    }
    swap(&jacobian, &oldJacobian)
    var first = 0
    repeat {
      let batch = min(Lanes.scalarCount - 1, k - first)
      load(point, lane: 0)
      for lane in 1..<Lanes.scalarCount {
        let i = first + min(lane, max(batch, 1)) - 1
        guard i < k else {
          load(point, lane: lane)
          continue
        }
        for j in 0..<k { shifted[j] = point[j] }
        shifted[i] += stepLength(point[i], i)
        steps[i] = shifted[i] - point[i]
        load(shifted, lane: lane)
      }
      run()
      if first == 0, problem.columnCount == 0 {
        let found = value(lane: 0)
        guard found < limit else {
          swap(&jacobian, &oldJacobian)
          return false
        }
        value = found
      }
      collect(first: first, batch: batch)
      first += max(batch, 1)
    } while first < k
    swap(&directions, &newDirections)
    project()
    return true
  }

  /// Inward at the bounds.
  private func stepLength(_ x: Double, _ i: Int) -> Double {
    let room = coordinates.bound(i) - abs(x)
    let length = 1e-7 * min(1, max(room, 1e-3))
    return x > 0 ? -length : length
  }

  /// The derivatives of some coordinates, and r, from the lanes.
  private mutating func collect(first: Int, batch: Int) {
    var (scales, inverses) = (Lanes(), Lanes())
    for lane in 0..<Lanes.scalarCount {
      scales[lane] = scale(lane: lane)
      inverses[lane] = lane >= 1 && lane <= batch ? 1 / steps[first + lane - 1] : 0
    }
    Self.collect(
      filter.residuals, count, first..<first + batch, scales, inverses, &residuals, &jacobian)
  }

  private static func collect(
    _ lanes: [Lanes], _ count: Int, _ coordinates: Range<Int>, _ scales: Lanes, _ inverses: Lanes,
    _ residuals: inout [Double], _ jacobian: inout [Double]
  ) {
    let values = lanes.span
    var r = residuals.mutableSpan
    var columns = jacobian.mutableSpan
    for t in 0..<count {
      let scaled = values[t] * scales
      r[t] = scaled[0]
      let slopes = (scaled - scaled[0]) * inverses
      for i in coordinates { columns[i * count + t] = slopes[i - coordinates.lowerBound + 1] }
    }
  }

  /// Takes the regressors' directions out of the derivatives.
  private mutating func project() {
    guard problem.columnCount > 0 else { return }
    for i in 0..<k {
      for j in 0..<problem.columnCount {
        var product = 0.0
        for t in 0..<count { product += directions[j * count + t] * jacobian[i * count + t] }
        for t in 0..<count { jacobian[i * count + t] -= product * directions[j * count + t] }
      }
    }
  }

  /// What the priors bend ½ Σ r² by, of which J′J knows nothing.
  func priorCurvature(_ i: Int) -> Double { value * curvatures[i] }

  /// J′J, the priors' curvature beside it, and J′r.
  func normalEquations(_ normal: inout [Double], _ gradient: inout [Double]) {
    for i in 0..<k {
      for j in 0...i {
        let sum = dot(jacobian, i * count, jacobian, j * count)
        normal[i * k + j] = sum
        normal[j * k + i] = sum
      }
      normal[i * k + i] += priorCurvature(i)
      gradient[i] = dot(jacobian, i * count, residuals, 0)
    }
  }

  /// J′r with the derivatives of the base before and the residuals of this one.
  func gradientByOldDerivatives(_ gradient: inout [Double]) {
    for i in 0..<k { gradient[i] = dot(oldJacobian, i * count, residuals, 0) }
  }

  private func dot(_ a: [Double], _ i: Int, _ b: [Double], _ j: Int) -> Double {
    let (x, y) = (a.span, b.span)
    var (even, odd) = (0.0, 0.0)
    var t = 0
    while t + 1 < count {
      even += x[i + t] * y[j + t]
      odd += x[i + t + 1] * y[j + t + 1]
      t += 2
    }
    if t < count { even += x[i + t] * y[j + t] }
    return even + odd
  }
}

// MARK: - Filters

extension RegARIMAObjective {
  private mutating func load(_ point: [Double], lane: Int) {
    let isDefined = coordinates.parameters(at: point, into: &parameters)
    polynomials.set(parameters, order: problem.problem.order, period: problem.problem.period)
    if !isDefined {
      if polynomials.ma.isEmpty { polynomials.ar[0] = .nan } else { polynomials.ma[0] = .nan }
    }
    factors[lane] = penalty.factor(at: point, count: count)
    filter.set(polynomials, lane: lane)
  }

  private mutating func run() {
    evaluations += 1
    if problem.problem.likelihood == .exact { return filter.run(series) }
    // The conditional likelihoods are rarely asked for: one lane after another, by the plain filter.
    for lane in 0..<Lanes.scalarCount {
      let polynomials = filter.polynomials(lane: lane)
      var whitened = series
      let logDeterminant = problem.whiten(&whitened, polynomials) ?? .nan
      filter.store(whitened, logDeterminant: logDeterminant, lane: lane)
    }
  }

  private func scale(lane: Int) -> Double {
    Double.exp(filter.logDeterminant[lane] / Double(2 * count)) * factors[lane]
  }

  private func value(lane: Int) -> Double {
    let scale = scale(lane: lane)
    let value = filter.sumOfSquares[lane] * scale * scale
    return value.isFinite ? value : .infinity
  }

  /// Σ r² with the regression coefficients that are best at a point; they are used from now on.
  private mutating func profile(at point: [Double]) -> Double? {
    guard coordinates.parameters(at: point, into: &parameters) else { return nil }
    polynomials.set(parameters, order: problem.problem.order, period: problem.problem.period)
    var columns = problem.design + problem.series
    guard let logDeterminant = problem.whiten(&columns, polynomials) else { return nil }
    let r = problem.columnCount
    guard
      let qr = try? QRFactorization(
        Matrix(rows: count, columns: r, elements: Array(columns[..<(r * count)]))),
      let beta = try? qr.solve(Array(columns[(r * count)...])), let q = try? qr.q()
    else { return nil }
    newDirections = q.elements
    subtract(beta)
    var sum = 0.0
    for t in 0..<count {
      var residual = columns[r * count + t]
      for j in 0..<r { residual -= beta[j] * columns[j * count + t] }
      sum += residual * residual
    }
    let factor = penalty.factor(at: point, count: count)
    let value = sum * Double.exp(logDeterminant / Double(count)) * factor * factor
    return value.isFinite ? value : nil
  }
}
