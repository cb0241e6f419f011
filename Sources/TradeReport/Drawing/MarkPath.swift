/// All marks of one kind as one path, the same in the chart and in its legend.
///
/// The attributes are for programs that do not know style sheets with custom properties; others see ``ChartStyle``.
struct MarkPath {
  let markup: Markup

  private init(
    _ name: String, _ path: PathData, _ color: String, width: Double, opacity: String? = nil,
    round: Bool = false,
    fill: String? = nil
  ) {
    var attributes: [(StaticString, String)] = [
      ("class", name), ("d", path.text), ("stroke", color), ("stroke-width", coordinate(width)),
    ]
    if let opacity { attributes.append(("opacity", opacity)) }
    if round { attributes.append(("stroke-linecap", "round")) }
    if let fill { attributes.append(("fill", fill)) }
    markup = path.isEmpty ? .text("") : Markup("path", attributes: attributes, [])
  }

  static func published(_ path: PathData, radius: Double) -> MarkPath {
    MarkPath("pub", path, "#0072b2", width: 2 * radius, round: true)
  }

  static func derived(_ path: PathData) -> MarkPath {
    MarkPath("der", path, "#0072b2", width: 1.6, fill: "#fff")
  }

  /// The range of a published or derived value.
  static func whiskers(_ path: PathData) -> MarkPath { MarkPath("whisk", path, "#0072b2", width: 1.5) }

  /// The range of an estimated value.
  static func estimated(_ path: PathData, width: Double) -> MarkPath {
    MarkPath("est", path, "#6e6e6e", width: width, opacity: "0.4")
  }

  static func estimatedMedian(_ path: PathData) -> MarkPath { MarkPath("estm", path, "#1b1b1b", width: 1.5) }

  static func run(_ path: PathData) -> MarkPath {
    MarkPath("run", path, "#6e6e6e", width: 1, opacity: "0.55")
  }

  static func median(_ path: PathData) -> MarkPath { MarkPath("med", path, "#1b1b1b", width: 2.2) }

  /// The boxes of the level at `index` of `count`, counted from the widest interval: the narrower the interval, the
  /// broader and the darker.
  static func box(_ path: PathData, index: Int, count: Int, slotWidth: Double) -> MarkPath {
    let share = count <= 1 ? 1 : Double(index) / Double(count - 1)
    return MarkPath(
      "box", path, "#d55e00", width: min(22, 0.8 * slotWidth) * (0.5 + 0.5 * share),
      opacity: index + 1 == count && count > 1 ? "0.55" : "0.4")
  }

  /// The arrows at ranges that go on beyond the axis.
  static func cut(_ path: PathData) -> MarkPath { MarkPath("cut", path, "none", width: 0, fill: "#1b1b1b") }
}
