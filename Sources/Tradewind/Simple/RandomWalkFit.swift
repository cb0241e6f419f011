import TradewindNumerics

/// A fitted ``Naive``, ``SeasonalNaive`` or ``Drift``: each value is the one a lag before, plus a drift, plus noise.
///
/// With the lag m, y(t) = y(t − m) + b + ε(t). A gap of k lags between two observations of a season has mean k b and
/// variance k σ², so every observed difference d over k lags counts with its own weight, and missing values are exact:
/// b = Σ d / Σ k and σ² = Σ (d − k b)² / k ÷ ν, with one degree of freedom ν a difference, less one for the drift.
public struct RandomWalkFit: FittedModel {
  public let name: String
  public private(set) var series: TimeSeries
  /// Periods between a value and the one it follows from: 1, or the seasonal period.
  public let lag: Int
  /// The change expected over a lag, in the unit of the series; 0 if the model has no drift.
  public let drift: Double
  /// The standard deviation of the drift's estimate.
  public let driftError: Double
  /// The standard deviation σ of the noise.
  public let sigma: Double
  /// The degrees of freedom of ``sigma``.
  public let degreesOfFreedom: Int

  /// None: the models here have no likelihood that others could be compared with.
  public var informationCriteria: InformationCriteria? { nil }

  init(name: String, series: TimeSeries, lag: Int, hasDrift: Bool) throws(ForecastError) {
    try series.checkForForecasting()
    let parameters = hasDrift ? 1 : 0
    let steps = lag < series.count ? Self.steps(in: series.values, lag: lag) : []
    guard steps.count > parameters else {
      let (needed, found) = (lag + 1 + parameters, series.count - series.missingCount)
      if found < needed { throw .tooShort(model: name, needed: needed, found: found) }
      throw .cannotFit(model: name, reason: "no season was observed twice")
    }
    if let season = (0..<lag).first(where: {
      Self.lastObserved(in: series.values, season: $0, lag: lag) == nil
    }) {
      throw .cannotFit(
        model: name, reason: "season \(series.season(at: season)) of \(lag) has no observation")
    }
    self.name = name
    self.series = series
    self.lag = lag
    let lags = steps.reduce(0) { $0 + Double($1.lags) }
    drift = hasDrift ? steps.reduce(0) { $0 + $1.change } / lags : 0
    degreesOfFreedom = steps.count - parameters
    var squares = 0.0
    for step in steps {
      let error = step.change - Double(step.lags) * drift
      squares += error * error / Double(step.lags)
    }
    sigma = (squares / Double(degreesOfFreedom)).squareRoot()
    driftError = hasDrift ? sigma / lags.squareRoot() : 0
  }

  /// The value a lag before, or the last one observed in its season, plus the drift since. NaN before the first.
  public var fittedValues: [Double] {
    var last = [Int?](repeating: nil, count: lag)
    return series.values.indices.map { i in
      let fitted = last[i % lag].map { series.values[$0] + drift * Double((i - $0) / lag) }
      if !series.values[i].isNaN { last[i % lag] = i }
      return fitted ?? .nan
    }
  }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    Forecast(
      of: series, model: name, mean: means(request.horizon), joint: law(request.horizon),
      levels: request.levels)
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    SamplePaths(mean: means(horizon), law: law(horizon), count: count, seed: seed)
  }

  public func updated(with values: [Double]) throws(ForecastError) -> RandomWalkFit {
    var updated = self
    updated.series = try series.appending(values)
    return updated
  }

  /// The period of each season that was observed last, and how many lags lie between it and the forecast of `step`.
  private func origin(ofStep step: Int) -> (index: Int, lags: Int) {
    let target = series.count + step
    // Fitting made sure that every season has an observation.
    let index = Self.lastObserved(in: series.values, season: target % lag, lag: lag) ?? target
    return (index, (target - index) / lag)
  }

  private func means(_ horizon: Int) -> [Double] {
    let origins = (0..<lag).map { origin(ofStep: $0) }
    return (0..<horizon).map { h in
      let (index, lags) = origins[h % lag]
      return series.values[index] + drift * Double(lags + h / lag)
    }
  }

  /// Without a gap at the end, the innovations of a season add up. Gaps bring in their own innovations, which the steps
  /// of a season share.
  private func law(_ horizon: Int) -> JointLaw {
    let gaps = (0..<min(lag, horizon)).map { origin(ofStep: $0).lags - 1 }
    let freedom = Double(degreesOfFreedom)
    if gaps.allSatisfy({ $0 == 0 }) {
      // With a drift the lag is 1, and step h is h lags ahead.
      let weights = (0..<horizon).map { $0 % lag == 0 ? 1.0 : 0 }
      return .student(
        .movingAverage(
          weights: weights, variance: sigma * sigma, shared: JointLaw.SharedError(slope: driftError)),
        degreesOfFreedom: freedom)
    }
    let factor = (0..<horizon).map { h in
      var row = [Double](repeating: 0, count: 1 + gaps.count + h + 1)
      row[0] = driftError * Double(gaps[h % lag] + h / lag + 1)
      row[1 + h % lag] = sigma * Double(gaps[h % lag]).squareRoot()
      for i in stride(from: h, through: 0, by: -lag) { row[1 + gaps.count + i] = sigma }
      return row
    }
    return .student(.normal(factor: factor), degreesOfFreedom: freedom)
  }

  /// The changes between neighbouring observations of a season, with the number of lags between them.
  private static func steps(in values: [Double], lag: Int) -> [(change: Double, lags: Int)] {
    var last = [Int?](repeating: nil, count: lag)
    var steps: [(change: Double, lags: Int)] = []
    for (i, value) in values.enumerated() where !value.isNaN {
      if let before = last[i % lag] { steps.append((value - values[before], (i - before) / lag)) }
      last[i % lag] = i
    }
    return steps
  }

  private static func lastObserved(in values: [Double], season: Int, lag: Int) -> Int? {
    guard season < values.count else { return nil }
    let last = season + (values.count - 1 - season) / lag * lag
    return stride(from: last, through: season, by: -lag).first { !values[$0].isNaN }
  }
}
