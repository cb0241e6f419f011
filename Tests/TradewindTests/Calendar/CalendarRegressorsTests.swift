import TestSupport
import Testing
import Tradewind

@Suite struct CalendarRegressorsTests {
  /// The dates that the reference regressors were made from; three differ from the true calendar.
  private static func listedNewYear() throws -> Holiday {
    let holidays = try HolidayFile.parse(try References.text("calendar/holidays.csv"), file: "holidays.csv")
    return try #require(holidays.first { $0.name == "cny" })
  }

  private static func months(of file: String) throws -> ClosedRange<Period> {
    let rows = try References.rows(file)
    let first = try Period(parsing: try #require(rows.first?["month"]))
    let last = try Period(parsing: try #require(rows.last?["month"]))
    #expect(first.distance(to: last) + 1 == rows.count)
    return first...last
  }

  /// Every month of the reference column.
  private func expectEqual(
    _ column: [Double], _ file: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let reference = try References.numbers(file, column: name)
    #expect(column.count == reference.count, sourceLocation: sourceLocation)
    let largest = zip(column, reference).map { abs($0 - $1) }.max() ?? .nan
    #expect(largest <= 1e-12, "\(file), \(name)", sourceLocation: sourceLocation)
  }

  @Test(
    "a window's share around Chinese New Year is R's genhol column to 1e-12",
    arguments: [
      ("cny1", [0...6]), ("cny2", [-6 ... -1, 0...6]), ("cny3", [-7 ... -1, 0...6, 7...20]),
      ("cny3_20", [-20 ... -1, 0...6, 7...26]),
    ])
  func newYearColumns(name: String, windows: [ClosedRange<Int>]) throws {
    let file = "calendar/\(name).csv"
    let months = try Self.months(of: file)
    let holiday = try Self.listedNewYear()
    for window in windows {
      let column = try CalendarRegressors.movingHoliday(holiday, window: window, over: months)
      try expectEqual(column, file, "\(window.lowerBound)..\(window.upperBound)")
    }
  }

  @Test("two holidays of one name and different dates have columns of their own")
  func sameName() throws {
    let months = Period.month(2024, 1)...Period.month(2025, 12)
    let dates = try (2023...2026).map { try CalendarDate(parsing: "\($0)-03-10") }
    let moved = dates.map { $0.advanced(by: 31) }
    let first = try CalendarRegressors.movingHoliday(
      Holiday("fair", dates: dates), window: 0...6, over: months)
    let second = try CalendarRegressors.movingHoliday(
      Holiday("fair", dates: moved), window: 0...6, over: months)
    // All of it falls in March in each year, or in April: less the month's mean nothing is left.
    #expect(first.allSatisfy { $0 == 0 } && second.allSatisfy { $0 == 0 })
    let late = try Holiday("fair", dates: [dates[0], dates[1].advanced(by: 31), dates[2], dates[3]])
    let third = try CalendarRegressors.movingHoliday(late, window: 0...6, over: months)
    #expect(third[2] == -0.75 && third[3] == 0.75)
  }

  @Test(
    "the columns that X-13 regressed on are ours to 1e-12",
    arguments: [
      ("imp-cny1-fixed", [("cny", 0...6)]),
      ("imp-cny2-auto", [("cnypre", -6 ... -1), ("cnypost", 0...6)]),
      ("imp-cny3-fixed", [("cnybefore", -7 ... -1), ("cnyduring", 0...6), ("cnyafter", 7...20)]),
      ("imp-cny3wide-x11", [("cnybefore", -20 ... -1), ("cnyduring", 0...6), ("cnyafter", 7...26)]),
    ])
  func x13NewYear(run: String, columns: [(String, ClosedRange<Int>)]) throws {
    let file = "calendar/x13-\(run).csv"
    let months = try Self.months(of: file)
    let holiday = try Self.listedNewYear()
    for (name, window) in columns {
      let column = try CalendarRegressors.movingHoliday(holiday, window: window, over: months)
      try expectEqual(column, file, name)
    }
    try expectEqual(CalendarRegressors.tradingDays(over: months), file, "Weekday")
  }

  @Test(
    "X-13's trading days by weekday, leap year, length of month and Easter are ours to 1e-12",
    arguments: [
      "ap-airline-lom", "ap-airline-td6-lpreg-easter8", "imp-airline-td6-lpreg", "ap-airline-td1-easter1-ao",
    ])
  func x13Calendar(run: String) throws {
    let file = "calendar/x13-\(run).csv"
    let months = try Self.months(of: file)
    let names = try #require(try References.rows(file).first).keys
    var columns: [String: [Double]] = [
      "Weekday": CalendarRegressors.tradingDays(over: months),
      "Leap Year": CalendarRegressors.leapYear(over: months),
      "Length-of-Month": CalendarRegressors.lengthOfMonth(over: months),
      "Easter[1]": try CalendarRegressors.easter(days: 1, over: months),
      "Easter[8]": try CalendarRegressors.easter(days: 8, over: months),
    ]
    for (name, column) in zip(
      CalendarRegressors.weekdayNames, CalendarRegressors.tradingDaysByWeekday(over: months))
    {
      columns[name] = column
    }
    for name in names where name != "month" { try expectEqual(try #require(columns[name]), file, name) }
  }

  @Test("X-13's stock trading days at the end of the month are ours")
  func x13Stock() throws {
    let file = "calendar/x13-ap-airline-stock.csv"
    let columns = CalendarRegressors.stockTradingDays(day: 31, over: try Self.months(of: file))
    for (name, column) in zip(CalendarRegressors.weekdayNames, columns) {
      try expectEqual(column, file, name)
    }
  }

  @Test("the built-in New Year differs from the listed one only where the list is a day early")
  func builtInNewYear() throws {
    let months = Period.month(1930, 1)...Period.month(2030, 12)
    let own = try CalendarRegressors.movingHoliday(.chineseNewYear, window: 0...6, over: months)
    let listed = try CalendarRegressors.movingHoliday(try Self.listedNewYear(), window: 0...6, over: months)
    for (index, month) in months.enumerated() where ![1930, 1943, 1946].contains(month.year) {
      // One seventh of the window moves in one or two of 101 years.
      #expect(abs(own[index] - listed[index]) <= 2.0 / 7 / 101 + 1e-12, "\(month)")
    }
  }

  @Test(
    "a centred column sums to zero in each calendar month over the centring years",
    arguments: [-20 ... -1, 0...0, 0...6, 7...26])
  func centring(window: ClosedRange<Int>) throws {
    let months = Period.month(1930, 1)...Period.month(2030, 12)
    let column = try CalendarRegressors.movingHoliday(.chineseNewYear, window: window, over: months)
    for month in 0..<12 {
      let sum = stride(from: month, to: column.count, by: 12).reduce(0) { $0 + column[$1] }
      #expect(abs(sum) < 1e-11, "month \(month + 1)")
    }
    // A window that lies in one year has a share of one there, so the twelve months' values sum to 1 − 1.
    for year in 0..<101 { #expect(abs(column[(12 * year)..<(12 * year + 12)].reduce(0, +)) < 1e-12) }
  }

  @Test("a quarter's and a year's value is the sum over its months")
  func longerPeriods() throws {
    let months = Period.month(2023, 1)...Period.month(2026, 12)
    let columns: [(ClosedRange<Period>) throws -> [Double]] = [
      { CalendarRegressors.tradingDays(over: $0) }, { CalendarRegressors.lengthOfMonth(over: $0) },
      { CalendarRegressors.leapYear(over: $0) }, { CalendarRegressors.tradingDaysByWeekday(over: $0)[2] },
      { try CalendarRegressors.easter(days: 8, over: $0) },
      { try CalendarRegressors.movingHoliday(.chineseNewYear, window: -7...20, over: $0) },
    ]
    for column in columns {
      let monthly = try column(months)
      for (unit, length) in [(Period.Unit.quarter, 3), (.year, 12)] {
        let first = Period(unit: unit, ordinal: 2023 * unit.periodsPerYear)
        let longer = try column(first...first.advanced(by: 48 / length - 1))
        for (index, value) in longer.enumerated() {
          #expect(
            isClose(value, monthly[(index * length)..<((index + 1) * length)].reduce(0, +), absolute: 1e-12))
        }
      }
    }
  }

  @Test("months that the dates do not cover are an error, not zero")
  func outsideTable() throws {
    let late = Period.month(2100, 12)...Period.month(2101, 1)
    #expect(
      throws: HolidayError.outsideTable(
        holiday: "Chinese New Year", period: .month(2101, 1), first: .month(1930, 1), last: .month(2100, 12))
    ) { try CalendarRegressors.movingHoliday(.chineseNewYear, window: 0...6, over: late) }
    #expect(throws: HolidayError.self) {
      try CalendarRegressors.movingHoliday(
        .chineseNewYear, window: 0...6, over: .month(1929, 12) ... .month(1930, 6))
    }
    // A window that begins 30 days before reaches into December, and December 2100 depends on 2101's date.
    #expect(
      throws: HolidayError.outsideTable(
        holiday: "Chinese New Year", period: .month(2100, 12), first: .month(1930, 1), last: .month(2100, 11))
    ) {
      try CalendarRegressors.movingHoliday(
        .chineseNewYear, window: -30 ... -1, over: .month(2100, 11) ... .month(2100, 12))
    }
    #expect(throws: HolidayError.self) {
      try CalendarRegressors.easter(days: 8, over: .month(9999, 1) ... .month(9999, 12))
    }
  }
}
