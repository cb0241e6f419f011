/// The Chinese New Year: the week before, the week of the feast, and the two weeks after.
///
/// Three columns, `Chinese New Year -7...-1` and so on; the same as ``MovingHoliday`` with these windows.
/// Trade slows well before the day and recovers late: try other windows with ``init(windows:)``.
public struct ChineseNewYear: RegressionTerm, Hashable {
  /// Days relative to New Year's day, one window a column.
  public let windows: [ClosedRange<Int>]

  /// The effect in each window of days, at most 366 days each (a precondition).
  public init(windows: [ClosedRange<Int>] = [-7 ... -1, 0...6, 7...20]) {
    precondition(windows.allSatisfy { $0.count <= 366 }, "A holiday's window has at most 366 days.")
    self.windows = windows
  }

  /// `Chinese New Year`.
  public var title: String { "Chinese New Year" }
  /// Part of the calendar.
  public var role: RegressionRole { .holiday }

  /// One column a window.
  ///
  /// - Throws: ``RegressionError/holiday(_:)`` before 1930 and after 2100.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    try MovingHoliday(.chineseNewYear, windows: windows).columns(in: frame)
  }
}
