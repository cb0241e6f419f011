import Testing
import TradeStatistics
import Tradewind

@testable import TradeReport

@Suite("Texts of charts stay within the picture")
struct ChartTextTests {
  @Test("no text is estimated to end beyond the picture, in either language and at any width")
  func ends() throws {
    var large = Sample.silver()
    large.unit = "usd"
    let charts = ChartTests.usual + [.fan(FanChart(projection: large))]
    for (index, chart) in charts.enumerated() {
      for language in [ReportLanguage.english, .chinese] {
        for width in [280, 360, 760, 1200] {
          let svg = try #require(XMLTree.parse(chart.svg(width: width, language: language)))
          check(svg, width: Double(width), "chart \(index), \(language), \(width)")
        }
      }
    }
  }

  @Test("widths are those of a wide font: digits, letters, Chinese and full-width punctuation")
  func widths() {
    // DejaVu Sans 12: a digit is 7.64 pixels wide, a capital M 10.4, the colon of Chinese text 12.
    #expect(abs(textWidth("0123456789") - 76.4) < 2)
    #expect(textWidth("80%：51627—64675") > textWidth("80%:51627-64675") + 10)
    #expect(textWidth("：（）—，。") == 72)
    #expect(textWidth("MMM") > textWidth("iii") * 2)
    #expect(textWidth("abc", isBold: true) > textWidth("abc"))
  }

  /// Follows anchors and sizes from the groups around a text.
  private func check(
    _ node: XMLTree.Node, width: Double, anchor: String = "start", size: Double = 12, _ name: String
  ) {
    let anchor = node.attributes["text-anchor"] ?? anchor
    let size = node.attributes["font-size"].flatMap(Double.init) ?? size
    if node.name == "text", let x = node.attributes["x"].flatMap(Double.init) {
      let classes = node.attributes["class"]?.split(separator: " ") ?? []
      let length = textWidth(
        node.wholeText, size: size, isBold: classes.contains("b") || classes.contains("h"))
      let start = anchor == "end" ? x - length : anchor == "middle" ? x - length / 2 : x
      #expect(start >= -2 && start + length <= width + 0.5, "\(name): '\(node.wholeText)' \(start) \(length)")
    }
    for child in node.children { check(child, width: width, anchor: anchor, size: size, name) }
  }
}

@Suite("Fan chart")
struct FanChartTests {
  @Test(
    "the picture is well-formed, has a title, a description and the role of an image",
    arguments: [0, 280, 360, 720, 5000])
  func structure(_ width: Int) throws {
    let svg = try #require(XMLTree.parse(FanChart(projection: Sample.silver()).svg(width: width)))
    #expect(svg.name == "svg" && svg.attributes["role"] == "img")
    #expect(svg.children.first?.text == "Silver concentrate imports: projection for Q1 2026")
    let words = svg.children[1].text
    #expect(words.contains("Jan 2026: median 175 kt") || words.contains("Jan 2026: median 175\u{A0}kt"))
    #expect(words.contains("Total of Q1 2026") && words.contains("7 published, 11 derived, 30 estimated"))
  }

  @Test("published, derived, estimated and projected marks have shapes of their own")
  func shapes() throws {
    let svg = try #require(XMLTree.parse(FanChart(projection: Sample.silver(), historyPeriods: 48).svg()))
    // The first of each class is the legend's; the chart's path follows.
    func path(_ name: String) -> String { svg.all("path", class: name).last?.attributes["d"] ?? "" }
    #expect(path("pub").split(separator: "M").count == 7 && path("pub").contains("h0"))
    #expect(path("der").split(separator: "M").count == 11 && path("der").contains("z"))
    #expect(path("est").split(separator: "M").count == 30 && path("est").contains("V"))
    #expect(svg.all("path", class: "box").count == 4)
    #expect(path("med").split(separator: "M").count == 3)
    #expect(Set(["published", "derived from published"]).isSubset(of: svg.all("text").map(\.text)))
  }

  @Test("marks stand where the axis says: heights are linear in the values")
  func heights() throws {
    let projection = Sample.silver()
    let figure = FanFigure(FanContent(projection), width: 720, historyPeriods: nil)
    let drawing = FanDrawing(
      figure: figure, content: FanContent(projection), start: 31, language: .english)
    #expect(figure.ticks.values == [0, 50_000, 100_000, 150_000, 200_000, 250_000])
    #expect(drawing.y(0) == drawing.plot.bottom && drawing.y(250_000) == drawing.top)
    #expect(abs(drawing.y(125_000) - (drawing.top + drawing.plot.bottom) / 2) < 1e-9)
    let svg = try #require(XMLTree.parse(FanChart(projection: projection).svg()))
    let dots = try #require(svg.all("path", class: "pub").last?.attributes["d"])
    let december = Period.month(2025, 12).ordinal
    #expect(dots.hasSuffix("M\(coordinate(drawing.x(december))) \(coordinate(drawing.y(239_000)))h0"))
  }

  @Test("the quarter's total and its intervals are written into the picture")
  func total() throws {
    let svg = try #require(XMLTree.parse(FanChart(projection: Sample.silver()).svg()))
    let texts = svg.all("text").map(\.text)
    #expect(texts.contains("Total of Q1 2026: 521\u{A0}kt"))
    #expect(texts.contains("80\u{A0}%: 451–602 · 95\u{A0}%: 419–650"))
    #expect(texts.contains("Source: Tradewind projection from 61 published figures up to Dec 2025."))
  }

  @Test("on a narrow chart the source line is broken, not cut")
  func sourceLines() throws {
    let svg = try #require(XMLTree.parse(FanChart(projection: Sample.silver()).svg(width: 360)))
    let texts = svg.all("text").map(\.text)
    #expect(
      texts.suffix(2).joined(separator: " ")
        == FanWords(
          projection: Sample.silver(), format: QuantityFormat(unit: "t", values: [])
        ).source)
  }

  @Test("the same projection gives the same bytes")
  func deterministic() {
    #expect(FanChart(projection: Sample.silver()).svg() == FanChart(projection: Sample.silver()).svg())
  }

  @Test("a range far beyond the medians is cut and marked")
  func cut() throws {
    let projection = Sample.small(history: [100, 110], horizon: [105], spread: 40)
    let figure = FanFigure(FanContent(projection), width: 720, historyPeriods: nil)
    #expect(figure.ticks.values.last ?? 0 <= 300)
    let svg = try #require(XMLTree.parse(FanChart(projection: projection).svg()))
    #expect(svg.all("path", class: "cut").count == 1)
  }

  @Test("odd values neither trap nor leave `nan` or `inf` in the picture", arguments: Sample.odd.indices)
  func odd(_ index: Int) throws {
    for width in [280, 360, 1600] {
      let text = FanChart(projection: Sample.odd[index], historyPeriods: index).svg(width: width)
      let svg = try #require(XMLTree.parse(text))
      for path in svg.all("path") {
        let data = try #require(path.attributes["d"])
        #expect(data.allSatisfy { "MLHVhvlz0123456789.- ".contains($0) }, "\(data)")
      }
      for text in svg.all("text") + svg.all("desc") {
        #expect(!text.text.contains("nan") && !text.text.contains("inf"), "\(text.text)")
      }
    }
  }

  @Test("a missing month breaks the line and draws nothing")
  func missing() throws {
    let figure = FanFigure(
      FanContent(Sample.small(history: [1, 2, .nan, 4, 5], horizon: [6, 7])), width: 720, historyPeriods: nil)
    #expect(figure.runs.map(\.count) == [2, 3])
    #expect(figure.history[.published]?.count == 4)
  }

  @Test("axes begin at zero, unless all values lie far from it")
  func zero() {
    let near = FanFigure(
      FanContent(Sample.small(history: [40, 100], horizon: [50])), width: 720, historyPeriods: nil)
    #expect(near.ticks.values.first == 0)
    let far = FanFigure(
      FanContent(Sample.small(history: [950, 1000], horizon: [980])), width: 720, historyPeriods: nil)
    #expect(far.ticks.values.first ?? 0 > 500)
    let negative = FanFigure(
      FanContent(Sample.small(history: [-40, 100], horizon: [50])), width: 720, historyPeriods: nil)
    #expect(negative.ticks.values.first == -50)
  }
}
