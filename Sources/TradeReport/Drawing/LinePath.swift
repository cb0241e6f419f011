/// Lines of several series, told apart by colour, by dashes and by the shape of their marks.
enum LineStyle {
  /// Okabe and Ito's colours as seen on white; the style sheet has those for dark paper.
  private static let colors = ["#0072b2", "#d55e00", "#007a5a", "#a8447f", "#8a6d00", "#1b1b1b"]
  private static let dashes = ["", "7 3", "2 3", "9 3 2 3", "12 4", "4 2"]

  /// Lines that can be told apart.
  static let count = 6

  static func line(_ path: PathData, _ index: Int) -> Markup {
    guard !path.isEmpty else { return .text("") }
    let style = index % count
    var attributes: [(StaticString, String)] = [
      ("class", "l\(style)"), ("d", path.text), ("stroke", colors[style]), ("stroke-width", "1.8"),
      ("fill", "none"), ("stroke-linejoin", "round"),
    ]
    if !dashes[style].isEmpty { attributes.append(("stroke-dasharray", dashes[style])) }
    return Markup("path", attributes: attributes, [])
  }

  /// A mark on the line: circle, square, triangle, diamond, hollow circle, hollow square.
  static func marks(_ points: [(Double, Double)], _ index: Int) -> Markup {
    var path = PathData()
    let style = index % count
    for (x, y) in points {
      switch style {
      case 0, 4: path.circle(x, y, radius: 3.6)
      case 1, 5: path.square(x, y, radius: 3.3)
      case 2: path.arrowUp(x, y - 4, radius: 4.2)
      default: path.diamond(x, y, radius: 4.6)
      }
    }
    guard !path.isEmpty else { return .text("") }
    return Markup(
      "path",
      [
        "class": style >= 4 ? "l\(style) hollow" : "l\(style) full", "d": path.text,
        "fill": style >= 4 ? "#fff" : colors[style], "stroke": colors[style], "stroke-width": "1.4",
      ])
  }
}

extension PathData {
  /// A line through the values that are there, broken where one is missing; a value between two gaps is a short stroke.
  init(through values: [Double], x: (Int) -> Double, y: ChartScale) {
    self.init()
    for (index, value) in values.enumerated() where value.isFinite {
      if index > 0, values[index - 1].isFinite {
        line(x(index), y(value))
      } else {
        let alone = index + 1 >= values.count || !values[index + 1].isFinite
        if alone { horizontal(x(index) - 1.5, x(index) + 1.5, y: y(value)) } else { move(x(index), y(value)) }
      }
    }
  }

  mutating func square(_ x: Double, _ y: Double, radius: Double) {
    let side = coordinate(2 * radius)
    move(x - radius, y - radius)
    text += "h\(side)v\(side)h\(coordinate(-2 * radius))z"
  }
}
