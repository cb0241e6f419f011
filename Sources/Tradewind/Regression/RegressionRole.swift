/// Which part of a series a regressor belongs to.
///
/// A seasonal adjustment takes the calendar out, leaves a lasting change of level in the trend and a single odd
/// month in the irregular part; the role says which is which. X-13 assigns its own regressors in the same way
/// and asks for it where a column is the user's (`usertype`).
public enum RegressionRole: String, Sendable, Hashable, Codable, CaseIterable {
  /// Lines, lasting changes of level, ramps.
  case trend
  /// Whatever repeats every year, and changes of the seasonal pattern.
  case seasonal
  /// Weekdays, leap years, the length of the month.
  case tradingDays
  /// Feasts that move between months.
  case holiday
  /// Single odd periods and those that fade away.
  case irregular
  /// Anything else.
  case user

  /// Whether it is taken out as calendar: trading days and holidays.
  public var isCalendar: Bool { self == .tradingDays || self == .holiday }
}
