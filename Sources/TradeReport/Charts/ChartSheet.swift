/// Several charts in one SVG document, one below the other.
///
/// ```swift
/// let picture = ChartSheet(charts: [.fan(exports), .fan(imports)]).svg(width: 720)
/// ```
///
/// At most twenty-four charts are drawn; a last line counts the others. Without charts the picture is an empty sheet with a remark.
public struct ChartSheet: Sendable {
  public var charts: [ReportChart]

  public init(charts: [ReportChart]) { self.charts = charts }

  private static let limit = 24

  /// The sheet as one SVG document. One chart gives the chart alone.
  ///
  /// - Parameters:
  ///   - width: in pixels, kept within 280…2000.
  ///   - language: the language of the charts' own words.
  public func svg(width: Int = 720, language: ReportLanguage = .english) -> String {
    if let only = charts.first, charts.count == 1 { return only.svg(width: width, language: language) }
    let frame = ChartFrame(
      width: ChartFrame.width(width), language: language, embedded: false, variant: "")
    return frame.sheet(charts.prefix(Self.limit).map(\.value), leftOut: max(0, charts.count - Self.limit))
      .rendered + "\n"
  }
}

extension ChartFrame {
  /// The charts below each other in one root element.
  fileprivate func sheet(_ charts: [any ChartDrawing], leftOut: Int) -> Markup {
    let words = ChartWords(language: language)
    var parts: [Markup] = []
    var y = 0.0
    for chart in charts {
      let drawing = content(chart)
      parts.append(
        Markup(
          "g", ["transform": "translate(0 \(coordinate(y)))"],
          [Markup("desc", [:], clipped(chart.description(language), to: 2000))] + drawing.parts))
      y += drawing.bottom + 14
    }
    let remark =
      charts.isEmpty ? PageWords(language: language).empty : leftOut > 0 ? words.notDrawn(leftOut) : ""
    if !remark.isEmpty {
      parts.append(.chartText(remark, x: 8, y: y + 16, style: "soft", fill: "#595959"))
      y += 26
    }
    let title = words.pick("\(words.number(charts.count)) charts", "\(words.number(charts.count))幅图")
    return root(
      height: y, hover: nil,
      [Markup("title", [:], title), Markup("desc", [:], title)] + ground(height: y) + parts)
  }
}
