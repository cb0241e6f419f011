import Foundation
import Testing

@Suite("tradewind forecast")
struct ForecastTests {
  /// Two years of quarters, each a quarter's number and the year's: the seasonal naive forecast is known on paper.
  static let quarters = """
    quarter,imports
    2022-Q1,10
    2022-Q2,20
    2022-Q3,30
    2022-Q4,40
    2023-Q1,11
    2023-Q2,21
    2023-Q3,31
    2023-Q4,41

    """

  /// Nearly six years of months: the last ends in October.
  static let months =
    "month,exports\n"
    + (0..<70).map { t in
      let season = [9.0, 4, 7, 1, 0, -3, -8, -6, -1, 0, 2, 6][t % 12]
      return String(
        format: "%d-%02d,%.1f\n", 2021 + t / 12, t % 12 + 1, 100 + season + Double(t * t * 7 % 17) / 2)
    }.joined()

  /// Several series of different lengths, one of them too short and one with a gap.
  static let several: String = {
    var text = "unique_id,ds,y\n"
    for (name, months) in [("a", 40), ("b", 75), ("c", 62), ("d", 30), ("e", 90)] {
      for t in 0..<months where name != "c" || t != 33 {
        let season = [9.0, 4, 7, 1, 0, -3, -8, -6, -1, 0, 2, 6][t % 12]
        let value = 100 + Double(t * t % 17) + Double(t) / 3 + season
        text += String(format: "%@,%d-%02d,%.2f\n", name, 2015 + t / 12, t % 12 + 1, value)
      }
    }
    return text
  }()

  @Test("the seasonal naive forecast as CSV: four quarters, the last year's, with the intervals asked for")
  func csv() async throws {
    let run = try await run(
      "forecast", on: Self.quarters, named: "q.csv", "--model", "snaive", "--level", "95,80", "--format",
      "csv")
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let rows = run.output.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(rows[0].joined(separator: ",") == "unique_id,ds,model,mean,lo-80,hi-80,lo-95,hi-95")
    #expect(
      rows.dropFirst().map { $0[..<4].joined(separator: ",") } == [
        "imports,2024-Q1,snaive,11", "imports,2024-Q2,snaive,21", "imports,2024-Q3,snaive,31",
        "imports,2024-Q4,snaive,41",
      ])
    for row in rows.dropFirst() {
      let numbers = row[3...].compactMap { Double($0) }
      #expect(numbers.count == 5)
      #expect(
        numbers[3] < numbers[1] && numbers[1] < numbers[0] && numbers[0] < numbers[2]
          && numbers[2] < numbers[4])
    }
  }

  @Test("points only have no interval columns, and as many steps as asked for")
  func points() async throws {
    let run = try await run(
      "forecast", on: Self.quarters, named: "q.csv", "--model", "naive", "--points-only", "--horizon", "2",
      "--format", "csv")
    #expect(run.output == "unique_id,ds,model,mean\nimports,2024-Q1,naive,41\nimports,2024-Q2,naive,41\n")
  }

  @Test("as a table it names the model and the series")
  func table() async throws {
    let run = try await run(
      "forecast", on: Self.quarters, named: "q.csv", "--model", "naive,drift", "--points-only", "--horizon",
      "2")
    #expect(
      run.output == """
        imports: Naive, 2022-Q1 to 2023-Q4, 8 periods

        period    mean
        ───────  ─────
        2024-Q1  41.00
        2024-Q2  41.00

        imports: Drift, 2022-Q1 to 2023-Q4, 8 periods

        period    mean
        ───────  ─────
        2024-Q1  45.43
        2024-Q2  49.86

        """)
  }

  @Test("as JSON it has the steps, and whole quarters and years from the joint law")
  func json() async throws {
    let run = try await Command.run([
      "forecast", ProjectTests.imports, "--series", "imports_100m_usd", "--model", "drift", "--level", "90",
      "--format", "json",
    ])
    struct Step: Decodable {
      struct Interval: Decodable { let level, lower, upper: Double }
      let period: String
      let mean, median: Double
      let intervals: [Interval]
    }
    struct Entry: Decodable {
      let series, model, fitted: String
      let seasonalPeriod: Int
      let horizon, totals: [Step]
    }
    let entry = try JSONDecoder().decode(Entry.self, from: Data(run.output.utf8))
    #expect(entry.series == "imports_100m_usd" && entry.model == "drift" && entry.seasonalPeriod == 12)
    #expect(entry.horizon.count == 12 && entry.horizon[0].period == "2014-01")
    #expect(entry.totals.map(\.period) == ["2014-Q1", "2014-Q2", "2014-Q3", "2014-Q4", "2014"])
    #expect(abs(entry.totals[4].mean - entry.horizon.map(\.mean).reduce(0, +)) < 1e-9 * entry.totals[4].mean)
    // Errors of months add up, but not as if they always had the same sign.
    let width = entry.totals[0].intervals[0].upper - entry.totals[0].intervals[0].lower
    let widths = entry.horizon[..<3].map { $0.intervals[0].upper - $0.intervals[0].lower }
    #expect(width < widths.reduce(0, +) && width > widths[2])
  }

  @Test("rows come in the order of the file and of the models, bit for bit the same for every number of jobs")
  func jobs() async throws {
    let models =
      "auto,ets,ces,shrunken,snaive,theta,otm,dstm,dot,autotheta,mean,naive,drift,croston,sba,tsb,adida,imapa,stl+dot"
    var outputs: Set<String> = []
    for jobs in ["1", "2", "7"] {
      let run = try await run(
        "forecast", on: Self.several, named: "s.csv", "--model", models, "--jobs", jobs, "--seed", "5",
        "--horizon",
        "3", "--format", "csv")
      #expect(run.status == 0)
      outputs.insert(run.output)
      let order = run.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[0] }
      #expect(order == order.sorted())
      #expect(Set(order) == ["a", "b", "c", "d", "e"])
    }
    #expect(outputs.count == 1)
  }

  @Test("a series that cannot be forecast is named and the rest go on; if none can, it is exit 65")
  func failures() async throws {
    let text =
      "series,date,value\n" + (1...24).map { "long,\(1990 + $0),\($0)\n" }.joined()
      + "empty,2001,\nempty,2002,\n"
    let both = try await run(
      "forecast", on: text, named: "s.csv", "--model", "naive,drift", "--horizon", "1", "--points-only",
      "--format", "csv")
    #expect(both.status == 0)
    #expect(both.output == "unique_id,ds,model,mean\nlong,2015,naive,24\nlong,2015,drift,25\n")
    #expect(
      both.errors == """
        tradewind: left out: empty: naive: all 2 values are missing
        tradewind: left out: empty: drift: all 2 values are missing

        """)
    let none = try await run("forecast", on: "year,x\n2001,\n2002,\n", named: "s.csv", "--model", "naive")
    #expect(none.status == 65)
    #expect(none.output.isEmpty)
    #expect(none.errors == "tradewind: s.csv: x: naive: all 2 values are missing\n")
    let one = try await run("forecast", on: "date,value\n2024-01,5\n", named: "one.csv", "--model", "auto")
    #expect(one.status == 65)
    #expect(
      one.errors == "tradewind: one.csv: one: auto: at least 2 observations are needed, the series has 1\n")
    let two = try await run(
      "forecast", on: "date,value\n2024-01,5\n2024-02,6\n", named: "two.csv", "--model", "auto")
    #expect(two.status == 0)
  }

  @Test("without a model named it is auto, which the table names; its effort makes a difference")
  func automatic() async throws {
    let plain = try await run(
      "forecast", on: Self.several, named: "s.csv", "--format", "csv", "--horizon", "2")
    let same = try await run(
      "forecast", on: Self.several, named: "s.csv", "--format", "csv", "--horizon", "2", "--model", "auto",
      "--effort", "standard")
    let fast = try await run(
      "forecast", on: Self.several, named: "s.csv", "--format", "csv", "--horizon", "2", "--effort", "fast")
    #expect(plain.status == 0 && fast.status == 0)
    #expect(plain.output == same.output && plain.output != fast.output)
    let table = try await run("forecast", on: Self.several, named: "s.csv", "--horizon", "2")
    #expect(table.output.contains("auto: "))
  }

  @Test("auto is summed up beside the table, explained below it with --explain, and always in JSON")
  func explanation() async throws {
    // Six years with a level that rises by half after the fourth.
    let csv =
      "date,value\n"
      + (0..<72).map { t -> String in
        let season = [9.0, 4, 7, 1, 0, -3, -8, -6, -1, 0, 2, 6][t % 12]
        let value = 100 + Double(t * t % 17) / 2 + season
        return String(format: "%d-%02d,%.2f\n", 2015 + t / 12, t % 12 + 1, t < 48 ? value : 1.5 * value)
      }.joined()
    func forecast(_ options: String...) async throws -> Command {
      try await Command.run(
        ["forecast", "-", "--horizon", "2", "--effort", "fast"] + options, input: Data(csv.utf8))
    }
    let plain = try await forecast()
    #expect(
      plain.errors
        == "tradewind: auto: mean of 11 models; part of the weight without the outlier LS2019-01 and trading days (--explain has more)\n"
    )
    let explained = try await forecast("--explain")
    #expect(explained.errors.isEmpty && explained.output.hasPrefix(plain.output))
    #expect(
      explained.output.contains(
        "\npart of the weight lies with models of the series without the outlier LS2019-01 and trading days\n"
      ))
    #expect(explained.output.contains("  weight in step 1  weight in step 2\n"))
    #expect(explained.output.contains("DOTM without outliers and calendar "))
    let json = try await forecast("--format", "json")
    #expect(json.errors.isEmpty)
    struct Entry: Decodable {
      struct Explanation: Decodable {
        struct Member: Decodable {
          let model: String
          let weights: [Double]
        }
        let calendar, calendarInPart, outliers, grossErrors: [String]
        let calendarGain: Double
        let members: [Member]
      }
      let explanation: Explanation
    }
    let explanation = try JSONDecoder().decode([Entry].self, from: Data(json.output.utf8))[0].explanation
    // At fast effort the calendar is not looked for.
    #expect(explanation.calendar.isEmpty && explanation.calendarGain == 0 && explanation.grossErrors.isEmpty)
    #expect(explanation.members.allSatisfy { $0.weights.count == 2 })
    #expect(explanation.outliers == ["LS2019-01"] && explanation.calendarInPart == ["trading days"])
    #expect(Set(explanation.members.map(\.model)).count == 11)
    for step in 0..<2 {
      #expect(abs(explanation.members.reduce(0) { $0 + $1.weights[step] } - 1) < 1e-12)
    }
    let quiet = try await forecast("--quiet")
    #expect(quiet.errors.isEmpty && quiet.output == plain.output)
    let table = try await forecast("--explain", "--format", "csv")
    #expect(table.status == 64 && table.errors.contains("--explain is for tables"))
  }

  @Test(
    "of a single model --explain prints what was estimated and how well it fits, in JSON under the same key")
  func parameters() async throws {
    let options = ["forecast", "-", "--horizon", "1", "--model"]
    let table = try await Command.run(
      options + ["drift,naive", "--explain"], input: Data(Self.quarters.utf8))
    #expect(table.status == 0 && table.errors.isEmpty)
    // From 10 to 41 in seven steps.
    #expect(table.output.contains("\n\nparameter  estimate\n─────────  ────────\ndrift        4.4286\n\nσ "))
    #expect(table.output.components(separatedBy: "parameter").count == 2)
    let ets = try await Command.run(options + ["ets", "--explain"], input: Data(Self.several.utf8))
    for word in ["alpha ", "initial level ", "log-likelihood ", ", AICc ", ", σ "] {
      #expect(ets.output.contains(word), "\(word)")
    }
    struct Entry: Decodable {
      struct Explanation: Decodable {
        struct Parameter: Decodable {
          let name: String
          let estimate: Double
        }
        let parameters: [Parameter]
        let sigma, aicc, logLikelihood: Double?
        let errors: String?
      }
      let fitted: String
      let explanation: Explanation
    }
    for more in [[], ["--total", "year"]] {
      let arguments = more.isEmpty ? options : ["forecast", "-", "--model"]
      let json = try await Command.run(
        arguments + ["drift,shrunken", "--format", "json"] + more, input: Data(Self.months.utf8))
      let entries = try JSONDecoder().decode([Entry].self, from: Data(json.output.utf8))
      #expect(entries.map(\.fitted) == ["Drift", "shrunken log ARIMA(1,1,2)(1,0,1)12"])
      #expect(
        entries[0].explanation.parameters.map(\.name) == ["drift"] && entries[0].explanation.aicc == nil)
      #expect(entries[1].explanation.parameters.map(\.name) == ["ar1", "ma1", "ma2", "sar1", "sma1"])
      #expect(entries[1].explanation.errors == "logarithms" && entries[1].explanation.aicc != nil)
    }
  }

  @Test("the season is as long as said")
  func season() async throws {
    let run = try await run(
      "forecast", on: Self.quarters, named: "q.csv", "--model", "snaive", "--season", "2", "--points-only",
      "--horizon",
      "3", "--format", "csv")
    #expect(
      run.output == """
        unique_id,ds,model,mean
        imports,2024-Q1,snaive,31
        imports,2024-Q2,snaive,41
        imports,2024-Q3,snaive,31

        """)
  }

  @Test("commas stand between models and between ARIMA orders")
  func arimaOrders() async throws {
    let months =
      "month,x\n"
      + (0..<48).map { "\(2000 + $0 / 12)-\($0 % 12 + 1),\(100 + $0 * $0 % 17)\n" }.joined()
      .replacing(#/-([0-9]),/#) { "-0\($0.1)," }
    let options = ["--horizon", "1", "--points-only", "--format", "csv", "--model"]
    let run = try await Command.run(
      ["forecast", "-"] + options + ["snaive,arima:0,1,1,0,1,1,arima:1,0,0,naive,stl+arima:0,1,1"],
      input: Data(months.utf8))
    #expect(run.status == 0, "\(run.errors)")
    let models = run.output.split(separator: "\n").dropFirst().map { $0.split(separator: "2004-01,")[1] }
    #expect(models.count == 5)
    #expect(models[1].hasPrefix("\"arima:0,1,1,0,1,1\",") && models[4].hasPrefix("\"stl+arima:0,1,1\","))
  }

  @Test("the README shows what the tool prints")
  func readme() async throws {
    let folder = examplesData.appending(path: "../..").standardized
    let readme = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
    let options = "forecast Examples/Data/us-imports-from-china-monthly-1985-2025.csv --model dot --horizon 3"
    let run = try await Command.run(options.split(separator: " ").map(String.init), in: folder)
    #expect(readme.contains("`tradewind \(options)` says:\n\n```text\n\(run.output)```\n"))
  }

  @Test(
    "wrong usage is exit 64 and says what is right",
    arguments: [
      (["--horizon", "0"], "between 1 and 1200"),
      (["--horizon", "1201"], "between 1 and 1200"),
      (["--season", "367"], "between 1 and 366"),
      (["--season", "0"], "between 1 and"),
      (["--jobs", "0"], "between 1 and 1024"),
      (["--level", "100"], "--level"),
      (["--seed", "-1"], "--seed"),
      (["--model", "arima:0,1"], "'0,1' are no ARIMA orders"),
      (["--model", "arima:0,1,1,ets,arima:0,1,1"], "twice"),
      (["--model", "stl+stl+dot"], "no model 'stl+dot'"),
      (["--model", "snave"], "did you mean 'snaive'?"),
      (["--model", "est"], "did you mean 'ets'?"),
      (["--model", "dot,dot"], "twice"),
      (["--model", ""], "--model"),
    ])
  func wrongUsage(options: [String], words: String) async throws {
    let run = try await Command.run(["forecast", ProjectTests.imports] + options)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test("--chart draws a fan for every series and model")
  func chart() async throws {
    try await withFolder { folder in
      let file = examplesData.appending(path: "us-imports-from-china-monthly-1985-2025.csv").path(
        percentEncoded: false)
      let run = try await Command.run(
        ["forecast", file, "--model", "snaive,drift", "--horizon", "6", "--chart", "fans.svg"], in: folder)
      #expect(run.status == 0)
      let chart = try String(contentsOf: folder.appending(path: "fans.svg"), encoding: .utf8)
      #expect(
        chart.hasPrefix("<svg") && chart.contains("forecast by SeasonalNaive")
          && chart.contains("80\u{A0}% interval"))
      #expect(chart.split(separator: "<g transform").count == 3)
    }
  }
}
