/// The random walk with drift: the line through the first and the last observation, continued.
///
/// ```swift
/// let forecast = try Drift().fit(to: imports).forecast(horizon: 3)
/// ```
///
/// y(t) = y(t − 1) + b + ε(t), with b = (last − first)/(T − 1). The error of step h has variance h σ² + h² σ²/(T − 1): the
/// second term is the drift's own error, which all steps share. See ``RandomWalkFit``. Missing values are allowed
/// everywhere. Three observations are needed. A straight line has intervals of no width.
///
/// Intervals are Student's t with T − 2 degrees of freedom, exact for normal noise; `rwf(drift = TRUE)` of R's forecast
/// package takes the normal quantile and agrees in all else. The variance is that of FPP3 §5.5, 1 + h/(T − 1) times h σ².
///
/// Reference: R. J. Hyndman and G. Athanasopoulos (2021), Forecasting: Principles and Practice, 3rd edition, §5.2 and §5.5.
public struct Drift: Forecaster, Hashable {
  public init() {}

  public var name: String { "Drift" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> RandomWalkFit {
    try RandomWalkFit(name: name, series: series, lag: 1, hasDrift: true)
  }
}
