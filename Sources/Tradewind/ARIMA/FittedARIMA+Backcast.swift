extension FittedARIMA {
  /// The periods before the series, as the model expects them from what follows, the one furthest back first: medians on the series'
  /// own scale.
  ///
  /// A stationary process reads the same backwards, so these are forecasts of the series turned round, with the ARMA coefficients of
  /// the fit and the regression coefficients that are best with them. Where a regressor has no value before the start they
  /// are NaN.
  ///
  /// - Parameter horizon: How many periods; none for 0 or less.
  public func backcast(horizon: Int) -> [Double] {
    guard horizon > 0 else { return [] }
    let n = series.count
    let none = [Double](repeating: .nan, count: horizon)
    let start = series.start.advanced(by: -horizon)
    let frame = RegressionFrame(
      start: start, count: n + horizon, seasonalPeriod: series.seasonalPeriod)
    guard var whole = try? model.problem(for: series), let columns = try? model.columns(in: frame) else {
      return none
    }
    whole.values.reverse()
    whole.columns = columns.map { RegressionColumn(name: $0.name, values: $0.values[horizon...].reversed()) }
    whole.combined = whole.combined.reversed().map { run in
      var run = run
      run.range = n - 1 - run.range.upperBound...n - 1 - run.range.lowerBound
      run.factors.reverse()
      return run
    }
    let before = columns.map { Array($0.values[..<horizon].reversed()) }
    guard
      let turned = try? evaluate(whole, at: estimate.parameters),
      let outlook = try? whole.outlook(
        parameters: estimate.parameters, beta: turned.beta, future: before, horizon: horizon)
    else { return none }
    return model.untransformed(outlook.mean.reversed(), from: -horizon, series)
  }
}
