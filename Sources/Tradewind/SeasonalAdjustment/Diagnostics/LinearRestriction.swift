import TradewindNumerics

/// The F test that some columns of a regression explain nothing.
enum LinearRestriction {
  /// Compares the sums of squares of y on `others` and of y on `others` and `tested`; nil where columns depend on each other,
  /// no degree of freedom is left, or nothing is left to test against.
  static func test(_ y: [Double], tested: [[Double]], others: [[Double]]) -> HypothesisTest? {
    let freedom = y.count - tested.count - others.count
    guard freedom > 0, !tested.isEmpty, y.allSatisfy(\.isFinite) else { return nil }
    let squares = dot(y, y)
    let without = others.isEmpty ? squares : residual(y, others)
    guard let without, let with = residual(y, others + tested), with > 1e-20 * squares else { return nil }
    let f = max(0, without - with) / Double(tested.count) / (with / Double(freedom))
    let law = FDistribution(numerator: Double(tested.count), denominator: Double(freedom))
    return HypothesisTest(
      statistic: f, degreesOfFreedom: tested.count, denominatorDegreesOfFreedom: freedom,
      pValue: law.survival(f))
  }

  private static func residual(_ y: [Double], _ columns: [[Double]]) -> Double? {
    try? LeastSquares.solve(Matrix(columns: columns), y).residualSumOfSquares
  }
}
