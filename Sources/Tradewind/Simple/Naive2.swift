/// The naive forecast of the seasonally adjusted series, with its season put back: the benchmark that the M4 competition measures others by.
///
/// ```swift
/// let forecast = try Naive2().fit(to: imports).forecast(horizon: 12)
/// ```
///
/// Where three seasons or more are known and the autocorrelation at the seasonal lag differs from zero at 90 %
/// (``Theta/isSeasonal(_:)``), the series is divided by the factors of ``ClassicalDecomposition``; then every coming period is as the last one
/// of the adjusted series, times the factor of its season. Any other series is forecast as by ``Naive``, also one with values of zero or below,
/// which the competition did not have. Missing values are allowed everywhere; two observations are needed.
///
/// The adjusted series is taken as a random walk (``RandomWalkFit``) and the factors as known. Intervals are Student's t.
///
/// Reference: S. Makridakis, E. Spiliotis and V. Assimakopoulos (2020), The M4 Competition: 100,000 time series and 61 forecasting methods,
/// *International Journal of Forecasting* 36, 54–74, doi:10.1016/j.ijforecast.2019.04.014.
public struct Naive2: Forecaster, Hashable {
  public init() {}

  public var name: String { "Naive2" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedNaive2 {
    try series.checkForForecasting()
    let factors = Self.factors(of: series)
    var adjusted = series
    if !factors.isEmpty {
      for t in adjusted.values.indices { adjusted.values[t] /= factors[t % factors.count] }
    }
    return FittedNaive2(
      series: series, seasonalFactors: factors,
      base: try RandomWalkFit(name: name, series: adjusted, lag: 1, hasDrift: false))
  }

  /// The fewest seasons' lengths that are tested.
  private static let seasonsNeeded = 3
  /// A season that all but vanishes is no factor to divide by.
  private static let smallestFactor = 0.01

  /// One factor a season, from the series' first period on; none where the test finds no season.
  private static func factors(of series: TimeSeries) -> [Double] {
    guard series.count / seasonsNeeded >= series.seasonalPeriod, Theta.isSeasonal(series),
      let figure = try? ClassicalDecomposition(mode: .multiplicative).figure(of: series),
      figure.allSatisfy({ $0 >= smallestFactor })
    else { return [] }
    return figure
  }
}
