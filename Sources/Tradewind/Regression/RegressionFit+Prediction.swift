import RealModule
import TradewindNumerics

extension RegressionFit {
  /// Continues the series.
  ///
  /// The prediction error has variance σ² + x′Vx: that of a residual and that of the coefficients, V by the
  /// method of the fit. Intervals are x′β ± t · √variance with Student's t, as R's `forecast` of a `tslm`.
  /// They take the residuals as uncorrelated and normal.
  ///
  /// For a fit in logs the ends and the median are the exponentials; the mean is exp(m + s²/2), that of a
  /// log-normal with the prediction's variance s². (R's `biasadj = TRUE` takes the first two terms, exp(m)(1
  /// + s²/2); its default reports the median as the mean.)
  ///
  /// Columns that were aliased stay out: a step after the last observation has no estimated effect.
  ///
  /// - Parameters:
  ///   - horizon: How many periods after the end of the series; none for 0 or less.
  ///   - levels: The probabilities of the intervals, each in 0…1 (a precondition).
  /// - Throws: ``RegressionError/regressorMissing(name:period:)`` or
  ///   ``RegressionError/regressorNotFinite(name:period:value:)`` where a term has no value in the horizon.
  public func predict(
    horizon: Int, levels: [Double] = [0.8, 0.95]
  ) throws(RegressionError) -> [RegressionPrediction] {
    precondition(levels.allSatisfy { (0...1).contains($0) }, "a level is a probability from 0 to 1")
    guard horizon > 0 else { return [] }
    let n = observed.count
    let frame = RegressionFrame(
      start: observed.start, count: n + horizon, seasonalPeriod: observed.seasonalPeriod)
    let all = try model.columns(in: frame)
    let columns = kept.map { all[$0] }
    let law = StudentT(degreesOfFreedom: Double(degreesOfFreedom))
    let quantiles = levels.map { law.quantile(upperTail: (1 - $0) / 2) }
    var predictions: [RegressionPrediction] = []
    for i in n..<(n + horizon) {
      for column in columns where !column.values[i].isFinite {
        throw .regressorNotFinite(name: column.name, period: frame.period(at: i), value: column.values[i])
      }
      let x = columns.map { $0.values[i] }
      let centre = zip(x, coefficients).reduce(0) { $0 + $1.0 * $1.1.estimate }
      let parameters = zip(x, covariance * x).reduce(0) { $0 + $1.0 * $1.1 }
      let error = Double.sqrt(sigma * sigma + max(parameters, 0))
      predictions.append(
        prediction(
          frame.period(at: i), centre, error, intervals: zip(levels, quantiles).map { ($0, $1 * error) }))
    }
    return predictions
  }

  /// One step in the unit of the series, from centre, standard error and the half-widths on the scale of the
  /// fit.
  private func prediction(
    _ period: Period, _ centre: Double, _ error: Double, intervals: [(level: Double, halfWidth: Double)]
  ) -> RegressionPrediction {
    func unit(_ x: Double) -> Double { transform == .log ? Double.exp(x) : x }
    return RegressionPrediction(
      period: period, mean: transform == .log ? Double.exp(centre + error * error / 2) : centre,
      median: unit(centre), standardError: error,
      intervals: intervals.map {
        PredictionInterval(
          level: $0.level, lower: unit(centre - $0.halfWidth), upper: unit(centre + $0.halfWidth))
      })
  }
}
