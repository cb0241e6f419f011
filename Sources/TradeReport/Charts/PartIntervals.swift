import TradeStatistics
import Tradewind

/// What is expected of each part of a whole, with its intervals, and the whole below them: expected values add up, bounds do not.
///
/// A line marks what is expected, bars the intervals, broader ones for lower levels. Parts stand in the order given, the whole last and
/// in strong letters. At most twenty parts are drawn; the rest is counted.
public struct PartIntervals: Sendable {
  /// A part, or the whole.
  public struct Item: Sendable, Equatable {
    public var name: String
    /// What is expected of each month to come, in the chart's unit; for the table.
    public var months: [Double]
    /// What is expected of all of them together, in the chart's unit; NaN if it is not known.
    public var mean: Double
    /// The intervals of the total, in any order; at most three are drawn.
    public var intervals: [PredictionInterval]
    /// The expected share of the whole, 0…1.
    public var share: Double

    public init(
      _ name: String, months: [Double] = [], mean: Double, intervals: [PredictionInterval], share: Double
    ) {
      self.name = name
      self.months = months
      self.mean = mean
      self.intervals = intervals
      self.share = share
    }
  }

  public var title: String
  /// As facts have it: `t`, `usd`.
  public var unit: String
  /// What is projected, such as the quarter, and the months in it.
  public var period: PeriodRange
  public var months: [PeriodRange]
  public var items: [Item]
  public var whole: Item
  /// A sentence about the source; may be empty.
  public var source: String

  public init(
    title: String, unit: String, period: PeriodRange, months: [PeriodRange] = [], items: [Item], whole: Item,
    source: String = ""
  ) {
    self.title = title
    self.unit = unit
    self.period = period
    self.months = months
    self.items = items
    self.whole = whole
    self.source = source
  }

  /// The parts of one grouping of a joint projection, with names in a language.
  public init(_ grouping: JointProjection.Grouping, of whole: Projection, language: ReportLanguage = .english)
  {
    let words = PartWords(language: language)
    let fan = FanWords(
      content: FanContent(whole), format: QuantityFormat(unit: whole.unit, values: [], language: language),
      language: language)
    self.init(
      title: words.title(grouping, of: whole), unit: whole.unit, period: whole.total.period,
      months: whole.horizon.map(\.period),
      items: grouping.parts.map { part in
        Item(
          words.name(part), months: part.horizon.map(\.mean), mean: part.total.mean,
          intervals: part.total.intervals, share: part.share.mean)
      },
      whole: Item(
        words.whole, months: whole.horizon.map(\.mean), mean: whole.total.mean,
        intervals: whole.total.intervals, share: 1), source: fan.source)
  }
}

extension PartIntervals: ChartDrawing {
  private func format(_ language: ReportLanguage) -> QuantityFormat {
    QuantityFormat(unit: unit, values: (items + [whole]).map(\.mean), language: language)
  }

  private func share(_ item: Item, _ language: ReportLanguage) -> String {
    QuantityFormat(unit: "fraction", values: [1], language: language).text(item.share) ?? "–"
  }

  /// The levels drawn, the widest first.
  private var levels: [Double] {
    Array(
      Set((items + [whole]).flatMap { $0.intervals.map(\.level) }.filter(\.isFinite)).sorted(by: >).suffix(3))
  }

  func heading(_ language: ReportLanguage) -> String { title }
  func sourceLine(_ language: ReportLanguage) -> String { source }

  func description(_ language: ReportLanguage) -> String {
    let words = ChartWords(language: language)
    let format = format(language)
    let narrow = levels.last
    let parts = (items.prefix(12) + [whole]).map { item -> String in
      let mean = format.text(item.mean, .rounded) ?? words.missing
      let range = item.intervals.first { $0.level == narrow }
        .flatMap { format.rangeText($0.lower, $0.upper, .rounded) }
      return clipped(item.name, to: 60) + words.pick(" ", "") + mean
        + (range.map { words.aside($0) } ?? "")
    }
    let period = Words.period(period, language)
    let level = narrow.map { words.aside(words.interval($0)) } ?? ""
    return words.pick(
      "Expected for \(period)\(level): \(parts.joined(separator: ", ")).",
      "\(period)期望值\(level)：\(parts.joined(separator: "，"))。")
  }

  func table(_ language: ReportLanguage) -> ReportTable {
    let words = ChartWords(language: language)
    let format = format(language)
    let levels = levels.reversed()
    let count = items.contains { !$0.months.isEmpty } ? months.count : 0
    func row(_ item: Item) -> [String] {
      [item.name]
        + (0..<count).map { month in
          item.months.indices.contains(month) ? format.number(item.months[month]) ?? "–" : "–"
        } + [format.number(item.mean) ?? "–"]
        + levels.map { level in
          item.intervals.first { $0.level == level }
            .flatMap { format.range($0.lower, $0.upper) } ?? "–"
        } + [share(item, language)]
    }
    let expected = words.pick("expected values", "期望值")
    var table = ReportTable(
      caption: format.unit.isEmpty
        ? expected.capitalisedFirst : format.unit + words.pick(", ", "，") + expected,
      columns: [.init(words.name)]
        + months.prefix(count).map { .init(Words.period($0, language), .number) }
        + [.init(Words.period(period, language), .number)]
        + levels.map { .init(words.interval($0), .number) } + [.init(words.share, .number)],
      rows: items.map(row), totals: [row(whole)])
    let drawn = min(items.count, RowPlot.limit)
    table.rowKeys = items.indices.map { $0 < drawn ? $0 : nil } + [drawn]
    return table
  }

  func body(width: Double, top: Double, language: ReportLanguage) -> ChartBody {
    let words = ChartWords(language: language)
    let format = format(language)
    let shown = Array(items.prefix(RowPlot.limit)) + [whole]
    let levels = levels
    let labels = shown.map { item in
      (format.number(item.mean, .rounded) ?? "–") + words.aside(share(item, language))
    }
    let legend = legend(levels, words, width: width, top: top)
    let plot = RowPlot(
      names: shown.map(\.name), total: items.count + 1, width: width, top: legend.bottom + 20,
      aside: width < 500 ? 4 : (labels.map { textWidth($0) }.max() ?? 0) + 12)
    let bounds = shown.flatMap { item in
      item.intervals.filter { levels.contains($0.level) }.flatMap { [$0.lower, $0.upper] }
    }
    let ticks = AxisTicks(covering: shown.map(\.mean) + bounds + [0], intervals: width < 500 ? 4 : 6)
    let scale = ChartScale(ticks, from: plot.left + 6, to: plot.right - 6)
    var parts = legend.markup
    parts.append(.chartText(format.unit, x: 8, y: legend.bottom + 12, style: "soft user"))
    parts += ValueAxis(ticks: ticks, format: format, scale: scale).lying(top: plot.top, bottom: plot.bottom)
    var boxes = levels.map { _ in PathData() }
    var means = PathData()
    for (row, item) in shown.enumerated() {
      let y = plot.middle(row)
      for (index, level) in levels.enumerated() {
        for interval in item.intervals
        where interval.level == level && interval.lower.isFinite && interval.upper.isFinite {
          let from = scale(interval.lower)
          boxes[index].horizontal(from, max(from + 1, scale(interval.upper)), y: y)
        }
      }
      if item.mean.isFinite { means.vertical(y - 9, y + 9, x: scale(item.mean)) }
      parts.append(
        .chartText(
          labels[row], x: width - 8, y: y + (plot.isNarrow ? -13 : 4), anchor: "end",
          style: row == shown.count - 1 ? "num b" : "num"))
    }
    var line = PathData()
    if shown.count > 1 { line.horizontal(8, width - 8, y: plot.bottom - plot.rowHeight) }
    let marks = boxes.enumerated().map { index, path in
      MarkPath.box(path, index: index, count: levels.count, slotWidth: 20).markup
    }
    parts.append(Markup("g", ["fill": "none"], marks + [MarkPath.median(means).markup]))
    if !line.isEmpty {
      parts.append(Markup("path", ["class": "axis", "d": line.text, "stroke": "#595959"]))
    }
    parts += plot.labels(strong: shown.count - 1) + plot.remark(below: plot.bottom + 20, language)
    return ChartBody(parts: parts, bottom: plot.bottom + 22 + plot.remarkHeight(), hover: plot.hover)
  }

  private func legend(_ levels: [Double], _ words: ChartWords, width: Double, top: Double) -> ChartLegend {
    let expected = ChartLegend.Item(text: words.pick("expected", "期望值")) { x, y in
      var path = PathData()
      path.vertical(y - 7, y + 7, x: x)
      return [MarkPath.median(path).markup]
    }
    let intervals = levels.enumerated().reversed().map { index, level in
      ChartLegend.Item(text: words.interval(level)) { x, y in
        var path = PathData()
        path.horizontal(x - 9, x + 8, y: y)
        return [MarkPath.box(path, index: index, count: levels.count, slotWidth: 16).markup]
      }
    }
    return ChartLegend([expected] + intervals, width: width, top: top)
  }
}
