import Tradewind

/// Several panels over the same periods, one above the other: a series and the components it was taken apart into.
///
/// A panel with a base line (a remainder about 0, factors about 1) is drawn as bars from it, another one as a line. At most eight panels and of
/// each the latest six hundred periods are drawn.
public struct PanelChart: Sendable {
  /// One panel.
  public struct Panel: Sendable, Equatable {
    public var name: String
    /// One value a period, NaN where it is missing.
    public var values: [Double]
    /// As facts have it: `t`; may be empty, as for factors.
    public var unit: String
    /// The value from which bars are drawn; nil for a line.
    public var base: Double?
    /// A second line in the same unit, one value a period, drawn over the first, which is thin then; nil for none.
    public var overlay: Overlay?

    /// A line over that of a panel.
    public struct Overlay: Sendable, Equatable {
      public var name: String
      public var values: [Double]

      public init(_ name: String, _ values: [Double]) { (self.name, self.values) = (name, values) }
    }

    public init(
      _ name: String, _ values: [Double], unit: String = "", base: Double? = nil, overlay: Overlay? = nil
    ) {
      self.name = name
      self.values = values
      self.unit = unit
      self.base = base
      self.overlay = overlay
    }
  }

  public var title: String
  /// The period of each panel's first value.
  public var start: Period
  public var panels: [Panel]
  /// A sentence about the source; may be empty.
  public var source: String

  public init(title: String, start: Period, panels: [Panel], source: String = "") {
    self.title = title
    self.start = start
    self.panels = panels
    self.source = source
  }
}

extension PanelChart: ChartDrawing {
  private var count: Int { panels.map(\.values.count).max() ?? 0 }
  private var shown: ArraySlice<Panel> { panels.prefix(8) }
  private var first: Int { max(0, count - 600) }

  private func format(_ panel: Panel, _ language: ReportLanguage) -> QuantityFormat {
    QuantityFormat(unit: panel.unit, values: panel.values, language: language)
  }

  func heading(_ language: ReportLanguage) -> String { title }
  func sourceLine(_ language: ReportLanguage) -> String { source }

  func description(_ language: ReportLanguage) -> String {
    let words = ChartWords(language: language)
    guard count > 0 else { return words.pick("No values.", "没有数值。") }
    let range =
      Words.period(start, language) + words.pick(" to ", "至")
      + Words.period(start.advanced(by: count - 1), language)
    let names = lines.map { clipped($0.name, to: 60) }.joined(separator: words.pick(", ", "、"))
    return words.pick("Panels from \(range): \(names).", "\(range)的分图：\(names)。")
  }

  /// What has a column of its own in the table: each panel, and what is drawn over it.
  private var lines: [Panel] {
    shown.flatMap { panel in
      [panel] + (panel.overlay.map { [Panel($0.name, $0.values, unit: panel.unit)] } ?? [])
    }
  }

  func table(_ language: ReportLanguage) -> ReportTable {
    let words = ChartWords(language: language)
    let shown = lines
    let formats = shown.map { format($0, language) }
    var table = ReportTable(
      columns: [.init(words.period)]
        + zip(shown, formats).map { panel, format in
          .init(format.heading(panel.name), .number)
        }, rows: [])
    for index in (first..<count).suffix(360) {
      let period = start.advanced(by: index)
      table.rows.append(
        [Words.period(period, language)]
          + zip(shown, formats).map { panel, format in
            index < panel.values.count ? format.number(panel.values[index]) ?? "–" : ""
          })
      table.rowKeys.append(period.ordinal)
    }
    return table
  }

  func body(width: Double, top: Double, language: ReportLanguage) -> ChartBody {
    let height = width < 500 ? 64.0 : 84
    let gap = 40.0
    let formats = shown.map { format($0, language) }
    let windows = shown.map { panel in Array(panel.values.dropFirst(first)) }
    let ticks = zip(shown, windows).map { panel, values in
      AxisTicks(
        covering: values + (panel.overlay?.values.dropFirst(first) ?? []) + [panel.base].compactMap(\.self),
        intervals: 3,
        zero: panel.base == nil && !panel.unit.isEmpty ? nil : false)
    }
    let left = zip(ticks, formats).map { ValueAxis.room($0, $1) }.max() ?? 14
    let slots = start.ordinal + first...start.ordinal + max(first, count - 1)
    var parts: [Markup] = []
    var y = top
    for (index, panel) in shown.enumerated() {
      let (head, foot) = (y + gap - 14, y + gap - 14 + height)
      let scale = ChartScale(ticks[index], from: foot, to: head)
      let plot = PeriodPlot(
        slots: slots, unit: start.unit, left: left, right: width - 10, top: head, bottom: foot,
        language: language)
      parts += ValueAxis(ticks: ticks[index], format: formats[index], scale: scale).upright(
        left: left, right: width - 10)
      parts.append(
        .chartText(
          fitted(heading(of: panel, formats[index], language), width: (width - 10 - left) / 1.1), x: left,
          y: head - 6,
          style: "b user"))
      parts += marks(panel, windows[index], plot, scale)
      if let overlay = panel.overlay {
        parts.append(
          line(Array(overlay.values.dropFirst(first)), plot, scale, style: "l1", stroke: "#d55e00"))
      }
      y = foot
    }
    guard !shown.isEmpty, count > 0 else { return ChartBody(parts: parts, bottom: max(y, top + 20)) }
    let plot = PeriodPlot(
      slots: slots, unit: start.unit, left: left, right: width - 10, top: top + gap - 14, bottom: y,
      language: language)
    parts += plot.axis(at: y)
    return ChartBody(parts: parts, bottom: plot.labelsBottom, hover: plot.hover)
  }

  /// `observed (thin) and seasonally adjusted, t`.
  private func heading(of panel: Panel, _ format: QuantityFormat, _ language: ReportLanguage) -> String {
    guard let overlay = panel.overlay else { return format.heading(panel.name) }
    let words = ChartWords(language: language)
    return format.heading(
      words.pick("\(panel.name) (thin) and \(overlay.name)", "\(panel.name)（细线）、\(overlay.name)"))
  }

  private func line(
    _ values: [Double], _ plot: PeriodPlot, _ scale: ChartScale, style: String, stroke: String,
    width: String = "1.6"
  ) -> Markup {
    Markup(
      "path",
      [
        "class": style,
        "d": PathData(through: values, x: { plot.x(plot.slots.lowerBound + $0) }, y: scale).text,
        "stroke": stroke, "stroke-width": width, "fill": "none", "stroke-linejoin": "round",
      ])
  }

  private func marks(_ panel: Panel, _ values: [Double], _ plot: PeriodPlot, _ scale: ChartScale) -> [Markup]
  {
    func x(_ index: Int) -> Double { plot.x(plot.slots.lowerBound + index) }
    guard let base = panel.base else {
      return [
        line(
          values, plot, scale, style: "l0", stroke: "#0072b2", width: panel.overlay == nil ? "1.6" : "0.8")
      ]
    }
    var (bars, line) = (PathData(), PathData())
    for (index, value) in values.enumerated() where value.isFinite {
      bars.vertical(scale(base), scale(value), x: x(index))
    }
    line.horizontal(plot.left, plot.right, y: scale(base))
    return [
      Markup(
        "path",
        [
          "class": "l0", "d": bars.text, "stroke": "#0072b2",
          "stroke-width": coordinate(max(0.6, min(6, 0.7 * plot.slotWidth))),
        ]),
      Markup("path", ["class": "axis", "d": line.text, "stroke": "#595959"]),
    ]
  }
}
