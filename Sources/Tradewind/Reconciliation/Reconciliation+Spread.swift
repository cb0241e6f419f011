import TradewindNumerics

extension Reconciliation {
  /// By what the standard deviations change: nodes × steps; nil where they stay.
  func errorScales(
    _ base: [Forecast], residuals: [[Double]]
  ) throws(ReconciliationError) -> [[Double]]? {
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
    var scales = [[Double]](repeating: [], count: hierarchy.count)
    for h in 0..<horizon {
      let variances = correlations.variances(of: map, deviations: deviations[h])
      for (node, deviation) in deviations[h].enumerated() {
        scales[node].append(deviation > 0 ? max(variances[node], 0).squareRoot() / deviation : 1)
      }
    }
    return scales
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
