/// What a model's search works on: the values, and the rough start that backcasting improves.
struct CESProblem: Sendable {
  let seasonality: CES.Seasonality
  /// NaN where missing.
  let y: [Double]
  /// The number of seasonal states' places: 1 without a season.
  let period: Int
  /// How many values there are.
  let observed: Int
  /// Where the level starts; its information potential starts at a 1.1th of it, as statsforecast has it.
  let level: Double
  /// Where each season starts, from the series' first period on; empty without a season.
  let figure: [Double]

  /// The mean of the first year, or of the first ten periods without a season; the season of the classical additive
  /// decomposition; of the simple season the first year itself.
  init(_ seasonality: CES.Seasonality, _ series: TimeSeries) throws(ForecastError) {
    self.seasonality = seasonality
    y = series.values
    observed = series.count - series.missingCount
    period = seasonality == .nonseasonal ? 1 : series.seasonalPeriod
    let early = Self.mean(y.prefix(seasonality == .nonseasonal ? max(10, series.seasonalPeriod) : period))
    let mean = early ?? Self.mean(y[...]) ?? 0
    level = mean
    switch seasonality {
    case .nonseasonal: figure = []
    case .simple: figure = y.prefix(period).map { $0.isNaN ? mean : $0 }
    case .partial, .full:
      do throws(DecompositionError) {
        figure = try ClassicalDecomposition().figure(of: series)
      } catch {
        throw .cannotFit(model: "CES(\(seasonality.letter))", reason: error.description)
      }
    }
  }

  /// The same series and start with the season whole instead of partial, or the other way round.
  init(_ seasonality: CES.Seasonality, asOf other: CESProblem) {
    self.seasonality = seasonality
    (y, period, observed, level, figure) = (other.y, other.period, other.observed, other.level, other.figure)
  }

  private static func mean(_ values: ArraySlice<Double>) -> Double? {
    var (sum, count) = (0.0, 0)
    for value in values where !value.isNaN {
      sum += value
      count += 1
    }
    return count > 0 ? sum / Double(count) : nil
  }
}
