/// A single period out of line: 1 in it, 0 elsewhere.
///
/// One column, `pulse PERIOD`. Its coefficient is the distance of the observation from what the other terms
/// expect, and the observation has no other influence. A pulse where nothing is observed is reported as
/// aliased.
public struct Pulse: RegressionTerm, Hashable {
  /// The period of the outlier.
  public let period: Period

  /// A pulse in `period`.
  public init(at period: Period) {
    self.period = period
  }

  /// `pulse PERIOD`.
  public var title: String { "pulse \(period)" }
  /// Part of the irregular part.
  public var role: RegressionRole { .irregular }

  /// `pulse PERIOD`.
  ///
  /// - Throws: ``RegressionError/wrongUnit(term:needed:found:)`` when the period counts in another unit than
  ///   the series.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    let index = try frame.index(of: period, term: title)
    return [RegressionColumn(name: title, values: (0..<frame.count).map { $0 == index ? 1 : 0 })]
  }
}
