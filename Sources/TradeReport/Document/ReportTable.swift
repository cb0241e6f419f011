/// A table of a report: texts in columns, numbers to the right.
///
/// The first cell of a row names it. A row with too few cells is filled up with empty ones, further cells than columns are
/// left out. Long tables are cut when they are written, with a line that says how many rows are missing.
public struct ReportTable: Sendable, Equatable {
  /// How a column's cells stand.
  public enum Alignment: Sendable, Equatable {
    /// Words, to the left.
    case text
    /// Numbers, to the right.
    case number
  }

  /// A column's head.
  public struct Column: Sendable, Equatable {
    public var title: String
    public var alignment: Alignment

    public init(_ title: String, _ alignment: Alignment = .text) {
      self.title = title
      self.alignment = alignment
    }
  }

  /// What the table shows and in which unit; nothing is printed if empty.
  public var caption: String
  public var columns: [Column]
  public var rows: [[String]]
  /// Rows at the end that stand out, such as a total; they are never cut.
  public var totals: [[String]]
  /// Remarks below the table.
  public var notes: [ReportText]

  /// For charts: the key of each row and then of each total, by which a page's script finds what lies under the pointer.
  var rowKeys: [Int?] = []
  /// For charts whose cells are found one by one: the keys of each row's cells after the first.
  var cellKeys: [[Int?]] = []

  public init(
    caption: String = "", columns: [Column], rows: [[String]], totals: [[String]] = [],
    notes: [ReportText] = []
  ) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.totals = totals
    self.notes = notes
  }
}
