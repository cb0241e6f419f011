/// Why a text does not name a period or a day. The text is shortened to 40 characters.
public enum PeriodError: Error, Sendable, Equatable {
  /// The text has none of the known forms.
  case malformed(text: String)
  /// The text is not a day in the form of 2025-01-29.
  case malformedDate(text: String)
  /// The year is 0000.
  case yearOutOfRange(text: String)
  /// The month is not 1…12.
  case noSuchMonth(text: String, month: Int)
  /// The quarter is not 1…4.
  case noSuchQuarter(text: String, quarter: Int)
  /// The month does not have that day.
  case noSuchDay(text: String, day: Int)
  /// The two ends of a range have different units.
  case mixedUnits(first: Period, last: Period)
  /// A range's last period lies before its first.
  case endsBeforeItStarts(first: Period, last: Period)

  /// What is wrong, without what was expected.
  public var message: String {
    switch self {
    case .malformed(let text): text.isEmpty ? "the period is empty" : "'\(text)' is not a period"
    case .malformedDate(let text): text.isEmpty ? "the date is empty" : "'\(text)' is not a date"
    case .yearOutOfRange(let text): "'\(text)' has the year 0000"
    case .noSuchMonth(let text, let month): "'\(text)' names month \(month), which does not exist"
    case .noSuchQuarter(let text, let quarter): "'\(text)' names quarter \(quarter), which does not exist"
    case .noSuchDay(let text, let day): "'\(text)' names day \(day), which that month does not have"
    case .mixedUnits(let first, let last):
      "the range goes from \(first) to \(last), which are of different length"
    case .endsBeforeItStarts(let first, let last): "the range ends in \(last), before it starts in \(first)"
    }
  }

  /// What would have been right.
  public var expected: String {
    switch self {
    case .malformed: "a period such as 2025-03, 2025-03-31, 2025-Q1 or 2025"
    case .malformedDate: "a date such as 2025-01-29"
    case .yearOutOfRange: "a year from 0001 to 9999"
    case .noSuchMonth: "a month from 01 to 12"
    case .noSuchQuarter: "a quarter from 1 to 4"
    case .noSuchDay: "a day of that month"
    case .mixedUnits: "two months, two quarters or two years"
    case .endsBeforeItStarts: "the earlier period first"
    }
  }
}

extension PeriodError: CustomStringConvertible {
  /// What is wrong and what was expected, in one line.
  public var description: String { "\(message); expected \(expected)" }
}
