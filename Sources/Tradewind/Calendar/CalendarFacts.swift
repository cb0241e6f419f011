/// Facts about the Gregorian calendar, extended backwards before its introduction in 1582 (proleptic).
///
/// ```swift
/// print(CalendarFacts.weekdayCounts(in: .month(2025, 2)))  // [4, 4, 4, 4, 4, 4, 4]
/// print(CalendarFacts.easter(year: 2025))  // 2025-04-20
/// ```
public enum CalendarFacts {
  /// Whether `year` has a 29 February: every fourth year, but of the full centuries only every fourth.
  public static func isLeapYear(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  /// The number of days of `period`: 28…31 for a month, 90…92 for a quarter, 365 or 366 for a year.
  public static func days(in period: Period) -> Int {
    period.months.reduce(0) { $0 + daysInMonth($1) }
  }

  /// How often each weekday occurs in `period`, Monday first; the seven counts add up to the days.
  public static func weekdayCounts(in period: Period) -> [Int] {
    let length = days(in: period)
    var counts = [Int](repeating: length / 7, count: 7)
    let first = CalendarDate(year: period.year, checkedMonth: period.month, day: 1).weekday - 1
    // Beyond whole weeks, the weekdays from the first day on come once more.
    for extra in 0..<(length % 7) { counts[(first + extra) % 7] += 1 }
    return counts
  }

  /// The number of days of the first month of `period`, 28…31.
  static func daysInMonth(_ period: Period) -> Int {
    switch period.month {
    case 4, 6, 9, 11: 30
    case 2: isLeapYear(period.year) ? 29 : 28
    default: 31
    }
  }

  /// Easter Sunday of the western churches, by the rule of 1583 for any year.
  ///
  /// The anonymous Gregorian algorithm (*Nature* 13, 1876, p. 487; J. Meeus, *Astronomical Algorithms*, 1991,
  /// chapter 8), with its letters. Orthodox Easter follows another rule: give its dates as a ``Holiday``.
  public static func easter(year: Int) -> CalendarDate {
    let a = floorDivision(year, 19).remainder
    let (b, c) = floorDivision(year, 100)
    let (d, e) = floorDivision(b, 4)
    let f = floorDivision(b + 8, 25).quotient
    let g = floorDivision(b - f + 1, 3).quotient
    let h = floorDivision(19 * a + b - d - g + 15, 30).remainder
    let (i, k) = floorDivision(c, 4)
    let l = floorDivision(32 + 2 * e + 2 * i - h - k, 7).remainder
    let m = (a + 11 * h + 22 * l) / 451
    let (month, day) = floorDivision(h + l - 7 * m + 114, 31)
    return CalendarDate(year: year, checkedMonth: month, day: day + 1)
  }
}
