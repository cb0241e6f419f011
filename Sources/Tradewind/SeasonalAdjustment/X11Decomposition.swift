/// A series adjusted by X-11: its components, one value of each per period, and how they were found.
///
/// ``seasonal``, ``seasonallyAdjusted``, ``trend`` and ``irregular`` are tables D10 to D13. They combine to what was
/// observed as ``X11Mode`` says, to within rounding.
public struct X11Decomposition: Sendable {
  /// The series as it was given.
  public let observed: TimeSeries
  /// How it was adjusted.
  public let specification: X11
  /// Components over the series and its extension.
  public let extended: Components
  /// The positions of the observations in ``extended``.
  public let observedRange: Range<Int>
  /// Seasonal factors of the year after the extended series.
  public let seasonalForecast: [Double]
  /// Filters and lengths, and what they were chosen by.
  public let choices: X11Choices
  /// The tables that were asked for, over the observed periods.
  public let tables: [X11Table: [Double]]

  /// Components and what lies behind them, one value a period.
  public struct Components: Sendable, Equatable {
    /// The series with its extension, in its unit.
    public let series: [Double]
    /// D10: factors about 1, or differences in the unit of the series.
    public let seasonal: [Double]
    /// D11, in the unit of the series.
    public let seasonallyAdjusted: [Double]
    /// D12, in the unit of the series.
    public let trend: [Double]
    /// D13: factors about 1, or differences.
    public let irregular: [Double]
    /// C17: 1 where a value counted fully, 0 where it did not count.
    public let weights: [Double]
    /// D8: seasonal-irregular values, extreme ones included; logs in a log-additive adjustment.
    public let seasonalIrregular: [Double]
    /// D9: what replaces extreme values of D8; NaN elsewhere.
    public let replacements: [Double]
  }

  /// D10: the season. Factors about 1, or differences in the unit of the series.
  public var seasonal: [Double] { Array(extended.seasonal[observedRange]) }
  /// D11: the series without its season, in its unit.
  public var seasonallyAdjusted: [Double] { Array(extended.seasonallyAdjusted[observedRange]) }
  /// D12: the trend-cycle, in the unit of the series.
  public var trend: [Double] { Array(extended.trend[observedRange]) }
  /// D13: what trend and season leave over. Factors about 1, or differences.
  public var irregular: [Double] { Array(extended.irregular[observedRange]) }
  /// C17: weights of the irregular, 0…1.
  public var weights: [Double] { Array(extended.weights[observedRange]) }
}

extension X11Engine {
  func result(of series: TimeSeries) -> X11Decomposition {
    X11Decomposition(
      observed: series, specification: x11,
      extended: X11Decomposition.Components(
        series: self.series, seasonal: seasonal, seasonallyAdjusted: adjusted, trend: trend,
        irregular: irregular, weights: weights, seasonalIrregular: unmodified, replacements: replacements),
      observedRange: observed, seasonalForecast: seasonalNext, choices: choices, tables: tables)
  }
}
