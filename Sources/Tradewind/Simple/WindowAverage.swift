/// The average of the last few observations, for every coming period.
///
/// ```swift
/// let forecast = try WindowAverage(window: 3).fit(to: imports).forecast(horizon: 6)
/// ```
///
/// The variance σ² of the first step is the mean square of the errors that averages of k observations made within the series. For later
/// steps there is no model whose best forecast the flat average is, so its nearest relation lends its law: simple
/// exponential smoothing whose weights are as old on the average, α = 2/(k + 1). Its step h has variance
/// σ² (1 + (h − 1) α²). With a window of 1 this is ``Naive``, exactly.
///
/// Missing values are left out: the average is that of the last k values observed, and a gap at the end widens the
/// intervals as if the steps across it had been forecast. k + 1 observations are needed. A constant series has intervals of no width.
///
/// Intervals are Student's t with one degree of freedom an error within the series.
///
/// Reference for the age of the weights: R. G. Brown (1963), Smoothing, Forecasting and Prediction of Discrete Time Series, §7.
public struct WindowAverage: Forecaster, Hashable {
  /// How many observations are averaged, at least 1.
  public let window: Int

  /// - Precondition: `window` is at least 1.
  public init(window: Int) {
    precondition(window >= 1, "A window has at least one observation, not \(window).")
    self.window = window
  }

  public var name: String { "WindowAverage(\(window))" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> WindowAverageFit {
    try series.checkForForecasting()
    let found = series.count - series.missingCount
    // The window may be any number, so one is not added to it where it matters.
    guard found > window else {
      throw .tooShort(model: name, needed: window.advanced(by: window == .max ? 0 : 1), found: found)
    }
    let errors = zip(series.values, WindowAverageFit.averages(of: series.values, window: window))
      .map { $0 - $1 }.filter { !$0.isNaN }
    let squares = errors.reduce(0) { $0 + $1 * $1 }
    return WindowAverageFit(
      series: series, window: window, sigma: (squares / Double(errors.count)).squareRoot(),
      degreesOfFreedom: errors.count)
  }
}
