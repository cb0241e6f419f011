import Tradewind

extension PanelChart {
  /// The panels of a decomposition: observed, trend, season (or several), remainder.
  ///
  /// - Parameters:
  ///   - observed: the series.
  ///   - method: what took the series apart, for the heading: `STL`, `X-11`.
  ///   - trend: one value a period, in the unit of the series.
  ///   - seasons: each with the name of its panel.
  ///   - remainder: what trend and season leave over, one value a period.
  ///   - adjusted: the seasonally adjusted series, drawn over the observed one; none if empty.
  ///   - areFactors: whether season and remainder are factors about 1 and not amounts in the unit of the series.
  ///   - unit: the unit of the series, as facts have it; may be empty.
  ///   - source: a sentence about the source; may be empty.
  public init(
    decompositionOf observed: TimeSeries, method: String, trend: [Double],
    seasons: [(name: String, values: [Double])],
    remainder: [Double], adjusted: [Double] = [], areFactors: Bool, unit: String = "", source: String = ""
  ) {
    let base = areFactors ? 1.0 : 0
    let part = areFactors ? "" : unit
    let name = observed.name.isEmpty ? "" : "\(Words.series(clipped(observed.name, to: 120))): "
    self.init(
      title: "\(name)decomposition by \(method)", start: observed.start,
      panels: [
        Panel(
          "observed", observed.values, unit: unit,
          overlay: adjusted.isEmpty ? nil : .init("seasonally adjusted", adjusted)),
        Panel("trend", trend, unit: unit),
      ]
        + seasons.map { Panel($0.name, $0.values, unit: part) }
        + [Panel("remainder", remainder, unit: part, base: base)],
      source: source)
  }

  /// A decomposition into trend, one or several seasons, and remainder.
  public init(_ parts: MultipleSeasonalDecomposition, method: String, unit: String = "", source: String = "")
  {
    let one = parts.combined
    self.init(
      decompositionOf: one.observed, method: method, trend: one.trend,
      seasons: parts.seasons.count < 2
        ? [("seasonal", one.seasonal)] : parts.seasons.map { ("season of \($0.period)", $0.values) },
      remainder: one.remainder, adjusted: one.seasonallyAdjusted, areFactors: one.mode == .multiplicative,
      unit: unit, source: source)
  }

  /// An adjustment by X-11.
  public init(_ parts: X11Decomposition, unit: String = "", source: String = "") {
    self.init(
      decompositionOf: parts.observed, method: "X-11", trend: parts.trend,
      seasons: [("seasonal", parts.seasonal)],
      remainder: parts.irregular, adjusted: parts.seasonallyAdjusted,
      areFactors: parts.specification.mode != .additive, unit: unit,
      source: source)
  }

  /// An adjustment by a regression with ARIMA errors and X-11.
  public init(_ whole: AdjustedSeries, unit: String = "", source: String = "") {
    let areFactors = whole.parts.specification.mode != .additive
    // Without calendar regressors their effect is none in every period.
    let none = areFactors ? 1.0 : 0
    let hasCalendar = whole.calendar.contains { $0 != none }
    self.init(
      decompositionOf: whole.observed, method: "regARIMA and X-11", trend: whole.trend,
      seasons: [("seasonal", whole.seasonal)] + (hasCalendar ? [("calendar", whole.calendar)] : []),
      remainder: whole.irregular, adjusted: whole.seasonallyAdjusted, areFactors: areFactors, unit: unit,
      source: source)
  }
}
