/// A ``Calibrated`` model fitted to a series.
public struct FittedCalibrated<Base: FittedModel>: FittedModel {
  /// The model underneath.
  public let base: Base
  /// What widens its intervals if there are no ``scores``.
  public let widening: IntervalWidening
  /// The series' own scores; nil if the table is taken.
  public let scores: ConformalScores?
  /// What of the series the model was fitted to decides how much wider its intervals are.
  let basis: IntervalWidening.Basis

  public var name: String { "calibrated \(base.name)" }
  public var series: TimeSeries { base.series }
  public var fittedValues: [Double] { base.fittedValues }
  public var informationCriteria: InformationCriteria? { base.informationCriteria }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    var forecast = base.forecast(request)
    if !request.levels.isEmpty {
      if scores == nil {
        forecast = widening.applied(to: forecast, basis, seed: request.seed)
      } else {
        let stretch = ConformalStretch(self, request)
        forecast.joint = .paths(stretch.draws(request.paths, seed: request.seed))
        forecast.median = stretch.unit.median
        forecast.intervals = stretch.intervals(request.levels)
      }
    }
    forecast.model = name
    return forecast
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    if scores == nil {
      let law = base.forecast(ForecastRequest(horizon: horizon, levels: [0.8], seed: seed))
      return widening.applied(
        to: base.samplePaths(horizon: horizon, count: count, seed: seed), of: law, basis, seed: seed)
    }
    return ConformalStretch(self, ForecastRequest(horizon: horizon)).draws(count, seed: seed)
  }

  /// The base model after more observations; the widths stay those of the fit.
  public func updated(with values: [Double]) throws(ForecastError) -> FittedCalibrated<Base> {
    FittedCalibrated(base: try base.updated(with: values), widening: widening, scores: scores, basis: basis)
  }
}

/// Steps stretched so that their intervals reach as far as scores say.
private struct ConformalStretch {
  /// The base model's forecast with the intervals that are the scores' unit.
  let unit: Forecast
  let base: any FittedModel
  let scores: ConformalScores
  /// Half of the unit's widths.
  let half: [Double]
  let laws: [PredictiveLaw?]

  init(_ fitted: FittedCalibrated<some FittedModel>, _ request: ForecastRequest) {
    let unit = fitted.base.forecast(
      ForecastRequest(
        horizon: request.horizon, levels: [ConformalScores.unitLevel], paths: request.paths,
        seed: request.seed))
    self.unit = unit
    base = fitted.base
    scores = fitted.scores ?? ConformalScores(byStep: [], spacing: 1)
    half = unit.intervals.map { 0.5 * $0[0].width }
    laws = unit.mean.indices.map { unit.law(ofSteps: $0..<$0 + 1) }
  }

  func intervals(_ levels: [Double]) -> [[PredictionInterval]] {
    unit.median.indices.map { h in
      levels.map { level in
        // A width of nothing stays one, also times an infinite reach.
        let reach = half[h] > 0 ? half[h] * scores.reach(level, step: h) : 0
        return PredictionInterval(level: level, lower: unit.median[h] - reach, upper: unit.median[h] + reach)
      }
    }
  }

  /// The base model's draws, each moved to where its probability lies in the stretched law.
  func draws(_ count: Int, seed: UInt64) -> SamplePaths {
    base.samplePaths(horizon: unit.horizon, count: count, seed: seed).mapped { h, x in
      guard half[h] > 0, let p = laws[h]?.cumulative(x), p.isFinite else { return unit.median[h] }
      let inside = min(abs(2 * p - 1), 1 - 1e-9)
      let reach = half[h] * scores.reach(inside, step: h)
      return unit.median[h] + (p < 0.5 ? -reach : reach)
    }
  }
}
