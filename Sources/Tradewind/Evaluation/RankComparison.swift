import TradewindNumerics

/// Whether several models differ over many series: Friedman's test of their mean ranks, and Nemenyi's comparison of all pairs.
///
/// In each series the models are ranked by their loss, 1 for the smallest, equal ones sharing the mean of their ranks. The test with
/// correction for ties is that of Conover (1999, section 5.8). Two models differ at 5 % if their mean ranks lie more than the critical
/// difference q √(k (k + 1) / 6N) apart, q the quantile of the range of k standard normal variables over √2.
///
/// References: M. Friedman (1937), *Journal of the American Statistical Association* 32, 675–701, doi:10.1080/01621459.1937.10503522;
/// J. Demšar (2006), Statistical comparisons of classifiers over multiple data sets, *Journal of Machine Learning Research* 7, 1–30.
public struct RankComparison: Sendable, Equatable {
  /// The mean rank of each model, from 1 to k; NaN if nothing is compared.
  public let meanRanks: [Double]
  /// How many series were compared: those in which every model has a loss.
  public let count: Int
  /// Friedman's chi-square with k − 1 degrees of freedom. NaN if nothing is compared, or all are equal everywhere.
  public let statistic: Double
  /// The probability of a chi-square at least as large if all models were equally good.
  public let pValue: Double

  /// - Parameter losses: For each model its loss in each series, NaN where it has none.
  /// - Precondition: At least two models with equally many losses.
  public init(losses: [[Double]]) {
    let k = losses.count
    precondition(k >= 2, "Ranks need two models, not \(k).")
    precondition(losses.allSatisfy { $0.count == losses[0].count }, "Every model has one loss a series.")
    var sums = [Double](repeating: 0, count: k)
    // Σ (rank − mean rank)² over all: less than its usual value where there are ties.
    var (spread, n) = (0.0, 0)
    let middle = Double(k + 1) / 2
    for i in losses[0].indices {
      let row = losses.map { $0[i] }
      guard !row.contains(where: \.isNaN) else { continue }
      n += 1
      for (model, rank) in Self.ranks(row).enumerated() {
        sums[model] += rank
        spread += (rank - middle) * (rank - middle)
      }
    }
    count = n
    meanRanks = sums.map { n > 0 ? $0 / Double(n) : .nan }
    let between = sums.reduce(0) { $0 + ($1 - Double(n) * middle) * ($1 - Double(n) * middle) }
    guard spread > 0 else {
      (statistic, pValue) = (.nan, .nan)
      return
    }
    statistic = Double(k - 1) * between / spread
    pValue = ChiSquare(degreesOfFreedom: Double(k - 1)).survival(statistic)
  }

  /// How far apart mean ranks must lie to differ at the level `alpha`.
  public func criticalDifference(alpha: Double = 0.05) -> Double {
    NormalRange(count: meanRanks.count).quantile(upperTail: alpha) * rankDeviation
  }

  /// Nemenyi's p-value of two models: that of a range at least as large if all were equally good.
  public func pairwisePValue(_ a: Int, _ b: Int) -> Double {
    NormalRange(count: meanRanks.count).survival(abs(meanRanks[a] - meanRanks[b]) / rankDeviation)
  }

  /// √(k (k + 1) / 12N), the unit in which the range of k mean ranks is that of standard normal variables.
  private var rankDeviation: Double {
    let k = Double(meanRanks.count)
    return (k * (k + 1) / (12 * Double(count))).squareRoot()
  }

  /// Ranks from 1, equal values sharing the mean of theirs.
  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
      for i in first...last { ranks[order[i]] = Double(first + last) / 2 + 1 }
      first = last + 1
    }
    return ranks
  }
}
