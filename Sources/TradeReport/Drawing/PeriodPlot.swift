import Tradewind

/// A plot with time across: a slot for each period, labelled below.
struct PeriodPlot {
  let slots: ClosedRange<Int>
  let unit: Period.Unit
  let left: Double, right: Double, top: Double, bottom: Double
  let language: ReportLanguage

  var slotWidth: Double { (right - left) / Double(slots.count) }

  /// The middle of a slot.
  func x(_ slot: Int) -> Double { left + (Double(slot - slots.lowerBound) + 0.5) * slotWidth }

  var hover: HoverGrid {
    HoverGrid(
      first: slots.lowerBound, columns: slots.count, left: left, right: right, top: top, bottom: bottom)
  }

  /// Where the labels of the axis end.
  var labelsBottom: Double { bottom + 36 }

  /// The axis' line at `height`, ticks at the beginnings of years, and the labels.
  func axis(at height: Double) -> [Markup] {
    let axis = PeriodAxis(slots: slots, unit: unit, slotWidth: slotWidth, language: language)
    var line = PathData()
    line.horizontal(left, right, y: height)
    for slot in axis.yearStarts where slot > slots.lowerBound {
      line.vertical(bottom, bottom + 6, x: x(slot) - slotWidth / 2)
    }
    let rows = [(axis.upper, 17.0), (axis.lower, axis.upper.isEmpty ? 17 : 31)]
    let labels = rows.flatMap { labels, offset in
      labels.map { label in
        let half = textWidth(label.text) / 2
        return Markup.chartText(
          label.text, x: min(right - half, max(half, x(label.slot))), y: bottom + offset)
      }
    }
    return [
      Markup("path", ["class": "axis", "d": line.text, "stroke": "#595959"]),
      Markup("g", ["text-anchor": "middle"], labels),
    ]
  }
}
