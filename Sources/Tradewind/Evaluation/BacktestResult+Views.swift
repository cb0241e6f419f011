/// What pictures of a backtest show.
extension BacktestResult {
  /// A measure of one model for each single step: element h is that of step h + 1. NaN where it is defined nowhere, or
  /// not for single steps, as the energy score is not.
  ///
  /// - Parameters:
  ///   - measure: What is measured; see ``AccuracyMeasure`` for the formulas.
  ///   - model: The model's place in ``models``.
  ///   - only: One series, as its place in ``series``; nil for the mean over all that have the measure.
  public func valuesByStep(of measure: AccuracyMeasure, model: Int, series only: Int? = nil) -> [Double] {
    if measure == .energyScore { return singleSteps.map { _ in .nan } }
    return singleSteps.map { value(of: measure, model: model, targets: [$0], series: only) }
  }

  /// The last origins of a series that lie a horizon or more apart, so that each period is forecast from one of them at the most.
  ///
  /// - Parameters:
  ///   - index: The series' place in ``series``.
  ///   - count: So many at the most.
  /// - Returns: Places in ``origins``, in order of time; none if the series has no origin.
  public func separateOrigins(ofSeries index: Int, atMost count: Int) -> [Int] {
    var chosen: [Int] = []
    for place in origins.indices.reversed() where origins[place].series == index && chosen.count < count {
      guard let later = chosen.last else {
        chosen.append(place)
        continue
      }
      if origins[later].length - origins[place].length >= backtest.horizon { chosen.append(place) }
    }
    return chosen.reversed()
  }

  /// The models from the smallest value of a loss to the largest, equals in their own order and those without one last.
  public func order(by measure: AccuracyMeasure) -> [Int] {
    let losses = models.indices.map { model in
      let value = value(of: measure, model: model)
      return value.isNaN ? Double.infinity : value
    }
    return models.indices.sorted { (losses[$0], $0) < (losses[$1], $1) }
  }
}
