/// Consecutive values of which only the total is known.
struct CombinedRun: Sendable, Hashable {
  /// Where they stand in the series.
  var range: ClosedRange<Int>
  /// Σ factorⱼ · (the j-th value), on the series' own scale, whatever the scale of the model.
  var total: Double
  /// What each value counts with: 1, or the prior factor that the series was divided by.
  var factors: [Double]

  init(range: ClosedRange<Int>, total: Double, factors: [Double]? = nil) {
    precondition(factors == nil || factors?.count == range.count, "there is a factor a value")
    self.range = range
    self.total = total
    self.factors = factors ?? [Double](repeating: 1, count: range.count)
  }
}
