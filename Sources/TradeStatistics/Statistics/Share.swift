/// A part's share of a whole in two periods.
///
/// Shares are fractions, their change is one too: 0.012 is 1.2 percentage points.
public struct Share: Sendable, Equatable, Codable {
  /// x / X in the period.
  public var current: Double
  /// x⁰ / X⁰ in the period before.
  public var base: Double

  /// The change of the share: x / X − x⁰ / X⁰.
  public var change: Double { current - base }

  /// NaN where a whole is not positive.
  public init(part: (base: Double, current: Double), whole: (base: Double, current: Double)) {
    current = whole.current > 0 ? part.current / whole.current : .nan
    base = whole.base > 0 ? part.base / whole.base : .nan
  }
}
