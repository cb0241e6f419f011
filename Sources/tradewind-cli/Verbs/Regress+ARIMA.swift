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

  /// The model chosen. Windows of the Chinese New Year and the rest of the model depend on each other: they are
  /// chosen in turn, from the usual windows on, until the windows stay.
  private func chosen(for series: TimeSeries, _ orders: OrderOption) throws -> Fitted {
    guard calendar.choosesNewYear else {
      let selection = try select([], for: series, orders)
      return (selection.fitted, selection.steps.map(\.description), nil)
    }
    var newYear = ChineseNewYear()
    for _ in 1..<Self.mostRounds {
      let (selection, choice) = try select(newYear, for: series, orders)
      if choice.best.windows == newYear.windows {
        return (selection.fitted, selection.steps.map(\.description), choice)
      }
      newYear = ChineseNewYear(windows: choice.best.windows)
    }
    let (selection, choice) = try select(newYear, for: series, orders)
    return (choice.fitted, selection.steps.map(\.description), choice)
  }

  /// Rounds that change nothing any more are the rule after the second.
  private static let mostRounds = 4

  /// The model chosen with given windows, and the windows chosen in that model.
  private func select(
    _ newYear: ChineseNewYear, for series: TimeSeries, _ orders: OrderOption
  ) throws -> (RegARIMASelection, HolidayWindowChoice) {
    let selection = try select(newYear.windows.isEmpty ? [] : [newYear], for: series, orders)
    var model = selection.model
    model.regressors.removeAll { $0 is ChineseNewYear }
    return (selection, try HolidayWindowSearch(model).choose(for: series))
  }

  private func select(
    _ newYear: [ChineseNewYear], for series: TimeSeries, _ orders: OrderOption
  ) throws -> RegARIMASelection {
    var automatic = AutomaticRegARIMA(
      regressors: terms + newYear,
      transformation: log ? .logarithm : levelsOnly || orders.order != nil ? .none : .automatic,
      testsTradingDays: calendar.isAutomatic, easterWindows: calendar.isAutomatic ? [1, 8, 15] : [],
      outliers: outliers.isAutomatic ? OutlierSearch() : .none, order: orders.order)
    automatic.hasConstant = constant
    return try automatic.select(for: series)
  }
}
