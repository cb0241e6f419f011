/// The days before Easter Sunday, X-13's `easter[w]`.
///
/// One column, `Easter -8...-1` for 8 days; the same as ``MovingHoliday`` with that window.
public struct Easter: RegressionTerm, Hashable {
  /// How many days before Easter Sunday the effect begins.
  public let days: Int

  /// The effect of the last `days` days before Easter Sunday, 1…25 (a precondition); X-13 tries 1, 8 and 15.
  public init(days: Int = 8) {
    precondition((1...25).contains(days), "Easter's effect begins 1 to 25 days before it, not \(days).")
    self.days = days
  }

  /// One column.
  ///
  /// - Throws: ``RegressionError/holiday(_:)`` before 1583 and after 2500.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    try MovingHoliday(.easter, windows: [-days ... -1]).columns(in: frame)
  }
}
