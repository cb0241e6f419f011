import Foundation
import Testing

@Suite("tradewind reconcile")
struct ReconcileTests {
  /// Two partners in two provinces, five years of months, and the published total.
  static let series: String = {
    var text = "unique_id,ds,y\n"
    for (place, name) in ["peru/hunan", "peru/henan", "chile/hunan"].enumerated() {
      for t in 0..<60 {
        let season = [9.0, 4, 7, 1, 0, -3, -8, -6, -1, 0, 2, 6][(t + place) % 12]
        let noise = Double((t * t * 7 + t * (place + 3) * 5) % 17) / 2
        text += String(
          format: "%@,%d-%02d,%.2f\n", name, 2020 + t / 12, t % 12 + 1,
          50 * Double(place + 1) + season + noise)
      }
    }
    return text
  }()
  static let tree = "parent,child\nworld,peru\nperu,peru/hunan\nperu,peru/henan\nworld,chile/hunan\n"
  static let groups =
    "unique_id,partner,province\nperu/hunan,peru,hunan\nperu/henan,peru,henan\nchile/hunan,chile,hunan\n"

  @Test(
    "what every method prints adds up",
    arguments: [
      "bottom-up", "top-down", "middle-out", "ols", "wls-structural", "wls-variance", "mint-shrink",
      "mint-sample",
      "erm",
    ])
  func methods(method: String) async throws {
    let middle = method == "middle-out" ? ["--middle", "peru,chile/hunan"] : []
    let run = try await run(
      Self.tree, "--method", method, "--horizon", "3", "--model", "ets", "--format", "csv", more: middle)
    #expect(run.status == 0, "\(run.errors)")
    let rows = run.output.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(rows[0].joined(separator: ",") == "unique_id,ds,model,mean,lo-80,hi-80,lo-95,hi-95,alone")
    #expect(rows.count == 1 + 5 * 3)
    #expect(rows.dropFirst().allSatisfy { $0[2] == "ets/\(method)" })
    for month in ["2025-01", "2025-02", "2025-03"] {
      var means: [String: Double] = [:]
      for row in rows where row[1] == month { means[String(row[0])] = Double(row[3]) }
      let (world, peru) = (try #require(means["world"]), try #require(means["peru"]))
      let hunan = try #require(means["peru/hunan"])
      let henan = try #require(means["peru/henan"])
      let chile = try #require(means["chile/hunan"])
      #expect(abs(peru - hunan - henan) < 1e-10 * peru)
      #expect(abs(world - peru - chile) < 1e-10 * world)
    }
  }

  @Test("crossed groups and quarters at once: provinces, partners, months and quarters add up")
  func crossTemporal() async throws {
    let run = try await run(
      Self.groups, "--temporal", "series", "--horizon", "6", "--model", "drift", "--format", "csv")
    #expect(run.status == 0, "\(run.errors)")
    var means: [[String]: Double] = [:]
    for row in run.output.split(separator: "\n").dropFirst().map({ $0.split(separator: ",") }) {
      #expect(row[2] == "thief+drift/mint-shrink")
      means[[String(row[0]), String(row[1])]] = Double(row[3])
    }
    // Eight nodes with six months and two quarters each.
    #expect(means.count == 8 * 8)
    for period in ["2025-01", "2025-06", "2025-Q1", "2025-Q2"] {
      let total = try #require(means[["total", period]])
      for parts in [["partner=peru", "partner=chile"], ["province=hunan", "province=henan"]] {
        let sum = parts.reduce(0) { $0 + (means[[$1, period]] ?? .nan) }
        #expect(abs(total - sum) < 1e-10 * total, "\(parts) \(period)")
      }
    }
    for node in ["total", "province=henan", "peru/hunan"] {
      let months = ["2025-04", "2025-05", "2025-06"].reduce(0) { $0 + (means[[node, $1]] ?? .nan) }
      let quarter = try #require(means[[node, "2025-Q2"]])
      #expect(abs(months - quarter) < 1e-10 * quarter)
    }
  }

  @Test("a published total that is fixed keeps its forecast, and a gap to its parts is remarked on")
  func fixed() async throws {
    var series = Self.series
    for t in 0..<60 {
      series += String(format: "world,%d-%02d,%d\n", 2020 + t / 12, t % 12 + 1, 330 + t % 12)
    }
    let run = try await run(
      Self.tree, "--method", "ols", "--fix", "world", "--model", "snaive", "--horizon", "2", "--format",
      "csv", series: series)
    #expect(run.status == 0, "\(run.errors)")
    let world = run.output.split(separator: "\n").map { $0.split(separator: ",") }.filter { $0[0] == "world" }
    #expect(world.map { $0[3] } == ["330", "331"])
    #expect(run.errors.contains("'world' is 33") && run.errors.contains("its parts add up to"))
  }

  @Test("a partner that nothing comes from is no obstacle to the usual method")
  func zeroPartner() async throws {
    var series = Self.series
    for part in ["cuba/hunan", "cuba/henan"] {
      for t in 0..<60 { series += String(format: "%@,%d-%02d,0\n", part, 2020 + t / 12, t % 12 + 1) }
    }
    let run = try await run(
      Self.tree + "world,cuba\ncuba,cuba/hunan\ncuba,cuba/henan\n", "--model", "ets", "--horizon", "2",
      "--format", "csv", series: series)
    #expect(run.status == 0, "\(run.errors)")
    let cuba = run.output.split(separator: "\n").filter { $0.hasPrefix("cuba") }
    #expect(cuba.count == 6)
    #expect(cuba.allSatisfy { abs(Double($0.split(separator: ",")[3]) ?? .nan) < 1e-6 })
  }

  @Test("a single series: months and quarters, without a hierarchy")
  func single() async throws {
    let run = try await run(
      nil, "--temporal", "structural", "--horizon", "12", "--model", "drift", "--format", "csv", "--series",
      "peru/hunan")
    #expect(run.status == 0, "\(run.errors)")
    // Twelve months, four quarters and the year below the header.
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 18)
    #expect(run.output.contains("peru/hunan,2025-Q4,thief+drift,"))
  }

  @Test("what the models said alone is beside every period: of a quarter what the model of quarters said")
  func alone() async throws {
    // Drift of months, and of the quarters and years that they add up to, which end where the series ends.
    let peru = Self.series.split(separator: "\n").filter { $0.hasPrefix("peru/hunan,") }
      .compactMap { Double($0.split(separator: ",")[2]) }
    func drift(_ length: Int, _ step: Int) -> Double {
      let sums = stride(from: 0, to: peru.count, by: length).map { peru[$0..<$0 + length].reduce(0, +) }
      let (first, last) = (sums.first ?? .nan, sums.last ?? .nan)
      return last + Double(step) * (last - first) / Double(sums.count - 1)
    }
    let options = [
      "--temporal", "structural", "--horizon", "12", "--model", "drift", "--series", "peru/hunan",
    ]
    let csv = try await run(nil, "--format", "csv", more: options)
    let rows = csv.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let column = try #require(rows[0].firstIndex(of: "alone"))
    let alone = Dictionary(uniqueKeysWithValues: rows.dropFirst().map { ($0[1], Double($0[column]) ?? .nan) })
    for (period, expected) in [
      ("2025-01", drift(1, 1)), ("2025-12", drift(1, 12)), ("2025-Q1", drift(3, 1)), ("2025-Q4", drift(3, 4)),
      ("2025", drift(12, 1)),
    ] {
      let found = try #require(alone[period[...]])
      #expect(abs(found - expected) < 1e-9 * expected, "\(period): \(found), not \(expected)")
    }
    // The table has the same numbers.
    let table = try await run(nil, more: options)
    let quarter = try #require(table.output.split(separator: "\n").first { $0.contains("2025-Q4") })
    #expect(quarter.split(separator: " ")[1] == String(format: "%.3f", drift(3, 4))[...])
  }

  @Test("quarters that the series does not end with are their months' own forecasts added up")
  func aloneBetween() async throws {
    let series = Self.series.split(separator: "\n").filter { !$0.contains(",2024-12,") }.joined(
      separator: "\n")
    let run = try await run(
      nil,
      [
        "--temporal", "structural", "--horizon", "4", "--model", "drift", "--format", "csv", "--series",
        "peru/hunan",
      ],
      series: series + "\n")
    #expect(run.status == 0, "\(run.errors)")
    let alone = run.output.split(separator: "\n").dropFirst().map { row in
      (row.split(separator: ",")[1], Double(row.split(separator: ",").last ?? "") ?? .nan)
    }
    #expect(alone.map(\.0) == ["2024-12", "2025-01", "2025-02", "2025-03", "2025-Q1"])
    let months = alone[1..<4].reduce(0) { $0 + $1.1 }
    #expect(abs(alone[4].1 - months) < 1e-9 * months)
  }

  @Test("--effort is that of auto, at every length of period")
  func effort() async throws {
    func output(_ options: String...) async throws -> String {
      let run = try await run(
        nil, "--temporal", "structural", "--horizon", "3", "--format", "csv", "--series", "peru/hunan",
        options[0], options[1])
      #expect(run.status == 0, "\(run.errors)")
      return run.output
    }
    let usual = try await output("--model", "auto")
    #expect(try await output("--effort", "standard") == usual)
    #expect(try await output("--effort", "fast") != usual)
  }

  @Test("table and JSON say how it was done")
  func forms() async throws {
    let table = try await run(Self.tree, "--horizon", "1", "--model", "drift")
    #expect(
      table.output.hasPrefix(
        "drift, made coherent by mint-shrink: 5 nodes, 3 of them at the bottom; correlations shrunk by"))
    let json = try await run(
      Self.tree, "--horizon", "1", "--model", "drift", "--format", "json", "--series", "peru")
    let result = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(result["method"] as? String == "mint-shrink")
    #expect((result["nodes"] as? [[String: Any]])?.count == 1)
  }

  @Test(
    "what is wrong is named, with the exit status that says whose fault it is",
    arguments: [
      ("parent,child\nworld,perru/hunan\n", [], 65, "did you mean 'peru/hunan'?"),
      ("parent,child\nworld,world\n", [], 65, "tree.csv:2:7: "),
      (tree, ["--fix", "wrld"], 64, "did you mean 'world'?"),
      (tree, ["--method", "middle-out"], 64, "--middle go together"),
      (tree, ["--proportions", "average"], 64, "--proportions goes with"),
      (tree, ["--method", "middle-out", "--middle", "peru"], 65, "chile/hunan"),
      (groups, ["--method", "top-down"], 65, "part of several sums"),
    ] as [(String, [String], Int32, String)])
  func errors(hierarchy: String, arguments: [String], status: Int32, message: String) async throws {
    let run = try await run(hierarchy, "--model", "drift", more: arguments)
    #expect(run.status == status)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  private func run(
    _ hierarchy: String?, _ arguments: String..., series: String = series
  ) async throws -> Command {
    try await run(hierarchy, arguments, series: series)
  }

  private func run(_ hierarchy: String?, _ arguments: String..., more: [String]) async throws -> Command {
    try await run(hierarchy, arguments + more, series: Self.series)
  }

  private func run(_ hierarchy: String?, _ arguments: [String], series: String) async throws -> Command {
    try await withFolder { folder in
      try Data(series.utf8).write(to: folder.appending(path: "series.csv"))
      var all = ["reconcile", "series.csv"]
      if let hierarchy {
        try Data(hierarchy.utf8).write(to: folder.appending(path: "tree.csv"))
        all += ["--hierarchy", "tree.csv"]
      }
      return try await Command.run(all + arguments, in: folder)
    }
  }
}
