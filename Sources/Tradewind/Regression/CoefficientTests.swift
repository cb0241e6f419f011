import RealModule
import TradewindNumerics

/// Estimated coefficients with their covariance, of a regression or of the regression in an ARIMA model: what tests
/// of groups and derived coefficients need of either.
struct CoefficientTests: Sendable {
  /// The names of the estimated columns.
  let names: [String]
  let estimates: [Double]
  /// Their covariance.
  let covariance: Matrix
  /// The columns' numbers in the model, rising; those not listed are aliased.
  let kept: [Int]
  /// Observations less estimated coefficients: the degrees of freedom of t and of the denominator of F.
  let degreesOfFreedom: Int
  /// The divisor of the residual variance that `covariance` was made with: the degrees of freedom, or for maximum
  /// likelihood the number of observations.
  let varianceDivisor: Int

  /// Tests the groups of `layout`; groups of which nothing was estimated are left out.
  func groups(of layout: RegressionLayout) -> [CoefficientGroup] {
    layout.groups.compactMap { group in
      let positions = kept.indices.filter { group.columns.contains(kept[$0]) }
      return positions.isEmpty ? nil : test(positions, title: group.title, role: group.role)
    }
  }

  /// The coefficients that follow from those of each block.
  func derived(of layout: RegressionLayout) -> [RegressionCoefficient] {
    layout.blocks.flatMap { derived(of: $0) }
  }

  /// The same by the place of the last estimated coefficient of their block.
  func derivedByPlace(of layout: RegressionLayout) -> [Int: [RegressionCoefficient]] {
    var result: [Int: [RegressionCoefficient]] = [:]
    for block in layout.blocks where !block.derived.isEmpty {
      if let last = kept.lastIndex(where: { block.columns.contains($0) }) {
        result[last] = derived(of: block)
      }
    }
    return result
  }

  private func derived(of block: RegressionLayout.Block) -> [RegressionCoefficient] {
    block.derived.map { derived in
      var weights = [Double](repeating: 0, count: kept.count)
      for (column, weight) in zip(block.columns, derived.weights) {
        if let position = kept.firstIndex(of: column) { weights[position] = weight }
      }
      return combination(weights, name: derived.name)
    }
  }

  /// Σ wᵢbᵢ with the standard error √(w′Vw).
  func combination(_ weights: [Double], name: String) -> RegressionCoefficient {
    var estimate = 0.0
    var variance = 0.0
    for i in weights.indices where weights[i] != 0 {
      estimate += weights[i] * estimates[i]
      for j in weights.indices { variance += weights[i] * weights[j] * covariance[i, j] }
    }
    let error = Double.sqrt(max(variance, 0))
    let t = estimate / error
    return RegressionCoefficient(
      name: name, estimate: estimate, standardError: error, tStatistic: t,
      pValue: 2 * StudentT(degreesOfFreedom: Double(degreesOfFreedom)).survival(abs(t)))
  }

  private func test(_ positions: [Int], title: String, role: RegressionRole) -> CoefficientGroup {
    let count = positions.count
    let statistic = wald(positions)
    let perCoefficient = statistic / Double(count) * Double(degreesOfFreedom) / Double(varianceDivisor)
    let law = FDistribution(numerator: Double(count), denominator: Double(degreesOfFreedom))
    return CoefficientGroup(
      title: title, role: role, coefficients: positions.map { names[$0] },
      chiSquare: HypothesisTest(
        statistic: statistic, degreesOfFreedom: count, denominatorDegreesOfFreedom: nil,
        pValue: ChiSquare(degreesOfFreedom: Double(count)).survival(statistic)),
      f: HypothesisTest(
        statistic: perCoefficient, degreesOfFreedom: count, denominatorDegreesOfFreedom: degreesOfFreedom,
        pValue: law.survival(perCoefficient)))
  }

  /// b′V⁻¹b; NaN where the covariance is singular, as for residuals that are all zero.
  private func wald(_ positions: [Int]) -> Double {
    // In units of the standard errors: coefficients of prices and of days may differ by many powers of ten.
    let scales = positions.map { Double.sqrt(covariance[$0, $0]) }
    var correlation = Matrix(rows: positions.count, columns: positions.count)
    for (a, i) in positions.enumerated() {
      for (b, j) in positions.enumerated() { correlation[a, b] = covariance[i, j] / (scales[a] * scales[b]) }
    }
    let scaled = zip(positions, scales).map { estimates[$0] / $1 }
    guard scaled.allSatisfy(\.isFinite), let factor = try? CholeskyFactorization(correlation) else {
      return .nan
    }
    return factor.solveLower(scaled).reduce(0) { $0 + $1 * $1 }
  }
}
