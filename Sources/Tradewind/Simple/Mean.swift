/// The mean of all observations, for every coming period.
///
/// ```swift
/// let forecast = try Mean().fit(to: imports).forecast(horizon: 3)
/// ```
///
/// y(t) = μ + ε(t): every step has variance σ² (1 + 1/n), of which σ²/n is the error of the estimated mean, which all
/// steps share. Missing values are left out. Two observations are needed. A constant series has intervals of no width.
///
/// Intervals are Student's t with n − 1 degrees of freedom, exact for normal noise, and those of `meanf` of R's forecast
/// package, save that `meanf` counts missing values in n.
///
/// Reference: R. J. Hyndman and G. Athanasopoulos (2021), Forecasting: Principles and Practice, 3rd edition, §5.2 and §5.5.
public struct Mean: Forecaster, Hashable {
  public init() {}

  public var name: String { "Mean" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> MeanFit {
    try series.checkForForecasting()
    let observed = series.values.filter { !$0.isNaN }
    guard observed.count >= 2 else { throw .tooShort(model: name, needed: 2, found: observed.count) }
    let center = mean(of: observed)
    let squares = observed.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    return MeanFit(
      series: series, mean: center, sigma: (squares / Double(observed.count - 1)).squareRoot(),
      observations: observed.count)
  }
}

/// The mean, with a second pass that takes off the rounding of the first; exact for equal values.
func mean(of values: [Double]) -> Double {
  guard let first = values.first else { return .nan }
  return first + values.reduce(0) { $0 + ($1 - first) } / Double(values.count)
}
