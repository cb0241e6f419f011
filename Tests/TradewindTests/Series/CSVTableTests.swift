import TestSupport
import Testing
import Tradewind

@Suite struct CSVTableTests {
  private func texts(_ text: String) throws -> [[String]] {
    let table = try CSVTable(parsing: text, file: "t.csv")
    return ([table.header] + table.rows).map { $0.fields.map(\.text) }
  }

  private func error(_ text: String) -> InputError? {
    do throws(InputError) {
      _ = try CSVTable(parsing: text, file: "t.csv")
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "line ends, byte order mark, blank lines and blanks around fields do not matter",
    arguments: [
      "a,b\n1,2\n3,\n", "a,b\r\n1,2\r\n3,", "a,b\r1,2\r3,\r", "\u{FEFF}a,b\n1,2\n3,\n\n\n",
      "\n a ,\tb\n\n1, 2\n3,\n ,\n,\n  \n",
    ])
  func plain(text: String) throws {
    #expect(try texts(text) == [["a", "b"], ["1", "2"], ["3", ""]])
  }

  @Test("quoted fields keep commas, quotes, newlines and blanks")
  func quotes() throws {
    let text = "a,b\n\"x, y\",\"he said \"\"no\"\"\"\n\"two\nlines\" ,\" z \"\n5\" pipe,\"\"\n"
    #expect(
      try texts(text) == [
        ["a", "b"], ["x, y", "he said \"no\""], ["two\nlines", " z "], ["5\" pipe", ""],
      ])
  }

  @Test("each field knows its line and column, counted in characters")
  func places() throws {
    let table = try CSVTable(parsing: "\u{FEFF}名,b\n 出口 , x\n\"two\nlines\",y\n", file: "t")
    #expect(table.header.fields.map(\.column) == [1, 3])
    #expect(table.rows[0].fields.map(\.column) == [2, 7] && table.rows[0].line == 2)
    #expect(table.rows[1].fields.map(\.line) == [3, 4] && table.rows[1].fields.map(\.column) == [1, 8])
  }

  @Test("a row with too many or too few fields names the place and both counts")
  func width() {
    #expect(
      error("a,b\n1,2\n1,2,3\n")?.description.hasPrefix("t.csv:3:5: the row has 3 fields, the header 2")
        == true)
    #expect(
      error("a,b\n12\n")?.description.hasPrefix("t.csv:2:1: the row has 1 fields, the header 2") == true)
  }

  @Test("broken quotes name the place")
  func brokenQuotes() {
    #expect(error("a,b\n1,\"x\n2,y\n")?.description.hasPrefix("t.csv:2:3: the quote that opens here") == true)
    #expect(
      error("a,b\n1,\"x\"y\n")?.description.hasPrefix("t.csv:2:6: there is text after the closing") == true)
  }

  @Test("an empty file, UTF-16 and a file of one huge line are refused")
  func noTable() {
    for text in ["", "\n\n", "\u{FEFF}", " \r\n", ",,,\n"] {
      #expect(error(text)?.message == "the file is empty", "\(text.debugDescription)")
    }
    #expect(throws: InputError.self) { try CSVTable(parsing: [0xFF, 0xFE, 0x61, 0x00], file: "t") }
    for text in [String(repeating: "7", count: 3_000_000), "\"" + String(repeating: "x", count: 3_000_000)] {
      #expect(error(text)?.description.hasPrefix("t.csv:1: the line is longer than 1048576 bytes") == true)
    }
  }

  @Test("fifty megabytes on one line are refused without being read through")
  func hugeLine() {
    let bytes = [UInt8](repeating: UInt8(ascii: ","), count: 50_000_000)
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(throws: InputError.self) { try SeriesFile.parse(bytes: bytes, file: "t.csv") }
    }
    #expect(time < .seconds(5))
  }

  @Test("a missing column names the header's line and what is there")
  func missingColumn() throws {
    let table = try CSVTable(parsing: "Series,VALUE\n", file: "t.csv")
    #expect(table.column("series") == 0 && table.column("value") == 1)
    #expect {
      try table.requiredColumn("period")
    } throws: {
      "\($0)".hasPrefix("t.csv:1: there is no column 'period'; the header has 'Series', 'VALUE'")
    }
  }

  @Test(
    "numbers are decimal and finite",
    arguments: [
      ("12", 12.0), ("-0.5", -0.5), ("+3", 3), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("1.5E-3", 0.0015),
      ("1917000", 1_917_000), ("179769313486231570000e288", 1.7976931348623157e308),
    ])
  func numbers(text: String, value: Double) {
    #expect(parseNumber(text) == value)
  }

  @Test(
    "what is no decimal number is not one",
    arguments: [
      "", " 1", "1 ", "0x10", "inf", "nan", "NaN", "-", "+", ".", "e5", "1e", "1e+", "--1", "1-2", "1.2.3",
      "1e5.0",
      "1,5", "1_000", "１２", "1e999", "12abc", String(repeating: "1", count: 401),
    ])
  func noNumbers(text: String) {
    #expect(parseNumber(text) == nil)
  }
}
