import Tradewind

extension SeasonalSubseries {
  /// The season of a decomposition by month, and around it what season and remainder are together: where a month's dots leave its
  /// line, the season was smoothed; where the line slopes, the season changes over the years.
  ///
  /// - Parameters:
  ///   - observed: the series.
  ///   - method: what took the series apart, for the heading: `STL`, `X-11`.
  ///   - seasonal: one value a period.
  ///   - remainder: what trend and season leave over, one value a period.
  ///   - areFactors: whether both are factors about 1 and not amounts in the unit of the series.
  ///   - unit: the unit of the series, as facts have it; may be empty.
  ///   - source: a sentence about the source; may be empty.
  public init(
    decompositionOf observed: TimeSeries, method: String, seasonal: [Double], remainder: [Double],
    areFactors: Bool, unit: String = "", source: String = ""
  ) {
    let name = observed.name.isEmpty ? "" : "\(Words.series(clipped(observed.name, to: 120))): "
    let unit = areFactors ? "" : unit
    let together = zip(seasonal, remainder).map { areFactors ? $0 * $1 : $0 + $1 }
    self.init(
      title: "\(name)season by \(observed.start.unit.rawValue), \(method)", unit: unit,
      series: TimeSeries(
        together, start: observed.start, seasonalPeriod: observed.seasonalPeriod, name: observed.name),
      curve: seasonal, source: source)
    valuesName = areFactors ? "season × remainder" : "season + remainder"
    curveName = "season"
  }

  /// A decomposition into trend, one or several seasons (their sum or product is drawn), and remainder.
  public init(_ parts: MultipleSeasonalDecomposition, method: String, unit: String = "", source: String = "")
  {
    let one = parts.combined
    self.init(
      decompositionOf: one.observed, method: method, seasonal: one.seasonal, remainder: one.remainder,
      areFactors: one.mode == .multiplicative, unit: unit, source: source)
  }

  /// An adjustment by X-11: its tables D10 and D8.
  public init(_ parts: X11Decomposition, unit: String = "", source: String = "") {
    self.init(
      decompositionOf: parts.observed, method: "X-11", seasonal: parts.seasonal, remainder: parts.irregular,
      areFactors: parts.specification.mode != .additive, unit: unit, source: source)
  }

  /// An adjustment by a regression with ARIMA errors and X-11.
  public init(_ whole: AdjustedSeries, unit: String = "", source: String = "") {
    self.init(
      decompositionOf: whole.observed, method: "regARIMA and X-11", seasonal: whole.seasonal,
      remainder: whole.irregular, areFactors: whole.parts.specification.mode != .additive, unit: unit,
      source: source)
  }
}
