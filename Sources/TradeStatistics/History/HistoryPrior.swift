import RealModule
import TradewindNumerics

/// What is believed of a monthly trade series before any of its figures is known.
///
/// The log level of month t is z(t) = μ(t) + s(t) + u(t):
///
/// - μ, the level: a random walk with a constant drift, cov(μₜ, μₜ′) = ``origin``² + ``level``² min(t, t′) +
///   ``drift``² (t − t̄)(t′ − t̄);
/// - s, the seasonal pattern: it sums to zero over the twelve months of a year and changes slowly,
///   cov(sₜ, sₜ′) = ``seasonal``² · 12/11 · (1[same calendar month] − 1/12) · exp(−|t − t′| / ``seasonalMemory``);
/// - u, the irregular: independent, with standard deviation ``irregular``.
///
/// All scales are in logarithms, so 0.1 is about 10 %. The covariance form of the structural model of Harvey (1989,
/// *Forecasting, Structural Time Series Models and the Kalman Filter*, §2.3), with a decaying seasonal kernel as in
/// Rasmussen & Williams (2006, *Gaussian Processes for Machine Learning*, §5.4.3).
public struct HistoryPrior: Sendable, Hashable, Codable {
  /// Standard deviation of the level's change from month to month.
  public var level: Double
  /// Standard deviation of the seasonal pattern.
  public var seasonal: Double
  /// Standard deviation of the irregular.
  public var irregular: Double
  /// Months after which the seasonal pattern's correlation with its former self has fallen to 1/e.
  public var seasonalMemory: Double
  /// Standard deviation of the constant monthly drift: 0.012 allows growth or decline of up to about 30 % a year.
  public var drift = 0.012
  /// Standard deviation of the level in the first month, about the mean of the published levels.
  public var origin = 1.0

  public init(level: Double, seasonal: Double, irregular: Double, seasonalMemory: Double) {
    self.level = level
    self.seasonal = seasonal
    self.irregular = irregular
    self.seasonalMemory = seasonalMemory
  }

  /// The centre of the weak log-normal prior on the scales.
  ///
  /// Level, seasonal pattern and memory are near the geometric means over fourteen twelve-year windows of complete trade
  /// series (China's exports and imports, United States' imports from China): 0.034, 0.11 and 550 months. The
  /// irregular of those totals is 0.026 once the calendar is accounted for; one commodity is lumpier than a country's
  /// whole trade, so 0.1 is taken and the prior left wide.
  public static let typical = HistoryPrior(level: 0.033, seasonal: 0.11, irregular: 0.1, seasonalMemory: 500)

  /// Nearly nothing is ruled out: months may differ several-fold. Under this prior only facts that no history can
  /// satisfy together look contradictory, and a real jump of a series does not.
  static let permissive: HistoryPrior = {
    var prior = HistoryPrior(level: 0.3, seasonal: 0.3, irregular: 0.7, seasonalMemory: 300)
    prior.drift = 0.03
    prior.origin = 3
    return prior
  }()

  /// The logarithms of the four scales: level, seasonal, irregular, memory.
  var logarithms: [Double] {
    [.log(level), .log(seasonal), .log(irregular), .log(seasonalMemory)]
  }

  /// The prior whose scales have these logarithms; a memory that is left out stays as it is.
  func with(logarithms p: [Double]) -> HistoryPrior {
    var prior = self
    prior.level = .exp(p[0])
    prior.seasonal = .exp(p[1])
    prior.irregular = .exp(p[2])
    if p.count > 3 { prior.seasonalMemory = .exp(p[3]) }
    return prior
  }
}

/// What is believed of the scales themselves: independent log-normal laws.
struct ScalePrior {
  /// The medians.
  var centre: HistoryPrior
  /// Standard deviations of the logarithms of level, seasonal, irregular and memory.
  var logSpread: [Double]

  /// For the levels of a series.
  static let levels = ScalePrior(centre: .typical, logSpread: [0.6, 0.6, 0.7, 0.8])

  /// Four of those deviations either side, within which the scales are searched.
  func logBounds(count: Int) -> [ClosedRange<Double>] {
    zip(centre.logarithms, logSpread).prefix(count).map { $0 - 4 * $1...$0 + 4 * $1 }
  }

  /// Log density, up to a constant.
  func logDensity(logarithms p: [Double]) -> Double {
    let centre = centre.logarithms
    return p.indices.reduce(0) { sum, i in
      let deviation = (p[i] - centre[i]) / logSpread[i]
      return sum - 0.5 * deviation * deviation
    }
  }
}
