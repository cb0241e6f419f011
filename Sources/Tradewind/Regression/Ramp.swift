/// A change of level that takes its time: constant up to one period, moving to another, and constant again.
///
/// One column, `ramp FIRST..LAST`: 0 up to the first period, 1, 2, … after it, and from the last period on the
/// number of periods between them. The coefficient of a linear ramp is the change a period.
///
/// X-13's `rp`, `qi` and `qd` are the same columns less their last value: 0 from the last period on. Beside a
/// constant, or in a model with differences, the coefficient is the same.
///
/// Reference: US Census Bureau, X-13ARIMA-SEATS Reference Manual, table 4.1.
public struct Ramp: RegressionTerm, Hashable {
  /// The way from the old level to the new one.
  public enum Shape: Sendable, Hashable, CaseIterable {
    /// A straight line: X-13's `rp`.
    case linear
    /// Slow at first, then faster: the square of the time since the first period, X-13's `qi`.
    case accelerating
    /// Fast at first, then slower: X-13's `qd`.
    case decelerating
  }

  /// The last period of the old level and the first of the new.
  public let range: PeriodRange
  /// The way between them.
  public let shape: Shape

  /// A change from the first period of `range`, the last of the old level, to its last period, the first of the
  /// new one. In a range of one period nothing changes, and the term is reported as aliased.
  public init(over range: PeriodRange, shape: Shape = .linear) {
    self.range = range
    self.shape = shape
  }

  /// `ramp FIRST..LAST`.
  public var title: String {
    switch shape {
    case .linear: "ramp \(range)"
    case .accelerating: "accelerating ramp \(range)"
    case .decelerating: "decelerating ramp \(range)"
    }
  }
  /// Part of the trend.
  public var role: RegressionRole { .trend }

  /// `ramp FIRST..LAST`.
  ///
  /// - Throws: ``RegressionError/wrongUnit(term:needed:found:)`` when the periods count in another unit than the
  ///   series.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    let first = try frame.index(of: range.first, term: title)
    let length = Double(range.count - 1)
    let values = (0..<frame.count).map { index in
      let passed = min(max(Double(index - first), 0), length)
      return switch shape {
      case .linear: passed
      case .accelerating: passed * passed
      case .decelerating: length * length - (length - passed) * (length - passed)
      }
    }
    return [RegressionColumn(name: title, values: values)]
  }
}
