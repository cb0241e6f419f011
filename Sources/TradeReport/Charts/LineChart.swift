import Tradewind

/// Several series over time as lines on one scale.
///
/// Lines differ by colour, dashes and the shape of their marks. At most six are drawn, and of each the latest six hundred periods;
/// missing values break a line. Series of another period than the first one's are left out.
public struct LineChart: Sendable {
  public var title: String
  /// As facts have it: `t`, `usd_million`; may be empty.
  public var unit: String
  /// The lines in the order of the legend, each called by its series' name.
  public var series: [TimeSeries]
  /// A sentence about the source; may be empty.
  public var source: String

  public init(title: String, unit: String, series: [TimeSeries], source: String = "") {
    self.title = title
    self.unit = unit
    self.series = series
    self.source = source
  }
}

extension LineChart: ChartDrawing {
  private var drawn: [TimeSeries] {
    let unit = series.first { $0.count > 0 }?.start.unit
    return Array(series.filter { $0.count > 0 && $0.start.unit == unit }.prefix(LineStyle.count))
  }

  /// The periods shown: the latest of all.
  private var slots: ClosedRange<Int>? {
    guard let first = drawn.map(\.start.ordinal).min(), let last = drawn.map(\.end.ordinal).max() else {
      return nil
    }
    return max(first, last - 599)...last
  }

  private func format(_ language: ReportLanguage) -> QuantityFormat {
    QuantityFormat(unit: unit, values: drawn.flatMap(\.values), language: language)
  }

  func heading(_ language: ReportLanguage) -> String { title }
  func sourceLine(_ language: ReportLanguage) -> String { source }

  func description(_ language: ReportLanguage) -> String {
    let words = ChartWords(language: language)
    let format = format(language)
    guard let slots, let unit = drawn.first?.start.unit else { return words.pick("No values.", "没有数值。") }
    let (from, to) = (
      Period(unit: unit, ordinal: slots.lowerBound), Period(unit: unit, ordinal: slots.upperBound)
    )
    let range = "\(Words.period(from, language))\(words.pick(" to ", "至"))\(Words.period(to, language))"
    return words.sentences(
      [words.pick("Lines from \(range).", "\(range)的折线。")]
        + drawn.map { series in
          let last = series.values.last { $0.isFinite } ?? .nan
          let value = format.text(last) ?? words.missing
          return words.pick(
            "\(clipped(series.name, to: 60)) ends at \(value).",
            "\(clipped(series.name, to: 60))最新为\(value)。")
        })
  }

  func table(_ language: ReportLanguage) -> ReportTable {
    let words = ChartWords(language: language)
    let format = format(language)
    var table = ReportTable(
      caption: format.unit,
      columns: [.init(words.period)] + drawn.map { .init($0.name, .number) }, rows: [])
    guard let slots, let unit = drawn.first?.start.unit else { return table }
    for slot in slots.suffix(360) {
      table.rows.append(
        [Words.period(Period(unit: unit, ordinal: slot), language)]
          + drawn.map { series in
            let index = slot - series.start.ordinal
            return series.values.indices.contains(index) ? format.number(series.values[index]) ?? "–" : ""
          })
      table.rowKeys.append(slot)
    }
    return table
  }

  func body(width: Double, top: Double, language: ReportLanguage) -> ChartBody {
    let drawn = drawn
    let format = format(language)
    let legend = ChartLegend(
      drawn.enumerated().map { index, series in
        ChartLegend.Item(text: clipped(series.name, to: 48)) { x, y in
          var path = PathData()
          path.horizontal(x - 9, x + 9, y: y)
          return [LineStyle.line(path, index), LineStyle.marks([(x, y)], index)]
        }
      }, width: width, top: top)
    let start = legend.bottom + 24
    let bottom = start + (width < 500 ? 190 : 240)
    let slots = slots ?? 0...0
    let shown = drawn.map { series in
      slots.map { slot -> Double in
        let index = slot - series.start.ordinal
        return series.values.indices.contains(index) ? series.values[index] : .nan
      }
    }
    let ticks = AxisTicks(covering: shown.joined(), intervals: 6)
    let scale = ChartScale(ticks, from: bottom, to: start)
    let plot = PeriodPlot(
      slots: slots, unit: drawn.first?.start.unit ?? .year, left: ValueAxis.room(ticks, format),
      right: width - 10,
      top: start, bottom: bottom, language: language)
    let words = ChartWords(language: language)
    var parts = legend.markup
    parts += ValueAxis(ticks: ticks, format: format, scale: scale, title: words.axis(format, plot.unit))
      .upright(left: plot.left, right: plot.right, titleAt: start - 10)
    if !drawn.isEmpty { parts += plot.axis(at: scale(0)) }
    // A mark every sixty pixels, each line's a little later than the last one's.
    let step = max(1, Int(60 / plot.slotWidth))
    for (index, values) in shown.enumerated() {
      parts.append(
        LineStyle.line(PathData(through: values, x: { plot.x(slots.lowerBound + $0) }, y: scale), index))
      let marked = values.indices.filter {
        values[$0].isFinite && ($0 + index * step / max(1, shown.count)).isMultiple(of: step)
      }
      parts.append(
        LineStyle.marks(marked.map { (plot.x(slots.lowerBound + $0), scale(values[$0])) }, index))
    }
    return ChartBody(
      parts: parts, bottom: plot.labelsBottom, hover: drawn.isEmpty ? nil : plot.hover)
  }
}
