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

  public init(
    _ order: ARIMAOrder, hasConstant: Bool = false, transform: RegressionTransform = .none,
    constraints: ARIMAConstraints = .none, likelihood: ARIMALikelihood = .exact,
    regressors: [any RegressionTerm] = []
  ) {
    self.order = order
    self.regressors = regressors
    self.hasConstant = hasConstant
    self.transform = transform
    self.constraints = constraints
    self.likelihood = likelihood
  }

  /// The same with the regressors in braces.
  public init(
    _ order: ARIMAOrder, hasConstant: Bool = false, transform: RegressionTransform = .none,
    constraints: ARIMAConstraints = .none, likelihood: ARIMALikelihood = .exact,
    @RegressionTermBuilder _ regressors: () -> [any RegressionTerm]
  ) {
    self.init(
      order, hasConstant: hasConstant, transform: transform, constraints: constraints, likelihood: likelihood,
      regressors: regressors())
  }

  /// Such as `ARIMA(0,1,1)(0,1,1)`.
  public var name: String { "ARIMA\(order)" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedARIMA {
    try series.checkForForecasting()
    if transform == .log { try series.checkPositive(model: name) }
    do throws(ARIMAError) {
      let problem = try problem(for: series)
      let estimate = try estimate(problem)
      return FittedARIMA(model: self, series: series, problem: problem, estimate: estimate)
    } catch {
      switch error {
      case .tooFewObservations(let needed, let found):
        throw .tooShort(model: name, needed: needed, found: found)
      case .missingValues(let count): throw .missingValues(model: name, count: count)
      default: throw .cannotFit(model: name, reason: "\(error)")
      }
    }
  }

  /// The numbers to be estimated from.
  func problem(for series: TimeSeries) throws(ARIMAError) -> RegARIMAProblem {
    let frame = RegressionFrame(
      start: series.start, count: series.count, seasonalPeriod: series.seasonalPeriod)
    return RegARIMAProblem(
      values: transform == .log ? series.values.map { Double.log($0) } : series.values,
      columns: try columns(in: frame), order: order, constraints: constraints, period: series.seasonalPeriod,
      hasConstant: hasConstant, likelihood: likelihood)
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
}
