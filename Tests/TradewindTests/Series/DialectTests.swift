import TestSupport
import Testing

@testable import Tradewind

@Suite("Separators, decimal marks, dates and remarks of other programs' files") struct DialectTests {
  private func parse(_ text: String) throws -> [TimeSeries] { try SeriesFile.parse(text, file: "t.csv") }

  @Test(
    "columns may be separated by semicolons or tabs, with decimal commas or points",
    arguments: [
      "date;value\n2025-01;1066,53\n2025-02;-0,5\n2025-03;7\n",
      "date;value\n2025-01;1.066,53\n2025-02;-0,5\n2025-03;7\n",
      "date;value\n2025-01;1066.53\n2025-02;-0.5\n2025-03;7\n",
      "date\tvalue\n2025-01\t1,066.53\n2025-02\t-.5\n2025-03\t7\n",
      "date \t value\n2025-01\t \"1066,53\"\n2025-02\t-0,5 \n2025-03\t7\n",
      "date,value\n2025-01,\"1,066.53\"\n2025-02,-0.5\n2025-03,7\n",
      "# from the customs office; see note, page 3\n#\n\n  # \"\ndate,value\n2025-01,1066.53\n2025-02,-0.5\n2025-03,7\n",
    ])
  func separators(text: String) throws {
    #expect(try parse(text) == [TimeSeries([1066.53, -0.5, 7], start: .month(2025, 1), name: "t")])
  }

  @Test("a semicolon beside commas, and a comma beside semicolons, belong to a name")
  func namesWithSeparators() throws {
    #expect(try parse("date,a; b\n2025-01,5\n").map(\.name) == ["a; b"])
    #expect(try parse("date;a, b;c\n2025-01;5;6\n").map(\.name) == ["a, b", "c"])
    #expect(try parse("date,a; b; c\n2025-01,5\n").map(\.name) == ["a; b; c"])
    #expect(try parse("date\ta, b\n2025-01\t5\n").map(\.name) == ["a, b"])
    #expect(try parse("date,6\" pipe; new\n2025-01,5\n").map(\.name) == ["6\" pipe; new"])
  }

  @Test("groups of thousands have three digits, and one style serves a whole file")
  func thousands() throws {
    #expect(try parse("date;value\n2025-01;1.066\n2025-02;0,5\n")[0].values == [1066, 0.5])
    #expect(try parse("date;value\n2025-01;1.066\n2025-02;0.5\n")[0].values == [1.066, 0.5])
    #expect(try parse("date;value\n2025-01;1.917.000\n2025-02;3,25\n")[0].values == [1_917_000, 3.25])
    #expect(try parse("date,value\n2025-01,\"1,917,000\"\n")[0].values == [1_917_000])
    for (text, words) in [
      (
        "date;value\n2025-01;0,5\n2025-02;10.66\n",
        "t.csv:3:9: '10.66' has not the decimal comma of '0,5' on line 2"
      ),
      (
        "date;a;b\n2025-01;1.204;0.323\n2025-02;7;1,5\n",
        "t.csv:3:11: '1,5' has not the decimal point of '0.323' on line 2"
      ),
      ("date;value\n2025-01;0,5\n2025-02;1.06e5\n", "t.csv:3:9: '1.06e5' has not the decimal comma"),
      ("date,value\n2025-01,\"0,323\"\n", "t.csv:2:9: '0,323' is not a number"),
      ("date,value\n2025-01,\"-0,323\"\n", "t.csv:2:9: '-0,323' is not a number"),
      ("date,value\n2025-01,\"1,06E5\"\n", "t.csv:2:9: '1,06E5' is not a number"),
      ("date;value\n2025-01;0,5\n2025-02;1.06,6\n", "t.csv:3:9: '1.06,6' is not a number"),
      ("date,value\n2025-01,\"1,06\"\n", "t.csv:2:9: '1,06' is not a number"),
      (
        "date;value\n2025-01;7\n2025-02;1.066\n",
        "t.csv:3:9: '1.066' may have decimals or thousands behind its mark"
      ),
    ] {
      #expect(seriesFileError(text).hasPrefix(words), "\(seriesFileError(text))")
    }
    #expect(
      seriesFileError("date,value\n2025-01,\"1,06\"\n").contains("decimal commas need semicolons or tabs"))
  }

  @Test("what a number tells of its file's style")
  func evidence() {
    #expect(NumberStyle.evidence("1,5") == .style(.decimalComma))
    #expect(NumberStyle.evidence("0,125") == .style(.decimalComma))
    #expect(NumberStyle.evidence("1234.567") == .style(.decimalPoint))
    #expect(NumberStyle.evidence("1,234.5") == .style(.decimalPoint))
    #expect(NumberStyle.evidence("1.234.567") == .style(.decimalComma))
    for text in ["1.234", "-123,456"] { #expect(NumberStyle.evidence(text) == .ambiguous) }
    for text in ["", ".", "..", "-", "1234", "p. 5", "1,5x"] {
      #expect(NumberStyle.evidence(text) == .nothing)
    }
  }

  @Test(
    "dates as other programs write them",
    arguments: [
      "2025-03-31 00:00:00", "2025-03-01T23:59:59Z", "2025-03-01T00:00:00.000+08:00", "2025/03", "2025/03/31",
      "2025M03", "2025m03", "2025-M03", "202503", "20250331", "Mar 2025", "march-2025", "2025 MAR",
    ])
  func dates(text: String) throws {
    #expect(try parse("date,value\n\(text),5\n")[0].start == .month(2025, 3))
  }

  @Test(
    "what is no date is not made one",
    arguments: [
      "210301", "18990101", "2025-03-31 noon", "2025-03-31T25:00", "2025-02-30 00:00:00", "2025M13", "202513",
      "261610",
      "2025/3/31",
      "03/2025", "2025 03", "20250332",
      "Mar 25", "Mar-25", "Ma 2025", "Marz 2025", "Mar 2025 x",
    ])
  func noDates(text: String) {
    #expect(
      seriesFileError("date,value\n\(text),5\n").hasPrefix("t.csv:2:1: '"),
      "\(seriesFileError("date,value\n\(text),5\n"))")
  }

  @Test("a first line that is data is no header in any of these forms")
  func noHeader() {
    for first in ["2025/01", "2025M01", "Jan 2025", "2025-01-01 00:00:00", "2025-01"] {
      #expect(seriesFileError("\(first),5\n2025-02,6\n").contains("there is no header"), "\(first)")
    }
    // Years and codes may name columns, but not all of them.
    for first in ["202501", "2020"] {
      #expect(seriesFileError("\(first),5\n2021,6\n").contains("there is no header"), "\(first)")
    }
  }

  @Test("a header behind a number sign is one where it names a date and fits the next line")
  func remarkedHeader() throws {
    let expected = [TimeSeries([5, 6], start: .year(2020), name: "t")]
    #expect(try parse("# written by hand\n# year,value\n2020,5\n2021,6\n") == expected)
    #expect(try parse("#year;value\n2020;5\n2021;6\n") == expected)
    #expect(seriesFileError("# year,value\n2020,x\n").hasPrefix("t.csv:2:6: 'x' is not a number"))
    #expect(try parse("# year and value\nyear,value\n2020,5\n2021,6\n") == expected)
    #expect(
      seriesFileError("# of 3\n2020,5\n2021,6\n").hasPrefix("t.csv:2:1: '2020' stands in the first line"))
  }

  @Test("a code of six digits is no date where no column is called one")
  func codes() {
    #expect(seriesFileError("goods,value\n202503,5\n").hasPrefix("t.csv:1: there is no date column"))
  }

  @Test("two dots and a dash stand for a missing value, as a dot does")
  func missing() throws {
    let series = try parse("date,value\n2025-01,1\n2025-02,..\n2025-03,-\n2025-04,.\n2025-05,5\n")[0]
    #expect(series.count == 5 && series.missingCount == 3)
  }

  @Test("a separator that is not read is named")
  func otherSeparators() {
    #expect(
      seriesFileError("date|value\n2025-01|5\n").hasPrefix("t.csv:1: the file seems to be separated by '|'"))
    #expect(
      seriesFileError("date,value\n2025-01;5\n").hasPrefix(
        "t.csv:2:1: the row has 1 fields, the header 2: the row seems to be separated by ';'"))
    #expect(
      seriesFileError("date;value\n2025-01;5;6\n").hasSuffix(
        "expected 2 fields separated by semicolons (text that holds a semicolon is written in double quotes)")
    )
  }

  // MARK: Quarters and years by their dates

  @Test(
    "dates three months apart are quarters, twelve months apart years",
    arguments: [
      (["2005-03-31", "2005-06-30", "2005-09-30", "2005-12-31"], Period.quarter(2005, 1)),
      (["2005-04-01", "2005-01-01", "2005-07-01", "2005-10-01"], .quarter(2005, 1)),
      (["2005-02", "2005-05", "2005-08", "2005-11"], .quarter(2005, 1)),
      (["2005-12-31", "2006-12-31", "2007-12-31", "2008-12-31"], .year(2005)),
      (["2005-01", "2006-01", "2007-01", "2008-01"], .year(2005)),
    ])
  func spaced(dates: [String], start: Period) throws {
    let sorted = dates.sorted()
    let rows = sorted.indices.map { "\(sorted[$0]),\($0 + 1)\n" }
    let series = try parse("date,value\n" + (dates == sorted ? rows : rows.reversed()).joined())
    #expect(series == [TimeSeries([1, 2, 3, 4], start: start, name: "t")])
  }

  @Test("three rows, unequal steps and stated empty months are months with gaps")
  func notSpaced() throws {
    #expect(try parse("date,value\n2005-03,1\n2005-06,2\n2005-09,3\n")[0].count == 7)
    #expect(try parse("date,value\n2005-03,1\n2005-06,2\n2005-09,3\n2006-04,4\n")[0].count == 14)
    #expect(try parse("date,value\n2005-03,1\n2005-06,2\n2005-12,3\n2006-06,4\n")[0].count == 16)
    let stated = try parse("date,value\n2005-01,1\n2005-02,\n2005-03,\n2005-04,4\n")[0]
    #expect(stated.start == .month(2005, 1) && stated.missingCount == 2)
    // Each series of a file has its own unit.
    let two = try parse(
      "series,date,value\na,2005-01,1\na,2005-04,2\na,2005-07,3\na,2005-10,4\nb,2005-01,1\nb,2005-02,2\n")
    #expect(two.map(\.start) == [.quarter(2005, 1), .month(2005, 1)])
  }

  @Test("a row that is missing does not make months of quarters or years")
  func spacedWithGap() throws {
    let quarters = try parse("date,value\n2005-03-31,1\n2005-06-30,2\n2005-09-30,3\n2006-03-31,4\n")[0]
    #expect(quarters.start == .quarter(2005, 1) && quarters.count == 5 && quarters.missingCount == 1)
    let years = try parse("date,value\n2005-12,1\n2006-12,2\n2008-12,3\n2009-12,4\n")[0]
    #expect(years.start == .year(2005) && years.count == 5 && years.missingCount == 1)
  }

  @Test("a month given twice by days is a daily or weekly file, and the message says so")
  func days() {
    #expect(
      seriesFileError("date,value\n2005-01-03,1\n2005-01-10,2\n").hasSuffix(
        "expected each month once (daily and weekly data are not read: sum them to months)"))
    #expect(seriesFileError("date,value\n2005-01,1\n2005-01,2\n").hasSuffix("expected each month once"))
  }

  @Test("a facts file is no series file")
  func facts() {
    let text = "series,period,measure,value,unit\na,2025-01,level,5,t\na,2025-01,level,5,kt\n"
    #expect(seriesFileError(text).hasPrefix("t.csv:1: this is a facts file, with the columns"))
    #expect(seriesFileError(text).contains("tradewind project"))
    #expect(CSVTable.isOfFacts(CSVTable.headerNames(of: Array("# x\n\"Series\";period;measure;v\n".utf8))))
    #expect(CSVTable.headerNames(of: Array("\n\n".utf8)).isEmpty)
  }
}
