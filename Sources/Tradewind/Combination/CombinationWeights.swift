import RealModule

/// Weights from errors: one row of errors an occasion, one column a member.
enum CombinationWeights {
  /// Positive numbers scaled to sum 1; all alike where their sum is not positive.
  static func scaled(_ x: [Double]) -> [Double] {
    let sum = x.reduce(0, +)
    return sum > 0 && sum.isFinite ? x.map { $0 / sum } : x.map { _ in 1 / Double(x.count) }
  }

  /// Weights in proportion to the inverse of the mean squared error; members without error share all.
  static func inverseSquares(_ errors: [[Double]]) -> [Double] {
    let products = products(errors)
    let squares = products.indices.map { products[$0][$0] }
    guard squares.allSatisfy({ $0 > 0 }) else { return scaled(squares.map { $0 > 0 ? 0 : 1 }) }
    return scaled(squares.map { 1 / $0 })
  }

  /// The mean products of the members' errors.
  static func products(_ errors: [[Double]]) -> [[Double]] {
    let count = errors.first?.count ?? 0
    var sums = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for row in errors { for i in 0..<count { for j in 0..<count { sums[i][j] += row[i] * row[j] } } }
    return sums.map { $0.map { $0 / Double(max(1, errors.count)) } }
  }

  /// (1 − s) A + s t I with t the mean of A's diagonal.
  static func shrunken(_ a: [[Double]], by s: Double) -> [[Double]] {
    let mean = a.indices.reduce(0) { $0 + a[$1][$1] } / Double(max(1, a.count))
    return a.indices.map { i in a.indices.map { j in (1 - s) * a[i][j] + (i == j ? s * mean : 0) } }
  }

  /// The weights w ≥ 0 with sum 1 that make w′Aw smallest, by projected gradient steps from equal weights.
  ///
  /// With errors eₘ of the members and A their mean products this is the least squares fit of what was observed by a weighted
  /// mean: Σ wₘ (y − fₘ) = y − Σ wₘ fₘ.
  static func leastSquares(_ a: [[Double]]) -> [Double] {
    let count = a.count
    var w = [Double](repeating: 1 / Double(count), count: count)
    // The trace bounds the largest eigenvalue, so that a step of its inverse never overshoots.
    let bound = a.indices.reduce(0) { $0 + a[$1][$1] }
    guard bound > 0, bound.isFinite else { return w }
    for _ in 0..<2000 {
      let gradient = a.map { row in zip(row, w).reduce(0) { $0 + $1.0 * $1.1 } / bound }
      let next = onSimplex(zip(w, gradient).map { $0 - $1 })
      let moved = zip(w, next).reduce(0) { max($0, abs($1.0 - $1.1)) }
      w = next
      if moved < 1e-10 { break }
    }
    return w
  }

  /// The nearest point with no negative element and sum 1 (Held, Wolfe and Crowder 1974, doi:10.1007/BF01580223).
  private static func onSimplex(_ x: [Double]) -> [Double] {
    var (sum, threshold) = (0.0, 0.0)
    for (i, value) in x.sorted(by: >).enumerated() {
      sum += value
      let candidate = (sum - 1) / Double(i + 1)
      if value > candidate { threshold = candidate }
    }
    return x.map { max(0, $0 - threshold) }
  }
}

extension Combination.Validation {
  /// The errors of the members' point forecasts from the origins within the series, one row for each observation that was
  /// forecast by all; none where the series is too short for any origin, or a member cannot be fitted at one.
  func errors(of members: [any Forecaster], _ series: TimeSeries) -> [[Double]] {
    var rows: [[Double]] = []
    for k in 0..<origins {
      let cut = series.count - horizon - k * spacing
      guard cut >= max(3, 2 * series.seasonalPeriod + 1) else { break }
      let past = series.prefix(cut)
      let forecasts = members.map { member -> [Double]? in
        (try? member.fit(to: past))?.forecast(horizon: horizon, levels: []).mean
      }
      for h in 0..<horizon {
        let observed = series.values[cut + h]
        let row = forecasts.map { $0.map { observed - $0[h] } ?? .nan }
        if row.allSatisfy(\.isFinite) { rows.append(row) }
      }
    }
    return rows
  }
}
