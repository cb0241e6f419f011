/// Forecasts the seasonally adjusted part of a series by another model, and puts the season back.
///
/// The series is taken apart by ``STL``, or by ``MSTL`` if it has seasons of several lengths; the last cycle of each season is repeated
/// (a seasonal naive forecast of the season), and the rest is forecast by the base model, which need not know of seasons.
///
/// ```swift
/// let model = try SeasonallyAdjusted(Drift(), by: STL(seasonalWindow: .length(13))).fit(to: imports)
/// ```
///
/// The law of the steps is that of the base model, shifted by the season, or scaled by it if the decomposition is
/// multiplicative; the season counts as known, so intervals leave out its uncertainty, as in R's `stlf`. Missing values
/// stay missing in the adjusted series, where the base model deals with them. A series whose seasonal period is 1 has nothing
/// to adjust and is left to the base model, unless other periods are named; one too short or gappy for STL is an error.
///
/// Reference: R. J. Hyndman and G. Athanasopoulos (2021), *Forecasting: Principles and Practice*, 3rd ed., §5.7.
public struct SeasonallyAdjusted<Base: Forecaster>: Forecaster {
  /// The model of the adjusted series.
  public let base: Base
  /// How the series is taken apart.
  public let decomposition: AdjustmentMethod

  /// - Parameters:
  ///   - base: The model of the adjusted series.
  ///   - decomposition: How the series is taken apart: ``STL`` with windows of 13 years if nothing is said.
  public init(_ base: Base, by decomposition: STL = STL(seasonalWindow: .length(13))) {
    self.init(base, by: .stl(decomposition))
  }

  /// - Parameters:
  ///   - base: The model of the adjusted series.
  ///   - decomposition: How the series is taken apart, with seasons of several lengths.
  public init(_ base: Base, by decomposition: MSTL) {
    self.init(base, by: .mstl(decomposition))
  }

  /// - Parameters:
  ///   - base: The model of the adjusted series.
  ///   - decomposition: How the series is taken apart.
  public init(_ base: Base, by decomposition: AdjustmentMethod) {
    self.base = base
    self.decomposition = decomposition
  }

  public var name: String { "\(decomposition.name) + \(base.name)" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedSeasonallyAdjusted<Base.Fitted> {
    try series.checkForForecasting()
    guard decomposition.isNeeded(by: series) else {
      return FittedSeasonallyAdjusted(
        series: series, base: try base.fit(to: series), seasons: [], multiplicative: false,
        method: decomposition.name)
    }
    if decomposition.mode == .multiplicative { try series.checkPositive(model: name) }
    let parts: MultipleSeasonalDecomposition
    do throws(DecompositionError) {
      parts = try decomposition.decompose(series)
    } catch {
      throw .cannotFit(model: name, reason: "\(error)")
    }
    let rest = TimeSeries(
      parts.combined.seasonallyAdjusted, start: series.start, seasonalPeriod: series.seasonalPeriod,
      name: series.name)
    return FittedSeasonallyAdjusted(
      series: series, base: try base.fit(to: rest), seasons: parts.seasons,
      multiplicative: parts.combined.mode == .multiplicative, method: decomposition.name)
  }
}

/// How a series is freed of its seasons before a model is fitted.
public enum AdjustmentMethod: Sendable, Hashable {
  /// One season, that of the series.
  case stl(STL)
  /// Several seasons.
  case mstl(MSTL)

  var name: String {
    switch self {
    case .stl: "STL"
    case .mstl: "MSTL"
    }
  }

  var mode: DecompositionMode {
    switch self {
    case .stl(let stl): stl.mode
    case .mstl(let mstl): mstl.fits.mode
    }
  }

  func isNeeded(by series: TimeSeries) -> Bool {
    if case .mstl(let mstl) = self, !mstl.periods.isEmpty { return true }
    return series.seasonalPeriod > 1
  }

  func decompose(_ series: TimeSeries) throws(DecompositionError) -> MultipleSeasonalDecomposition {
    switch self {
    case .stl(let stl): MultipleSeasonalDecomposition(try stl.decompose(series))
    case .mstl(let mstl): try mstl.decompose(series)
    }
  }
}

/// A model of a seasonally adjusted series with its season.
public struct FittedSeasonallyAdjusted<Base: FittedModel>: FittedModel {
  public let series: TimeSeries
  /// The model of the adjusted series.
  public let base: Base
  /// The season of each period of the series, of all lengths together: added, or multiplied if ``multiplicative``.
  public let season: [Double]
  /// Whether the season multiplies.
  public let multiplicative: Bool
  private let seasons: [MultipleSeasonalDecomposition.Season]
  private let method: String

  public var name: String { "\(method) + \(base.name)" }
  /// The base model's one-step forecasts with the season put back; the season knows the whole series.
  public var fittedValues: [Double] {
    zip(base.fittedValues, season).map { multiplicative ? $0 * $1 : $0 + $1 }
  }
  /// None: the base model's likelihood is that of another series.
  public var informationCriteria: InformationCriteria? { nil }

  init(
    series: TimeSeries, base: Base, seasons: [MultipleSeasonalDecomposition.Season], multiplicative: Bool,
    method: String
  ) {
    (self.series, self.base, self.seasons) = (series, base, seasons)
    (self.multiplicative, self.method) = (multiplicative, method)
    season = MultipleSeasonalDecomposition.combined(
      seasons.map(\.values), multiplicative ? .multiplicative : .additive, count: series.count)
  }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    let (shift, scale) = seasonAhead(request.horizon)
    var forecast = base.forecast(request).transformed(shift: shift, scale: scale)
    forecast.model = name
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
    let longerSeasons = seasons.map { season in
      MultipleSeasonalDecomposition.Season(
        period: season.period, values: season.values + season.ahead(values.count))
    }
    return FittedSeasonallyAdjusted(
      series: longer, base: try base.updated(with: adjusted), seasons: longerSeasons,
      multiplicative: multiplicative, method: method)
  }

  /// The last cycle of each season over the coming periods, as a shift and a scale.
  func seasonAhead(_ horizon: Int) -> (shift: [Double], scale: [Double]) {
    let ahead = MultipleSeasonalDecomposition.combined(
      seasons.map { $0.ahead(horizon) }, multiplicative ? .multiplicative : .additive, count: horizon)
    let same = [Double](repeating: multiplicative ? 0 : 1, count: horizon)
    return multiplicative ? (same, ahead) : (ahead, same)
  }
}
