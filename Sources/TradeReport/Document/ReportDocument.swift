/// A report as its parts: headings, paragraphs, tables, charts. It is written as HTML or as Markdown.
///
/// ```swift
/// var report = ReportDocument(title: "Silver in 2025")
/// report.blocks = [
///   .heading("Overall"), .paragraph("Imports were " + .strong("$8.5 bn") + "."),
///   .table(ReportTable(columns: [.init("Flow"), .init("$ bn", .number)], rows: [["Imports", "8.506"]])),
/// ]
/// let page = report.html()      // one file: no network, no fonts, no libraries
/// let text = report.markdown()
/// ```
///
/// Texts of any kind are safe in both: they are escaped, controls that reorder what a reader sees are replaced, and only `http`
/// and `https` addresses become links. Either file is below 500 kB whatever comes in: long texts and tables are cut, charts draw
/// their first rows only, and what then does not fit is counted in a last line. The same document gives the same bytes.
public struct ReportDocument: Sendable {
  /// The page's heading.
  public var title: String
  /// A line below the heading, such as the period or the day it was made; no clock is read.
  public var subtitle: String?
  /// The language of the report's own words: of charts, of tables' remarks, of the contents.
  public var language: ReportLanguage
  /// The parts, in order.
  public var blocks: [ReportBlock]

  /// A document of these parts; without any, a page with its heading alone.
  public init(
    title: String, subtitle: String? = nil, language: ReportLanguage = .english, blocks: [ReportBlock] = []
  ) {
    self.title = title
    self.subtitle = subtitle
    self.language = language
    self.blocks = blocks
  }

  /// The document as one HTML file, encoded as UTF-8 when it is written. It is well-formed XML too.
  public func html() -> String { HTMLReport(document: self).text }

  /// The document as Markdown (CommonMark with tables). A chart is its title, its description and the table behind it.
  public func markdown() -> String { MarkdownReport(document: self).text }
}

/// A part of a report.
public enum ReportBlock: Sendable {
  /// A heading; `level` 1 begins a section, 2 a part of one (other levels count as the nearest of these).
  case heading(String, level: Int = 1)
  case paragraph(ReportText)
  case list([ReportText], ordered: Bool = false)
  /// Headline numbers, side by side where there is room.
  case keyFigures([KeyFigure])
  case table(ReportTable)
  /// A table that is closed until its line `summary` is opened (always open in print and in Markdown).
  case folded(summary: String, ReportTable)
  case figure(ReportFigure)
  /// A remark in small letters.
  case note(ReportText)
  /// What a source says, word for word.
  case quotation(ReportText)
}

/// One headline number: what it is, its value, and what to compare it with.
public struct KeyFigure: Sendable, Equatable {
  /// `Imports`.
  public var label: String
  /// `$8.506 bn`.
  public var value: String
  /// `+18.6 % on 2024`; may be empty.
  public var detail: String

  public init(label: String, value: String, detail: String = "") {
    self.label = label
    self.value = value
    self.detail = detail
  }
}

/// A chart in a report, with what stands around it. The table behind the chart and the text for those who do not see it are
/// the chart's own.
public struct ReportFigure: Sendable {
  public var chart: ReportChart
  /// A sentence below the chart; may be empty.
  public var caption: ReportText
  /// Where the figures come from, without the word "Source"; if empty, what the chart itself says.
  public var source: ReportText

  public init(_ chart: ReportChart, caption: ReportText = "", source: ReportText = "") {
    self.chart = chart
    self.caption = caption
    self.source = source
  }
}
