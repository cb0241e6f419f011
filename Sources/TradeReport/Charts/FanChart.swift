import TradeStatistics
import Tradewind

/// A picture of one projection or forecast: the months behind it and the fan of what may come.
///
/// Published months are filled dots, months derived from published figures hollow diamonds, and estimated months a
/// bar over their 95 % range: shapes tell them apart, colour only helps. Each projected month shows its median as
/// a line across a box for each interval, narrower boxes for wider levels; a bracket names the quarter's total.
///
/// ```swift
/// let picture = FanChart(projection: projection).svg()
/// ```
///
/// The colours are those of M. Okabe and K. Ito, "Color Universal Design" (2008); they follow the reader's light or
/// dark setting. Values that are missing or infinite are left out. Ranges that reach more than two and a half times
/// beyond the largest median are cut, with an arrow; the alternative text and the table have them whole.
public struct FanChart: Sendable {
  let content: FanContent
  let historyPeriods: Int?

  /// A chart of `projection`. An empty history or horizon is drawn as what is left.
  ///
  /// - Parameters:
  ///   - projection: what is drawn.
  ///   - name: what the series is called in the heading; made from its name if nil.
  ///   - historyPeriods: how many periods before the projection are shown (1…240), as many as fit well if nil.
  public init(projection: Projection, name: String? = nil, historyPeriods: Int? = nil) {
    content = FanContent(projection, name: name)
    self.historyPeriods = historyPeriods
  }

  /// A chart of a forecast and of the series behind it.
  ///
  /// - Parameters:
  ///   - forecast: what may follow, with its intervals.
  ///   - series: what was observed.
  ///   - name: the heading; the series' name if nil.
  ///   - unit: the unit of the values, as facts have it (`t`, `usd_million`); may be empty.
  ///   - historyPeriods: how many observations are shown (1…240), five years (of months) if nil.
  public init(
    forecast: Forecast, of series: TimeSeries, name: String? = nil, unit: String = "",
    historyPeriods: Int? = nil
  ) {
    content = FanContent(forecast, of: series, name: name ?? series.name, unit: unit)
    self.historyPeriods = historyPeriods ?? 60
  }

  /// A chart of a quarter or year that has begun: what was observed, what is to come of it, and its total.
  ///
  /// - Parameters:
  ///   - nowcast: the whole and its parts.
  ///   - series: what was observed.
  ///   - name: what the series is called in the heading; the series' name if nil.
  ///   - unit: the unit of the values, as facts have it (`t`, `usd_million`); may be empty.
  ///   - historyPeriods: how many observations are shown (1…240), three years (of months) if nil.
  public init(
    nowcast: Nowcast, of series: TimeSeries, name: String? = nil, unit: String = "",
    historyPeriods: Int? = nil
  ) {
    content = FanContent(nowcast, of: series, name: name ?? series.name, unit: unit)
    self.historyPeriods = historyPeriods ?? 36
  }

  /// The chart as one SVG document, which any browser and drawing program opens.
  ///
  /// - Parameters:
  ///   - width: in pixels, kept within 280…2000. Letters keep their size, so 360 suits a telephone.
  ///   - language: the language of the chart's own words.
  public func svg(width: Int = 720, language: ReportLanguage = .english) -> String {
    ReportChart.fan(self).svg(width: width, language: language)
  }
}

extension FanChart: ChartDrawing {
  private func words(_ language: ReportLanguage) -> FanWords {
    let format = QuantityFormat(
      unit: content.unit, values: content.history.map(\.median) + content.horizon.map(\.median),
      language: language)
    return FanWords(content: content, format: format, language: language)
  }

  func heading(_ language: ReportLanguage) -> String { words(language).title }
  func sourceLine(_ language: ReportLanguage) -> String { words(language).source }
  func description(_ language: ReportLanguage) -> String { words(language).description }

  func body(width: Double, top: Double, language: ReportLanguage) -> ChartBody {
    let figure = FanFigure(content, width: width, historyPeriods: historyPeriods, language: language)
    return FanDrawing(figure: figure, content: content, start: top, language: language).body
  }

  /// Past and coming periods in one table, and their total.
  func table(_ language: ReportLanguage) -> ReportTable {
    let own = words(language)
    let format = own.format
    let words = ChartWords(language: language)
    // The history's range is at 95 %.
    let asked = Set(content.horizon.flatMap { $0.intervals.map(\.level) }.filter(\.isFinite))
    let hasRanges = content.history.contains { format.number($0.lower) != format.number($0.upper) }
    let levels = asked.union(hasRanges ? [0.95] : []).sorted().prefix(6)
    var table = ReportTable(
      caption: words.axis(
        format, content.history.last?.period.unit ?? content.horizon.first?.period.unit ?? .month),
      columns: [.init(words.period), .init(words.status), .init(words.value, .number)]
        + levels.map { .init(words.interval($0), .number) },
      rows: [])
    for past in content.history.suffix(240) {
      let cells = levels.map { level in
        let low = format.number(past.lower)
        return level == 0.95 && low != format.number(past.upper)
          ? format.range(past.lower, past.upper) ?? "" : ""
      }
      table.rows.append(
        [
          Words.period(past.period, language),
          content.isFromFacts ? words.sign(past.status) : words.observed,
          format.number(past.median) ?? "–",
        ] + cells)
      table.rowKeys.append(past.period.ordinal)
    }
    func ranges(_ ahead: FanContent.Ahead) -> [String] {
      levels.map { level in
        ahead.intervals.first { $0.level == level }
          .flatMap { format.range($0.lower, $0.upper, .rounded) } ?? "–"
      }
    }
    for ahead in content.horizon.prefix(240) {
      table.rows.append(
        [
          Words.period(ahead.period, language), words.projectedMedian,
          format.number(ahead.median, .rounded) ?? "–",
        ] + ranges(ahead))
      table.rowKeys.append(ahead.slot)
    }
    if let total = content.total, let median = format.number(total.median, .rounded) {
      table.totals = [[own.totalName, words.projectedMedian, median] + ranges(total)]
    }
    return table
  }
}
