import RealModule

/// Forecasts a series freed of its season by another model, where the season is shrunk towards none as far as it may be chance.
///
/// ```swift
/// let model = try ShrunkenSeason(Theta(.dynamicOptimized, adjustment: .none)).fit(to: imports)
/// ```
///
/// A seasonal figure from a few years is part noise. Each of the m figures (means over the years, ``ClassicalDecomposition``) is drawn
/// towards the mean of all by 1 − w, w = max(0, 1 − (m − 3)/(m − 1) · v/s²): s² is the variance of the figures, v the part of it
/// that the remainder's variance explains, σ² over the years. These are James and Stein's estimates; a season within the noise vanishes,
/// one far above it stays. Factors where every value is above zero, else differences.
///
/// The season counts as known in the law. A series whose seasonal period is 1 is left to the base model as it is; one shorter than two
/// seasons and one period, or with gaps that hide a season, is an error.
///
/// Reference: D. M. Miller and D. Williams (2003), "Shrinkage estimators of time series seasonal factors and their effect on
/// forecasting accuracy", *International Journal of Forecasting* 19:669–684, doi:10.1016/S0169-2070(02)00077-8.
public struct ShrunkenSeason<Base: Forecaster>: Forecaster {
  /// The model of the adjusted series, which should have no season of its own.
  public let base: Base

  public init(_ base: Base) { self.base = base }

  public var name: String { "shrunken season + \(base.name)" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedSeasonallyAdjusted<Base.Fitted> {
    try series.checkForForecasting()
    let isPositive = series.values.allSatisfy { $0 > 0 || $0.isNaN }
    var mode = isPositive ? DecompositionMode.multiplicative : .additive
    var figure = try figure(of: series, mode)
    if mode == .multiplicative, !figure.allSatisfy({ $0 >= 0.01 }) {
      (mode, figure) = (.additive, try self.figure(of: series, .additive))
    }
    let neutral = mode == .multiplicative ? 1.0 : 0
    let values = series.values.indices.map { figure.isEmpty ? neutral : figure[$0 % figure.count] }
    let adjusted = zip(series.values, values).map { mode == .multiplicative ? $0 / $1 : $0 - $1 }
    // The base model sees no season: what is left of it is noise by the estimate above.
    let rest = TimeSeries(adjusted, start: series.start, seasonalPeriod: 1, name: series.name)
    let season = MultipleSeasonalDecomposition.Season(period: max(1, figure.count), values: values)
    return FittedSeasonallyAdjusted(
      series: series, base: try base.fit(to: rest), seasons: figure.isEmpty ? [] : [season],
      multiplicative: mode == .multiplicative, method: "shrunken season")
  }

  /// The shrunken figure from the first period on; empty if there is none to speak of.
  private func figure(of series: TimeSeries, _ mode: DecompositionMode) throws(ForecastError) -> [Double] {
    let m = series.seasonalPeriod
    guard m > 1 else { return [] }
    guard series.count > 2 * m else {
      throw .tooShort(model: name, needed: 2 * m + 1, found: series.count)
    }
    let parts: SeasonalDecomposition
    do throws(DecompositionError) {
      parts = try ClassicalDecomposition(mode: mode).decompose(series)
    } catch {
      throw .cannotFit(model: name, reason: "\(error)")
    }
    let neutral = mode == .multiplicative ? 1.0 : 0
    let figure = Array(parts.seasonal.prefix(m))
    let noise = parts.remainder.filter(\.isFinite).map { $0 - neutral }
    let spread = figure.reduce(0) { $0 + ($1 - neutral) * ($1 - neutral) } / Double(m - 1)
    guard spread > 0, spread.isFinite, !noise.isEmpty else { return [] }
    let freedom = max(noise.count - m, (m + 1) / 2)
    let variance = noise.reduce(0) { $0 + $1 * $1 } / Double(freedom)
    let years = Double(noise.count) / Double(m)
    let factor = Double(max(m - 3, 1)) / Double(m - 1)
    let kept = max(0, 1 - factor * variance / years / spread)
    guard kept > 0 else { return [] }
    return figure.map { neutral + kept * ($0 - neutral) }
  }
}
