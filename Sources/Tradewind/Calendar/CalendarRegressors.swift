/// Columns of calendar regressors, one value per period.
///
/// The periods may be months, quarters or years: the value of a longer period is the sum over its months. All
/// regressors are as in X-13ARIMA-SEATS (US Census Bureau, *X-13ARIMA-SEATS Reference Manual*, table 4.1; W. R. Bell and
/// S. C. Hillmer, "Modeling time series with calendar variation", JASA 78, 1983, doi:10.1080/01621459.1983.10478005).
///
/// ```swift
/// let months = Period.month(2025, 1)...Period.month(2025, 3)
/// print(CalendarRegressors.tradingDays(over: months))  // [3.0, 0.0, -4.0]
/// ```
public enum CalendarRegressors {
  /// The weekdays of ``tradingDaysByWeekday(over:)`` and ``stockTradingDays(day:over:)``, Monday to Saturday.
  public static let weekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  /// The number of weekdays (Monday to Friday) less 5/2 of the number of Saturdays and Sundays: how many more working
  /// days a period has than its days at the weekend would go with.
  public static func tradingDays(over periods: ClosedRange<Period>) -> [Double] {
    periods.map { period in
      let counts = CalendarFacts.weekdayCounts(in: period)
      return Double(counts[..<5].reduce(0, +)) - 2.5 * Double(counts[5] + counts[6])
    }
  }

  /// Six columns: the number of Mondays less that of Sundays, of Tuesdays less Sundays, … of Saturdays less Sundays.
  public static func tradingDaysByWeekday(over periods: ClosedRange<Period>) -> [[Double]] {
    let counts = periods.map(CalendarFacts.weekdayCounts(in:))
    return (0..<6).map { weekday in counts.map { Double($0[weekday] - $0[6]) } }
  }

  /// Six columns for a stock that is counted on one day of the (last) month: 1 where that day is a Monday, …, a Saturday;
  /// −1 in all six where it is a Sunday; otherwise 0.
  ///
  /// - Parameters:
  ///   - day: The day of the month, 1…31 (a precondition); where the month is shorter, its last day.
  ///   - periods: The periods.
  public static func stockTradingDays(day: Int, over periods: ClosedRange<Period>) -> [[Double]] {
    precondition((1...31).contains(day), "A day of the month is a number from 1 to 31, not \(day).")
    let weekdays = periods.map { period in
      let month = period.lastMonth
      let last = min(day, CalendarFacts.daysInMonth(month))
      return CalendarDate(year: month.year, checkedMonth: month.month, day: last).weekday
    }
    return (1...6).map { column in weekdays.map { $0 == 7 ? -1 : $0 == column ? 1 : 0 } }
  }

  /// The number of days less the mean length, which is 30.4375 for a month (365.25/12), 91.3125 for a quarter and
  /// 365.25 for a year.
  public static func lengthOfMonth(over periods: ClosedRange<Period>) -> [Double] {
    periods.map { Double(CalendarFacts.days(in: $0)) - 30.4375 * Double($0.unit.months) }
  }

  /// 0.75 for a period with the February of a leap year, −0.25 with another February, otherwise 0.
  public static func leapYear(over periods: ClosedRange<Period>) -> [Double] {
    periods.map { period in
      guard period.month <= 2, period.lastMonth.month >= 2 else { return 0 }
      return CalendarFacts.isLeapYear(period.year) ? 0.75 : -0.25
    }
  }
}
