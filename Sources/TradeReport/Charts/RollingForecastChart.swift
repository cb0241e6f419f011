import Tradewind

/// Forecasts made at several times in the past, over what came.
///
/// What came is a line with dots, a forecast a dark line over boxes for its intervals, broader for narrower ones, and a dashed upright line stands
/// where it was made. Ranges that reach more than two and a half times beyond the largest value are cut, with an arrow; the table has them
/// whole. At most the latest six hundred periods are drawn.
public struct RollingForecastChart: Sendable {
  /// One forecast.
  public struct Run: Sendable, Equatable {
    /// The last period that was known.
    public var origin: Period
    /// The points of the periods after it; NaN where there is none.
    public var points: [Double]
    /// The intervals of each of these periods; may be empty.
    public var intervals: [[PredictionInterval]]

    public init(origin: Period, points: [Double], intervals: [[PredictionInterval]]) {
      self.origin = origin
      self.points = points
      self.intervals = intervals
    }
  }

  /// What came.
  public var series: TimeSeries
  /// What the series is called in the heading.
  public var name: String
  /// As facts have it: `t`, `usd_million`; may be empty.
  public var unit: String
  /// What made the forecasts.
  public var model: String
  /// The forecasts in the order of time; where two have the same period, the table shows the later one.
  public var runs: [Run]
  /// How many series of the same kind are not drawn.
  public var others: Int

  public init(
    series: TimeSeries, name: String? = nil, unit: String = "", model: String, runs: [Run], others: Int = 0
  ) {
    self.series = series
    self.name = name ?? series.name
    self.unit = unit
    self.model = model
    self.runs = runs
    self.others = others
  }
}

extension RollingForecastChart: ChartDrawing {
  /// The periods shown: a season before the first forecast, and all from there on.
  private var slots: ClosedRange<Int>? {
    guard series.count > 0 else { return nil }
    let lead = min(24, max(4, series.seasonalPeriod))
    let ends = runs.map { $0.origin.ordinal + $0.points.count }
    let last = max(series.end.ordinal, ends.max() ?? series.end.ordinal)
    let first = (runs.map(\.origin.ordinal).min() ?? last) - lead + 1
    return max(first, series.start.ordinal, last - 599)...last
  }

  /// A forecast's value of one period.
  private struct Ahead {
    let slot: Int, point: Double
    let intervals: [PredictionInterval]
  }

  private func ahead(_ run: Run) -> [Ahead] {
    run.points.indices.map {
      Ahead(
        slot: run.origin.ordinal + $0 + 1, point: run.points[$0],
        intervals: $0 < run.intervals.count ? run.intervals[$0] : [])
    }
  }

  /// The widest interval first, at most four.
  private var levels: [Double] {
    let all = runs.flatMap { $0.intervals.joined().map(\.level) }.filter(\.isFinite)
    return Array(Set(all).sorted(by: >).prefix(4))
  }

  private func actual(_ slot: Int) -> Double {
    let index = slot - series.start.ordinal
    return series.values.indices.contains(index) ? series.values[index] : .nan
  }

  private func format(_ language: ReportLanguage) -> QuantityFormat {
    QuantityFormat(
      unit: unit, values: (slots ?? 0...0).map(actual) + runs.flatMap(\.points), language: language)
  }

  func heading(_ language: ReportLanguage) -> String {
    let words = ChartWords(language: language)
    let label = clipped(name, to: 80)
    return (label.isEmpty ? "" : label + words.pick(": ", "："))
      + words.pick("forecasts by \(model), and what came", "\(model)的预测与实际值")
  }

  func sourceLine(_ language: ReportLanguage) -> String {
    others > 0 ? ChartWords(language: language).notDrawn(others, of: "series") : ""
  }

  func description(_ language: ReportLanguage) -> String {
    let words = ChartWords(language: language)
    guard let first = runs.first?.origin, let last = runs.last?.origin else {
      return words.pick("No forecasts.", "没有预测。")
    }
    let (from, to) = (Words.period(first, language), Words.period(last, language))
    return words.pick(
      "\(words.number(runs.count)) forecasts made after \(from) to \(to), over what came.",
      "\(from)至\(to)之后所作\(words.number(runs.count))次预测与实际值。")
  }

  func table(_ language: ReportLanguage) -> ReportTable {
    let words = ChartWords(language: language)
    let format = format(language)
    var table = ReportTable(
      caption: words.axis(format, series.start.unit),
      columns: [
        .init(words.period), .init(words.observed, .number), .init(words.forecast, .number),
      ] + levels.reversed().map { .init(words.interval($0), .number) }, rows: [])
    guard let slots else { return table }
    let made = Dictionary(runs.flatMap { ahead($0).map { ($0.slot, $0) } }) { $1 }
    for slot in slots {
      let ranges = levels.reversed().map { level -> String in
        guard let one = made[slot] else { return "" }
        return one.intervals.first { $0.level == level }.flatMap {
          format.range($0.lower, $0.upper, .rounded)
        }
          ?? "–"
      }
      table.rows.append(
        [
          Words.period(Period(unit: series.start.unit, ordinal: slot), language),
          format.number(actual(slot)) ?? "–",
          made[slot].map { format.number($0.point, .rounded) ?? "–" } ?? "",
        ] + ranges)
      table.rowKeys.append(slot)
    }
    return table
  }

  func body(width: Double, top: Double, language: ReportLanguage) -> ChartBody {
    let words = ChartWords(language: language)
    let format = format(language)
    let legend = legend(width: width, top: top, words)
    let start = legend.bottom + 24
    let bottom = start + (width < 500 ? 190 : 240)
    let slots = slots ?? 0...0
    let values = slots.map(actual)
    let made = runs.map(ahead)
    let bounds = made.joined().flatMap { $0.intervals.flatMap { [$0.lower, $0.upper] } }
    let ticks = AxisTicks(covering: values + made.joined().map(\.point), reaching: bounds)
    let scale = ChartScale(ticks, from: bottom, to: start)
    let plot = PeriodPlot(
      slots: slots, unit: series.start.unit, left: ValueAxis.room(ticks, format), right: width - 10,
      top: start, bottom: bottom, language: language)
    var parts = legend.markup
    parts += ValueAxis(
      ticks: ticks, format: format, scale: scale, title: words.axis(format, series.start.unit)
    ).upright(left: plot.left, right: plot.right, titleAt: start - 10)
    guard series.count > 0 else { return ChartBody(parts: parts, bottom: plot.labelsBottom) }
    parts += plot.axis(at: scale(0))
    parts += origins(plot) + boxes(made, plot, scale) + observed(values, plot, scale)
    let forecasts = made.map { run in
      let points = run.filter { slots.contains($0.slot) }
      let path = PathData(through: points.map(\.point), x: { plot.x(points[$0].slot) }, y: scale)
      return MarkPath.median(path).markup
    }
    parts.append(Markup("g", ["fill": "none"], forecasts))
    parts.append(cuts(made, plot, ticks).markup)
    return ChartBody(parts: parts, bottom: plot.labelsBottom, hover: plot.hover)
  }
}

/// The marks.
extension RollingForecastChart {
  private func legend(width: Double, top: Double, _ words: ChartWords) -> ChartLegend {
    let levels = levels
    var items = [
      ChartLegend.Item(text: words.observed) { x, y in
        var (line, dot) = (PathData(), PathData())
        line.horizontal(x - 9, x + 9, y: y)
        dot.dot(x, y)
        return [LineStyle.line(line, 0), MarkPath.published(dot, radius: 2.6).markup]
      },
      ChartLegend.Item(text: words.forecast) { x, y in
        var line = PathData()
        line.horizontal(x - 9, x + 9, y: y)
        return [MarkPath.median(line).markup]
      },
    ]
    items += levels.enumerated().reversed().map { index, level in
      ChartLegend.Item(text: words.interval(level)) { x, y in
        var path = PathData()
        path.vertical(y + 7, y - 7, x: x)
        return [MarkPath.box(path, index: index, count: levels.count, slotWidth: 18).markup]
      }
    }
    items.append(
      ChartLegend.Item(text: words.pick("made here", "预测时点")) { x, y in
        var path = PathData()
        path.vertical(y + 7, y - 7, x: x)
        return [Self.upright(path)]
      })
    return ChartLegend(items, width: width, top: top)
  }

  private static func upright(_ path: PathData) -> Markup {
    path.isEmpty
      ? .text("")
      : Markup(
        "path", ["class": "axis", "d": path.text, "stroke": "#595959", "stroke-dasharray": "3 3"])
  }

  /// Between the last period known and the first forecast.
  private func origins(_ plot: PeriodPlot) -> [Markup] {
    var path = PathData()
    for run in runs where plot.slots.contains(run.origin.ordinal) {
      path.vertical(plot.top, plot.bottom, x: plot.x(run.origin.ordinal) + plot.slotWidth / 2)
    }
    return [Self.upright(path)]
  }

  private func boxes(_ made: [[Ahead]], _ plot: PeriodPlot, _ scale: ChartScale) -> [Markup] {
    let levels = levels
    let paths = levels.indices.map { index in
      var path = PathData()
      for one in made.joined() where plot.slots.contains(one.slot) {
        for interval in one.intervals
        where interval.level == levels[index] && interval.lower.isFinite && interval.upper.isFinite
          && interval.lower <= interval.upper
        {
          let from = scale(interval.lower)
          path.vertical(from, min(scale(interval.upper), from - 1), x: plot.x(one.slot))
        }
      }
      return MarkPath.box(path, index: index, count: levels.count, slotWidth: plot.slotWidth).markup
    }
    return [Markup("g", ["fill": "none"], paths)]
  }

  private func observed(_ values: [Double], _ plot: PeriodPlot, _ scale: ChartScale) -> [Markup] {
    func x(_ index: Int) -> Double { plot.x(plot.slots.lowerBound + index) }
    var dots = PathData()
    for (index, value) in values.enumerated() where value.isFinite { dots.dot(x(index), scale(value)) }
    let radius = min(3, max(1.2, 0.24 * plot.slotWidth))
    return [
      LineStyle.line(PathData(through: values, x: x, y: scale), 0),
      MarkPath.published(dots, radius: radius).markup,
    ]
  }

  /// Arrows where a range goes on beyond the axis.
  private func cuts(_ made: [[Ahead]], _ plot: PeriodPlot, _ ticks: AxisTicks) -> MarkPath {
    var path = PathData()
    let end = ticks.values.last ?? .infinity
    for one in made.joined() where plot.slots.contains(one.slot) {
      if one.intervals.contains(where: { $0.upper > end && $0.upper.isFinite }) {
        path.arrowUp(plot.x(one.slot), plot.top + 1, radius: min(5, 0.4 * plot.slotWidth))
      }
    }
    return .cut(path)
  }
}
