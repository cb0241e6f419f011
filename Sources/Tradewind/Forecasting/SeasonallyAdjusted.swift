/// Forecasts the seasonally adjusted part of a series by another model, and puts the season back.
///
/// The series is taken apart by STL; its last year's season is repeated (a seasonal naive forecast of the season), and
/// the rest is forecast by the base model, which need not know of seasons.
///
/// ```swift
/// let model = try SeasonallyAdjusted(Drift(), by: STL(seasonalWindow: .length(13))).fit(to: imports)
/// ```
///
/// The law of the steps is that of the base model, shifted by the season, or scaled by it if the decomposition is
/// multiplicative; the season counts as known, so intervals leave out its uncertainty, as in R's `stlf`. Missing values
/// stay missing in the adjusted series, where the base model deals with them. A series whose seasonal period is 1 has nothing
/// to adjust and is left to the base model; one too short or gappy for STL is an error.
///
/// Reference: R. J. Hyndman and G. Athanasopoulos (2021), *Forecasting: Principles and Practice*, 3rd ed., §5.7.
public struct SeasonallyAdjusted<Base: Forecaster>: Forecaster {
  /// The model of the adjusted series.
  public let base: Base
  /// How the series is taken apart.
  public let decomposition: STL

  public init(_ base: Base, by decomposition: STL = STL(seasonalWindow: .length(13))) {
    self.base = base
    self.decomposition = decomposition
  }

  public var name: String { "STL + \(base.name)" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedSeasonallyAdjusted<Base.Fitted> {
    try series.checkForForecasting()
    guard series.seasonalPeriod > 1 else {
      let none = [Double](repeating: 0, count: series.count)
      return FittedSeasonallyAdjusted(
        series: series, base: try base.fit(to: series), season: none, multiplicative: false)
    }
    if decomposition.mode == .multiplicative { try series.checkPositive(model: name) }
    let parts: SeasonalDecomposition
    do throws(DecompositionError) {
      parts = try decomposition.decompose(series)
    } catch {
      throw .cannotFit(model: name, reason: "\(error)")
    }
    let multiplicative = decomposition.mode == .multiplicative
    let adjusted = zip(series.values, parts.seasonal).map { multiplicative ? $0 / $1 : $0 - $1 }
    let rest = TimeSeries(
      adjusted, start: series.start, seasonalPeriod: series.seasonalPeriod, name: series.name)
    return FittedSeasonallyAdjusted(
      series: series, base: try base.fit(to: rest), season: parts.seasonal, multiplicative: multiplicative)
  }
}

/// A model of a seasonally adjusted series with its season.
public struct FittedSeasonallyAdjusted<Base: FittedModel>: FittedModel {
  public let series: TimeSeries
  /// The model of the adjusted series.
  public let base: Base
  /// The season of each period of the series: added, or multiplied if ``multiplicative``.
  public let season: [Double]
  /// Whether the season multiplies.
  public let multiplicative: Bool

  public var name: String { "STL + \(base.name)" }
  /// The base model's one-step forecasts with the season put back; the season knows the whole series.
  public var fittedValues: [Double] {
    zip(base.fittedValues, season).map { multiplicative ? $0 * $1 : $0 + $1 }
  }
  /// None: the base model's likelihood is that of another series.
  public var informationCriteria: InformationCriteria? { nil }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    var forecast = base.forecast(request)
    let (shift, scale) = seasonAhead(request.horizon)
    func put(_ value: Double, _ h: Int) -> Double { (value + shift[h]) * scale[h] }
    forecast.model = name
    for h in 0..<request.horizon {
      forecast.mean[h] = put(forecast.mean[h], h)
      forecast.median[h] = put(forecast.median[h], h)
      forecast.intervals[h] = forecast.intervals[h].map {
        PredictionInterval(level: $0.level, lower: put($0.lower, h), upper: put($0.upper, h))
      }
    }
    forecast.joint = forecast.joint.transformed(shift: shift, scale: scale)
    return forecast
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    let (shift, scale) = seasonAhead(horizon)
    return base.samplePaths(horizon: horizon, count: count, seed: seed).mapped {
      ($1 + shift[$0]) * scale[$0]
    }
  }

  /// The model after more observations, which are adjusted by the last year's season.
  public func updated(with values: [Double]) throws(ForecastError) -> FittedSeasonallyAdjusted<Base> {
    let longer = try series.appending(values)
    guard !values.isEmpty else { return self }
    let (shift, scale) = seasonAhead(values.count)
    let adjusted = values.indices.map { values[$0] / scale[$0] - shift[$0] }
    return FittedSeasonallyAdjusted(
      series: longer, base: try base.updated(with: adjusted),
      season: season + (multiplicative ? scale : shift), multiplicative: multiplicative)
  }

  /// The last year's season over the coming periods, as a shift and a scale.
  private func seasonAhead(_ horizon: Int) -> (shift: [Double], scale: [Double]) {
    let period = series.seasonalPeriod
    let ahead = (0..<horizon).map { season[season.count - period + $0 % period] }
    let same = [Double](repeating: multiplicative ? 0 : 1, count: horizon)
    return multiplicative ? (same, ahead) : (ahead, same)
  }
}
