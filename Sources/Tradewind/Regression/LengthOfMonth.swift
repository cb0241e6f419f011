/// The number of days of a period less its mean, such as 0.5625 for a January.
///
/// One column, `length of month`; see ``CalendarRegressors/lengthOfMonth(over:)``. In a monthly model with
/// seasonal dummies only the leap years' February tells it from the season.
public struct LengthOfMonth: RegressionTerm, Hashable {
  /// The length of the period.
  public init() {}

  /// `length of month`.
  public var title: String { "length of month" }
  /// Part of the calendar.
  public var role: RegressionRole { .tradingDays }

  /// `length of month`.
  public func columns(in frame: RegressionFrame) -> [RegressionColumn] {
    let values = frame.periods.map { CalendarRegressors.lengthOfMonth(over: $0) } ?? []
    return [RegressionColumn(name: "length of month", values: values)]
  }
}
