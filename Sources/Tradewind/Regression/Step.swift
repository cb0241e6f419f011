/// A lasting change of level: 0 before a period, 1 from it on.
///
/// One column, `step PERIOD`. A step at or before the first observation, or after the last one, cannot be
/// told from the intercept or from nothing, and is reported as aliased.
public struct Step: RegressionTerm, Hashable {
  /// The first period of the new level.
  public let period: Period

  /// A step at `period`.
  public init(at period: Period) {
    self.period = period
  }

  /// `step PERIOD`.
  public var title: String { "step \(period)" }
  /// Part of the trend.
  public var role: RegressionRole { .trend }

  /// `step PERIOD`.
  ///
  /// - Throws: ``RegressionError/wrongUnit(term:needed:found:)`` when the period counts in another unit than
  ///   the series.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    let index = try frame.index(of: period, term: title)
    return [RegressionColumn(name: title, values: (0..<frame.count).map { $0 >= index ? 1 : 0 })]
  }
}
