/// A holiday that moves from year to year, given by its dates.
///
/// ```swift
/// let diwali = try Holiday("Diwali", dates: ["2023-11-12", "2024-11-01"].map { try CalendarDate(parsing: $0) })
/// print(Holiday.chineseNewYear.years)  // 1930...2100
/// ```
public struct Holiday: Hashable, Sendable {
  /// The name, for messages and output.
  public let name: String

  /// The dates in order, none twice.
  public let dates: [CalendarDate]

  /// The years over which the calendar-month means are taken that centre a regressor of this holiday.
  public let centringYears: ClosedRange<Int>

  /// The years that the dates cover.
  public let years: ClosedRange<Int>

  /// A holiday with these dates, in any order.
  ///
  /// - Parameters:
  ///   - name: The name, for messages and output.
  ///   - dates: The dates of consecutive occurrences. A year may have two (a lunar year is 11 days shorter), but
  ///     none may be left out: more than 400 days between two dates are an error.
  ///   - centringYears: The years to centre a regressor on, all covered by the dates; nil means all of them.
  ///     A long period that does not change when data are added keeps the regressor of a month the same.
  /// - Throws: ``HolidayError`` for no dates, a repeated date, a missing year, or centring years not covered.
  public init(
    _ name: String, dates: [CalendarDate], centringYears: ClosedRange<Int>? = nil
  ) throws(HolidayError) {
    let sorted = dates.sorted()
    guard let first = sorted.first?.year, let last = sorted.last?.year else { throw .noDates(holiday: name) }
    for (one, next) in zip(sorted, sorted.dropFirst()) {
      guard one != next else { throw .repeatedDate(holiday: name, date: one) }
      // The longest year of a calendar in use, the lunisolar with a leap month, has 385 days.
      guard next.dayNumber - one.dayNumber <= 400 else {
        throw .yearMissing(holiday: name, after: one, before: next)
      }
    }
    let centring = centringYears ?? first...last
    guard first <= centring.lowerBound, centring.upperBound <= last else {
      throw .centringOutsideTable(holiday: name, years: centring, first: first, last: last)
    }
    self.init(name: name, sortedDates: sorted, years: first...last, centringYears: centring)
  }

  private init(
    name: String, sortedDates: [CalendarDate], years: ClosedRange<Int>, centringYears: ClosedRange<Int>
  ) {
    self.name = name
    self.dates = sortedDates
    self.years = years
    self.centringYears = centringYears
  }

  /// Chinese New Year 1930 to 2100 (see ``CalendarFacts/chineseNewYear(year:)``), centred on 1930 to 2030.
  public static let chineseNewYear = Holiday(
    name: "Chinese New Year",
    sortedDates: CalendarFacts.chineseNewYearYears.compactMap(CalendarFacts.chineseNewYear(year:)),
    years: CalendarFacts.chineseNewYearYears, centringYears: 1930...2030)

  /// Western Easter Sunday 1583 to 2500, centred on the 500 years 1600 to 2099 as in X-13ARIMA-SEATS.
  public static let easter = Holiday(
    name: "Easter", sortedDates: (1583...2500).map(CalendarFacts.easter(year:)), years: 1583...2500,
    centringYears: 1600...2099)
}
