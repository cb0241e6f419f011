import RealModule

/// What the estimation of one model of a search came to.
struct CandidateEstimate: Sendable {
  /// φ, θ, Φ, Θ.
  var parameters: [Double]
  /// The highest log-likelihood found, of the differenced series.
  var logLikelihood: Double
  /// Whether estimation was stopped as the likelihood needed seemed out of reach.
  var isHopeless: Bool
}

extension RegARIMAProblem {
  /// Maximises the likelihood as well as a choice among models needs it.
  ///
  /// - Parameters:
  ///   - hint: Parameters φ, θ, Φ, Θ of this model that may be near; nil for none.
  ///   - needed: The log-likelihood below which the model does not matter.
  func estimateCandidate(
    hint: [Double]?, needed: Double, using workspace: inout ARIMAWorkspace
  ) throws(ARIMAError) -> CandidateEstimate {
    guard isComplete, !freeParameters.isEmpty else { return try plainEstimate(hint: hint, using: &workspace) }
    let differenced = try DifferencedProblem(self)
    if differenced.isDegenerate { return try plainEstimate(hint: hint, using: &workspace) }
    var search = RegARIMASearch(RegARIMAObjective(differenced, filter: workspace.filter))
    defer { workspace.filter = search.objective.filter }
    let m = Double(search.objective.count)
    // Σ r² = m exp(−2 log L / m − 1) / 2π.
    let goal =
      needed.isFinite ? m * Double.exp(-2 * needed / m - 1) / (2 * .pi) : Double.infinity
    guard let best = search.best(hint: hint, goal: goal) else {
      throw .numerical("the likelihood is not defined at any starting point")
    }
    return CandidateEstimate(
      parameters: search.objective.coordinates.parameters(at: best.point),
      logLikelihood: -0.5 * m * (1 + Double.log(2 * .pi * best.value / m)), isHopeless: best.isHopeless)
  }

  private func plainEstimate(
    hint: [Double]?, using workspace: inout ARIMAWorkspace
  ) throws(ARIMAError) -> CandidateEstimate {
    let estimate = try estimate(self, from: isComplete ? nil : hint, tolerance: 1e-4, using: &workspace)
    return CandidateEstimate(
      parameters: estimate.parameters, logLikelihood: estimate.logLikelihood, isHopeless: false)
  }
}

extension RegARIMASearch {
  /// The best end of searches from the most promising start, and from two more where coefficients can cancel.
  fileprivate mutating func best(
    hint: [Double]?, goal: Double
  ) -> (point: [Double], value: Double, isHopeless: Bool)? {
    let found = objective.starts(hints: hint.map { [objective.coordinates.point(of: $0)] } ?? [])
    guard let first = found.first else { return nil }
    var starts = [first.point]
    if objective.isMixed {
      // The next best ones that are nobody's neighbours: such likelihoods have several optima.
      for next in found.dropFirst() where starts.count < 3 {
        let isFar = starts.allSatisfy { start in zip(next.point, start).contains { abs($0 - $1) > 0.3 } }
        if isFar { starts.append(next.point) }
      }
    }
    var best: (point: [Double], value: Double, isHopeless: Bool)?
    for start in starts {
      // Another search must be better than the first by a fifth of a unit of log-likelihood, and shows soon whether it will.
      let improved = (best?.value ?? .infinity) * Double.exp(-0.4 / Double(objective.count))
      let patience = best == nil ? (steps: 3, factor: 6.0) : (steps: 1, factor: 2.0)
      guard run(from: start, tolerance: 1e-3, goal: min(goal, improved), patience: patience) else { continue }
      if value < best?.value ?? .infinity { best = (point, value, isHopeless) }
    }
    return best
  }
}

/// The parameters of a neighbouring model as a start for another: partial autocorrelations in common are kept, which leaves
/// polynomials stationary when they are cut off, and new ones are zero.
func neighbouringStart(_ parameters: [Double], from: ARIMAOrder, to: ARIMAOrder) -> [Double] {
  let source = ARMACoordinates(order: from, constraints: .none).point(of: parameters)
  var point: [Double] = []
  var first = 0
  for kind in ARIMAConstraints.Kind.allCases {
    let (old, new) = (from.count(kind), to.count(kind))
    point += source[first..<first + min(old, new)]
    point += [Double](repeating: 0, count: max(0, new - old))
    first += old
  }
  return ARMACoordinates(order: to, constraints: .none).parameters(at: point)
}
