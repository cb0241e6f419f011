import Tradewind

/// Coherent forecasts as a table, as CSV and as JSON.
struct ReconciliationText: ResultText {
  struct Node {
    let series: TimeSeries
    let isSum: Bool
    let forecast: Forecast
    /// The means before they were made coherent.
    let base: [Double]
    /// Whole quarters and years within the horizon, where they are wanted.
    let totals: [(period: Period, total: Forecast.Total)]
    /// The means of these before they were made coherent.
    let baseTotals: [Double]

    init(
      series: TimeSeries, isSum: Bool, forecast: Forecast, base: [Double], withTotals: Bool,
      baseTotals: ([Forecast.Total]) -> [Double]
    ) {
      (self.series, self.isSum, self.base) = (series, isSum, base)
      totals =
        withTotals
        ? forecast.total(over: .quarter).map { ($0.period.first.quarterPeriod, $0) }
          + forecast.total(over: .year).map { (.year($0.period.first.year), $0) }
        : []
      self.baseTotals = baseTotals(totals.map(\.total))
      var points = forecast
      points.joint = .pointsOnly
      self.forecast = points
    }
  }

  /// Sums first, in the order of the hierarchy.
  let nodes: [Node]
  /// The model as it was asked for.
  let model: String
  /// The method's name; nil where only periods add up.
  let method: String?
  let count: Int
  let bottomCount: Int
  let shrinkage: Double?
  /// The intervals' levels.
  let levels: [Double]

  private var label: String { method.map { "\(model)/\($0)" } ?? model }

  /// A period, its mean before reconciliation, its mean, and the ends of its intervals.
  private func rows(of node: Node) -> [(period: Period, base: Double, numbers: [Double])] {
    let forecast = node.forecast
    return forecast.periods.enumerated().map { step, period in
      (period, node.base[step], [forecast.mean[step]] + ends(forecast.intervals[step]))
    }
      + zip(node.totals, node.baseTotals).map {
        ($0.period, $1, [$0.total.mean] + ends($0.total.intervals))
      }
  }

  private func ends(_ intervals: [PredictionInterval]) -> [Double] {
    intervals.flatMap { [$0.lower, $0.upper] }
  }

  var table: String {
    var head =
      method.map { "\(model), made coherent by \($0): \(count) nodes, \(bottomCount) of them at the bottom" }
      ?? "\(model): months, quarters and years that add up"
    if let shrinkage { head += "; correlations shrunk by \(NumberText.percent(shrinkage))" }
    var table = TextTable(
      [("series", .left), ("period", .left), ("alone", .right), ("coherent", .right)]
        + levels.flatMap { [("\(LevelList.name($0)) % from", .right), ("to", .right)] })
    for node in nodes {
      let places = NumberText.decimals(forTypicalOf: node.forecast.mean, digits: 5)
      for (row, place) in zip(rows(of: node), 0...) {
        table.add(
          [place == 0 ? node.series.name : "", "\(row.period)"]
            + ([row.base] + row.numbers).map { NumberText.fixed($0, decimals: places) })
      }
    }
    return "\(head)\n\n\(table.text)"
  }

  var csv: String {
    var csv = CSVText(
      header: ["unique_id", "ds", "model", "mean"]
        + levels.map(LevelList.name).flatMap { ["lo-\($0)", "hi-\($0)"] } + ["alone"])
    for node in nodes {
      for row in rows(of: node) {
        csv.add(
          [node.series.name, "\(row.period)", label] + (row.numbers + [row.base]).map { CSVText.number($0) })
      }
    }
    return csv.text
  }

  var json: String {
    get throws {
      try JSONText.text(
        JSONResult(
          model: model, method: method, shrinkage: shrinkage, nodes: nodes.map(JSONNode.init)))
    }
  }

  private struct JSONResult: Encodable {
    let model: String
    let method: String?
    let shrinkage: Double?
    let nodes: [JSONNode]
  }

  private struct JSONNode: Encodable {
    struct Step: Encodable {
      let period: String
      let mean, median: Double
      /// The mean before forecasts were made coherent.
      let alone: Double
      let intervals: [PredictionInterval]
    }

    let series, fitted: String
    let isSum: Bool
    let horizon: [Step]
    let totals: [Step]

    init(_ node: Node) {
      series = node.series.name
      fitted = node.forecast.model
      isSum = node.isSum
      horizon = node.forecast.periods.enumerated().map { step, period in
        Step(
          period: "\(period)", mean: node.forecast.mean[step], median: node.forecast.median[step],
          alone: node.base[step], intervals: node.forecast.intervals[step])
      }
      totals = zip(node.totals, node.baseTotals).map {
        Step(
          period: "\($0.period)", mean: $0.total.mean, median: $0.total.median, alone: $1,
          intervals: $0.total.intervals)
      }
    }
  }
}
