/// Why a list of holidays cannot be used, or not for these months.
public enum HolidayError: Error, Sendable, Equatable {
  /// The list is empty.
  case noDates(holiday: String)
  /// A date stands twice in the list.
  case repeatedDate(holiday: String, date: CalendarDate)
  /// More than 400 days lie between two dates, so that one in between must be missing.
  case yearMissing(holiday: String, after: CalendarDate, before: CalendarDate)
  /// The dates do not say what happens in `period`; they do from `first` to `last`.
  case outsideTable(holiday: String, period: Period, first: Period, last: Period)
  /// The years to centre on are not all in the list, which has those from `first` to `last`.
  case centringOutsideTable(holiday: String, years: ClosedRange<Int>, first: Int, last: Int)
}

extension HolidayError: CustomStringConvertible {
  /// One sentence with the numbers.
  public var description: String {
    switch self {
    case .noDates(let holiday):
      "the holiday '\(quoted(holiday))' has no dates"
    case .repeatedDate(let holiday, let date):
      "the date \(date) of the holiday '\(quoted(holiday))' is given twice"
    case .yearMissing(let holiday, let after, let before):
      "the holiday '\(quoted(holiday))' has no date between \(after) and \(before), more than 400 days"
    case .outsideTable(let holiday, let period, let first, let last):
      "the dates of the holiday '\(quoted(holiday))' serve for \(first) to \(last), but \(period) is needed"
    case .centringOutsideTable(let holiday, let years, let first, let last):
      "the holiday '\(quoted(holiday))' is to be centred on \(years.lowerBound) to \(years.upperBound), "
        + "but its dates go from \(first) to \(last)"
    }
  }
}
