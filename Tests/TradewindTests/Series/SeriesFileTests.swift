import TestSupport
import Testing
import Tradewind
import TradewindNumerics

/// What is said of a file that cannot be read, `t.csv`; "none" of one that can.
func seriesFileError(_ text: String) -> String {
  do throws(InputError) {
    _ = try SeriesFile.parse(text, file: "t.csv")
    return "none"
  } catch {
    return error.description
  }
}

@Suite struct SeriesFileTests {
  private func parse(_ text: String, file: String = "trade.csv") throws -> [TimeSeries] {
    try SeriesFile.parse(text, file: file)
  }

  @Test(
    "long files are recognised by any of their usual names, rows in any order",
    arguments: [
      "unique_id,ds,y\na,2025-01,1\na,2025-03,3\na,2025-02,2\nb,2025-01,4\n",
      "Series,Date,Value\na,2025-03-31,3\nb,2025-01-31,4\na,2025-01-31,1\na,2025-02-28,2\n",
      "month,volume,series\n2025-01,1,a\n2025-01,4,b\n2025-03,3,a\n2025-02,2,a\n",
      "unique_id,t,ds,y,split\na,9,2025-01,1,train\na,,2025-02,2,\na,,2025-03,3,\nb,,2025-01,4,test\n",
      "series,year,month,value\na,2025,1,1\na,2025,02,2\na,2025,3,3\nb,2025,1,4\n",
    ])
  func long(text: String) throws {
    let expected = [
      TimeSeries([1, 2, 3], start: .month(2025, 1), name: "a"),
      TimeSeries([4], start: .month(2025, 1), name: "b"),
    ]
    #expect(try parse(text) == expected)
  }

  @Test(
    "a single series may leave out its name",
    arguments: [
      ("ds,y\n2025-01,1\n2025-02,2\n", "trade"), ("date,exports\n2025-01,1\n2025-02,2\n", "exports"),
      ("year,month,value\n2025,1,1\n2025,2,2\n", "trade"), ("月份,出口\n2025-01,1\n2025-02,2\n", "出口"),
      ("\"\",x\n2025-01,1\n2025-02,2\n", "x"),
    ])
  func single(text: String, name: String) throws {
    let series = try parse(text, file: "folder.d/trade.csv")
    #expect(series == [TimeSeries([1, 2], start: .month(2025, 1), name: name)])
  }

  @Test("a wide file has a series in each column, which begins and ends with its own numbers")
  func wide() throws {
    let text = "month,a,b,c\n2025-01,1,,NA\n2025-02,2,20,\n2025-04,4,NA,.\n2025-05,,50,nan\n"
    #expect(
      try parse(text) == [
        TimeSeries([1, 2, .nan, 4], start: .month(2025, 1), name: "a"),
        TimeSeries([20, .nan, .nan, 50], start: .month(2025, 2), name: "b"),
        TimeSeries([.nan, .nan, .nan, .nan, .nan], start: .month(2025, 1), name: "c"),
      ])
  }

  @Test("quarters and years are read as such")
  func units() throws {
    #expect(
      try parse("quarter,x\n2025-Q2,2\n2025Q1,1\n")[0]
        == TimeSeries([1, 2], start: .quarter(2025, 1), name: "x"))
    #expect(try parse("year,x\n2025,2\n2023,1\n")[0].values.count == 3)
    #expect(try parse("year,quarter,x\n2025,4,1\n")[0].start == .quarter(2025, 4))
    #expect(try SeriesFile.parse("date,x\n2025-01,1\n", file: "t", seasonalPeriod: 6)[0].seasonalPeriod == 6)
  }

  @Test("missing values and gaps are counted")
  func missing() throws {
    let series = try parse("series,date,value\na,2025-01,1\na,2025-02,NA\na,2025-06,\n")[0]
    #expect(series.count == 6 && series.missingCount == 5)
    #expect(try parse("date,value\n2025-01,\n2025-02,.\n")[0].missingCount == 2)
  }

  @Test("China's exports and imports are read in full")
  func china() throws {
    let series = try SeriesFile.parse(
      bytes: try References.bytes("series/china-exports-imports.csv"), file: "china.csv")
    #expect(series.map(\.name) == ["exports_100m_usd", "imports_100m_usd"])
    #expect(series.allSatisfy { $0.count == 366 && $0.missingCount == 0 && $0.start == .month(1983, 7) })
    #expect(series[0].values[0] == 18.14 && series[1][.month(1983, 9)] == 20)
  }

  @Test(
    "a bad line is named with its place and what was expected",
    arguments: [
      ("", "t.csv:1: the file is empty; expected a header line"),
      ("date,value\n", "t.csv:1: there is nothing below the header; expected at least one row"),
      ("a,b\n1,2\n", "t.csv:1: there is no date column; the header has 'a', 'b'; expected a header such as"),
      ("date\n2025-01\n", "t.csv:1: no column is left for the values"),
      ("series,date,p,q\na,2025-01,1,2\n", "t.csv:1: more than one column could hold the values"),
      ("date,a,a\n2025-01,1,2\n", "t.csv:1:8: 'a' names two columns"),
      ("date,a,\n2025-01,1,2\n", "t.csv:1:8: this column has no name"),
      ("series,date,value\n,2025-01,1\n", "t.csv:2:1: the series has no name"),
      (
        "date,value\n2025-01,1\n2025-13,2\n",
        "t.csv:3:1: '2025-13' names month 13, which does not exist; expected a month"
      ),
      ("date,value\n2025-01,1\n2025-02,12a\n", "t.csv:3:9: '12a' is not a number; expected a decimal number"),
      ("date,value\n2025-01,inf\n", "t.csv:2:9: 'inf' is not a number"),
      ("date,value\n2025-01,1,5\n", "t.csv:2:11: the row has 3 fields, the header 2"),
      (
        "Imports of ores\ndate,value\n2025-01,1\n",
        "t.csv:2:6: the row has 2 fields, the header 1; lines above the header have to begin with #"
      ),
      (
        "Year,Jan,Feb,Mar\n2024,1,2,3\n2025,4,5,6\n",
        "t.csv:1: each column is a month of a year; the header has 'Year', 'Jan', 'Feb', 'Mar'; expected one row"
      ),
      ("年份,1月,2月,3月\n2024,1,2,3\n", "t.csv:1: "),
      (
        "series,date,value\na,2025-01,1\nb,2025-01,1\na,2025-01-31,2\n",
        "t.csv:4:3: the month 2025-01 of 'a' is given twice, first on line 2; expected each month once"
      ),
      (
        "date,value\n2025-01,1\n2025-Q2,2\n",
        "t.csv:3:1: 2025-Q2 is a quarter, but the series 't' began with a month"
      ),
      ("year,month,value\n25,1,1\n", "t.csv:2:1: '25' is not a year"),
      ("year,month,value\n2025,13,1\n", "t.csv:2:6: '13' is not a month; expected a number from 1 to 12"),
      (
        "date,value\n9999-01,1\n1985-01,2\n",
        "t.csv:3:1: 't' has nothing between 1985-01 on line 3 and 9999-01 on line 2"
      ),
    ])
  func errors(text: String, message: String) {
    // The single series of the last cases is named after the file, t.csv.
    #expect(seriesFileError(text).hasPrefix(message))
  }

  @Test("what is written reads back bit for bit, whatever the numbers and names are")
  func roundTrip() throws {
    var generator = SeededGenerator(seed: 42)
    let names = ["plain", "with, comma", "with \"quotes\"", " blanks ", "two\nlines", "出口", "1e5"]
    let series = names.enumerated().map { index, name in
      var values = (0..<200).map { _ -> Double in
        let value = Double(bitPattern: generator.next())
        return value.isFinite ? value : .nan
      }
      values += [0, 1, -1, 0.1, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e16, 123_456_789.123]
      return TimeSeries(
        values, start: Period(unit: [.month, .quarter, .year][index % 3], ordinal: 3000), name: name)
    }
    let text = SeriesFile.write(series)
    #expect(try parse(text) == series)
    #expect(SeriesFile.write(try parse(text)) == text)
  }

  @Test("written numbers are short")
  func written() {
    let series = [
      TimeSeries([1, .nan, 0.5], start: .month(2025, 1), name: "a"), TimeSeries([2], start: .year(2025)),
    ]
    #expect(SeriesFile.write(series) == "unique_id,ds,y\na,2025-01,1\na,2025-02,\na,2025-03,0.5\ny,2025,2\n")
    #expect(SeriesFile.write([]) == "unique_id,ds,y\n")
  }
}
