import ArgumentParser
import TradeReport
import TradeStatistics
import Tradewind

struct Project: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Projects the coming months and their total, from published facts or a series.",
    discussion: """
      Examples:
      tradewind project facts.csv --series silver-concentrate-imports --quarter 2026-Q1
      tradewind project facts.csv --series silver-concentrate-imports --by partners,province --report parts.html
      tradewind project facts.csv --as-of 2024-12 --format json
      tradewind project imports.csv --horizon 6 --level 50,80,95 --report imports.html --chart imports.svg

      The history behind the projection is shown month by month: published (a source states the month), derived (it \
      follows from stated figures up to their rounding) or estimated.

      The running quarter of complete series by any of the other models: tradewind forecast FILE --total quarter.

      The last 180 months before the projection are used, 120 where each is published by itself; what reaches further \
      back is not.

      With --by, a series is projected with its parts, which add up to it: partners (a/b), methods (a/processing-trade), \
      or any word that groups them (a/province/b), or all. Expected values (means) add up; medians and bounds do not. \
      --report and --chart then show the parts behind the whole.
      """
  )

  @Argument(
    help: ArgumentHelp(
      "A facts file or a series file (CSV; told apart by the header), or - for standard input.",
      valueName: "file"))
  var file: String

  @OptionGroup var selection: SeriesSelection

  @Option(
    help: ArgumentHelp("Project so many months and their total.", valueName: "n"),
    transform: WholeNumber.within(1...HistoryProjector.longestHorizon, of: "months"))
  var horizon: Int?

  @Option(
    help: ArgumentHelp(
      "Project to the end of this quarter. Left out, with no --horizon: the next one.", valueName: "yyyy-Qn"))
  var quarter: PeriodOption?

  @Option(
    help: ArgumentHelp("Use only what covers periods that had ended by this month.", valueName: "yyyy-mm"))
  var asOf: PeriodOption?

  @Option(
    name: .customLong("level"),
    help: ArgumentHelp("The intervals' levels in per cent. Left out: 80,95.", valueName: "list"),
    transform: LevelList.init(parsing:))
  var levels = LevelList.standard

  @Option(
    name: .customLong("by"),
    help: ArgumentHelp(
      "Project the parts too: partners, methods, a word such as province, several with commas, or all.",
      valueName: "list"))
  var groupings: GroupingList?

  @Option(help: ArgumentHelp("Also write a page with charts to this file.", valueName: "file.html"))
  var report: String?

  @OptionGroup var drawing: ChartOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if drawing.language != nil, report == nil, drawing.chart == nil {
      throw ValidationError("--language is that of --report and --chart; neither is given")
    }
    if horizon != nil, quarter != nil { throw ValidationError("--horizon and --quarter exclude each other") }
    if let quarter = quarter?.period, quarter.unit != .quarter {
      throw ValidationError("--quarter is a quarter such as 2026-Q1, not \(quarter)")
    }
  }

  func run() throws {
    let input = try InputFile(path: file)
    if let groupings {
      try runWithParts(groupings, input)
      return
    }
    let projections =
      FactFile.isFactFile(input.bytes)
      ? try projectFacts(FactFile.parse(bytes: input.bytes, file: input.name), from: input)
      : try projectSeries(SeriesFile.parse(bytes: input.bytes, file: input.name), from: input)
    let result = ProjectionText(projections: projections, shape: selection.shape())
    switch output.format {
    case .table: try output.write(terminalChart(projections) + result.table)
    case .csv: try output.write(result.csv)
    case .json: try output.write(try result.json)
    }
    try drawing.write { _ in projections.map { .fan(FanChart(projection: $0)) } }
    if let report {
      let page = ProjectionPage(
        projections: projections, title: title(of: projections, input), language: pageLanguage)
      try OutputFile.write(page.html(), to: report)
    }
  }

  var pageLanguage: ReportLanguage { drawing.language ?? .english }

  /// The heading of the page.
  func title(of projections: [Projection], _ input: InputFile) -> String {
    if projections.count == 1 { return ProjectionPage.heading(projections[0].series, pageLanguage) }
    return pageLanguage == .chinese ? "\(input.name)：预测" : "Projections from \(input.name)"
  }

  /// A chart of letters before the table, where one projection is shown to somebody who sits before it.
  private func terminalChart(_ projections: [Projection]) -> String {
    guard projections.count == 1, output.output == nil, !output.quiet, Terminal.isOutput else { return "" }
    let chart = TerminalChart(
      projection: projections[0], width: Terminal.width, usesColor: Terminal.showsColor)
    return chart.text.isEmpty ? "" : chart.text + "\n"
  }

  private func projectFacts(_ facts: [Fact], from input: InputFile) throws(Failure) -> [Projection] {
    guard !facts.isEmpty else {
      throw Failure(.badData, "\(input.name): there are no facts below the header")
    }
    var seen = Set<String>()
    let names = facts.map(\.series).filter { seen.insert($0).inserted }
    let projector = projector
    let index = FactIndex(facts)
    return try results(from: names, named: \.self, input) { name in
      try projector.project(name, from: index, asOf: asOf?.period, to: target)
    }
  }

  private func projectSeries(_ series: [TimeSeries], from input: InputFile) throws(Failure) -> [Projection] {
    let projector = projector
    return try results(from: series, named: \.name, input) { one in
      try projector.project(one, asOf: asOf?.period, to: target)
    }
  }

  private func results<Item>(
    from items: [Item], named itemName: (Item) -> String, _ input: InputFile,
    _ project: (Item) throws -> Projection
  ) throws(Failure) -> [Projection] {
    let chosen = try selection.chosen(from: items, named: itemName, in: input.name)
    return try selection.results(
      for: chosen, named: itemName, in: input.name, doing: "projecting", messages: output.messages, project)
  }

  var projector: HistoryProjector {
    var projector = HistoryProjector()
    projector.levels = levels.levels
    return projector
  }

  var target: HistoryProjector.Target {
    if let horizon { return .months(horizon) }
    return quarter.map { .period($0.period) } ?? .nextQuarter
  }
}
