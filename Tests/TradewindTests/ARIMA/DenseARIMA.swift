import TradewindNumerics

@testable import Tradewind

/// The likelihood of a regression with ARIMA errors by dense matrices: the covariance of the differenced series from many
/// ψ weights, and every unknown value a parameter with a flat prior. Slow and plain, to check the filter against.
struct DenseARIMA {
  let logLikelihood: Double
  let variance: Double
  let beta: [Double]
  /// The values, with estimates where they were not known.
  let values: [Double]
  /// The covariance of ``values``, that of the regression coefficients included.
  let covariance: Matrix

  /// - Parameter weights: Of each run's values in its total; ones if nil.
  init(_ problem: RegARIMAProblem, at parameters: [Double], weights: [[Double]]? = nil) throws {
    let n = problem.values.count
    let differencing = problem.order.differencing(period: problem.period)
    let k = differencing.count - 1
    let polynomials = ARMAPolynomials(parameters, order: problem.order, period: problem.period)
    let psi = polynomials.psiWeights(700)
    let gamma = (0..<(n - k)).map { h in (0..<(700 - h)).reduce(0) { $0 + psi[$1] * psi[$1 + h] } }
    var sigma = Matrix(rows: n - k, columns: n - k)
    for i in 0..<(n - k) { for j in 0..<(n - k) { sigma[i, j] = gamma[abs(i - j)] } }
    let whitener = try CholeskyFactorization(sigma)

    // Values = known part + directions · unknowns.
    let ranges = problem.combined.map(\.range)
    let weights = weights ?? ranges.map { [Double](repeating: 1, count: $0.count) }
    var directions: [[Double]] = []
    var known = problem.values.map { $0.isNaN ? 0 : $0 }
    var jacobian = 0.0
    for t in 0..<n where problem.values[t].isNaN && !ranges.contains(where: { $0.contains(t) }) {
      directions.append((0..<n).map { $0 == t ? 1 : 0 })
    }
    for (run, w) in zip(problem.combined, weights) {
      let last = run.range.upperBound
      let lastWeight = w[w.count - 1]
      known[last] = run.total / lastWeight
      jacobian -= Double.log(abs(lastWeight))
      for (j, t) in run.range.dropLast().enumerated() {
        var direction = [Double](repeating: 0, count: n)
        direction[t] = 1
        direction[last] = -w[j] / lastWeight
        directions.append(direction)
      }
    }
    let difference = { (column: [Double]) in
      (k..<n).map { t in (0...k).reduce(0) { $0 + differencing[$1] * column[t - $1] } }
    }
    let regressors = problem.allColumns.map(\.values)
    let design =
      directions.map { whitener.solveLower(difference($0)) }
      + regressors.map { whitener.solveLower(difference($0).map { -$0 }) }
    let target = whitener.solveLower(difference(known)).map { -$0 }
    let unknown = directions.count
    var solution: [Double] = []
    var residuals = target
    var gram = Matrix(rows: 0, columns: 0)
    if !design.isEmpty {
      let qr = try QRFactorization(Matrix(columns: design))
      solution = try qr.solve(target)
      gram = try qr.inverseGram()
      for (j, b) in solution.enumerated() { for t in residuals.indices { residuals[t] -= b * design[j][t] } }
    }
    let count = n - k - unknown
    let sum = residuals.reduce(0) { $0 + $1 * $1 }
    variance = sum / Double(count)
    // The flat prior on the unknown values alone: the coefficients are maximised over.
    let directionsOnly = Array(design[..<unknown])
    let logGram =
      unknown == 0
      ? 0 : try CholeskyFactorization(Matrix(columns: directionsOnly).gram()).logDeterminant
    logLikelihood =
      -0.5 * (Double(count) * (1 + Double.log(2 * .pi * variance)) + whitener.logDeterminant + logGram)
      + jacobian
    beta = Array(solution[unknown...])
    var values = known
    for (j, direction) in directions.enumerated() {
      for t in 0..<n { values[t] += solution[j] * direction[t] }
    }
    self.values = values
    var map = Matrix(rows: n, columns: design.count)
    for (j, direction) in directions.enumerated() { for t in 0..<n { map[t, j] = direction[t] } }
    covariance = variance * (map * gram * map.transposed())
  }
}
