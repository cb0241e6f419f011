import TradewindNumerics

/// How far what came lay from a model's medians, in half-widths of the model's own intervals: for each step the scores of the past, from
/// which intervals are made that hold their level whatever the law of the errors.
///
/// With n scores of a step that are exchangeable with the one to come, the interval that reaches to the k-th smallest covers what
/// comes with a probability of k / (n + 1) at least, and below (k + 1) / (n + 1) if scores are never equal. Between two k the reach is
/// interpolated, so that a level p is held to within 1 / (n + 1) from below: exactly if p (n + 1) is a whole number. Beyond n / (n + 1)
/// the data say nothing; the reach then grows as a normal law's would. Errors of a time series are exchangeable only nearly, and those of
/// several steps overlap: the guarantee is then an approximation, which ``adapted(rate:)`` follows over time.
///
/// Reference: J. Lei, M. G'Sell, A. Rinaldo, R. J. Tibshirani and L. Wasserman (2018), Distribution-free predictive inference for
/// regression, *Journal of the American Statistical Association* 113, 1094–1111, doi:10.1080/01621459.2017.1307116.
public struct ConformalScores: Sendable, Equatable {
  /// For each step the scores, in the order of the origins; scores that are not known are left out.
  public let byStep: [[Double]]
  /// Periods between origins.
  let spacing: Int
  /// Each step's scores in rising order.
  private let sorted: [[Double]]
  /// For each step, which level to take so that a level of ``grid`` is held; the same level if nothing adapts.
  private let adjusted: [[Double]]?

  /// The levels that adaptation watches.
  static let grid = [0.5, 0.8, 0.9, 0.95, 0.98]

  /// The level of the intervals whose half-width is the scores' unit.
  static let unitLevel = 0.8

  init(byStep: [[Double]], spacing: Int, adjusted: [[Double]]? = nil) {
    self.byStep = byStep
    self.spacing = spacing
    self.adjusted = adjusted
    sorted = byStep.map { $0.sorted() }
  }

  /// The scores of a backtest's first model for one series; those of steps whose interval has no width are left out.
  ///
  /// - Parameters:
  ///   - result: A backtest of medians with intervals of 80 %.
  ///   - series: The series' place in the result.
  init(_ result: BacktestResult, series: Int = 0) {
    let levels = result.backtest.levels
    let level = levels.firstIndex(of: Self.unitLevel) ?? 0
    let origins = result.origins.indices.filter { result.origins[$0].series == series }
    self.init(
      byStep: result.singleSteps.map { step in
        origins.compactMap { origin in
          let place = result.index(origin: origin, model: 0, target: step)
          let (lower, upper) = (
            result.lower[place * levels.count + level], result.upper[place * levels.count + level]
          )
          let score =
            abs(result.actuals[origin * result.targets.count + step] - result.forecasts[place])
            / (0.5 * (upper - lower))
          return score.isFinite ? score : nil
        }
      }, spacing: result.backtest.step)
  }

  /// The fewest scores of any step.
  public var fewest: Int { byStep.map(\.count).min() ?? 0 }

  /// How far the interval of a level reaches to either side, in half-widths of the model's 80 % interval.
  ///
  /// - Parameters:
  ///   - level: In 0…1; infinite for 1.
  ///   - step: From 0; steps beyond the last scored one take that one's.
  public func reach(_ level: Double, step: Int) -> Double {
    let step = min(step, sorted.count - 1)
    guard step >= 0 else { return .nan }
    return Self.reach(adjustedLevel(level, step: step), sorted[step])
  }

  /// The quantile of scores in rising order with the finite-sample correction; NaN for none.
  static func reach(_ level: Double, _ sorted: [Double]) -> Double {
    guard let last = sorted.last else { return .nan }
    guard level < 1 else { return .infinity }
    let place = max(level, 0) * Double(sorted.count + 1)
    let below = Int(place)
    if below >= sorted.count {
      let held = Double(sorted.count) / Double(sorted.count + 1)
      return last * normalReach(level) / normalReach(held)
    }
    let lower = below == 0 ? 0 : sorted[below - 1]
    return lower + (place - Double(below)) * (sorted[below] - lower)
  }

  private static func normalReach(_ level: Double) -> Double {
    NormalDistribution.standard.quantile(upperTail: (1 - level) / 2)
  }

  private func adjustedLevel(_ level: Double, step: Int) -> Double {
    guard let levels = adjusted?[step], level < 1 else { return level }
    let (from, to) = ([0] + Self.grid + [1], [0] + levels + [1])
    var i = 1
    while i + 1 < from.count, level > from[i] { i += 1 }
    return to[i - 1] + (level - from[i - 1]) / (from[i] - from[i - 1]) * (to[i] - to[i - 1])
  }

  /// The scores with levels that follow how often intervals held of late: each time an interval of level 1 − α missed, the next
  /// one is made for a smaller α, and the other way round: α + rate (α₀ − 1{missed}).
  ///
  /// Over a long time intervals then hold their level whatever the errors do, to within about 1 / (rate · origins).
  ///
  /// Reference: I. Gibbs and E. Candès (2021), Adaptive conformal inference under distribution shift, *Advances in Neural
  /// Information Processing Systems* 34, 1660–1672.
  ///
  /// - Parameter rate: How fast the level moves, above 0; the authors take 0.005 for thousands of periods.
  public func adapted(rate: Double) -> ConformalScores {
    precondition(rate > 0, "A rate is above zero.")
    let levels = byStep.indices.map { step in
      var held = Self.grid.map { Self.adaptedLevel($0, byStep[step], delay: step / spacing + 1, rate: rate) }
      for i in held.indices.dropFirst() { held[i] = max(held[i], held[i - 1]) }
      return held
    }
    return ConformalScores(byStep: byStep, spacing: spacing, adjusted: levels)
  }

  /// The level that adaptation ends with. At an origin the scores of `delay` origins before are known.
  private static func adaptedLevel(_ level: Double, _ scores: [Double], delay: Int, rate: Double) -> Double {
    var alpha = 1 - level
    var known: [Double] = []
    for (t, score) in scores.enumerated() {
      if t >= delay {
        let new = scores[t - delay]
        known.insert(new, at: known.firstIndex { $0 > new } ?? known.count)
      }
      guard known.count >= fewestToAdapt else { continue }
      let reach = alpha <= 0 ? .infinity : alpha >= 1 ? 0 : reach(1 - alpha, known)
      alpha += rate * (1 - level - (score > reach ? 1 : 0))
    }
    return min(max(1 - alpha, 0), 0.999)
  }

  /// Before so many scores are known, nothing adapts.
  private static let fewestToAdapt = 8
}
