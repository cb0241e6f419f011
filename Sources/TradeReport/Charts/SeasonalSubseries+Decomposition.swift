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
  ///   - language: the language of title and legend.
  public init(
    decompositionOf observed: TimeSeries, method: String, seasonal: [Double], remainder: [Double],
    areFactors: Bool, unit: String = "", source: String = "", language: ReportLanguage = .english
  ) {
    let words = DecompositionWords(language: language)
    let unit = areFactors ? "" : unit
    let together = zip(seasonal, remainder).map { areFactors ? $0 * $1 : $0 + $1 }
    self.init(
      title: words.heading(observed) + words.season(by: observed.start.unit, method), unit: unit,
      series: TimeSeries(
        together, start: observed.start, seasonalPeriod: observed.seasonalPeriod, name: observed.name),
      curve: seasonal, source: source)
    valuesName = "\(words.season) \(areFactors ? "×" : "+") \(words.remainder)"
    curveName = words.season
  }

  /// A decomposition into trend, one or several seasons (their sum or product is drawn), and remainder.
  public init(
    _ parts: MultipleSeasonalDecomposition, method: String, unit: String = "", source: String = "",
    language: ReportLanguage = .english
  ) {
    let one = parts.combined
    self.init(
      decompositionOf: one.observed, method: method, seasonal: one.seasonal, remainder: one.remainder,
      areFactors: one.mode == .multiplicative, unit: unit, source: source,
      language: language)
  }

  /// An adjustment by X-11: its tables D10 and D8.
  public init(
    _ parts: X11Decomposition, unit: String = "", source: String = "", language: ReportLanguage = .english
  ) {
    self.init(
      decompositionOf: parts.observed, method: "X-11", seasonal: parts.seasonal, remainder: parts.irregular,
      areFactors: parts.specification.mode != .additive, unit: unit, source: source,
      language: language)
  }

  /// An adjustment by a regression with ARIMA errors and X-11.
  public init(
    _ whole: AdjustedSeries, unit: String = "", source: String = "", language: ReportLanguage = .english
  ) {
    self.init(
      decompositionOf: whole.observed, method: DecompositionWords(language: language).modelAndX11,
      seasonal: whole.seasonal,
      remainder: whole.irregular, areFactors: whole.parts.specification.mode != .additive, unit: unit,
      source: source, language: language)
  }
}
