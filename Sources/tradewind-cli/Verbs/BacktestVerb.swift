import ArgumentParser
import TradeReport
import Tradewind

struct BacktestVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Tries models on the past: accuracy and interval coverage by horizon, skill and significance.",
    discussion: """
      At each of a row of origins the models are fitted to what was known by then, and their forecasts are compared with what came.
      Errors are what came less the forecast: mean error and bias are above zero where forecasts were too low.
      --chart draws error and coverage by horizon for each model, and the first model's forecasts over what came.

      Examples:
      tradewind backtest imports.csv --model ets,arima --horizon 6 --origins 40
      tradewind backtest imports.csv --model auto,ets,dot --effort fast --chart errors.svg
      tradewind backtest partners.csv --model auto,dot --window sliding:84 --refit 12 --jobs 4 --forecasts all.csv

      Models, several with commas between them:
      \(ModelChoice.help)
      """
  )

  /// Of origins, and of periods between them.
  private static let most = 100_000

  @OptionGroup var input: SeriesInput

  @Option(
    help: ArgumentHelp(
      "The models; the seasonal naive method and M4's naive2 are tried beside them. Left out: \(ModelChoice.usual.name).",
      valueName: "list"),
    transform: ModelChoice.list(parsing:))
  var model: [ModelChoice] = [.usual]

  @OptionGroup var effort: EffortOption

  @Option(
    help: ArgumentHelp("So many periods ahead from each origin. Left out: 6.", valueName: "n"),
    transform: WholeNumber.within(1...ForecastVerb.longestHorizon, of: "periods"))
  var horizon = 6

  @Option(
    help: ArgumentHelp("So many origins a series at the most, the last ones. Left out: 40.", valueName: "n"),
    transform: WholeNumber.within(1...Self.most, of: "origins"))
  var origins = 40

  @Option(
    help: ArgumentHelp("Periods between origins. Left out: 1.", valueName: "n"),
    transform: WholeNumber.within(1...Self.most, of: "periods"))
  var step = 1

  @Option(
    help:
      "What a model is fitted to: all that was known (expanding), or the last n periods (sliding:n). Left out: expanding.",
    transform: WindowOption.init(parsing:))
  var window = WindowOption.expanding

  @Option(
    help: ArgumentHelp(
      "Fit anew at every n-th origin; at those between, the model takes in what came with its parameters as they are. Left out: 1.",
      valueName: "n"), transform: WholeNumber.within(1...Self.most, of: "origins"))
  var refit = 1

  @Option(
    name: .customLong("level"),
    help: ArgumentHelp("The intervals' levels in per cent. Left out: 80,95.", valueName: "list"),
    transform: LevelList.init(parsing:))
  var levels = LevelList.standard

  @Option(help: ArgumentHelp("Write every forecast with what came to this file, as CSV.", valueName: "file"))
  var forecasts: String?

  @Option(
    help: ArgumentHelp("The seed of what is simulated. Left out: 1.", valueName: "n"),
    transform: WholeNumber.seed)
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Work on so many fits at once; the result does not depend on it. Left out: one for each core.",
      valueName: "n"), transform: WholeNumber.jobs)
  var jobs: Int?

  @OptionGroup var drawing: ChartOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try input.checkSeason(most: ForecastVerb.longestSeason)
    try drawing.checkLanguage()
  }

  func run() async throws {
    let (file, chosen) = try input.chosen()
    let backtest = Backtest(
      horizon: horizon, origins: origins, step: step, window: window.window, refit: refit,
      levels: levels.levels,
      totals: quarters(of: chosen), energyDraws: energyDraws, seed: seed)
    let series = try input.selection.results(
      of: chosen.map { one in
        SeriesSelection.Outcome(name: one.name, result: Result { try checked(one, for: backtest) })
      }, in: file, messages: output.messages)
    let models =
      model + [.benchmark, .naive2].filter { added in !model.contains { $0.name == added.name } }
    let forecasters = models.map { $0.forecaster(effort: effort.value) }
    let result = try await backtest.run(on: series, with: forecasters, jobs: jobs) {
      [messages = output.messages] in messages.progress($0, of: $1, "forecasting")
    }
    remark(on: result, models)
    guard result.comparedCount() > 0 else {
      throw Failure(.badData, "\(file): there is nothing to compare; \(reason(result, models))")
    }
    let text = BacktestText(result: result, models: models.map(\.name))
    if let forecasts { try OutputFile.write(text.forecasts(of: series), to: forecasts) }
    switch output.format {
    case .table: try output.write(text.table)
    case .csv: try output.write(text.csv)
    case .json: try output.write(try text.json)
    }
    try drawing.write { language in
      ReportChart.backtest(
        result, of: series, names: text.models, benchmark: text.benchmark, language: language)
    }
  }

  /// Draws for the energy score, whose error is then a few per cent of its size. They take longer than a simple model does, and a table
  /// has no room for the score.
  private var energyDraws: Int { output.format == .table ? 0 : 500 }

  /// The coming three months together, if all series are monthly.
  private func quarters(of series: [TimeSeries]) -> [Range<Int>] {
    horizon >= 3 && series.allSatisfy { $0.start.unit == .month } ? [0..<3] : []
  }

  private struct TooShort: Error, CustomStringConvertible {
    let description: String
  }

  private func checked(_ series: TimeSeries, for backtest: Backtest) throws -> TimeSeries {
    guard backtest.originLengths(in: series).isEmpty else { return series }
    throw TooShort(
      description:
        "\(series.count) \(series.count == 1 ? "period is" : "periods are") too few for an origin with \(backtest.fewestPeriods(in: series)) known and \(horizon) to compare"
    )
  }

  /// Which models could not be fitted, how often, and why the first time.
  private func remark(on result: BacktestResult, _ models: [ModelChoice]) {
    for (index, model) in models.enumerated() {
      let failures = result.failures.filter { $0.model == index }
      guard let first = failures.first else { continue }
      let origin = result.origins[first.origin]
      let name = result.series[origin.series]
      output.messages.remark(
        "\(model.name) could not be fitted at \(failures.count) of \(result.origins.count) origins, which are compared for no model; the first \(name.isEmpty ? "" : "is of \(name), ")after \(origin.period): \(first.error)"
      )
    }
  }

  private func reason(_ result: BacktestResult, _ models: [ModelChoice]) -> String {
    result.failures.first.map { "\(models[$0.model].name): \($0.error)" }
      ?? "what came is missing at every origin"
  }
}

/// `expanding`, or `sliding:84`.
struct WindowOption {
  let window: Backtest.Window

  static let expanding = WindowOption(window: .expanding)

  private init(window: Backtest.Window) { self.window = window }

  init(parsing argument: String) throws {
    if argument == "expanding" {
      self = .expanding
      return
    }
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "sliding", let length = Int(parts[1]),
      (1...1_000_000).contains(length)
    else {
      throw ValidationError("expected expanding, or sliding and a number of periods such as sliding:84")
    }
    self.init(window: .sliding(length))
  }
}
