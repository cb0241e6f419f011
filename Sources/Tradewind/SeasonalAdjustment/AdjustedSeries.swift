/// A series adjusted from start to end: its components, one value of each per period, the model behind them, and the
/// factors of the coming year.
///
/// Trend, irregular and adjusted series are in the unit of the series or factors about 1, as in ``X11Decomposition``.
/// Without regressors of no part, the adjusted series is the trend times the irregular (additive: their sum).
public struct AdjustedSeries: Sendable {
  /// The series as it was given, with what is missing.
  public var observed: TimeSeries { fitted.series }
  /// The series that was adjusted: the model's estimates stand where values are missing or known only in total.
  public let completed: TimeSeries
  /// The model that was fitted.
  public let fitted: FittedARIMA
  /// How it was chosen; nil where it was given.
  public let selection: RegARIMASelection?
  /// X-11 of the series less all that the regressors explain (B1), with its choices, tables and quality.
  public let parts: X11Decomposition

  /// Whether the series is seasonal; nil where the tests are not defined, such as for a season without any irregular.
  public let verdict: SeasonalityVerdict?
  /// Whether a season was taken out. Where the ``verdict`` is that there is none, and ``SeasonalAdjustment/adjustsAnyway`` is false,
  /// it was not: ``seasonal`` is 1 (additive: 0), the adjusted series is free of calendar effects only, and what X-11 took for a season is
  /// in ``irregular``; ``parts`` still has it.
  public let isSeasonallyAdjusted: Bool

  /// D10: the season, with what regressors say of it.
  public let seasonal: [Double]
  /// D18: trading days, leap years and feasts; 1 (additive: 0) without such regressors.
  public let calendar: [Double]
  /// D16: season and calendar together.
  public let combined: [Double]
  /// D11: the series without season and calendar, in its unit.
  public let seasonallyAdjusted: [Double]
  /// D12: the trend with level shifts and ramps, in the unit of the series.
  public let trend: [Double]
  /// D13: the irregular with its outliers.
  public let irregular: [Double]
  /// The effects of regressors that belong to no part; 1 (additive: 0) without such regressors.
  public let other: [Double]
  /// What the regressors explain of the observed periods, by part.
  let effects: RegressionEffects
  /// The adjusted series with the yearly totals of the observed one; nil where that was not asked for.
  public internal(set) var forced: [Double]?
  /// The coming year.
  public let outlook: Outlook

  /// Factors and forecasts of the year after the series.
  public struct Outlook: Sendable, Equatable {
    /// The first period after the series.
    public let start: Period
    /// Season, as in ``AdjustedSeries/seasonal`` (D10A).
    public let seasonal: [Double]
    /// Calendar, as in ``AdjustedSeries/calendar`` (D18A).
    public let calendar: [Double]
    /// Season and calendar together (D16A).
    public let combined: [Double]
    /// The model's forecasts of the series (medians for a model of logarithms), in its unit.
    public let series: [Double]
  }
}

extension AdjustedSeries {
  /// Puts the effects back. `first` is the position of the first observation in effects and components.
  init(
    fitted: FittedARIMA, selection: RegARIMASelection?, completed: TimeSeries, parts: X11Decomposition,
    verdict: SeasonalityVerdict?, isSeasonallyAdjusted: Bool, effects: RegressionEffects, first: Int,
    forecasts: [Double]
  ) {
    let range = first..<(first + completed.count)
    func part(_ effect: [Double], _ range: Range<Int>) -> [Double] { Array(effect[range]) }
    self.fitted = fitted
    self.selection = selection
    self.completed = completed
    self.parts = parts
    self.verdict = verdict
    self.isSeasonallyAdjusted = isSeasonallyAdjusted
    self.effects = effects[range]
    let own = isSeasonallyAdjusted ? parts.components : parts.componentsWithoutSeason
    seasonal = effects.combined(own.seasonal, part(effects.seasonal, range))
    calendar = part(effects.calendar, range)
    trend = effects.combined(parts.trend, part(effects.trend, range))
    irregular = effects.combined(own.irregular, part(effects.irregular, range))
    other = part(effects.other, range)
    let kept = effects.combined(effects.combined(effects.trend, effects.irregular), effects.other)
    seasonallyAdjusted = effects.combined(own.adjusted, part(kept, range))
    // Where season and irregular add up (pseudo-additive), season times calendar is not what was taken out.
    combined =
      parts.specification.mode == .pseudoAdditive
      ? zip(completed.values, seasonallyAdjusted).map { $0 / $1 } : effects.combined(seasonal, calendar)

    let year = range.upperBound..<(range.upperBound + completed.seasonalPeriod)
    // Behind the forecasts that X-11 saw, its factors go on by half their last change.
    let known = parts.extended.seasonal[parts.observedRange.upperBound...] + parts.seasonalForecast
    let expected =
      isSeasonallyAdjusted ? Array(known.prefix(year.count)) : Array(own.seasonal.prefix(year.count))
    let coming = effects.combined(expected, part(effects.seasonal, year))
    let comingCalendar = part(effects.calendar, year)
    outlook = Outlook(
      start: completed.period(at: completed.count), seasonal: coming, calendar: comingCalendar,
      combined: effects.combined(coming, comingCalendar), series: forecasts)
  }

  /// M1 to M11, Q and the tests of X-13's tables F2 and F3; nil where a component does not vary.
  ///
  /// The calendar's effects, and those of outliers, are components beside those of X-11 in the shares of F2, and so count in
  /// M1 and M2.
  public func quality() -> X11Quality? {
    let prior = zip(zip(effects.trend, effects.irregular), other).map { pair, other in
      usesFactors ? pair.0 * pair.1 * other : pair.0 + pair.1 + other
    }
    return QualityCalculator(
      parts,
      effects: QualityCalculator.ModelEffects(
        calendar: extended(calendar), level: extended(effects.trend), prior: extended(prior),
        adjusted: extended(seasonallyAdjusted))
    ).quality()
  }

  /// Whether effects are factors.
  var usesFactors: Bool { fitted.model.transform == .log }

  /// Values of the observed periods over the extended series, without effect outside of these.
  private func extended(_ values: [Double]) -> [Double] {
    var result = [Double](repeating: usesFactors ? 1 : 0, count: parts.extended.series.count)
    result.replaceSubrange(parts.observedRange, with: values)
    return result
  }
}

extension X11Decomposition {
  /// Season, adjusted series and irregular as X-11 found them.
  var components: (seasonal: [Double], adjusted: [Double], irregular: [Double]) {
    (seasonal, seasonallyAdjusted, irregular)
  }

  /// The same where no season is taken out.
  var componentsWithoutSeason: (seasonal: [Double], adjusted: [Double], irregular: [Double]) {
    let usesFactors = specification.mode.givesFactors
    return (
      [Double](repeating: usesFactors ? 1 : 0, count: observed.count), observed.values,
      zip(observed.values, trend).map { usesFactors ? $0 / $1 : $0 - $1 }
    )
  }
}
