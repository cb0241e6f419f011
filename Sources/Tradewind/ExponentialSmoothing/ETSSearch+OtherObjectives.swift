/// Absolute errors, and errors of several steps.
extension ETSSearch {
  /// Turns the pass's errors into those of the smoothed absolute value ρ = √(e² + w²): a sum Σ ρ, and errors and derivatives
  /// times 1 / √(2ρ), whose products are half the gradient of Σ ρ and the curvature of the parabola that touches it from above
  /// (iteratively reweighted least squares).
  mutating func takeAbsoluteErrors() {
    let lanes = columns.lanes
    var (sum, plain, count) = (0.0, 0.0, 0.0)
    for t in kernel.errors.indices where !kernel.y[t].isNaN {
      plain += abs(kernel.errors[t])
      count += 1
    }
    if errorSize == nil { errorSize = count > 0 && plain > 0 ? plain / count : 1 }
    let width = smoothing * (errorSize ?? 1)
    for t in kernel.errors.indices where !kernel.y[t].isNaN {
      let e = kernel.errors[t]
      let rho = (e * e + width * width).squareRoot()
      sum += rho
      guard rho > 0 else { continue }
      let factor = (1 / (2 * rho)).squareRoot()
      kernel.errors[t] = factor * e
      for i in t * lanes..<(t + 1) * lanes { kernel.rows[i] *= factor }
    }
    trialPass.sumOfSquares = sum
  }

  /// Smooths the absolute value less, and takes objective and derivatives anew where the search stands.
  mutating func sharpen(to smoothing: Double) {
    self.smoothing = smoothing
    trial = x
    let value = evaluateTrial()
    if value.isFinite { acceptTrial(value) }
    (hasConverged, mu, growth) = (false, 1e-3, 2)
  }

  /// The errors of 1 … `steps` steps ahead at a point, each weighed so that the mean over the steps of the mean squares is the
  /// sum of squares over the number of observations. Where a period is missing or past the end, its error is 0.
  ///
  /// - Returns: Whether the states stayed where the form is defined.
  private func multiStepErrors(at x: [Double], steps: Int, into errors: inout [Double]) -> Bool {
    let p = point(at: x)
    let y = kernel.y
    let seasonal =
      period == 0 ? [] : freeStates ? columns.seasons.map { x[$0] } + [lastSeason(at: x)] : centre.seasonal
    var recursion = ETSRecursion(
      form: form, parameters: ETS.Parameters(alpha: p.alpha, beta: p.beta, gamma: p.gamma, phi: p.phi),
      state: ETS.State(level: p.level, slope: form.hasTrend ? p.slope : nil, seasonal: seasonal))
    let weights = (1...steps).map { step in
      let count = y.indices.count { $0 >= step - 1 && !y[$0].isNaN }
      return count == 0 ? 0 : (observed / Double(steps * count)).squareRoot()
    }
    for t in y.indices {
      if form.trend.isMultiplicative, !(recursion.level > 0 && recursion.slope > 0) { return false }
      if form.season == .multiplicative, !(recursion.trended > 0) { return false }
      for step in 0..<steps {
        let target = t + step
        let isKnown = target < y.count && !y[target].isNaN
        errors[t * steps + step] = isKnown ? weights[step] * (y[target] - recursion.expected(after: step)) : 0
      }
      recursion.step(y[t])
    }
    return true
  }

  /// A pass for the errors of several steps, without derivatives.
  mutating func passOverSteps(_ steps: Int) {
    trialPass = ETSKernel.Pass()
    var errors = kernel.errors
    trialPass.isDefined = multiStepErrors(at: trial, steps: steps, into: &errors)
    kernel.errors = errors
    trialPass.sumOfSquares = errors.reduce(0) { $0 + $1 * $1 }
    if !trialPass.sumOfSquares.isFinite { trialPass.isDefined = false }
  }

  /// Their derivatives at the point, by central differences.
  mutating func differentiateSteps(_ steps: Int) {
    let lanes = columns.lanes
    var (above, below) = (kernel.errors, kernel.errors)
    for column in 0..<columns.count where lower[column] < upper[column] {
      let step = 1e-6 * max(abs(x[column]), 1e-2)
      var place = x
      place[column] = x[column] + step
      guard multiStepErrors(at: place, steps: steps, into: &above) else { continue }
      place[column] = x[column] - step
      guard multiStepErrors(at: place, steps: steps, into: &below) else { continue }
      for i in above.indices {
        kernel.rows[i * lanes + column / 4][column % 4] = (above[i] - below[i]) / (2 * step)
      }
    }
  }
}
