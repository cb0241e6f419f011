import Tradewind

/// Regressions with ARIMA errors.
extension Regress {
  /// Whether anything but the windows of the Chinese New Year is to be chosen.
  func isAutomatic(_ orders: OrderOption) -> Bool {
    orders.order == nil || calendar.isAutomatic || outliers.isAutomatic
  }

  /// The model chosen or given, fitted to a series, with its forecasts if any are asked for.
  func entry(for series: TimeSeries, _ orders: OrderOption, levels: [Double]) throws -> RegARIMAText.Entry {
    let result = isAutomatic(orders) ? try chosen(for: series, orders) : try given(for: series, orders)
    if let horizon { try result.fit.checkRegressors(horizon: horizon) }
    let forecast = horizon.map { result.fit.forecast(horizon: $0, levels: levels) }
    return RegARIMAText.Entry(
      fit: result.fit, steps: result.steps, windows: result.windows,
      interpolated: result.fit.interpolated(levels: levels), forecast: forecast)
  }

  private typealias Fitted = (fit: FittedARIMA, steps: [String], windows: HolidayWindowChoice?)

  /// The model of given orders and terms.
  private func given(for series: TimeSeries, _ orders: OrderOption) throws -> Fitted {
    let model = ARIMA(
      orders.order ?? ARIMAOrder(0, 0, 0), hasConstant: constant, transform: log ? .log : .none,
      prior: calendar.hasLeapFactor ? .leapYear : nil, combined: combined, regressors: terms)
    guard calendar.choosesNewYear else { return (try model.fit(to: series), [], nil) }
    let windows = try HolidayWindowSearch(model).choose(for: series)
    return (windows.fitted, [], windows)
  }

  /// The model chosen. Windows of the Chinese New Year are chosen in the model that has the usual ones, and the model
  /// is then chosen anew with them.
  private func chosen(for series: TimeSeries, _ orders: OrderOption) throws -> Fitted {
    func select(_ newYear: [any RegressionTerm]) throws -> RegARIMASelection {
      var automatic = AutomaticRegARIMA(
        regressors: terms + newYear,
        transformation: log ? .logarithm : levelsOnly || orders.order != nil ? .none : .automatic,
        testsTradingDays: calendar.isAutomatic, easterWindows: calendar.isAutomatic ? [1, 8, 15] : [],
        outliers: outliers.isAutomatic ? OutlierSearch() : .none, order: orders.order)
      automatic.hasConstant = constant
      return try automatic.select(for: series)
    }
    guard calendar.choosesNewYear else {
      let selection = try select([])
      return (selection.fitted, selection.steps.map(\.description), nil)
    }
    let usual = ChineseNewYear()
    var selection = try select([usual])
    var model = selection.model
    model.regressors.removeAll { $0 is ChineseNewYear }
    let windows = try HolidayWindowSearch(model).choose(for: series)
    if windows.best.windows != usual.windows {
      selection = try select(
        windows.best.windows.isEmpty ? [] : [ChineseNewYear(windows: windows.best.windows)])
    }
    return (selection.fitted, selection.steps.map(\.description), windows)
  }
}
