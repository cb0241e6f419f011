import ArgumentParser
import TradeReport
import Tradewind

struct Decompose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes series apart into trend, season and remainder.",
    discussion: """
      Examples:
      tradewind decompose imports.csv --method stl --robust
      tradewind decompose imports.csv --method classical --mode multiplicative --format csv
      tradewind decompose imports.csv --method x11 --seasonal-filter s3x5 --tables d8,c17
      tradewind decompose imports.csv --method x11 --arima auto --calendar auto,cny --outliers auto
      tradewind decompose imports.csv --method x11 --arima 0,1,1,0,1,1 --show quality
      tradewind decompose partners.csv --method x11 --aggregate world=peru,mexico,bolivia
      tradewind decompose imports.csv --method mstl --periods 3,12
      tradewind decompose imports.csv --chart months.svg --chart-kind subseries
      """
  )

  enum Method: String, ExpressibleByArgument, CaseIterable {
    case classical, stl, mstl, x11
  }

  enum Mode: String, ExpressibleByArgument, CaseIterable {
    case additive, multiplicative
    case logAdditive = "log-additive"
    case pseudoAdditive = "pseudo-additive"

    var decompositionMode: DecompositionMode { self == .additive ? .additive : .multiplicative }

    var x11: X11Mode {
      switch self {
      case .additive: .additive
      case .multiplicative: .multiplicative
      case .logAdditive: .logAdditive
      case .pseudoAdditive: .pseudoAdditive
      }
    }
  }

  enum ChartKind: String, ExpressibleByArgument, CaseIterable {
    case panels, subseries
  }

  /// `periodic` or a number of years.
  struct Window {
    let value: STL.SeasonalWindow
    init(parsing argument: String) throws {
      if argument == "periodic" {
        value = .periodic
      } else if let years = Int(argument), (3...9999).contains(years), years % 2 == 1 {
        value = .length(years)
      } else {
        throw ValidationError("expected an odd number of years from 3 on, or periodic")
      }
    }
  }

  @OptionGroup var input: SeriesInput

  @Option(help: "The method.")
  var method: Method = .stl

  @Option(
    help: ArgumentHelp(
      "How trend and season combine; left out, additive, with x11 multiplicative (with --arima auto, as AICc decides). "
        + "The last two belong to x11."
    ))
  var mode: Mode?

  @Option(
    help: ArgumentHelp(
      "STL: how many years take part in a season's smoothing, odd from 3 on, or 'periodic' (the default).",
      valueName: "years"), transform: Window.init(parsing:))
  var seasonalWindow: Window?

  @Option(
    help: ArgumentHelp(
      "MSTL: the lengths of the seasons with commas between them; that of the series if left out.",
      valueName: "lengths"))
  var periods: String?

  @Flag(help: "STL and MSTL: outliers lose weight.")
  var robust = false

  @OptionGroup(title: "X-11") var x11: X11Options

  @OptionGroup(title: "Model before X-11") var adjustment: AdjustmentOptions

  @Option(
    help: ArgumentHelp(
      "X-11: work on so many series at once; the result does not depend on it. Left out: one for each core.",
      valueName: "n"), transform: WholeNumber.jobs)
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "X-11: adjusts a total directly and as the sum of its adjusted parts, side by side; a part after '-' is taken off, "
        + "as in balance=exports,-imports. A total that the file does not have is the sum.",
      valueName: "total=part,…"))
  var aggregate: AggregateOption?

  @OptionGroup var drawing: ChartOptions

  @Option(
    help:
      "What --chart draws: panels of the components one below the other (the default), or the seasonal subseries, each month's years side by side."
  )
  var chartKind: ChartKind?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try input.checkSeason()
    try drawing.checkLanguage()
    if method != .stl, method != .mstl, robust {
      throw ValidationError("--robust belongs to --method stl or mstl")
    }
    if method != .stl, seasonalWindow != nil {
      throw ValidationError("--seasonal-window belongs to --method stl")
    }
    if method != .mstl, periods != nil { throw ValidationError("--periods belongs to --method mstl") }
    if aggregate != nil, drawing.chart != nil {
      throw ValidationError("--chart draws series one by one, not --aggregate")
    }
    if chartKind != nil, drawing.chart == nil {
      throw ValidationError("--chart-kind needs --chart, the file to draw into")
    }
    _ = try seasonLengths()
    if aggregate != nil {
      guard method == .x11 else { throw ValidationError("--aggregate belongs to --method x11") }
      if x11.tables != nil || x11.force != nil || x11.show != nil || jobs != nil
        || !input.selection.names.isEmpty
      {
        throw ValidationError("--aggregate goes without --tables, --force, --show, --jobs and --series")
      }
    }
    if method == .x11 {
      _ = try x11.tables?.tables(withModel: adjustment.arima != nil)
    } else {
      if x11.isGiven {
        throw ValidationError(
          "--seasonal-filter, --trend-length, --sigma, --calendar-sigma, --force, --tables and --show belong to --method x11"
        )
      }
      if adjustment.isGiven {
        throw ValidationError(
          "--arima, --calendar, --outliers, --forecasts, --backcasts and --adjust-anyway belong to --method x11"
        )
      }
      if jobs != nil { throw ValidationError("--jobs belongs to --method x11") }
      if mode == .logAdditive || mode == .pseudoAdditive {
        throw ValidationError("--mode log-additive and pseudo-additive belong to --method x11")
      }
    }
  }

  private func seasonLengths() throws -> [Int] {
    try (periods?.split(separator: ",", omittingEmptySubsequences: false) ?? []).map { part in
      guard let length = Int(part.filter { $0 != " " }), (2...9999).contains(length) else {
        throw ValidationError("--periods: '\(part)' is not a whole number from 2 to 9999")
      }
      return length
    }
  }

  func run() async throws {
    if method == .x11 {
      if let aggregate { return try runAggregate(aggregate) }
      if let orders = adjustment.arima { return try await runAdjustment(orders) }
      return try await runX11()
    }
    let periods = try seasonLengths()
    let parts = try input.results(doing: "decomposing", messages: output.messages) {
      try decompose($0, periods)
    }
    let result = DecompositionText(
      parts: parts, method: method.rawValue, showsWeights: robust,
      shape: input.selection.shape())
    switch output.format {
    case .table: try output.write(result.table)
    case .csv: try output.write(result.csv)
    case .json: try output.write(try result.json)
    }
    try drawing.write { language in
      let averages = language == .chinese ? "移动平均" : "moving averages"
      let name = method == .classical ? averages : method.rawValue.uppercased()
      return parts.map {
        chartKind == .subseries
          ? .subseries(SeasonalSubseries($0, method: name, language: language))
          : .panels(PanelChart($0, method: name, language: language))
      }
    }
  }

  private func decompose(
    _ series: TimeSeries, _ periods: [Int]
  ) throws(DecompositionError) -> MultipleSeasonalDecomposition {
    let mode = (mode ?? .additive).decompositionMode
    switch method {
    case .classical:
      return MultipleSeasonalDecomposition(try ClassicalDecomposition(mode: mode).decompose(series))
    case .stl, .x11:
      let stl = STL(seasonalWindow: seasonalWindow?.value ?? .periodic, robust: robust, mode: mode)
      return MultipleSeasonalDecomposition(try stl.decompose(series))
    case .mstl: return try MSTL(periods: periods, fits: STL(robust: robust, mode: mode)).decompose(series)
    }
  }
}
