import TradewindNumerics

/// What makes forecasts of several lengths of period coherent: for each year ahead the nodes of a temporal hierarchy, and the map of their
/// forecasts.
struct TemporalReconciler: Sendable {
  /// The lengths in periods of the series, longest first; the last is 1.
  let lengths: [Int]
  /// The periods of a year (a season).
  let period: Int
  private let hierarchy: Hierarchy
  private let projection: CoherentProjection

  /// - Parameters:
  ///   - lengths: Divisors of `period`, longest first, the last 1 (a precondition).
  ///   - residuals: One-step errors of each length, ending with the series; NaN where there are none.
  init(
    lengths: [Int], period: Int, residuals: [[Double]], scaling: TemporalScaling
  ) throws(ReconciliationError) {
    precondition(lengths.last == 1 && lengths.count == residuals.count, "every length has its residuals")
    (self.lengths, self.period) = (lengths, period)
    hierarchy = Hierarchy.temporal(period: period, lengths: lengths)
    let covariance = Self.covariance(lengths: lengths, period: period, residuals: residuals, scaling: scaling)
    projection = try CoherentProjection(hierarchy, covariance)
  }

  /// The coherent forecasts of the shortest periods.
  ///
  /// - Parameter base: The forecasts of each length over the same whole years.
  func reconcile(_ base: [[Double]]) throws(ReconciliationError) -> [Double] {
    var result: [Double] = []
    for year in 0..<(base.last?.count ?? 0) / period {
      let nodes = zip(lengths, base).flatMap { length, values in
        values[year * period / length..<(year + 1) * period / length]
      }
      result += try projection.project(nodes).values[hierarchy.sums.count...]
    }
    return result
  }

  /// The covariance of a year's errors; structural where all residuals are zero.
  private static func covariance(
    lengths: [Int], period: Int, residuals: [[Double]], scaling: TemporalScaling
  ) -> ErrorCovariance {
    let structural = lengths.flatMap { [Double](repeating: Double($0), count: period / $0) }
    let known = residuals.map { row in row.map { $0.isFinite ? $0 : 0 } }
    let counts = residuals.map { row in row.count { $0.isFinite } }
    let squares = zip(known, counts).map { row, count in dot(row, row) / Double(max(count, 1)) }
    let largest = zip(squares, lengths).map { $0 / Double($1 * $1) }.max() ?? 0
    guard largest > 0, largest.isFinite else { return .diagonal(structural) }
    // A length without errors holds the others to its forecasts; a matrix that is singular would not.
    let levels = zip(squares, lengths).map { max($0, 1e-12 * largest * Double($1 * $1)) }
    let byLevel = zip(lengths, levels).flatMap { [Double](repeating: $1, count: period / $0) }
    switch scaling {
    case .structural: return .diagonal(structural)
    case .series: return .diagonal(byLevel)
    case .hierarchy:
      let byNode = zip(lengths, residuals).flatMap { length, row in
        (0..<period / length).map { place in variance(of: row, place: place, every: period / length) }
      }
      // A place with a single residual, or with none, has the variance of its length.
      return .diagonal(zip(byNode, byLevel).map { node, level in node > 1e-6 * level ? node : level })
    case .autocovariance:
      var matrix = Matrix(diagonal: byLevel)
      var first = 0
      for (length, row) in zip(lengths, known.indices) {
        let size = period / length
        for lag in 1..<max(size, 1) {
          let values = known[row]
          var sum = 0.0
          for t in lag..<max(values.count, lag) { sum += values[t] * values[t - lag] }
          let covariance = sum / Double(max(counts[row], 1))
          for i in lag..<size {
            matrix[first + i, first + i - lag] = covariance
            matrix[first + i - lag, first + i] = covariance
          }
        }
        first += size
      }
      return .full(matrix)
    }
  }

  /// The mean square of the residuals at one place of the year, where the last residual stands at its last place; NaN for fewer than two.
  private static func variance(of residuals: [Double], place: Int, every count: Int) -> Double {
    var (sum, found) = (0.0, 0)
    var t = residuals.count - count + place
    while t >= 0 {
      if residuals[t].isFinite { (sum, found) = (sum + residuals[t] * residuals[t], found + 1) }
      t -= count
    }
    return found < 2 ? .nan : sum / Double(found)
  }
}

extension Hierarchy {
  /// A year's sums of some lengths only; see ``temporal(period:)``.
  static func temporal(period: Int, lengths: [Int]) -> Hierarchy {
    var names: [String] = []
    var sums: [[Summand]] = []
    for length in lengths where length > 1 {
      for place in 0..<period / length {
        names.append("\(length)/\(place + 1)")
        sums.append((place * length..<(place + 1) * length).map { Summand(bottom: $0, weight: 1) })
      }
    }
    return Hierarchy(sumNames: names, sums: sums, bottomNames: (1...period).map { "1/\($0)" })
  }
}
