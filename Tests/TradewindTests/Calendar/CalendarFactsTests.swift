import Foundation
import TestSupport
import Testing
import Tradewind

@Suite struct CalendarFactsTests {
  @Test("day numbers, weekdays and dates agree with Foundation on every day of 500 years")
  func dayNumbers() throws {
    var number = try #require(CalendarDate(year: 1700, month: 1, day: 1)).dayNumber
    // Days since 1970-01-01 at noon, by the proleptic Gregorian calendar in UTC.
    var gregorian = Calendar(identifier: .gregorian)
    gregorian.timeZone = .gmt
    for year in 1700..<2200 {
      let first = try #require(
        gregorian.date(from: DateComponents(year: year, month: 1, day: 1, hour: 12)))
      #expect(Int(first.timeIntervalSince1970 / 86400 - 0.5) == number, "\(year)")
      #expect(
        (gregorian.component(.weekday, from: first) + 5) % 7 + 1 == CalendarDate(dayNumber: number).weekday)
      for month in 1...12 {
        for day in 1...CalendarFacts.days(in: .month(year, month)) {
          let date = CalendarDate(dayNumber: number)
          if (date.year, date.month, date.day) != (year, month, day) || date.dayNumber != number {
            Issue.record("\(date) is not \(year)-\(month)-\(day)")
          }
          number += 1
        }
      }
    }
  }

  @Test("the day numbers go on before the year 1 without a break")
  func earlyDays() {
    for number in -1_000_000 ... -600_000 where number % 97 == 0 {
      let date = CalendarDate(dayNumber: number)
      let next = CalendarDate(dayNumber: number + 1)
      #expect(date.dayNumber == number && date < next && next.dayNumber == number + 1)
    }
  }

  @Test(
    "known days have their weekday", arguments: [("1970-01-01", 4), ("2000-02-29", 2), ("2025-01-29", 3)])
  func weekdays(text: String, weekday: Int) throws {
    #expect(try CalendarDate(parsing: text).weekday == weekday)
    #expect(try CalendarDate(parsing: text).description == text)
  }

  @Test(
    "a day that does not exist is refused",
    arguments: [
      "2025-02-29", "1900-02-29", "2025-04-31", "2025-13-01", "2025-01-00", "0000-01-01", "2025-01", "x", "",
    ])
  func noSuchDay(text: String) {
    #expect(throws: PeriodError.self) { try CalendarDate(parsing: text) }
  }

  @Test("a month's weekdays add up to its days, with at least four of each")
  func weekdayCounts() {
    for month in Period.month(1895, 1)...Period.month(2105, 12) {
      let counts = CalendarFacts.weekdayCounts(in: month)
      #expect(counts.reduce(0, +) == CalendarFacts.days(in: month))
      #expect(counts.allSatisfy { $0 == 4 || $0 == 5 })
    }
    // August 2025 has 31 days and begins on a Friday.
    #expect(CalendarFacts.weekdayCounts(in: .month(2025, 8)) == [4, 4, 4, 4, 5, 5, 5])
    #expect(CalendarFacts.weekdayCounts(in: .year(2024)) == [53, 53, 52, 52, 52, 52, 52])
    #expect(CalendarFacts.days(in: .quarter(2024, 1)) == 91)
    #expect(CalendarFacts.days(in: .year(1900)) == 365)
  }

  @Test("four hundred years have 97 leap years")
  func leapYears() {
    #expect((1601...2000).count(where: CalendarFacts.isLeapYear) == 97)
    #expect([1900, 2000, 2023, 2024].map(CalendarFacts.isLeapYear) == [false, true, false, true])
  }

  @Test("Easter is that of the Census Bureau's list, always a Sunday from 22 March to 25 April")
  func easter() throws {
    let listed = try References.rows("calendar/holidays.csv").filter { $0["holiday"] == "easter" }
    #expect(listed.count == 100)
    for row in listed {
      let date = try CalendarDate(parsing: try #require(row["date"]))
      #expect(CalendarFacts.easter(year: date.year) == date)
    }
    for year in 1583...4000 {
      let easter = CalendarFacts.easter(year: year)
      #expect(easter.weekday == 7)
      #expect((easter.month == 3 && easter.day >= 22) || (easter.month == 4 && easter.day <= 25))
    }
    // The earliest and the latest.
    #expect(CalendarFacts.easter(year: 1818).description == "1818-03-22")
    #expect(CalendarFacts.easter(year: 1943).description == "1943-04-25")
  }

  @Test("Chinese New Year is that of Foundation's Chinese calendar in every year from 1930 to 2100")
  func newYearFoundation() throws {
    let beijing = try #require(TimeZone(secondsFromGMT: 8 * 3600))
    var chinese = Calendar(identifier: .chinese)
    chinese.timeZone = beijing
    var gregorian = Calendar(identifier: .gregorian)
    gregorian.timeZone = beijing
    for year in 1930...2100 {
      let date = try #require(CalendarFacts.chineseNewYear(year: year))
      let noon = try #require(
        gregorian.date(from: DateComponents(year: year, month: date.month, day: date.day, hour: 12)))
      let parts = chinese.dateComponents([.month, .day, .isLeapMonth], from: noon)
      #expect(parts.month == 1 && parts.day == 1 && parts.isLeapMonth != true, "\(date)")
    }
    #expect(CalendarFacts.chineseNewYear(year: 1929) == nil)
    #expect(CalendarFacts.chineseNewYear(year: 2101) == nil)
  }

  @Test("Chinese New Year is that of the published list but for three years in which the list is a day early")
  func newYearList() throws {
    let listed = try References.rows("calendar/holidays.csv").filter { $0["holiday"] == "cny" }
    #expect(listed.count == 101)
    var early: [Int] = []
    for row in listed {
      let date = try CalendarDate(parsing: try #require(row["date"]))
      let own = try #require(CalendarFacts.chineseNewYear(year: date.year))
      if own == date { continue }
      #expect(own == date.advanced(by: 1))
      early.append(date.year)
    }
    #expect(early == [1930, 1943, 1946])
  }
}
