/// What a backtest found: every forecast with what came, in flat arrays.
///
/// A *cell* is one target (a step, or a total of steps) at one origin. The arrays go by origin, then by model, then by target, then
/// by level: the forecast of model `k` at origin `o` for target `t` stands at `(o * models.count + k) * targets.count + t`.
public struct BacktestResult: Sendable {
  /// One origin of one series.
  public struct Origin: Sendable, Equatable {
    /// The series' place in the panel.
    public let series: Int
    /// How many of its periods were known.
    public let length: Int
    /// The last of them.
    public let period: Period
  }

  /// A model that could not be fitted at an origin.
  public struct Failure: Sendable, Equatable {
    /// The place in ``BacktestResult/origins``.
    public let origin: Int
    /// The place in ``BacktestResult/models``.
    public let model: Int
    public let error: ForecastError
  }

  /// How it was done.
  public let backtest: Backtest
  /// The series' names.
  public let series: [String]
  /// The models' names.
  public let models: [String]
  /// The origins of all series, in the order of the series and in time.
  public let origins: [Origin]
  /// The steps (from 0) of each target: single steps first, then totals.
  public let targets: [Range<Int>]
  /// The points; NaN where the model could not be fitted.
  public let forecasts: [Double]
  /// The intervals' lower ends, for each forecast all levels.
  public let lower: [Double]
  /// The intervals' upper ends, for each forecast all levels.
  public let upper: [Double]
  /// The continuous ranked probability score of each forecast; NaN where there is no law, or nothing came.
  public let crps: [Double]
  /// The probability integral transform of each forecast: the probability it gave to values up to what came.
  public let pit: [Double]
  /// The energy score of all steps of a forecast together, at `origin * models.count + model`.
  public let energy: [Double]
  /// What came, at `origin * targets.count + target`; NaN where it is missing.
  public let actuals: [Double]
  /// The mean absolute seasonal difference of what was known, in the same places as ``actuals``: the unit of scaled errors. For a
  /// total of L steps it is that of the sums over L periods. NaN where no difference is known.
  public let scales: [Double]
  /// The mean squared seasonal difference, likewise.
  public let squaredScales: [Double]
  /// Whether a cell is compared: something came, and every model had a forecast of it. In the same places as ``actuals``.
  public let isCompared: [Bool]
  /// Models that could not be fitted, in the order of the origins.
  public let failures: [Failure]

  /// The place of a forecast in ``forecasts``, ``crps`` and ``pit``.
  public func index(origin: Int, model: Int, target: Int) -> Int {
    (origin * models.count + model) * targets.count + target
  }

  /// The series that had no origin, as places in ``series``: they are too short.
  public var seriesWithoutOrigin: [Int] {
    var has = [Bool](repeating: false, count: series.count)
    for origin in origins { has[origin.series] = true }
    return has.indices.filter { !has[$0] }
  }

  /// Collects what the pieces of work gave.
  init(_ plan: BacktestPlan, blocks: [BacktestPlan.Outcome]) {
    let (modelCount, levelCount) = (plan.models.count, plan.backtest.levels.count)
    let targets = plan.backtest.targets
    let cells = plan.origins.count * modelCount
    var parts = [BacktestScores?](repeating: nil, count: cells)
    var failures: [Failure] = []
    for block in blocks {
      for (origin, score) in zip(block.block.origins, block.scores) {
        switch score {
        case .success(let scores): parts[origin * modelCount + block.block.model] = scores
        case .failure(let error):
          failures.append(Failure(origin: origin, model: block.block.model, error: error))
        }
      }
    }
    let missing = [Double](repeating: .nan, count: targets.count)
    let missingEnds = [Double](repeating: .nan, count: targets.count * levelCount)
    backtest = plan.backtest
    series = plan.panel.map(\.name)
    models = plan.models.map(\.name)
    origins = plan.origins
    self.targets = targets
    forecasts = parts.flatMap { $0?.forecasts ?? missing }
    lower = parts.flatMap { $0?.lower ?? missingEnds }
    upper = parts.flatMap { $0?.upper ?? missingEnds }
    crps = parts.flatMap { $0?.crps ?? missing }
    pit = parts.flatMap { $0?.pit ?? missing }
    energy = parts.map { $0?.energy ?? .nan }
    self.failures = failures.sorted { ($0.origin, $0.model) < ($1.origin, $1.model) }
    var (actuals, scales, squares): ([Double], [Double], [Double]) = ([], [], [])
    for origin in plan.origins {
      let known = plan.panel[origin.series]
      var seen: [Int: SeasonalDifferences] = [:]
      for steps in targets {
        actuals.append(
          known.values[origin.length + steps.lowerBound..<origin.length + steps.upperBound].reduce(0, +))
        let scale =
          seen[steps.count]
          ?? SeasonalDifferences(
            of: known.values[..<origin.length], lag: known.seasonalPeriod, over: steps.count)
        seen[steps.count] = scale
        scales.append(scale.meanAbsolute)
        squares.append(scale.meanSquare)
      }
    }
    (self.actuals, self.scales, squaredScales) = (actuals, scales, squares)
    isCompared = actuals.indices.map { [forecasts] cell in
      let (origin, target) = (cell / targets.count, cell % targets.count)
      return actuals[cell].isFinite
        && (0..<modelCount).allSatisfy {
          forecasts[(origin * modelCount + $0) * targets.count + target].isFinite
        }
    }
  }
}

/// How far values lie from those a season before, on average: what a seasonal naive forecast misses.
struct SeasonalDifferences {
  var meanAbsolute = Double.nan
  var meanSquare = Double.nan

  /// Over sums of `length` consecutive values, one for each value that ends such a sum; NaN if there is no difference without a missing value.
  init(of values: ArraySlice<Double>, lag: Int, over length: Int = 1) {
    var (absolute, square, count) = (0.0, 0.0, 0)
    var t = values.startIndex + lag + length - 1
    while t < values.endIndex {
      var difference = 0.0
      for i in t - length + 1...t { difference += values[i] - values[i - lag] }
      if !difference.isNaN {
        absolute += abs(difference)
        square += difference * difference
        count += 1
      }
      t += 1
    }
    guard count > 0 else { return }
    meanAbsolute = absolute / Double(count)
    meanSquare = square / Double(count)
  }
}
