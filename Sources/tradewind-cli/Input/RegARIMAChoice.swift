import Tradewind

/// A regression with ARIMA errors as the command line asks for it: given, or chosen for each series.
struct RegARIMAChoice {
  let orders: OrderOption
  /// The terms that need no choice.
  let terms: [any RegressionTerm]
  let calendar: CalendarList
  let outliers: OutlierList
  var hasConstant = false
  /// Logarithms, the values themselves, or with automatic orders whichever fits better.
  var transformation = AutomaticRegARIMA.Transformation.automatic
  var combined: CombinedMonths?

  /// The model of a series, the steps of its choice, and the choice of the Chinese New Year's windows.
  typealias Fitted = (fit: FittedARIMA, steps: [String], windows: HolidayWindowChoice?)

  /// Whether anything but the windows of the Chinese New Year is to be chosen.
  var isAutomatic: Bool { orders.order == nil || calendar.isAutomatic || outliers.isAutomatic }

  /// The model chosen or given, fitted.
  func fitted(to series: TimeSeries) throws -> Fitted {
    isAutomatic ? try chosen(for: series) : try given(for: series)
  }

  private func given(for series: TimeSeries) throws -> Fitted {
    let model = ARIMA(
      orders.order ?? ARIMAOrder(0, 0, 0), hasConstant: hasConstant,
      transform: transformation == .logarithm ? .log : .none,
      prior: calendar.hasLeapFactor ? .leapYear : nil, combined: combined, regressors: terms)
    guard calendar.choosesNewYear else { return (try model.fit(to: series), [], nil) }
    let windows = try HolidayWindowSearch(model).choose(for: series)
    return (windows.fitted, [], windows)
  }

  /// The model chosen. Windows of the Chinese New Year and the rest of the model depend on each other: they are
  /// chosen in turn, from the usual windows on, until the windows stay.
  private func chosen(for series: TimeSeries) throws -> Fitted {
    guard calendar.choosesNewYear else {
      let selection = try select([], for: series)
      return (selection.fitted, selection.steps.map(\.description), nil)
    }
    var newYear = ChineseNewYear()
    for _ in 1..<Self.mostRounds {
      let (selection, choice) = try select(newYear, for: series)
      if choice.best.windows == newYear.windows {
        return (selection.fitted, selection.steps.map(\.description), choice)
      }
      newYear = ChineseNewYear(windows: choice.best.windows)
    }
    let (selection, choice) = try select(newYear, for: series)
    return (choice.fitted, selection.steps.map(\.description), choice)
  }

  /// Rounds that change nothing any more are the rule after the second.
  private static let mostRounds = 4

  /// The model chosen with given windows, and the windows chosen in that model.
  private func select(
    _ newYear: ChineseNewYear, for series: TimeSeries
  ) throws -> (RegARIMASelection, HolidayWindowChoice) {
    let selection = try select(newYear.windows.isEmpty ? [] : [newYear], for: series)
    var model = selection.model
    model.regressors.removeAll { $0 is ChineseNewYear }
    return (selection, try HolidayWindowSearch(model).choose(for: series))
  }

  private func select(_ newYear: [ChineseNewYear], for series: TimeSeries) throws -> RegARIMASelection {
    var automatic = AutomaticRegARIMA(
      regressors: terms + newYear, transformation: transformation,
      testsTradingDays: calendar.isAutomatic, easterWindows: calendar.isAutomatic ? [1, 8, 15] : [],
      outliers: outliers.isAutomatic ? OutlierSearch() : .none, order: orders.order)
    automatic.hasConstant = hasConstant
    return try automatic.select(for: series)
  }
}
