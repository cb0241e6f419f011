/// Facts about the Gregorian calendar, extended backwards before its introduction in 1582 (proleptic).
public enum CalendarFacts {
  /// Whether `year` has a 29 February: every fourth year, but of the full centuries only every fourth.
  public static func isLeapYear(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  /// The number of days of `period`: 28…31 for a month, 90…92 for a quarter, 365 or 366 for a year.
  public static func days(in period: Period) -> Int {
    period.months.reduce(0) { $0 + daysInMonth($1) }
  }

  /// The number of days of the first month of `period`, 28…31.
  public static func daysInMonth(_ period: Period) -> Int {
    switch period.month {
    case 4, 6, 9, 11: 30
    case 2: isLeapYear(period.year) ? 29 : 28
    default: 31
    }
  }
}
