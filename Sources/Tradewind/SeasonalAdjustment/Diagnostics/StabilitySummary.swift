/// How large the changes of an estimate are: their mean, and the five figures of a box plot.
public struct StabilitySummary: Sendable, Equatable {
  /// How many periods were compared.
  public let count: Int
  /// The mean.
  public let mean: Double
  /// The smallest.
  public let minimum: Double
  /// Tukey's lower hinge: the median of the lower half, with the median in it where the number is odd.
  public let lowerHinge: Double
  /// The median.
  public let median: Double
  /// Tukey's upper hinge.
  public let upperHinge: Double
  /// The largest.
  public let maximum: Double

  /// nil of no values.
  init?(of values: [Double]) {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let n = sorted.count
    func middle(_ range: Range<Int>) -> Double {
      let (low, high) = (range.lowerBound + (range.count - 1) / 2, range.lowerBound + range.count / 2)
      return (sorted[low] + sorted[high]) / 2
    }
    count = n
    mean = sorted.reduce(0, +) / Double(n)
    (minimum, maximum) = (sorted[0], sorted[n - 1])
    (lowerHinge, median, upperHinge) = (middle(0..<(n + 1) / 2), middle(0..<n), middle(n / 2..<n))
  }
}
