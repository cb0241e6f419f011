import TradeStatistics

/// Shares of a whole as bars, the largest first, with their change where it is known.
///
/// Bars stand in falling order, a remainder last and hatched by an outline. A share that is missing or infinite has a name and a dash. The sign behind a number says how it is known: ◇ derived from published
/// figures, ▮ estimated. At most twenty
/// bars are drawn; the rest is counted.
public struct ShareLadder: Sendable {
  /// One part.
  public struct Item: Sendable, Equatable {
    public var name: String
    /// A fraction of the whole, 0…1; NaN if it is not known.
    public var share: Double
    /// The difference from the year before, as a fraction of the whole; nothing is printed if nil.
    public var change: Double?
    /// Whether this is what no named part holds; it stands last.
    public var isRemainder: Bool
    /// How the share is known.
    public var status = Projection.Status.published

    public init(_ name: String, share: Double, change: Double? = nil, isRemainder: Bool = false) {
      self.name = name
      self.share = share
      self.change = change
      self.isRemainder = isRemainder
    }
  }

  public var title: String
  public var items: [Item]
  /// A sentence about the source; may be empty.
  public var source: String

  public init(title: String, items: [Item], source: String = "") {
    self.title = title
    self.items = items
    self.source = source
  }
}

extension ShareLadder: ChartDrawing {
  private var sorted: [Item] { items.largestFirst(by: \.share, last: \.isRemainder) }
  private var statuses: Set<Projection.Status> { Set(items.filter { $0.share.isFinite }.map(\.status)) }

  private func format(_ language: ReportLanguage) -> QuantityFormat {
    QuantityFormat(unit: "fraction", values: items.map(\.share), language: language)
  }

  private func change(_ item: Item, _ language: ReportLanguage) -> String? {
    item.change.flatMap { change in
      let format = QuantityFormat(unit: "fraction_points", values: [change], language: language)
      return format.signedText(change)
    }
  }

  func heading(_ language: ReportLanguage) -> String { title }
  func sourceLine(_ language: ReportLanguage) -> String { source }

  func description(_ language: ReportLanguage) -> String {
    let words = ChartWords(language: language)
    let format = format(language)
    let parts = sorted.prefix(12).map { item in
      clipped(item.name, to: 60) + words.pick(" ", "") + (format.text(item.share, .rounded) ?? words.missing)
        + (change(item, language).map(words.aside) ?? "")
    }
    return words.pick("Shares: ", "占比：") + parts.joined(separator: words.pick(", ", "，"))
      + words.pick(".", "。")
  }

  func table(_ language: ReportLanguage) -> ReportTable {
    let words = ChartWords(language: language)
    let format = format(language)
    let hasChange = items.contains { $0.change != nil }
    var table = ReportTable(
      columns: [.init(words.name), .init(words.share, .number)]
        + (hasChange ? [.init(words.change, .number)] : []),
      rows: sorted.map { item in
        [item.name, words.marked(format.text(item.share, .rounded), item.status)]
          + (hasChange ? [change(item, language) ?? "–"] : [])
      })
    table.notes = words.statusNote(statuses)
    table.rowKeys = items.indices.map { $0 < RowPlot.limit ? $0 : nil }
    return table
  }

  func body(width: Double, top: Double, language: ReportLanguage) -> ChartBody {
    let words = ChartWords(language: language)
    let format = format(language)
    let shown = Array(sorted.prefix(RowPlot.limit))
    let labels = shown.map { item in
      words.marked(format.text(item.share, .rounded), item.status)
        + (change(item, language).map(words.aside) ?? "")
    }
    let ticks = AxisTicks(covering: shown.map(\.share) + [0], intervals: width < 500 ? 4 : 5)
    let legend = ChartLegend(words.signs(statuses), width: width, top: top)
    let aside = (labels.map { textWidth($0) }.max() ?? 0) + 10
    let plot = RowPlot(
      names: shown.map(\.name), total: items.count, width: width, top: legend.bottom + 4, aside: aside)
    let scale = ChartScale(ticks, from: plot.left, to: plot.right)
    var parts = ValueAxis(ticks: ticks, format: format, scale: scale).lying(
      top: plot.top, bottom: plot.bottom)
    parts += legend.markup
    let half = plot.isNarrow ? 7.0 : 8
    for (row, item) in shown.enumerated() {
      let y = plot.middle(row)
      let end = item.share.isFinite ? scale(item.share) : scale(0)
      if item.share.isFinite {
        parts.append(
          .chartRect(
            x: min(scale(0), end), y: y - half, width: max(1, abs(end - scale(0))), height: 2 * half,
            style: item.isRemainder ? "rest" : "up", fill: item.isRemainder ? "#fff" : "#0072b2",
            stroke: item.isRemainder ? "#6e6e6e" : nil, dash: item.isRemainder ? "3 2" : nil))
      }
      parts.append(.chartText(labels[row], x: end + 5, y: y + 4))
    }
    parts += plot.labels() + plot.remark(below: plot.bottom + 20, language)
    return ChartBody(parts: parts, bottom: plot.bottom + 22 + plot.remarkHeight(), hover: plot.hover)
  }
}
