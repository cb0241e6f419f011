import Foundation
import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@Suite struct PeriodTests {
  @Test(
    "every form of text names its period",
    arguments: [
      ("2025-03", Period.month(2025, 3)), ("2025-03-31", .month(2025, 3)), ("2024-02-29", .month(2024, 2)),
      ("2025-Q1", .quarter(2025, 1)), ("2025Q4", .quarter(2025, 4)), ("2025-q2", .quarter(2025, 2)),
      ("2025", .year(2025)), ("0001-01", .month(1, 1)), ("9999-12", .month(9999, 12)),
    ])
  func parses(text: String, period: Period) throws {
    #expect(try Period(parsing: text) == period)
  }

  @Test(
    "a text that names no period says what was expected",
    arguments: [
      ("2025-13", PeriodError.noSuchMonth(text: "2025-13", month: 13)),
      ("2025-00", .noSuchMonth(text: "2025-00", month: 0)),
      ("2025-Q5", .noSuchQuarter(text: "2025-Q5", quarter: 5)),
      ("2025-02-29", .noSuchDay(text: "2025-02-29", day: 29)), ("0000", .yearOutOfRange(text: "0000")),
      ("", .malformed(text: "")), ("2025-3", .malformed(text: "2025-3")),
      ("25-03", .malformed(text: "25-03")),
      ("2025/03", .malformed(text: "2025/03")), (" 2025", .malformed(text: " 2025")),
      ("２０２５", .malformed(text: "２０２５")), ("2025-03-31T00", .malformed(text: "2025-03-31T00")),
      ("-2025", .malformed(text: "-2025")), ("2025-", .malformed(text: "2025-")),
      (
        "99999999999999999999999999999999999999999999",
        .malformed(text: "9999999999999999999999999999999999999999…")
      ),
    ])
  func refuses(text: String, error: PeriodError) {
    #expect(throws: error) { try Period(parsing: text) }
    #expect(error.description.contains("; expected "))
  }

  @Test("text, period and JSON go round for every period of 200 years")
  func roundTrip() throws {
    for unit in Period.Unit.allCases {
      let first = Period(unit: unit, ordinal: 1900 * unit.periodsPerYear)
      for period in first...first.advanced(by: 200 * unit.periodsPerYear) {
        #expect(try Period(parsing: period.description) == period)
        #expect(period.month == period.firstMonth.month && period.year == period.lastMonth.year)
        #expect(period.months.count == unit.months)
      }
    }
    let periods = [Period.month(2025, 3), .quarter(2025, 1), .year(7)]
    let data = try JSONEncoder().encode(periods)
    #expect(String(decoding: data, as: UTF8.self) == #"["2025-03","2025-Q1","0007"]"#)
    #expect(try JSONDecoder().decode([Period].self, from: data) == periods)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Period].self, from: Data(#"["2025-13"]"#.utf8))
    }
  }

  @Test("arithmetic crosses years")
  func arithmetic() {
    #expect(Period.month(2025, 11).advanced(by: 3) == .month(2026, 2))
    #expect(Period.month(2025, 1).previous == .month(2024, 12))
    #expect(Period.quarter(2025, 4).next == .quarter(2026, 1))
    #expect(Period.month(2024, 12).distance(to: .month(2026, 1)) == 13)
    #expect(Period.quarter(2025, 2).months == .month(2025, 4) ... .month(2025, 6))
    #expect(Period.month(2025, 6).quarterPeriod == .quarter(2025, 2))
    #expect(Period.quarter(2025, 3).yearPeriod == .year(2025))
    // Beyond what text can name, counting goes on without a break.
    #expect(Period.month(1, 1).previous.description == "0000-12")
    #expect(Period.month(0, 1).previous.description == "-0001-12")
    #expect(Period.month(9999, 12).next.description == "10000-01")
  }

  @Test("periods of all units have one order")
  func order() {
    let sorted: [Period] = [
      .month(2024, 12), .month(2025, 1), .quarter(2025, 1), .year(2025), .month(2025, 2), .month(2025, 4),
      .quarter(2025, 2), .year(2026),
    ]
    var generator = SeededGenerator(seed: 1)
    #expect(sorted.shuffled(using: &generator).sorted() == sorted)
    #expect(Period.month(2025, 1) != .year(2025) && Set(sorted).count == sorted.count)
  }

  @Test(
    "ranges are read, written and counted",
    arguments: [
      ("2025-01..2025-10", 10), ("2025-Q1..2025-Q2", 6), ("2024..2025", 24), ("2025-02", 1), ("2025", 12),
    ])
  func ranges(text: String, months: Int) throws {
    let range = try PeriodRange(parsing: text)
    #expect(range.description == text && range.months.count == months)
    let data = try JSONEncoder().encode([range])
    #expect(try JSONDecoder().decode([PeriodRange].self, from: data) == [range])
  }

  @Test("ranges that make no sense are refused")
  func badRanges() {
    #expect(throws: PeriodError.endsBeforeItStarts(first: .month(2025, 10), last: .month(2025, 1))) {
      try PeriodRange(parsing: "2025-10..2025-01")
    }
    #expect(throws: PeriodError.mixedUnits(first: .quarter(2025, 1), last: .month(2025, 6))) {
      try PeriodRange(parsing: "2025-Q1..2025-06")
    }
    for text in [
      "2025-01.2025-02", "2025-01..", "..2025-01", "..", ".", "2025-01...2025-03", "2025-01..2025-13",
    ] {
      #expect(throws: PeriodError.self, "\(text)") { try PeriodRange(parsing: text) }
    }
  }
}
