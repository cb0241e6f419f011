import ArgumentParser
import TradeReport
import Tradewind

struct ForecastVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Forecasts series by exponential smoothing, Theta, simple methods and others.",
    discussion: """
      Examples:
      tradewind forecast imports.csv --horizon 3 --explain
      tradewind forecast imports.csv --total quarter --revisions 2,0.5
      tradewind forecast imports.csv --model ets,dot,snaive --level 50,80,95 --format csv --jobs 4

      Models, several with commas between them:
      \(ModelChoice.help)
      """
  )

  /// A century of months.
  static let longestHorizon = 1200
  /// Every day of a leap year.
  static let longestSeason = 366

  @OptionGroup var input: SeriesInput

  @Option(
    help: ArgumentHelp("The models. Left out: \(ModelChoice.usual.name).", valueName: "list"),
    transform: ModelChoice.list(parsing:))
  var model: [ModelChoice] = [.usual]

  @OptionGroup var effort: EffortOption

  @Flag(
    help:
      "Below each table: the model's parameters, log-likelihood, AICc and σ; of auto what it found in the series, which models take part with which weights, who was left out and why. JSON has it anyway."
  )
  var explain = false

  @Option(
    help: ArgumentHelp(
      "So many periods. Left out: 12 months, 4 quarters or 5 years.", valueName: "n"),
    transform: WholeNumber.within(1...Self.longestHorizon, of: "periods"))
  var horizon: Int?

  @Option(
    help: ArgumentHelp(
      "Instead of periods: the total of the running quarter or year, its known months as they are, the others and the total by their joint law, and the change on the year before.",
      valueName: "unit"))
  var total: TotalUnit?

  @Option(
    help: ArgumentHelp(
      "With --total: the last published values may still be revised; their standard errors in per cent, the newest first.",
      valueName: "list"), transform: RevisionList.init(parsing:))
  var revisions: RevisionList?

  @Option(
    name: .customLong("level"),
    help: ArgumentHelp("The intervals' levels in per cent. Left out: 80,95.", valueName: "list"),
    transform: LevelList.init(parsing:))
  var levels = LevelList.standard

  @Flag(help: "Points without intervals, which is fastest.")
  var pointsOnly = false

  @Option(
    help: ArgumentHelp("The seed of what is simulated. Left out: 1.", valueName: "n"),
    transform: WholeNumber.seed)
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Work on so many series at once; the result does not depend on it. Left out: one for each core.",
      valueName: "n"), transform: WholeNumber.jobs)
  var jobs: Int?

  @OptionGroup var drawing: ChartOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try input.checkSeason(most: Self.longestSeason)
    try drawing.checkLanguage()
    if total != nil, horizon != nil || pointsOnly {
      throw ValidationError("--total and \(pointsOnly ? "--points-only" : "--horizon") exclude each other")
    }
    if revisions != nil, total == nil { throw ValidationError("--revisions needs --total") }
    if explain, output.format == .csv {
      throw ValidationError("--explain is for tables; --format json has the explanation anyway")
    }
  }

  func run() async throws {
    let (file, series) = try input.chosen()
    if let total {
      try await runTotals(over: total.unit, of: series, in: file)
      return
    }
    let forecasts = try successes(of: try await forecasts(of: series), for: series, in: file)
    let result = ForecastText(
      entries: forecasts, levels: pointsOnly ? [] : levels.levels, explains: explain,
      shape: input.selection.shape(models: model.count))
    summarize(forecasts.map { ($0.model, $0.forecast.explanation) })
    switch output.format {
    case .table: try output.write(result.table)
    case .csv: try output.write(result.csv)
    case .json: try output.write(try result.json)
    }
    try drawing.write { _ in
      forecasts.map { .fan(FanChart(forecast: $0.forecast, of: $0.series, name: $0.series.name)) }
    }
  }

  /// How the only forecast came about, in a line beside its table.
  func summarize(_ explanations: [(model: String, explanation: Forecast.Explanation?)]) {
    guard output.format == .table, !explain, explanations.count == 1,
      let text = ExplanationText(explanations[0].explanation, nil),
      let remark = text.remark(explanations[0].model)
    else { return }
    output.messages.remark(remark)
  }

  /// What succeeded of results in the order of the series, and for each in that of the models; see ``SeriesSelection``.
  func successes<Value>(
    of results: [Result<Value, ForecastError>], for series: [TimeSeries], in file: String
  ) throws -> [Value] {
    let outcomes = results.enumerated().map { index, result in
      let (one, choice) = (series[index / model.count], model[index % model.count])
      return SeriesSelection.Outcome(
        name: one.name.isEmpty ? choice.name : "\(one.name): \(choice.name)",
        result: result.mapError { reason($0, of: choice) })
    }
    return try input.selection.results(of: outcomes, in: file, messages: output.messages)
  }

  /// Why a model was not fitted. What `auto` is made of is no business of who asked for it.
  private func reason(_ error: ForecastError, of choice: ModelChoice) -> any Error {
    guard choice.name == "auto", case .tooShort(_, let needed, let found) = error else { return error }
    return TooShort(needed: needed, found: found)
  }

  private struct TooShort: Error, CustomStringConvertible {
    let needed: Int, found: Int
    var description: String { "at least \(needed) observations are needed, the series has \(found)" }
  }

  /// What came of each series and model: in the order of the series, and for each in that of the models.
  private func forecasts(of series: [TimeSeries]) async throws -> [Result<ForecastText.Entry, ForecastError>]
  {
    let panel = PanelForecaster(jobs: jobs, summarizes: explain || output.format == .json)
    var outcomes = [[Result<ForecastText.Entry, ForecastError>]](repeating: [], count: series.count)
    var done = 0
    // Series of one file may have different units, and with them different horizons.
    for unit in [Period.Unit.month, .quarter, .year] {
      let indices = series.indices.filter { series[$0].start.unit == unit }
      let request = ForecastRequest(
        horizon: horizon ?? unit.usualHorizon, levels: pointsOnly ? [] : levels.levels, seed: seed)
      // Draws are a hundred times as large as what is written of them, so only a stretch of series keeps them.
      for first in stride(from: 0, to: indices.count, by: Self.stretch) {
        let part = indices[first..<min(first + Self.stretch, indices.count)]
        let progress = {
          @Sendable [messages = output.messages, total = series.count, before = done] finished in
          messages.progress(before + finished, of: total, "forecasting")
        }
        let results = try await panel.forecast(
          part.map { series[$0] }, with: model.map { $0.forecaster(effort: effort.value) }, request,
          progress: progress)
        for (index, result) in zip(part, results) {
          outcomes[index] = zip(model, result).map { choice, outcome in
            outcome.map {
              ForecastText.Entry(
                series: series[index], model: choice.name, forecast: $0, withTotals: output.format == .json)
            }
          }
        }
        done += part.count
      }
    }
    return outcomes.flatMap(\.self)
  }

  /// How many series are worked on before their draws are dropped.
  private static let stretch = 256
}

extension Period.Unit {
  /// How far ahead a forecast looks if nothing else is said.
  var usualHorizon: Int {
    switch self {
    case .month: 12
    case .quarter: 4
    case .year: 5
    }
  }
}
