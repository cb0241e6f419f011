/// How good an adjustment is: the figures of X-13's tables F2 and F3.
///
/// ```swift
/// let parts = try X11().decompose(imports)
/// if let quality = parts.quality() {
///   quality.q                    // 0.27: below 1 is acceptable
///   quality[.m7]                 // 0.198: the season is stable compared with its movements
///   quality.identifiable         // .present
/// }
/// ```
///
/// Reference: J. Lothian and M. Morry (1978), "A Set of Quality Control Statistics for the X-11-ARIMA Seasonal
/// Adjustment Method", Statistics Canada; Ladiray and Quenneville (2001), part F.
public struct X11Quality: Sendable {
  /// The eleven measures. Each lies in 0…3; below 1 is acceptable.
  public enum Measure: Int, Sendable, Hashable, CaseIterable {
    /// Share of the irregular in the changes over three months, prior effects left out.
    case m1 = 1
    /// Share of the irregular in the variance of the series without its trend's line and without prior effects. Large level
    /// shifts make it meaningless: see ``X11Quality/qWithoutM2``.
    case m2
    /// Irregular against trend: I/C.
    case m3
    /// Autocorrelation of the irregular: its average duration of run.
    case m4
    /// Months for cyclical dominance.
    case m5
    /// Irregular against season from year to year: distance of I/S from 4, where a 3 × 5 filter is best.
    case m6
    /// Moving against stable seasonality.
    case m7
    /// Size of the season's changes from year to year.
    case m8
    /// The season's linear movement over all years.
    case m9
    /// As ``m8``, in recent years.
    case m10
    /// As ``m9``, in recent years.
    case m11

    /// The name in capitals, such as `M7`.
    public var name: String { "M\(rawValue)" }

    /// The weight in Q.
    var weight: Double { [10, 11, 10, 8, 11, 10, 18, 7, 7, 4, 4][rawValue - 1] }
  }

  /// The measures by number. M8 to M11 are left out in less than six years and with a stable filter.
  public internal(set) var measures: [Measure: Double] = [:]
  /// The weighted mean of the measures; below 1 is acceptable. M6 counts only where all filters are 3 × 5; M7, M1
  /// and M2 stand in where M8 to M11 are left out.
  public internal(set) var q = 0.0
  /// ``q`` without M2, which suffers where the trend is not a straight line.
  public internal(set) var qWithoutM2 = 0.0
  /// How many measures are 1 or more.
  public var failures: Int { measures.values.count { $0 >= 1 } }

  /// Mean absolute changes over 1, 2, … periods, up to a year, in per cent or in the unit of the series (F2.A).
  public internal(set) var changes = Changes()
  /// Shares of the components in the changes over 1, 2, … periods, 0…1 (F2.B).
  public internal(set) var contributions: [Contribution] = []
  /// Ī/C̄ over 1, 2, … periods (F2.E).
  public internal(set) var noiseToTrend: [Double] = []
  /// The shortest span, in periods up to a year, over which the trend moves more than the irregular (MCD, QCD).
  public internal(set) var cyclicalDominance = 0
  /// Mean number of periods before the direction changes (F2.D).
  public internal(set) var durations = Durations()
  /// Shares of the components in the variance of the series without extremes and without the trend's line, 0…1
  /// (F2.F). They do not add up to one: the components are not orthogonal.
  public internal(set) var variances = Contribution()
  /// Autocorrelations of the irregular for spans of 1 to a year and two periods (F2.G).
  public internal(set) var irregularAutocorrelations: [Double] = []

  /// Stable seasonality in table B3, before extremes are known.
  public internal(set) var presence: FTest?
  /// Stable seasonality in table D8.
  public internal(set) var stable: FTest
  /// Kruskal and Wallis' test of table D8.
  public internal(set) var kruskalWallis: ChiSquareTest
  /// Moving seasonality in table D8.
  public internal(set) var moving: FTest
  /// The combined test.
  public internal(set) var identifiable: IdentifiableSeasonality
  /// Seasonality left in the adjusted series (D11, with what a model puts back).
  public internal(set) var residual: FTest?
  /// Seasonality left in its last three years.
  public internal(set) var residualLastYears: FTest?

  /// A measure; nil where it is left out.
  public subscript(measure: Measure) -> Double? { measures[measure] }

  /// Mean absolute changes, one entry a span.
  ///
  /// Trend, irregular and adjusted series are those that X-11 found, without the outliers of a model; the observed series
  /// is that with the calendar's effects and without the outliers.
  public struct Changes: Sendable, Equatable {
    public internal(set) var observed: [Double] = []
    public internal(set) var adjusted: [Double] = []
    public internal(set) var irregular: [Double] = []
    public internal(set) var trend: [Double] = []
    public internal(set) var seasonal: [Double] = []
    /// Outliers and other effects that a model put into trend, irregular or no part at all; 0 without a model.
    public internal(set) var prior: [Double] = []
    /// Trading days and feasts; 0 without a model.
    public internal(set) var calendar: [Double] = []
    /// The series without its extremes (E1).
    public internal(set) var observedModified: [Double] = []
    /// The adjusted series without extremes (E2).
    public internal(set) var adjustedModified: [Double] = []
    /// The irregular without extremes (E3).
    public internal(set) var irregularModified: [Double] = []
  }

  /// Shares of the components in a whole.
  ///
  /// As in X-13, the effects of a model's regressors are components of their own: trend and irregular are those that X-11
  /// found, without level shifts and outliers.
  public struct Contribution: Sendable, Equatable {
    public internal(set) var irregular = 0.0
    public internal(set) var trend = 0.0
    public internal(set) var seasonal = 0.0
    /// Outliers and other effects that a model put into trend, irregular or no part at all (X-13's P).
    public internal(set) var prior = 0.0
    /// Trading days and feasts (TD&H).
    public internal(set) var calendar = 0.0
    /// The sum of the components over what they are compared with.
    public internal(set) var total = 0.0
  }

  /// Average durations of run.
  public struct Durations: Sendable, Equatable {
    public internal(set) var adjusted = 0.0
    public internal(set) var irregular = 0.0
    public internal(set) var trend = 0.0
    /// Of the adjusted series averaged over ``X11Quality/cyclicalDominance`` periods, six at most (F1).
    public internal(set) var averaged = 0.0
  }
}
