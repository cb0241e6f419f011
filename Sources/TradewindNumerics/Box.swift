/// A box, one range per coordinate, and what optimisers need of it.
struct Box {
  let lower: [Double]
  let upper: [Double]

  /// No bounds at all if `ranges` is nil.
  init(_ ranges: [ClosedRange<Double>]?, count: Int) {
    precondition(ranges.map { $0.count == count } ?? true, "bounds are one range per coordinate")
    lower = ranges?.map(\.lowerBound) ?? [Double](repeating: -.infinity, count: count)
    upper = ranges?.map(\.upperBound) ?? [Double](repeating: .infinity, count: count)
  }

  func clamp(_ value: Double, _ i: Int) -> Double { min(max(value, lower[i]), upper[i]) }

  /// The value folded back into the range at its ends, as by two mirrors.
  func mirror(_ value: Double, _ i: Int) -> Double {
    if value >= lower[i] && value <= upper[i] { return value }
    let once = value < lower[i] ? 2 * lower[i] - value : 2 * upper[i] - value
    // Further out than the range is wide: the far end will do.
    return clamp(once, i)
  }

  func clamp(_ point: [Double]) -> [Double] { point.indices.map { clamp(point[$0], $0) } }
}
