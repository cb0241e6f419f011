/// o′Ao for outliers o of all kinds and months, A = D′V⁻¹D.
///
/// A level shift is a month's pulse and the shift of the month after it, a transient change a pulse and
/// `rate` times the change after it; so their forms follow from the last month backwards with the (weighted)
/// sums of A's rows to the right of the diagonal.
struct OutlierForms: Sendable {
  private let count: Int
  private let rate: Double
  private let period: Int
  private var pulses: [Double]
  private var shifts: [Double]
  private var transients: [Double]
  private var seasonals: [Double] = []

  init(
    _ inverse: ARMAInverse, differencing: [Double], count: Int, rate: Double, isSeasonal: Bool, period: Int,
    buffer: inout [Double]
  ) {
    self.count = count
    self.rate = rate
    self.period = period
    pulses = [Double](repeating: 0, count: count)
    shifts = pulses
    transients = pulses
    let n = inverse.count
    inverse.matrix(into: &buffer)
    let adjoint = DifferencingAdjoint(differencing, count: count)
    let lost = adjoint.lost
    var rowSums = pulses
    var fading = pulses
    // A row of D′V⁻¹ with zeros on both sides, so that the taps need no bounds; from the diagonal on.
    var row = [Double](repeating: 0, count: n + 2 * lost)
    var image = [Double](repeating: 0, count: count)
    for t in 0..<count {
      Self.fill(&row, buffer, adjoint, n, t)
      var right = Self.project(&image, row, adjoint, t, count)
      pulses[t] = image[t]
      rowSums[t] = right
      right = 0
      for s in stride(from: count - 1, to: t, by: -1) { right = (right + image[s]) * rate }
      fading[t] = right
    }
    var (shift, transient) = (0.0, 0.0)
    for t in stride(from: count - 1, through: 0, by: -1) {
      shift += 2 * rowSums[t] + pulses[t]
      transient = pulses[t] + 2 * fading[t] + rate * rate * transient
      shifts[t] = shift
      transients[t] = transient
    }
    if isSeasonal { seasonals = seasonalForms(inverse, adjoint) }
  }

  /// Row t of D′V⁻¹, `lost` places to the right, as far to the left as the diagonal of A needs it.
  private static func fill(
    _ row: inout [Double], _ matrix: [Double], _ adjoint: DifferencingAdjoint, _ n: Int, _ t: Int
  ) {
    let lost = adjoint.lost
    let from = max(0, t - lost)
    var target = row.mutableSpan
    let source = matrix.span
    for j in from..<n { target[lost + j] = 0 }
    for (lag, weight) in adjoint.taps {
      let i = t - lost + lag
      guard i >= 0, i < n else { continue }
      for j in from..<n { target[lost + j] += weight * source[i * n + j] }
    }
  }

  /// Row t of A from the diagonal on; returns the sum to the right of it.
  private static func project(
    _ image: inout [Double], _ row: [Double], _ adjoint: DifferencingAdjoint, _ t: Int, _ count: Int
  ) -> Double {
    var target = image.mutableSpan
    let source = row.span
    for s in t..<count { target[s] = 0 }
    for (lag, weight) in adjoint.taps {
      for s in t..<count { target[s] += weight * source[s + lag] }
    }
    var sum = 0.0
    for s in t + 1..<max(t + 1, count) { sum += target[s] }
    return sum
  }

  /// One filtered column a month: seasonal outliers are not among the kinds searched unless asked for.
  private func seasonalForms(_ inverse: ARMAInverse, _ adjoint: DifferencingAdjoint) -> [Double] {
    let n = inverse.count
    var unit = [Double](repeating: 0, count: count)
    return (0..<count).map { month in
      for t in 0..<count { unit[t] = seasonalOutlier(t, month, period) }
      var differences = [Double](repeating: 0, count: n)
      for (lag, weight) in adjoint.taps {
        for j in 0..<n { differences[j] += weight * unit[j + adjoint.lost - lag] }
      }
      let weighted = inverse.solve(differences)
      var sum = 0.0
      for j in 0..<n { sum += weighted[j] * differences[j] }
      return sum
    }
  }

  /// o′Ao by month.
  func squares(_ kind: Outlier.Kind) -> [Double] {
    switch kind {
    case .additive: pulses
    case .levelShift: shifts
    case .transientChange: transients
    case .seasonal: seasonals
    }
  }

  /// o′v by month.
  func accumulate(_ v: [Double], _ kind: Outlier.Kind) -> [Double] {
    switch kind {
    case .additive: return v
    case .levelShift, .transientChange:
      let keep = kind == .levelShift ? 1 : rate
      var result = v
      for t in stride(from: count - 2, through: 0, by: -1) { result[t] += keep * result[t + 1] }
      return result
    case .seasonal:
      return (0..<count).map { month in
        (0..<month).reduce(0) { $0 + v[$1] * seasonalOutlier($1, month, period) }
      }
    }
  }
}

/// A seasonal outlier's column, see ``SeasonalOutlier``.
func seasonalOutlier(_ t: Int, _ month: Int, _ period: Int) -> Double {
  guard t < month, period > 1 else { return 0 }
  return (month - t).isMultiple(of: period) ? -1 : 1 / Double(period - 1)
}
