import ArgumentParser
import Tradewind

struct ReconcileVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Forecasts that add up: partners, provinces and their totals; months, quarters and years.",
    discussion: """
      Examples:
      tradewind reconcile imports.csv --hierarchy partners.csv --horizon 3
      tradewind reconcile imports.csv --hierarchy groups.csv --method wls-structural --temporal series --format csv
      tradewind reconcile total.csv --temporal structural

      The hierarchy is a CSV file: parent,child or parent,child,weight with one row per part of a sum; or the series' names \
      (unique_id) and a column for each grouping, such as partner and province. The bottom series are all needed; sums that the series \
      file does not have are added up.
      """
  )

  @Argument(help: ArgumentHelp("A series file (CSV), or - for standard input.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("What adds up to what (CSV).", valueName: "file"))
  var hierarchy: String?

  @OptionGroup var reconciliation: ReconciliationOptions

  @Option(
    help: ArgumentHelp(
      "Forecast sums of every length within a year too, and weigh them so: structural, series, hierarchy or autocovariance.",
      valueName: "rule"))
  var temporal: TemporalScaling?

  @OptionGroup var selection: SeriesSelection

  @Option(
    help: ArgumentHelp("Periods in a season; left out, a year of them.", valueName: "n"),
    transform: WholeNumber.season)
  var season: Int?

  @Option(
    help: ArgumentHelp("The model. Left out: \(ModelChoice.usual.name).", valueName: "name"),
    transform: ModelChoice.init(named:))
  var model: ModelChoice = .usual

  @OptionGroup var effort: EffortOption

  @Option(
    help: ArgumentHelp("So many periods. Left out: 12 months, 4 quarters or 5 years.", valueName: "n"),
    transform: WholeNumber.within(1...ForecastVerb.longestHorizon, of: "periods"))
  var horizon: Int?

  @Option(
    name: .customLong("level"),
    help: ArgumentHelp("The intervals' levels in per cent. Left out: 80,95.", valueName: "list"),
    transform: LevelList.init(parsing:))
  var levels = LevelList.standard

  @Option(
    help: ArgumentHelp("The seed of what is simulated. Left out: 1.", valueName: "n"),
    transform: WholeNumber.seed)
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Work on so many series at once; the result does not depend on it. Left out: one for each core.",
      valueName: "n"), transform: WholeNumber.jobs)
  var jobs: Int?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard hierarchy != nil || temporal != nil else {
      throw ValidationError(
        "--hierarchy says what adds up to what; --temporal does for the months of one series")
    }
    if hierarchy == nil, reconciliation.isGiven {
      throw ValidationError("--method and what goes with it need --hierarchy")
    }
    if hierarchy == "-", file == "-" {
      throw ValidationError("series and hierarchy cannot both come from standard input")
    }
    try SeriesInput.checkSeason(season, most: ForecastVerb.longestSeason)
  }

  func run() async throws {
    let input = try InputFile(path: file)
    let series = try SeriesFile.parse(bytes: input.bytes, file: input.name, seasonalPeriod: season)
    let choice = temporal.map(model.temporal(by:)) ?? model
    let result: ReconciliationText
    if let hierarchy {
      result = try await coherent(series, of: input.name, in: hierarchy, by: choice)
    } else {
      result = try await single(series, of: input.name, by: choice.name)
    }
    switch output.format {
    case .table: try output.write(result.table)
    case .csv: try output.write(result.csv)
    case .json: try output.write(try result.json)
    }
  }

  /// All nodes of the hierarchy.
  private func coherent(
    _ series: [TimeSeries], of name: String, in path: String, by model: ModelChoice
  ) async throws -> ReconciliationText {
    let text = try InputFile(path: path)
    let hierarchy = try HierarchyFile.parse(bytes: text.bytes, file: text.name)
    try require(hierarchy, in: text.name, series: series, of: name)
    let unused = series.filter { hierarchy.index(of: $0.name) == nil }
    for one in unused.prefix(Self.mostRemarks) {
      output.messages.remark("left out: '\(one.name)' is no node of \(text.name)")
    }
    if unused.count > Self.mostRemarks {
      output.messages.remark(
        "left out: \(unused.count - Self.mostRemarks) more that are no nodes of \(text.name)")
    }
    let method = reconciliation.chosen(for: hierarchy)
    let forecaster = HierarchyForecaster(
      hierarchy, method.method, keepsNonNegative: reconciliation.nonNegative, fixed: reconciliation.fix,
      jobs: jobs)
    let coherent: CoherentForecasts
    do {
      coherent = try await forecaster.forecast(
        series, with: model.forecaster(effort: effort.value), request(for: series),
        progress: progress(of: hierarchy.count))
    } catch let error as HierarchyForecastError {
      throw Failure(.badData, "\(name): \(error)")
    }
    for gap in coherent.gaps.prefix(Self.mostRemarks) {
      output.messages.remark(
        "'\(gap.node)' is \(NumberText.significant(gap.published, digits: 6)) in \(gap.period), its parts add up to "
          + NumberText.significant(gap.added, digits: 6))
    }
    let nodes = coherent.forecasts.indices.map { node in
      ReconciliationText.Node(
        series: coherent.series[node], isSum: node < hierarchy.sums.count, forecast: coherent.forecasts[node],
        base: coherent.base[node].mean, withTotals: temporal != nil,
        baseTotals: { totals in totals.map { coherent.base[node].mean(over: $0) } })
    }
    return ReconciliationText(
      nodes: try selection.chosen(from: nodes, named: \.series.name, in: text.name),
      model: model.name, method: method.name, count: hierarchy.count, bottomCount: hierarchy.bottomCount,
      shrinkage: coherent.shrinkage, levels: levels.levels)
  }

  /// Names that the hierarchy or the file lacks, with the one that was probably meant.
  private func require(
    _ hierarchy: Hierarchy, in path: String, series: [TimeSeries], of name: String
  ) throws(Failure) {
    for node in reconciliation.fix + (reconciliation.middle ?? []) {
      try SeriesSelection.require(node, among: hierarchy.names, in: path)
    }
    let available = Set(series.map(\.name))
    let missing = hierarchy.bottomNames.filter { !available.contains($0) }
    guard let first = missing.first else { return }
    let hint = closestName(to: first, in: series.map(\.name)).map { "; did you mean '\($0)'?" } ?? ""
    let others = missing.count == 1 ? "" : " (and \(missing.count - 1) others)"
    throw Failure(.badData, "\(name) has no series '\(first)'\(others), which \(path) adds up\(hint)")
  }

  /// Each series by itself: only its periods add up.
  private func single(
    _ series: [TimeSeries], of name: String, by model: String
  ) async throws -> ReconciliationText {
    let chosen = try selection.chosen(from: series, named: \.name, in: name)
    let base = self.model.forecaster(effort: effort.value)
    let scaling = temporal ?? .structural
    let requests = chosen.map { request(for: [$0]) }
    let nodes = try await ParallelMap(jobs: jobs).map(chosen.count, progress: progress(of: chosen.count)) {
      index in
      Result { try node(of: chosen[index], by: base, scaling, requests[index]) }
    }
    let outcomes = zip(chosen, nodes).map { SeriesSelection.Outcome(name: $0.name, result: $1) }
    return ReconciliationText(
      nodes: try selection.results(of: outcomes, in: name, messages: output.messages), model: model,
      method: nil, count: chosen.count, bottomCount: chosen.count, shrinkage: nil, levels: levels.levels)
  }

  private func request(for series: [TimeSeries]) -> ForecastRequest {
    ForecastRequest(
      horizon: horizon ?? (series.first?.start.unit ?? .month).usualHorizon, levels: levels.levels, seed: seed
    )
  }

  private func progress(of total: Int) -> @Sendable (Int) -> Void {
    { [messages = output.messages] in messages.progress($0, of: total, "forecasting") }
  }

  private static let mostRemarks = 5
}

/// One series by one model at every length of period, with what the models said by themselves.
private func node(
  of series: TimeSeries, by base: some Forecaster, _ scaling: TemporalScaling, _ request: ForecastRequest
) throws -> ReconciliationText.Node {
  let fitted = try TemporallyReconciled(base, scaling: scaling).fit(to: series)
  return ReconciliationText.Node(
    series: series, isSum: false, forecast: fitted.forecast(request),
    base: fitted.shortest.forecast(request).mean,
    withTotals: true, baseTotals: { fitted.baseMeans(of: $0, request) })
}
