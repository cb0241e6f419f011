import RealModule
import TradewindNumerics

/// An ARIMA model, or a regression with ARIMA errors, with its parameters.
public struct FittedARIMA: FittedModel {
  /// The model that was fitted.
  public let model: ARIMA
  public let series: TimeSeries
  /// One-step forecasts within the series, on its own scale (medians for a model of logarithms); NaN for the values that differencing
  /// costs, and for missing ones.
  public let fittedValues: [Double]
  /// The log-likelihood of the differenced series, with the Jacobian of the transformation, so that models of
  /// values and of logarithms compare; models with other differences do not. `observations` is the number of
  /// differenced values. A series that leaves nothing to explain has an infinite likelihood.
  public let informationCriteria: InformationCriteria?
  /// The problem that was estimated and its estimate: those of the fit, also after an update.
  let problem: RegARIMAProblem
  let estimate: RegARIMAEstimate
  /// How the orders were chosen; nil if they were given.
  public internal(set) var choice: ARIMAChoice?

  init(
    model: ARIMA, series: TimeSeries, problem: RegARIMAProblem, estimate: RegARIMAEstimate
  ) throws(ARIMAError) {
    let parameters = problem.freeParameters.count + estimate.beta.count + 1
    let criteria = InformationCriteria(
      logLikelihood: estimate.logLikelihood + model.logJacobian(of: series),
      parameters: parameters, observations: estimate.effectiveObservations)
    try self.init(
      model: model, series: series, problem: problem, estimate: estimate, criteria: criteria, earlier: [])
  }

  private init(
    model: ARIMA, series: TimeSeries, problem: RegARIMAProblem, estimate: RegARIMAEstimate,
    criteria: InformationCriteria?, earlier: [Double]
  ) throws(ARIMAError) {
    self.model = model
    self.series = series
    self.problem = problem
    self.estimate = estimate
    informationCriteria = criteria
    let whole = try model.problem(for: series)
    let outlook = try whole.outlook(
      parameters: estimate.parameters, beta: estimate.beta, future: nil, horizon: 0)
    let expected = model.untransformed(outlook.expected, from: 0, series)
    fittedValues = earlier + expected[earlier.count...]
  }

  /// Such as `ARIMA(0,1,1)(0,1,1)12`, `log ARIMA(1,1,0) with drift`, `ARIMA(1,0,0) with mean and 3 regressors` or, with
  /// ``ARIMAShrinkage``, `shrunken log ARIMA(1,1,2)(1,0,1)12`.
  public var name: String { model.name(period: series.seasonalPeriod, regressors: problem.columns.count) }

  /// The model after more observations: parameters, variance and criteria stay those of the fit.
  ///
  /// - Throws: ``ForecastError`` for an infinite value, one of zero or less in a model of logarithms, or where a regressor has
  ///   no value for the new periods.
  public func updated(with values: [Double]) throws(ForecastError) -> FittedARIMA {
    let longer = try series.appending(values)
    if model.transform == .log { try longer.checkPositive(model: name) }
    do throws(ARIMAError) {
      var result = try FittedARIMA(
        model: model, series: longer, problem: problem, estimate: estimate, criteria: informationCriteria,
        earlier: fittedValues)
      result.choice = choice
      return result
    } catch {
      throw error.forecastError(model: name)
    }
  }
}

// MARK: - What was estimated

extension FittedARIMA {
  /// The ARMA coefficients φ, θ, Φ, Θ with their standard errors by the observed information.
  ///
  /// The information is computed when this is asked for: about as much work as a fit.
  public var coefficients: [ARIMACoefficient] {
    let held = problem.order.held(by: problem.constraints)
    let covariance = coefficientCovariance
    return problem.order.coefficients.enumerated().map { j, coefficient in
      ARIMACoefficient(
        kind: coefficient.kind, lag: coefficient.lag, estimate: estimate.parameters[j],
        standardError: covariance[j, j].squareRoot(), isHeld: held[j] != nil)
    }
  }

  /// The covariance of φ, θ, Φ, Θ.
  var coefficientCovariance: Matrix {
    guard estimate.variance > 0 else {
      return Matrix(rows: estimate.parameters.count, columns: estimate.parameters.count)
    }
    let coordinates = ARMACoordinates(order: problem.order, constraints: problem.constraints)
    return ObservedInformation(estimate.parameters, coordinates) { parameters in
      guard let estimate = try? evaluate(problem, at: parameters) else { return nil }
      return estimate.logLikelihood - 0.5 * problem.penalty(at: parameters)
    }.covariance
  }

  /// The ARMA coefficients φ, θ, Φ, Θ alone.
  public var parameters: [Double] { estimate.parameters }

  /// The regression coefficients, the constant first, with standard errors given the ARMA coefficients, by the variance of
  /// ``ARIMA/uncertainty``. Their t has the degrees of freedom of ``degreesOfFreedom``.
  ///
  /// The constant is the mean of the differenced series: of the series itself without differences; with one ordinary difference
  /// it is R's `drift`, with one seasonal difference that times the length of the season.
  public var regression: [RegressionCoefficient] {
    let law = StudentT(degreesOfFreedom: Double(degreesOfFreedom))
    return zip(regressionNames, estimate.beta).enumerated().map { j, pair in
      let error = (variance * estimate.betaGram[j, j]).squareRoot()
      let t = pair.1 / error
      return RegressionCoefficient(
        name: pair.0, estimate: pair.1, standardError: error, tStatistic: t, pValue: 2 * law.survival(abs(t)))
    }
  }

  /// The names of the regression coefficients, the constant first.
  var regressionNames: [String] {
    (problem.hasConstant ? [RegARIMAProblem.constantName] : []) + problem.columns.map(\.name)
  }

  /// The covariance of the regression coefficients.
  var regressionCovariance: Matrix { variance * estimate.betaGram }

  /// Observations of the likelihood less coefficients estimated, at least 1.
  public var degreesOfFreedom: Int {
    max(1, estimate.effectiveObservations - problem.freeParameters.count - estimate.beta.count)
  }

  /// The innovations' variance, by the divisor of ``ARIMA/uncertainty``.
  public var variance: Double {
    switch model.uncertainty.variance {
    case .maximumLikelihood: estimate.variance
    case .degreesOfFreedom:
      estimate.variance * Double(estimate.effectiveObservations) / Double(degreesOfFreedom)
    }
  }

  /// Innovations over their scale on the scale of the model, one for each differenced value of the series fitted. Under the model they are
  /// independent, with the variance of ``variance`` and the mean zero. Where values are missing there is one for each value or total that is known
  /// behind the starting ones.
  public var standardizedResiduals: [Double] { estimate.residuals }

  /// Whether the search for the coefficients ended at an optimum.
  public var hasConverged: Bool { estimate.hasConverged }
}
