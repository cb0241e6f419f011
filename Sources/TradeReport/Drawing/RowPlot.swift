/// A plot of rows: each has a name and marks on a scale that lies across. On narrow charts names stand above their marks.
struct RowPlot {
  let names: [String]
  /// How many names there would be without the limit on rows.
  let total: Int
  let width: Double
  /// Where the marks may stand.
  let left: Double, right: Double
  let top: Double
  let rowHeight: Double
  let isNarrow: Bool

  /// Rows drawn at most.
  static let limit = 20

  /// - Parameters:
  ///   - names: of the rows that are drawn.
  ///   - total: how many there are.
  ///   - aside: the room for numbers right of the marks.
  init(names: [String], total: Int, width: Double, top: Double, aside: Double) {
    self.names = names
    self.total = total
    self.width = width
    self.top = top
    isNarrow = width < 500
    rowHeight = isNarrow ? 42 : 26
    let longest = names.map { textWidth($0) }.max() ?? 0
    left = isNarrow ? 8 : 8 + min(0.34 * width, longest + 4) + 10
    right = width - 8 - aside
  }

  var bottom: Double { top + Double(max(1, names.count)) * rowHeight }

  /// The height at which a row's marks stand.
  func middle(_ row: Int) -> Double {
    top + Double(row) * rowHeight + (isNarrow ? 27 : rowHeight / 2)
  }

  var hover: HoverGrid? {
    names.isEmpty ? nil : HoverGrid(rows: names.count, left: 0, right: width, top: top, bottom: bottom)
  }

  /// The rows' names; those at `strong` stand out.
  func labels(strong: Int? = nil) -> [Markup] {
    names.enumerated().map { row, name in
      let style = row == strong ? "b user" : "user"
      if isNarrow {
        return .chartText(
          fitted(name, width: width - 16), x: 8, y: middle(row) - 13, style: style)
      }
      return .chartText(
        fitted(name, width: left - 14), x: left - 10, y: middle(row) + 4, anchor: "end", style: style)
    }
  }

  /// A line below the plot about rows that are not drawn.
  func remark(below y: Double, _ language: ReportLanguage) -> [Markup] {
    total <= names.count
      ? []
      : [
        .chartText(
          ChartWords(language: language).notDrawn(total - names.count), x: 8, y: y + 14, style: "soft",
          fill: "#595959")
      ]
  }

  func remarkHeight() -> Double { total <= names.count ? 0 : 18 }
}

extension QuantityFormat {
  /// The same with the unit.
  func signedText(_ value: Double) -> String? {
    text(value, .rounded).map { value > 0 && $0.contains { $0.isNumber && $0 != "0" } ? "+" + $0 : $0 }
  }

  /// The number with its sign, plus included; no sign for zero.
  func signed(_ value: Double, _ precision: Precision = .rounded) -> String? {
    number(value, precision).map { value > 0 && $0.contains { $0.isNumber && $0 != "0" } ? "+" + $0 : $0 }
  }
}
