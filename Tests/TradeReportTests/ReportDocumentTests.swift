import Testing
import TradeStatistics
import Tradewind

@testable import TradeReport

@Suite("Report document")
struct ReportDocumentTests {
  private static let hostile =
    "<script>alert('x')</script>\"'&\u{202E}]]>--><!--\u{0}\n# a\n- b | c `d` **e** [f](javascript:g) ![h](i) ~~j~~"

  private static func sample(_ language: ReportLanguage = .english) -> ReportDocument {
    ReportDocument(
      title: "Silver in 2025", subtitle: "Full year", language: language,
      blocks: [
        .keyFigures([KeyFigure(label: "Imports", value: "$8.506 bn", detail: "+18.6 %")]),
        .heading("Overall"),
        .paragraph(
          "Imports were " + .strong("$8.5 bn") + ", says " + .link("SMM", to: "https://example.org/a_(b)")
            + "."),
        .heading("Months", level: 2), .list(["one", "two"], ordered: true),
        .table(
          ReportTable(
            caption: "Flows", columns: [.init("Flow"), .init("$ bn", .number)],
            rows: [["Imports", "8.506"], ["Exports"], ["Other", "1", "too many"]],
            totals: [["Total", "15.222"]], notes: ["Rounded."])),
        .heading("Outlook"),
        .figure(ReportFigure(.fan(FanChart(projection: Sample.silver())), caption: "What follows.")),
        .folded(summary: "More", ReportTable(columns: [.init("a")], rows: [["b"]])),
        .heading("Remarks"), .note("A note."), .quotation("A quote."), .heading("End"),
      ])
  }

  @Test("the HTML is well-formed and holds every block in order")
  func html() throws {
    let html = Self.sample().html()
    let root = try #require(XMLTree.parse(html))
    #expect(root.attributes["lang"] == "en")
    #expect(root.all("h1").map(\.text) == ["Silver in 2025"])
    #expect(root.all("h2").map(\.text) == ["Overall", "Outlook", "Remarks", "End"])
    #expect(root.all("h2").map { $0.attributes["id"] } == ["s1", "s2", "s3", "s4"])
    let contents = try #require(root.all("nav").first)
    #expect(contents.all("a").map { $0.attributes["href"] } == ["#s1", "#s2", "#s3", "#s4"])
    #expect(root.all("svg").count == 2 && root.all("table").count == 3 && root.all("details").count == 2)
    #expect(root.all("a").contains { $0.attributes["href"] == "https://example.org/a_(b)" })
    let rows = root.all("table")[0].all("tr").map { $0.children.map(\.text) }
    #expect(
      rows == [
        ["Flow", "$ bn"], ["Imports", "8.506"], ["Exports", ""], ["Other", "1"], ["Total", "15.222"],
      ])
    #expect(root.all("p", class: "note").map(\.text) == ["Rounded.", "A note."])
    #expect(root.all("dl", class: "key").first?.wholeText == "Imports$8.506 bn+18.6 %")
  }

  @Test("the Markdown holds every block in order")
  func markdown() {
    let text = Self.sample().markdown()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "# Silver in 2025" && lines[2] == "*Full year*")
    for part in [
      "- Imports: **$8.506 bn** (+18.6 %)".replacing("$", with: "\\$"), "## Overall", "### Months",
      "Imports were **\\$8.5 bn**, says [SMM](https://example.org/a_%28b%29).",
      "1. one\n2. two",
      "| Flow | \\$ bn |\n| --- | ---: |\n| Imports | 8.506 |\n| Exports |   |\n| Other | 1 |\n| **Total** | **15.222** |",
      "**Silver concentrate imports: projection for Q1 2026**", "| Mar 2026 | projected median | 167 |",
      "> A quote.",
    ] { #expect(text.contains(part), "\(part)") }
    #expect(!text.contains("<"))
  }

  @Test("a report's own words follow its language")
  func language() throws {
    let document = Self.sample(.chinese)
    let root = try #require(XMLTree.parse(document.html()))
    #expect(root.attributes["lang"] == "zh-Hans")
    #expect(root.all("summary").map(\.text) == ["数据表", "More"])
    #expect(root.all("text").contains { $0.text == "已公布" })
    #expect(document.markdown().contains("2026年3月"))
  }

  @Test("hostile text is shown as text in both forms")
  func hostile() throws {
    let text = ReportText(Self.hostile)
    let runs = ReportText([
      .strong(Self.hostile), .link(Self.hostile, address: "javascript:alert(1)"),
      .link(Self.hostile, address: "https://a.org/\"><script>"),
    ])
    let table = ReportTable(
      caption: Self.hostile, columns: [.init(Self.hostile), .init(Self.hostile, .number)],
      rows: [[Self.hostile, Self.hostile]], totals: [[Self.hostile]], notes: [text])
    let projection = Sample.silver(series: Self.hostile, unit: Self.hostile)
    let document = ReportDocument(
      title: Self.hostile, subtitle: Self.hostile,
      blocks: [
        .heading(Self.hostile), .paragraph(text), .paragraph(runs), .list([text, runs]), .note(runs),
        .quotation(text),
        .keyFigures([KeyFigure(label: Self.hostile, value: Self.hostile, detail: Self.hostile)]),
        .table(table), .folded(summary: Self.hostile, table),
        .figure(ReportFigure(.fan(FanChart(projection: projection)), caption: text, source: runs)),
      ])
    let html = document.html()
    let root = try #require(XMLTree.parse(html))
    #expect(root.all("script").count == 1 && root.all("style").count == 2 && root.all("a").isEmpty)
    #expect(!html.unicodeScalars.contains("\u{202E}") && !html.unicodeScalars.contains("\u{0}"))
    #expect(root.all.allSatisfy { node in !node.attributes.keys.contains { $0.hasPrefix("on") } })
    let markdown = document.markdown()
    #expect(!markdown.contains("<") && !markdown.unicodeScalars.contains("\u{202E}"))
    #expect(
      !markdown.replacing("\\]", with: "").contains("](javascript") && !markdown.contains("\n# a")
        && !markdown.contains("\n- b"))
    // Nothing of it can be emphasis, code, a link or a table's edge.
    for line in markdown.split(separator: "\n") where line.contains("alert") {
      for sign in ["`", "~", "[", "]"] {
        #expect(
          line.split(separator: "\\\(sign)", omittingEmptySubsequences: false).allSatisfy {
            !$0.contains(sign)
          }, "\(line)")
      }
    }
    for row in markdown.split(separator: "\n") where row.hasPrefix("|") {
      #expect([3, 4, 5, 6].contains(row.replacing("\\|", with: "").count { $0 == "|" }), "\(row)")
    }
  }

  @Test("either file stays below 500 kB whatever comes in, and says what was left out")
  func size() throws {
    let long = String(repeating: "<\u{301}&\"*", count: 10_000)
    let table = ReportTable(
      caption: long, columns: Array(repeating: .init(long, .number), count: 100),
      rows: Array(repeating: Array(repeating: long, count: 100), count: 10_000))
    let narrow = ReportTable(
      columns: [.init("Partner"), .init("t", .number)],
      rows: (0..<10_000).map { ["partner \($0)", "\($0)"] },
      totals: [["Total", "1"]])
    let figure = ReportBlock.figure(ReportFigure(.fan(FanChart(projection: Sample.silver()))))
    let documents = [
      ReportDocument(title: long, subtitle: long, blocks: Array(repeating: .table(table), count: 50)),
      ReportDocument(title: "n", blocks: Array(repeating: .paragraph(ReportText(long)), count: 5000)),
      ReportDocument(title: "n", blocks: Array(repeating: .heading(long), count: 5000)),
      ReportDocument(title: "n", blocks: [.list(Array(repeating: ReportText(long), count: 5000))]),
      ReportDocument(title: "n", blocks: Array(repeating: figure, count: 100)),
      ReportDocument(title: "n", blocks: [.table(narrow), .paragraph("end")]),
    ]
    for document in documents {
      let (html, markdown) = (document.html(), document.markdown())
      #expect(html.utf8.count < 500_000 && markdown.utf8.count < 500_000)
      #expect(XMLTree.parse(html) != nil)
    }
    let last = try #require(documents.last)
    #expect(last.html().contains("9,600 more rows are left out here.") && last.html().contains("Total"))
    #expect(last.markdown().contains("9,600 more rows are left out here.\n\nend"))
    #expect(documents[4].html().contains("parts are left out, which keeps the file small."))
  }

  @Test("an empty document is a page all the same")
  func empty() throws {
    let root = try #require(XMLTree.parse(ReportDocument(title: "").html()))
    #expect(root.all("p").map(\.text) == ["There is nothing to report."])
    #expect(
      ReportDocument(
        title: "t", blocks: [.table(ReportTable(columns: [], rows: [["a"]])), .list([]), .keyFigures([])]
      ).markdown() == "# t\n")
  }

  @Test("the same document gives the same bytes")
  func deterministic() {
    #expect(Self.sample().html() == Self.sample().html())
    #expect(Self.sample().markdown() == Self.sample().markdown())
  }
}
