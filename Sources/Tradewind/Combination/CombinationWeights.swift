import TradewindNumerics

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

  /// The weights w ≥ 0 with sum 1 that make w′Aw smallest, for a symmetric A without negative eigenvalues; of several such weights those to which an
  /// active-set method comes from equal ones by the shortest steps, so that members that are the same share alike.
  ///
  /// With errors eₘ of the members and A their mean products this is the least squares fit of what was observed by a weighted
  /// mean: Σ wₘ (y − fₘ) = y − Σ wₘ fₘ. What all members' errors have in common, c 11′ in A, is the same for all weights: steps sum to zero, and see A
  /// without it, so that members that nearly agree are told apart as far as rounding of A lets them.
  ///
  /// Reference: J. Nocedal and S. J. Wright (2006), "Numerical Optimization", 2nd edition, algorithm 16.3.
  static func leastSquares(_ a: [[Double]]) -> [Double] {
    let count = a.count
    var w = [Double](repeating: 1 / Double(count), count: count)
    let largest = a.reduce(0) { max($0, $1.reduce(0) { max($0, abs($1)) }) }
    guard largest > 0, largest.isFinite else { return w }
    let rounding = 4 * Double(count) * Double.ulpOfOne * largest
    var isFree = [Bool](repeating: true, count: count)
    // Each round lets a member go or takes one in; their number is a bound that no sound matrix comes near.
    for _ in 0..<50 * count {
      let free = a.indices.filter { isFree[$0] }
      let gradient = a.map { row in zip(row, w).reduce(0) { $0 + $1.0 * $1.1 } }
      let step = simplexStep(a, gradient, among: free, rounding: rounding)
      if step.contains(where: { abs($0) > 1e-14 }) {
        var (length, blocked) = (1.0, Int?.none)
        for (i, move) in zip(free, step) where move < 0 && w[i] < -length * move {
          (length, blocked) = (w[i] / -move, i)
        }
        for (i, move) in zip(free, step) { w[i] = max(0, w[i] + length * move) }
        if let blocked {
          w[blocked] = 0
          isFree[blocked] = false
          continue
        }
      }
      // The least among the free: who is left out and has a smaller gradient comes in.
      let level = zip(w, a).reduce(0) { $0 + $1.0 * zip($1.1, w).reduce(0) { $0 + $1.0 * $1.1 } }
      let outside = a.indices.filter { !isFree[$0] }
      let slopes = outside.map { i in zip(a[i], w).reduce(0) { $0 + $1.0 * $1.1 } }
      guard let place = slopes.indices.min(by: { slopes[$0] < slopes[$1] }),
        slopes[place] < level - rounding
      else { break }
      isFree[outside[place]] = true
    }
    return scaled(w)
  }

  /// The shortest step among some members, with sum zero, to where w′Aw is least.
  private static func simplexStep(
    _ a: [[Double]], _ gradient: [Double], among free: [Int], rounding: Double
  ) -> [Double] {
    let n = Double(free.count)
    let means = free.map { i in free.reduce(0) { $0 + a[i][$1] } / n }
    let mean = means.reduce(0, +) / n
    var centred = Matrix(rows: free.count, columns: free.count)
    for (i, one) in free.enumerated() {
      for (j, other) in free.enumerated() { centred[i, j] = a[one][other] - means[i] - means[j] + mean }
    }
    var step = [Double](repeating: 0, count: free.count)
    guard let eigen = try? SymmetricEigen(centred) else { return step }
    let level = free.reduce(0) { $0 + gradient[$1] } / n
    for (k, value) in eigen.values.enumerated() where value > rounding {
      let vector = eigen.vectors.column(k)
      let slope = zip(vector, free).reduce(0) { $0 + $1.0 * (gradient[$1.1] - level) }
      for i in step.indices { step[i] -= slope / value * vector[i] }
    }
    return step
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
