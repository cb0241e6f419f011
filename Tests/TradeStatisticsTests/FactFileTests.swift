import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@testable import TradeStatistics

@Suite struct FactFileTests {
  static let header = "series,period,period_kind,measure,value,unit,source_title,source_url,quote,precision\n"

  @Test("the silver file has 213 facts of 44 series, and every value stands in it as written")
  func silver() throws {
    let facts = try Sample.silver()
    #expect(facts.count == 213)
    #expect(Set(facts.map(\.series)).count == 44)
    let march = try #require(
      facts.first {
        $0.series == "silver-concentrate-imports" && "\($0.period)" == "2025-03" && $0.measure == .level
      })
    #expect(march.value == 129_100)
    #expect(march.halfWidth == 50)
    #expect(march.unit == "t")
    #expect(march.source.publisher == "metal.com")
    let october = try #require(
      facts.first { "\($0.period)" == "2025-10" && $0.measure == .monthOnMonth && $0.value == -0.07 })
    #expect(october.halfWidth == 0.0005)
  }

  @Test(
    "the rounding of a number is half a unit of its last non-zero digit",
    arguments: [
      ("1917000", 500), ("239000", 500), ("0.323", 0.0005), ("-0.07", 0.005), ("0", 0.5), ("1.5e6", 50_000),
      ("-0.205", 0.0005), ("158000.0", 500), ("0.60", 0.05), ("10", 5), ("0.000", 0.0005), ("129100.5", 0.05),
      ("+3", 0.5), (".5", 0.05), ("5e-3", 0.0005),
    ] as [(String, Double)])
  func rounding(text: String, half: Double) {
    #expect(Rounding.halfWidth(of: text) == half)
  }

  @Test(
    "what is no decimal number has no rounding",
    arguments: ["", "-", "1.2.3", "abc", "1e", "1e999999999999", "."])
  func noRounding(text: String) {
    #expect(Rounding.halfWidth(of: text) == nil)
  }

  @Test(
    "a bad line is named with its line, column and what was expected",
    arguments: [
      ("a,2025-13,month,level,1,t,,,,", 3, 3, "month 13"),
      ("a,2025-05..2025-01,cumulative,level,1,t,,,,", 3, 3, "before it starts"),
      ("a,2025-01,month,levle,1,t,,,,", 3, 17, "unknown measure 'levle'"),
      ("a,2025-01,month,level,12x,t,,,,", 3, 23, "'12x' is not a number"),
      ("a,2025-01,month,level,,t,,,,", 3, 23, "empty"),
      ("a,2025-01,month,share,1.4,fraction,,,,", 3, 23, "between 0 and 1"),
      ("a,2025-01,month,level,-4,t,,,,", 3, 23, "negative"),
      ("a,2025-01,month,yoy,-1.2,fraction,,,,", 3, 21, "more than 100 %"),
      ("a,2025-01,month,yoy,0.1,t,,,,", 3, 25, "does not fit"),
      ("a,2025-01,month,level,1,fraction,,,,", 3, 25, "does not fit"),
      ("a,2025-01,year,level,1,t,,,,", 3, 11, "is a month period"),
      ("a,2025-01,decade,level,1,t,,,,", 3, 11, "unknown kind"),
      (",2025-01,month,level,1,t,,,,", 3, 1, "no name"),
      ("b,2025-01,month,level,1,kg,,,,-3", 3, 31, "precision is negative"),
      ("a,2025-01,month,level,1,usd,,,,", 3, 25, "does not convert"),
      ("a,1900..2025,cumulative,level,1,t,,,,", 3, 3, "1512 months"),
      ("a,2025-01,month,level,1", 3, 23, "5 fields, the header 10"),
    ] as [(String, Int, Int, String)])
  func badLines(row: String, line: Int, column: Int, message: String) throws {
    let text = Self.header + "a,2024-01,month,level,5,t,,,,\n" + row + "\n"
    let error = #expect(throws: InputError.self) { try FactFile.parse(text, file: "f.csv") }
    #expect(error?.line == line)
    #expect(error?.column == column)
    #expect(error?.expected != nil)
    let description = error.map { "\($0)" } ?? ""
    #expect(description.contains(message), "\(description)")
    #expect(description.hasPrefix("f.csv:\(line):\(column): "), "\(description)")
  }

  @Test("a missing column, an empty file and a line of 50 MB are errors that say so")
  func badFiles() {
    let noHeader = #expect(throws: InputError.self) {
      try FactFile.parse("a,2025-01,level,1,t\n", file: "f.csv")
    }
    #expect(noHeader?.line == 1)
    #expect(noHeader?.message.contains("'series'") == true)
    let empty = #expect(throws: InputError.self) { try FactFile.parse("", file: "f.csv") }
    #expect(empty?.message.contains("empty") == true)
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 50_000_000)
    let tooLong = #expect(throws: InputError.self) { try FactFile.parse(bytes: long, file: "f.csv") }
    #expect(tooLong?.line == 1)
  }

  @Test("only the five required columns are needed, in any order; a header alone is no facts")
  func fewColumns() throws {
    let facts = try FactFile.parse("unit,value,measure,period,series\nt,3,level,2025-Q1,x\n", file: "f")
    #expect(facts[0].period.months.count == 3)
    #expect(facts[0].halfWidth == 0.5)
    #expect(try FactFile.parse(Self.header, file: "f").isEmpty)
    #expect(FactFile.isFactFile(Array(Self.header.utf8)))
    #expect(!FactFile.isFactFile(Array("unique_id,ds,y\n".utf8)))
  }

  @Test("a balance may be negative, tons and kilograms mix")
  func balanceAndUnits() throws {
    let text =
      Self.header + """
        trade-balance-value,2025,year,level,-1790000000,usd,,,,
        s,2025-01,month,level,1,t,,,,
        s,2025-02,month,level,900,kg,,,,
        """
    #expect(try FactFile.parse(text, file: "f").count == 3)
    #expect(TradeUnit.factor(from: "kg", to: "t") == 1e-3)
    #expect(TradeUnit.factor(from: "kg", to: "usd") == nil)
  }

  @Test("names: parts, sums of parts, and the nearest parent that has facts")
  func names() {
    #expect(SeriesName.members(of: "a/b+c+d") == ["a/b", "a/c", "a/d"])
    #expect(SeriesName.members(of: "a/p/b+c") == ["a/p/b", "a/p/c"])
    #expect(SeriesName.members(of: "a+b") == ["a+b"])
    #expect(SeriesName.parent(of: "a/province/henan", among: ["a", "a/province/henan"]) == "a")
    #expect(SeriesName.parent(of: "a", among: ["a"]) == nil)
  }

  @Test("100,000 mutations of the silver file are read or refused, and never trap")
  func mutations() throws {
    let whole = try ExampleData.silver()
    let lines = whole.split(separator: UInt8(ascii: "\n"))
    var generator = SeededGenerator(seed: 20_251_231)
    var refused = 0
    for round in 0..<100_000 {
      // Mostly a header with two lines, so that a mutation hits something that is read; now and then the whole file.
      var bytes = whole
      if round % 1000 != 0 {
        let first = 1 + Int.random(in: 0..<(lines.count - 2), using: &generator)
        bytes = Array([lines[0], lines[first], lines[first + 1]].joined(separator: [UInt8(ascii: "\n")]))
      }
      do throws(InputError) {
        _ = try FactFile.parse(bytes: mutate(bytes, using: &generator), file: "f")
      } catch {
        refused += 1
      }
    }
    // Most damage falls into titles and quotes; a reader that refused all or nothing would be broken.
    #expect(refused > 10_000 && refused < 90_000)
  }
}
