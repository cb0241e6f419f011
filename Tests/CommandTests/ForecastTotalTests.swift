import Foundation
import Testing

/// `forecast --total`: the running quarter or year.
@Suite("tradewind forecast --total")
struct ForecastTotalTests {
  /// Months that are their number and the year's, from 2022 up to some month of 2024: the seasonal naive forecast is known on paper.
  static func months(_ count: Int, name: String = "imports") -> [String] {
    (0..<count).map {
      "\(name),\(2022 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1),\($0 % 12 + 1 + $0 / 12)"
    }
  }

  static func file(_ series: [String]...) -> String {
    "series,date,value\n" + series.joined().map { $0 + "\n" }.joined()
  }

  @Test(
    "on paper: known months as they are, the total with the interval of what is to come, growth on the year")
  func csv() async throws {
    // Up to November 2024: October 12, November 13, December as the year before, 13; in 2023 it was 11, 12, 13.
    let run = try await run(
      "forecast", on: Self.file(Self.months(35)), named: "m.csv", "--model", "snaive", "--total", "quarter",
      "--level", "80", "--format", "csv")
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    let rows = run.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(
      rows[0].joined(separator: ",")
        == "unique_id,ds,model,status,published,mean,median,lo-80,hi-80,year_before,growth,growth-lo-80,growth-hi-80"
    )
    #expect(rows.dropFirst().map { $0[1] } == ["2024-10", "2024-11", "2024-12", "2024-Q4"])
    #expect(rows.dropFirst().map { $0[3] } == ["published", "published", "forecast", "total"])
    #expect(rows.dropFirst().map { $0[4] } == ["12", "13", "", ""])
    let numbers = rows.dropFirst().map { $0[5...].map { Double($0) ?? .nan } }
    // Mean and median, the interval, the year before, the change on it and its interval.
    for column in 0...1 { #expect(numbers.map { $0[column] } == [12, 13, 13, 38]) }
    #expect(numbers.map { $0[4] } == [11, 12, 13, 36])
    #expect(abs(numbers[3][5] - 2.0 / 36) < 1e-12 && numbers[2][5] == 0)
    #expect(numbers[0][2] == 12 && numbers[0][3] == 12)
    // All the uncertainty is December's.
    #expect(abs((numbers[3][3] - numbers[3][2]) - (numbers[2][3] - numbers[2][2])) < 1e-9)
    #expect(abs(numbers[3][6] - (numbers[3][2] / 36 - 1)) < 1e-12)
  }

  @Test("the table names the quarter, the model and how much is known; months known have no interval")
  func table() async throws {
    let run = try await run(
      "forecast", on: Self.file(Self.months(34)), named: "m.csv", "--model", "drift", "--total", "quarter")
    #expect(run.output.hasPrefix("imports: 2024-Q4 by Drift, 1 of 3 months known\n\nperiod   status "))
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("2024-10  published   12.00  ") && $0.hasSuffix("      9.1 %") })
    #expect(lines.last?.hasPrefix("2024-Q4  total  ") == true)
  }

  @Test("table, CSV and JSON have the same total, its median by the joint law")
  func sameTotal() async throws {
    let file = examplesData.appending(path: "us-imports-from-china-monthly-1985-2025.csv")
    func total(_ format: String) async throws -> String {
      let options = ["--model", "auto", "--effort", "fast", "--total", "quarter", "--format", format]
      return try await Command.run(["forecast", file.path(percentEncoded: false)] + options).output
    }
    let csv = try await total("csv").split(separator: "\n").last?.split(
      separator: ",", omittingEmptySubsequences: false)
    let median = try #require(csv.flatMap { Double($0[6]) })
    let table = try await total("table").split(separator: "\n").last.map(String.init) ?? ""
    let printed = try #require(table.split(separator: " ").dropFirst(2).first)
    #expect(Double(printed.filter { $0 != "," }) == median.rounded())
    let json = try JSONDecoder().decode([Totals].self, from: Data(try await total("json").utf8))[0]
    #expect(abs(json.total.median - median) < 1e-9 * median)
  }

  private struct Totals: Decodable {
    struct Total: Decodable { let median: Double }
    let total: Total
  }

  @Test(
    "values that may be revised stand between their publication and what the model expected, with intervals")
  func revisions() async throws {
    let run = try await run(
      "forecast", on: Self.file(Self.months(35)), named: "m.csv", "--model", "snaive", "--total", "quarter",
      "--revisions", "5")
    #expect(
      run.output.hasPrefix("imports: 2024-Q4 by SeasonalNaive, 2 of 3 months known, 1 of them revisable\n"))
    let lines = run.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let november = try #require(lines.first { $0.first == "2024-11" })
    #expect(november[1] == "revisable" && november[2] == "13.00", "\(run.output)")
    // The year before it was 12.
    let mean = try #require(Double(november[3]))
    #expect(mean >= 12 && mean <= 13)
    #expect(try #require(Double(november[4])) < mean)
    let october = try #require(lines.first { $0.first == "2024-10" })
    #expect(october == ["2024-10", "published", "12.00", "12.00", "9.1", "%"], "\(run.output)")
  }

  @Test("as JSON; a year, a quarter all of which is to come, and months that a file has no values of yet")
  func json() async throws {
    struct Entry: Decodable {
      struct Part: Decodable {
        struct Growth: Decodable { let mean: Double }
        let period, status: String
        let mean: Double
        let yearBefore: Double?
        let growth: Growth?
      }
      let series, model, fitted, period: String
      let parts: [Part]
      let total: Part
    }
    func entry(_ text: String, _ unit: String, model: String = "snaive") async throws -> Entry {
      let run = try await run(
        "forecast", on: text, named: "m.csv", "--model", model, "--total", unit, "--format", "json")
      #expect(run.status == 0, "\(run.errors)")
      return try JSONDecoder().decode([Entry].self, from: Data(run.output.utf8))[0]
    }
    let year = try await entry(Self.file(Self.months(35)), "year")
    #expect(year.period == "2024" && year.parts.count == 12 && year.total.mean == 101)
    #expect(year.total.yearBefore == 90 && year.fitted == "SeasonalNaive" && year.series == "imports")
    let next = try await entry(Self.file(Self.months(36)), "quarter")
    #expect(next.period == "2025-Q1" && next.parts.allSatisfy { $0.status == "forecast" })
    let later = try await entry(
      Self.file(Self.months(34), ["imports,2024-11,", "imports,2024-12,"]), "quarter")
    #expect(later.period == "2024-Q4" && later.parts.map(\.status) == ["published", "forecast", "forecast"])
    let young = try await entry(
      "month,x\n" + (1...5).map { "2024-0\($0),\($0)\n" }.joined(), "quarter", model: "naive")
    #expect(young.total.yearBefore == nil && young.total.growth == nil)
  }

  @Test(
    "one series of many that has no such total, or too little, is named; others go on, with a picture each")
  func failures() async throws {
    let text = Self.file(
      Self.months(35), ["quarters,2023-Q1,5", "quarters,2023-Q2,6"],
      ["gap,2024-01,5", "gap,2024-02,", "gap,2024-03,7"],
      ["short,2024-10,5"])
    try await withFolder { folder in
      try Data(text.utf8).write(to: folder.appending(path: "s.csv"))
      let run = try await Command.run(
        ["forecast", "s.csv", "--model", "naive", "--total", "quarter", "--chart", "q.svg"], in: folder)
      #expect(run.status == 0)
      #expect(
        run.errors == """
          tradewind: left out: quarters: the total of a quarter is that of shorter periods; the series has a value a quarter
          tradewind: left out: short: naive: Naive needs 2 observations, there is 1

          """, "\(run.errors)")
      #expect(
        run.output.contains("imports: 2024-Q4 by Naive") && run.output.contains("gap: 2024-Q2 by Naive"))
      let picture = try String(contentsOf: folder.appending(path: "q.svg"), encoding: .utf8)
      #expect(picture.contains("Imports: Q4 2024 by Naive") || picture.contains("imports: Q4 2024 by Naive"))
      #expect(picture.contains("Total of Q4 2024"))
    }
    let gap = try await run(
      "forecast", on: "month,x\n2024-08,1\n2024-09,1\n2024-10,\n2024-11,3\n", named: "g.csv", "--model",
      "naive",
      "--total", "quarter")
    #expect(gap.status == 65)
    #expect(gap.errors.contains("the nowcast of 2024-Q4 needs every period; 1 is missing"), "\(gap.errors)")
  }

  @Test(
    "what does not go together is wrong usage",
    arguments: [
      (["--horizon", "3"], "--total and --horizon exclude each other"),
      (["--points-only"], "--total and --points-only exclude each other"),
      (["--revisions", "2,x"], "'2,x'"), (["--revisions=-1"], "'-1'"),
    ])
  func usage(_ options: [String], _ words: String) async throws {
    let run = try await Command.run(["forecast", ProjectTests.imports, "--total", "quarter"] + options)
    #expect(run.status == 64 && run.errors.contains(words), "\(run.errors)")
    let alone = try await Command.run(["forecast", ProjectTests.imports, "--revisions", "2"])
    #expect(alone.status == 64 && alone.errors.contains("--revisions needs --total"))
    let month = try await Command.run(["forecast", ProjectTests.imports, "--total", "month"])
    #expect(month.status == 64 && month.errors.contains("'quarter'"), "\(month.errors)")
  }
}
