/// A CSV file (RFC 4180) taken apart into fields, each with its line and column.
///
/// - Fields are separated by commas, semicolons or tabs, as the header has them, and may be quoted; within quotes a
///   separator, a newline and a doubled quote stand for themselves. A quote inside an unquoted field is an ordinary
///   character.
/// - Lines above the header that begin with `#` are remarks and are skipped.
/// - Lines end with LF, CRLF or CR. Blank lines, and lines of nothing but separators and blanks (spreadsheets leave
///   such at the end), are skipped. A byte order mark is skipped.
/// - Blanks around a field that is not quoted do not belong to it.
/// - Every row has as many fields as the header; anything else is an error with both counts.
///
/// Reading takes time linear in the number of bytes. A line of more than ``CSVTable/longestLine`` bytes is an error at
/// once, so that a file that is not a table at all is refused quickly.
package struct CSVTable: Sendable {
  /// The longest line that is read, in bytes: 1 MiB.
  package static let longestLine = 1 << 20

  /// The file's name, for messages.
  package let file: String

  /// What stands between fields: a comma, a semicolon or a tab.
  package let separator: UInt8

  /// The first line that is neither blank nor a remark.
  package var header: CSVRow { CSVRow(fields: fields[..<width]) }

  /// The lines below the header, blank ones left out.
  package var rows: CSVRows { CSVRows(fields: fields[width...], width: width) }

  /// All fields, row after row and as many in each as the header has: an array for each row would take twice the memory.
  private let fields: [CSVField]
  private let width: Int

  /// Takes `bytes` apart, which are UTF-8; what is no valid UTF-8 becomes U+FFFD.
  ///
  /// - Throws: ``InputError`` for an empty file, UTF-16, a line too long, a quote that is not closed, text after a
  ///   closing quote, or a row whose number of fields is not the header's.
  package init(parsing bytes: [UInt8], file: String) throws(InputError) {
    var scanner = CSVScanner(bytes: bytes, file: file)
    try scanner.findHeader()
    var fields: [CSVField] = []
    var width = 0
    var start = 0
    while try scanner.appendRow(to: &fields) {
      let row = fields[start...]
      if row.allSatisfy(\.text.isEmpty) {
        fields.removeLast(fields.count - start)
        continue
      }
      if start == 0 { width = row.count }
      guard row.count == width else {
        throw Self.wrongWidth(row, header: width, separator: scanner.separator, file: file)
      }
      start = fields.count
    }
    guard !fields.isEmpty else {
      throw InputError(file: file, line: 1, message: "the file is empty", expected: "a header line")
    }
    self.file = file
    (self.fields, self.width) = (fields, width)
    separator = scanner.separator
    if width == 1, header[0].text.utf8.contains(UInt8(ascii: "|")) {
      throw headerError(
        "the file seems to be separated by '|'", expected: "columns separated by commas, semicolons or tabs")
    }
  }

  /// Whether a table with such a header holds published facts, several of them for one series and period.
  package static func isOfFacts(_ names: some Sequence<String>) -> Bool {
    Set(names.map(lowercased)).isSuperset(of: ["series", "period", "measure"])
  }

  /// The names in the first line that is neither blank nor a remark; none if there is no such line or it cannot be read.
  package static func headerNames(of bytes: [UInt8]) -> [String] {
    var scanner = CSVScanner(bytes: bytes, file: "")
    guard (try? scanner.findHeader()) != nil else { return [] }
    var fields: [CSVField] = []
    while (try? scanner.appendRow(to: &fields)) == true {
      if !fields.allSatisfy(\.text.isEmpty) { return fields.map(\.text) }
      fields = []
    }
    return []
  }

  /// Such as `semicolon`.
  static func name(ofSeparator separator: UInt8) -> String {
    switch separator {
    case UInt8(ascii: ";"): "semicolon"
    case UInt8(ascii: "\t"): "tab"
    default: "comma"
    }
  }

  /// Takes `text` apart; see ``init(parsing:file:)``.
  package init(parsing text: String, file: String) throws(InputError) {
    try self.init(parsing: Array(text.utf8), file: file)
  }

  /// The file's name without folder and ending.
  package var fileStem: String {
    let base = file.split(separator: "/").last ?? ""
    return String(base.lastIndex(of: ".").map { base[..<$0] } ?? base)
  }

  /// The position of the header's field `name`, without regard to the case of ASCII letters, or nil.
  package func column(_ name: String) -> Int? {
    header.fields.firstIndex { lowercased($0.text) == lowercased(name) }
  }

  /// The position of the header's field `name`; if there is none, the error names the header's line and lists what
  /// stands there.
  package func requiredColumn(_ name: String) throws(InputError) -> Int {
    if let position = column(name) { return position }
    throw InputError(
      file: file, line: header.line, message: "there is no column '\(name)'; the header has \(headerList)",
      expected: "a header with the column '\(name)'")
  }

  /// An error at `field`.
  package func error(at field: CSVField, _ message: String, expected: String? = nil) -> InputError {
    InputError(file: file, line: field.line, column: field.column, message: message, expected: expected)
  }

  /// An error that concerns the whole header.
  package func headerError(_ message: String, expected: String? = nil) -> InputError {
    InputError(file: file, line: header.line, message: message, expected: expected)
  }

  /// The header's names for a message, shortened.
  package var headerList: String {
    let names = header.fields.prefix(12).map { "'\(quoted($0.text))'" }.joined(separator: ", ")
    return header.fields.count > 12 ? names + ", …" : names
  }

  /// The error for a row with too many fields, which stands at the first one too many, or too few, which stands at
  /// the last.
  private static func wrongWidth(
    _ row: ArraySlice<CSVField>, header: Int, separator: UInt8, file: String
  ) -> InputError {
    let place = row[row.startIndex + min(header, row.count - 1)]
    let name = name(ofSeparator: separator)
    let other = [",", ";", "\t", "|"].first {
      Character($0).asciiValue != separator && place.text.contains($0)
    }
    let title = header == 1 && row.count > 1 ? "; lines above the header have to begin with #" : ""
    let seems = row.count == 1 ? other.map { ": the row seems to be separated by '\($0)'" } : nil
    return InputError(
      file: file, line: place.line, column: place.column,
      message: "the row has \(row.count) fields, the header \(header)\(seems ?? "")\(title)",
      expected:
        "\(header) fields separated by \(name)s (text that holds a \(name) is written in double quotes)")
  }
}

/// The lines of a CSV file below its header.
package struct CSVRows: Sendable, RandomAccessCollection {
  fileprivate let fields: ArraySlice<CSVField>
  fileprivate let width: Int

  package var startIndex: Int { 0 }
  package var endIndex: Int { fields.count / width }

  package subscript(position: Int) -> CSVRow {
    let start = fields.startIndex + position * width
    return CSVRow(fields: fields[start..<start + width])
  }
}

/// One line of a CSV file; more than one if a quoted field holds a newline.
package struct CSVRow: Sendable {
  /// The fields, at least one.
  package let fields: ArraySlice<CSVField>

  /// The line on which the row begins, from 1.
  package var line: Int { self[0].line }

  /// The positions of the fields, from 0.
  package var columns: Range<Int> { 0..<fields.count }

  /// The field at `position`, which must be one of the header's.
  package subscript(position: Int) -> CSVField { fields[fields.startIndex + position] }
}

/// One field of a CSV file and where it stands.
package struct CSVField: Sendable {
  /// The text, without quotes and, if it was not quoted, without blanks around it.
  package let text: String

  /// The line, from 1.
  package var line: Int { Int(place.line) }

  /// The column of the first character (the opening quote, if there is one), in Unicode scalars from 1.
  package var column: Int { Int(place.column) }

  /// In half the bytes, because a file has many fields; no file that fits into memory has more lines, and a line has at most
  /// ``CSVTable/longestLine`` bytes.
  private let place: (line: Int32, column: Int32)

  init(text: String, line: Int, column: Int) {
    self.text = text
    place = (Int32(clamping: line), Int32(clamping: column))
  }
}

/// The text with ASCII capitals made small. The standard library's `lowercased()` knows all scripts but is slow.
func lowercased(_ text: String) -> String {
  String(decoding: text.utf8.map { (65...90).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
}
