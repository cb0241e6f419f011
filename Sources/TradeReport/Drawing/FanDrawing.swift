import TradeStatistics
import Tradewind

/// Turns a ``FanFigure`` into SVG: works out where the parts go, from top to bottom, and draws them.
struct FanDrawing {
  let figure: FanFigure
  let content: FanContent
  let language: ReportLanguage
  let legend: ChartLegend
  let plot: PeriodPlot
  let y: ChartScale

  init(figure: FanFigure, content: FanContent, start: Double, language: ReportLanguage) {
    self.figure = figure
    self.content = content
    self.language = language
    legend = FanLegend.legend(figure, content, top: start, language)
    // Two lines for the quarter's total and its bracket stand between the legend and the plot.
    let top = legend.bottom + (content.total == nil ? 26 : 46)
    let bottom = top + (figure.width < 500 ? 190 : 250)
    plot = PeriodPlot(
      slots: figure.slots, unit: figure.unit, left: ValueAxis.room(figure.ticks, figure.format),
      right: figure.width - 10, top: top, bottom: bottom, language: language)
    y = ChartScale(figure.ticks, from: bottom, to: top)
  }

  var slotWidth: Double { plot.slotWidth }
  var top: Double { plot.top }

  /// The middle of a slot.
  func x(_ slot: Int) -> Double { plot.x(slot) }

  var body: ChartBody {
    let words = FanWords(content: content, format: figure.format, language: language)
    return ChartBody(
      parts: ground + axes + legend.markup + marks() + total(words), bottom: plot.labelsBottom,
      hover: plot.hover)
  }

  /// The tinted ground of the projection.
  private var ground: [Markup] {
    guard let first = figure.firstProjected else { return [] }
    let edge = x(first) - slotWidth / 2
    return [
      .chartRect(
        x: edge, y: top, width: plot.right - edge, height: plot.bottom - top, style: "tint", fill: "#faf3ee")
    ]
  }

  private var axes: [Markup] {
    ValueAxis(
      ticks: figure.ticks, format: figure.format, scale: y,
      title: ChartWords(language: language).axis(figure.format, figure.unit)
    ).upright(left: plot.left, right: plot.right, titleAt: top - 12) + plot.axis(at: y(0))
  }

  /// The bracket over the total's months, with the total and its intervals above.
  private func total(_ words: FanWords) -> [Markup] {
    guard let total = content.total, let text = words.total else { return [] }
    let months = total.period.months
    let covered = figure.slots.filter { months.overlaps(Period(unit: figure.unit, ordinal: $0).months) }
    guard let first = covered.first, let last = covered.last else { return [] }
    var bracket = PathData()
    bracket.move(x(first) - 0.4 * slotWidth, top - 2)
    bracket.line(x(first) - 0.4 * slotWidth, top - 7)
    bracket.line(x(last) + 0.4 * slotWidth, top - 7)
    bracket.line(x(last) + 0.4 * slotWidth, top - 2)
    let room = figure.width - 16
    let headline = fitted(text.headline, width: room / 1.1)
    // On a narrow picture the wider intervals are left to the table.
    let count = text.intervals.indices.last { index in
      textWidth(text.intervals[...index].joined(separator: " · ")) <= room
    }
    let intervals = count.map { text.intervals[...$0].joined(separator: " · ") } ?? ""
    let half = max(textWidth(headline, isBold: true), textWidth(intervals)) / 2
    let middle = max(8 + half, min(plot.right - half, (x(first) + x(last)) / 2))
    return [
      Markup("path", ["class": "axis", "d": bracket.text, "fill": "none", "stroke": "#595959"]),
      .chartText(headline, x: middle, y: top - 28, anchor: "middle", style: "b"),
    ]
      + (intervals.isEmpty
        ? [] : [.chartText(intervals, x: middle, y: top - 12, anchor: "middle", style: "soft")])
  }
}
