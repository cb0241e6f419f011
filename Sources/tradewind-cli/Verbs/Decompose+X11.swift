import ArgumentParser
import TradeReport
import Tradewind

/// Adjustments by X-11, with a model before it or without.
extension Decompose {
  func runX11() async throws {
    let specification = x11.specification(mode: (mode ?? .multiplicative).x11)
    let tables = try x11.tables?.tables(withModel: false) ?? []
    let totals = x11.force?.totals
    let items = try await adjusted { series in
      try checkFilters(specification, series)
      let one = try specification.decompose(series, tables: tables.x11)
      let adjusted = TimeSeries(
        one.seasonallyAdjusted, start: series.start, seasonalPeriod: series.seasonalPeriod)
      return AdjustmentItem(parts: one, forced: try totals?.adjust(adjusted, to: series).values)
    }
    try write(
      X11Text(items: items, tables: tables, shown: x11.show ?? .components, shape: input.selection.shape()))
  }

  func runAdjustment(_ orders: OrderOption) async throws {
    let tables = try x11.tables?.tables(withModel: true) ?? []
    var specification = SeasonalAdjustment(
      x11: x11.specification(mode: .multiplicative), mode: mode?.x11, forecasts: adjustment.forecasts,
      backcasts: adjustment.backcasts ?? 0, totals: x11.force?.totals)
    specification.adjustsAnyway = adjustment.adjustAnyway
    let choice = adjustment.choice(orders, mode: mode?.x11)
    let items = try await adjusted { [specification] series in
      try checkFilters(specification.x11, series)
      try specification.checkPeriods(of: series)
      var engine = X11Engine()
      let fitted = try choice.fitted(to: series).fit
      return AdjustmentItem(
        try specification.adjust(after: fitted, with: &engine, tables: tables.x11))
    }
    try write(
      X11Text(items: items, tables: tables, shown: x11.show ?? .components, shape: input.selection.shape()))
  }

  /// What is made of each series; errors say what would help.
  private func adjusted(
    _ adjust: @escaping @Sendable (TimeSeries) throws -> AdjustmentItem
  ) async throws -> [AdjustmentItem] {
    try await input.results(doing: "adjusting", jobs: jobs, messages: output.messages) { series in
      do {
        return try adjust(series)
      } catch {
        throw AdjustmentAdvice(error) ?? error
      }
    }
  }

  private func write(_ result: X11Text) throws {
    switch output.format {
    case .table: try output.write(result.table)
    case .csv: try output.write(result.csv)
    case .json: try output.write(try result.json)
    }
    try drawing.write { language in
      result.items.map { item in
        chartKind == .subseries
          ? .subseries(
            item.whole.map { SeasonalSubseries($0, language: language) }
              ?? SeasonalSubseries(item.parts, language: language))
          : .panels(
            item.whole.map { PanelChart($0, language: language) }
              ?? PanelChart(item.parts, language: language))
      }
    }
  }
}

func checkFilters(_ specification: X11, _ series: TimeSeries) throws {
  let filters = specification.seasonalFilters.count
  guard filters == 1 || filters == series.seasonalPeriod else {
    throw ValidationError("--seasonal-filter names \(filters) filters for \(series.seasonalPeriod) seasons")
  }
}

extension [TableName] {
  /// Those that X-11 has to keep.
  fileprivate var x11: Set<X11Table> {
    Set(compactMap { if case .x11(let table) = $0 { table } else { nil } })
  }
}
