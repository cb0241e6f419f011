import RealModule

/// The objective and its derivatives.
extension ETSSearch {
  /// The objective at the trial point; infinite where it is not defined.
  mutating func evaluateTrial() -> Double {
    evaluations += 1
    let p = point(at: trial)
    if region == .admissible,
      !isStable(form: form, alpha: p.alpha, beta: p.beta, gamma: p.gamma, phi: p.phi, period: period)
    {
      return .infinity
    }
    placeTrialSeasons()
    if form.season == .multiplicative, !kernel.seasonal.allSatisfy({ $0 > 0 }) { return .infinity }
    switch objective {
    case .averageMeanSquaredError(let steps): passOverSteps(steps)
    default: trialPass = kernel.run(form, relative: isRelative, p)
    }
    guard trialPass.isDefined else { return .infinity }
    if objective == .meanAbsoluteError { takeAbsoluteErrors() }
    var value = trialPass.sumOfSquares
    if let shrinkage { value += statePenalty(shrinkage) }
    if isRelative { value *= Double.exp(2 * trialPass.logScale / observed) }
    if !priors.isEmpty { value *= Double.exp(priorPenalty() / observed) }
    return value
  }

  /// −2 log L, with the penalties if they count in the choice.
  var deviance: Double {
    shrinkage?.countsInChoice ?? false ? observed * Double.log(value) : minusTwoLogLikelihood
  }

  /// Moves to the trial point, where the last pass was, and takes the derivatives there.
  mutating func acceptTrial(_ trialValue: Double) {
    swap(&x, &trial)
    value = trialValue
    minusTwoLogLikelihood = observed * Double.log(trialPass.sumOfSquares) + 2 * trialPass.logScale
    if case .averageMeanSquaredError(let steps) = objective { differentiateSteps(steps) }
    kernel.accumulate(normal: &normal, gradient: &gradient)
    if let shrinkage { differentiateStatePenalty(shrinkage) }
    if isRelative || !priors.isEmpty { rescale() }
    for i in x.indices {
      let diagonal = element(i, i)
      scales[i] = max(scales[i], diagonal)
      let slope = gradient[i / 4][i % 4]
      let isPressed = (x[i] <= lower[i] && slope >= 0) || (x[i] >= upper[i] && slope <= 0)
      isFree[i] = lower[i] < upper[i] && !isPressed && diagonal > 0
    }
  }

  /// An element of J′J, by whichever of its two places is kept.
  func element(_ i: Int, _ j: Int) -> Double {
    let (row, column) = (max(i, j), min(i, j))
    return normal[column * columns.lanes + row / 4][row % 4]
  }

  private mutating func add(_ term: Double, to i: Int, _ j: Int) {
    normal[j * columns.lanes + i / 4][i % 4] += term
  }

  /// From e to r = e K with K = G exp(P / 2n), P the priors: ∂r = K (∂e + e c) with c = ∂ log K. The priors' own curvature
  /// goes to the diagonal.
  private mutating func rescale() {
    let lanes = columns.lanes
    var c = [Lane](repeating: Lane(), count: lanes)
    if isRelative { for i in 0..<lanes { c[i] = kernel.logGradient[i] / observed } }
    var sum = trialPass.sumOfSquares
    if shrinkage != nil { sum += lastStatePenalty }
    for (column, prior) in priors {
      let precision = 1 / (prior.deviation * prior.deviation * observed)
      c[0][column] += (x[column] - prior.centre) * precision
      add(sum * precision, to: column, column)
    }
    let scale = value / sum
    guard scale.isFinite else { return }
    for column in 0..<4 * lanes {
      let (cj, gj) = (c[column / 4][column % 4], gradient[column / 4][column % 4])
      for i in column / 4..<lanes {
        let cross = cj * gradient[i] + (gj + sum * cj) * c[i]
        normal[column * lanes + i] = scale * (normal[column * lanes + i] + cross)
      }
    }
    for i in 0..<lanes { gradient[i] = scale * (gradient[i] + sum * c[i]) }
  }

  // MARK: - Penalties

  private func priorPenalty() -> Double {
    var sum = 0.0
    for (column, prior) in priors {
      let z = (trial[column] - prior.centre) / prior.deviation
      sum += z * z
    }
    return sum
  }

  /// A weight in units of the innovation: y's for additive errors, a part of the level for multiplicative ones. The
  /// heuristic level is the unit of conversion, so that weights are constant.
  private func weight(_ held: Double, isRatio: Bool) -> Double {
    let level = max(abs(centre.level), 1e-3)
    // Absolute errors are weighed against squares by the parabola at their mean.
    let held = objective == .meanAbsoluteError ? held / (2 * (errorSize ?? 1)).squareRoot() : held
    return isRelative ? (isRatio ? held : held / level) : (isRatio ? held * level : held)
  }

  /// Where the slope is held.
  private func slopeCentre(_ shrinkage: ETS.Shrinkage) -> Double {
    let slope = centre.slope ?? 0
    return form.trend.isMultiplicative ? 1 + shrinkage.slopeShare * (slope - 1) : shrinkage.slopeShare * slope
  }

  /// Σ (w · (state − where it is held))² at the trial point.
  private mutating func statePenalty(_ shrinkage: ETS.Shrinkage) -> Double {
    var sum = 0.0
    if let column = columns.slope {
      let difference = trial[column] - slopeCentre(shrinkage)
      let w = weight(shrinkage.slope, isRatio: form.trend.isMultiplicative)
      sum += w * w * difference * difference
    }
    if period > 0 {
      let w = weight(shrinkage.season, isRatio: form.season == .multiplicative)
      let last = lastSeason(at: trial) - centre.seasonal[period - 1]
      var squares = last * last
      for (j, column) in columns.seasons.enumerated() {
        let difference = trial[column] - centre.seasonal[j]
        squares += difference * difference
      }
      sum += w * w * squares
    }
    lastStatePenalty = sum
    return sum
  }

  /// The same's derivatives at the point, added to J′J and J′r.
  private mutating func differentiateStatePenalty(_ shrinkage: ETS.Shrinkage) {
    if let column = columns.slope {
      let w = weight(shrinkage.slope, isRatio: form.trend.isMultiplicative)
      add(w * w, to: column, column)
      gradient[column / 4][column % 4] += w * w * (x[column] - slopeCentre(shrinkage))
    }
    guard period > 0 else { return }
    let w = weight(shrinkage.season, isRatio: form.season == .multiplicative)
    let last = lastSeason(at: x) - centre.seasonal[period - 1]
    for (j, column) in columns.seasons.enumerated() {
      gradient[column / 4][column % 4] += w * w * (x[column] - centre.seasonal[j] - last)
      // The last season is minus the sum of the others, so that all of them meet there.
      for row in column / 4 * 4..<columns.seasons.upperBound where columns.seasons.contains(row) {
        add(row == column ? 2 * w * w : w * w, to: row, column)
      }
    }
  }
}
