import TradeStatistics
import Tradewind

/// A projection as a chart of letters, for a terminal.
///
/// ```swift
/// print(TerminalChart(projection: projection, width: 80).text, terminator: "")
/// ```
///
/// The signs are those of ``FanChart``: `●` a published month, `◇` one derived from published figures, `┃` the range of an estimated month with
/// `╋` at its median; `░` and `▒` the wide and the narrow interval of a projected month with `━` at its median. Only as many of the latest months
/// are drawn as the width has room for. A projection without a finite value gives an empty text.
public struct TerminalChart: Sendable {
  private let figure: FanFigure
  private let content: FanContent
  private let columns: Int
  private let slotWidth: Int
  private let usesColor: Bool
  /// Lines of the plot, so that numbers stand at equal distances.
  private let rows: Int
  /// Letters of the axis' numbers.
  private static let labelWidth = 8

  /// - Parameters:
  ///   - projection: what is drawn.
  ///   - width: of the terminal in letters, kept within 40…200.
  ///   - usesColor: whether marks are coloured by ANSI sequences (ECMA-48).
  public init(projection: Projection, width: Int, usesColor: Bool = false) {
    let width = min(200, max(40, width))
    content = FanContent(projection)
    let ahead = content.horizon.count
    let room = width - Self.labelWidth - 2
    // Three letters a month if a year and the horizon fit so.
    slotWidth = 3 * (12 + ahead) <= room ? 3 : 2 * (12 + ahead) <= room ? 2 : 1
    let periods = max(1, min(24, room / slotWidth - ahead))
    figure = FanFigure(content, width: 720, historyPeriods: periods)
    let steps = figure.ticks.values.count - 1
    rows = steps * max(1, 12 / steps) + 1
    columns = min(figure.slots.count, room / slotWidth)
    self.usesColor = usesColor
  }

  /// The lines, each ended by a newline.
  public var text: String {
    let known =
      figure.history.values.contains { !$0.isEmpty } || figure.horizon.contains { $0.median.isFinite }
    guard known, columns > 0 else { return "" }
    var grid = [[Cell]](repeating: [Cell](repeating: Cell(), count: columns), count: rows)
    drawHistory(&grid)
    drawHorizon(&grid)
    var labels: [Int: String] = [:]
    for tick in figure.ticks.values { labels[row(tick)] = figure.ticks.label(tick, figure.format) }
    var lines = [padded(figure.format.unit, Self.labelWidth)]
    for row in 0..<rows {
      let label = padded(fit(labels[row] ?? ""), Self.labelWidth)
      let marks = grid[row].map { $0.text(slotWidth, usesColor) }.joined()
      lines.append(label + (labels[row] == nil ? " │" : " ┤") + marks)
    }
    lines.append(padded("", Self.labelWidth) + " └" + String(repeating: "─", count: columns * slotWidth))
    lines += axis
    return lines.map { line in line.withoutBlanksAtEnd + "\n" }.joined()
  }

  /// One place of the chart.
  private struct Cell {
    enum Ink: String {
      case none = ""
      case past = "36"
      case guess = "37"
      case next = "33"
      case median = "1"
    }
    var sign: Character = " "
    var ink = Ink.none
    /// Whether the sign fills the whole width of the slot.
    var fills = false

    func text(_ width: Int, _ usesColor: Bool) -> String {
      guard sign != " " else { return String(repeating: " ", count: width) }
      // One blank stays between filled slots if there is room for it.
      let body = fills ? String(repeating: sign, count: max(1, width - 1)) : String(sign)
      let rest = String(repeating: " ", count: width - body.count)
      return (usesColor ? "\u{1B}[\(ink.rawValue)m\(body)\u{1B}[0m" : body) + rest
    }
  }

  private func row(_ value: Double) -> Int {
    let scale = ChartScale(figure.ticks, from: Double(rows - 1), to: 0)
    return Int(scale(value).rounded())
  }

  private func column(_ slot: Int) -> Int? {
    let column = slot - (figure.slots.upperBound - columns + 1)
    return (0..<columns).contains(column) ? column : nil
  }

  private func drawHistory(_ grid: inout [[Cell]]) {
    for status in [Projection.Status.estimated, .derived, .published] {
      for mark in figure.history[status] ?? [] {
        guard let column = column(mark.slot) else { continue }
        if status == .estimated {
          for row in row(mark.high)...max(row(mark.high), row(mark.low)) {
            grid[row][column] = Cell(sign: "┃", ink: .guess)
          }
          grid[row(mark.value)][column] = Cell(sign: "╋", ink: .guess)
        } else {
          grid[row(mark.value)][column] = Cell(sign: status == .published ? "●" : "◇", ink: .past)
        }
      }
    }
  }

  private func drawHorizon(_ grid: inout [[Cell]]) {
    let levels = figure.levels
    for period in figure.horizon {
      guard let column = column(period.slot) else { continue }
      for (index, level) in levels.enumerated() {
        for interval in period.intervals
        where interval.level == level && interval.lower.isFinite && interval.upper.isFinite
          && interval.lower <= interval.upper
        {
          let (high, low) = (row(interval.upper), row(interval.lower))
          for row in high...max(high, low) {
            grid[row][column] = Cell(sign: index + 1 == levels.count ? "▒" : "░", ink: .next, fills: true)
          }
        }
      }
      if period.median.isFinite {
        grid[row(period.median)][column] = Cell(sign: "━", ink: .median, fills: true)
      }
    }
  }

  /// Months where they fit, and the years below.
  private var axis: [String] {
    let first = figure.slots.upperBound - columns + 1
    // A letter counts as seven pixels: labels are set for those.
    let axis = PeriodAxis(
      slots: first...figure.slots.upperBound, unit: figure.unit, slotWidth: 7 * Double(slotWidth))
    return [axis.upper, axis.lower].filter { !$0.isEmpty }.map { labels in
      var line = ""
      for label in labels {
        let place = Self.labelWidth + 2 + (label.slot - first) * slotWidth
        guard place >= line.count else { continue }
        line += String(repeating: " ", count: place - line.count) + label.text
      }
      return line
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private func fit(_ text: String) -> String {
    text.count <= Self.labelWidth ? text : String(text.prefix(Self.labelWidth))
  }
}

extension String {
  fileprivate var withoutBlanksAtEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
