import TradeReport

/// Columns of text, aligned with spaces.
struct TextTable {
  enum Alignment { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]]

  init(_ columns: [(title: String, alignment: Alignment)]) {
    alignments = columns.map(\.alignment)
    rows = [columns.map(\.title)]
  }

  mutating func add(_ cells: [String]) {
    rows.append(cells)
  }

  /// The title row, a line, and the rows; every line ends with a newline and none with spaces.
  var text: String {
    let widths = alignments.indices.map { column in rows.map { terminalCells($0[column]) }.max() ?? 0 }
    var lines = rows.map { row in
      zip(row, zip(alignments, widths)).map { cell, shape in
        let padding = String(repeating: " ", count: shape.1 - terminalCells(cell))
        return shape.0 == .left ? cell + padding : padding + cell
      }.joined(separator: "  ")
    }
    lines.insert(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "), at: 1)
    return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) + "\n" }.joined()
  }
}
