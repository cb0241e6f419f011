/// Consecutive values of which only the total is known.
struct CombinedRun: Sendable, Hashable {
  /// Where they stand in the series.
  var range: ClosedRange<Int>
  /// Their sum, on the series' own scale, whatever the scale of the model.
  var total: Double
}
