import TradewindNumerics

/// Steps that bring a draw onto the figures it must meet: KH′S⁻¹ times what is missed, with the gradients H at the most
/// probable history and S = HKH′ + R kept for all draws. It allocates nothing once made.
struct ChordStep {
  /// Figures and unknowns.
  let count: Int
  let unknowns: Int
  /// KH′, one row for each unknown.
  private let gain: [Double]
  /// L and L′ with LL′ = S, rows one after another.
  private let lower: [Double]
  private let upper: [Double]
  private var work: [Double]
  /// What is missed; the caller's to fill.
  var miss: [Double]
  /// S⁻¹ times what is missed.
  private(set) var step: [Double]

  init(_ posterior: HistoryPosterior, _ linear: Linearisation) {
    count = linear.rows.count
    unknowns = posterior.mode.count
    gain = linear.times(posterior.covariance).transposed().elements
    lower = posterior.marginal.lower.transposed().elements
    upper = posterior.marginal.lower.elements
    work = [Double](repeating: 0, count: count)
    (miss, step) = (work, work)
  }

  /// Fills ``step`` from ``miss``.
  mutating func solve() {
    for i in 0..<count {
      var sum = miss[i]
      for j in 0..<i { sum -= lower[i * count + j] * work[j] }
      work[i] = sum / lower[i * count + i]
    }
    for i in stride(from: count - 1, through: 0, by: -1) {
      var sum = work[i]
      for j in i + 1..<count { sum -= upper[i * count + j] * step[j] }
      step[i] = sum / upper[i * count + i]
    }
  }

  /// KH′a for one unknown.
  func moved(_ unknown: Int, by a: [Double]) -> Double {
    var sum = 0.0
    for i in 0..<count { sum += gain[unknown * count + i] * a[i] }
    return sum
  }
}
