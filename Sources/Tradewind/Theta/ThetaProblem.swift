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
    let places = given.map { SIMD8(repeating: $0) } ?? minimizeInLanes(in: range) { sums.profile($0).squares }
    let found = sums.profile(places)
    let best = found.squares[1] < found.squares[0] ? 1 : 0
    return ThetaEstimate(
      self, variant, alpha: places[best], weight: found.weight[best], level: found.level[best])
  }

  /// The standard deviation of the slope of ``line``, relative to that of the errors, if the values follow simple exponential
  /// smoothing around it: the slope is Σ wₜ yₜ with wₜ = (t − t̄)/Σ(t − t̄)², and the error of period j is in yⱼ once and
  /// α times in all later values.
  func slopeDeviation(alpha: Double) -> Double {
    let (spread, centre) = line.spread
    guard spread > 0 else { return 0 }
    var (later, squares) = (0.0, 0.0)
    for (i, value) in y.enumerated().reversed() where !value.isNaN {
      let weight = (Double(i + 1) - centre) / spread
      squares += (weight + alpha * later) * (weight + alpha * later)
      later += weight
    }
    return squares.squareRoot()
  }

  /// Before the first period, Aₜ₋₁ and Bₜ₋₁ of each period t.
  private func lines(_ variant: Theta.Variant) -> (intercepts: [Double], slopes: [Double]) {
    guard variant != .standard else { return ([], []) }
    guard variant.isDynamic else {
      let (intercept, slope) = line.coefficients
      return ([Double](repeating: intercept, count: y.count), [Double](repeating: slope, count: y.count))
    }
    var (intercepts, slopes) = (y, y)
    var past = RunningLine()
    for i in 0..<y.count {
      (intercepts[i], slopes[i]) = past.coefficients
      if !y[i].isNaN { past.add(y[i], at: Double(i + 1)) }
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
  /// The sum of squares after the first three observations, and how many are observed.
  private let late: Double
  private let seen: Int

  /// AICc of the errors after the first three observations, for the choice among models.
  var selectionScore: Double {
    let count = seen - 3
    guard count > 0 else { return .infinity }
    return InformationCriteria(
      logLikelihood: -0.5 * Double(count) * .log(late / Double(count)),
      parameters: variant.parameters + (variant == .optimized ? 2 : 0) + 1, observations: count
    ).aicc
  }

  init(_ problem: ThetaProblem, _ variant: Theta.Variant, alpha: Double, weight: Double, level: Double) {
    self.variant = variant
    self.level = level
    var state = ThetaRecursion(
      alpha: alpha, weight: weight, level: level, isDynamic: variant.isDynamic,
      line: variant.isDynamic ? RunningLine() : problem.line)
    var expected = problem.y
    var (all, late, seen) = (0.0, 0.0, 0)
    for i in 0..<problem.y.count {
      let value = problem.y[i]
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
    (self.late, self.seen) = (late, seen)
  }
}
