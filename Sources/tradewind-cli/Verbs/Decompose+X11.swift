import ArgumentParser
import TradeReport
import Tradewind

/// Adjustments by X-11, with a model before it or without.
extension Decompose {
  func runX11() throws {
    let specification = x11.specification(mode: (mode ?? .multiplicative).x11)
    let tables = x11.tables?.tables ?? []
    var engine = X11Engine()
    let items = try input.results(doing: "adjusting", messages: output.messages) { series in
      try checkFilters(specification, series)
      let one = try engine.decompose(series, by: specification, tables: Set(tables))
      let adjusted = TimeSeries(
        one.seasonallyAdjusted, start: series.start, seasonalPeriod: series.seasonalPeriod)
      return X11Text.Item(parts: one, forced: try x11.force?.totals.adjust(adjusted, to: series).values)
    }
    try write(X11Text(items: items, tables: tables))
  }

  func runAdjustment(_ orders: OrderOption) throws {
    let tables = x11.tables?.tables ?? []
    let specification = SeasonalAdjustment(
      x11: x11.specification(mode: .multiplicative), mode: mode?.x11, forecasts: adjustment.forecasts,
      backcasts: adjustment.backcasts ?? 0, totals: x11.force?.totals)
    let choice = adjustment.choice(orders, mode: mode?.x11)
    var engine = X11Engine()
    let items = try input.results(doing: "adjusting", messages: output.messages) { series in
      try checkFilters(specification.x11, series)
      let fitted = try choice.fitted(to: series).fit
      return X11Text.Item(
        try specification.adjust(after: fitted, with: &engine, tables: Set(tables)))
    }
    try write(X11Text(items: items, tables: tables))
  }

  func checkFilters(_ specification: X11, _ series: TimeSeries) throws {
    let filters = specification.seasonalFilters.count
    guard filters == 1 || filters == series.seasonalPeriod else {
      throw ValidationError("--seasonal-filter names \(filters) filters for \(series.seasonalPeriod) seasons")
    }
  }

  private func write(_ result: X11Text) throws {
    switch output.format {
    case .table: try output.write(result.table)
    case .csv: try output.write(result.csv)
    case .json: try output.write(try result.json)
    }
    try drawing.write(result.items.map { .panels($0.whole.map { PanelChart($0) } ?? PanelChart($0.parts)) })
  }
}
