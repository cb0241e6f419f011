import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@Suite struct SeriesMutationTests {
  /// 49,700 damaged copies of each file's beginning and 300 of the whole; what is read must also be written and
  /// read back.
  @Test(
    "damaged files are read or refused, never trap",
    arguments: ["series/china-exports-imports.csv", "series/monthly-long.csv"])
  func damagedFiles(name: String) throws {
    let whole = try References.bytes(name)
    let lines = whole.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let beginning = Array(lines.prefix(30).joined(separator: [UInt8(ascii: "\n")]))
    var generator = SeededGenerator(seed: 20_251_231)
    var read = 0
    for round in 0..<50_000 {
      let bytes = mutate(round < 49_700 ? beginning : whole, using: &generator)
      do throws(InputError) {
        let series = try SeriesFile.parse(bytes: bytes, file: name)
        read += 1
        if round.isMultiple(of: 50) {
          #expect(try SeriesFile.parse(SeriesFile.write(series), file: name) == series)
        }
      } catch {
        // The line that the error names exists.
        guard let line = error.line else { continue }
        let ends = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        if line < 1 || line > ends + 1 { Issue.record("round \(round): \(error)") }
      }
    }
    // Both outcomes occur often, or the mutations would be too weak or too strong to test anything.
    #expect((3_000...47_000).contains(read))
  }

  @Test("damaged lists of holidays are read or refused, and what is read makes regressors")
  func damagedHolidays() throws {
    let lines = try References.bytes("calendar/holidays.csv").split(separator: UInt8(ascii: "\n"))
    let beginning = Array(lines.prefix(8).joined(separator: [UInt8(ascii: "\n")]))
    var generator = SeededGenerator(seed: 888)
    var read = 0
    for _ in 0..<3_000 {
      let bytes = mutate(beginning, using: &generator)
      guard let holidays = try? HolidayFile.parse(bytes: bytes, file: "h.csv") else { continue }
      for holiday in holidays {
        let months = Period.month(1931, 1)...Period.month(1931, 12)
        let column = try? CalendarRegressors.movingHoliday(holiday, window: -7...20, over: months)
        #expect(column?.allSatisfy { abs($0) <= 3 } != false)
        read += 1
      }
    }
    #expect((50...2_500).contains(read))
  }
}
