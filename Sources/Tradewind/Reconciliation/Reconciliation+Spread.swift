import TradewindNumerics

extension Reconciliation {
  /// What reconciliation makes of a node's errors.
  enum ErrorChange: Sendable {
    /// Their standard deviations change by so much, one factor a step.
    case scaled([Double])
    /// They have another law, where there were none to scale.
    case replaced(JointLaw)
  }

  /// Reconciled deviations below this part of the largest of the base are what rounding, or the floor under variances, leaves.
  private static let leastDeviation = 1e-9

  /// What becomes of the nodes' errors; nil where they stay.
  func errorChanges(
    _ base: [Forecast], residuals: [[Double]]
  ) throws(ReconciliationError) -> [ErrorChange]? {
    guard !keepsNonNegative, hierarchy.count <= Self.mostFull, let horizon = base.first?.horizon else {
      return nil
    }
    switch method {
    case .topDown(.forecasts), .middleOut(_, .forecasts): return nil
    default: break
    }
    var deviations: [[Double]] = []
    for h in 0..<horizon {
      deviations.append(base.map { $0.deviation(ofStep: h) })
      guard deviations[h].allSatisfy({ $0.isFinite }) else { return nil }
    }
    let map = try linearMap()
    let correlations = ErrorCorrelations(residuals, count: hierarchy.count)
    let reconciled = deviations.map { step in
      correlations.variances(of: map, deviations: step).map { max($0, 0).squareRoot() }
    }
    let least = deviations.map { Self.leastDeviation * ($0.max() ?? 0) }
    let steps = 0..<horizon
    var dependence: StepDependence?
    return hierarchy.names.indices.map { node in
      guard steps.contains(where: { deviations[$0][node] == 0 && reconciled[$0][node] > least[$0] }) else {
        return .scaled(
          steps.map { deviations[$0][node] > 0 ? reconciled[$0][node] / deviations[$0][node] : 1 })
      }
      let known = dependence ?? StepDependence(base, deviations)
      dependence = known
      return .replaced(known.law(of: map.row(node), deviations: reconciled.map { $0[node] }))
    }
  }

  /// The map of a linear method: its columns are what it makes of one unit of each node.
  private func linearMap() throws(ReconciliationError) -> Matrix {
    let count = hierarchy.count
    var elements: [Double] = []
    elements.reserveCapacity(count * count)
    var unit = [Double](repeating: 0, count: count)
    for node in 0..<count {
      unit[node] = 1
      elements += try reconcile(unit)
      unit[node] = 0
    }
    return Matrix(rows: count, columns: count, elements: elements)
  }
}

/// Correlations of the nodes' errors as one-step residuals have them, shrunk: R = diag(own) + common · common′, with as many columns of `common` as there
/// are periods. None without residuals of three periods.
struct ErrorCorrelations: Sendable {
  private var own: [Double]
  private var common: [[Double]] = []

  init(_ residuals: [[Double]], count: Int) {
    own = [Double](repeating: 1, count: count)
    let complete = ErrorCovariance.complete(residuals)
    guard complete.count == count, let periods = complete.first?.count, periods >= 3 else { return }
    let scaled = ErrorCovariance.standardized(complete)
    let intensity = ErrorCovariance.intensity(scaled)
    let weight = ((1 - intensity) / Double(periods - 1)).squareRoot()
    common = (0..<periods).map { t in scaled.map { weight * $0[t] } }
    // Errors that never were have no correlation.
    for (node, row) in scaled.enumerated() where row.contains(where: { $0 != 0 }) { own[node] = intensity }
  }

  /// The variances of M e, where the errors e have these standard deviations: the diagonal of M D R D M′.
  func variances(of map: Matrix, deviations: [Double]) -> [Double] {
    let elements = map.elements
    var result = [Double](repeating: 0, count: map.rows)
    for j in 0..<map.columns {
      let variance = own[j] * deviations[j] * deviations[j]
      for i in 0..<map.rows {
        let x = elements[j * map.rows + i]
        result[i] += x * x * variance
      }
    }
    guard !common.isEmpty else { return result }
    let loadings = map * Matrix(columns: common.map { column in zip(column, deviations).map { $0 * $1 } })
    for t in 0..<loadings.columns {
      for (i, x) in loadings.column(t).enumerated() { result[i] += x * x }
    }
    return result
  }
}

/// How the nodes' errors at different steps depend on each other.
private struct StepDependence {
  /// For each node the lower triangle of its errors' covariance over the steps.
  private let covariances: [[[Double]]]

  /// - Parameter deviations: One row a step, one element a node.
  init(_ base: [Forecast], _ deviations: [[Double]]) {
    covariances = base.enumerated().map { node, forecast in
      let rows = forecast.joint.covariance(forecast.horizon) ?? []
      let own = rows.indices.map { rows[$0][$0].squareRoot() }
      return rows.enumerated().map { h, row in
        row.enumerated().map { g, covariance in
          // Of draws without a variance only the middle is known.
          let correlation = h == g ? 1 : covariance / (own[h] * own[g])
          return correlation.isFinite ? correlation * deviations[h][node] * deviations[g][node] : 0
        }
      }
    }
  }

  /// The normal law with these deviations that depends over the steps as a sum of the nodes' errors with these weights, as far as the nodes do not depend
  /// on each other.
  func law(of weights: [Double], deviations: [Double]) -> JointLaw {
    var rows = deviations.indices.map { [Double](repeating: 0, count: $0 + 1) }
    for (weight, covariance) in zip(weights, covariances) where weight != 0 {
      for (h, row) in covariance.enumerated() {
        for (g, element) in row.enumerated() { rows[h][g] += weight * weight * element }
      }
    }
    let own = rows.indices.map { rows[$0][$0].squareRoot() }
    for h in rows.indices {
      for g in 0...h {
        let correlation = h == g ? 1 : own[h] * own[g] > 0 ? rows[h][g] / (own[h] * own[g]) : 0
        rows[h][g] = correlation * deviations[h] * deviations[g]
      }
    }
    return .normal(factor: DrawingFactor.rows(of: rows))
  }
}
