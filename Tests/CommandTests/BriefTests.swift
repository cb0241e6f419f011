import Foundation
import Testing

@Suite("tradewind brief")
struct BriefTests {
  static let facts = """
    series,period,measure,value,unit,source_title
    ore-exports-value,2025,level,60000000,usd,A
    ore-exports-value,2025,yoy,0.2,fraction,A
    ore-imports-value,2025,level,90000000,usd,B
    ore-imports-value,2025,yoy,-0.1,fraction,B
    ore-imports,2025,level,45000,t,B
    ore-imports/peru,2025,level,30000,t,B
    ore-imports/chile,2025,level,12000,t,B

    """

  @Test("Markdown on standard output, in English and Chinese")
  func markdown() async throws {
    let english = try await run("brief", on: Self.facts, "--period", "2025")
    #expect(english.status == 0)
    #expect(english.output.hasPrefix("# Ore: trade in 2025\n"))
    let text = english.output.replacing("\u{A0}", with: " ").replacing("\\", with: "")
    #expect(text.contains("That leaves a deficit of $30 m, after $50 m in 2024"))
    #expect(text.contains("Peru 30 kt and Chile 12 kt."))
    let chinese = try await run("brief", on: Self.facts, "--period", "2025", "--language", "zh")
    #expect(chinese.output.contains("贸易逆差3000万美元"))
  }

  @Test("JSON has every number with its line and source, or its formula and inputs")
  func json() async throws {
    let json = try await run("brief", on: Self.facts, "--period", "2025", "--format", "json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let overview = try #require((object["overviews"] as? [[String: Any]])?.first)
    let imports = try #require(overview["imports"] as? [String: Any])
    let level = try #require(imports["level"] as? [String: Any])
    #expect(level["value"] as? Double == 90_000_000)
    let origin = try #require(level["origin"] as? [String: Any])
    let published = try #require((origin["published"] as? [String: Any])?["_0"] as? [String: Any])
    #expect(published["line"] as? Int == 4 && published["source"] as? String == "B")
    let base = try #require((imports["base"] as? [String: Any])?["origin"] as? [String: Any])
    let computed = try #require(base["computed"] as? [String: Any])
    #expect(computed["formula"] as? String == "level / (1 + growth)")
    #expect((computed["inputs"] as? [Any])?.count == 2)
  }

  @Test("only the series that were asked for, with their parts")
  func chosenSeries() async throws {
    let one = try await run("brief", on: Self.facts, "--period", "2025", "--series", "ore-imports")
    #expect(one.status == 0)
    #expect(one.output.hasPrefix("# Ore imports in 2025\n") && one.output.contains("Peru"))
    #expect(one.output.contains("From 3 published figures"))
    let wrong = try await run("brief", on: Self.facts, "--period", "2025", "--series", "ore-import")
    #expect(wrong.status == 64 && wrong.errors.contains("did you mean 'ore-imports'?"))
    let help = try await run("brief", on: Self.facts, "--help")
    let words = help.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("Only this series, with its parts (a/…)"))
  }

  @Test("the name of --output decides the form, and the file is whole")
  func output() async throws {
    try await withFolder { folder in
      try Data(Self.facts.utf8).write(to: folder.appending(path: "facts.csv"))
      for (name, start) in [("b.html", "<!DOCTYPE html>"), ("b.md", "# "), ("b.json", "{")] {
        let run = try await Command.run(
          ["brief", "facts.csv", "--period", "2025", "--output", name, "--title", "A brief"], in: folder)
        #expect(run.status == 0 && run.output.isEmpty)
        #expect(try String(contentsOf: folder.appending(path: name), encoding: .utf8).hasPrefix(start))
      }
    }
  }

  @Test("a series file gives a brief by the same command")
  func series() async throws {
    var csv = "month,exports_kt,imports_kt\n"
    for i in 0..<36 {
      csv += "\(2023 + i / 12)-\(i % 12 < 9 ? "0" : "")\(i % 12 + 1),\(100 + i),\(90 + i % 12)\n"
    }
    let run = try await run("brief", on: csv, named: "series.csv", "--period", "2025")
    #expect(run.status == 0)
    let text = run.output.replacing("\u{A0}", with: " ")
    #expect(text.hasPrefix("# Exports and imports in 2025\n"))
    // 124 + … + 135 = 1554 and 90 + … + 101 = 1146.
    #expect(text.contains("a surplus of 408.0 kt"))
    #expect(text.contains("No split into price and volume for exports"))
  }

  @Test("what is wrong is said with the place and what was expected")
  func errors() async throws {
    let late = try await run("brief", on: Self.facts, "--period", "2031")
    #expect(late.status == 65)
    #expect(
      late.errors
        == "tradewind: facts.csv: nothing is published for 2031; the last period with a figure is 2025\n")
    let wrong = try await run("brief", on: Self.facts, "--period", "20x5")
    #expect(wrong.status == 64 && wrong.errors.contains("20x5"))
    let without = try await run("brief", on: Self.facts)
    #expect(without.status == 64 && without.errors.contains("--period"))
  }
}
