/// What a chart draws below its heading.
struct ChartBody {
  var parts: [Markup] = []
  /// Where the drawing ends.
  var bottom = 0.0
  var hover: HoverGrid?
}

/// Cells of equal size over a plot, so that a page's script finds the table's row or cell for what is under the pointer: the cell
/// in column c and row r has the key first + c · columnStep + r · rowStep.
struct HoverGrid {
  var first = 0
  var columns = 1, rows = 1
  var columnStep = 1, rowStep = 1
  var left: Double, right: Double, top: Double, bottom: Double
}

/// What stands around the drawing of every chart: the root element with title and description, heading, style and source.
struct ChartFrame {
  let width: Double
  let language: ReportLanguage
  /// Leaves out heading, source and style sheet, which the page around has.
  let embedded: Bool
  let variant: String

  static func width(_ wanted: Int) -> Double { Double(min(2000, max(280, wanted))) }

  func element(_ chart: some ChartDrawing) -> Markup {
    let drawing = content(chart)
    let names = [
      Markup("title", [:], clipped(chart.heading(language), to: 200)),
      Markup("desc", [:], clipped(chart.description(language), to: 2000)),
    ]
    return root(
      height: drawing.bottom, hover: drawing.hover, names + ground(height: drawing.bottom) + drawing.parts)
  }

  /// The style sheet, unless a page has it, and the paper.
  func ground(height: Double) -> [Markup] {
    (embedded ? [] : [Markup("style", [:], [.verbatim(ChartStyle.sheet)])]) + [
      Markup(
        "rect", ["class": "bg", "width": coordinate(width), "height": coordinate(height), "fill": "#fff"])
    ]
  }

  /// Heading, drawing and source.
  func content(_ chart: some ChartDrawing) -> ChartBody {
    let heading = chart.heading(language)
    // Letters of 15 pixels, bold.
    let room = (width - 16) / 1.1
    let lines = embedded ? [] : Array(wrapped(heading, width: room * 12 / 15).prefix(2))
    var parts: [Markup] = []
    for (line, text) in lines.enumerated() {
      let text = fitted(text, width: room, size: 15)
      parts.append(.chartText(text, x: 8, y: 21 + 19 * Double(line), style: "h user", size: 15))
    }
    let body = chart.body(
      width: width, top: embedded ? 4 : 12 + 19 * Double(lines.count), language: language)
    parts += body.parts
    let source = embedded ? [] : wrapped(clipped(chart.sourceLine(language), to: 400), width: width - 16)
    for (line, text) in source.enumerated() {
      parts.append(
        .chartText(
          textWidth(text) > width - 16 ? fitted(text, width: width - 16) : text, x: 8,
          y: body.bottom + 17 + 15 * Double(line), style: "soft user",
          fill: "#595959"))
    }
    let bottom = body.bottom + (source.isEmpty ? 4 : 10 + 15 * Double(source.count))
    return ChartBody(parts: parts, bottom: bottom, hover: body.hover)
  }

  func root(height: Double, hover: HoverGrid?, _ parts: [Markup]) -> Markup {
    var attributes: [(StaticString, String)] = [
      ("xmlns", "http://www.w3.org/2000/svg"), ("class", variant.isEmpty ? "plot" : "plot \(variant)"),
      ("viewBox", "0 0 \(coordinate(width)) \(coordinate(height))"), ("width", coordinate(width)),
      ("height", coordinate(height)), ("role", "img"), ("font-family", "sans-serif"), ("font-size", "12"),
    ]
    if let hover {
      attributes += [
        ("data-first", "\(hover.first)"), ("data-columns", "\(hover.columns)"),
        ("data-rows", "\(hover.rows)"), ("data-column-step", "\(hover.columnStep)"),
        ("data-row-step", "\(hover.rowStep)"), ("data-left", coordinate(hover.left)),
        ("data-right", coordinate(hover.right)), ("data-top", coordinate(hover.top)),
        ("data-bottom", coordinate(hover.bottom)),
      ]
    }
    return Markup("svg", attributes: attributes, parts)
  }
}

extension Markup {
  /// A text of a chart. `fill` is for programs that do not know style sheets with custom properties.
  static func chartText(
    _ text: String, x: Double, y: Double, anchor: String? = nil, style: String? = nil, fill: String? = nil,
    size: Double? = nil
  ) -> Markup {
    var attributes: [(StaticString, String)] = []
    if let style { attributes.append(("class", style)) }
    attributes += [("x", coordinate(x)), ("y", coordinate(y))]
    if let anchor { attributes.append(("text-anchor", anchor)) }
    if let fill { attributes.append(("fill", fill)) }
    if let size { attributes.append(("font-size", coordinate(size))) }
    return Markup("text", attributes: attributes, [.text(text)])
  }

  static func chartRect(
    x: Double, y: Double, width: Double, height: Double, style: String, fill: String, stroke: String? = nil,
    dash: String? = nil, round: Double = 0
  ) -> Markup {
    var attributes: [(StaticString, String)] = [
      ("class", style), ("x", coordinate(x)), ("y", coordinate(y)), ("width", coordinate(max(0, width))),
      ("height", coordinate(max(0, height))), ("fill", fill),
    ]
    if let stroke { attributes.append(("stroke", stroke)) }
    if let dash { attributes.append(("stroke-dasharray", dash)) }
    if round > 0 { attributes.append(("rx", coordinate(round))) }
    return Markup("rect", attributes: attributes, [])
  }
}
