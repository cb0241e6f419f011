import ArgumentParser
import TradeStatistics
import Tradewind

struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds published figures that contradict each other, and by how much.",
    discussion: """
      Examples:
      tradewind audit facts.csv
      tradewind audit facts.csv --series silver-concentrate-imports --format json

      A series is checked together with its parts (a/b is a part of a), which must add up to it with what is not \
      named. The fewest corrections that reconcile all figures are given, each with what the others say the figure \
      should be, and then the figures whose correction would do as well: which of them is wrong the figures alone \
      cannot always tell.

      A figure is taken to be rounded to its last digit that is not zero: 1,917,000 is good to ± 500, 2,000,000 to \
      ± 500,000, 0.323 to ± 0.0005. A column precision with the half-width, in the unit of the value, overrides that: \
      0.5 for a figure that is exact to the unit.
      """
  )

  @Argument(help: ArgumentHelp("A facts file (CSV), or - for standard input.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Only this series, with all that begin with the same name.", valueName: "name"))
  var series: String?

  @Flag(
    inversion: .prefixedNo,
    help: "Check that parts add up to their whole, with what is not named; without it takes half as long.")
  var parts = true

  @OptionGroup var output: OutputOptions

  func run() throws {
    let input = try InputFile(path: file)
    let facts = try FactFile.parse(bytes: input.bytes, file: input.name)
    if let series { try SeriesSelection.require(series, among: facts.map(\.series), in: input.name) }
    let report: AuditReport
    do {
      var audit = FactAudit()
      audit.addsUpParts = parts
      report = try audit.audit(facts, series: series)
    } catch {
      throw Failure(.badData, "\(input.name): \(error)")
    }
    let result = AuditText(report: report, file: input.name)
    switch output.format {
    case .table: try output.write(result.table)
    case .csv: try output.write(result.csv)
    case .json: try output.write(try result.json)
    }
  }
}
