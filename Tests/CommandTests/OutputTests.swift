import Foundation
import Testing

@Suite("The result goes to standard output, or to a file as a whole")
struct OutputTests {
  static let file = "quarters.csv"

  private func withSeries<Result>(_ work: (URL) async throws -> Result) async throws -> Result {
    try await withFolder { folder in
      try Data(DecomposeTests.quarters.utf8).write(to: folder.appending(path: Self.file))
      return try await work(folder)
    }
  }

  private func files(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
  }

  @Test("a file holds what standard output would have, and nothing else is left behind")
  func file() async throws {
    try await withSeries { folder in
      let plain = try await Command.run(["decompose", Self.file], in: folder)
      let run = try await Command.run(["decompose", Self.file, "--output", "out.txt"], in: folder)
      #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty)
      #expect(try String(contentsOf: folder.appending(path: "out.txt"), encoding: .utf8) == plain.output)
      #expect(try files(in: folder) == ["out.txt", Self.file])
    }
  }

  @Test("the file - is standard output")
  func dash() async throws {
    try await withSeries { folder in
      let plain = try await Command.run(["decompose", Self.file], in: folder)
      let run = try await Command.run(["decompose", Self.file, "-o", "-"], in: folder)
      #expect(run.status == 0 && run.output == plain.output && !run.output.isEmpty)
      #expect(try files(in: folder) == [Self.file])
    }
  }

  @Test("a number that does not exist is null in JSON")
  func notFinite() async throws {
    let zeros = "date,value\n" + (0..<12).map { "\(2018 + $0 / 4)-Q\($0 % 4 + 1),0\n" }.joined()
    let run = try await run(
      "backtest", on: zeros, "--model", "naive", "--origins", "2", "--horizon", "1", "--format", "json")
    #expect(run.status == 0)
    #expect(run.output.contains(" : null") && !run.output.contains("nan") && !run.output.contains("inf"))
    _ = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
  }

  /// Verbs that give a result for each series, with the options that make them quick.
  static let verbsOfSeries = [
    ["forecast", "--model", "snaive"], ["forecast", "--model", "snaive", "--total", "year"],
    ["regress", "--trend"],
    ["regress", "--arima", "0,1,1"], ["decompose"], ["decompose", "--method", "x11"], ["project"],
  ]

  @Test(
    "JSON is a list, also of one series, and an object where one was asked for by name",
    arguments: verbsOfSeries)
  func shape(verb: [String]) async throws {
    let wide = ForecastTests.months.split(separator: "\n").enumerated().map { row, line in
      row == 0 ? "month,exports,imports\n" : "\(line),\(200 + row % 12)\n"
    }.joined()
    func first(_ options: [String], _ text: String) async throws -> String {
      let run = try await Command.run(
        [verb[0], "-"] + verb.dropFirst() + ["--format", "json"] + options, input: Data(text.utf8))
      #expect(run.status == 0, "\(run.errors)")
      _ = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
      return String(run.output.prefix(1))
    }
    #expect(try await first([], ForecastTests.months) == "[")
    #expect(try await first(["--series", "exports"], wide) == "{")
    #expect(try await first(["--series", "exports", "--series", "imports"], wide) == "[")
    if verb[0] == "forecast" {
      let options = ["--series", "exports", "--model", "snaive,drift"]
      #expect(try await first(Array(options), wide) == "[")
    }
  }

  @Test(
    "what a CSV file has in common with others stands in the same order at its beginning",
    arguments: [
      ["forecast", "--model", "snaive"], ["forecast", "--model", "snaive", "--total", "year"], ["project"],
      ["regress", "--trend"], ["regress", "--trend", "--horizon", "1"],
      ["regress", "--arima", "0,1,1", "--horizon", "1"],
      ["decompose"], ["decompose", "--method", "x11"], ["decompose", "--method", "x11", "--show", "quality"],
      ["decompose", "--method", "x11", "--show", "outlook"],
      ["decompose", "--method", "x11", "--aggregate", "all=exports"],
      ["backtest", "--model", "snaive", "--horizon", "1", "--origins", "1"],
      [
        "backtest", "--model", "snaive", "--horizon", "1", "--origins", "1", "--forecasts", "-", "--output",
        "/dev/null",
      ],
      ["reconcile", "--temporal", "structural", "--model", "snaive"], ["audit"],
      ["project", "--by", "partners"],
    ])
  func columns(verb: [String]) async throws {
    let order = [
      "unique_id", "ds", "model", "grouping", "status", "y", "mean", "median", "lo-80", "hi-80", "lo-95",
      "hi-95",
    ]
    // A facts file has other names for a series and its periods.
    let names = ["series": "unique_id", "period": "ds"]
    let input =
      verb == ["audit"]
      ? Data("\(AuditTests.header)\n\(AuditTests.months)\n".utf8)
      : verb.contains("--by")
        ? try Data(contentsOf: URL(filePath: ProjectTests.facts)) : Data(ForecastTests.months.utf8)
    let series = verb.contains("--by") ? ["--series", "silver-concentrate-imports"] : []
    let run = try await Command.run(
      [verb[0], "-"] + verb.dropFirst() + series + ["--format", "csv"], input: input)
    #expect(run.status == 0, "\(run.errors)")
    let header = run.output.prefix { $0 != "\n" }.split(separator: ",").map {
      names[String($0)] ?? String($0)
    }
    let known = header.filter(order.contains)
    #expect(known == order.filter(header.contains), "\(header)")
    #expect(header.first == "unique_id" && (header[1] == "ds" || !header.contains("ds")), "\(header)")
  }

  @Test(
    "pictures speak Chinese where --language says so",
    arguments: [
      (["forecast", "--model", "snaive"], "SeasonalNaive预测"), (["decompose"], "STL分解"),
      (["decompose", "--chart-kind", "subseries"], "各月的季节成分（STL）"),
      (["decompose", "--method", "x11"], "X-11分解"),
      (["backtest", "--model", "snaive", "--horizon", "1", "--origins", "2"], "各提前期的误差与覆盖率"),
    ])
  func chinese(verb: [String], title: String) async throws {
    try await withFolder { folder in
      let arguments = [verb[0], "-"] + verb.dropFirst() + ["--language", "zh"]
      let run = try await Command.run(
        arguments + ["--chart", "chart.svg"], input: Data(ForecastTests.months.utf8), in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let chart = try String(contentsOf: folder.appending(path: "chart.svg"), encoding: .utf8)
      #expect(chart.contains(title) && !chart.contains("observed") && !chart.contains(" to "))
      let alone = try await Command.run(arguments, input: Data(ForecastTests.months.utf8))
      #expect(alone.status == 64 && alone.errors.contains("--language is that of --chart"))
    }
  }

  @Test("an old file is replaced, keeps its permissions, and a link to it stays a link")
  func replacing() async throws {
    try await withSeries { folder in
      let shell = """
        umask 022; printf old >kept; chmod 640 kept; ln -s kept link
        "$TRADEWIND" decompose \(Self.file) --format csv --output link || exit
        ls -l kept | cut -c1-10; test -L link && head -c 9 kept
        "$TRADEWIND" decompose \(Self.file) --format csv --output new; ls -l new | cut -c1-10
        """
      let run = try await Command.shell(shell, in: folder)
      #expect(run.output == "-rw-r-----\nunique_id-rw-r--r--\n")
    }
  }

  @Test("an unwritable place is exit 73")
  func unwritable() async throws {
    try await withSeries { folder in
      let run = try await Command.run(["decompose", Self.file, "--output", "no/such/folder/out"], in: folder)
      #expect(run.status == 73)
      #expect(run.errors == "tradewind: no/such/folder/out: cannot be written: No such file or directory\n")
      let directory = try await Command.run(["decompose", Self.file, "--output", "."], in: folder)
      #expect(directory.status == 73)
      #expect(directory.errors == "tradewind: .: cannot be written: Is a directory\n")
      #expect(try files(in: folder) == [Self.file])
    }
  }

  @Test("when writing fails half-way the old file stays whole and nothing is left beside it")
  func failure() async throws {
    try await withSeries { folder in
      // A limit of one block on the size of files makes the write fail as a full disk would.
      let long = (0..<4000).map { "\(1000 + $0),\($0 % 4)\n" }.joined()
      try Data("year,x\n\(long)".utf8).write(to: folder.appending(path: "long.csv"))
      let shell = """
        printf old >out; trap '' XFSZ; ulimit -f 1
        "$TRADEWIND" decompose long.csv --season 4 --format csv --output out; echo $?; cat out; ls
        """
      let run = try await Command.shell(shell, in: folder)
      #expect(run.output == "73\noldlong.csv\nout\n\(Self.file)\n")
      #expect(run.errors == "tradewind: out: cannot be written: File too large\n")
    }
  }

  @Test("a bad input leaves the old output alone")
  func badInput() async throws {
    try await withSeries { folder in
      let shell = """
        printf old >out; printf 'month,x\\n2025-13,1\\n' >bad.csv
        "$TRADEWIND" decompose bad.csv --output out; echo $?; cat out
        """
      let run = try await Command.shell(shell, in: folder)
      #expect(run.output == "65\nold")
    }
  }

  @Test("a device is written to, not replaced")
  func device() async throws {
    try await withSeries { folder in
      let shell = """
        "$TRADEWIND" decompose \(Self.file) --output /dev/null; echo $?; test -c /dev/null && echo device
        """
      let run = try await Command.shell(shell, in: folder)
      #expect(run.output == "0\ndevice\n")
    }
  }

  @Test("a reader that closes the pipe ends the run quietly")
  func closedPipe() async throws {
    let data = examplesData.appending(path: "us-imports-from-china-monthly-1985-2025.csv").path(
      percentEncoded: false)
    let run = try await Command.shell(#""$TRADEWIND" decompose "\#(data)" --format json | head -n 1"#)
    #expect(run.output == "[\n")
    #expect(run.errors.isEmpty)
  }

  @Test("standard input is read for -, and --quiet leaves remarks away")
  func standardInput() async throws {
    let text = "series,date,value\nlong,2020,1\nlong,2021,2\nlong,2022,1\nlong,2023,2\nshort,2023,7\n"
    let arguments = ["decompose", "-", "--season", "2", "--method", "classical"]
    let loud = try await Command.run(arguments, input: Data(text.utf8))
    let quiet = try await Command.run(arguments + ["--quiet"], input: Data(text.utf8))
    #expect(loud.status == 0 && quiet.status == 0)
    #expect(loud.errors.contains("left out: short"))
    #expect(quiet.errors.isEmpty)
    #expect(loud.output == quiet.output)
  }

  @Test("help and version are no errors")
  func help() async throws {
    let version = try await Command.run(["--version"])
    #expect(version.status == 0 && version.output == "0.1.0\n")
    let help = try await Command.run(["--help"])
    #expect(help.status == 0)
    for verb in ["project", "forecast", "audit", "regress", "decompose"] {
      #expect(help.output.contains("\n  \(verb) "))
    }
  }
}
