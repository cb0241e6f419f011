import Tradewind

/// Regressions with ARIMA errors.
extension Regress {
  /// The model chosen or given, fitted to a series.
  func entry(for series: TimeSeries, _ orders: OrderOption, levels: [Double]) throws -> RegARIMAText.Entry {
    let steps: [String] = []
    var windows: HolidayWindowChoice?
    let fit: FittedARIMA
    let order = orders.order ?? ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1))
    let model = ARIMA(
      order, hasConstant: constant, transform: log ? .log : .none,
      prior: calendar.hasLeapFactor ? .leapYear : nil, regressors: terms)
    if calendar.choosesNewYear {
      let choice = try HolidayWindowSearch(model).choose(for: series)
      windows = choice
      fit = choice.fitted
    } else {
      fit = try model.fit(to: series)
    }
    if let horizon { try fit.checkRegressors(horizon: horizon) }
    let forecast = horizon.map { fit.forecast(horizon: $0, levels: levels) }
    return RegARIMAText.Entry(fit: fit, steps: steps, windows: windows, forecast: forecast)
  }
}
