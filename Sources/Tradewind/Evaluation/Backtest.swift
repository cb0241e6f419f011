/// How forecasts are tried on the past: from one origin after another, each with nothing but what was known by then.
///
/// ```swift
/// let backtest = Backtest(horizon: 6, origins: 40)
/// let result = try await backtest.run(on: partners, with: [ETS(), SeasonalNaive()])
/// print(result.value(of: .mase, model: 0), result.value(of: .mase, model: 1))
/// ```
///
/// An origin is the number of periods known. The last one leaves exactly ``horizon`` periods to compare with, the others
/// lie ``step`` periods apart before it, back to ``minimumLength`` periods. A series too short for one origin has none, and
/// takes no part. The model gets a series cut off at the origin, so that it cannot look ahead.
///
/// Reference: L. J. Tashman (2000), Out-of-sample tests of forecasting accuracy, *International Journal of Forecasting* 16,
/// 437–450, doi:10.1016/S0169-2070(00)00065-0.
public struct Backtest: Sendable, Hashable {
  /// What of the past a model is fitted to.
  public enum Window: Sendable, Hashable {
    /// All periods up to the origin.
    case expanding
    /// The last so many periods before the origin, at least 1.
    case sliding(Int)
  }

  /// Which point of a forecast is compared with what came.
  public enum Point: Sendable, Hashable {
    /// The mean, which is best for squared errors.
    case mean
    /// The median, which is best for absolute errors. It differs where a law is skew.
    case median
  }

  /// How many periods ahead each origin forecasts, at least 1.
  public var horizon: Int
  /// How many origins a series has at the most, at least 1; nil for all that it allows.
  public var origins: Int?
  /// Periods between origins, at least 1.
  public var step: Int
  /// What of the past a model is fitted to.
  public var window: Window
  /// At every so many origins the model is fitted anew, at least 1; at those between, it takes in the new periods by
  /// ``FittedModel/updated(with:)``, and is fitted anew only if it cannot.
  public var refit: Int
  /// The fewest periods known at an origin, at least 1; nil for two seasons and one period, or a sliding window's length if that is more.
  public var minimumLength: Int?
  /// Probabilities of the intervals, each in 0…1; none for points only, which is fastest.
  public var levels: [Double]
  /// Totals of steps (from 0) that are compared as well, from the joint law: `[0..<3]` for the coming quarter.
  public var totals: [Range<Int>]
  /// Which point is compared.
  public var point: Point
  /// How many paths are drawn where a law has no closed form, at least 1.
  public var paths: Int
  /// With how many draws the energy score is computed; 0 leaves it out.
  public var energyDraws: Int
  /// The seed of what is drawn, the same at every origin.
  public var seed: UInt64

  /// - Precondition: Counts are at least 1 (`energyDraws` 0 or at least 2), levels lie in 0…1, and totals within the horizon; so too where properties
  ///   are set later, when a series is tried.
  public init(
    horizon: Int, origins: Int? = nil, step: Int = 1, window: Window = .expanding, refit: Int = 1,
    minimumLength: Int? = nil, levels: [Double] = [0.8, 0.95], totals: [Range<Int>] = [],
    point: Point = .mean,
    paths: Int = 1000, energyDraws: Int = 0, seed: UInt64 = 1
  ) {
    (self.horizon, self.origins, self.step, self.window) = (horizon, origins, step, window)
    (self.refit, self.minimumLength, self.levels, self.totals) = (refit, minimumLength, levels, totals)
    (self.point, self.paths, self.energyDraws, self.seed) = (point, paths, energyDraws, seed)
    requireRanges()
  }

  /// What the properties' ranges are, said where one was set to something else.
  func requireRanges() {
    precondition(horizon >= 1, "A horizon is at least one period, not \(horizon).")
    precondition(origins ?? 1 >= 1 && step >= 1 && refit >= 1, "Origins, step and refit are at least 1.")
    precondition(minimumLength ?? 1 >= 1, "At least one period is known at an origin.")
    precondition(paths >= 1, "At least one path is drawn where a law has no closed form.")
    precondition(levels.allSatisfy { (0...1).contains($0) }, "A level is a probability from 0 to 1.")
    precondition(energyDraws == 0 || energyDraws >= 2, "The energy score needs two draws.")
    if case .sliding(let length) = window { precondition(length >= 1, "A window has at least one period.") }
    precondition(
      totals.allSatisfy { !$0.isEmpty && $0.lowerBound >= 0 && $0.upperBound <= horizon },
      "Totals lie within the horizon.")
  }

  /// How many periods are known at each origin of a series, in rising order; none if it is too short.
  public func originLengths(in series: TimeSeries) -> [Int] {
    requireRanges()
    let lengths = stride(from: series.count - horizon, through: fewestPeriods(in: series), by: -step)
    return (origins.map { Array(lengths.prefix($0)) } ?? Array(lengths)).reversed()
  }

  /// How many periods of a series are known at its first origin, at the least.
  public func fewestPeriods(in series: TimeSeries) -> Int {
    if let minimumLength { return minimumLength }
    let seasons = 2 * series.seasonalPeriod + 1
    if case .sliding(let length) = window { return max(seasons, length) }
    return seasons
  }

  /// The series a model is fitted to at an origin.
  func training(_ series: TimeSeries, length: Int) -> TimeSeries {
    let known = series.prefix(length)
    if case .sliding(let window) = window { return known.suffix(window) }
    return known
  }

  /// What is asked of a model at each origin.
  var request: ForecastRequest { ForecastRequest(horizon: horizon, levels: levels, paths: paths, seed: seed) }

  /// What is compared: the steps, then the totals.
  public var targets: [Range<Int>] { (0..<horizon).map { $0..<$0 + 1 } + totals }
}
