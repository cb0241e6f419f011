/// What ``AutomaticRegARIMA`` chose for a series, and how.
public struct RegARIMASelection: Sendable {
  /// The steps in the order they were taken, each with its figures.
  public let steps: [SelectionStep]
  /// Whether the model is one of logarithms.
  public let isLogarithmic: Bool
  /// The ARIMA orders.
  public let order: ARIMAOrder
  /// Whether there is a constant.
  public let hasConstant: Bool
  /// The contrasts of the trading days, nil without them.
  public let tradingDays: TradingDays.Contrasts?
  /// The days of the Easter term, nil without it.
  public let easter: Int?
  /// Outliers found, in the order of time.
  public let outliers: [Outlier]
  /// The critical value of the last search for outliers.
  public let criticalValue: Double
  /// AICc of the chosen model, with the Jacobian of the logarithms.
  public let aicc: Double
  /// The chosen model as a specification, with the given regressors first.
  public let model: ARIMA
  /// The chosen model, fitted to the series.
  public let fitted: FittedARIMA

  init(_ search: AdjustmentSearch, _ fit: AdjustmentFit) throws(ARIMAError) {
    let specification = fit.specification
    steps = search.steps
    isLogarithmic = search.isLogarithmic
    order = specification.order
    hasConstant = specification.hasConstant
    tradingDays = specification.tradingDays
    easter = specification.easter
    outliers = specification.outliers.map { search.term($0) }
    criticalValue = search.criticalValue
    aicc = fit.aicc + search.jacobianTerm(specification.order)
    var terms = search.options.regressors
    if let contrasts = specification.tradingDays {
      terms.append(TradingDays(contrasts))
      if !search.isLogarithmic { terms.append(LeapYear()) }
    }
    if let days = specification.easter { terms.append(Easter(days: days)) }
    terms += outliers
    let usesPrior = search.isLogarithmic && specification.tradingDays != nil
    model = ARIMA(
      specification.order, hasConstant: specification.hasConstant,
      transform: search.isLogarithmic ? .log : .none,
      prior: usesPrior ? .leapYear : nil, regressors: terms)
    let problem = try model.problem(for: search.series)
    fitted = try FittedARIMA(
      model: model, series: search.series, problem: problem,
      estimate: try estimate(problem, from: fit.estimate.parameters))
  }
}

extension RegARIMASelection: CustomStringConvertible {
  /// Such as `(0,1,2)(0,1,1)12, logarithms, trading days (1), LS1985-01 AO1993-01`.
  public var description: String {
    var parts = [order.text(period: fitted.series.seasonalPeriod), isLogarithmic ? "logarithms" : "levels"]
    if hasConstant { parts.append("constant") }
    if let tradingDays { parts.append("trading days (\(tradingDays == .six ? 6 : 1))") }
    if let easter { parts.append("Easter (\(easter))") }
    if !outliers.isEmpty { parts.append(outliers.map(\.description).joined(separator: " ")) }
    return parts.joined(separator: ", ")
  }
}
