import TradeStatistics
import Tradewind

/// Turns a ``FanFigure`` into SVG: works out where the parts go, from top to bottom, and draws them.
struct FanDrawing {
  let figure: FanFigure
  let projection: Projection
  let embedded: Bool
  let legend: [FanLegend.Row]
  let left: Double
  let right: Double
  let legendTop: Double
  let top: Double
  let bottom: Double
  let height: Double

  init(figure: FanFigure, projection: Projection, embedded: Bool) {
    self.figure = figure
    self.projection = projection
    self.embedded = embedded
    let labels = figure.ticks.values.map { figure.tickLabel($0) }
    left = 12 + (labels.map(textWidth).max() ?? 0)
    right = figure.width - 10
    legendTop = embedded ? 4 : 30
    legend = FanLegend.rows(figure, width: figure.width - 16)
    // Two lines for the quarter's total and its bracket stand between the legend and the plot.
    top = legendTop + Double(legend.count) * FanLegend.rowHeight + 46
    bottom = top + (figure.width < 500 ? 190 : 250)
    let words = FanWords(projection: projection, format: figure.format)
    let sourceLines = embedded ? 0 : wrapped(words.source, width: figure.width - 16).count
    height = bottom + 36 + (embedded ? 0 : 8 + 15 * Double(sourceLines))
  }

  var slotWidth: Double { (right - left) / Double(figure.slots.count) }

  /// The middle of a slot.
  func x(_ slot: Int) -> Double { left + (Double(slot - figure.slots.lowerBound) + 0.5) * slotWidth }

  /// The height of a value; beyond the axis, its end.
  func y(_ value: Double) -> Double {
    guard let low = figure.ticks.values.first, let high = figure.ticks.values.last else { return bottom }
    // Halves, because the extent of an axis from −1e308 to 1e308 is infinite.
    let share = (value / 2 - low / 2) / (high / 2 - low / 2)
    return bottom - min(1, max(0, share)) * (bottom - top)
  }

  func element(variant: String) -> Markup {
    let words = FanWords(projection: projection, format: figure.format)
    var parts: [Markup] = []
    parts.append(Markup("title", [:], words.title))
    parts.append(Markup("desc", [:], words.description))
    if !embedded { parts.append(Markup("style", [:], [.verbatim(ChartStyle.sheet)])) }
    parts.append(
      Markup(
        "rect",
        ["class": "bg", "width": coordinate(figure.width), "height": coordinate(height), "fill": "#fff"]))
    parts += axes() + legendParts() + marks() + total(words)
    if !embedded { parts += [heading(words)] + source(words) }
    return Markup(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": variant.isEmpty ? "fan" : "fan \(variant)",
        "viewBox": "0 0 \(coordinate(figure.width)) \(coordinate(height))",
        "width": coordinate(figure.width), "height": coordinate(height), "role": "img",
        "font-family": "sans-serif", "font-size": "12", "data-first": "\(figure.slots.lowerBound)",
        "data-left": coordinate(left), "data-right": coordinate(right), "data-count": "\(figure.slots.count)",
        "data-top": coordinate(top), "data-height": coordinate(bottom - top),
      ], parts)
  }

  private func heading(_ words: FanWords) -> Markup {
    let text = fitted(words.name, width: figure.width - 16, size: 15)
    return Markup("text", ["class": "h user", "x": "8", "y": "21", "font-size": "15"], text)
  }

  /// Where the figures come from, in as many lines as it takes.
  private func source(_ words: FanWords) -> [Markup] {
    wrapped(words.source, width: figure.width - 16).enumerated().map { line, text in
      Markup(
        "text",
        ["class": "soft", "x": "8", "y": coordinate(bottom + 53 + 15 * Double(line)), "fill": "#595959"], text
      )
    }
  }

  /// The tinted ground of the projection, the grid and both axes.
  private func axes() -> [Markup] {
    var parts: [Markup] = []
    if let first = figure.firstProjected {
      let edge = x(first) - slotWidth / 2
      parts.append(
        Markup(
          "rect",
          [
            "class": "tint", "x": coordinate(edge), "y": coordinate(top), "width": coordinate(right - edge),
            "height": coordinate(bottom - top), "fill": "#faf3ee",
          ]))
    }
    return parts + valueAxis() + periodAxis()
  }

  private func valueAxis() -> [Markup] {
    var grid = PathData()
    for tick in figure.ticks.values { grid.horizontal(left, right, y: y(tick)) }
    let labels = figure.ticks.values.map { tick in
      Markup(
        "text", ["x": coordinate(left - 6), "y": coordinate(y(tick) + 4)], figure.tickLabel(tick))
    }
    let rhythm = figure.unit == .month ? "monthly" : figure.unit == .quarter ? "quarterly" : "yearly"
    let unit = figure.format.unit.isEmpty ? rhythm : "\(figure.format.unit), \(rhythm)"
    return [
      Markup("path", ["class": "grid", "d": grid.text, "stroke": "#dcdcdc"]),
      Markup("g", ["class": "soft", "text-anchor": "end"], labels),
      Markup("text", ["class": "soft user", "x": "8", "y": coordinate(top - 12)], unit),
    ]
  }

  private func periodAxis() -> [Markup] {
    let axis = PeriodAxis(slots: figure.slots, unit: figure.unit, slotWidth: slotWidth)
    var line = PathData()
    line.horizontal(left, right, y: y(0))
    for slot in axis.yearStarts where slot > figure.slots.lowerBound {
      line.vertical(bottom, bottom + 6, x: x(slot) - slotWidth / 2)
    }
    let rows = [(axis.upper, 17.0), (axis.lower, axis.upper.isEmpty ? 17 : 31)]
    let labels = rows.flatMap { labels, offset in
      labels.map { label in
        let half = textWidth(label.text) / 2
        let place = min(right - half, max(half, x(label.slot)))
        return Markup("text", ["x": coordinate(place), "y": coordinate(bottom + offset)], label.text)
      }
    }
    return [
      Markup("path", ["class": "axis", "d": line.text, "stroke": "#595959"]),
      Markup("g", ["text-anchor": "middle"], labels),
    ]
  }

  private func legendParts() -> [Markup] {
    legend.enumerated().flatMap { index, row in
      FanLegend.parts(row, y: legendTop + (Double(index) + 0.5) * FanLegend.rowHeight)
    }
  }

  /// The bracket over the total's months, with the total and its intervals above.
  private func total(_ words: FanWords) -> [Markup] {
    guard let text = words.total else { return [] }
    let months = projection.total.period.months
    let covered = figure.slots.filter { months.overlaps(Period(unit: figure.unit, ordinal: $0).months) }
    guard let first = covered.first, let last = covered.last else { return [] }
    var bracket = PathData()
    bracket.move(x(first) - 0.4 * slotWidth, top - 2)
    bracket.line(x(first) - 0.4 * slotWidth, top - 7)
    bracket.line(x(last) + 0.4 * slotWidth, top - 7)
    bracket.line(x(last) + 0.4 * slotWidth, top - 2)
    let half = max(textWidth(text.headline) * 1.06, textWidth(text.intervals)) / 2
    let middle = max(8 + half, min(right - half, (x(first) + x(last)) / 2))
    return [
      Markup("path", ["class": "axis", "d": bracket.text, "fill": "none", "stroke": "#595959"]),
      Markup(
        "text", ["class": "b", "x": coordinate(middle), "y": coordinate(top - 28), "text-anchor": "middle"],
        text.headline),
      Markup(
        "text",
        ["class": "soft", "x": coordinate(middle), "y": coordinate(top - 12), "text-anchor": "middle"],
        text.intervals),
    ]
  }
}

extension FanFigure {
  /// The text at a tick, in the chart's unit.
  func tickLabel(_ tick: Double) -> String {
    guard let digits = DecimalDigits(tick)?.shifted(by: format.shift) else { return "" }
    let places = max(0, -(ticks.power + format.shift))
    return places > 6 ? digits.powerText : digits.text(decimals: places)
  }
}

/// About how wide a text of 12 pixels is. Sans-serif letters are a little over half as wide as high; there are
/// no font metrics here, so layouts keep a margin.
func textWidth(_ text: String) -> Double { 6.3 * Double(text.count) }

/// The text in lines that fit a width, broken at blanks.
func wrapped(_ text: String, width: Double) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last, textWidth(last) + textWidth(" \(word)") <= width {
      lines[lines.count - 1] = "\(last) \(word)"
    } else {
      lines.append(String(word))
    }
  }
  return lines
}

/// The text, cut to fit a width with letters of `size` pixels.
func fitted(_ text: String, width: Double, size: Double) -> String {
  clipped(text, to: max(4, Int(width / (0.56 * size))))
}
