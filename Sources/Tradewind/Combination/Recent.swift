/// A model of the last periods of a series, as if nothing had been before.
///
/// ```swift
/// let model = try Recent(ETS(), periods: 120).fit(to: imports)
/// ```
///
/// What a series did decades ago says little of what it does today, and much of how it moves in general. Which of both counts for more is seldom known: the
/// mean of a model of all that is known and of one of the last years often errs less than either. A series that is not longer is fitted as it is. Missing
/// values (also where all of the last periods are missing), errors and what is too short are the base model's. After ``FittedModel/updated(with:)`` the model
/// has seen so many periods more.
///
/// Reference: M. H. Pesaran and A. Timmermann (2007), "Selection of estimation window in the presence of breaks", *Journal of Econometrics*
/// 137:134–161, doi:10.1016/j.jeconom.2006.03.010.
public struct Recent: Forecaster {
  /// The model of the last periods.
  public let base: any Forecaster
  /// How many periods it sees at most.
  public let periods: Int

  /// - Parameters:
  ///   - base: The model of the last periods.
  ///   - periods: How many it sees at most, at least 1 (a precondition).
  public init(_ base: any Forecaster, periods: Int) {
    precondition(periods >= 1, "A model sees at least one period, not \(periods).")
    (self.base, self.periods) = (base, periods)
  }

  /// Such as `ETS of the last 120`.
  public var name: String { "\(base.name) of the last \(periods)" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedRecent {
    try series.checkForForecasting()
    return FittedRecent(
      series: series, base: try base.fit(to: series.suffix(periods)), periods: min(periods, series.count))
  }
}

/// A ``Recent`` model fitted to a series.
public struct FittedRecent: FittedModel {
  public let series: TimeSeries
  /// The model of the last periods.
  public let base: any FittedModel
  /// How many periods the model was fitted to.
  public let periods: Int

  public var name: String {
    base.series.count < series.count ? "\(base.name) of the last \(periods)" : base.name
  }
  /// NaN before the periods that the model sees.
  public var fittedValues: [Double] {
    [Double](repeating: .nan, count: series.count - base.series.count) + base.fittedValues
  }
  /// None where a part of the series is not seen: likelihoods of different observations do not compare.
  public var informationCriteria: InformationCriteria? {
    base.series.count < series.count ? nil : base.informationCriteria
  }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    var forecast = base.forecast(request)
    forecast.model = name
    return forecast
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    base.samplePaths(horizon: horizon, count: count, seed: seed)
  }

  /// The model takes in the observations; what it has seen stays.
  public func updated(with values: [Double]) throws(ForecastError) -> FittedRecent {
    FittedRecent(series: try series.appending(values), base: try base.later(values), periods: periods)
  }
}

extension FittedRecent: InnovationSource {
  func innovationOutlook(_ request: ForecastRequest) -> InnovationOutlook? {
    InnovationOutlook(of: base, request)
  }
}
