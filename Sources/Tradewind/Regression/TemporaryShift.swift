/// Another level for some periods: 1 in them, 0 before and after.
///
/// One column, `shift FIRST..LAST`, X-13's `tl`: a strike, a closed port, a customs holiday.
public struct TemporaryShift: RegressionTerm, Hashable {
  /// The periods of the other level.
  public let range: PeriodRange

  /// Another level in the periods of `range`.
  public init(over range: PeriodRange) {
    self.range = range
  }

  /// `shift FIRST..LAST`.
  public var title: String { "shift \(range)" }
  /// Part of the trend.
  public var role: RegressionRole { .trend }

  /// `shift FIRST..LAST`.
  ///
  /// - Throws: ``RegressionError/wrongUnit(term:needed:found:)`` when the periods count in another unit than the
  ///   series.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    let first = try frame.index(of: range.first, term: title)
    let last = first + range.count - 1
    let values = (0..<frame.count).map { $0 >= first && $0 <= last ? 1.0 : 0 }
    return [RegressionColumn(name: title, values: values)]
  }
}
