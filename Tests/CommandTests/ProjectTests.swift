import Foundation
import Testing
import TradeStatistics
import Tradewind

@Suite("tradewind project")
struct ProjectTests {
  static let facts = examplesData.appending(path: "silver-facts.csv").path(percentEncoded: false)
  static let imports = examplesData.appending(path: "china-exports-imports-monthly-1983-2013.csv")
    .path(percentEncoded: false)
  static let silver = ["project", facts, "--series", "silver-concentrate-imports"]

  private struct Result: Decodable {
    struct Interval: Decodable, Equatable { let level, lower, upper: Double }
    struct Month: Decodable {
      let period: String
      let median, mean: Double
      let intervals: [Interval]
    }
    struct Past: Decodable {
      let period, status: String
      let median, lower, upper: Double
    }
    struct Facts: Decodable { let used: Int }
    let series, unit, asOf, model: String
    let horizon: [Month]
    let total: Month
    let history: [Past]
    let facts: Facts
  }

  private func result(_ run: Command) throws -> Result {
    try JSONDecoder().decode(Result.self, from: Data(run.output.utf8))
  }

  @Test("the JSON is the library's projection, number for number")
  func json() async throws {
    let run = try await Command.run(Self.silver + ["--quarter", "2026-Q1", "--format", "json"])
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let found = try result(run)
    let bytes = try Array(Data(contentsOf: URL(filePath: Self.facts)))
    let projection = try HistoryProjector().project(
      "silver-concentrate-imports", from: try FactFile.parse(bytes: bytes, file: "facts.csv"),
      to: .period(.quarter(2026, 1)))
    #expect(found.series == projection.series && found.unit == "t" && found.asOf == "2025-12")
    #expect(found.model == projection.model)
    #expect(found.horizon.map(\.period) == ["2026-01", "2026-02", "2026-03"])
    #expect(found.horizon.map(\.median) == projection.horizon.map(\.median))
    #expect(found.total.median == projection.total.median && found.total.mean == projection.total.mean)
    #expect(
      found.total.intervals
        == projection.total.intervals.map { .init(level: $0.level, lower: $0.lower, upper: $0.upper) })
    #expect(found.total.intervals.map(\.level) == [0.8, 0.95])
    #expect(found.history.map(\.median) == projection.history.map(\.median))
    #expect(found.history.map(\.status) == projection.history.map(\.status.rawValue))
    #expect(found.facts.used == projection.factsUsed)
  }

  @Test("the table ends with twelve months of history, the quarter's months and its total")
  func table() async throws {
    let run = try await Command.run(Self.silver + ["--quarter", "2026-Q1"])
    let rows = run.output.split(separator: "\n").suffix(16).map {
      $0.split(separator: " ").prefix(2).joined(separator: " ")
    }
    #expect(
      rows == [
        "2025-01 derived", "2025-02 derived", "2025-03 published", "2025-04 estimated", "2025-05 estimated",
        "2025-06 estimated", "2025-07 estimated", "2025-08 estimated", "2025-09 derived", "2025-10 published",
        "2025-11 derived", "2025-12 published", "2026-01 projected", "2026-02 projected", "2026-03 projected",
        "2026-Q1 total",
      ])
    #expect(run.output.hasPrefix("silver-concentrate-imports, kt: "))
    #expect(run.output.contains("median  80 % from     to  95 % from     to\n"))
    #expect(!run.output.contains("\u{1B}"), "no colours where there is no terminal")
  }

  @Test("the past is projected from what was known then")
  func asOf() async throws {
    let run = try await Command.run(Self.silver + ["--as-of", "2024-12", "--format", "json"])
    let found = try result(run)
    #expect(found.asOf == "2024-12")
    #expect(found.history.last?.period == "2024-12")
    #expect(found.horizon.map(\.period) == ["2025-01", "2025-02", "2025-03"])
    // What was later published for the quarter: 462.0 kt.
    let wide = try #require(found.total.intervals.last)
    #expect(wide.lower < 462_000 && 462_000 < wide.upper)
  }

  @Test("a series file is told from a facts file by its header, and levels and horizon are options")
  func seriesFile() async throws {
    let run = try await Command.run([
      "project", Self.imports, "--series", "imports_100m_usd", "--horizon", "2", "--level", "50,90",
      "--format", "csv",
    ])
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines.first == "unique_id,ds,status,unit,mean,median,lo-50,hi-50,lo-90,hi-90,lo-95,hi-95")
    #expect(
      lines.suffix(3).map { $0.split(separator: ",").prefix(3).joined(separator: ",") } == [
        "imports_100m_usd,2014-01,projected", "imports_100m_usd,2014-02,projected",
        "imports_100m_usd,2014-01..2014-02,total",
      ])
    // Every month of the file is published, and comes back as it is: the last is December 2013.
    let december = try #require(lines.dropLast(3).last).split(separator: ",")
    #expect(december[2] == "published")
    #expect(abs((Double(december[5]) ?? .nan) - 1821.02) < 0.1, "\(december)")
  }

  @Test("of a whole file every series that can be projected is; the others are named with what is missing")
  func wholeFile() async throws {
    let run = try await Command.run(["project", Self.facts, "--format", "csv"])
    #expect(run.status == 0)
    let projected = Set(run.output.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } })
    #expect(projected.contains("silver-concentrate-imports") && projected.count > 5)
    let reasons = run.errors.split(separator: "\n")
    #expect(reasons.count + projected.count == 44, "each of the file's 44 series is projected or named")
    for reason in reasons { #expect(reason.hasPrefix("tradewind: left out: ")) }
  }

  @Test("a series that was asked for and cannot be projected is an error that says what is missing")
  func tooFewFacts() async throws {
    let run = try await Command.run(["project", Self.facts, "--series", "semi-manufactured-silver-exports"])
    #expect(run.status == 65)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("semi-manufactured-silver-exports: published levels cover "))
    #expect(run.errors.contains("missing are "))
  }

  @Test("--report writes a page beside the result")
  func report() async throws {
    try await withFolder { folder in
      let run = try await Command.run(Self.silver + ["--report", "page.html"], in: folder)
      #expect(run.status == 0)
      let page = try String(contentsOf: folder.appending(path: "page.html"), encoding: .utf8)
      #expect(page.hasPrefix("<!DOCTYPE html>"))
      #expect(page.contains("<svg"))
      let unwritable = try await Command.run(Self.silver + ["--report", "no/page.html"], in: folder)
      #expect(unwritable.status == 73)
    }
  }

  @Test("a chart of letters stands before the table on a terminal, and nowhere else")
  func terminal() async throws {
    try await withFolder { folder in
      let line = "project '\(Self.facts)' --series silver-concentrate-imports"
      func shown(_ options: String) async throws -> Command {
        try await Command.shell("script -qec \"$TRADEWIND \(line) \(options)\" /dev/null", in: folder)
      }
      // `script` gives the tool a terminal; it is part of Debian's base system, but other systems' have other options.
      let known = try await Command.shell("script -qec true /dev/null", in: folder)
      guard known.status == 0 else { return }
      let chart = try await shown("")
      #expect(chart.output.contains("░") && chart.output.contains("2026-Q1"))
      #expect(!(try await shown("--quiet")).output.contains("░"))
      #expect(!(try await shown("--format csv")).output.contains("░"))
      let plain = try await Command.shell(
        "NO_COLOR=1 TERM=xterm script -qec \"$TRADEWIND \(line)\" /dev/null", in: folder)
      #expect(plain.output.contains("░") && !plain.output.contains("\u{1B}["))
      #expect(!(try await Command.shell("$TRADEWIND \(line)", in: folder)).output.contains("░"))
    }
  }

  @Test("--chart draws all projections, and says what a PNG needs")
  func chart() async throws {
    try await withFolder { folder in
      let run = try await Command.run(Self.silver + ["--chart", "chart.svg"], in: folder)
      #expect(run.status == 0 && run.errors.isEmpty)
      let chart = try String(contentsOf: folder.appending(path: "chart.svg"), encoding: .utf8)
      #expect(chart.hasPrefix("<svg") && chart.contains("Silver concentrate imports: projection for Q1 2026"))
      let other = try await Command.run(Self.silver + ["--chart", "chart.gif"], in: folder)
      #expect(other.status == 64 && other.errors.contains("--chart writes .svg or .png, not 'chart.gif'"))
      let without = try await Command.run(
        Self.silver + ["--chart", "chart.png"], in: folder, environment: ["PATH": "/nowhere"])
      #expect(
        without.status == 73 && without.errors.contains("a PNG needs rsvg-convert, which is not installed"))
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)) == [
          "chart.svg"
        ])
    }
  }

  /// So many months of a series without a trend, from January 2000.
  private static func months(_ count: Int) -> String {
    "month,imports\n"
      + (0..<count).map { i in
        "\(2000 + i / 12)-\(i % 12 < 9 ? "0" : "")\(i % 12 + 1),\(1600 + 7 * i % 300)\n"
      }.joined()
  }

  @Test(
    "months before the last ten years are one note, before fifteen where not all are known, and the numbers of a series have no line"
  )
  func longSeries() async throws {
    let all = Self.months(200)
    let gap = all.split(separator: "\n").filter { !$0.hasPrefix("2010-05") }.joined(separator: "\n")
    for (text, first, count, limit) in [(all, "2006-09", 80, 120), (gap, "2001-09", 20, 180)] {
      let run = try await run("project", on: text, named: "s.csv", "--quiet")
      #expect(run.status == 0)
      let notes = run.output.split(separator: "\n").filter { $0.hasPrefix("note: ") }
      let expected =
        "note: figures that reach back before \(first) are not used (\(count)): the history is that of the last \(limit) months"
      #expect(notes.map(String.init) == [expected])
      #expect(!run.output.contains("line 0"))
    }
  }

  @Test("the months decide unit and places, however large the total is")
  func longHorizon() async throws {
    let run = try await run("project", on: Self.months(48), named: "s.csv", "--horizon", "24")
    #expect(run.output.hasPrefix("imports: what"))
    let row = try #require(run.output.split(separator: "\n").first { $0.hasPrefix("2004-01") })
    let median = try #require(row.split(separator: " ").dropFirst(2).first)
    #expect(median.wholeMatch(of: /1,[0-9]{3}/) != nil, "\(row)")
  }

  @Test("the README shows what the tool prints")
  func readme() async throws {
    let readme = try String(
      contentsOf: examplesData.appending(path: "../../README.md").standardized, encoding: .utf8)
    let table = try await Command.run(Self.silver + ["--quarter", "2026-Q1"])
    #expect(readme.contains("```text\n\(table.output)```\n"))
    let audit = try await Command.run(
      ["audit", "Examples/Data/silver-facts.csv", "--series", "silver-concentrate-imports"],
      in: examplesData.appending(path: "../..").standardized)
    #expect(readme.contains("```text\n\(audit.output)```\n"))
  }

  @Test("the picture in the README says what the tool draws")
  func picture() async throws {
    let drawn = try await withFolder { folder in
      _ = try await Command.run(Self.silver + ["--quarter", "2026-Q1", "--chart", "chart.svg"], in: folder)
      return try String(contentsOf: folder.appending(path: "chart.svg"), encoding: .utf8)
    }
    let kept = examplesData.appending(path: "../Pictures/silver-projection.svg").standardized
    func described(_ svg: String) -> Substring? { svg.firstMatch(of: /<desc>.*<\/desc>/)?.output }
    let words = try #require(described(drawn))
    #expect(try described(String(contentsOf: kept, encoding: .utf8)) == words)
  }
}
