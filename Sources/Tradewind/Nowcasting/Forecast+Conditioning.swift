import TradewindNumerics

extension Forecast {
  /// What has become known of coming periods: the value of a step, or the total of several.
  public struct Known: Sendable, Equatable {
    /// The steps (from 0) whose sum it is.
    public var steps: Range<Int>
    /// What is known of their sum.
    public var value: Double
    /// The standard deviation of its error; 0 if it is exact.
    public var standardError: Double

    /// - Precondition: There is a step at least, and the standard error is not negative.
    public init(steps: Range<Int>, value: Double, standardError: Double = 0) {
      precondition(!steps.isEmpty && steps.lowerBound >= 0, "Something is known of one step at least.")
      precondition(standardError >= 0, "A standard error is not negative.")
      (self.steps, self.value, self.standardError) = (steps, value, standardError)
    }
  }

  /// The forecast given what has become known, step by step from the joint law.
  ///
  /// ```swift
  /// // January and February together came to 310, the figure being good to ±4.
  /// let given = forecast.conditioned(on: [.init(steps: 0..<2, value: 310, standardError: 4)])
  /// ```
  ///
  /// - A normal law is conditioned exactly, with normal errors of what is known: what is exact comes back exact.
  /// - Student's law stays one: ν rises by the number of values, and its scale is that of ν χ² and the squared surprises together. Exact
  ///   where the errors of what is known are zero; otherwise they are taken to have the same unknown scale.
  /// - Draws are moved by their regression on what is known (Matheron's rule): each keeps its own deviation from what was expected of it.
  ///   Where all of them and all that is known are above zero, their logarithms are, with relative errors, and they stay above zero; the steps of a
  ///   sum are then brought to it in proportion. Exact where the draws, or their logarithms, are jointly normal. The regression leaves out the
  ///   hundredth of the draws at each end, and the variance is that of the middle 95 %: wild draws would decide both. Means and medians are those of the draws.
  ///
  /// Values are taken in one after another; one that the law already holds for certain adds nothing. Medians of closed laws move as means do.
  ///
  /// Reference: R. L. Eubank (2006), *A Kalman Filter Primer*, and for the square-root form J. E. Potter's update in
  /// G. J. Bierman (1977), *Factorization Methods for Discrete Sequential Estimation*, chapter II.
  ///
  /// - Parameters:
  ///   - known: What is known; a value that is not finite is left out.
  ///   - seed: The seed of the errors that draws are given where something is known with an error.
  /// - Returns: nil for points only, or if steps lie beyond the horizon.
  public func conditioned(on known: [Known], seed: UInt64 = 1) -> Forecast? {
    let known = known.filter { $0.value.isFinite }
    guard known.allSatisfy({ $0.steps.upperBound <= horizon }), joint != .pointsOnly else { return nil }
    if known.isEmpty { return self }
    var forecast = self
    if case .paths(let paths) = joint {
      let given = paths.conditioned(on: known, seed: seed)
      for h in 0..<horizon {
        let draws = given.draws(ofStep: h)
        forecast.mean[h] = draws.reduce(0, +) / Double(given.count)
        forecast.median[h] = quantile(0.5, of: draws.sorted())
      }
      forecast.joint = .paths(given)
      return forecast.withIntervalsOfJointLaw()
    }
    guard var factor = joint.factor(horizon) else { return nil }
    var (surprise, count) = (0.0, 0)
    for fact in known {
      guard let gain = Self.take(in: fact, &factor) else { continue }
      let innovation = fact.value - fact.steps.reduce(0) { $0 + forecast.mean[$1] }
      for h in 0..<horizon {
        forecast.mean[h] += gain.weights[h] * innovation
        forecast.median[h] += gain.weights[h] * innovation
      }
      surprise += innovation * innovation / gain.variance
      count += 1
    }
    guard count > 0 else { return self }
    if case .student(_, let freedom) = joint {
      let scale = ((freedom + surprise) / (freedom + Double(count))).squareRoot()
      let rows = factor.map { row in row.map { $0 * scale } }
      forecast.joint = .student(.normal(factor: rows), degreesOfFreedom: freedom + Double(count))
    } else {
      forecast.joint = .normal(factor: factor)
    }
    return forecast.withIntervalsOfJointLaw()
  }

  /// Potter's update of a factor by one value: how each step's mean moves for a unit of surprise, and the surprise's variance. Nil
  /// if the law holds the value for certain.
  private static func take(
    in fact: Known, _ factor: inout [[Double]]
  ) -> (weights: [Double], variance: Double)? {
    let width = factor.first?.count ?? 0
    var loading = [Double](repeating: 0, count: width)
    var size = 0.0
    for h in fact.steps {
      for i in 0..<width { loading[i] += factor[h][i] }
      size += factor[h].reduce(0) { $0 + $1 * $1 }
    }
    let signal = loading.reduce(0) { $0 + $1 * $1 }
    let noise = fact.standardError * fact.standardError
    // Below the rounding of the rows that were added up nothing is left to learn.
    guard signal > 1e-24 * size else { return nil }
    let variance = signal + noise
    let shrinkage = 1 / (variance + (noise * variance).squareRoot())
    var weights = [Double](repeating: 0, count: factor.count)
    for h in factor.indices {
      var product = 0.0
      for i in 0..<width { product += factor[h][i] * loading[i] }
      weights[h] = product / variance
      for i in 0..<width { factor[h][i] -= shrinkage * product * loading[i] }
    }
    return (weights, variance)
  }
}
