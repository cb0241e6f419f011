/// The `d` attribute of an SVG path, with coordinates to a tenth of a pixel.
///
/// All marks of one kind go into one path: a chart of a hundred months stays a few kilobytes.
struct PathData {
  var text = ""

  var isEmpty: Bool { text.isEmpty }

  mutating func move(_ x: Double, _ y: Double) { text += "M\(coordinate(x)) \(coordinate(y))" }
  mutating func line(_ x: Double, _ y: Double) { text += "L\(coordinate(x)) \(coordinate(y))" }

  mutating func horizontal(_ x1: Double, _ x2: Double, y: Double) {
    move(x1, y)
    text += "H\(coordinate(x2))"
  }

  mutating func vertical(_ y1: Double, _ y2: Double, x: Double) {
    move(x, y1)
    text += "V\(coordinate(y2))"
  }

  /// A line without length, which a stroke with round ends draws as a dot.
  mutating func dot(_ x: Double, _ y: Double) {
    move(x, y)
    text += "h0"
  }

  mutating func circle(_ x: Double, _ y: Double, radius: Double) {
    let (r, d) = (coordinate(radius), coordinate(2 * radius))
    move(x - radius, y)
    text += "a\(r) \(r) 0 1 0 \(d) 0a\(r) \(r) 0 1 0 \(coordinate(-2 * radius)) 0z"
  }

  mutating func diamond(_ x: Double, _ y: Double, radius: Double) {
    let (r, s) = (coordinate(radius), coordinate(-radius))
    move(x, y - radius)
    text += "l\(r) \(r) \(s) \(r) \(s) \(s)z"
  }

  /// A triangle that points up, its tip at (x, y).
  mutating func arrowUp(_ x: Double, _ y: Double, radius: Double) {
    move(x, y)
    text += "l\(coordinate(radius)) \(coordinate(1.6 * radius))h\(coordinate(-2 * radius))z"
  }
}

/// A coordinate to a tenth, without a trailing `.0`; what is not finite or far outside any drawing is clamped, so
/// that no value of the data can break a path.
func coordinate(_ value: Double) -> String {
  guard value.isFinite else { return "0" }
  let tenths = Int((min(99_999, max(-99_999, value)) * 10).rounded())
  let sign = tenths < 0 ? "-" : ""
  let (whole, tenth) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
  return tenth == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(tenth)"
}
