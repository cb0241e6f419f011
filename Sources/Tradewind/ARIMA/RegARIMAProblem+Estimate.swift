/// Maximises the likelihood of a regression with ARIMA errors.
///
/// A series that differencing and regressors leave nothing of has no likelihood to speak of: its estimate has a variance of 0, an
/// infinite log-likelihood, and parameters of 0 where they are free.
///
/// - Parameters:
///   - start: φ, θ, Φ, Θ to begin with; nil for the best of several starts, and the two best where autoregressive and moving-average
///     coefficients can cancel.
///   - tolerance: The gain in log-likelihood below which the search ends.
func estimate(
  _ problem: RegARIMAProblem, from start: [Double]? = nil, tolerance: Double = 1e-10
) throws(ARIMAError) -> RegARIMAEstimate {
  var workspace = ARIMAWorkspace()
  return try estimate(problem, from: start, tolerance: tolerance, using: &workspace)
}

/// The same, with buffers that are reused.
func estimate(
  _ problem: RegARIMAProblem, from start: [Double]? = nil, tolerance: Double = 1e-10,
  using workspace: inout ARIMAWorkspace
) throws(ARIMAError) -> RegARIMAEstimate {
  guard problem.isComplete else { return try estimateWithGaps(problem, from: start, tolerance: tolerance) }
  let differenced = try DifferencedProblem(problem)
  if differenced.isDegenerate { return differenced.degenerateEstimate }
  var search = RegARIMASearch(RegARIMAObjective(differenced, filter: workspace.filter))
  defer { workspace.filter = search.objective.filter }
  if let kind = search.objective.coordinates.outside { throw .outsideRegion(kind) }
  guard !problem.freeParameters.isEmpty else {
    return try differenced.estimate(at: search.objective.coordinates.parameters(at: []))
  }
  let best = search.best(from: start, tolerance: tolerance)
  guard let best else { throw .numerical("the likelihood is not defined at any starting point") }
  var estimate = try differenced.estimate(near: best.point, search.objective.coordinates)
  estimate.evaluations = search.objective.evaluations
  estimate.hasConverged = best.hasConverged
  return estimate
}

extension DifferencedProblem {
  /// The estimate at a point, or at one a little farther inside where the region's edge is so near that rounding leaves no likelihood, as
  /// for two roots of one on a series without differences.
  fileprivate func estimate(
    near point: [Double], _ coordinates: ARMACoordinates
  ) throws(ARIMAError) -> RegARIMAEstimate {
    for room in [0, 1e-6, 1e-5, 1e-4] {
      let inner = point.enumerated().map { i, x in
        let bound = coordinates.bound(i) - room
        return min(max(x, -bound), bound)
      }
      do throws(ARIMAError) {
        return try estimate(at: coordinates.parameters(at: inner))
      } catch {
        guard case .numerical = error else { throw error }
      }
    }
    return try estimate(at: coordinates.parameters(at: point.map { 0.999 * $0 }))
  }
}

extension RegARIMASearch {
  /// How many searches there are where coefficients can cancel. On 340 simulated series fitted with more coefficients than they were made with, one
  /// search ends more than 0.5 below the best optimum known in 15 % of the fits, two in 14 %, three in 9 %, four in 8 %, six in 5 %.
  private static let searches = 3

  /// The best end of searches from one start given, or from several.
  ///
  /// Where coefficients can cancel there are several optima: the searches from the best starts that lie apart go on until little is to be gained, and
  /// the best of them to the end.
  fileprivate mutating func best(
    from start: [Double]?, tolerance: Double
  ) -> (point: [Double], hasConverged: Bool)? {
    var starts: [[Double]] = []
    if let start {
      starts = [objective.coordinates.point(of: start)]
    } else {
      let wanted = objective.isMixed ? Self.searches : 1
      for candidate in objective.starts() where starts.count < wanted {
        let isNear = starts.contains { other in
          zip(candidate.point, other).allSatisfy { abs($0 - $1) <= 0.3 }
        }
        if !isNear { starts.append(candidate.point) }
      }
    }
    let rough = starts.count > 1 ? max(tolerance, 1e-2) : tolerance
    var best: [Double]?
    var least = Double.infinity
    for start in starts {
      guard run(from: start, tolerance: rough) else { continue }
      if best == nil || value < least { (best, least) = (point, value) }
    }
    guard let best else { return nil }
    if starts.count > 1 { _ = run(from: best, tolerance: tolerance) }
    return (point, hasConverged)
  }
}

extension ARMACoordinates {
  /// The parameters φ, θ, Φ, Θ of a point.
  func parameters(at point: [Double]) -> [Double] {
    var parameters = [Double](repeating: 0, count: parameterCount)
    _ = self.parameters(at: point, into: &parameters)
    return parameters
  }
}
