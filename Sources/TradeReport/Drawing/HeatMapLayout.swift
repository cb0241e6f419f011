import TradeStatistics

/// Where the cells of a calendar stand, and how one is drawn.
struct HeatMapLayout {
  let columns: Int, rows: Int
  let left: Double, right: Double
  let cellsTop: Double
  let cellHeight: Double

  init(columns: Int, rows: Int, width: Double, top: Double) {
    self.columns = columns
    self.rows = rows
    left = 44
    // Few columns do not become broad bars.
    right = min(width - 8, left + 110 * Double(columns))
    cellsTop = top + 22
    cellHeight = rows > 20 ? 14 : 24
  }

  var cellWidth: Double { (right - left) / Double(columns) }
  var bottom: Double { cellsTop + cellHeight * Double(rows) }
  func x(_ column: Int) -> Double { left + Double(column) * cellWidth }
  func y(_ row: Int) -> Double { cellsTop + Double(row) * cellHeight }

  func cell(_ column: Int, _ row: Int, shade: String, text: String, status: Projection.Status) -> Markup {
    Self.cell(
      x: x(column), y: y(row), width: cellWidth, height: cellHeight, shade: shade, text: text, status: status)
  }

  /// A cell with its number if there is room for it.
  static func cell(
    x: Double, y: Double, width: Double, height: Double, shade: String, text: String,
    status: Projection.Status
  ) -> Markup {
    let (color, ink) = HeatMapShades.colors[shade] ?? ("#fff", "#1b1b1b")
    var parts = [
      Markup.chartRect(
        x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, style: "cell", fill: color)
    ]
    switch status {
    case .published: break
    case .derived:
      var path = PathData()
      path.diamond(x + 5.5, y + 5.5, radius: 3)
      parts.append(Markup("path", ["class": "mark", "d": path.text, "fill": "none", "stroke": ink]))
    case .estimated:
      parts.append(
        .chartRect(
          x: x + 2.5, y: y + 2.5, width: width - 5, height: height - 5, style: "mark", fill: "none",
          stroke: ink,
          dash: "2 2"))
    }
    let size = [11.0, 10, 9].first { textWidth(text, size: $0) + 9 <= width }
    if let size, height >= 18, !text.isEmpty {
      parts.append(
        .chartText(
          text, x: x + width / 2, y: y + height / 2 + 4, anchor: "middle", style: "in", fill: ink, size: size)
      )
    }
    return Markup("g", ["class": shade], parts)
  }
}

/// The colours of a calendar's cells: classes between round values, with a colour for each.
struct HeatMapShades {
  /// The borders between classes, in rising order.
  private let ticks: AxisTicks
  private let isSigned: Bool

  init(values: [Double]) {
    let known = values.filter(\.isFinite)
    isSigned = (known.min() ?? 0) < 0 && (known.max() ?? 0) > 0
    // Both sides of zero share three classes each.
    let reach = known.map(\.magnitude).max() ?? 1
    ticks =
      isSigned
      ? AxisTicks(covering: -reach, reach, intervals: 6)
      : AxisTicks(covering: known.min() ?? 0, known.max() ?? 1, intervals: 6)
  }

  /// The class of a value: `b0`…`b5`, or `o…` below zero; nil if it is missing.
  func shade(_ value: Double) -> String? {
    guard value.isFinite else { return nil }
    let borders = ticks.values
    let index = min(borders.count - 2, max(0, (borders.firstIndex { $0 > value } ?? borders.count - 1) - 1))
    return name(index)
  }

  private func name(_ index: Int) -> String {
    let classes = ticks.values.count - 1
    if isSigned {
      let distance = min(2, 2 * index < classes ? (classes - 1) / 2 - index : index - classes / 2)
      return 2 * index < classes && ticks.values[index + 1] <= 0
        ? "o\(max(0, distance))" : "b\(2 * max(0, distance) + 1)"
    }
    return "b\(classes <= 1 ? 3 : index * 5 / (classes - 1))"
  }

  func legend(_ format: QuantityFormat) -> [ChartLegend.Item] {
    guard ticks.values.count > 1 else { return [] }
    return (0..<(ticks.values.count - 1)).map { index in
      let (low, high) = (
        ticks.label(ticks.values[index], format), ticks.label(ticks.values[index + 1], format)
      )
      let shade = name(index)
      let isNegative = ticks.values[index] < 0
      let isChinese = format.language == .chinese
      let between = isNegative ? (isChinese ? "至" : " to ") : isChinese ? "—" : "–"
      return ChartLegend.Item(text: low + between + high) { x, y in
        [
          HeatMapLayout.cell(
            x: x - 8, y: y - 7, width: 16, height: 14, shade: shade, text: "", status: .published)
        ]
      }
    }
  }

  /// Colour and ink of each class on white paper. Blue for amounts and above zero, orange below.
  static let colors: [String: (String, String)] = [
    "b0": ("#e8f1f9", "#1b1b1b"), "b1": ("#c3dcf0", "#1b1b1b"), "b2": ("#93c1e4", "#1b1b1b"),
    "b3": ("#5a9fd0", "#111111"), "b4": ("#2a6da6", "#ffffff"), "b5": ("#084a87", "#ffffff"),
    "o0": ("#fbe6d6", "#1b1b1b"), "o1": ("#f2b17c", "#1b1b1b"), "o2": ("#a84c08", "#ffffff"),
  ]
}
