import ArgumentParser
import TradeReport
import TradeStatistics
import Tradewind

struct BriefVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "brief",
    abstract: "Writes the trade brief of a period: totals, growth, partners, provinces, outlook, audit.",
    discussion: """
      Examples:
      tradewind brief facts.csv --period 2025 --output brief.html
      tradewind brief facts.csv --period 2025 --language zh --output brief.md
      tradewind brief facts.csv --period 2025 --series silver-concentrate-imports --series silver-concentrate-imports-value
      tradewind brief imports.csv --period 2013 --format json

      Sections follow from the names of the series (a/b is a part of a). Every number comes from the file: with --format json, \
      each has its line and source, or the formula and what went into it. Only figures of periods that had ended by the end \
      of the brief's are used.
      """
  )

  /// How a brief is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case md, html, json
  }

  @Argument(
    help: ArgumentHelp(
      "A facts file or a series file (CSV; told apart by the header), or - for standard input.",
      valueName: "file"))
  var file: String

  @Option(
    help: ArgumentHelp("The period: 2025, 2025-Q3, 2025-10 or 2025-01..2025-10.", valueName: "period"))
  var period: RangeOption

  @Option(
    name: .customLong("series"),
    help: ArgumentHelp(
      "Only this series, with its parts (a/…); may be given several times.",
      valueName: "name"))
  var series: [String] = []

  @Option(
    help: "How the brief is written; left out, as the name of --output says (.html, .json, else Markdown).")
  var format: Format?

  @Option(help: ArgumentHelp("The language of the brief: en or zh.", valueName: "en|zh"))
  var language: ReportLanguage = .english

  @Option(
    help: ArgumentHelp("The heading; left out, made from the series and the period.", valueName: "text"))
  var title: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the brief to this file, all of it or nothing; - is standard output.", valueName: "file"))
  var output: String?

  @Flag(name: .shortAndLong, help: "Only results and errors: no remarks, no progress.")
  var quiet = false

  func run() throws {
    let input = try InputFile(path: file)
    let all =
      FactFile.isFactFile(input.bytes)
      ? try FactFile.parse(bytes: input.bytes, file: input.name)
      : try TradeBrief.facts(of: SeriesFile.parse(bytes: input.bytes, file: input.name))
    guard !all.isEmpty else {
      throw Failure(.badData, "\(input.name): there are no figures below the header")
    }
    let facts = try chosen(from: all, in: input.name)
    let brief: TradeBrief
    do {
      brief = try TradeBrief(of: facts, period: period.range)
    } catch {
      throw Failure(.badData, "\(input.name): \(error)")
    }
    let report = BriefReport(brief, language: language, title: title)
    let text =
      switch chosenFormat {
      case .json: try JSONText.text(brief)
      case .html: report.document.html()
      case .md: report.document.markdown()
      }
    if let output {
      try OutputFile.write(text, to: output)
    } else {
      try OutputFile.writeToStandardOutput(text)
    }
  }

  /// The facts of the wanted series and of their parts.
  private func chosen(from facts: [Fact], in file: String) throws(Failure) -> [Fact] {
    guard !series.isEmpty else { return facts }
    for name in series { try SeriesSelection.require(name, among: facts.map(\.series), in: file) }
    return facts.filter { fact in
      series.contains { fact.series == $0 || fact.series.hasPrefix($0 + "/") }
    }
  }

  private var chosenFormat: Format {
    if let format { return format }
    let name = output?.lowercased() ?? ""
    return name.hasSuffix(".html") || name.hasSuffix(".htm") ? .html : name.hasSuffix(".json") ? .json : .md
  }
}

extension ReportLanguage: ExpressibleByArgument {}
