import Tradewind

extension ReportChart {
  /// A backtest as pictures: error and coverage by how far ahead forecasts looked, and past forecasts over what came.
  ///
  /// One series begins with its forecasts. Of several, error and coverage of all together come first, then each series' error beside that of
  /// the benchmark, then the forecasts of the first three. Forecasts are those of the first model, from origins that lie a horizon apart.
  /// Errors are in units of those of the seasonal naive method (MASE); of a single series that has no such unit they are absolute. Of more than
  /// six models the five with the smallest errors and the benchmark are drawn.
  ///
  /// ```swift
  /// let sheet = ChartSheet(charts: ReportChart.backtest(result, of: partners, benchmark: 1)).svg()
  /// ```
  ///
  /// - Parameters:
  ///   - result: What the backtest found.
  ///   - series: The series it was run on, in the same order.
  ///   - names: What the models are called; their own names if nil.
  ///   - benchmark: The place of the model that others are compared with; nil if there is none.
  ///   - unit: The unit of the series, as facts have it (`t`, `usd_million`); may be empty.
  ///   - language: The language of titles.
  public static func backtest(
    _ result: BacktestResult, of series: [TimeSeries], names: [String]? = nil, benchmark: Int? = nil,
    unit: String = "", language: ReportLanguage = .english
  ) -> [ReportChart] {
    let pictures = BacktestPictures(
      result: result, series: series, names: names ?? result.models, benchmark: benchmark, unit: unit,
      words: ChartWords(language: language))
    let horizon = [ReportChart.horizon(pictures.byHorizon)]
    let rolling = pictures.rolling.map(ReportChart.rolling)
    return series.count == 1 ? rolling + horizon : horizon + pictures.bySeries.map(dumbbell) + rolling
  }
}

/// What the pictures of a backtest have in common.
private struct BacktestPictures {
  let result: BacktestResult
  let series: [TimeSeries]
  let names: [String]
  let benchmark: Int?
  let unit: String
  let words: ChartWords

  private static let seriesDrawn = 3
  /// Periods over which forecasts are drawn: about five years of months.
  private static let periodsDrawn = 60

  // MARK: By horizon

  var byHorizon: HorizonChart {
    let models = drawn
    var panels: [HorizonChart.Panel] = []
    func add(_ measure: AccuracyMeasure, _ name: String, unit: String = "", target: Double? = nil) {
      let values = models.map { result.valuesByStep(of: measure, model: $0) }
      guard values.joined().contains(where: \.isFinite) else { return }
      panels.append(.init(name, values, unit: unit, target: target))
    }
    add(.mase, "MASE")
    if panels.isEmpty, series.count == 1 {
      add(.mae, words.pick("mean absolute error", "平均绝对误差"), unit: unit)
    }
    for level in result.backtest.levels.suffix(4) {
      let name = words.interval(level) + words.pick(" covers", "覆盖率")
      add(.coverage(level: level), name, unit: "percent", target: 100 * level)
    }
    let units = Set(series.map(\.start.unit))
    var chart = HorizonChart(
      title: title(words.pick("error and coverage by horizon", "各提前期的误差与覆盖率")),
      lines: models.map { names[$0] }, panels: panels, unit: units.count == 1 ? units.first : nil)
    chart.source = words.sentences([
      words.pick(
        "\(words.number(result.origins.count)) origins; MASE: absolute errors over those of the seasonal naive method in what was known.",
        "共\(words.number(result.origins.count))个预测起点；MASE为绝对误差与已知数据中季节性朴素法误差之比。"),
      models.count < names.count ? words.notDrawn(names.count - models.count, of: "models") : "",
    ])
    return chart
  }

  /// The models with the smallest errors in the order in which they were named, and the benchmark.
  private var drawn: [Int] {
    let most = LineStyle.count
    guard names.count > most else { return Array(names.indices) }
    let best = result.order(by: .mase).filter { $0 != benchmark }.prefix(benchmark == nil ? most : most - 1)
    return names.indices.filter { best.contains($0) || $0 == benchmark }
  }

  private func title(_ text: String) -> String {
    if series.count > 1 {
      let count = words.number(series.count)
      return words.pick("\(count) series", "\(count)个序列") + words.pick(": ", "：") + text
    }
    let name = series.first?.name ?? ""
    return (name.isEmpty ? "" : clipped(name, to: 80) + words.pick(": ", "：")) + text
  }

  // MARK: By series

  /// The first model's error of each series beside the benchmark's.
  var bySeries: [DumbbellChart] {
    guard let benchmark, benchmark != 0, !names.isEmpty else { return [] }
    let (own, theirs) = (
      result.valuesBySeries(of: .mase, model: 0), result.valuesBySeries(of: .mase, model: benchmark)
    )
    let items = series.indices.filter { own[$0].isFinite }.map {
      DumbbellChart.Item(series[$0].name, before: theirs[$0], after: own[$0])
    }
    guard !items.isEmpty else { return [] }
    return [
      DumbbellChart(
        title: words.pick("MASE by series, the largest first", "各序列的MASE（由大到小）"), unit: "",
        beforeName: names[benchmark], afterName: names[0], items: items)
    ]
  }

  // MARK: Forecasts over what came

  var rolling: [RollingForecastChart] {
    guard let model = names.first else { return [] }
    let horizon = result.backtest.horizon
    let most = min(24, max(3, Self.periodsDrawn / horizon))
    let tried = series.indices.map { ($0, result.separateOrigins(ofSeries: $0, atMost: most)) }
      .filter { !$1.isEmpty }
    let shown = tried.prefix(Self.seriesDrawn)
    return shown.enumerated().map { place, item in
      RollingForecastChart(
        series: series[item.0], unit: unit, model: model, runs: item.1.map(run),
        others: place + 1 == shown.count ? tried.count - shown.count : 0)
    }
  }

  /// The first model's forecast from an origin.
  private func run(_ origin: Int) -> RollingForecastChart.Run {
    let levels = result.backtest.levels
    let places = result.singleSteps.map { result.index(origin: origin, model: 0, target: $0) }
    return RollingForecastChart.Run(
      origin: result.origins[origin].period, points: places.map { result.forecasts[$0] },
      intervals: places.map { place in
        levels.enumerated().map { index, level in
          PredictionInterval(
            level: level, lower: result.lower[place * levels.count + index],
            upper: result.upper[place * levels.count + index])
        }
      })
  }
}
