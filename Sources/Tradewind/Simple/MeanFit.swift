/// A fitted ``Mean``.
public struct MeanFit: FittedModel {
  public private(set) var series: TimeSeries
  /// The mean μ of the observations, in the unit of the series. New observations leave it as it is.
  public let mean: Double
  /// The standard deviation σ of the observations, with divisor n − 1.
  public let sigma: Double
  /// How many observations the two were estimated from.
  public let observations: Int

  public var name: String { "Mean" }

  /// None: the models here have no likelihood that others could be compared with.
  public var informationCriteria: InformationCriteria? { nil }

  init(series: TimeSeries, mean: Double, sigma: Double, observations: Int) {
    self.series = series
    self.mean = mean
    self.sigma = sigma
    self.observations = observations
  }

  /// The mean of all observations, everywhere: what the model expects with its parameter as estimated.
  public var fittedValues: [Double] { [Double](repeating: mean, count: series.count) }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    Forecast(
      of: series, model: name, mean: [Double](repeating: mean, count: request.horizon), joint: law,
      levels: request.levels)
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    SamplePaths(mean: [Double](repeating: mean, count: horizon), law: law, count: count, seed: seed)
  }

  public func updated(with values: [Double]) throws(ForecastError) -> MeanFit {
    var updated = self
    updated.series = try series.appending(values)
    return updated
  }

  /// Each step's own noise, and the error of the mean.
  private var law: JointLaw {
    .student(
      .movingAverage(
        weights: [1], variance: sigma * sigma,
        shared: JointLaw.SharedError(level: sigma / Double(observations).squareRoot())),
      degreesOfFreedom: Double(observations - 1))
  }
}
