/// A fitted ``Naive2``.
public struct FittedNaive2: FittedModel {
  public private(set) var series: TimeSeries
  /// One factor a season, from the series' first period on; empty if no season was found.
  public let seasonalFactors: [Double]
  /// The random walk of the adjusted series.
  private let base: RandomWalkFit

  init(series: TimeSeries, seasonalFactors: [Double], base: RandomWalkFit) {
    (self.series, self.seasonalFactors, self.base) = (series, seasonalFactors, base)
  }

  public var name: String { base.name }

  /// The standard deviation of the adjusted series' changes.
  public var sigma: Double { base.sigma }

  /// None, as of ``RandomWalkFit``.
  public var informationCriteria: InformationCriteria? { nil }

  public var fittedValues: [Double] {
    base.fittedValues.enumerated().map { $1 * factor(at: $0) }
  }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    let forecast = base.forecast(request)
    guard !seasonalFactors.isEmpty else { return forecast }
    return forecast.transformed(
      shift: [Double](repeating: 0, count: request.horizon),
      scale: (0..<request.horizon).map { factor(at: series.count + $0) })
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    let paths = base.samplePaths(horizon: horizon, count: count, seed: seed)
    return seasonalFactors.isEmpty ? paths : paths.mapped { $1 * factor(at: series.count + $0) }
  }

  /// Factors and deviation stay as they are.
  public func updated(with values: [Double]) throws(ForecastError) -> FittedNaive2 {
    FittedNaive2(
      series: try series.appending(values), seasonalFactors: seasonalFactors,
      base: try base.updated(with: values.enumerated().map { $1 / factor(at: series.count + $0) }))
  }

  private func factor(at index: Int) -> Double {
    seasonalFactors.isEmpty ? 1 : seasonalFactors[index % seasonalFactors.count]
  }
}
