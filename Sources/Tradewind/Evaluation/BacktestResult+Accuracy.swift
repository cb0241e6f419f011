/// Measures of accuracy, by horizon and overall, on the cells that every model has.
extension BacktestResult {
  /// A measure of one model.
  ///
  /// - Parameters:
  ///   - measure: What is measured; see ``AccuracyMeasure`` for the formulas.
  ///   - model: The model's place in ``models``.
  ///   - chosen: Places in ``targets``; nil for all single steps. The energy score knows all steps together only.
  ///   - only: One series, as its place in ``series``; nil for the mean over all that have the measure.
  /// - Returns: NaN if it is defined nowhere: nothing is compared, or the level is not among the backtest's.
  public func value(
    of measure: AccuracyMeasure, model: Int, targets chosen: [Int]? = nil, series only: Int? = nil
  ) -> Double {
    let values = valuesBySeries(of: measure, model: model, targets: chosen)
    if let only { return values[only] }
    let defined = values.filter { !$0.isNaN }
    return defined.isEmpty ? .nan : defined.reduce(0, +) / Double(defined.count)
  }

  /// A measure of one model for every series, NaN where it is undefined. Parameters as in ``value(of:model:targets:series:)``.
  public func valuesBySeries(
    of measure: AccuracyMeasure, model: Int, targets chosen: [Int]? = nil
  ) -> [Double] {
    var sums = [Ratio](repeating: Ratio(), count: series.count)
    for origin in origins.indices {
      sums[origins[origin].series].add(terms(of: measure, origin: origin, model: model, targets: chosen))
    }
    return sums.map { $0.value(of: measure) }
  }

  /// A measure of one model for every origin, NaN where it is undefined: the losses that ``DieboldMariano`` compares.
  public func valuesByOrigin(
    of measure: AccuracyMeasure, model: Int, targets chosen: [Int]? = nil
  ) -> [Double] {
    origins.indices.map {
      terms(of: measure, origin: $0, model: model, targets: chosen).value(of: measure)
    }
  }

  /// The overall weighted average of the M4 competition: the mean of sMAPE and MASE, each over that of a benchmark, which there is
  /// ``Naive2``. NaN where the benchmark's are zero. Over several series both are averaged before they are divided, as there.
  public func owa(
    model: Int, benchmark: Int, targets chosen: [Int]? = nil, series only: Int? = nil
  ) -> Double {
    func ratio(_ measure: AccuracyMeasure) -> Double {
      let base = value(of: measure, model: benchmark, targets: chosen, series: only)
      return base > 0 ? value(of: measure, model: model, targets: chosen, series: only) / base : .nan
    }
    return 0.5 * (ratio(.smape) + ratio(.mase))
  }

  /// How much smaller a loss is than a benchmark's: 1 − loss / benchmark's loss, 0.2 for a fifth less. NaN where the
  /// benchmark's is zero.
  public func skill(
    of measure: AccuracyMeasure, model: Int, benchmark: Int, targets chosen: [Int]? = nil
  ) -> Double {
    let base = value(of: measure, model: benchmark, targets: chosen)
    return base > 0 ? 1 - value(of: measure, model: model, targets: chosen) / base : .nan
  }

  /// How often the probability integral transform fell into each of `bins` equal parts of 0…1, as parts of all; a model whose law is
  /// right has 1/bins in each. All zero if there is none.
  public func pitHistogram(model: Int, bins: Int = 10, targets chosen: [Int]? = nil) -> [Double] {
    precondition(bins >= 1, "A histogram has at least one bin.")
    var counts = [Double](repeating: 0, count: bins)
    for origin in origins.indices {
      for target in chosen ?? singleSteps where isCompared[origin * targets.count + target] {
        let p = pit[index(origin: origin, model: model, target: target)]
        if !p.isNaN { counts[min(Int(p * Double(bins)), bins - 1)] += 1 }
      }
    }
    let total = counts.reduce(0, +)
    return total > 0 ? counts.map { $0 / total } : counts
  }

  /// How many cells are compared.
  public func comparedCount(targets chosen: [Int]? = nil) -> Int {
    origins.indices.reduce(0) { sum, origin in
      sum + (chosen ?? singleSteps).count { isCompared[origin * targets.count + $0] }
    }
  }

  /// The places of the single steps in ``targets``.
  public var singleSteps: [Int] { Array(0..<backtest.horizon) }
}

/// A sum over a sum.
private struct Ratio {
  var above = 0.0
  var below = 0.0

  mutating func add(_ above: Double, over below: Double = 1) {
    guard !above.isNaN, !below.isNaN else { return }
    self.above += above
    self.below += below
  }

  mutating func add(_ other: Ratio) {
    above += other.above
    below += other.below
  }

  func value(of measure: AccuracyMeasure) -> Double {
    guard below > 0 else { return .nan }
    switch measure {
    case .rmse, .rmsse: return (above / below).squareRoot()
    case .mape, .wape, .bias, .coverage: return 100 * above / below
    default: return above / below
    }
  }
}

extension BacktestResult {
  /// What one origin adds to a measure.
  private func terms(
    of measure: AccuracyMeasure, origin: Int, model: Int, targets chosen: [Int]?
  ) -> Ratio {
    var sum = Ratio()
    if measure == .energyScore {
      let score = energy[origin * models.count + model]
      guard singleSteps.allSatisfy({ isCompared[origin * targets.count + $0] }) else { return sum }
      if let scale = positive(scales[origin * targets.count]) { sum.add(score / scale) }
      return sum
    }
    for target in chosen ?? singleSteps {
      let cell = origin * targets.count + target
      guard isCompared[cell] else { continue }
      let place = index(origin: origin, model: model, target: target)
      let (y, f) = (actuals[cell], forecasts[place])
      let error = y - f
      let scale = positive(scales[cell])
      switch measure {
      case .meanError: sum.add(error)
      case .mae: sum.add(abs(error))
      case .rmse: sum.add(error * error)
      case .mape: if y != 0 { sum.add(abs(error / y)) }
      case .smape: sum.add(error == 0 ? 0 : 200 * abs(error) / (abs(y) + abs(f)))
      case .wape: sum.add(abs(error), over: abs(y))
      case .bias: sum.add(error, over: abs(y))
      case .mase: if let scale { sum.add(abs(error) / scale) }
      case .rmsse: if let square = positive(squaredScales[cell]) { sum.add(error * error / square) }
      case .crps: if let scale { sum.add(crps[place] / scale) }
      case .pinball: if let scale { sum.add(pinball(place, y) / scale) }
      case .msis(let level):
        if let scale, let (lower, upper) = interval(place, level) {
          sum.add(intervalScore(y, lower, upper, level) / scale)
        }
      case .width(let level):
        if let scale, let (lower, upper) = interval(place, level) { sum.add((upper - lower) / scale) }
      case .coverage(let level):
        if let (lower, upper) = interval(place, level) { sum.add(lower <= y && y <= upper ? 1 : 0) }
      case .energyScore: break
      }
    }
    return sum
  }

  private func positive(_ scale: Double) -> Double? { scale > 0 ? scale : nil }

  /// The interval of a level; nil if the level was not asked for, or the model gave none.
  private func interval(_ place: Int, _ level: Double) -> (Double, Double)? {
    let levels = backtest.levels
    guard let position = levels.firstIndex(where: { abs($0 - level) < 1e-9 }) else { return nil }
    let ends = (lower[place * levels.count + position], upper[place * levels.count + position])
    return ends.0.isNaN || ends.1.isNaN ? nil : ends
  }

  /// The mean pinball loss over the ends of all levels.
  private func pinball(_ place: Int, _ y: Double) -> Double {
    let levels = backtest.levels
    guard !levels.isEmpty else { return .nan }
    var sum = 0.0
    for (i, level) in levels.enumerated() {
      sum += pinballLoss(y, quantile: lower[place * levels.count + i], probability: (1 - level) / 2)
      sum += pinballLoss(y, quantile: upper[place * levels.count + i], probability: (1 + level) / 2)
    }
    return sum / Double(2 * levels.count)
  }
}

/// The pinball loss of a quantile, in the unit of `y`.
func pinballLoss(_ y: Double, quantile: Double, probability: Double) -> Double {
  y >= quantile ? probability * (y - quantile) : (1 - probability) * (quantile - y)
}

/// The interval score of Gneiting and Raftery (2007, equation 43), in the unit of `y`.
func intervalScore(_ y: Double, _ lower: Double, _ upper: Double, _ level: Double) -> Double {
  let outside = y < lower ? lower - y : y > upper ? y - upper : 0
  return upper - lower + (outside == 0 ? 0 : 2 / (1 - level) * outside)
}
