import TradewindNumerics

/// Means and covariances of the coming periods.
extension FittedETS {
  /// Whether level and trend are linear in the innovations.
  private var hasLinearTrend: Bool { !form.trend.isMultiplicative }

  /// The mean of each step.
  func means(_ horizon: Int) -> [Double] {
    if let seasonalMoments { return seasonalMoments.means(horizon) }
    var recursion = self.recursion
    return (0..<horizon).map { _ in
      let f = recursion.expected
      recursion.step(.nan)
      return f
    }
  }

  /// The moments with a multiplicative error and season and a linear trend; nil for other forms.
  private var seasonalMoments: ETSSeasonalMoments? {
    guard form.season == .multiplicative, form.error == .multiplicative, hasLinearTrend else { return nil }
    return ETSSeasonalMoments(state: state, parameters: parameters, variance: variance)
  }

  /// The effect c of an innovation on the forecast j periods later, j = 1 …: α + β(φ + … + φʲ) and γ a whole number
  /// of seasons later (Hyndman et al. 2008, table 6.2).
  func weights(_ horizon: Int) -> [Double] {
    let (alpha, beta) = (parameters.alpha ?? 0, parameters.beta ?? 0)
    let (gamma, phi) = (parameters.gamma ?? 0, parameters.phi ?? 1)
    var weights = [1.0]
    var (damping, sum) = (1.0, 0.0)
    for j in 1..<max(horizon, 1) {
      damping *= phi
      sum += damping
      let season = form.isSeasonal && j % state.seasonal.count == 0 ? gamma : 0
      weights.append(alpha + beta * sum + season)
    }
    return weights
  }

  /// The joint law of the steps with a linear trend, and with additive errors no multiplicative season.
  ///
  /// Means and covariances are exact. The law itself is normal with additive errors; multiplicative ones multiply up, and
  /// the normal law is an approximation, as in R.
  func normalLaw(_ horizon: Int, mean: [Double]) -> JointLaw? {
    if let seasonalMoments {
      return .normal(factor: DrawingFactor.rows(of: seasonalMoments.covariance(horizon, means: mean)))
    }
    guard hasLinearTrend, form.season != .multiplicative else { return nil }
    let c = weights(horizon)
    if form.error == .additive { return .movingAverage(weights: c, variance: variance) }
    // The innovations of step j are uncorrelated with variances σ² θⱼ, θⱼ = E f²: θₕ = μₕ² + σ² Σ c² θ (Hyndman et al.
    // 2008, section 6.4).
    var deviations: [Double] = []
    var factor: [[Double]] = []
    for h in 0..<horizon {
      var row = (0..<h).map { c[h - $0] * deviations[$0] }
      let theta = mean[h] * mean[h] + row.reduce(0) { $0 + $1 * $1 }
      deviations.append((variance * theta).squareRoot())
      row.append(deviations[h])
      factor.append(row)
    }
    return .normal(factor: factor)
  }
}
