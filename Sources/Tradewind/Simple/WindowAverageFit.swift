/// A fitted ``WindowAverage``.
public struct WindowAverageFit: FittedModel {
  public private(set) var series: TimeSeries
  /// How many observations are averaged.
  public let window: Int
  /// The root mean square of the one-step errors within the series, in its unit.
  public let sigma: Double
  /// How many errors there were.
  public let degreesOfFreedom: Int

  public var name: String { "WindowAverage(\(window))" }

  /// None: the models here have no likelihood that others could be compared with.
  public var informationCriteria: InformationCriteria? { nil }

  init(series: TimeSeries, window: Int, sigma: Double, degreesOfFreedom: Int) {
    self.series = series
    self.window = window
    self.sigma = sigma
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The average of the last observations before each period, NaN where there are too few.
  public var fittedValues: [Double] {
    Array(Self.averages(of: series.values, window: window).prefix(series.count))
  }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    Forecast(
      of: series, model: name, mean: means(request.horizon), joint: law(request.horizon),
      levels: request.levels)
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    SamplePaths(mean: means(horizon), law: law(horizon), count: count, seed: seed)
  }

  public func updated(with values: [Double]) throws(ForecastError) -> WindowAverageFit {
    var updated = self
    updated.series = try series.appending(values)
    return updated
  }

  private func means(_ horizon: Int) -> [Double] {
    let average = Self.averages(of: series.values, window: window).last ?? .nan
    return [Double](repeating: average, count: horizon)
  }

  /// That of exponential smoothing with weights of the same mean age; innovations in a gap at the end have reached the
  /// level that all steps share.
  private func law(_ horizon: Int) -> JointLaw {
    let alpha = 2 / (Double(window) + 1)
    let gap = series.values.count - 1 - (series.values.lastIndex { !$0.isNaN } ?? 0)
    let weights = [1] + [Double](repeating: alpha, count: horizon - 1)
    return .student(
      .movingAverage(
        weights: weights, variance: sigma * sigma,
        shared: JointLaw.SharedError(level: alpha * sigma * Double(gap).squareRoot())),
      degreesOfFreedom: Double(degreesOfFreedom))
  }

  /// The average of the last `window` observations before each period, and before the one after the last.
  static func averages(of values: [Double], window: Int) -> [Double] {
    var recent: [Double] = []
    var average = Double.nan
    var averages: [Double] = []
    averages.reserveCapacity(values.count + 1)
    for value in values {
      averages.append(average)
      guard !value.isNaN else { continue }
      recent.append(value)
      if recent.count > window { recent.removeFirst() }
      if recent.count == window { average = mean(of: recent) }
    }
    averages.append(average)
    return averages
  }
}
