import Testing
import TradeStatistics
import Tradewind

@testable import TradeReport

@Suite("Projection page")
struct ProjectionPageTests {
  private let hostile = "<script>alert('x')</script>\"'&\u{202E}]]>--><!--\u{0}"

  @Test("a page is well-formed and holds headline, charts, tables, model, findings and sources")
  func structure() throws {
    let projection = Sample.silver(notes: ["A note."], doubtful: [Sample.finding(publisher: "sunsirs.com")])
    let page = ProjectionPage(
      projections: [projection], title: "Silver", generated: "20 January 2026",
      sources: [FactSource(title: "SMM", url: "https://example.org/smm", quote: "")])
    let html = page.html()
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html"))
    let root = try #require(XMLTree.parse(html))
    #expect(root.all("h1").map(\.text) == ["Silver"] && root.all("svg").count == 2)
    #expect(root.all("p", class: "headline").first?.wholeText.contains("521\u{A0}kt") == true)
    #expect(root.all("p", class: "model").first?.text == projection.model)
    #expect(root.all("p", class: "meta").first?.text == "20 January 2026")
    let text = root.wholeText
    let doubt = [
      "amount stated as 267\u{A0}kt.", "The others imply 307\u{A0}kt (95\u{A0}% range 301–313\u{A0}kt).",
      "All levels from sunsirs.com lie about 1.25\u{A0}% below the others.", "Peru, Mexico and Bolivia",
      "share stated as 74.1\u{A0}%, would have to be 72.0\u{A0}%",
    ]
    for part in doubt + ["A note."] { #expect(text.contains(part), "\(part)") }
    let links = root.all("a").compactMap { $0.attributes["href"] }
    #expect(
      Set(links) == [
        "https://example.org/smm", "https://example.org/a?b=1&c=2", "https://example.org/review",
      ])
    #expect(root.all("a").allSatisfy { $0.attributes["rel"] == "noopener noreferrer" })
  }

  @Test("every number of the projection stands in a table")
  func values() throws {
    let projection = Sample.silver()
    let root = try #require(XMLTree.parse(ProjectionPage(projections: [projection], title: "t").html()))
    let tables = root.all("table")
    try #require(tables.count == 2)
    let horizon = tables[0].all("tr").map { $0.children.map(\.text) }
    #expect(horizon[0] == ["Period", "Median", "Mean", "80\u{A0}% interval", "95\u{A0}% interval"])
    #expect(horizon[1] == ["Jan 2026", "175", "178", "140–219", "125–245"])
    #expect(horizon[3] == ["Mar 2026", "167", "170", "134–208", "119–233"])
    #expect(horizon[4] == ["Total of Q1 2026", "521", "529", "451–602", "419–650"])
    let rows = tables[1].all("tr").dropFirst().map { $0.children.map(\.text) }
    #expect(rows.count == projection.history.count)
    let format = QuantityFormat(unit: "t", values: [239_000])
    for (row, month) in zip(rows, projection.history) {
      #expect(row[0] == Words.period(month.period) && row[1] == format.number(month.median))
      #expect(row[2] == (month.lower == month.upper ? "" : format.range(month.lower, month.upper)))
      #expect(row[3].hasSuffix(month.status.rawValue))
    }
  }

  @Test("a projection of a real model goes through, and its total is the headline")
  func realProjection() throws {
    let values = (0..<36).map { 100 + 10 * Double($0 % 12) + Double($0) }
    let series = TimeSeries(values, start: .month(2023, 1), name: "imports")
    let projection = try HistoryProjector().project(series, unit: "kt")
    let root = try #require(XMLTree.parse(ProjectionPage(projections: [projection], title: "t").html()))
    let format = QuantityFormat(
      unit: "kt", values: projection.history.map(\.median) + projection.horizon.map(\.median))
    let median = try #require(format.text(projection.total.median, .rounded))
    #expect(root.all("p", class: "headline").first?.all("strong").first?.text == median)
    #expect(root.all("tr").count { $0.attributes["data-s"] != nil } == 39)
  }

  @Test("a Chinese page is Chinese but for what sources say")
  func chinese() throws {
    let projection = Sample.silver(doubtful: [Sample.finding(publisher: "sunsirs.com")])
    let html = ProjectionPage(
      projections: [projection, projection], title: "银精矿", language: .chinese
    ).html()
    let root = try #require(XMLTree.parse(html))
    #expect(root.attributes["lang"] == "zh-Hans")
    let foreign = [
      "p", "th", "td", "h2", "h3", "summary", "caption", "text", "desc", "dt", "dd", "figcaption",
    ]
    .flatMap { root.all($0) }.map(\.text)
    .map { $0.replacing("Tradewind", with: "").replacing("sunsirs.com", with: "") }
    .filter { text in text.unicodeScalars.contains { $0.isASCII && $0.properties.isAlphabetic } }
    #expect(foreign.filter { !$0.hasPrefix("Gaussian local level") } == [])
    for text in ["概览", "为2026年第一季度合计的预测中位数", "80%概率区间为", "与其他数据不符的公布数据", "应为72.0%", "12月"] {
      #expect(root.wholeText.contains(text), "\(text)")
    }
    #expect(
      ModelWords.text(
        "local level with drift + seasonal pattern + Chinese New Year + irregular in logarithms; monthly standard deviations: level 2.8 %, seasonal pattern 6.8 %, irregular 14.9 %",
        .chinese) == "带漂移的局部水平＋季节型态＋春节＋不规则项（对数）；月度标准差：水平2.8%，季节型态6.8%，不规则项14.9%")
  }

  @Test("rows and charts agree on where a period is")
  func slots() throws {
    let root = try #require(XMLTree.parse(ProjectionPage(projections: [Sample.silver()], title: "t").html()))
    let rows = root.all("tr").compactMap { $0.attributes["data-s"].flatMap { Int($0) } }
    #expect(rows.count == 51 && Set(rows).count == 51)
    for svg in root.all("svg") {
      let first = try #require(svg.attributes["data-first"].flatMap { Int($0) })
      let count = try #require(svg.attributes["data-columns"].flatMap { Int($0) })
      #expect(Set(first..<(first + count)).isSubset(of: rows))
    }
  }

  @Test("hostile text is shown as text, everywhere")
  func hostileText() throws {
    let finding = Sample.finding(
      title: hostile, url: "javascript:alert(1)", quote: hostile, publisher: hostile)
    let projection = Sample.silver(series: hostile, unit: hostile, notes: [hostile], doubtful: [finding])
    let page = ProjectionPage(
      projections: [projection, projection], title: hostile, generated: hostile,
      sources: [
        FactSource(title: hostile, url: "https://a.org/\"><script>", quote: hostile),
        FactSource(title: "", url: "", quote: ""), FactSource(title: hostile, url: hostile, quote: hostile),
      ])
    let html = page.html()
    let root = try #require(XMLTree.parse(html))
    #expect(root.all("script").count == 1 && root.all("style").count == 2)
    #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&#39;&amp;\u{FFFD}"))
    #expect(!html.unicodeScalars.contains("\u{202E}") && !html.unicodeScalars.contains("\u{0}"))
    #expect(
      root.all("a").compactMap { $0.attributes["href"] }.allSatisfy {
        $0.hasPrefix("#s") || $0.hasPrefix("https://")
      })
    let known: Set = [
      "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "nav", "section",
      "div", "table",
      "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "a", "figure", "figcaption", "svg", "desc",
      "rect",
      "path", "g", "text", "details", "summary", "ul", "ol", "li", "dl", "dt", "dd", "strong", "span", "b",
      "blockquote", "script",
    ]
    #expect(Set(root.all.map(\.name)).isSubset(of: known))
    #expect(root.all.allSatisfy { node in !node.attributes.keys.contains { $0.hasPrefix("on") } })
    let svg = try #require(XMLTree.parse(FanChart(projection: projection).svg()))
    #expect(svg.all("script").isEmpty)
  }

  @Test("a page asks for nothing from anywhere")
  func selfContained() throws {
    let html = ProjectionPage(projections: [Sample.silver()], title: "t").html()
    for request in ["src=", "url(", "@import", "<link", "<img", "<iframe", "fetch(", "XMLHttpRequest"] {
      #expect(!html.contains(request), "\(request)")
    }
    let root = try #require(XMLTree.parse(html))
    #expect(root.all("meta").contains { $0.attributes["content"]?.hasPrefix("default-src 'none'") == true })
    let script = "\(PageParts.script)"
    #expect(!script.contains("<") && !script.contains("&") && !script.contains("innerHTML"))
  }

  @Test("no projection, one or several: a page each, with an overview from two on")
  func counts() throws {
    let none = try #require(XMLTree.parse(ProjectionPage(projections: [], title: "").html()))
    #expect(none.wholeText.contains("There is no projection to report."))
    let two = try #require(
      XMLTree.parse(
        ProjectionPage(projections: [Sample.silver(), Sample.silver(series: "b")], title: "t").html()))
    #expect(two.all("nav").first?.all("a").map(\.text) == ["Silver concentrate imports", "B"])
    #expect(Set(two.all("section").compactMap { $0.attributes["id"] }) == ["s1", "s2"])
  }

  @Test("odd values neither trap nor leave `nan` or `inf` in the page")
  func odd() throws {
    let html = ProjectionPage(projections: Sample.odd, title: "odd").html()
    let root = try #require(XMLTree.parse(html))
    for cell in root.all("td") + root.all("p") + root.all("text") {
      #expect(!cell.text.contains("nan") && !cell.text.contains("inf"), "\(cell.text)")
    }
  }

  @Test("the same input gives the same bytes")
  func deterministic() {
    let page = ProjectionPage(projections: [Sample.silver(), Sample.silver(series: "b")], title: "t")
    #expect(page.html() == page.html())
  }

  @Test("a page stays below 500 kB whatever comes in")
  func size() throws {
    let one = ProjectionPage(projections: [Sample.silver()], title: "t").html()
    #expect(one.utf8.count < 40_000)
    let many = ProjectionPage(
      projections: (0..<600).map { Sample.silver(series: "series-\($0)") }, title: "many",
      sources: (0..<3000).map { FactSource(title: "s\($0)", url: "https://a.org/\($0)", quote: "") })
    let long = String(repeating: "<\u{301}&\"", count: 10_000)
    let finding = Sample.finding(
      title: long, url: "https://a.org/" + long, quote: long, publisher: long)
    let huge = Sample.silver(
      series: long, unit: long, notes: Array(repeating: long, count: 100),
      doubtful: Array(repeating: finding, count: 100))
    let century = Sample.small(
      history: Array(repeating: 123_456, count: 5000), horizon: Array(repeating: 1, count: 3000))
    let pages = [
      many, ProjectionPage(projections: [huge], title: long, generated: long),
      ProjectionPage(projections: [century], title: ""),
    ]
    for page in pages {
      let html = page.html()
      #expect(html.utf8.count < 500_000, "\(page.title.prefix(10)): \(html.utf8.count)")
      let root = try #require(XMLTree.parse(html))
      #expect(root.all("svg").count >= 2)
    }
    #expect(many.html().contains("more projections are not drawn here"))
  }
}
