import ArgumentParser

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, csv, json
}

/// The options that every verb shares.
struct OutputOptions: ParsableArguments {
  @Option(name: .long, help: "How the result is written.")
  var format: OutputFormat = .table

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the result to this file, all of it or nothing; - is standard output.", valueName: "file"))
  var output: String?

  @Flag(name: .shortAndLong, help: "Only results and errors: no remarks, no progress.")
  var quiet = false

  var messages: Messages { Messages(quiet: quiet) }

  func write(_ text: String) throws(Failure) {
    if let output {
      try OutputFile.write(text, to: output)
    } else {
      try OutputFile.writeToStandardOutput(text)
    }
  }
}
