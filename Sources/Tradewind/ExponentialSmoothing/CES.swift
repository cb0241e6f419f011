/// Complex exponential smoothing: one complex smoothing parameter instead of a choice between level and trend.
///
/// ```swift
/// let fitted = try CES().fit(to: imports)
/// print(fitted.name, fitted.forecast(horizon: 3).mean)  // CES(P) […]
/// ```
///
/// Forecasts scale with the data. They do not shift with them: the model's own equilibrium lies at zero unless α₁ = 1.
/// Missing values: the states move on as if the expectation had been observed. A constant series is forecast as it is, with
/// intervals of no width. Values may be negative.
///
/// Reference: I. Svetunkov, N. Kourentzes and J. K. Ord (2022), "Complex exponential smoothing", Naval Research Logistics
/// 69(8):1108–1123, doi:10.1002/nav.22074.
public struct CES: Forecaster, Hashable {
  /// How the season enters.
  public enum Seasonality: String, Sendable, Hashable, Codable, CaseIterable {
    /// Not at all.
    case nonseasonal
    /// The model runs on each season by itself, at the seasonal lag.
    case simple
    /// Additive seasonal states with a real smoothing parameter.
    case partial
    /// Seasonal states with a complex smoothing parameter of their own.
    case full

    /// The usual letter: N, S, P or F.
    public var letter: String {
      switch self {
      case .nonseasonal: "N"
      case .simple: "S"
      case .partial: "P"
      case .full: "F"
      }
    }

    /// How many smoothing parameters there are, all real.
    var parameters: Int {
      switch self {
      case .nonseasonal, .simple: 2
      case .partial: 3
      case .full: 4
      }
    }

    /// How many initial states, which the data determine as well.
    func states(period: Int) -> Int {
      switch self {
      case .nonseasonal: 2
      case .simple: 2 * period
      case .partial: 1 + period
      case .full: 2 + 2 * period
      }
    }

    /// One observation more than is estimated, and two seasons.
    func observationsNeeded(period: Int) -> Int {
      max(self == .nonseasonal ? 0 : 2 * period, states(period: period) + parameters + 1)
    }
  }

  /// The season, or nil to choose by the smallest AICc.
  public var seasonality: Seasonality?

  /// - Parameter seasonality: How the season enters; nil chooses among those that the series is long enough for.
  public init(_ seasonality: Seasonality? = nil) {
    self.seasonality = seasonality
  }

  public var name: String { seasonality.map { "CES(\($0.letter))" } ?? "CES" }

  /// Fits the model: smoothing parameters by least squares, initial states by backcasting.
  ///
  /// - Throws: ``ForecastError/tooShort(model:needed:found:)`` with fewer than 5 observations, or fewer than a given season
  ///   needs (for monthly data 27, 24 and 31 for simple, partial and full); ``ForecastError/notSeasonal(model:seasonalPeriod:)``
  ///   for a season asked for where the period is 1; ``ForecastError/cannotFit(model:reason:)`` if gaps hide a season whole or
  ///   the errors cannot be computed; ``ForecastError/noObservations(count:)`` and ``ForecastError/notFinite(period:value:)``
  ///   as every model.
  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedCES {
    try series.checkForForecasting()
    let (found, period) = (series.count - series.missingCount, series.seasonalPeriod)
    if let seasonality, seasonality != .nonseasonal, period == 1 {
      throw .notSeasonal(model: name, seasonalPeriod: period)
    }
    let needed = (seasonality ?? .nonseasonal).observationsNeeded(period: period)
    guard found >= needed else { throw .tooShort(model: name, needed: needed, found: found) }
    if let seasonality { return try Self.fit(seasonality, to: series) }

    var best = try Self.fit(.nonseasonal, to: series)
    guard period > 1 else { return best }
    for other in [Seasonality.simple, .partial, .full]
    where found >= other.observationsNeeded(period: period) {
      // A season that gaps hide is no candidate; no criterion means that nothing is left to explain.
      guard best.informationCriteria != nil, let fit = try? Self.fit(other, to: series) else { continue }
      if fit.selectionScore < best.selectionScore { best = fit }
    }
    return best
  }

  private static func fit(
    _ seasonality: Seasonality, to series: TimeSeries
  ) throws(ForecastError) -> FittedCES {
    var kernel = try CESKernel(seasonality, series)
    var search = CESSearch(parameters: seasonality.parameters)
    guard let point = search.run(&kernel) else {
      throw .cannotFit(model: "CES(\(seasonality.letter))", reason: "its errors exceed the range of numbers")
    }
    return FittedCES(series, seasonality, kernel, point)
  }
}
