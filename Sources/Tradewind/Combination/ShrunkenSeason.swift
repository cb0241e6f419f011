import RealModule

/// Forecasts a series freed of its season by another model, where the season is shrunk towards none as far as it may be chance.
///
/// ```swift
/// let model = try ShrunkenSeason(Theta(.dynamicOptimized, adjustment: .none)).fit(to: imports)
/// ```
///
/// A seasonal figure from a few years is part noise, and it may change. The m figures of each year are smoothed ratios to the centred yearly mean
/// (differences from it where a value is not above zero): random walks over the years, whose pace the series decides. Each is drawn
/// towards the mean of its year by 1 − w, w = max(0, 1 − (m − 3)/(m − 1) · v/s²): s² is the variance of the last year's figures, v the mean
/// variance of their errors. These are James and Stein's estimates; a season within the noise vanishes, one far above it stays. (With fewer than four
/// seasons m − 3 counts as 1.) The last year's figures are those of the future.
///
/// The season counts as known in the law. A series whose seasonal period is 1 is left to the base model as it is; one shorter than two
/// seasons and one period, or with gaps that hide a season, is an error. A constant series has no season, nor one of which gaps leave no season to be
/// seen twice.
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
    var season = try season(of: series, mode)
    if mode == .multiplicative, !season.allSatisfy({ $0 >= 0.01 }) {
      (mode, season) = (.additive, try self.season(of: series, .additive))
    }
    let adjusted =
      season.isEmpty
      ? series.values : zip(series.values, season).map { mode == .multiplicative ? $0 / $1 : $0 - $1 }
    // The base model sees no season: what is left of it is noise by the estimate above.
    let rest = TimeSeries(adjusted, start: series.start, seasonalPeriod: 1, name: series.name)
    return FittedSeasonallyAdjusted(
      series: series, base: try base.fit(to: rest),
      seasons: season.isEmpty
        ? [] : [MultipleSeasonalDecomposition.Season(period: series.seasonalPeriod, values: season)],
      multiplicative: mode == .multiplicative, method: "shrunken season")
  }

  /// The shrunken figure of each period; empty if there is none to speak of.
  private func season(of series: TimeSeries, _ mode: DecompositionMode) throws(ForecastError) -> [Double] {
    let m = series.seasonalPeriod
    guard m > 1 else { return [] }
    guard series.count > 2 * m else {
      throw .tooShort(model: name, needed: 2 * m + 1, found: series.count)
    }
    let trend: [Double]
    do throws(DecompositionError) {
      trend = try ClassicalDecomposition(mode: mode).decompose(series).trend
    } catch {
      throw .cannotFit(model: name, reason: "\(error)")
    }
    let ratios = zip(series.values, trend).map { mode == .multiplicative ? $0 / $1 : $0 - $1 }
    let moving = MovingSeason(of: ratios, period: m)
    var figures = moving.figures
    let neutral = mode == .multiplicative ? 1.0 : 0
    // Each year, counted back from the last period, is centred; what is left at the start by the first m periods.
    for end in stride(from: figures.count, to: 0, by: -m) {
      let first = max(end - m, 0)
      let mean = moving.figures[first..<first + m].reduce(0, +) / Double(m)
      for t in first..<end { figures[t] = mode == .multiplicative ? figures[t] / mean : figures[t] - mean }
    }
    let spread = figures.suffix(m).reduce(0) { $0 + ($1 - neutral) * ($1 - neutral) } / Double(m - 1)
    guard spread > 0, spread.isFinite, moving.variance.isFinite else { return [] }
    let factor = Double(max(m - 3, 1)) / Double(m - 1)
    let kept = max(0, 1 - factor * moving.variance / spread)
    guard kept > 0 else { return [] }
    return figures.map { neutral + kept * ($0 - neutral) }
  }
}
