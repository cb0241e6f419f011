/// Levenberg's and Marquardt's steps in a box.
extension ETSSearch {
  /// Starts at smoothing parameters α, β/α, γ/(1 − α), φ and the states where the search stands.
  ///
  /// - Returns: Whether the objective is defined there.
  mutating func start(_ parameters: ETSStart) -> Bool {
    trial = x
    trial[0] = parameters.alpha
    if let beta = columns.beta {
      trial[beta] = isNested ? parameters.slope : parameters.slope * parameters.alpha
    }
    if let gamma = columns.gamma {
      trial[gamma] = isNested ? parameters.season : parameters.season * (1 - parameters.alpha)
    }
    if let phi = columns.phi { trial[phi] = parameters.phi }
    for i in trial.indices {
      trial[i] = min(max(trial[i], lower[i]), upper[i])
      scales[i] = 0
    }
    (hasConverged, mu, growth) = (false, 1e-3, 2)
    var first = evaluateTrial()
    // Seasons and slopes that make f negative somewhere: weaker ones.
    for _ in 0..<6 where !first.isFinite && freeStates {
      let neutralSeason = form.season == .multiplicative ? 1.0 : 0
      let neutralSlope = form.trend.isMultiplicative ? 1.0 : 0
      if let slope = columns.slope { trial[slope] = (trial[slope] + neutralSlope) / 2 }
      for column in columns.seasons { trial[column] = (trial[column] + neutralSeason) / 2 }
      first = evaluateTrial()
    }
    guard first.isFinite else { return false }
    acceptTrial(first)
    return true
  }

  /// Goes on until −2 log L promises to fall by less than `tolerance`, or for a number of steps.
  ///
  /// - Parameter limit: A value of ``deviance``; the search is given up where several times what the next
  ///   step promises would not lead below it.
  mutating func run(tolerance: Double, steps: Int, limit: Double = .infinity) {
    guard value.isFinite else { return }
    for step in 0..<steps where !hasConverged {
      guard value > 0, isFree.contains(true) else {
        hasConverged = true
        break
      }
      guard let predicted = proposeTrial() else {
        shorten()
        continue
      }
      let promise = observed * predicted / value
      if promise <= tolerance || trial == x {
        hasConverged = true
        break
      }
      if step >= 3 && deviance - 10 * promise > limit + 10 { break }
      let trialValue = evaluateTrial()
      let actual = value - trialValue
      guard actual > 0 else {
        shorten()
        continue
      }
      let ratio = 2 * min(actual / predicted, 1e6) - 1
      mu *= max(1.0 / 3, 1 - ratio * ratio * ratio)
      growth = 2
      acceptTrial(trialValue)
    }
  }

  private mutating func shorten() {
    mu *= growth
    growth *= 2
    if mu > 1e12 { hasConverged = true }
  }

  /// The trial point and the decrease that the linear model promises there; nil if J′J + μD has no Cholesky factor or
  /// nothing is promised. Coordinates that a step would carry out of the box go to its side, and the others' step is
  /// computed again with them there.
  private mutating func proposeTrial() -> Double? {
    for i in x.indices {
      delta[i] = 0
      isActive[i] = isFree[i]
    }
    for round in 1... {
      guard factorise() else { return nil }
      solve()
      var isCut = false
      for i in x.indices where isActive[i] {
        let goal = x[i] + solution[i / 4][i % 4]
        if goal < lower[i] || goal > upper[i] {
          delta[i] = (goal < lower[i] ? lower[i] : upper[i]) - x[i]
          isCut = true
        }
      }
      if !isCut || round == 4 {
        for i in x.indices where isActive[i] {
          delta[i] = min(max(solution[i / 4][i % 4], lower[i] - x[i]), upper[i] - x[i])
        }
        break
      }
      for i in x.indices where delta[i] != 0 { isActive[i] = false }
    }
    for i in x.indices { trial[i] = isFree[i] ? min(max(x[i] + delta[i], lower[i]), upper[i]) : x[i] }
    let predicted = promisedDecrease()
    return predicted > 0 ? predicted : nil
  }

  /// −δ′(2 J′r + J′J δ).
  private func promisedDecrease() -> Double {
    let lanes = columns.lanes
    var sum = 0.0
    for column in x.indices where delta[column] != 0 {
      let own = column / 4
      // Within the diagonal's groups both triangles are kept; below, one stands for both.
      var product = 0.0
      for i in own..<lanes {
        let step = Lane(delta[4 * i], delta[4 * i + 1], delta[4 * i + 2], delta[4 * i + 3])
        product += (i == own ? 1 : 2) * (normal[column * lanes + i] * step).sum()
      }
      sum -= delta[column] * (2 * gradient[own][column % 4] + product)
    }
    return sum
  }
}

/// Where a search starts: α, β/α, γ/(1 − α) and φ.
struct ETSStart {
  let alpha, slope, season, phi: Double
}
