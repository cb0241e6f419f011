import TestSupport
import Testing
import Tradewind

@Suite struct HolidayTests {
  private func dates(_ texts: String...) throws -> [CalendarDate] {
    try texts.map { try CalendarDate(parsing: $0) }
  }

  @Test("dates are sorted and cover their years")
  func sorted() throws {
    let eid = try Holiday("Eid", dates: dates("2001-12-16", "2000-01-08", "2000-12-27"))
    #expect(eid.dates.map(\.description) == ["2000-01-08", "2000-12-27", "2001-12-16"])
    #expect(eid.years == 2000...2001 && eid.centringYears == 2000...2001)
  }

  @Test("two occurrences in a year both count")
  func twice() throws {
    let eid = try Holiday("Eid", dates: dates("2000-01-08", "2000-12-27", "2001-12-16"))
    let column = try CalendarRegressors.movingHoliday(
      eid, window: 0...0, over: .month(2000, 1) ... .month(2001, 12))
    // January and December hold 1/2 and 2/2 occurrences a year on average.
    #expect(column[0] == 0.5 && column[12] == -0.5 && column[11] == 0 && column[23] == 0)
  }

  @Test("lists with a hole, a double or nothing are refused")
  func badLists() throws {
    #expect(throws: HolidayError.noDates(holiday: "none")) { try Holiday("none", dates: []) }
    let first = try CalendarDate(parsing: "2023-11-12")
    let last = try CalendarDate(parsing: "2025-10-21")
    #expect(throws: HolidayError.repeatedDate(holiday: "a", date: first)) {
      try Holiday("a", dates: [first, first])
    }
    #expect(throws: HolidayError.yearMissing(holiday: "a", after: first, before: last)) {
      try Holiday("a", dates: [first, last])
    }
    #expect(
      throws: HolidayError.centringOutsideTable(holiday: "a", years: 2000...2023, first: 2023, last: 2023)
    ) { try Holiday("a", dates: [first], centringYears: 2000...2023) }
  }

  @Test("a holiday file gives its holidays in order of appearance")
  func file() throws {
    let holidays = try HolidayFile.parse(try References.text("calendar/holidays.csv"), file: "holidays.csv")
    #expect(holidays.map(\.name) == ["cny", "diwali", "easter"])
    #expect(holidays.map(\.years) == [1930...2030, 1900...2030, 1931...2030])
    let single = try HolidayFile.parse("date\n2024-11-01\n2023-11-12\n", file: "lists/diwali.csv")
    #expect(single.map(\.name) == ["diwali"] && single[0].dates.count == 2)
  }

  @Test(
    "a holiday file's error names the place",
    arguments: [
      ("holiday,date\na,2023-11-12\na,2023-02-30\n", 3, 3), ("holiday,date\na,2023-11-12\nb,x\n", 3, 3),
      ("holiday,date\na,2023-11-12\na,2024-11-01\na,2023-11-12\n", 4, 3),
      ("holiday,date\na,2025-10-21\na,2023-11-12\n", 2, 3),
    ])
  func badFile(text: String, line: Int, column: Int) {
    #expect {
      try HolidayFile.parse(text, file: "h.csv")
    } throws: { error in
      let error = error as? InputError
      return error?.line == line && error?.column == column && error?.file == "h.csv"
    }
  }

  @Test("a holiday file without a date column says so")
  func noDateColumn() {
    #expect {
      try HolidayFile.parse("holiday,day\na,2024-11-01\n", file: "h.csv")
    } throws: { "\($0)".hasPrefix("h.csv:1: there is no column 'date'") }
  }
}
