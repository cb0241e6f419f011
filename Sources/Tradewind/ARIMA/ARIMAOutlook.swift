/// What a filter that has run through a series says of it and of what comes: all on the scale of the model.
struct ARIMAOutlook: Sendable {
  /// The expectation of each value from those before it; NaN where there is none.
  var expected: [Double]
  /// The mean of each coming value.
  var mean: [Double]
  /// The errors of the coming values: that of step h is Σⱼ errors[h][j] zⱼ in units of the innovations' standard deviation, z
  /// independent and standard normal. Rows may differ in length.
  var errors: [[Double]]
  /// For each step, how its mean depends on each regression coefficient: the regressor less what the filter would expect of it.
  var regressors: [[Double]]
}

extension RegARIMAProblem {
  /// The outlook at given parameters, where every value is known.
  ///
  /// - Parameters:
  ///   - parameters: φ, θ, Φ, Θ.
  ///   - beta: The regression coefficients, the constant first.
  ///   - future: The regressors over the coming periods (not the constant), one column each.
  ///   - horizon: How many there are.
  /// - Returns: nil where the autoregressive part is not stationary.
  func completeOutlook(
    parameters: [Double], beta: [Double], future: [[Double]], horizon: Int
  ) -> ARIMAOutlook? {
    let n = values.count
    let polynomials = ARMAPolynomials(parameters, order: order, period: period)
    guard var filter = likelihood.filter(polynomials) else { return nil }
    // A conditional likelihood takes the autoregressive part like further differences.
    var polynomial = order.differencing(period: period)
    if likelihood != .exact { polynomial = multiply(polynomial, [1] + polynomials.ar.map { -$0 }) }
    let lost = polynomial.count - 1
    guard lost < n else { return nil }
    var whole = columns.enumerated().map { $1.values + future[$0] }
    if hasConstant { whole.insert(order.constantColumn(count: n + horizon, period: period), at: 0) }
    var series = values
    for (column, b) in zip(whole, beta) { for t in 0..<n { series[t] -= b * column[t] } }
    // The series less its regression, and the regressors, all filtered alike.
    let inputs = [series] + whole.map { Array($0.prefix(n)) }
    var differenced = inputs.flatMap { applied(polynomial, to: $0) }
    filter.whiten(&differenced, columns: inputs.count)
    var expected = [Double](repeating: .nan, count: n)
    for t in lost..<max(lost, n) {
      expected[t] = values[t] - differenced[t - lost] * filter.variances[t - lost].squareRoot()
    }
    let (ahead, moving) = filter.forecast(horizon)
    var paths = inputs
    for (c, column) in inputs.enumerated() {
      paths[c] = column
      for h in 0..<horizon {
        var value = ahead[c * horizon + h]
        for j in 1..<max(1, lost + 1) where polynomial[j] != 0 {
          value -= polynomial[j] * paths[c][n + h - j]
        }
        paths[c].append(value)
      }
    }
    var errors = moving
    for h in 0..<horizon {
      for j in 1..<max(1, min(lost, h) + 1) where polynomial[j] != 0 {
        for i in errors[h - j].indices { errors[h][i] -= polynomial[j] * errors[h - j][i] }
      }
    }
    var mean = Array(paths[0][n...])
    var regressors = [[Double]](repeating: [], count: horizon)
    for h in 0..<horizon {
      for (c, column) in whole.enumerated() {
        mean[h] += beta[c] * column[n + h]
        regressors[h].append(column[n + h] - paths[c + 1][n + h])
      }
    }
    return ARIMAOutlook(expected: expected, mean: mean, errors: errors, regressors: regressors)
  }
}

/// A polynomial in the backward shift applied to a column, from the first value on that has all it needs.
func applied(_ polynomial: [Double], to values: [Double]) -> [Double] {
  let lost = polynomial.count - 1
  let terms = polynomial.indices.filter { polynomial[$0] != 0 }
  return (lost..<max(lost, values.count)).map { t in
    terms.reduce(0) { $0 + polynomial[$1] * values[t - $1] }
  }
}
