import Tradewind

/// Forecasts as a table, as CSV and as JSON.
struct ForecastText {
  struct Entry {
    let series: TimeSeries
    /// The model as it was asked for, such as `ets`.
    let model: String
    /// Without the law of its steps.
    let forecast: Forecast
    /// Whole quarters and years within the horizon, from the joint law of the steps; none for points only.
    let totals: [(period: Period, total: Forecast.Total)]

    init(series: TimeSeries, model: String, forecast: Forecast, withTotals: Bool) {
      self.series = series
      self.model = model
      var points = forecast
      points.joint = .pointsOnly
      self.forecast = points
      guard withTotals else {
        totals = []
        return
      }
      totals =
        forecast.total(over: .quarter).map { ($0.period.first.quarterPeriod, $0) }
        + forecast.total(over: .year).map { (.year($0.period.first.year), $0) }
    }
  }

  /// In the order of the file, and for each series in that of the models.
  let entries: [Entry]
  /// The intervals' levels; none for points only.
  let levels: [Double]
  /// Whether the table says how a forecast came about.
  let explains: Bool
  let shape: JSONText.Shape

  var table: String { entries.map(table).joined(separator: "\n") }

  private func table(_ entry: Entry) -> String {
    let forecast = entry.forecast
    var table = TextTable(
      [("period", .left), ("mean", .right)]
        + levels.flatMap { [("\(LevelList.name($0)) % from", .right), ("to", .right)] })
    let places = NumberText.decimals(forTypicalOf: forecast.mean, digits: 4)
    for (period, numbers) in rows(of: forecast) {
      table.add(["\(period)"] + numbers.map { NumberText.fixed($0, decimals: places) })
    }
    let series = entry.series
    let name = series.name.isEmpty ? "" : "\(series.name): "
    let missing = series.missingCount == 0 ? "" : ", \(series.missingCount) of them missing"
    return """
      \(name)\(forecast.model), \(series.start) to \(series.end), \(series.count) periods\(missing)

      \(table.text)
      """ + (explains ? ExplanationText(forecast.explanation, forecast.summary)?.table ?? "" : "")
  }

  var csv: String {
    var csv = CSVText(
      header: ["unique_id", "ds", "model", "mean"]
        + levels.map(LevelList.name).flatMap { ["lo-\($0)", "hi-\($0)"] })
    for entry in entries {
      for (period, numbers) in rows(of: entry.forecast) {
        csv.add([entry.series.name, "\(period)", entry.model] + numbers.map { CSVText.number($0) })
      }
    }
    return csv.text
  }

  /// For each step the mean and the ends of its intervals.
  private func rows(of forecast: Forecast) -> [(Period, [Double])] {
    forecast.periods.enumerated().map { step, period in
      (period, [forecast.mean[step]] + forecast.intervals[step].flatMap { [$0.lower, $0.upper] })
    }
  }

  var json: String { get throws { try JSONText.text(entries.map(JSONEntry.init), as: shape) } }

  private struct JSONEntry: Encodable {
    struct Step: Encodable {
      let period: String
      let mean, median: Double
      let intervals: [PredictionInterval]
    }

    let series, model, fitted: String
    let seasonalPeriod: Int
    let horizon: [Step]
    let totals: [Step]
    let explanation: ExplanationText?

    init(_ entry: Entry) {
      let forecast = entry.forecast
      series = entry.series.name
      model = entry.model
      fitted = forecast.model
      seasonalPeriod = entry.series.seasonalPeriod
      horizon = forecast.periods.enumerated().map { step, period in
        Step(
          period: "\(period)", mean: forecast.mean[step], median: forecast.median[step],
          intervals: forecast.intervals[step])
      }
      totals = entry.totals.map {
        Step(
          period: "\($0.period)", mean: $0.total.mean, median: $0.total.median, intervals: $0.total.intervals)
      }
      explanation = ExplanationText(forecast.explanation, forecast.summary)
    }
  }
}
