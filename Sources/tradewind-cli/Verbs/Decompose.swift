import ArgumentParser
import Tradewind

struct Decompose: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes series apart into trend, season and remainder.",
    discussion: """
      Examples:
      tradewind decompose imports.csv --method stl --robust
      tradewind decompose imports.csv --method classical --mode multiplicative --format csv
      """
  )

  enum Method: String, ExpressibleByArgument, CaseIterable {
    case classical, stl
  }

  enum Mode: String, ExpressibleByArgument, CaseIterable {
    case additive, multiplicative

    var decompositionMode: DecompositionMode { self == .additive ? .additive : .multiplicative }
  }

  /// `periodic` or a number of years.
  struct Window: ExpressibleByArgument {
    let value: STL.SeasonalWindow
    init?(argument: String) {
      if argument == "periodic" {
        value = .periodic
      } else if let years = Int(argument), (3...9999).contains(years), years % 2 == 1 {
        value = .length(years)
      } else {
        return nil
      }
    }
  }

  @OptionGroup var input: SeriesInput

  @Option(help: "The method.")
  var method: Method = .stl

  @Option(help: "How trend and season combine.")
  var mode: Mode = .additive

  @Option(
    help: ArgumentHelp(
      "STL: how many years take part in a season's smoothing, odd from 3 on, or 'periodic' (the default).",
      valueName: "years"))
  var seasonalWindow: Window?

  @Flag(help: "STL: outliers lose weight.")
  var robust = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if method == .classical, robust || seasonalWindow != nil {
      throw ValidationError("--robust and --seasonal-window belong to --method stl")
    }
  }

  func run() throws {
    let parts = try input.results(doing: "decomposing", messages: output.messages) { try decompose($0) }
    let result = DecompositionText(parts: parts, method: method.rawValue, showsWeights: robust)
    switch output.format {
    case .table: try output.write(result.table)
    case .csv: try output.write(result.csv)
    case .json: try output.write(try result.json)
    }
  }

  private func decompose(_ series: TimeSeries) throws(DecompositionError) -> SeasonalDecomposition {
    let mode = mode.decompositionMode
    switch method {
    case .classical: return try ClassicalDecomposition(mode: mode).decompose(series)
    case .stl:
      return try STL(seasonalWindow: seasonalWindow?.value ?? .periodic, robust: robust, mode: mode)
        .decompose(series)
    }
  }
}
