import Foundation
import Testing
import TradeStatistics
import Tradewind

@testable import TradeReport

/// A page with every kind of chart, and one of everything hostile. With TRADEWIND_PAGES set they are also written into that
/// folder, where `Tests/Browser/check_pages.py` opens them.
@Suite("Gallery")
struct GalleryTests {
  private static func document(_ language: ReportLanguage) -> ReportDocument {
    ReportDocument(
      title: language == .english ? "All charts" : "全部图表", subtitle: "2022–2025", language: language,
      blocks: [
        .keyFigures([
          KeyFigure(label: "Imports", value: "$8.506 bn", detail: "+18.6 % on 2024"),
          KeyFigure(label: "Exports", value: "$6.716 bn", detail: "+46.7 % on 2024"),
          KeyFigure(label: "Balance", value: "−$1.79 bn", detail: "exports grew faster"),
          KeyFigure(label: "Concentrate", value: "1.917 Mt", detail: "a record"),
        ]),
        .paragraph("Every kind of chart with " + .strong("made-up") + " numbers."),
      ]
        + ChartTests.usual.enumerated().flatMap { index, chart -> [ReportBlock] in
          [
            .heading("Chart \(index + 1)"),
            .figure(
              ReportFigure(
                chart, caption: "A sentence about the chart. ",
                source: .link("SMM", to: "https://example.org"))),
          ]
        } + [
          .heading("Tables"),
          .table(
            ReportTable(
              caption: "A wide table",
              columns: [.init("Partner")] + (1...14).map { .init("Month \($0)", .number) },
              rows: (1...5).map { row in ["Partner \(row)"] + (1...14).map { "\($0 * row * 1234)" } })),
          .quotation("A quotation."), .note("A note."), .list(["One.", "Two."]),
        ])
  }

  private static var hostile: ReportDocument {
    ReportDocument(
      title: ChartTests.hostile, subtitle: String(repeating: "wide", count: 200),
      blocks: [.paragraph(ReportText(String(repeating: "W", count: 2000)))]
        + ChartTests.odd.filter(hasValues).map {
          .figure(ReportFigure($0, source: ReportText(ChartTests.hostile)))
        })
  }

  /// Whether there is a value that the pointer could find.
  private static func hasValues(_ chart: ReportChart) -> Bool {
    chart.table().rows.contains { $0.dropFirst().contains { !$0.isEmpty } }
  }

  @Test("every kind of chart stands in one page, in either language, and any number of odd ones below 500 kB")
  func pages() throws {
    let pages = [
      ("gallery", Self.document(.english)), ("gallery-zh", Self.document(.chinese)),
      ("hostile", Self.hostile),
    ]
    let folder = ProcessInfo.processInfo.environment["TRADEWIND_PAGES"].map { URL(filePath: $0) }
    for (name, document) in pages {
      let html = document.html()
      let root = try #require(XMLTree.parse(html), "\(name)")
      #expect(html.utf8.count < 500_000, "\(name): \(html.utf8.count)")
      #expect(root.all("script").count == 1)
      if name != "hostile" { #expect(root.all("figure").count == ChartTests.usual.count) }
      if let folder { try Data(html.utf8).write(to: folder.appending(path: name + ".html")) }
    }
  }
}
