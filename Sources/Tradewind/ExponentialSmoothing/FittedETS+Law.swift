/// Means and covariances of the coming periods.
extension FittedETS {
  /// Whether level and trend are linear in the innovations.
  private var hasLinearTrend: Bool { !form.trend.isMultiplicative }

  /// The mean of each step.
  func means(_ horizon: Int) -> [Double] {
    if form.season == .multiplicative, form.error == .multiplicative, hasLinearTrend {
      return seasonalMoments(horizon).mean
    }
    var recursion = self.recursion
    return (0..<horizon).map { _ in
      let f = recursion.expected
      recursion.step(.nan)
      return f
    }
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

  /// The joint law of the steps where it is known: linear states, the season additive or none.
  ///
  /// With multiplicative errors the innovations of step j have variance σ² θⱼ, θⱼ = E f², and are uncorrelated:
  /// θₕ = μₕ² + σ² Σ c² θ (Hyndman et al. 2008, section 6.4), so the covariance is exact and only its normality is not.
  func normalLaw(_ horizon: Int, mean: [Double]) -> JointLaw? {
    guard hasLinearTrend, form.season != .multiplicative else { return nil }
    let c = weights(horizon)
    guard form.error == .multiplicative else { return .movingAverage(weights: c, variance: variance) }
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

  /// Mean and variance of each step with multiplicative error and season and a linear trend, for normal innovations.
  ///
  /// y at step h is s (ℓ + φb)(1 + ε), where (ℓ, b) is multiplied by F + Gε at each step, and s, a season earlier and each
  /// season before that within the horizon, by 1 + γε. Innovations are independent, so expectations of the products are
  /// products of expectations: of F + Gε, of its Kronecker square, and of the same times (1 + γε) or its square. The same
  /// moments as Hyndman et al. (2008), section 6.5, without matrices of the length of the season.
  package func seasonalMoments(_ horizon: Int) -> (mean: [Double], variance: [Double]) {
    let (alpha, beta, gamma) = (parameters.alpha ?? 0, parameters.beta ?? 0, parameters.gamma ?? 0)
    let phi = form.hasTrend ? parameters.phi ?? 1 : 0
    let period = state.seasonal.count
    let v = variance
    var (means, variances): ([Double], [Double]) = ([], [])
    for h in 1...horizon {
      // (ℓ, b), and E ℓ², E ℓb, E b².
      var (l, b) = (state.level, state.slope ?? 0)
      var (ll, lb, bb) = (l * l, l * b, b * b)
      for t in 1..<max(h, 1) {
        let g = (h - t) % period == 0 ? gamma : 0
        // E ε⁰w, E ε¹w, E ε²w for w = 1 + gε, and then for w².
        let (m0, m1) = (1.0, g * v)
        let (k0, k1, k2) = (1 + g * g * v, 2 * g * v, v + 3 * g * g * v * v)
        // F(ℓ, b) = (q, φb) and G(ℓ, b) = (αq, βq) with q = ℓ + φb.
        let q = l + phi * b
        (l, b) = (m0 * q + m1 * alpha * q, m0 * phi * b + m1 * beta * q)
        let qq = ll + 2 * phi * lb + phi * phi * bb
        let qb = phi * lb + phi * phi * bb
        let pp = phi * phi * bb
        ll = (k0 + 2 * alpha * k1 + alpha * alpha * k2) * qq
        lb = (k0 + alpha * k1) * qb + (beta * k1 + alpha * beta * k2) * qq
        bb = k0 * pp + 2 * beta * k1 * qb + beta * beta * k2 * qq
      }
      let s = state.seasonal[(h - 1) % period]
      let mean = s * (l + phi * b)
      let square = s * s * (ll + 2 * phi * lb + phi * phi * bb)
      means.append(mean)
      variances.append(max(0, (1 + v) * square - mean * mean))
    }
    return (means, variances)
  }
}
