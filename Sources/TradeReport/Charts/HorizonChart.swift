import Tradewind

/// What became of forecasts by how far ahead they looked: a line for each model, and a panel for each measure, one above the other.
///
/// A panel with a target, such as the coverage that an interval promises, shows it as a level line. Lines differ by colour, dashes and the
/// shape of their marks. At most six lines, eight panels and 240 steps are drawn; missing values break a line.
public struct HorizonChart: Sendable {
  /// One measure.
  public struct Panel: Sendable, Equatable {
    public var name: String
    /// As facts have it: `t`, `percent`; may be empty.
    public var unit: String
    /// For each line one value a step, NaN where there is none.
    public var values: [[Double]]
    /// Where the values should lie; nil if smaller is better.
    public var target: Double?

    public init(_ name: String, _ values: [[Double]], unit: String = "", target: Double? = nil) {
      self.name = name
      self.values = values
      self.unit = unit
      self.target = target
    }
  }

  public var title: String
  /// What the lines are called, in the order of the legend.
  public var lines: [String]
  public var panels: [Panel]
  /// What a step is; nil if the steps of different series differ.
  public var unit: Period.Unit?
  /// A sentence about what was compared; may be empty.
  public var source: String

  public init(
    title: String, lines: [String], panels: [Panel], unit: Period.Unit? = nil, source: String = ""
  ) {
    self.title = title
    self.lines = lines
    self.panels = panels
    self.unit = unit
    self.source = source
  }
}

extension HorizonChart: ChartDrawing {
  private var shown: [Panel] { Array(panels.prefix(8)) }
  private var names: [String] { Array(lines.prefix(LineStyle.count)) }
  private var steps: Int { min(240, shown.flatMap(\.values).map(\.count).max() ?? 0) }

  private func drawn(_ panel: Panel) -> [[Double]] {
    panel.values.prefix(LineStyle.count).map { Array($0.prefix(steps)) }
  }

  private func format(_ panel: Panel, _ language: ReportLanguage) -> QuantityFormat {
    QuantityFormat(
      unit: panel.unit, values: panel.values.joined() + [panel.target].compactMap(\.self), language: language)
  }

  func heading(_ language: ReportLanguage) -> String { title }
  func sourceLine(_ language: ReportLanguage) -> String { source }

  func description(_ language: ReportLanguage) -> String {
    let words = ChartWords(language: language)
    guard steps > 0 else { return words.pick("No values.", "没有数值。") }
    let panels = shown.map { panel in
      let format = format(panel, language)
      let ends = zip(names, drawn(panel)).map { name, values in
        func text(_ value: Double?) -> String { format.text(value ?? .nan) ?? words.missing }
        let (first, last) = (text(values.first), text(values.last))
        return words.pick(
          "\(clipped(name, to: 60)) \(first) to \(last)", "\(clipped(name, to: 60))由\(first)至\(last)")
      }
      return "\(clipped(panel.name, to: 60))\(words.pick(": ", "："))"
        + ends.joined(separator: words.pick(", ", "，")) + words.pick(".", "。")
    }
    return words.sentences(
      [
        words.pick(
          "From step 1 to step \(words.number(steps)).", "第1步至第\(words.number(steps))步。")
      ] + panels)
  }

  func table(_ language: ReportLanguage) -> ReportTable {
    let words = ChartWords(language: language)
    let columns = shown.flatMap { panel in
      zip(names, drawn(panel)).map { (panel, $0, $1, format(panel, language)) }
    }
    var table = ReportTable(
      columns: [.init(words.ahead(unit), .number)]
        + columns.map { panel, name, _, format in
          .init(
            "\(panel.name)\(format.unit.isEmpty ? "" : ", \(format.unit)")\(words.pick(": ", "："))\(name)",
            .number)
        }, rows: [])
    for step in 0..<steps {
      table.rows.append(
        [words.number(step + 1)]
          + columns.map { _, _, values, format in
            step < values.count ? format.number(values[step]) ?? "–" : ""
          })
      table.rowKeys.append(step + 1)
    }
    return table
  }

  func body(width: Double, top: Double, language: ReportLanguage) -> ChartBody {
    let words = ChartWords(language: language)
    let legend = legend(width: width, top: top, words)
    let formats = shown.map { format($0, language) }
    let ticks = shown.map { panel in
      AxisTicks(
        covering: drawn(panel).joined() + [panel.target].compactMap(\.self),
        intervals: panel.target == nil ? 5 : 4, zero: panel.target == nil ? nil : false)
    }
    let left = zip(ticks, formats).map { ValueAxis.room($0, $1) }.max() ?? 14
    let plot = StepPlot(steps: max(1, steps), left: left, right: width - 10)
    var parts = legend.markup
    var y = legend.bottom
    for (index, panel) in shown.enumerated() {
      let (head, foot) = (y + 28, y + 28 + (panel.target == nil ? 170 : 104))
      let scale = ChartScale(ticks[index], from: foot, to: head)
      parts += ValueAxis(ticks: ticks[index], format: formats[index], scale: scale).upright(
        left: left, right: width - 10)
      parts.append(
        .chartText(
          fitted(formats[index].heading(panel.name), width: width - 10 - left), x: left,
          y: head - 8, style: "b user"))
      if let target = panel.target { parts.append(targetLine(left, width - 10, y: scale(target))) }
      for (line, values) in drawn(panel).enumerated() {
        parts += lines(values, line, plot, scale)
      }
      y = foot
    }
    guard steps > 0 else { return ChartBody(parts: parts, bottom: max(y, top + 20)) }
    parts += plot.axis(at: y, title: words.ahead(unit))
    var bottom = y + 38
    if lines.count > names.count {
      parts.append(
        .chartText(words.notDrawn(lines.count - names.count), x: 8, y: bottom + 14, style: "soft"))
      bottom += 18
    }
    return ChartBody(
      parts: parts, bottom: bottom,
      hover: HoverGrid(
        first: 1, columns: steps, left: left, right: width - 10, top: legend.bottom + 28, bottom: y))
  }

  private func legend(width: Double, top: Double, _ words: ChartWords) -> ChartLegend {
    var items = names.enumerated().map { index, name in
      // The glyph and the margins take 40 pixels.
      ChartLegend.Item(text: fitted(name, width: width - 40)) { x, y in
        var path = PathData()
        path.horizontal(x - 9, x + 9, y: y)
        return [LineStyle.line(path, index), LineStyle.marks([(x, y)], index)]
      }
    }
    if shown.contains(where: { $0.target != nil }) {
      items.append(
        ChartLegend.Item(text: words.pick("nominal level", "名义水平")) { x, y in [targetLine(x - 9, x + 9, y: y)]
        })
    }
    return ChartLegend(items, width: width, top: top)
  }

  private func targetLine(_ left: Double, _ right: Double, y: Double) -> Markup {
    var path = PathData()
    path.horizontal(left, right, y: y)
    return Markup(
      "path",
      ["class": "axis", "d": path.text, "stroke": "#595959", "stroke-width": "3", "stroke-opacity": "0.45"])
  }

  private func lines(_ values: [Double], _ line: Int, _ plot: StepPlot, _ scale: ChartScale) -> [Markup] {
    // A mark every forty pixels, each line's a little later than the last one's.
    let every = max(1, Int(40 / plot.slotWidth))
    let marked = values.indices.filter {
      values[$0].isFinite && ($0 + line * every / max(1, names.count)).isMultiple(of: every)
    }
    // The marks of a single step stand side by side.
    let aside = plot.steps == 1 ? 16 * (Double(line) - Double(names.count - 1) / 2) : 0
    let x = { (step: Int) in plot.x(step) + aside }
    return [
      LineStyle.line(PathData(through: values, x: x, y: scale), line),
      LineStyle.marks(marked.map { (x($0), scale(values[$0])) }, line),
    ]
  }
}

/// Steps side by side, numbered below.
private struct StepPlot {
  let steps: Int
  let left: Double, right: Double

  var slotWidth: Double { (right - left) / Double(steps) }

  /// The middle of a step, counted from 0.
  func x(_ step: Int) -> Double { left + (Double(step) + 0.5) * slotWidth }

  /// The line, as many numbers as there is room for, and what is counted.
  func axis(at y: Double, title: String) -> [Markup] {
    var line = PathData()
    line.horizontal(left, right, y: y)
    // 24 pixels hold three digits and a gap.
    let every = [1, 2, 3, 6, 12, 24, 60].first { Double($0) * slotWidth >= 24 } ?? 120
    let labels = (0..<steps).filter { ($0 + 1).isMultiple(of: every) }
      .map { Markup.chartText("\($0 + 1)", x: x($0), y: y + 16) }
    return [
      Markup("path", ["class": "axis", "d": line.text, "stroke": "#595959"]),
      Markup("g", ["text-anchor": "middle"], labels),
      .chartText(title, x: (left + right) / 2, y: y + 32, anchor: "middle", style: "soft", fill: "#595959"),
    ]
  }
}
