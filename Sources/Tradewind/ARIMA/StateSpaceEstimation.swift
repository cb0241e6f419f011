import RealModule
import TradewindNumerics

/// The likelihood at given ARMA parameters where some values are missing or known only in total.
func evaluateWithGaps(
  _ problem: RegARIMAProblem, at parameters: [Double]
) throws(ARIMAError) -> RegARIMAEstimate {
  var space = try StateSpaceProblem(problem)
  try space.settleRuns(at: parameters)
  return try space.estimate(at: parameters)
}

/// Maximises the likelihood where some values are missing or known only in total.
///
/// The likelihood is the exact one whatever the problem asks for, as conditional ones are not defined across gaps. The search
/// begins at the estimate from the series with its gaps filled in, and goes on by Levenberg and Marquardt's steps.
/// Linearised totals are settled anew at every point.
func estimateWithGaps(
  _ problem: RegARIMAProblem, from start: [Double]? = nil, tolerance: Double = 1e-10
) throws(ARIMAError) -> RegARIMAEstimate {
  var search = try GapSearch(problem, tolerance: tolerance)
  return try search.run(from: start)
}

private struct GapSearch {
  var space: StateSpaceProblem
  let coordinates: ARMACoordinates
  let tolerance: Double
  var evaluations = 0

  init(_ problem: RegARIMAProblem, tolerance: Double) throws(ARIMAError) {
    space = try StateSpaceProblem(problem)
    coordinates = ARMACoordinates(order: problem.order, constraints: problem.constraints)
    if let kind = coordinates.outside { throw .outsideRegion(kind) }
    // The optimiser asks for the square root of a relative gain in the sum of squares.
    self.tolerance = (2 * tolerance / Double(max(1, space.effectiveObservations))).squareRoot()
  }

  mutating func run(from start: [Double]?) throws(ARIMAError) -> RegARIMAEstimate {
    let still = coordinates.parameters(at: [Double](repeating: 0, count: coordinates.count))
    try space.settleRuns(at: still)
    // An error here is the problem's: nothing is determined at any parameters.
    let flat = try space.estimate(at: still)
    if flat.variance == 0 { return flat }
    var best: (point: [Double], value: Double, hasConverged: Bool)?
    for point in try starts(start) {
      let end = descend(from: point)
      if end.value < best?.value ?? .infinity { best = end }
    }
    guard let best else { throw .numerical("the likelihood is not defined at any starting point") }
    let parameters = coordinates.parameters(at: best.point)
    try space.settleRuns(at: parameters)
    var estimate = try space.estimate(at: parameters)
    estimate.evaluations = evaluations
    estimate.hasConverged = best.hasConverged
    return estimate
  }

  /// Where to begin: at the estimate of the series with its gaps filled, and at middling coefficients where several optima are
  /// to be feared.
  private mutating func starts(_ given: [Double]?) throws(ARIMAError) -> [[Double]] {
    if let given { return [coordinates.point(of: given)] }
    let problem = space.problem
    let usual = problem.order.coefficients.map { coefficient in
      coefficient.lag > 1
        ? 0 : coefficient.kind == .ar || coefficient.kind == .seasonalAR ? 0.3 : -0.5
    }
    let middle = coordinates.point(of: usual)
    guard coordinates.count > 0 else { return [middle] }
    let parameters = coordinates.parameters(at: middle)
    try space.settleRuns(at: parameters)
    var filled = problem
    for group in problem.values.indices.filter({ problem.values[$0].isNaN }).groups(of: 100) {
      let wanted = Set(group)
      var smoother = StateSpaceSmoother(space) { wanted.contains($0) }
      guard smoother.run(at: parameters) else { return [middle] }
      for (t, value) in zip(smoother.times, smoother.means()) { filled.values[t] = value }
    }
    filled.combined = []
    let order = problem.order
    let isMixed = (order.p > 0 && order.q > 0) || (order.seasonalP > 0 && order.seasonalQ > 0)
    // Without a fill there is still the middle.
    guard filled.isComplete, let estimate = try? estimate(filled, tolerance: 1e-3), estimate.variance > 0
    else { return [middle] }
    let point = coordinates.point(of: estimate.parameters)
    return isMixed ? [point, middle] : [point]
  }

  private mutating func descend(
    from start: [Double]
  ) -> (point: [Double], value: Double, hasConverged: Bool) {
    let coordinates = coordinates
    let penalty = ARMAPenalty(space.problem.shrinkage, order: space.problem.order, coordinates: coordinates)
    let observations = space.effectiveObservations
    var parameters = [Double](repeating: 0, count: coordinates.parameterCount)
    let bounds = (0..<coordinates.count).map { i in
      let bound = min(coordinates.bound(i), 1e6)
      return -bound...bound
    }
    var point = [Double](repeating: 0, count: coordinates.count)
    var space = space
    let result = levenbergMarquardt(
      from: start, residualCount: space.filter.schedule.innovations, bounds: bounds, tolerance: tolerance,
      maximumIterations: 100
    ) { x, result in
      for i in 0..<x.count { point[i] = x[i] }
      if coordinates.parameters(at: point, into: &parameters) {
        space.writeResiduals(at: parameters, to: &result)
        let factor = penalty.factor(at: point, count: observations)
        for t in 0..<result.count { result[t] *= factor }
      } else {
        for t in 0..<result.count { result[t] = .nan }
      }
    }
    evaluations += result.optimum.evaluations
    return (result.point, result.optimum.value, result.converged)
  }
}
