import RealModule

/// Seasonal ARIMA models, and regressions with ARIMA errors.
///
/// ```swift
/// let airline = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log) {
///   TradingDays(.one)
/// }
/// let fit = try airline.fit(to: passengers)
/// print(fit.name, fit.informationCriteria?.aicc ?? .nan)
/// let forecast = fit.forecast(horizon: 12)
/// ```
public struct ARIMA: Forecaster {
  /// The orders.
  public var order: ARIMAOrder
  /// What explains the level beside the ARIMA errors, in the order of the coefficients.
  public var regressors: [any RegressionTerm]
  /// Whether the differenced series has a mean: the mean itself without differences, a drift with one, a curvature with two.
  public var hasConstant: Bool
  /// The scale on which the model is linear.
  public var transform: RegressionTransform
  /// Coefficients that are not estimated.
  public var constraints: ARIMAConstraints
  /// Which likelihood is maximised.
  public var likelihood: ARIMALikelihood
  /// What holds the ARMA coefficients near those of many series; nil for the likelihood alone. The likelihood and the criteria of a fit are those of the
  /// data at the estimate, without the priors; standard errors of coefficients have both.
  public var shrinkage: ARIMAShrinkage?
  /// A calendar factor that the series is divided by beforehand, and forecasts are multiplied by.
  public var prior: PriorFactor?
  /// Months of which only the total is known; nil to take every value as its own period's.
  public var combined: CombinedMonths?
  /// What intervals take into account, and the variance that standard errors are by.
  public var uncertainty: ARIMAUncertainty

  /// - Parameters:
  ///   - order: The orders; the season's length is the series'.
  ///   - hasConstant: Whether the differenced series has a mean.
  ///   - transform: The scale on which the model is linear.
  ///   - constraints: Coefficients that are not estimated.
  ///   - likelihood: Which likelihood is maximised.
  ///   - shrinkage: What holds the ARMA coefficients; nil for the likelihood alone.
  ///   - prior: A calendar factor that the series is divided by beforehand.
  ///   - combined: Months of which only the total is known.
  ///   - uncertainty: What intervals take into account.
  ///   - regressors: What explains the level beside the ARIMA errors.
  public init(
    _ order: ARIMAOrder, hasConstant: Bool = false, transform: RegressionTransform = .none,
    constraints: ARIMAConstraints = .none, likelihood: ARIMALikelihood = .exact,
    shrinkage: ARIMAShrinkage? = nil, prior: PriorFactor? = nil, combined: CombinedMonths? = nil,
    uncertainty: ARIMAUncertainty = ARIMAUncertainty(),
    regressors: [any RegressionTerm] = []
  ) {
    self.order = order
    self.regressors = regressors
    self.hasConstant = hasConstant
    self.transform = transform
    self.constraints = constraints
    self.likelihood = likelihood
    self.shrinkage = shrinkage
    self.prior = prior
    self.combined = combined
    self.uncertainty = uncertainty
  }

  /// The same with the regressors in braces.
  public init(
    _ order: ARIMAOrder, hasConstant: Bool = false, transform: RegressionTransform = .none,
    constraints: ARIMAConstraints = .none, likelihood: ARIMALikelihood = .exact,
    shrinkage: ARIMAShrinkage? = nil, prior: PriorFactor? = nil, combined: CombinedMonths? = nil,
    uncertainty: ARIMAUncertainty = ARIMAUncertainty(),
    @RegressionTermBuilder _ regressors: () -> [any RegressionTerm]
  ) {
    self.init(
      order, hasConstant: hasConstant, transform: transform, constraints: constraints, likelihood: likelihood,
      shrinkage: shrinkage, prior: prior, combined: combined, uncertainty: uncertainty,
      regressors: regressors())
  }

  /// Such as `ARIMA(0,1,1)(0,1,1)`, or `shrunken ARIMA(1,1,2)(1,0,1)`.
  public var name: String { "\(shrinkage == nil ? "" : "shrunken ")ARIMA\(order)" }

  /// Fits the model.
  ///
  /// A series that differencing and regressors leave nothing of, such as a constant, is fitted with variance 0.
  ///
  /// - Throws: ``ForecastError``: no or infinite observations, fewer than differences, coefficients and one more, values not above zero
  ///   for a model of logarithms, or ``ForecastError/cannotFit(model:reason:)`` with the regressor that others determine or that has no
  ///   value, or the reason why the likelihood is not defined.
  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedARIMA {
    try series.checkForForecasting()
    if transform == .log { try series.checkPositive(model: name) }
    do throws(ARIMAError) {
      let problem = try problem(for: series)
      return try FittedARIMA(model: self, series: series, problem: problem, estimate: try estimate(problem))
    } catch {
      throw error.forecastError(model: name)
    }
  }
}

// MARK: - From the series to numbers and back

extension ARIMA {
  /// The numbers to be estimated from.
  func problem(for series: TimeSeries) throws(ARIMAError) -> RegARIMAProblem {
    var problem = RegARIMAProblem(
      values: transformed(series), columns: try columns(in: frame(of: series)), order: order,
      constraints: constraints, period: series.seasonalPeriod, hasConstant: hasConstant,
      likelihood: likelihood, shrinkage: shrinkage)
    if let combined {
      problem.combinedScale = transform
      let factors = prior?.values(in: frame(of: series))
      for range in try combined.ranges(in: series) {
        problem.values[range.upperBound] = .nan
        problem.combined.append(
          CombinedRun(
            range: range, total: series.values[range.upperBound], factors: factors.map { Array($0[range]) }))
      }
    }
    return problem
  }

  func frame(of series: TimeSeries, horizon: Int = 0) -> RegressionFrame {
    RegressionFrame(
      start: series.start, count: series.count + horizon, seasonalPeriod: series.seasonalPeriod)
  }

  /// The regressors over a frame, without the constant.
  func columns(in frame: RegressionFrame) throws(ARIMAError) -> [RegressionColumn] {
    var columns: [RegressionColumn] = []
    for term in regressors {
      do throws(RegressionError) {
        columns += try term.columns(in: frame)
      } catch {
        throw .regression(error)
      }
    }
    return columns
  }

  /// The regressors over the periods after a series, NaN from where one has no value on.
  func future(of series: TimeSeries, horizon: Int) -> [[Double]] {
    var reach = horizon
    while reach >= 0 {
      if let columns = try? columns(in: frame(of: series, horizon: reach)) {
        let rest = [Double](repeating: .nan, count: horizon - reach)
        return columns.map { Array($0.values[series.count...]) + rest }
      }
      reach -= 1
    }
    return []
  }

  /// Whether the model is one of the values as they are.
  var isIdentity: Bool { transform == .none && prior == nil }

  /// The values on the scale of the model.
  func transformed(_ series: TimeSeries) -> [Double] {
    var values = series.values
    if let prior {
      for (t, factor) in prior.values(in: frame(of: series)).enumerated() { values[t] /= factor }
    }
    return transform == .log ? values.map { Double.log($0) } : values
  }

  /// Values on the series' own scale from those of the model, the first of them in the period with a number.
  func untransformed(_ values: [Double], from first: Int, _ series: TimeSeries) -> [Double] {
    if isIdentity { return values }
    let plain = transform == .log ? values.map { Double.exp($0) } : values
    guard let prior else { return plain }
    let frame = RegressionFrame(
      start: series.period(at: first), count: values.count, seasonalPeriod: series.seasonalPeriod)
    return zip(plain, prior.values(in: frame)).map { $0 * $1 }
  }

  /// The same for several values of one period.
  func untransformed(_ values: [Double], at index: Int, _ series: TimeSeries) -> [Double] {
    let factor = prior == nil ? 1 : untransformed([transform == .log ? 0 : 1], from: index, series)[0]
    return values.map { (transform == .log ? Double.exp($0) : $0) * factor }
  }

  /// The logarithm of the transformation's derivative over the values that differencing leaves: −Σ log y, as X-13 has it, whatever factor
  /// they were divided by.
  func logJacobian(of series: TimeSeries) -> Double {
    guard transform == .log else { return 0 }
    let known = series.values.filter { !$0.isNaN }
    return -known.dropFirst(order.lostObservations(period: series.seasonalPeriod)).reduce(0) { $0 + .log($1) }
  }

  /// The name of the fitted model.
  func name(period: Int, regressors: Int) -> String {
    var parts: [String] = []
    if hasConstant {
      switch order.d + order.seasonalD {
      case 0: parts.append("mean")
      case 1: parts.append("drift")
      default: parts.append("constant")
      }
    }
    if regressors > 0 { parts.append("\(regressors) regressor\(regressors == 1 ? "" : "s")") }
    let base =
      (shrinkage == nil ? "" : "shrunken ") + (transform == .log ? "log " : "")
      + "ARIMA\(order.text(period: period))"
    return parts.isEmpty ? base : base + " with " + parts.joined(separator: " and ")
  }
}

extension RegARIMAProblem {
  /// The outlook at given parameters; without a horizon the regressors of the future may be left out.
  func outlook(
    parameters: [Double], beta: [Double], future: [[Double]]?, horizon: Int
  ) throws(ARIMAError) -> ARIMAOutlook {
    let future = future ?? columns.map { _ in [] }
    guard isComplete else {
      return try StateSpaceFit(self, parameters: parameters, beta: beta).outlook(
        future: future, horizon: horizon)
    }
    let outlook = completeOutlook(parameters: parameters, beta: beta, future: future, horizon: horizon)
    guard let outlook else { throw .outsideRegion(.ar) }
    return outlook
  }
}

extension ARIMAError {
  /// The error as forecasters report it.
  func forecastError(model: String) -> ForecastError {
    switch self {
    case .tooFewObservations(let needed, let found): .tooShort(model: model, needed: needed, found: found)
    case .missingValues(let count): .missingValues(model: model, count: count)
    default: .cannotFit(model: model, reason: description)
    }
  }
}
