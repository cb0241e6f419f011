/// The naive forecast: every coming period is as the last one observed.
///
/// ```swift
/// let forecast = try Naive().fit(to: imports).forecast(horizon: 3)
/// ```
///
/// A random walk, y(t) = y(t − 1) + ε(t): the error of step h has variance h σ². See ``RandomWalkFit`` for what is
/// estimated and how gaps count; missing values are allowed everywhere. Two observations are needed. A constant series
/// has intervals of no width.
///
/// Intervals are Student's t with one degree of freedom a difference observed, exact for normal noise; `naive` of R's
/// forecast package takes the normal quantile and agrees in all else.
///
/// Reference: R. J. Hyndman and G. Athanasopoulos (2021), Forecasting: Principles and Practice, 3rd edition, §5.2 and §5.5.
public struct Naive: Forecaster, Hashable {
  public init() {}

  public var name: String { "Naive" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> RandomWalkFit {
    try RandomWalkFit(name: name, series: series, lag: 1, hasDrift: false)
  }
}
