extension JointLaw {
  /// The factor of a normal law over `horizon` steps, one row a step: the error of step h is Σᵢ factor[h][i] zᵢ with independent
  /// standard normal zᵢ. All rows are equally long. That of the law inside for Student's; nil for points only and for draws.
  func factor(_ horizon: Int) -> [[Double]]? {
    switch self {
    case .pointsOnly, .paths: return nil
    case .student(let law, _): return law.factor(horizon)
    case .movingAverage(let weights, let variance, let shared):
      let deviation = max(variance, 0).squareRoot()
      return (0..<horizon).map { h in
        let innovations = (0..<horizon).map { i in
          i <= h && h - i < weights.count ? weights[h - i] * deviation : 0
        }
        return shared == .none ? innovations : innovations + [shared.level, shared.slope * Double(h + 1)]
      }
    case .normal(let factor):
      let width = factor.reduce(0) { max($0, $1.count) }
      return factor.prefix(horizon).map { $0 + [Double](repeating: 0, count: width - $0.count) }
    }
  }
}

extension Forecast {
  /// The forecast with the intervals that its joint law gives each step; medians stay.
  func withIntervalsOfJointLaw() -> Forecast {
    var forecast = self
    forecast.intervals = mean.indices.map { h in
      guard let law = law(ofSteps: h..<h + 1) else { return [] }
      return levels.map {
        PredictionInterval(level: $0, lower: law.quantile((1 - $0) / 2), upper: law.quantile((1 + $0) / 2))
      }
    }
    return forecast
  }
}
