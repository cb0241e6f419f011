import TradewindNumerics

/// Which likelihood is maximised.
public enum ARIMALikelihood: String, Sendable, Hashable, Codable, CaseIterable {
  /// The exact Gaussian likelihood of the differenced series, X-13's `exact=arma`.
  case exact
  /// Exact in the moving-average part, conditional on the first values in the autoregressive part: `exact=ma`.
  case exactMA
  /// Conditional on the first values and on innovations of zero before: least squares of the innovations, `exact=none`.
  case conditional
}

/// A regression with ARIMA errors, ready to be estimated: numbers only, on the scale of the model.
struct RegARIMAProblem: Sendable {
  /// The transformed values, NaN where missing.
  var values: [Double]
  /// The regressors over the same periods, before differencing.
  var columns: [RegressionColumn]
  var order: ARIMAOrder
  var constraints: ARIMAConstraints
  var period: Int
  /// Whether the differenced series has a mean: see ``ARIMAOrder/constantColumn(count:period:)``.
  var hasConstant: Bool
  var likelihood: ARIMALikelihood
  /// What holds the ARMA coefficients; nil for nothing but the likelihood.
  var shrinkage: ARIMAShrinkage?
  /// Runs of which only the total is known, in order and without overlap; their values are NaN.
  var combined: [CombinedRun] = []
  /// The scale of ``values``: totals are of the series' own scale.
  var combinedScale: RegressionTransform = .none

  init(
    values: [Double], columns: [RegressionColumn] = [], order: ARIMAOrder,
    constraints: ARIMAConstraints = .none,
    period: Int, hasConstant: Bool = false, likelihood: ARIMALikelihood = .exact,
    shrinkage: ARIMAShrinkage? = nil
  ) {
    self.values = values
    self.columns = columns
    self.order = order
    self.constraints = constraints
    self.period = period
    self.hasConstant = hasConstant
    self.likelihood = likelihood
    self.shrinkage = shrinkage
  }

  /// The name of the constant among the regression coefficients.
  static let constantName = "constant"

  /// The constant, if there is one, and then the regressors: the order of the regression coefficients.
  var allColumns: [RegressionColumn] {
    guard hasConstant else { return columns }
    let values = order.constantColumn(count: self.values.count, period: period)
    return [RegressionColumn(name: Self.constantName, values: values)] + columns
  }

  /// Which of the parameters φ, θ, Φ, Θ are estimated.
  var freeParameters: [Int] {
    order.held(by: constraints).enumerated().compactMap { $0.element == nil ? $0.offset : nil }
  }

  /// Whether the fast path applies: every month is known.
  var isComplete: Bool { !values.contains { $0.isNaN } }
}

/// A regression with ARIMA errors, estimated.
struct RegARIMAEstimate: Sendable {
  /// φ, θ, Φ, Θ, those held included.
  var parameters: [Double]
  /// The regression coefficients, the constant first.
  var beta: [Double]
  /// (X′V⁻¹X)⁻¹ with V the covariance of the series in units of ``variance``: times a variance it is the covariance of
  /// ``beta``, given the ARMA parameters.
  var betaGram: Matrix
  /// The innovations' variance by maximum likelihood: sum of squares over ``effectiveObservations``.
  var variance: Double
  /// Of the differenced series; no Jacobian of a transformation.
  var logLikelihood: Double
  /// Innovations over their scale, vₜ/√Fₜ, one a value of the differenced series.
  var residuals: [Double]
  /// How many values the likelihood is of: those of the differenced series, less those it is conditional on.
  var effectiveObservations: Int
  /// How many times the likelihood was evaluated; eight parameter sets at once count as one.
  var evaluations: Int
  /// Whether the search ended at an optimum, not at its limit of steps.
  var hasConverged: Bool

  /// The covariance of ``beta`` with the maximum-likelihood variance, as X-13 has it.
  var betaCovariance: Matrix { variance * betaGram }
}
