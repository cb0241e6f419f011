import Foundation
import Testing

/// What a statistician asks of an adjustment: `tradewind decompose --method x11`.
@Suite("tradewind decompose, adjustments")
struct AdjustmentTests {
  static let imports = examplesData.appending(path: "china-exports-imports-monthly-1983-2013.csv")
    .path(percentEncoded: false)
  static let x11 = ["decompose", imports, "--series", "imports_100m_usd", "--method", "x11"]
  static let model = ["--arima", "0,1,1,0,1,1", "--calendar", "td1,leap-factor", "--outliers", "LS2008-11"]

  static func cells(_ text: String) -> [[Substring]] {
    text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  @Test("with a model, tables have its effects and D12 the level shift")
  func effects() async throws {
    let tables = ["--tables", "d12,b1,a8ls,a6,d18", "--format", "csv"]
    let rows = Self.cells(try await Command.run(Self.x11 + Self.model + tables).output)
    #expect(rows[0].suffix(5) == ["a6", "a8ls", "b1", "d12", "d18"])
    for row in rows.dropFirst() {
      let numbers = row.dropFirst(2).map { Double($0) ?? .nan }
      let (observed, trend) = (numbers[0], numbers[1])
      #expect(numbers.suffix(2) == [trend, numbers[6]])
      #expect(abs(observed / (numbers[8] * numbers[9]) / numbers[10] - 1) < 1e-12)
    }
    // The shift is measured from the present level.
    #expect(rows[366][11] == "1.0" || rows[366][11] == "1")
    #expect((Double(rows[1][11]) ?? 0) > 1.1)

    let all = Self.cells(
      try await Command.run(Self.x11 + Self.model + ["--tables", "all", "--format", "csv"]).output)
    #expect(all[0].count == 10 + 48 && all[0].contains("a8so") && all[0].last == "d18")
    let alone = try await Command.run(Self.x11 + ["--tables", "a6"])
    #expect(alone.status == 64 && alone.errors.contains("it belongs to --arima"))
  }

  @Test("the coming year has factors, and with a model forecasts")
  func outlook() async throws {
    let csv = ["--show", "outlook", "--format", "csv"]
    let alone = Self.cells(try await Command.run(Self.x11 + csv).output)
    #expect(alone.count == 13 && alone[0] == ["unique_id", "ds", "seasonal"])
    let rows = Self.cells(try await Command.run(Self.x11 + Self.model + csv).output)
    #expect(rows[0] == ["unique_id", "ds", "seasonal", "calendar", "combined", "forecast"])
    #expect(rows.count == 13 && rows[1][1] == "2014-01" && rows[12][1] == "2014-12")
    let table = try await Command.run(Self.x11)
    #expect(table.output.contains("\ncoming year\nperiod   seasonal\n"))
  }

  @Test("the report of quality has the measures, the tests and the seasons; as CSV it is a row a series")
  func quality() async throws {
    let report = try await Command.run(Self.x11 + ["--show", "quality"])
    #expect(report.status == 0)
    for words in [
      "Q 0.42, acceptable (below 1)", "M7       0.350", "identifiable seasonality present",
      "Kruskal–Wallis", "probabilities if nothing were left", "changes over",
      "the trend moves more than the irregular from",
      "month  irregular moves",
    ] {
      #expect(report.output.contains(words), "\(words)")
    }
    let both = [
      "decompose", Self.imports, "--method", "x11", "--show", "quality", "--format", "csv",
    ]
    let rows = Self.cells(try await Command.run(both).output)
    #expect(rows.count == 3 && rows.allSatisfy { $0.count >= rows[0].count })
    #expect(rows[0][8] == "q" && rows[2][0] == "imports_100m_usd" && rows[2][7] == "present")
    let stl = try await Command.run(["decompose", Self.imports, "--show", "quality"])
    #expect(stl.status == 64 && stl.errors.contains("--show belong to --method x11"))
  }

  @Test("several jobs write what one writes; a series that cannot be adjusted is named")
  func jobs() async throws {
    let one = ["decompose", Self.imports, "--method", "x11"] + Self.model + ["--format", "json", "--jobs"]
    let (single, several) = (try await Command.run(one + ["1"]), try await Command.run(one + ["3"]))
    #expect(single.status == 0 && single.output == several.output && single.output.count > 1000)
    let stl = try await Command.run(["decompose", Self.imports, "--jobs", "2"])
    #expect(stl.status == 64 && stl.errors.contains("--jobs belongs to --method x11"))
  }

  /// Months that `value` gives, from January 2001 on.
  static func months(_ count: Int, _ value: (Int) -> String) -> String {
    (0..<count).reduce("month,a\n") { text, t in
      let month = t % 12 + 1
      return text + "\(2001 + t / 12)-\(month < 10 ? "0" : "")\(month),\(value(t))\n"
    }
  }

  /// Trend, season and a little noise.
  static func usual(_ t: Int) -> Double {
    let season = [90.0, 80, 110, 100, 105, 102, 108, 101, 97, 103, 100, 104][t % 12]
    return season * (1 + 0.004 * Double(t)) * (1 + Double((t * 37) % 11 - 5) / 500)
  }

  @Test("a series without a season is said to have none, and adjusted only where that is asked for")
  func notSeasonal() async throws {
    let noise = Self.months(96) { "\(100 + ($0 * 37) % 11)" }
    func adjust(_ options: String...) async throws -> Command {
      try await withFolder { folder in
        try Data(noise.utf8).write(to: folder.appending(path: "a.csv"))
        return try await Command.run(["decompose", "a.csv", "--method", "x11"] + options, in: folder)
      }
    }
    let alone = try await adjust()
    #expect(alone.output.contains("\nnot seasonal: better left unadjusted\n"))
    let model = try await adjust("--arima", "0,1,1")
    #expect(model.output.contains("\nnot seasonal: no season was taken out (--adjust-anyway"))
    let rows = Self.cells(try await adjust("--arima", "0,1,1", "--format", "csv").output)
    #expect(rows.dropFirst().allSatisfy { $0[4] == "1" && $0[2] == $0[6] })
    let anyway = Self.cells(try await adjust("--arima", "0,1,1", "--adjust-anyway", "--format", "csv").output)
    #expect(!anyway.dropFirst().allSatisfy { $0[4] == "1" })
    let misplaced = try await adjust("--adjust-anyway")
    #expect(misplaced.status == 64 && misplaced.errors.contains("--adjust-anyway belong to --arima"))
  }

  @Test("stability has the spans and the revisions; a short series says why it has none")
  func stability() async throws {
    let report = try await Command.run(Self.x11 + ["--show", "stability"])
    #expect(report.status == 0)
    for words in ["spans: ", "seasonal factors ", "from the first", "after 12", "seasonal, projected"] {
      #expect(report.output.contains(words), "\(words)")
    }
    let rows = Self.cells(
      try await Command.run(Self.x11 + ["--show", "stability", "--format", "csv"]).output)
    #expect(rows.count == 2 && rows[1].count == rows[0].count && rows[1].filter { $0.isEmpty }.count == 1)
    let short = try await run(
      "decompose", on: Self.months(40) { "\(Self.usual($0))" }, named: "a.csv", "--method", "x11", "--show",
      "stability")
    #expect(short.status == 0 && short.output.contains("no sliding spans: 40 periods are too few"))
  }

  @Test(
    "what cannot be adjusted is refused with what would help",
    arguments: [
      (40, "", "X-11 alone bridges no gap; --arima auto estimates what is missing"),
      (40, "0", "a multiplicative adjustment needs values above zero; --mode pseudo-additive takes zeros"),
      (
        40, "-3",
        "the value of 2004-05 is -3.0; a multiplicative adjustment needs values above zero; --mode additive takes"
      ),
      (40, "1e300", "the largest value, that of 2004-05, is 1e+300; choose a unit"),
    ])
  func refused(place: Int, value: String, words: String) async throws {
    let text = Self.months(96) { $0 == place ? value : "\(Self.usual($0))" }
    let result = try await run("decompose", on: text, named: "a.csv", "--method", "x11")
    #expect(result.status == 65 && result.output.isEmpty)
    #expect(result.errors.contains(words), "\(result.errors)")
  }

  @Test("a gap is estimated by the model, and the table says how many were")
  func gap() async throws {
    let text = Self.months(96) { $0 == 40 || $0 == 95 ? "" : "\(Self.usual($0))" }
    let result = try await run(
      "decompose", on: text, named: "a.csv", "--method", "x11", "--arima", "0,1,1,0,1,1")
    #expect(result.status == 0 && result.output.contains("96 periods, 2 of them missing and estimated\n"))
    #expect(!result.output.contains("nan"))
  }

  @Test("zeros and negative values are adjusted additively, zeros pseudo-additively too")
  func zeros() async throws {
    let text = Self.months(96) { $0 == 40 ? "0" : "\(Self.usual($0))" }
    for mode in [["additive"], ["pseudo-additive"], ["additive", "--arima", "0,1,1,0,1,1"]] {
      let result = try await withFolder { folder in
        try Data(text.utf8).write(to: folder.appending(path: "a.csv"))
        return try await Command.run(["decompose", "a.csv", "--method", "x11", "--mode"] + mode, in: folder)
      }
      #expect(result.status == 0, "\(mode): \(result.errors)")
    }
  }
}
