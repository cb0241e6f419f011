import Foundation
import Testing

@Suite("tradewind audit")
struct AuditTests {
  static let header = "series,period,measure,value,unit,source_title"
  /// The months of a quarter, their sum, and a sum that somebody else gives.
  static let months = """
    ore,2025-01,level,101300,t,A
    ore,2025-02,level,119800,t,A
    ore,2025-03,level,140200,t,A
    """

  @Test("figures that repeat each other or add up are fine")
  func agreement() async throws {
    let text = "\(Self.header)\n\(Self.months)\nore,2025-Q1,level,361300,t,A\nore,2025-03,level,140200,t,B\n"
    let run = try await run("audit", on: text)
    #expect(run.status == 0)
    #expect(run.output == "facts.csv: 5 figures checked, none contradicts the others\n" + Self.zeros(5))
  }

  /// The line about figures that end in zeros.
  static func zeros(_ count: Int) -> String {
    "\(count) figures end in zeros and are taken as rounded: ± half a unit of the last digit that is not zero "
      + "(2,000,000: ± 500,000); a column precision says otherwise\n"
  }

  @Test("zeros at the end are rounding, which is said, unless a column precision says how good a figure is")
  func zerosAtTheEnd() async throws {
    let header = "series,period,measure,value,unit,precision"
    let rows = ["ore,2025,level,2000000,t", "ore/a,2025,level,1400000,t", "ore/b,2025,level,1000000,t"]
    let rounded = try await run(
      "audit", on: ([header] + rows.map { $0 + "," }).joined(separator: "\n") + "\n")
    #expect(rounded.output == "facts.csv: 3 figures checked, none contradicts the others\n" + Self.zeros(3))
    let exact = try await run(
      "audit", on: ([header] + rows.map { $0 + ",0.5" }).joined(separator: "\n") + "\n")
    #expect(exact.output.hasPrefix("facts.csv: 3 figures checked, 1 contradicts the others\n\n1. "))
    // Without a source there is nothing behind the line.
    #expect(exact.output.contains("(line ") && !exact.output.contains(", )"))
  }

  @Test("a name that the file does not have: each series of the file is listed once")
  func distinctNames() async throws {
    let text = "series,period,measure,value,unit\nore,2025-01,level,1,t\nore,2025-02,level,2,t\n"
    let run = try await run("audit", on: text, "--series", "silver-ingots")
    #expect(run.status == 64)
    #expect(run.errors == "tradewind: facts.csv has no series 'silver-ingots'; it has ore\n")
  }

  @Test("figures that differ are named with their lines, and with what would repair them")
  func contradiction() async throws {
    let text = "\(Self.header)\n\(Self.months)\nore,2025-Q1,level,381300,t,B\n"
    let table = try await run("audit", on: text)
    #expect(table.status == 0)
    #expect(
      table.output.hasPrefix(
        "facts.csv: 4 figures checked, 1 contradicts the others\n\(Self.zeros(4))\n1. ore, 2025"))
    let csv = try await run("audit", on: text, "--format", "csv")
    let rows = csv.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(
      rows[0].joined(separator: ",")
        == "series,period,finding,role,line,measure,value,unit,correction,lo-95,hi-95,residual,deviating_source,"
        + "deviation,source_title,source_url,quote")
    #expect(rows.dropFirst().allSatisfy { $0[2] == "1" })
    #expect(rows[1][3] == "doubtful")
    // 101.3 + 119.8 + 140.2 is 361.3 and not 381.3: whichever figure is to blame, it is 20 kt away.
    for row in rows.dropFirst() where row[3] != "given" {
      let change = abs((Double(row[6]) ?? .nan) - (Double(row[8]) ?? .nan))
      #expect(abs(change - 20_000) < 1000, "\(row)")
    }
  }

  @Test("the silver file: three partners cannot be 74.1 %, and the sources disagree on 2024")
  func silver() async throws {
    let run = try await Command.run(["audit", ProjectTests.facts, "--series", "silver-concentrate-imports"])
    #expect(run.status == 0)
    #expect(run.output.contains("silver-concentrate-imports/mexico, 2025: amount 267 kt"))
    #expect(run.output.contains("silver-concentrate-imports/peru+mexico+bolivia, 2025: share 74.1 %"))
    #expect(run.output.contains("the levels of gtaic.ai are 1.3 % above the others"))
    #expect(!run.output.contains("silver-ingot"))
  }

  @Test("the README shows what the tool prints")
  func readme() async throws {
    let folder = examplesData.appending(path: "../..").standardized
    let readme = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
    let options = "audit Examples/Data/silver-facts.csv --series silver-concentrate-imports"
    let run = try await Command.run(options.split(separator: " ").map(String.init), in: folder)
    #expect(readme.contains("`tradewind \(options)` says:\n\n```text\n\(run.output)```\n"), "\(run.output)")
  }

  @Test("parts that exceed their whole contradict it, unless parts are not asked about")
  func parts() async throws {
    let text = "\(Self.header)\nore,2025,level,1001,t,A\nore/a,2025,level,702,t,A\nore/b,2025,level,501,t,A\n"
    let asked = try await run("audit", on: text)
    #expect(asked.output.hasPrefix("facts.csv: 3 figures checked, 1 contradicts the others\n"))
    let not = try await run("audit", on: text, "--no-parts")
    #expect(not.output == "facts.csv: 3 figures checked, none contradicts the others\n")
  }

  @Test("corrections that belong together are said to, and figures that were not compared too")
  func groups() async throws {
    let text = """
      \(Self.header)
      ore,2025-01,level,1070.3,t,A
      ore,2025-01,level,1010,t,A
      ore,2025-02,level,1070.2,t,A
      ore,2025-02,level,1010,t,A
      ore,2025-01..2025-02,level,2020.1,t,A

      """
    let table = try await run("audit", on: text)
    #expect(table.output.hasSuffix("\n1 and 2 share figures; fewer corrections do not reconcile them\n"))
    let json = try await run("audit", on: text, "--format", "json")
    struct Report: Decodable {
      struct Group: Decodable {
        let findings: [Int]
        let proof: String
      }
      let contradictions: [Group]
    }
    let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
    #expect(report.contradictions.map(\.findings) == [[0, 1]])
    #expect(report.contradictions.map(\.proof) == ["smallest"])
    let many = (0..<510).map { "ore/p\($0),2025,level,\(1001 + $0),t,A\n" }.joined()
    let large = try await run("audit", on: "\(Self.header)\n\(many)")
    #expect(
      large.output.hasSuffix(
        "\nore: 510 figures are too many to check parts against their whole; each series was checked by itself\n"
      ))
  }

  @Test("as JSON a finding has its fact with the source's words")
  func json() async throws {
    let text = "\(Self.header)\n\(Self.months)\nore,2025-Q1,level,381300,t,B\n"
    let run = try await run("audit", on: text, "--format", "json")
    struct Report: Decodable {
      struct Finding: Decodable {
        let series: String
        let expected, lower, upper, standardisedResidual: Double
      }
      let factsChecked: Int
      let findings: [Finding]
    }
    let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
    #expect(report.factsChecked == 4)
    #expect(report.findings.map(\.series) == ["ore"])
  }
}
