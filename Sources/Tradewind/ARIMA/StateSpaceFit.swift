import RealModule
import TradewindNumerics

/// A regression with ARIMA errors with its coefficients, on a series with gaps, and what it says of the values that are not known. All on
/// the scale of the model, in units of the innovations' variance.
struct StateSpaceFit {
  /// Values that are not known.
  struct Values: Sendable {
    /// Where they stand.
    var times: [Int] = []
    var means: [Double] = []
    /// Given the regression coefficients; without a unit.
    var unitVariances: [Double] = []
    /// For each value, how its mean depends on each regression coefficient.
    var loadings: [[Double]] = []

    /// Variances with those of the regression coefficients.
    func variances(variance: Double, betaCovariance: Matrix?) -> [Double] {
      times.indices.map { i in
        var value = variance * unitVariances[i]
        if let betaCovariance {
          let x = loadings[i]
          for (m, left) in x.enumerated() {
            for (n, right) in x.enumerated() { value += left * betaCovariance[m, n] * right }
          }
        }
        return max(value, 0)
      }
    }
  }

  let problem: RegARIMAProblem
  private let parameters: [Double]
  private let beta: [Double]
  private let space: StateSpaceProblem

  /// - Parameters:
  ///   - problem: It may reach further than the one that the coefficients were estimated on.
  ///   - parameters: φ, θ, Φ, Θ.
  ///   - beta: The regression coefficients, the constant first.
  init(_ problem: RegARIMAProblem, parameters: [Double], beta: [Double]) throws(ARIMAError) {
    self.problem = problem
    self.parameters = parameters
    self.beta = beta
    var space = try StateSpaceProblem(problem)
    try space.settleRuns(at: parameters, beta: beta)
    self.space = space
  }

  /// The values that are missing or within runs, given all that is known.
  func interpolated() throws(ARIMAError) -> Values {
    var result = Values()
    // In groups: the state holds a whole group, and work grows with its square.
    for group in problem.values.indices.filter({ problem.values[$0].isNaN }).groups(of: 100) {
      let wanted = Set(group)
      var smoother = StateSpaceSmoother(space) { wanted.contains($0) }
      try run(&smoother)
      result.times += smoother.times
      result.means += smoother.means(beta: beta)
      result.unitVariances += smoother.covariance.diagonal
      result.loadings += smoother.loadings
    }
    return result
  }

  /// The values to come, and each known one's forecast from those before.
  ///
  /// - Parameters:
  ///   - future: The regressors over the coming periods (not the constant), one column each.
  ///   - horizon: How many there are.
  func outlook(future: [[Double]], horizon: Int) throws(ARIMAError) -> ARIMAOutlook {
    let count = problem.values.count
    var whole = future
    if problem.hasConstant {
      let constant = problem.order.constantColumn(count: count + horizon, period: problem.period)
      whole.insert(Array(constant[count...]), at: 0)
    }
    var smoother = StateSpaceSmoother(space, horizon: horizon, future: whole) { $0 >= count }
    try run(&smoother, keepsErrors: true)
    var errors: [[Double]] = []
    if horizon > 0 {
      // Each coming value has an innovation of its own, so the covariance is definite.
      do throws(LinearAlgebraError) {
        let factor = try CholeskyFactorization(smoother.covariance).lower
        errors = (0..<horizon).map { h in (0...h).map { factor[h, $0] } }
      } catch {
        throw .numerical("the covariance of the coming values: \(error)")
      }
    }
    return ARIMAOutlook(
      expected: smoother.predictions(beta: beta), mean: smoother.means(beta: beta), errors: errors,
      regressors: smoother.loadings)
  }

  private func run(_ smoother: inout StateSpaceSmoother, keepsErrors: Bool = false) throws(ARIMAError) {
    guard smoother.run(at: parameters, keepsErrors: keepsErrors) else {
      throw .numerical("the values that are not known are not determined")
    }
  }
}

extension Array {
  /// The elements in order, `size` to a group.
  func groups(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
