/// Seasonal adjustment by X-11: what is wanted of it.
///
/// ```swift
/// let parts = try X11().decompose(imports)       // multiplicative, filters chosen by the data
/// parts.seasonallyAdjusted                       // table D11
/// parts.choices.seasonalFilters[0]               // .s3x3
/// ```
///
/// Without a model the ends of the series are met by the asymmetric ends of the filters. Values forecast and
/// backcast by a model make them more stable; ``decompose(_:backcasts:forecasts:tables:)`` takes them.
///
/// | option | X-13 (`x11{…}`) | JDemetra+ | default |
/// | --- | --- | --- | --- |
/// | ``mode`` | `mode` | `mode` | multiplicative |
/// | ``seasonalFilters`` | `seasonalma` | `seasonal filters` | automatic (X-13 `msr`) |
/// | ``trendFilter`` | `trendma` | `Henderson filter` | automatic |
/// | ``lowerSigma``, ``upperSigma`` | `sigmalim` | `lower sigma`, `upper sigma` | 1.5 and 2.5 |
/// | ``calendarSigma`` | `calendarsigma`, `sigmavec` | `calendar sigma` | five moving years |
/// | ``excludesExtension`` | `excludefcst` | `exclude forecasts` | no |
/// | ``keepsSevenTermEnds`` | `true7term` | always | no |
///
/// A constant series is all trend. Series need three years of months or quarters without a gap: see ``X11Error``.
///
/// Reference: D. Ladiray and B. Quenneville (2001), Seasonal Adjustment with the X-11 Method, Lecture Notes in
/// Statistics 158, Springer, DOI 10.1007/978-1-4613-0175-2, whose step names are the tables' names
/// (``X11Table``).
public struct X11: Sendable, Hashable {
  /// The length of the final Henderson trend filter.
  public enum TrendFilter: Sendable, Hashable {
    /// By the ratio of irregular to trend movement (I/C): 9 terms below 1, 13 below 3.5, else 23; quarterly 5
    /// below 3.5, else 7. In part B, 9 or 13 (quarterly 5).
    case automatic
    /// So many terms: odd, 3 or more.
    case terms(Int)
  }

  /// How the components combine.
  public var mode: X11Mode
  /// One filter for all seasons, or one for each (January or the first quarter first).
  public var seasonalFilters: [X11SeasonalFilter]
  /// The trend filter.
  public var trendFilter: TrendFilter
  /// Irregular values nearer than so many standard deviations count fully.
  public var lowerSigma: Double
  /// Irregular values farther than so many standard deviations do not count at all.
  public var upperSigma: Double
  /// Which standard deviation.
  public var calendarSigma: X11CalendarSigma
  /// Whether forecasts and backcasts stay out of these standard deviations.
  public var excludesExtension: Bool
  /// Whether the ends of a 7-term trend have weights of their own. X-11 instead shortens the filter to 5 terms
  /// there; JDemetra+ does not.
  public var keepsSevenTermEnds: Bool

  /// An adjustment with X-13's defaults wherever nothing is given.
  ///
  /// - Precondition: 0 < `lowerSigma` < `upperSigma`; the trend filter is odd and 3 or more.
  public init(
    mode: X11Mode = .multiplicative, seasonalFilter: X11SeasonalFilter = .automatic,
    trendFilter: TrendFilter = .automatic, lowerSigma: Double = 1.5, upperSigma: Double = 2.5,
    calendarSigma: X11CalendarSigma = .movingFiveYears, excludesExtension: Bool = false,
    keepsSevenTermEnds: Bool = false
  ) {
    precondition(0 < lowerSigma && lowerSigma < upperSigma, "sigma limits are positive, the lower one first")
    if case .terms(let length) = trendFilter {
      precondition(length >= 3 && length % 2 == 1, "a Henderson filter has an odd number of terms, 3 or more")
    }
    self.mode = mode
    seasonalFilters = [seasonalFilter]
    self.trendFilter = trendFilter
    self.lowerSigma = lowerSigma
    self.upperSigma = upperSigma
    self.calendarSigma = calendarSigma
    self.excludesExtension = excludesExtension
    self.keepsSevenTermEnds = keepsSevenTermEnds
  }

  /// Takes a series apart.
  ///
  /// - Parameters:
  ///   - series: Months or quarters, three years or more, without a gap.
  ///   - backcasts: Values before the first period, in order of time; there may be none.
  ///   - forecasts: Values after the last period; there may be none.
  ///   - tables: The tables to keep beside the components.
  /// - Throws: ``X11Error``.
  public func decompose(
    _ series: TimeSeries, backcasts: [Double] = [], forecasts: [Double] = [], tables: Set<X11Table> = []
  ) throws(X11Error) -> X11Decomposition {
    var engine = X11Engine()
    return try engine.decompose(series, by: self, backcasts: backcasts, forecasts: forecasts, tables: tables)
  }

  /// The filter of a season (from 0).
  func filter(of season: Int) -> X11SeasonalFilter {
    seasonalFilters.count == 1 ? seasonalFilters[0] : seasonalFilters[season]
  }
}
