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
  ///   - language: the language of the title and of the panels' names.
  public init(
    decompositionOf observed: TimeSeries, method: String, trend: [Double],
    seasons: [(name: String, values: [Double])],
    remainder: [Double], adjusted: [Double] = [], areFactors: Bool, unit: String = "", source: String = "",
    language: ReportLanguage = .english
  ) {
    let base = areFactors ? 1.0 : 0
    let part = areFactors ? "" : unit
    let words = DecompositionWords(language: language)
    self.init(
      title: words.heading(observed) + words.byMethod(method), start: observed.start,
      panels: [
        Panel(
          words.observed, observed.values, unit: unit,
          overlay: adjusted.isEmpty ? nil : .init(words.adjusted, adjusted)),
        Panel(words.trend, trend, unit: unit),
      ]
        + seasons.map { Panel($0.name, $0.values, unit: part) }
        + [Panel(words.remainder, remainder, unit: part, base: base)],
      source: source)
  }

  /// A decomposition into trend, one or several seasons, and remainder.
  public init(
    _ parts: MultipleSeasonalDecomposition, method: String, unit: String = "", source: String = "",
    language: ReportLanguage = .english
  ) {
    let one = parts.combined
    let words = DecompositionWords(language: language)
    self.init(
      decompositionOf: one.observed, method: method, trend: one.trend,
      seasons: parts.seasons.count < 2
        ? [(words.seasonal, one.seasonal)] : parts.seasons.map { (words.season(of: $0.period), $0.values) },
      remainder: one.remainder, adjusted: one.seasonallyAdjusted, areFactors: one.mode == .multiplicative,
      unit: unit, source: source, language: language)
  }

  /// An adjustment by X-11.
  public init(
    _ parts: X11Decomposition, unit: String = "", source: String = "", language: ReportLanguage = .english
  ) {
    self.init(
      decompositionOf: parts.observed, method: "X-11", trend: parts.trend,
      seasons: [(DecompositionWords(language: language).seasonal, parts.seasonal)],
      remainder: parts.irregular, adjusted: parts.seasonallyAdjusted,
      areFactors: parts.specification.mode != .additive, unit: unit,
      source: source, language: language)
  }

  /// An adjustment by a regression with ARIMA errors and X-11.
  public init(
    _ whole: AdjustedSeries, unit: String = "", source: String = "", language: ReportLanguage = .english
  ) {
    let words = DecompositionWords(language: language)
    let areFactors = whole.parts.specification.mode != .additive
    // Without calendar regressors their effect is none in every period.
    let none = areFactors ? 1.0 : 0
    let hasCalendar = whole.calendar.contains { $0 != none }
    self.init(
      decompositionOf: whole.observed, method: words.modelAndX11, trend: whole.trend,
      seasons: [(words.seasonal, whole.seasonal)] + (hasCalendar ? [(words.calendar, whole.calendar)] : []),
      remainder: whole.irregular, adjusted: whole.seasonallyAdjusted, areFactors: areFactors, unit: unit,
      source: source, language: language)
  }
}
