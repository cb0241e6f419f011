import TradewindNumerics

extension JointLaw {
  /// The covariance of the errors of the first `horizon` steps, by the rows of its lower triangle; that of the normal law inside for Student's, nil
  /// for points only.
  func covariance(_ horizon: Int) -> [[Double]]? {
    if case .paths(let paths) = self { return paths.covariance }
    return factor(horizon).map(Self.covariance)
  }

  /// Factor · factor′, by the rows of its lower triangle.
  static func covariance(of factor: [[Double]]) -> [[Double]] {
    factor.indices.map { h in
      (0...h).map { g in zip(factor[h], factor[g]).reduce(0) { $0 + $1.0 * $1.1 } }
    }
  }
}

extension SamplePaths {
  /// The covariance of the draws about their means, by the rows of its lower triangle; with n − 1, since the means are those of the draws.
  var covariance: [[Double]] {
    let draws = values
    var means = [Double](repeating: 0, count: horizon)
    for (i, value) in draws.enumerated() { means[i % horizon] += value }
    for h in means.indices { means[h] /= Double(count) }
    var sums = [Double](repeating: 0, count: horizon * horizon)
    var errors = means
    for path in 0..<count {
      for h in 0..<horizon { errors[h] = draws[path * horizon + h] - means[h] }
      for h in 0..<horizon {
        for g in 0...h { sums[h * horizon + g] += errors[h] * errors[g] }
      }
    }
    let divisor = Double(max(count - 1, 1))
    return (0..<horizon).map { h in (0...h).map { sums[h * horizon + $0] / divisor } }
  }

  /// The normal law of errors with the covariance of the draws: its factor is triangular. Nil where a draw is not finite.
  var normalLaw: JointLaw? {
    let covariance = covariance
    guard covariance.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    return .normal(factor: DrawingFactor.rows(of: covariance))
  }
}
