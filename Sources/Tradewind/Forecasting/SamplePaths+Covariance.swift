extension SamplePaths {
  /// The normal law of errors with the covariance of the draws (about their means, with n − 1): its factor is triangular. Nil where a draw is not
  /// finite.
  var normalLaw: JointLaw? {
    var means = [Double](repeating: 0, count: horizon)
    for (i, value) in values.enumerated() { means[i % horizon] += value }
    for h in means.indices { means[h] /= Double(count) }
    var covariance = [Double](repeating: 0, count: horizon * horizon)
    var errors = means
    for path in 0..<count {
      for h in 0..<horizon { errors[h] = values[path * horizon + h] - means[h] }
      for h in 0..<horizon {
        for i in 0...h { covariance[h * horizon + i] += errors[h] * errors[i] }
      }
    }
    guard covariance.allSatisfy({ $0.isFinite }) else { return nil }
    let divisor = Double(max(count - 1, 1))
    var factor: [[Double]] = []
    for h in 0..<horizon {
      var row: [Double] = []
      for i in 0...h {
        let other = i < h ? factor[i] : row
        var rest = covariance[h * horizon + i] / divisor
        for j in 0..<i { rest -= row[j] * other[j] }
        if i < h {
          row.append(other[i] > 0 ? rest / other[i] : 0)
        } else {
          // Fewer draws than steps, or steps that follow from others: nothing is left but rounding.
          let variance = covariance[h * horizon + h] / divisor
          row.append(rest > 1e-14 * variance ? rest.squareRoot() : 0)
        }
      }
      factor.append(row)
    }
    return .normal(factor: factor)
  }
}
