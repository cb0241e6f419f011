import TradewindNumerics

/// What one forecast of a backtest leaves behind: for each target its point, its interval ends, and the scores that need its law.
struct BacktestScores: Sendable {
  var forecasts: [Double] = []
  /// One after another: all levels of the first target, then of the second.
  var lower: [Double] = []
  var upper: [Double] = []
  var crps: [Double] = []
  var pit: [Double] = []
  var energy: Double = .nan

  /// The forecast of a model that knows `length` periods of `series`, scored by what came.
  init(of model: some FittedModel, in series: TimeSeries, at length: Int, _ backtest: Backtest) {
    let forecast = model.forecast(backtest.request)
    let actuals = Array(series.values[length..<length + backtest.horizon])
    for steps in backtest.targets {
      let total = steps.count > 1 ? forecast.total(ofSteps: steps) : nil
      // Points only have no law, and so no median of a total: the sum of the medians stands for it.
      forecasts.append(
        backtest.point == .mean
          ? forecast.mean[steps].reduce(0, +) : total?.median ?? forecast.median[steps].reduce(0, +))
      let intervals = steps.count == 1 ? forecast.intervals[steps.lowerBound] : total?.intervals ?? []
      for level in backtest.levels.indices {
        lower.append(level < intervals.count ? intervals[level].lower : .nan)
        upper.append(level < intervals.count ? intervals[level].upper : .nan)
      }
      let actual = actuals[steps].reduce(0, +)
      let law = backtest.levels.isEmpty ? nil : forecast.law(ofSteps: steps)
      crps.append(law?.crps(actual) ?? .nan)
      pit.append(law?.cumulative(actual) ?? .nan)
    }
    if backtest.energyDraws > 0 {
      energy = model.samplePaths(
        horizon: backtest.horizon, count: backtest.energyDraws, seed: backtest.seed
      ).energyScore(of: actuals)
    }
  }
}

extension SamplePaths {
  /// The energy score of what came, in its unit; smaller is better. For one step it estimates the CRPS.
  ///
  /// Mean ‖x − y‖ − ½ mean ‖x − x′‖ over the paths x and over pairs of two different paths, so that it is unbiased. Up to 32 paths all
  /// pairs count; of more, each path and the next in an order that is shuffled, always in the same way: this is linear in the number of paths, and neighbours
  /// may have something in common, as where several models draw in turn. NaN where a value is missing, or there is one path only.
  ///
  /// Reference: T. Gneiting and A. E. Raftery (2007), *Journal of the American Statistical Association* 102, section 4.3,
  /// doi:10.1198/016214506000001437.
  ///
  /// - Precondition: `actuals` has one value a step.
  public func energyScore(of actuals: [Double]) -> Double {
    precondition(actuals.count == horizon, "There is one value for each of the \(horizon) steps.")
    guard count > 1 else { return .nan }
    let draws = values
    func distance(_ a: Int, _ b: Int) -> Double {
      var sum = 0.0
      for h in 0..<horizon {
        let difference = draws[a * horizon + h] - draws[b * horizon + h]
        sum += difference * difference
      }
      return sum.squareRoot()
    }
    var (toActual, toOther, pairs) = (0.0, 0.0, 0)
    for path in 0..<count {
      var sum = 0.0
      for h in 0..<horizon {
        let error = draws[path * horizon + h] - actuals[h]
        sum += error * error
      }
      toActual += sum.squareRoot()
    }
    if count <= Self.mostPaired {
      for path in 1..<count { for other in 0..<path { toOther += distance(path, other) } }
      pairs = count * (count - 1) / 2
    } else {
      var generator = SeededGenerator(seed: 0)
      let order = (0..<count).shuffled(using: &generator)
      for place in 0..<count { toOther += distance(order[place], order[place + 1 < count ? place + 1 : 0]) }
      pairs = count
    }
    return toActual / Double(count) - 0.5 * toOther / Double(pairs)
  }

  /// The most paths whose energy score takes all pairs.
  static let mostPaired = 32
}
