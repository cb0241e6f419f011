import Foundation
import Testing

@Suite("What is wrong in a file is named with file, line and column")
struct InputErrorTests {
  static let header = "series,period,period_kind,measure,value,unit,source_title,source_url,quote"
  static let good = "ore,2025-03,month,level,129100,t,SMM,https://a.example/1,129100 tonnes"

  @Test(
    "a bad line of a facts file",
    arguments: [
      ("ore,2025-13,month,level,1,t,,,", "2:5", "2025-13"),
      ("ore,2025-10..2025-01,cumulative,level,1,t,,,", "2:5", "ends in 2025-01, before it starts in 2025-10"),
      ("ore,2025-03,month,weight,1,t,,,", "2:19", "unknown measure 'weight'"),
      ("ore,2025-03,month,level,12x4,t,,,", "2:25", "'12x4' is not a number"),
      ("ore,2025-03,month,level,-5,t,,,", "2:25", "negative"),
      ("ore/peru,2025,year,share,1.4,fraction,,,", "2:26", "1.4"),
      ("ore,2025-03,month,level,1,t", "2:27", "6 fields"),
    ])
  func badFact(row: String, place: String, words: String) async throws {
    for verb in ["project", "audit"] {
      let run = try await run(verb, on: "\(Self.header)\n\(row)\n\(Self.good)\n")
      #expect(run.status == 65, "\(row)")
      #expect(run.output.isEmpty)
      #expect(run.errors.hasPrefix("tradewind: facts.csv:\(place): "), "\(run.errors)")
      #expect(run.errors.contains(words), "\(run.errors)")
      #expect(run.errors.split(separator: "\n").count == 1, "one sentence, no trace")
    }
  }

  @Test("a file without a header: its first line is not taken for one")
  func noHeader() async throws {
    for (verb, text) in [
      ("project", "\(Self.good)\n\(Self.good)\n"), ("audit", "\(Self.good)\n\(Self.good)\n"),
      ("project", "2025-01,5\n2025-02,6\n"), ("regress", "2025-01,5\n2025-02,6\n"),
      ("decompose", "2025-Q1,5\n2025-Q2,6\n"),
    ] {
      let run = try await run(verb, on: text)
      #expect(run.status == 65)
      #expect(run.errors.hasPrefix("tradewind: facts.csv:1:"), "\(verb): \(run.errors)")
      #expect(run.errors.contains("header"), "\(verb): \(run.errors)")
    }
  }

  @Test(
    "a bad line of a series file",
    arguments: [
      ("month,imports\n2025-01,5\n2025-13,6\n", "3:1", "2025-13"),
      ("month,imports\n2025-01,5\n2025-02,six\n", "3:9", "six"),
      ("month,imports\n2025-01,5\n2025-01,6\n", "3:1", "2025-01"),
    ])
  func badSeries(text: String, place: String, words: String) async throws {
    for verb in ["project", "forecast", "regress", "decompose"] {
      let run = try await run(verb, on: text, named: "s.csv")
      #expect(run.status == 65)
      #expect(run.errors.hasPrefix("tradewind: s.csv:\(place): "), "\(run.errors)")
      #expect(run.errors.contains(words), "\(run.errors)")
    }
  }

  @Test(
    "an empty file, and a file with nothing below its header", arguments: ["", "\n\n", Self.header + "\n"])
  func empty(text: String) async throws {
    for verb in ["project", "forecast", "audit", "regress", "decompose"] {
      let run = try await run(verb, on: text)
      #expect(run.status == 65 || (verb == "audit" && text.hasPrefix("series")), "\(verb): \(run.errors)")
      #expect(run.errors.hasPrefix("tradewind: facts.csv") || run.status == 0, "\(verb): \(run.errors)")
    }
  }

  @Test("a file of 50 MB in one line is refused quickly")
  func oneLongLine() async throws {
    try await withFolder { folder in
      try Data(repeating: UInt8(ascii: "7"), count: 50_000_000).write(to: folder.appending(path: "long.csv"))
      for verb in ["project", "forecast", "audit", "regress", "decompose"] {
        // The limit is on the tool's own time, since other tests run beside it: it takes 1.5 s in a debug build.
        let run = try await Command.shell(#"ulimit -t 15; "$TRADEWIND" \#(verb) long.csv"#, in: folder)
        #expect(run.status == 65)
        #expect(run.errors.hasPrefix("tradewind: long.csv:1: the line is longer than"), "\(run.errors)")
      }
    }
  }

  @Test("text that is not UTF-8 is named with its line, from a file and from standard input")
  func notUTF8() async throws {
    let bytes = Data("month,imports\n2025-01,5\n".utf8) + Data([0x4D, 0xFC, 0x6E]) + Data("\n".utf8)
    let run = try await Command.run(["decompose", "-"], input: bytes)
    #expect(run.status == 65)
    #expect(
      run.errors == "tradewind: standard input:3: the text is not UTF-8; expected a CSV file saved as UTF-8\n"
    )
  }

  @Test("a series without a name is called by its file, and a message says that once")
  func fileNamedOnce() async throws {
    let row = Data("ds,y\n2020-01,5\n".utf8)
    for (verb, words) in [
      ("project", "published levels cover 1 of the last 24 months"), ("decompose", "1 period is too few"),
    ] {
      let run = try await Command.run([verb, "-"], input: row)
      #expect(run.status == 65)
      #expect(run.errors.hasPrefix("tradewind: standard input: \(words)"), "\(run.errors)")
    }
  }

  @Test("a facts file is refused by the verbs about series, in one sentence that names the verb for it")
  func factsForSeries() async throws {
    let facts = "\(Self.header)\n\(Self.good)\n\(Self.good.replacing("t,", with: "kt,"))\n"
    for verb in ["forecast", "decompose", "regress", "backtest", "reconcile"] {
      let run =
        verb == "reconcile"
        ? try await run(verb, on: facts, "--temporal", "structural") : try await run(verb, on: facts)
      #expect(run.status == 65 && run.output.isEmpty, "\(verb)")
      #expect(run.errors.hasPrefix("tradewind: facts.csv:1: this is a facts file"), "\(run.errors)")
      #expect(run.errors.hasSuffix("facts are for 'tradewind project'\n"), "\(run.errors)")
    }
    // Semicolons do not hide what the file is.
    let project = try await run("project", on: facts.replacing(",", with: ";"))
    #expect(project.errors.contains("published levels cover 1 of the last 24 months"), "\(project.errors)")
  }

  @Test("a missing file and a folder are exit 66")
  func missing() async throws {
    try await withFolder { folder in
      for verb in ["project", "forecast", "audit", "regress", "decompose"] {
        let missing = try await Command.run([verb, "nothing.csv"], in: folder)
        #expect(missing.status == 66)
        #expect(missing.errors == "tradewind: nothing.csv: cannot be read: No such file or directory\n")
        let directory = try await Command.run([verb, "."], in: folder)
        #expect(directory.status == 66)
        #expect(directory.errors == "tradewind: .: cannot be read: Is a directory\n")
      }
    }
  }

  @Test("a name that the file does not have is wrong usage, with the one that was meant")
  func unknownSeries() async throws {
    let text = "\(Self.header)\n\(Self.good)\n"
    for verb in ["project", "audit"] {
      let run = try await run(verb, on: text, "--series", "ores")
      #expect(run.status == 64)
      #expect(run.errors == "tradewind: facts.csv has no series 'ores'; did you mean 'ore'?\n")
    }
    let far = try await run("project", on: text, "--series", "silver-ingot-exports")
    #expect(far.errors == "tradewind: facts.csv has no series 'silver-ingot-exports'; it has ore\n")
  }

  @Test(
    "wrong usage is exit 64 and says what is right",
    arguments: [
      (["project"], "Missing expected argument '<file>'"),
      (["project", "f.csv", "--horizon", "0"], "between 1 and"),
      (["project", "f.csv", "--horizon", "10000"], "between 1 and"),
      (["project", "f.csv", "--horizon", "3", "--quarter", "2026-Q1"], "exclude each other"),
      (["project", "f.csv", "--quarter", "2026-01"], "a quarter such as 2026-Q1"),
      (["project", "f.csv", "--level", "80,100"], "--level"),
      (["project", "f.csv", "--as-of", "2024-13"], "--as-of"),
      (["regress", "f.csv", "--easter", "99"], "between 1 and 25"),
      (["regress", "f.csv", "--arima", "0,1"], "'0,1' are no ARIMA orders; expected p,d,q"),
      (["project", "f.csv", "--horizon", "soon"], "expected a whole number of months between 1 and 120"),
      (["backtest", "f.csv", "--window", "sliding:0"], "such as sliding:84"),
      (["project", "f.csv", "--quiet", "-3"], "'--quiet' does not take any value, but '-3' was specified"),
      (["forecast", "f.csv", "--horizon"], "Missing value for '--horizon <n>'"),
      (["forecast", "f.csv", "--horizon", "--quiet"], "Missing value for '--horizon <n>'"),
      (["decompose", "f.csv", "--seasonal-window", "8"], "--seasonal-window"),
      (["decompose", "f.csv", "--format", "xml"], "--format"),
      (["prject", "f.csv"], "there is no verb 'prject'; did you mean 'project'?"),
      (["xyz"], "there is no verb 'xyz'; there are project, forecast,"),
      (["project", "f.csv", "--level", "0.95"], "did you mean 95?"),
      (["forecast", "f.csv", "--level", "80,x"], "'x' is no level"),
    ])
  func wrongUsage(arguments: [String], words: String) async throws {
    let run = try await Command.run(arguments)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  /// Every option that takes numbers.
  private static let numbers: [(verbs: [String], option: String, words: String)] = [
    (["forecast", "backtest", "regress", "reconcile"], "--horizon", "of periods between 1 and 1200"),
    (["project"], "--horizon", "of months between 1 and 120"),
    (
      ["forecast", "backtest", "reconcile"], "--season",
      "--season is a number of periods between 1 and 366, not -3"
    ),
    (["regress", "decompose"], "--season", "--season is a number of periods between 1 and 10000, not -3"),
    (
      ["project", "forecast", "backtest", "regress", "reconcile"], "--level",
      "expected per cent from 1 to below 100"
    ),
    (["forecast", "backtest", "reconcile"], "--seed", "expected a whole number from 0 on"),
    (["forecast", "backtest", "reconcile", "decompose"], "--jobs", "between 1 and 1024"),
    (["backtest"], "--origins", "of origins between 1 and 100000"),
    (["backtest"], "--step", "of periods between 1 and 100000"),
    (["backtest"], "--refit", "of origins between 1 and 100000"),
    (["forecast"], "--revisions", "expected per cent between 0 and 100"),
    (["regress"], "--fourier", "between 1 and 5000"),
    (["regress"], "--easter", "of days between 1 and 25"),
    (["regress", "decompose"], "--arima", "expected p,d,q or p,d,q,P,D,Q"),
    (["decompose"], "--forecasts", "of periods between 0 and 1200"),
    (["decompose"], "--backcasts", "of periods between 0 and 1200"),
    (["decompose"], "--trend-length", "odd, from 3 on"),
    (["decompose"], "--sigma", "expected two numbers above zero"),
    (["decompose"], "--force", "expected denton, or ρ between 0 and 1"),
    (["decompose"], "--seasonal-window", "expected an odd number of years from 3 on"),
    (["decompose"], "--periods", "is not a whole number from 2 to 9999"),
  ]

  @Test("a number below zero is a value, and the message says which were expected", arguments: numbers)
  func belowZero(verbs: [String], option: String, words: String) async throws {
    for verb in verbs {
      let method = option == "--seasonal-window" ? "stl" : option == "--periods" ? "mstl" : "x11"
      let more =
        verb == "reconcile" ? ["--temporal", "structural"] : verb == "decompose" ? ["--method", method] : []
      let run = try await Command.run([verb, "f.csv"] + more + [option, "-3"])
      #expect(run.status == 64)
      #expect(run.errors.contains(words) && !run.errors.contains("Missing"), "\(verb): \(run.errors)")
    }
  }
}
