import TradeStatistics

/// What each part adds to or takes from the growth of a whole, as bars from zero, the largest first, with the whole at the end.
///
/// Parts are drawn in falling order, a remainder after them; the bar of the whole has an outline and strong letters. Rising and
/// falling bars differ by side and by pattern of their label's sign, not by colour alone. A part whose value is missing or infinite has a
/// name and a dash. The sign behind a number says how it is known: ◇ derived from published figures, ▮ estimated. At most twenty bars are drawn; the rest is counted.
public struct ContributionBars: Sendable {
  /// One part.
  public struct Item: Sendable, Equatable {
    public var name: String
    /// In the chart's unit.
    public var value: Double
    /// Whether this is what no named part holds; it stands last.
    public var isRemainder: Bool
    /// How the value is known.
    public var status = Projection.Status.published

    public init(_ name: String, _ value: Double, isRemainder: Bool = false) {
      self.name = name
      self.value = value
      self.isRemainder = isRemainder
    }
  }

  public var title: String
  /// As facts have it (`t`, `usd`); `fraction_points` for shares of one that are shown as percentage points.
  public var unit: String
  public var items: [Item]
  /// The whole, if it is shown.
  public var total: Item?
  /// A sentence about the source; may be empty.
  public var source: String

  public init(title: String, unit: String, items: [Item], total: Item? = nil, source: String = "") {
    self.title = title
    self.unit = unit
    self.items = items
    self.total = total
    self.source = source
  }
}

extension ContributionBars: ChartDrawing {
  private var sorted: [Item] { items.largestFirst(by: \.value, last: \.isRemainder) }
  private var statuses: Set<Projection.Status> {
    Set((items + [total].compactMap(\.self)).filter { $0.value.isFinite }.map(\.status))
  }

  private func format(_ language: ReportLanguage) -> QuantityFormat {
    QuantityFormat(unit: unit, values: items.map(\.value) + [total?.value ?? .nan], language: language)
  }

  func heading(_ language: ReportLanguage) -> String { title }
  func sourceLine(_ language: ReportLanguage) -> String { source }

  func description(_ language: ReportLanguage) -> String {
    let words = ChartWords(language: language)
    let format = format(language)
    func text(_ item: Item) -> String? {
      format.signed(item.value).map { clipped(item.name, to: 60) + words.pick(" ", "") + $0 }
    }
    let parts = sorted.prefix(12).compactMap(text).joined(separator: words.pick(", ", "，"))
    let whole = total.flatMap(text) ?? ""
    return words.sentences([
      words.pick("Contributions in \(format.unit): \(parts).", "拉动（\(format.unit)）：\(parts)。"),
      whole.isEmpty ? "" : words.pick("Together: \(whole).", "\(whole)。"),
    ])
  }

  func table(_ language: ReportLanguage) -> ReportTable {
    let words = ChartWords(language: language)
    let format = format(language)
    func row(_ item: Item) -> [String] { [item.name, words.marked(format.signed(item.value), item.status)] }
    let drawn = min(items.count, RowPlot.limit)
    var table = ReportTable(
      columns: [.init(words.name), .init(format.unit.isEmpty ? words.value : format.unit, .number)],
      rows: sorted.map(row), totals: total.map { [row($0)] } ?? [])
    table.notes = words.statusNote(statuses)
    table.rowKeys = items.indices.map { $0 < drawn ? $0 : nil } + [drawn]
    return table
  }

  func body(width: Double, top: Double, language: ReportLanguage) -> ChartBody {
    let shown = Array(sorted.prefix(RowPlot.limit)) + (total.map { [$0] } ?? [])
    let ticks = AxisTicks(covering: shown.map(\.value) + [0], intervals: width < 500 ? 4 : 6)
    let format = format(language)
    let words = ChartWords(language: language)
    let labels = shown.map { words.marked(format.signed($0.value), $0.status) }
    let legend = ChartLegend(words.signs(statuses), width: width, top: top)
    let room = (labels.map { textWidth($0) }.max() ?? 0) + 10
    let plot = RowPlot(
      names: shown.map(\.name), total: items.count + (total == nil ? 0 : 1), width: width,
      top: legend.bottom + 20,
      aside: room)
    let falls = shown.contains { $0.value < 0 }
    let scale = ChartScale(ticks, from: plot.left + (falls ? room : 0), to: plot.right)
    var parts = ValueAxis(ticks: ticks, format: format, scale: scale).lying(
      top: plot.top, bottom: plot.bottom)
    parts.append(.chartText(format.unit, x: 8, y: legend.bottom + 12, style: "soft user"))
    parts += legend.markup
    let half = plot.isNarrow ? 7.0 : 8
    for (row, item) in shown.enumerated() {
      let isTotal = total != nil && row == shown.count - 1
      let y = plot.middle(row)
      guard item.value.isFinite else {
        parts.append(.chartText("–", x: scale(0) + 6, y: y + 4))
        continue
      }
      let (from, to) = (min(scale(0), scale(item.value)), max(scale(0), scale(item.value)))
      parts.append(
        .chartRect(
          x: from, y: y - half, width: max(1, to - from), height: 2 * half,
          style: isTotal ? "whole" : item.value < 0 ? "down" : "up",
          fill: isTotal ? "#6e6e6e" : item.value < 0 ? "#d55e00" : "#0072b2"))
      let falls = item.value < 0
      parts.append(
        .chartText(
          labels[row], x: falls ? from - 5 : to + 5, y: y + 4, anchor: falls ? "end" : "start",
          style: isTotal ? "b" : nil))
    }
    var zero = PathData()
    zero.vertical(plot.top, plot.bottom, x: scale(0))
    if total != nil, shown.count > 1 {
      zero.horizontal(8, width - 8, y: plot.bottom - plot.rowHeight)
    }
    parts.append(Markup("path", ["class": "axis", "d": zero.text, "stroke": "#595959"]))
    parts += plot.labels(strong: total == nil ? nil : shown.count - 1)
    parts += plot.remark(below: plot.bottom + 20, language)
    return ChartBody(parts: parts, bottom: plot.bottom + 22 + plot.remarkHeight(), hover: plot.hover)
  }
}

extension Array {
  /// In falling order of a value, what is missing after it, and those marked `last` at the end; equals keep their order.
  func largestFirst(by value: (Element) -> Double, last: (Element) -> Bool) -> [Element] {
    let ranked = enumerated().map { offset, element in
      let number = value(element)
      return (last(element) ? 2 : number.isNaN ? 1 : 0, number.isNaN ? 0 : -number, offset)
    }
    return ranked.sorted { $0 < $1 }.map { self[$0.2] }
  }
}
