import Testing
import TradeStatistics
import Tradewind

@testable import TradeReport

@Suite("Terminal chart")
struct TerminalChartTests {
  @Test("a chart of letters: axis, history by status, projection with intervals, months and years")
  func picture() {
    let chart = TerminalChart(
      projection: Sample.small(history: [40, 100, 60], horizon: [50, 80], spread: 0.5), width: 60)
    let lines = chart.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 60 && $0.last != " " })
    #expect(chart.text.count { $0 == "●" } == 3 && chart.text.contains("━━") && chart.text.contains("░░"))
    #expect(!chart.text.contains("\u{1B}"))
    // The published 100 stands in the line that the axis calls 100.
    let top = lines.first { $0.contains(" 100 ┤") }
    #expect(top?.contains("●") == true, "\(chart.text)")
  }

  @Test("colours are sequences that are ended again")
  func colors() {
    let chart = TerminalChart(projection: Sample.silver(), width: 100, usesColor: true).text
    let starts = chart.split(separator: "\u{1B}[").count - 1
    #expect(
      starts > 20
        && chart.split(separator: "\u{1B}[0m", omittingEmptySubsequences: false).count - 1 == starts / 2)
    let plain = TerminalChart(projection: Sample.silver(), width: 100).text
    #expect(plain.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("no width and no value traps or widens the chart", arguments: Sample.odd.indices)
  func odd(_ index: Int) {
    for width in [0, 40, 57, 80, 10_000] {
      let text = TerminalChart(projection: Sample.odd[index], width: width).text
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= max(40, min(200, width)) }, "\(text)")
      #expect(!text.contains("nan") && !text.contains("inf"))
    }
  }
}
