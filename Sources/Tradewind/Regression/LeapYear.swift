/// The 29th of February: 0.75 in a leap year's February, −0.25 in any other, 0 elsewhere.
///
/// One column, `leap year`; see ``CalendarRegressors/leapYear(over:)``.
public struct LeapYear: RegressionTerm, Hashable {
  /// The leap-year effect.
  public init() {}

  /// `leap year`.
  public var title: String { "leap year" }
  /// Part of the calendar.
  public var role: RegressionRole { .tradingDays }

  /// `leap year`.
  public func columns(in frame: RegressionFrame) -> [RegressionColumn] {
    let values = frame.periods.map { CalendarRegressors.leapYear(over: $0) } ?? []
    return [RegressionColumn(name: "leap year", values: values)]
  }
}
