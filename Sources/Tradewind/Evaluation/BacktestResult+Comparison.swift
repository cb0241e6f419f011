/// Whether models differ.
extension BacktestResult {
  /// Whether one model's losses differ from another's by more than chance.
  ///
  /// Of several series the losses of each series are compared, which counts them as independent. Of one series it is those of each
  /// origin, whose errors reach as many origins as the farthest step does.
  ///
  /// - Parameters:
  ///   - model: The first model, as its place in ``models``.
  ///   - other: The second.
  ///   - measure: A loss; see ``AccuracyMeasure/isLoss``.
  ///   - chosen: Places in ``targets``; nil for all single steps.
  public func difference(
    between model: Int, and other: Int, in measure: AccuracyMeasure, targets chosen: [Int]? = nil
  ) -> DieboldMariano {
    let compared = origins.map(\.series)
    guard compared.first == compared.last else {
      return DieboldMariano(
        valuesBySeries(of: measure, model: model, targets: chosen),
        valuesBySeries(of: measure, model: other, targets: chosen))
    }
    let farthest = (chosen ?? singleSteps).map { targets[$0].upperBound }.max() ?? 1
    return DieboldMariano(
      valuesByOrigin(of: measure, model: model, targets: chosen),
      valuesByOrigin(of: measure, model: other, targets: chosen),
      horizon: (farthest + backtest.step - 1) / backtest.step)
  }

  /// The models ranked by a loss in every series; nil for fewer than two models or series.
  public func ranks(by measure: AccuracyMeasure, targets chosen: [Int]? = nil) -> RankComparison? {
    guard models.count >= 2, series.count >= 2 else { return nil }
    return RankComparison(
      losses: models.indices.map { valuesBySeries(of: measure, model: $0, targets: chosen) })
  }
}
