/// The seasonal naive forecast: every coming period is as the same season's last observation.
///
/// ```swift
/// let forecast = try SeasonalNaive().fit(to: imports).forecast(horizon: 12)
/// ```
///
/// Each season is a random walk over the years, y(t) = y(t − m) + ε(t), all with one σ: the error of step h has variance
/// k σ², where k = ⌊(h − 1)/m⌋ + 1 counts the years. See ``RandomWalkFit``. Missing values are allowed, but every season needs an
/// observation and one season two. With a seasonal period of 1 it is ``Naive``.
///
/// Intervals are Student's t with one degree of freedom a yearly difference observed; `snaive` of R's forecast package takes the
/// normal quantile and agrees in all else.
///
/// Reference: R. J. Hyndman and G. Athanasopoulos (2021), Forecasting: Principles and Practice, 3rd edition, §5.2 and §5.5.
public struct SeasonalNaive: Forecaster, Hashable {
  public init() {}

  public var name: String { "SeasonalNaive" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> RandomWalkFit {
    try RandomWalkFit(name: name, series: series, lag: series.seasonalPeriod, hasDrift: false)
  }
}
