import RealModule
import TradewindNumerics

/// An adjusted series made ready for the search: from its first observation on, about its mean, in a unit near its spread.
///
/// The models are equivariant: centring by c moves ℓ₀ by c (1 − (1 − 1/θ)) and leaves everything else, scaling by a power of
/// two is exact. So the sums of the search are of ordinary size whatever the data's are.
struct ThetaProblem {
  /// How many leading values are missing.
  let skipped: Int
  let centre: Double
  let scale: Double
  /// The scaled values, the first observed; NaN where missing.
  let y: [Double]
  let observed: Int
  /// The line through all observations, in scaled units.
  let line: RunningLine

  init(_ values: [Double]) {
    skipped = values.firstIndex { !$0.isNaN } ?? values.count
    var (count, sum) = (0.0, 0.0)
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where !value.isNaN {
      count += 1
      sum += (value - sum) / count
      low = min(low, value)
      high = max(high, value)
    }
    // All equal: nothing is left of a rounded mean.
    let middle = low == high ? low : sum
    let spread = max(high - middle, middle - low)
    observed = Int(count)
    centre = middle
    scale = spread > 0 && spread.isFinite ? spread.binade : 1
    let unit = scale
    y = values.dropFirst(skipped).map { ($0 - middle) / unit }
    var line = RunningLine()
    for (i, value) in y.enumerated() where !value.isNaN { line.add(value, at: Double(i + 1)) }
    self.line = line
  }

  /// The best fit of a model, or the best at a given α.
  func estimate(_ variant: Theta.Variant, alpha given: Double? = nil) -> ThetaEstimate {
    let (intercepts, slopes) = lines(variant)
    let sums = ThetaSums(
      y: y, intercepts: intercepts, slopes: slopes, variant: variant, hasGaps: observed < y.count)
    let range = variant == .standard ? 0.0001...0.9999 : 0.1...0.99
    let alpha = given ?? minimizeInLanes(in: range) { sums.profile($0).squares }
    let best = sums.profile(SIMD8(repeating: alpha))
    return ThetaEstimate(self, variant, alpha: alpha, weight: best.weight[0], level: best.level[0])
  }

  /// Before the first period, Aₜ₋₁ and Bₜ₋₁ of each period t.
  private func lines(_ variant: Theta.Variant) -> (intercepts: [Double], slopes: [Double]) {
    guard variant != .standard else { return ([], []) }
    guard variant.isDynamic else {
      return (
        [Double](repeating: line.intercept, count: y.count), [Double](repeating: line.slope, count: y.count)
      )
    }
    var (intercepts, slopes) = (y, y)
    var past = RunningLine()
    for (i, value) in y.enumerated() {
      intercepts[i] = past.intercept
      slopes[i] = past.slope
      if !value.isNaN { past.add(value, at: Double(i + 1)) }
    }
    return (intercepts, slopes)
  }
}

/// What the search found, and the model run through the series at it, in scaled units.
struct ThetaEstimate {
  let variant: Theta.Variant
  /// ℓ₀ in scaled units.
  let level: Double
  /// After the last period.
  let state: ThetaRecursion
  /// One-step expectations from the first observation on.
  let expected: [Double]
  /// The sum of the squared errors that count, and their number.
  let squares: Double
  let errors: Int
  /// The same after the first three observations, for the choice among models.
  let selectionScore: Double

  init(_ problem: ThetaProblem, _ variant: Theta.Variant, alpha: Double, weight: Double, level: Double) {
    self.variant = variant
    self.level = level
    var state = ThetaRecursion(
      alpha: alpha, weight: weight, level: level, isDynamic: variant.isDynamic,
      line: variant.isDynamic ? RunningLine() : problem.line)
    var expected = problem.y
    var (all, late, seen) = (0.0, 0.0, 0)
    for (i, value) in problem.y.enumerated() {
      expected[i] = seen < variant.warmUp ? .nan : state.expected
      if !value.isNaN {
        let error = value - state.expected
        if seen >= variant.warmUp { all += error * error }
        if seen >= 3 { late += error * error }
        seen += 1
      }
      state.observe(value)
    }
    self.state = state
    self.expected = expected
    squares = all
    errors = seen - variant.warmUp
    let lateCount = seen - 3
    let criteria = InformationCriteria(
      logLikelihood: -0.5 * Double(lateCount) * .log(late / Double(max(lateCount, 1))),
      parameters: variant.parameters + (variant == .optimised ? 2 : 0) + 1, observations: lateCount)
    selectionScore = lateCount > 0 ? criteria.aicc : .infinity
  }
}
