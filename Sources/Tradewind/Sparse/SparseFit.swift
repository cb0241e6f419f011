import TradewindNumerics

/// A fitted ``Croston``, ``TSB``, ``ADIDA`` or ``IMAPA``: a rate of demand, and the law of demands around it.
///
/// **The law.** Each coming period has a demand with the probability p, of a size as those observed, scaled to the
/// method's mean size. What the data leave open about p and the mean size, by the weights that the smoothing gives the
/// observations, is drawn once a path: p from a beta law, the mean size from a gamma law. Every step's mean is the
/// method's point forecast; medians and intervals are the draws' quantiles, often zero below.
///
/// **Missing values** are left out, as if those periods had not been: a gap neither has a demand nor counts to an interval.
public struct SparseFit: FittedModel {
  public let name: String
  public private(set) var series: TimeSeries
  /// One-step forecasts of the rate; NaN before the method can say anything.
  public private(set) var fittedValues: [Double]
  let rule: SparseRule
  private var law: DemandLaw

  /// None: the methods have no likelihood.
  public var informationCriteria: InformationCriteria? { nil }

  /// The mean of a coming period, in the unit of the series.
  public var rate: Double { law.rate }

  /// The probability that a coming period has a demand.
  public var probability: Double { law.probability }

  /// The mean size of a demand, in the unit of the series; 0 if there never was one.
  public var size: Double { law.probability > 0 ? law.rate / law.probability : 0 }

  /// The smoothing parameters used: of sizes, then of intervals or probability; or one for each length of block.
  public var smoothing: [Double] {
    switch rule {
    case .croston(let sizes, let intervals, _): [sizes, intervals]
    case .teunter(let sizes, let probability): [sizes, probability]
    case .blocks(_, let parameters): parameters
    }
  }

  /// The lengths in periods of the blocks that were summed; none for ``Croston`` and ``TSB``.
  public var blockLengths: [Int] {
    guard case .blocks(let shortest, let parameters) = rule else { return [] }
    return Array(shortest..<shortest + parameters.count)
  }

  /// - Parameter rule: Finds the parameters from the observed values.
  init(name: String, series: TimeSeries, rule: ([Double]) -> SparseRule) throws(ForecastError) {
    try series.checkForForecasting()
    try series.checkNotNegative(model: name)
    self.init(name: name, series: series, rule: rule(series.values.filter { !$0.isNaN }))
  }

  private init(name: String, series: TimeSeries, rule: SparseRule) {
    self.name = name
    self.series = series
    self.rule = rule
    let rates: [Double]
    (rates, law) = rule.run(series.values.filter { !$0.isNaN })
    var observed = 0
    fittedValues = series.values.map { value in
      let rate = rates[observed]
      if !value.isNaN { observed += 1 }
      return rate
    }
  }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    let means = [Double](repeating: law.rate, count: request.horizon)
    guard request.levels.isEmpty else {
      return Forecast(
        of: series, model: name, mean: means,
        paths: law.paths(horizon: request.horizon, count: request.paths, seed: request.seed),
        levels: request.levels)
    }
    var points = Forecast(of: series, model: name, mean: means, joint: .pointsOnly, levels: [])
    // All steps have one law, so one step's draws give all medians.
    let draws = law.paths(horizon: 1, count: request.paths, seed: request.seed).values.sorted()
    points.median = [Double](repeating: quantile(0.5, of: draws), count: request.horizon)
    return points
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    precondition(horizon >= 1 && count >= 1, "At least one path of one period must be drawn.")
    return law.paths(horizon: horizon, count: count, seed: seed)
  }

  public func updated(with values: [Double]) throws(ForecastError) -> SparseFit {
    let longer = try series.appending(values)
    try longer.checkNotNegative(model: name)
    return SparseFit(name: name, series: longer, rule: rule)
  }
}

extension TimeSeries {
  /// Checks that no observation is below zero.
  func checkNotNegative(model: String) throws(ForecastError) {
    for (i, value) in values.enumerated() where value < 0 {
      throw .negative(model: model, period: period(at: i), value: value)
    }
  }
}
