import Foundation
import Testing

@Suite("tradewind project --by")
struct ProjectPartsTests {
  private static let parts = ProjectTests.silver + ["--by", "partners,province"]

  @Test("the table has a section for each way to divide the whole, and expected values add up")
  func table() async throws {
    let run = try await Command.run(Self.parts)
    #expect(run.status == 0)
    #expect(run.output.contains("2026-Q1 and its months, by parts that add up to the whole"))
    for name in ["\npartners ", "\nprovince "] { #expect(run.output.contains(name)) }
    // Means of a section's parts, in the column of the quarter, against those of its last row.
    var sum = 0.0
    var sections = 0
    for line in run.output.split(separator: "\n") {
      let cells = line.split(separator: " ").map(String.init)
      guard cells.count > 5, let total = Double(cells[4]), Double(cells[1]) != nil else { continue }
      if cells[0] == "all" {
        #expect(abs(sum - total) < 0.35, "\(sum) \(total)")
        (sum, sections) = (0, sections + 1)
      } else {
        sum += total
      }
    }
    #expect(sections == 2)
  }

  @Test("CSV has every part, month and total; the means of the parts are the whole's")
  func csv() async throws {
    let run = try await Command.run(Self.parts + ["--format", "csv"])
    #expect(run.status == 0)
    let rows = run.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows[0].prefix(7) == ["unique_id", "ds", "grouping", "status", "unit", "mean", "median"])
    for period in ["2026-01", "2026-03", "2026-Q1"] {
      let ahead = rows.dropFirst().filter { $0[1] == period }
      let whole = try #require(ahead.first { $0[2].isEmpty }.flatMap { Double($0[5]) })
      for grouping in ["partners", "province"] {
        let means = ahead.filter { $0[2] == grouping }.compactMap { Double($0[5]) }
        #expect(means.count > 3)
        #expect(abs(means.reduce(0, +) - whole) <= 1e-9 * whole, "\(period) \(grouping)")
      }
    }
    let shares = rows.filter { $0[3] == "total" && $0[2] == "province" }.compactMap { Double($0.last ?? "") }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
  }

  @Test("JSON has the whole and its groupings")
  func json() async throws {
    let run = try await Command.run(Self.parts + ["--format", "json", "--level", "90"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let whole = try #require(object["whole"] as? [String: Any])
    #expect(whole["series"] as? String == "silver-concentrate-imports")
    let groupings = try #require(object["groupings"] as? [[String: Any]])
    #expect(groupings.map { $0["name"] as? String } == ["partners", "province"])
    let parts = try #require(groupings[0]["parts"] as? [[String: Any]])
    #expect(parts.map { $0["label"] as? String }.contains("peru"))
    let total = try #require(parts[0]["total"] as? [String: Any])
    #expect((total["intervals"] as? [[String: Any]])?.count == 1)
  }

  @Test(
    "--report has a section for each way to divide the whole, in either language", arguments: ["en", "zh"])
  func report(_ language: String) async throws {
    try await withFolder { folder in
      let run = try await Command.run(
        Self.parts + ["--quiet", "--report", "page.html", "--language", language], in: folder)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      let page = try String(contentsOf: folder.appending(path: "page.html"), encoding: .utf8)
      let isChinese = language == "zh"
      #expect(
        page.contains("<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"\(isChinese ? "zh-Hans" : "en")\"")
      )
      for text in isChinese
        ? ["分贸易伙伴", "分省份", "秘鲁", "河南", "其他", "万吨", "期望值", "阅读说明", "银精矿进口：2026年第一季度预测"]
        : [
          "By partner", "By province", "Peru", "Henan", "Others", "kt, expected values",
          "How to read this page",
        ]
      {
        #expect(page.contains(text), "\(text)")
      }
      // The fan and two charts of parts, each for wide and narrow screens.
      #expect(page.split(separator: "<svg").count - 1 == 6)
      #expect(page.utf8.count < 500_000)
    }
  }

  @Test("--chart draws the whole and, below it, the parts with their intervals")
  func chart() async throws {
    try await withFolder { folder in
      let run = try await Command.run(Self.parts + ["--quiet", "--chart", "parts.svg"], in: folder)
      #expect(run.status == 0 && run.errors.isEmpty)
      let chart = try String(contentsOf: folder.appending(path: "parts.svg"), encoding: .utf8)
      for text in [
        "Silver concentrate imports: projection for Q1 2026",
        "Silver concentrate imports by partner, Q1 2026",
        "Silver concentrate imports by province, Q1 2026", ">Peru<", ">Henan<", ">Total<",
        ">80\u{A0}% interval<",
      ] {
        #expect(chart.contains(text), "\(text)")
      }
    }
  }

  @Test("what cannot be done is said")
  func errors() async throws {
    let word = try await Command.run(ProjectTests.silver + ["--by", "planet"])
    #expect(word.status == 64 && word.errors.contains("has no parts by 'planet'; it has partners"))
    let series = try await Command.run(["project", ProjectTests.imports, "--by", "partners"])
    #expect(series.status == 64 && series.errors.contains("--by needs a facts file"))
    let language = try await Command.run(ProjectTests.silver + ["--language", "zh"])
    #expect(
      language.status == 64 && language.errors.contains("--language is that of --report and --chart"))
  }
}
