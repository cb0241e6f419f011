import TradeStatistics

/// Two years side by side: for each partner, province or category a hollow dot for the year before, a filled one for the year, and
/// the line between them.
///
/// The shape of a dot says how its value is known: a circle is published, a diamond derived from published figures, a square estimated.
/// Rows stand in falling order of the later value, a remainder last. A value that is missing or infinite has no dot. At most twenty rows are
/// drawn; the rest is counted.
public struct DumbbellChart: Sendable {
  /// One row.
  public struct Item: Sendable, Equatable {
    public var name: String
    /// The value of the year before, NaN if it is not known.
    public var before: Double
    /// The value of the year, NaN if it is not known.
    public var after: Double
    /// The difference as it shall be printed, in the chart's unit; nothing is printed if nil.
    public var change: Double?
    /// Whether this is what no named part holds; it stands last.
    public var isRemainder: Bool
    /// How the two values are known.
    public var beforeStatus = Projection.Status.published, afterStatus = Projection.Status.published

    public init(
      _ name: String, before: Double, after: Double, change: Double? = nil, isRemainder: Bool = false
    ) {
      self.name = name
      self.before = before
      self.after = after
      self.change = change
      self.isRemainder = isRemainder
    }
  }

  public var title: String
  /// As facts have it: `t`, `usd`, `fraction`.
  public var unit: String
  /// What the two values are called: `2024` and `2025`.
  public var beforeName: String, afterName: String
  public var items: [Item]
  /// A sentence about the source; may be empty.
  public var source: String

  public init(
    title: String, unit: String, beforeName: String, afterName: String, items: [Item], source: String = ""
  ) {
    self.title = title
    self.unit = unit
    self.beforeName = beforeName
    self.afterName = afterName
    self.items = items
    self.source = source
  }
}

extension DumbbellChart: ChartDrawing {
  private var sorted: [Item] { items.largestFirst(by: \.after, last: \.isRemainder) }
  private var values: [Double] { items.flatMap { [$0.before, $0.after] } }
  private func format(_ language: ReportLanguage) -> QuantityFormat {
    QuantityFormat(unit: unit, values: values, language: language)
  }

  func heading(_ language: ReportLanguage) -> String { title }
  func sourceLine(_ language: ReportLanguage) -> String { source }

  func description(_ language: ReportLanguage) -> String {
    let words = ChartWords(language: language)
    let format = format(language)
    let parts = sorted.prefix(12).map { item in
      let (before, after) = [item.before, item.after].map { format.text($0, .rounded) ?? words.missing }.pair
      return words.pick(
        "\(clipped(item.name, to: 60)) \(before) to \(after)",
        "\(clipped(item.name, to: 60))由\(before)变为\(after)")
    }
    return words.pick(
      "From \(beforeName) to \(afterName): \(parts.joined(separator: ", ")).",
      "\(beforeName)与\(afterName)比较：\(parts.joined(separator: "，"))。")
  }

  func table(_ language: ReportLanguage) -> ReportTable {
    let words = ChartWords(language: language)
    let format = format(language)
    let hasChange = items.contains { $0.change != nil }
    var table = ReportTable(
      caption: format.unit,
      columns: [.init(words.name), .init(beforeName, .number), .init(afterName, .number)]
        + (hasChange ? [.init(words.change, .number)] : []),
      rows: sorted.map { item in
        [
          item.name, words.marked(format.number(item.before), item.beforeStatus),
          words.marked(format.number(item.after), item.afterStatus),
        ]
          + (hasChange ? [item.change.flatMap { change($0, format) } ?? "–"] : [])
      })
    table.notes = words.statusNote(statuses)
    table.rowKeys = items.indices.map { $0 < RowPlot.limit ? $0 : nil }
    return table
  }

  func body(width: Double, top: Double, language: ReportLanguage) -> ChartBody {
    let words = ChartWords(language: language)
    let shown = Array(sorted.prefix(RowPlot.limit))
    let ticks = AxisTicks(
      covering: shown.flatMap { [$0.before, $0.after] }, intervals: width < 500 ? 4 : 6)
    let format = format(language)
    let labels = shown.map { item -> String in
      let value = format.number(item.after, .rounded) ?? "–"
      return item.change.flatMap { change($0, format) }.map { value + words.aside($0) } ?? value
    }
    let legend = ChartLegend(
      [
        ChartLegend.Item(text: clipped(beforeName, to: 24)) { x, y in
          [Self.dots([(x, y, .published)], isHollow: true)]
        },
        ChartLegend.Item(text: clipped(afterName, to: 24)) { x, y in
          [Self.dots([(x, y, .published)], isHollow: false)]
        },
      ] + words.shapes(statuses), width: width, top: top)
    // On narrow charts the numbers stand above the dots, beside the names.
    let aside = width < 500 ? 4 : (labels.map { textWidth($0) }.max() ?? 0) + 12
    let plot = RowPlot(
      names: shown.map(\.name), total: items.count, width: width, top: legend.bottom + 6, aside: aside)
    let scale = ChartScale(ticks, from: plot.left + 6, to: plot.right - 6)
    var parts = legend.markup
    parts.append(
      .chartText(format.unit, x: width - 8, y: legend.bottom - 6, anchor: "end", style: "soft user"))
    parts += ValueAxis(ticks: ticks, format: format, scale: scale).lying(top: plot.top, bottom: plot.bottom)
    var links = PathData()
    var before: [Dot] = []
    var after: [Dot] = []
    for (row, item) in shown.enumerated() {
      let y = plot.middle(row)
      if item.before.isFinite, item.after.isFinite {
        links.horizontal(scale(item.before), scale(item.after), y: y)
      }
      if item.before.isFinite { before.append((scale(item.before), y, item.beforeStatus)) }
      if item.after.isFinite { after.append((scale(item.after), y, item.afterStatus)) }
      parts.append(
        .chartText(labels[row], x: width - 8, y: y + (plot.isNarrow ? -13 : 4), anchor: "end", style: "num"))
    }
    if !links.isEmpty {
      parts.append(
        Markup(
          "path",
          ["class": "link", "d": links.text, "stroke": "#6e6e6e", "stroke-width": "3", "opacity": "0.6"]))
    }
    parts += [Self.dots(before, isHollow: true), Self.dots(after, isHollow: false)] + plot.labels()
    parts += plot.remark(below: plot.bottom + 20, language)
    return ChartBody(parts: parts, bottom: plot.bottom + 22 + plot.remarkHeight(), hover: plot.hover)
  }

  /// A difference beside its value: whole from ten on, else to one place, as people say them.
  private func change(_ change: Double, _ format: QuantityFormat) -> String? {
    guard let digits = DecimalDigits(change)?.shifted(by: format.shift) else { return nil }
    guard let magnitude = digits.magnitude, magnitude >= -3, magnitude < 1, format.decimals > 0 else {
      return format.signed(change)
    }
    return (change > 0 ? "+" : "") + digits.text(decimals: max(1, -magnitude), format.language)
  }

  private typealias Dot = (x: Double, y: Double, status: Projection.Status)

  /// How the drawn values are known.
  private var statuses: Set<Projection.Status> {
    Set(
      items.flatMap { item in
        (item.before.isFinite ? [item.beforeStatus] : []) + (item.after.isFinite ? [item.afterStatus] : [])
      })
  }

  private static func dots(_ dots: [Dot], isHollow: Bool) -> Markup {
    var path = PathData()
    for dot in dots { path.known(dot.x, dot.y, dot.status) }
    if path.isEmpty { return .text("") }
    return Markup(
      "path",
      [
        "class": isHollow ? "der" : "l0 full", "d": path.text, "fill": isHollow ? "#fff" : "#0072b2",
        "stroke": "#0072b2", "stroke-width": "1.8",
      ])
  }
}

extension Array {
  /// The first two of exactly two.
  fileprivate var pair: (Element, Element) { (self[0], self[1]) }
}
