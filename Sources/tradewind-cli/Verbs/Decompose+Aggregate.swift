import ArgumentParser
import Tradewind

/// A total adjusted directly and by its parts.
extension Decompose {
  func runAggregate(_ aggregate: AggregateOption) throws {
    let (file, series) = try input.chosen()
    var (published, parts) = try aggregate.chosen(from: series, in: file)
    do {
      if let orders = adjustment.arima {
        // Calendar, outliers and orders are chosen for each series of its own.
        for (i, part) in parts.enumerated() { parts[i].method = try method(for: part.series, orders) }
        let total = try published ?? AggregateAdjustment.sum(of: parts, named: aggregate.total)
        try write(
          AggregateAdjustment(try method(for: total, orders)).adjust(
            aggregate.total, of: parts, published: published))
      } else {
        let x11 = x11.specification(mode: (mode ?? .multiplicative).x11)
        if let first = series.first { try checkFilters(x11, first) }
        var total = x11
        let whole = try published ?? AggregateAdjustment.sum(of: parts, named: aggregate.total)
        if mode == nil, whole.values.contains(where: { $0 <= 0 }) {
          total.mode = .additive
          output.messages.remark("\(aggregate.total) is not above zero throughout: it is adjusted additively")
        }
        try write(
          AggregateAdjustment(.x11(total), parts: .x11(x11)).adjust(
            aggregate.total, of: parts, published: published))
      }
    } catch let error as AggregateError {
      throw Failure(.badData, "\(file): \(error)")
    } catch let error as ForecastError {
      throw Failure(.badData, "\(file): \(error)")
    }
  }

  /// The model of one series, and what comes after it.
  private func method(for series: TimeSeries, _ orders: OrderOption) throws -> AggregateAdjustment.Method {
    let x11 = x11.specification(mode: .multiplicative)
    try checkFilters(x11, series)
    let choice = adjustment.choice(orders, mode: mode?.x11)
    output.messages.progress(0, of: 1, "choosing the model of \(series.name)")
    let fitted = try choice.fitted(to: series).fit
    var specification = SeasonalAdjustment(
      .given(fitted.model), x11: x11, mode: mode?.x11, forecasts: adjustment.forecasts,
      backcasts: adjustment.backcasts ?? 0)
    specification.adjustsAnyway = adjustment.adjustAnyway
    return .model(specification)
  }

  private func write(_ result: AdjustedAggregate) throws {
    let text = AggregateText(result: result)
    switch output.format {
    case .table: try output.write(text.table)
    case .csv: try output.write(text.csv)
    case .json: try output.write(try text.json)
    }
  }
}
