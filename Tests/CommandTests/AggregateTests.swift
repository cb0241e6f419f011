import Foundation
import TestSupport
import Testing

@Suite("tradewind decompose --aggregate")
struct AggregateTests {
  private static func china() throws -> String {
    String(decoding: try ExampleData.bytes("china-exports-imports-monthly-1983-2013.csv"), as: UTF8.self)
  }

  @Test("a sum that the file does not have is adjusted in both ways; the parts add up in the CSV")
  func sum() async throws {
    let run = try await run(
      "decompose", on: try Self.china(), named: "china.csv", "--method", "x11", "--aggregate",
      "trade=exports_100m_usd,imports_100m_usd", "--format", "csv")
    #expect(run.status == 0 && run.errors.isEmpty)
    let lines = run.output.split(separator: "\n")
    #expect(
      lines[0] == "unique_id,ds,observed,direct,indirect,difference,trend_direct,trend_indirect,"
        + "exports_100m_usd_adjusted,imports_100m_usd_adjusted")
    #expect(lines.count == 367)
    let cells = lines[200].split(separator: ",").dropFirst(2).compactMap { Double($0) }
    #expect(cells.count == 8 && cells[2] == cells[6] + cells[7])
  }

  @Test("a balance is adjusted additively, and the tool says so")
  func balance() async throws {
    let run = try await run(
      "decompose", on: try Self.china(), named: "china.csv", "--method", "x11", "--aggregate",
      "balance=exports_100m_usd,-imports_100m_usd")
    #expect(run.status == 0)
    #expect(run.errors == "tradewind: balance is not above zero throughout: it is adjusted additively\n")
    #expect(
      run.output.hasPrefix("balance = exports_100m_usd − imports_100m_usd, x11, additive, 1983-07 to 2013-12")
    )
  }

  @Test("what cannot be meant is wrong usage, what cannot be adjusted is bad data")
  func errors() async throws {
    for (aggregate, status, words) in [
      ("trade", 64, "trade"), ("trade=", 64, "trade="),
      ("trade=exports,imports_100m_usd", 64, "has no series 'exports'; did you mean 'exports_100m_usd'?"),
      ("trade=exports_100m_usd,exports_100m_usd", 65, "'exports_100m_usd' is named twice"),
    ] as [(String, Int32, String)] {
      let run = try await run(
        "decompose", on: try Self.china(), named: "china.csv", "--method", "x11", "--aggregate", aggregate)
      #expect(run.status == status, "\(aggregate)")
      #expect(run.errors.contains(words) && run.output.isEmpty, "\(run.errors)")
    }
    let run = try await run(
      "decompose", on: try Self.china(), named: "china.csv", "--aggregate", "t=exports_100m_usd")
    #expect(run.status == 64 && run.errors.contains("--aggregate belongs to --method x11"))
  }
}
