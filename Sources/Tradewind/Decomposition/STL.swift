import RealModule

/// Seasonal-trend decomposition by loess.
///
/// ```swift
/// let parts = try STL(seasonalWindow: .length(13), robust: true).decompose(imports)
/// let outliers = parts.weights.indices.filter { parts.weights[$0] < 0.1 }
/// ```
///
/// Trend and season are known at every period, with no loss at the ends. The season may change slowly
/// (``SeasonalWindow/length(_:)``) or repeat exactly (``SeasonalWindow/periodic``), and robust fitting keeps
/// single outliers out of both.
///
/// **Missing values** are left out of every local fit, as the authors propose (§1.1): a neighbourhood is made
/// of the nearest *observed* points. Trend and season are then known inside a gap as well, and the remainder
/// is NaN there. Every season must be observed at least once. Filling the gaps beforehand would instead let
/// invented values steer the fit and its robustness weights.
///
/// **Multiplicative** decomposition takes the series apart in logs and returns the exponentials.
///
/// A constant series is all trend; a pattern that repeats exactly is all trend level and season, with
/// `.periodic`.
///
/// The components equal those of `stats::stl` of R, whose defaults these are. Where a whole neighbourhood has
/// weight zero, and in the bandwidth of windows wider than the data, the authors' program is followed where
/// the paper is silent.
///
/// Reference: R. B. Cleveland, W. S. Cleveland, J. E. McRae and I. Terpenning (1990), "STL: A Seasonal-Trend
/// Decomposition Procedure Based on Loess", Journal of Official Statistics 6:3–73.
public struct STL: Sendable, Hashable {
  /// How far a season's values of other years take part in its smoothing.
  public enum SeasonalWindow: Sendable, Hashable {
    /// The same season every year: the mean of each season's values.
    case periodic
    /// A loess window of so many years: odd, 7 or more by the authors' advice. An even number counts as the
    /// next odd one, less than 3 as 3.
    case length(Int)
  }

  /// How the components combine; `.multiplicative` decomposes the logarithms.
  public var mode: DecompositionMode
  /// The seasonal window.
  public var seasonalWindow: SeasonalWindow
  /// 0 or 1: local mean or local line for each season over the years. `.periodic` uses 0 whatever is set.
  public var seasonalDegree: Int
  /// The trend's window in periods, odd; nil for the smallest odd number not below 1.5 p / (1 − 1.5 /
  /// seasonal window).
  public var trendWindow: Int?
  /// 0 or 1 for the trend.
  public var trendDegree: Int
  /// The low-pass filter's window in periods, odd; nil for the smallest odd number not below the seasonal
  /// period.
  public var lowPassWindow: Int?
  /// 0 or 1 for the low-pass filter; nil for the trend's degree.
  public var lowPassDegree: Int?
  /// Steps between the fitted positions; nil for a tenth of the window, rounded up.
  public var seasonalJump: Int?
  /// As ``seasonalJump``, for the trend.
  public var trendJump: Int?
  /// As ``seasonalJump``, for the low-pass filter.
  public var lowPassJump: Int?
  /// Whether outliers lose weight.
  public var robust: Bool
  /// Whether the scale of the remainders is their median, as the paper says, or what the authors' program and
  /// R compute.
  ///
  /// The program asks its partial sort for the two middle remainders in falling order where rising order is
  /// expected. When the number of observations is even, the sort may then leave one of them short of its
  /// place, and the scale is a little off the median. `false`, the default, does the same, so that robust
  /// components equal R's; with an odd number of observations there is no difference.
  public var exactMedian: Bool
  /// Passes over season and trend in each round; nil for 2, or 1 when robust.
  public var innerIterations: Int?
  /// Rounds of robustness weights; nil for 0, or 15 when robust.
  public var outerIterations: Int?

  /// A method with R's defaults wherever nothing is given. Degrees must be 0 or 1; windows, jumps and
  /// iterations below their least value count as that value.
  public init(
    seasonalWindow: SeasonalWindow = .periodic, robust: Bool = false, mode: DecompositionMode = .additive,
    seasonalDegree: Int = 0, trendWindow: Int? = nil, trendDegree: Int = 1, lowPassWindow: Int? = nil,
    lowPassDegree: Int? = nil, seasonalJump: Int? = nil, trendJump: Int? = nil, lowPassJump: Int? = nil,
    innerIterations: Int? = nil, outerIterations: Int? = nil, exactMedian: Bool = false
  ) {
    for degree in [seasonalDegree, trendDegree, lowPassDegree ?? 0] {
      precondition(degree == 0 || degree == 1, "a loess degree of STL is 0 or 1")
    }
    self.mode = mode
    self.seasonalWindow = seasonalWindow
    self.seasonalDegree = seasonalDegree
    self.trendWindow = trendWindow
    self.trendDegree = trendDegree
    self.lowPassWindow = lowPassWindow
    self.lowPassDegree = lowPassDegree
    self.seasonalJump = seasonalJump
    self.trendJump = trendJump
    self.lowPassJump = lowPassJump
    self.robust = robust
    self.exactMedian = exactMedian
    self.innerIterations = innerIterations
    self.outerIterations = outerIterations
  }

  /// Takes a series apart.
  ///
  /// - Throws: ``DecompositionError`` when the series has no season, no observation, fewer than two seasons'
  ///   periods, an infinite value, or a season that is never observed; when a value is not above zero in
  ///   multiplicative mode.
  public func decompose(_ series: TimeSeries) throws(DecompositionError) -> SeasonalDecomposition {
    try DecompositionError.check(series, mode: mode)
    let period = series.seasonalPeriod
    for season in 0..<period {
      let observed = stride(from: season, to: series.count, by: period).contains { !series.values[$0].isNaN }
      guard observed else {
        throw .seasonNeverObserved(season: series.season(at: season), seasonalPeriod: period)
      }
    }
    let multiplicative = mode == .multiplicative
    let values = multiplicative ? series.values.map { Double.log($0) } : series.values
    var kernel = makeKernel(values, period: period)
    kernel.run(
      inner: max(innerIterations ?? (robust ? 1 : 2), 1), outer: max(outerIterations ?? (robust ? 15 : 0), 0),
      exactMedian: exactMedian)

    let trend = kernel.trend
    let seasonal = seasonalWindow == .periodic ? Self.periodicMeans(kernel.seasonal, period) : kernel.seasonal
    var weights = [Double](repeating: .nan, count: series.count)
    for (weight, i) in zip(kernel.weights, values.indices.filter { !values[$0].isNaN }) {
      weights[i] = weight
    }
    return SeasonalDecomposition(
      observed: series, mode: mode, trend: multiplicative ? trend.map { Double.exp($0) } : trend,
      seasonal: multiplicative ? seasonal.map { Double.exp($0) } : seasonal, weights: weights)
  }

  /// The three smoothers with the defaults of the paper, §3.5, as R has them.
  private func makeKernel(_ values: [Double], period: Int) -> STLKernel {
    let window: Int
    let degree: Int
    switch seasonalWindow {
    case .periodic: (window, degree) = (10 * values.count + 1, 0)
    case .length(let length): (window, degree) = (max(length, 3), seasonalDegree)
    }
    let trendDefault = Int((1.5 * Double(period) / (1 - 1.5 / Double(window))).rounded(.up))
    let trendLength = trendWindow ?? Loess.odd(trendDefault)
    let lowPassLength = lowPassWindow ?? Loess.odd(period)
    return STLKernel(
      values, period: period,
      seasonalSmoother: Loess(window: window, degree: degree, jump: seasonalJump ?? Self.tenth(of: window)),
      trendSmoother: Loess(
        window: trendLength, degree: trendDegree, jump: trendJump ?? Self.tenth(of: trendLength)),
      lowPassSmoother: Loess(
        window: lowPassLength, degree: lowPassDegree ?? trendDegree,
        jump: lowPassJump ?? Self.tenth(of: lowPassLength)))
  }

  private static func tenth(of window: Int) -> Int { (max(window, 1) - 1) / 10 + 1 }

  /// Each season's mean over the years: what is left of the end effects of a very wide window is taken out.
  private static func periodicMeans(_ seasonal: [Double], _ period: Int) -> [Double] {
    let means = (0..<period).map { season in
      let years = stride(from: season, to: seasonal.count, by: period)
      return years.reduce(0) { $0 + seasonal[$1] } / Double((seasonal.count - season + period - 1) / period)
    }
    return seasonal.indices.map { means[$0 % period] }
  }
}
