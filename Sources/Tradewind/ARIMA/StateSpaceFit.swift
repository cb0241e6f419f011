import TradewindNumerics

/// A regression with ARIMA errors, estimated on a series with gaps, and what it says of the values that are not known. All on
/// the scale of the model.
///
/// The problem may reach further than the one that was estimated: parameters, regression coefficients and variance stay those
/// of the estimate.
struct StateSpaceFit {
  /// A value that is not known.
  struct Value: Sendable, Equatable {
    /// Where it stands.
    var index: Int
    var mean: Double
    var variance: Double
    /// Whether it is part of a run whose total is known.
    var isCombined: Bool
  }

  let problem: RegARIMAProblem
  let estimate: RegARIMAEstimate
  private let space: StateSpaceProblem

  init(_ problem: RegARIMAProblem, _ estimate: RegARIMAEstimate) throws(ARIMAError) {
    self.problem = problem
    self.estimate = estimate
    var space = try StateSpaceProblem(problem)
    try space.settleRuns(at: estimate.parameters, beta: estimate.beta)
    self.space = space
  }

  /// Each value's forecast from those before it: NaN for as many as differencing costs. Starting values that are missing
  /// are taken as all that is known makes them, later values included.
  func fittedValues() throws(ARIMAError) -> [Double] {
    var smoother = StateSpaceSmoother(space) { _ in false }
    guard smoother.run(at: estimate.parameters, keepsErrors: true) else { throw undetermined }
    return smoother.predictions(beta: estimate.beta)
  }

  /// The values that are missing or within runs, given all that is known.
  ///
  /// - Parameter betaCovariance: Of the regression coefficients; nil to take them as known.
  func interpolated(betaCovariance: Matrix?) throws(ARIMAError) -> [Value] {
    let (means, covariance, times) = try law(horizon: 0, future: [], betaCovariance: betaCovariance) {
      problem.values[$0].isNaN
    }
    return times.enumerated().map { i, time in
      Value(
        index: time, mean: means[i], variance: max(covariance[i, i], 0),
        isCombined: problem.combined.contains { $0.range.contains(time) })
    }
  }

  /// The values to come: means and covariance.
  ///
  /// - Parameters:
  ///   - horizon: How many.
  ///   - future: The regressors there, in the order of the coefficients, the constant's included.
  ///   - betaCovariance: Of the regression coefficients; nil to take them as known.
  func forecast(
    horizon: Int, future: [[Double]], betaCovariance: Matrix?
  ) throws(ARIMAError) -> (means: [Double], covariance: Matrix) {
    let count = problem.values.count
    let result = try law(horizon: horizon, future: future, betaCovariance: betaCovariance) { $0 >= count }
    return (result.means, result.covariance)
  }

  private func law(
    horizon: Int, future: [[Double]], betaCovariance: Matrix?, wants: (Int) -> Bool
  ) throws(ARIMAError) -> (means: [Double], covariance: Matrix, times: [Int]) {
    var smoother = StateSpaceSmoother(space, horizon: horizon, future: future, wants: wants)
    guard smoother.run(at: estimate.parameters) else { throw undetermined }
    return (
      smoother.means(beta: estimate.beta),
      smoother.covariance(variance: estimate.variance, betaCovariance: betaCovariance), smoother.times
    )
  }

  private var undetermined: ARIMAError { .numerical("the values that are not known are not determined") }
}
