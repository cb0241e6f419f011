/// A day of the Gregorian calendar, extended backwards before its introduction in 1582 (proleptic).
///
/// ```swift
/// let day = try CalendarDate(parsing: "2025-01-29")
/// print(day.weekday, day.advanced(by: 7))  // 3 2025-02-05
/// ```
public struct CalendarDate: Hashable, Sendable {
  /// The year; 0 is the year before 1.
  public let year: Int

  /// The month, 1…12.
  public let month: Int

  /// The day of the month, 1…31.
  public let day: Int

  /// The day, or nil if there is none such (`2025-02-29`).
  public init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), (1...CalendarFacts.daysInMonth(.month(year, month))).contains(day) else {
      return nil
    }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `2025-01-29`: a four-digit year from 0001 on and a day that exists.
  ///
  /// - Throws: ``PeriodError`` that says what is wrong and what was expected.
  public init(parsing text: some StringProtocol) throws(PeriodError) {
    let bytes = Array(text.utf8.prefix(11))
    guard bytes.count == 10, let year = number(bytes, 0..<4), let month = number(bytes, 5..<7),
      let day = number(bytes, 8..<10)
    else { throw .malformedDate(text: quoted(text)) }
    _ = try Period(parsing: text)
    self.init(year: year, checkedMonth: month, day: day)
  }

  /// The day with the number `dayNumber`, see ``dayNumber``.
  ///
  /// The arithmetic counts years from March, so that the leap day comes last, in eras of 400 years, which have
  /// 146,097 days.
  public init(dayNumber: Int) {
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    let (era, dayOfEra) = floorDivision(dayNumber + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    // Five months from March on have 153 days (31, 30, 31, 30, 31), and again from August on.
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(
      year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), checkedMonth: month,
      day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// For parts that are known to make a day.
  init(year: Int, checkedMonth month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The number of days since 1970-01-01, which has the number 0; earlier days have negative numbers.
  public var dayNumber: Int {
    let (era, yearOfEra) = floorDivision(month <= 2 ? year - 1 : year, 400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The day of the week, 1 for Monday to 7 for Sunday (ISO 8601).
  public var weekday: Int {
    // 1970-01-01 was a Thursday.
    floorDivision(dayNumber + 3, 7).remainder + 1
  }

  /// The month that holds the day.
  public var period: Period { .month(year, month) }

  /// The day `days` days later, or earlier if `days` is negative.
  public func advanced(by days: Int) -> CalendarDate { CalendarDate(dayNumber: dayNumber + days) }
}

extension CalendarDate: Comparable {
  /// Whether `a` is the earlier day.
  public static func < (a: CalendarDate, b: CalendarDate) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }
}

extension CalendarDate: CustomStringConvertible {
  /// `2025-01-29`.
  public var description: String { "\(period)-\(padded(day, toWidth: 2))" }
}

/// Division that rounds towards minus infinity, with a remainder from 0 to b − 1, so that years and days before the
/// origin count like those after it.
func floorDivision(_ a: Int, _ b: Int) -> (quotient: Int, remainder: Int) {
  let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
  return remainder < 0 ? (quotient - 1, remainder + b) : (quotient, remainder)
}
