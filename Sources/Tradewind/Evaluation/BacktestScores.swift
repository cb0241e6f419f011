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
      let points = backtest.point == .mean ? forecast.mean : forecast.median
      forecasts.append(
        steps.count == 1
          ? points[steps.lowerBound]
          : backtest.point == .median ? total?.median ?? .nan : forecast.mean[steps].reduce(0, +))
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
  /// The energy score of what came, in its unit; smaller is better. For one step it is the CRPS.
  ///
  /// Mean ‖x − y‖ − ½ mean ‖x − x′‖ over the paths x and, as the paths are independent, over the pairs of each path with the next (the
  /// last with the first): unbiased, and linear in the number of paths. NaN where a value is missing, or there is one path only.
  ///
  /// Reference: T. Gneiting and A. E. Raftery (2007), *Journal of the American Statistical Association* 102, section 4.3,
  /// doi:10.1198/016214506000001437.
  ///
  /// - Precondition: `actuals` has one value a step.
  public func energyScore(of actuals: [Double]) -> Double {
    precondition(actuals.count == horizon, "There is one value for each of the \(horizon) steps.")
    guard count > 1 else { return .nan }
    var (distance, spread) = (0.0, 0.0)
    for path in 0..<count {
      let other = path + 1 < count ? path + 1 : 0
      var (toActual, toOther) = (0.0, 0.0)
      for h in 0..<horizon {
        let x = values[path * horizon + h]
        let (a, b) = (x - actuals[h], x - values[other * horizon + h])
        toActual += a * a
        toOther += b * b
      }
      distance += toActual.squareRoot()
      spread += toOther.squareRoot()
    }
    return (distance - 0.5 * spread) / Double(count)
  }
}
