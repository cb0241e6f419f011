import Tradewind

/// What a backtest found, as a table, as CSV and as JSON.
struct BacktestText: ResultText {
  let result: BacktestResult
  /// The models as they were asked for, the seasonal naive method and naive2 among them.
  let models: [String]

  /// The place of what skill is relative to.
  var benchmark: Int { models.firstIndex(of: ModelChoice.benchmark.name) ?? 0 }
  /// The place of what OWA is relative to.
  private var naive2: Int { models.firstIndex(of: ModelChoice.naive2.name) ?? 0 }
  private var levels: [Double] { result.backtest.levels }

  /// The measures of the table, as many as a line holds: those with a unit for one series, those without for several.
  private var shown: [AccuracyMeasure] {
    let errors: [AccuracyMeasure] = result.series.count == 1 ? [.mae, .rmse, .mase] : [.mase, .rmsse]
    return errors + [.smape, .bias, .crps]
      + levels.suffix(1).map { .msis(level: $0) }
      + levels.map { .coverage(level: $0) }
  }

  /// The measures of CSV and JSON.
  private var all: [AccuracyMeasure] {
    [.meanError, .mae, .rmse, .mape, .smape, .wape, .bias, .mase, .rmsse, .pinball, .crps]
      + levels.flatMap { [.msis(level: $0), .coverage(level: $0), .width(level: $0)] as [AccuracyMeasure] }
      + [.energyScore]
  }

  /// OWA by a name of its own: it is no mean of losses.
  private static let owa = "OWA"

  private func owa(_ model: Int, _ targets: [Int]? = nil, series: Int? = nil) -> Double {
    result.owa(model: model, benchmark: naive2, targets: targets, series: series)
  }

  var table: String {
    let steps = horizonTable(.mase, title: "MASE")
    let coverage = levels.last.map {
      "\n" + horizonTable(.coverage(level: $0), title: "\(LevelList.name($0)) % interval covers, %")
    }
    return heading + "\n" + overall + ranks + "\n" + steps + (coverage ?? "")
  }

  private var heading: String {
    let origins = result.origins
    let periods = origins.map(\.period)
    let first = periods.min { $0.firstMonth < $1.firstMonth }.map { "\($0)" } ?? ""
    let last = periods.max { $0.firstMonth < $1.firstMonth }.map { "\($0)" } ?? ""
    let backtest = result.backtest
    let window =
      switch backtest.window {
      case .expanding: "all that was known"
      case .sliding(let length): "the last \(length) periods"
      }
    let refit = backtest.refit == 1 ? "" : ", fitted anew at every \(backtest.refit)th"
    let subject =
      result.series.count == 1
      ? (result.series[0].isEmpty ? "" : "\(result.series[0]): ") : "\(result.series.count) series: "
    return """
      \(subject)\(origins.count) origins, \(first) to \(last), \(backtest.horizon) periods ahead, from \(window)\(refit)

      """
  }

  private var overall: String {
    var table = TextTable(
      [("model", .left)] + shown.map { (title($0), .right) }
        + [Self.owa, "skill", "p"].map { ($0, .right) })
    for model in models.indices {
      let values = shown.map { result.value(of: $0, model: model) }
      let cells = zip(shown, values).map { measure, value in cell(measure, value) }
      let isBenchmark = model == benchmark
      let skill = result.skill(of: .mase, model: model, benchmark: benchmark)
      let p = result.difference(between: model, and: benchmark, in: .mase).pValue
      table.add(
        [models[model]] + cells + [
          NumberText.fixed(owa(model), decimals: 3),
          isBenchmark || skill.isNaN ? "" : NumberText.percent(skill),
          isBenchmark || p.isNaN ? "" : probability(p),
        ])
    }
    return table.text
      + "OWA: mean of sMAPE and MASE, each over that of \(ModelChoice.naive2.name); "
      + "skill: how much smaller MASE is than that of \(ModelChoice.benchmark.name); p: of no difference (Diebold–Mariano)\n"
      + (hasNoScale ? Self.noScale : "")
  }

  /// Whether forecasts were compared, and there was nothing to scale their errors by.
  private var hasNoScale: Bool {
    models.indices.allSatisfy { model in
      result.value(of: .mase, model: model).isNaN && result.value(of: .mae, model: model).isFinite
    }
  }

  private static let noScale = """
    MASE, RMSSE, CRPS, MSIS, OWA and skill cannot be computed: they are relative to the errors of the seasonal naive method in the \
    known periods, and these are all zero, as in a series that is constant or repeats each year exactly

    """

  private var ranks: String {
    guard let ranks = result.ranks(by: .mase), ranks.count >= 2, ranks.statistic.isFinite else { return "" }
    let order = models.indices.sorted { (ranks.meanRanks[$0], $0) < (ranks.meanRanks[$1], $1) }
    let listed = order.map { "\(models[$0]) \(NumberText.fixed(ranks.meanRanks[$0], decimals: 2))" }
    let distance = NumberText.fixed(ranks.criticalDifference(), decimals: 2)
    return """
      mean ranks over \(ranks.count) series: \(listed.joined(separator: ", ")); Friedman's p \(probability(ranks.pValue)); two differ at 5 % from \(distance) on (Nemenyi)

      """
  }

  private func horizonTable(_ measure: AccuracyMeasure, title: String) -> String {
    var table = TextTable([(title, .left)] + models.map { ($0, .right) })
    for (target, steps) in result.targets.enumerated() {
      table.add(
        [name(steps)]
          + models.indices.map { cell(measure, result.value(of: measure, model: $0, targets: [target])) })
    }
    return table.text
  }

  private func name(_ steps: Range<Int>) -> String {
    steps.count == 1 ? "\(steps.upperBound)" : "\(steps.lowerBound + 1)–\(steps.upperBound) together"
  }

  private func title(_ measure: AccuracyMeasure) -> String {
    switch measure {
    case .coverage(let level): "\(LevelList.name(level)) % covers"
    case .smape: "sMAPE, %"
    default: measure.name
    }
  }

  private func cell(_ measure: AccuracyMeasure, _ value: Double) -> String {
    switch measure {
    case .coverage, .bias: value.isNaN ? "–" : NumberText.percent(value / 100)
    case .mae, .rmse: NumberText.significant(value, digits: 4)
    case .smape: NumberText.fixed(value, decimals: 2)
    default: NumberText.fixed(value, decimals: 3)
    }
  }

  private func probability(_ p: Double) -> String {
    p < 0.0001 ? "<0.0001" : NumberText.fixed(p, decimals: 4)
  }

  /// What OWA, a mean of ratios, is in.
  private static let ratio = "ratio"

  /// One row a series, model, target and measure; the mean over the series has no id.
  var csv: String {
    var csv = CSVText(header: ["unique_id", "model", "steps", "measure", "value"])
    let parts = [nil] + result.targets.indices.map { [$0] }
    func add(_ measure: String, _ targets: [Int]?, _ model: Int, _ values: [Double], mean: Double?) {
      let steps = targets.map { columnName(result.targets[$0[0]]) } ?? "all"
      for (name, value) in zip(result.series, values) {
        csv.add([name, models[model], steps, measure, CSVText.number(value)])
      }
      if result.series.count > 1, let mean {
        csv.add(["", models[model], steps, measure, CSVText.number(mean)])
      }
    }
    for measure in all {
      for targets in parts where targets == nil || measure != .energyScore {
        for model in models.indices {
          let values = result.valuesBySeries(of: measure, model: model, targets: targets)
          let mean = result.value(of: measure, model: model, targets: targets)
          add(measure.name, targets, model, values, mean: measure.isScaleFree ? mean : nil)
        }
      }
    }
    for targets in parts {
      for model in models.indices {
        let values = result.series.indices.map { owa(model, targets, series: $0) }
        add(Self.owa, targets, model, values, mean: owa(model, targets))
      }
    }
    return csv.text
  }

  private func columnName(_ steps: Range<Int>) -> String {
    steps.count == 1 ? "\(steps.upperBound)" : "\(steps.lowerBound + 1)-\(steps.upperBound)"
  }

  /// Every forecast with what came, as CSV; single steps only.
  func forecasts(of series: [TimeSeries]) -> String {
    var csv = CSVText(
      header: ["unique_id", "ds", "cutoff", "model", "y", "mean"]
        + levels.map(LevelList.name).flatMap { ["lo-\($0)", "hi-\($0)"] })
    for (o, origin) in result.origins.enumerated() {
      for model in models.indices {
        for step in result.singleSteps {
          let place = result.index(origin: o, model: model, target: step)
          let ends = levels.indices.flatMap {
            [result.lower[place * levels.count + $0], result.upper[place * levels.count + $0]]
          }
          csv.add(
            [
              result.series[origin.series], "\(origin.period.advanced(by: step + 1))", "\(origin.period)",
              models[model],
            ]
              + ([result.actuals[o * result.targets.count + step], result.forecasts[place]] + ends)
              .map { CSVText.number($0) })
        }
      }
    }
    return csv.text
  }

  var json: String { get throws { try JSONText.text(Summary(self)) } }

  private struct Summary: Encodable {
    struct Model: Encodable {
      struct Part: Encodable {
        let steps: String
        let measures: [String: Double]
      }

      let model: String
      let skill, pValue, meanRank: Double?
      let overall: [String: Double]
      let byHorizon: [Part]
    }

    struct Ranks: Encodable {
      let statistic, pValue, criticalDifference: Double
      let series: Int
    }

    let series: [String]
    let origins, compared, failures: Int
    let horizon: Int
    let benchmark: String
    let friedman: Ranks?
    let models: [Model]
    /// What the numbers are in, by measure; also of a model's skill and p.
    let units: [String: String]

    init(_ text: BacktestText) {
      let result = text.result
      let ranks = result.ranks(by: .mase)
      series = result.series
      origins = result.origins.count
      compared = result.comparedCount()
      failures = result.failures.count
      horizon = result.backtest.horizon
      benchmark = ModelChoice.benchmark.name
      friedman = ranks.map {
        Ranks(
          statistic: $0.statistic, pValue: $0.pValue, criticalDifference: $0.criticalDifference(),
          series: $0.count)
      }
      let meaningful = text.all.filter { $0.isScaleFree || result.series.count == 1 }
      units = Dictionary(
        meaningful.map { ($0.name, $0.unit.rawValue) }
          + [(BacktestText.owa, BacktestText.ratio), ("skill", "fraction"), ("pValue", "fraction")],
        uniquingKeysWith: { first, _ in first })
      func measures(_ model: Int, _ targets: [Int]?) -> [String: Double] {
        let chosen = meaningful.filter { targets == nil || $0 != .energyScore }
        let pairs =
          chosen.map { ($0.name, result.value(of: $0, model: model, targets: targets)) }
          + [(BacktestText.owa, text.owa(model, targets))]
        return Dictionary(pairs.filter { !$0.1.isNaN }, uniquingKeysWith: { first, _ in first })
      }
      models = text.models.indices.map { model in
        let isBenchmark = model == text.benchmark
        return Model(
          model: text.models[model],
          skill: isBenchmark ? nil : result.skill(of: .mase, model: model, benchmark: text.benchmark),
          pValue: isBenchmark
            ? nil : result.difference(between: model, and: text.benchmark, in: .mase).pValue,
          meanRank: ranks?.meanRanks[model], overall: measures(model, nil),
          byHorizon: result.targets.indices.map {
            .init(steps: text.columnName(result.targets[$0]), measures: measures(model, [$0]))
          })
      }
    }
  }
}
