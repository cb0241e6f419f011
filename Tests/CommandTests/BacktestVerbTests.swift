import Foundation
import Testing

@Suite("tradewind backtest")
struct BacktestVerbTests {
  /// Four years of quarters that repeat but for the last: every measure is known on paper.
  static let quarters =
    "quarter,imports\n"
    + (0..<16).map { "\(2020 + $0 / 4)-Q\($0 % 4 + 1),\([10, 20, 30, 40][$0 % 4] + $0 / 4)\n" }.joined()

  @Test("on paper: the seasonal naive method misses by one, in each of four origins")
  func csv() async throws {
    let run = try await run(
      "backtest", on: Self.quarters, named: "q.csv", "--model", "snaive,naive", "--horizon", "1", "--origins",
      "4",
      "--format", "csv", "--quiet")
    #expect(run.status == 0 && run.errors.isEmpty)
    let lines = Set(run.output.split(separator: "\n").map(String.init))
    #expect(run.output.hasPrefix("unique_id,model,steps,measure,value\n"))
    #expect(lines.contains("imports,snaive,all,MAE,1") && lines.contains("imports,snaive,1,MASE,1"))
    #expect(lines.contains("imports,snaive,all,ME,1"))
    // Naive misses by ten, but for the step from the fourth quarter to the first of the next year: −29.
    #expect(lines.contains("imports,naive,all,MAE,14.75"))
  }

  @Test("the table names origins, skill and significance; quarters of months stand beside their months")
  func table() async throws {
    let run = try await Command.run([
      "backtest", ProjectTests.imports, "--series", "imports_100m_usd", "--model", "theta", "--horizon", "3",
      "--origins",
      "6", "--step", "2", "--window", "sliding:60",
    ])
    #expect(run.status == 0)
    #expect(
      run.output.hasPrefix(
        "imports_100m_usd: 6 origins, 2012-11 to 2013-09, 3 periods ahead, from the last 60 periods\n\nmodel "
      ))
    for text in [
      "MASE", "95 % covers", "  OWA  ", "\nnaive2 ", "skill", "\ntheta ", "\nsnaive ", "\n1–3 together ",
      "Diebold–Mariano",
    ] {
      #expect(run.output.contains(text), "\(text)")
    }
  }

  @Test("as JSON and as every forecast beside what came; the number of jobs changes nothing")
  func json() async throws {
    try await withFolder { folder in
      var outputs: Set<String> = []
      for jobs in ["1", "3"] {
        let run = try await Command.run(
          [
            "backtest", ProjectTests.imports, "--model", "ets,dot", "--horizon", "2", "--origins", "3",
            "--refit", "2",
            "--jobs", jobs, "--format", "json", "--forecasts", "all\(jobs).csv",
          ], in: folder)
        #expect(run.status == 0)
        outputs.insert(run.output)
      }
      #expect(outputs.count == 1)
      struct Summary: Decodable {
        struct Model: Decodable {
          let model: String
          let overall: [String: Double]
        }
        let series: [String]
        let origins, compared: Int
        let models: [Model]
        let units: [String: String]
      }
      let summary = try JSONDecoder().decode(Summary.self, from: Data(outputs.first?.utf8 ?? "".utf8))
      #expect(summary.models.map(\.model) == ["ets", "dot", "snaive", "naive2"])
      #expect(summary.origins == 3 * summary.series.count && summary.compared == 2 * summary.origins)
      for measure in ["MASE", "OWA", "energy"] {
        #expect(summary.models.allSatisfy { $0.overall[measure].map { $0 > 0 } == true }, "\(measure)")
      }
      #expect(summary.models[3].overall["OWA"] == 1)
      // Every number's unit is said: fractions stand beside per cent.
      #expect(summary.models.allSatisfy { Set($0.overall.keys).isSubset(of: summary.units.keys) })
      for (measure, unit) in [
        ("sMAPE", "percent"), ("MAPE", "percent"), ("WAPE", "percent"), ("bias", "percent"),
        ("coverage 95", "percent"),
        ("MASE", "seasonal naive errors"), ("width 80", "seasonal naive errors"), ("OWA", "ratio"),
        ("skill", "fraction"),
      ] { #expect(summary.units[measure] == unit, "\(measure)") }
      let texts = try ["1", "3"].map {
        try String(contentsOf: folder.appending(path: "all\($0).csv"), encoding: .utf8)
      }
      #expect(texts[0] == texts[1])
      #expect(texts[0].hasPrefix("unique_id,ds,cutoff,model,y,mean,lo-80,hi-80,lo-95,hi-95\n"))
      #expect(texts[0].split(separator: "\n").count == 1 + summary.origins * 4 * 2)
    }
  }

  @Test("calibrated models have the points of those inside, and other intervals")
  func calibrated() async throws {
    let models = ["dot", "calibrated+dot", "conformal+dot", "calibrated+stl+drift"]
    let run = try await Command.run([
      "forecast", ProjectTests.imports, "--series", "imports_100m_usd", "--model",
      models.joined(separator: ","),
      "--horizon", "2", "--format", "csv",
    ])
    #expect(run.status == 0)
    let rows = run.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
    #expect(rows.map { $0[2] } == models.flatMap { [$0, $0] })
    #expect(rows[0][3] == rows[2][3] && rows[0][3] == rows[4][3])
    #expect(Set([rows[0], rows[2], rows[4]].map { $0[6] }).count == 3)
  }

  @Test("a bagged model has points and intervals of its own, also calibrated; what is bagged must exist")
  func bagged() async throws {
    let models = ["drift", "bagged+drift", "calibrated+bagged+drift"]
    func options(_ models: String) -> [String] {
      [
        "forecast", ProjectTests.imports, "--series", "imports_100m_usd", "--model", models, "--horizon", "2",
        "--format", "csv",
      ]
    }
    let run = try await Command.run(options(models.joined(separator: ",")))
    #expect(run.status == 0, "\(run.errors)")
    let rows = run.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
    #expect(rows.map { $0[2] } == models.flatMap { [$0, $0] })
    #expect(rows[0][3] != rows[2][3] && rows[2][3] == rows[4][3])
    #expect(Set([rows[0], rows[2], rows[4]].map { $0[6] }).count == 3)
    let wrong = try await Command.run(options("bagged+drfit"))
    #expect(wrong.status == 64 && wrong.errors.contains("did you mean 'drift'?"), "\(wrong.errors)")
  }

  @Test("--chart draws forecasts over what came, and error and coverage by horizon")
  func chart() async throws {
    try await withFolder { folder in
      let options = ["--model", "theta", "--horizon", "3", "--origins", "8", "--chart"]
      let one = try await Command.run(
        ["backtest", ProjectTests.imports, "--series", "imports_100m_usd"] + options + ["one.svg"], in: folder
      )
      #expect(one.status == 0, "\(one.errors)")
      let picture = try String(contentsOf: folder.appending(path: "one.svg"), encoding: .utf8)
      #expect(picture.split(separator: "<g transform").count == 3)
      for text in ["imports_100m_usd: forecasts by theta", "95\u{A0}% interval covers", "months ahead"] {
        #expect(picture.contains(text), "\(text)")
      }
      let several = try await Command.run(
        ["backtest", ProjectTests.imports] + options + ["all.svg"], in: folder)
      #expect(several.status == 0)
      let sheet = try String(contentsOf: folder.appending(path: "all.svg"), encoding: .utf8)
      #expect(sheet.contains("MASE by series") && sheet.contains("exports_100m_usd: forecasts by theta"))
      let nowhere = try await Command.run(
        ["backtest", ProjectTests.imports, "--quiet"] + options + ["no/such.svg"], in: folder)
      #expect(nowhere.status == 73 && nowhere.errors.contains("no/such.svg"), "\(nowhere.errors)")
      let wrong = try await Command.run(["backtest", ProjectTests.imports, "--chart", "a.gif"], in: folder)
      #expect(wrong.status == 64)
    }
  }

  @Test("--effort is that of auto, by itself and within others")
  func effort() async throws {
    func output(_ options: String...) async throws -> String {
      let run = try await run(
        "backtest", on: ForecastTests.several, named: "s.csv", "--series", "e", "--horizon", "2", "--origins",
        "2", "--format", "csv", options[0], options[1], options[2], options[3])
      #expect(run.status == 0, "\(run.errors)")
      return run.output
    }
    for model in ["auto", "calibrated+auto"] {
      let (usual, same, fast) = (
        try await output("--model", model, "--jobs", "2"),
        try await output("--model", model, "--effort", "standard"),
        try await output("--model", model, "--effort", "fast")
      )
      #expect(usual == same && usual != fast, "\(model)")
    }
    let wrong = try await Command.run(["backtest", ProjectTests.imports, "--effort", "some"])
    #expect(wrong.status == 64)
  }

  @Test("of a constant series it says that there is nothing to scale errors by")
  func constant() async throws {
    let csv =
      "date,value\n"
      + (0..<60).map { "\(2015 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1),5\n" }.joined()
    let run = try await run("backtest", on: csv, named: "s.csv", "--model", "naive")
    #expect(run.status == 0)
    #expect(run.output.contains("MASE, RMSSE, CRPS, MSIS, OWA and skill cannot be computed"))
    let usual = try await Command.run([
      "backtest", ProjectTests.imports, "--model", "naive", "--origins", "2",
    ])
    #expect(usual.status == 0 && !usual.output.contains("cannot be computed"))
  }

  @Test("too short a series is named with what is needed; wrong options are wrong usage")
  func errors() async throws {
    let short = try await run("backtest", on: Self.quarters, named: "q.csv", "--horizon", "12")
    #expect(short.status == 65)
    #expect(short.errors.contains("16 periods are too few for an origin with 9 known and 12 to compare"))
    let one = try await run("backtest", on: "date,value\n2024-01,5\n", named: "s.csv")
    #expect(one.status == 65 && one.errors.contains("1 period is too few for an origin"), "\(one.errors)")
    for options in [
      ["--origins", "0"], ["--window", "sliding"], ["--window", "sliding:0"], ["--refit", "0"],
    ] {
      let wrong = try await Command.run(["backtest", ProjectTests.imports] + options)
      #expect(wrong.status == 64, "\(options)")
    }
  }
}
