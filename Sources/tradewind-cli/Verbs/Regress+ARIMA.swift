import Tradewind

/// Regressions with ARIMA errors.
extension Regress {
  /// Whether anything but the windows of the Chinese New Year is to be chosen.
  func isAutomatic(_ orders: OrderOption) -> Bool { choice(orders).isAutomatic }

  /// The model chosen or given, fitted to a series, with its forecasts if any are asked for.
  func entry(for series: TimeSeries, _ orders: OrderOption, levels: [Double]) throws -> RegARIMAText.Entry {
    let result = try choice(orders).fitted(to: series)
    if let horizon { try result.fit.checkRegressors(horizon: horizon) }
    let forecast = horizon.map { result.fit.forecast(horizon: $0, levels: levels) }
    return RegARIMAText.Entry(
      fit: result.fit, steps: result.steps, windows: result.windows,
      interpolated: result.fit.interpolated(levels: levels), forecast: forecast)
  }

  private func choice(_ orders: OrderOption) -> RegARIMAChoice {
    RegARIMAChoice(
      orders: orders, terms: terms, calendar: calendar, outliers: outliers, hasConstant: constant,
      transformation: log ? .logarithm : levelsOnly || orders.order != nil ? .none : .automatic,
      combined: combined)
  }
}
