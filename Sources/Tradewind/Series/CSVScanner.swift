/// Walks once over the bytes of a CSV file and hands out its rows. See ``CSVTable`` for what it accepts.
struct CSVScanner {
  private let bytes: [UInt8]
  private let file: String
  /// What stands between fields: a comma, a semicolon or a tab.
  private(set) var separator = UInt8(ascii: ",")
  /// No byte above it ends a field.
  private var lastEnd = UInt8(ascii: ",")
  private var position = 0
  private var line = 1
  /// Where the current line begins.
  private var lineStart = 0
  /// The number of UTF-8 continuation bytes of the current line so far; they do not count as columns.
  private var continuations = 0

  init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// Skips a UTF-8 byte order mark and refuses a UTF-16 one.
  private mutating func skipByteOrderMark() throws(InputError) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      position = 3
      lineStart = 3
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw InputError(file: file, line: 1, message: "the file is UTF-16", expected: "UTF-8 text")
    }
  }

  /// Skips what may stand above the header, blank lines and lines that begin with `#`, and takes as the separator what
  /// the header has between its fields. A last such line that names a date column, and has as many fields as the next
  /// line, is the header itself, as NumPy writes it: `# date,value`.
  mutating func findHeader() throws(InputError) {
    try skipByteOrderMark()
    var remark: (position: Int, line: Int, lineStart: Int)?
    while position < bytes.count {
      var start = position
      while start < bytes.count, bytes[start].isBlank { start += 1 }
      guard start < bytes.count, bytes[start] == UInt8(ascii: "#") || bytes[start].endsLine else { break }
      if bytes[start] == UInt8(ascii: "#") { remark = (start + 1, line, lineStart) }
      while start < bytes.count, !bytes[start].endsLine {
        start += 1
        guard start - lineStart <= CSVTable.longestLine else { break }
      }
      position = start
      try checkLineLength()
      guard position < bytes.count else { return }
      position += 1
      if bytes[start] == .carriageReturn, position < bytes.count, bytes[position] == .newline {
        position += 1
      }
      beginLine()
    }
    chooseSeparator()
    guard let remark, namesDate(remark.position..<min(remark.position + CSVTable.longestLine, bytes.count))
    else { return }
    let header = fields(from: remark.position, by: separator)
    guard header.count > 1, header.count == fields(from: position, by: separator).count else { return }
    (position, line, lineStart) = remark
    continuations = 0
  }

  /// Whether a line has a field that names a date column.
  private func namesDate(_ range: Range<Int>) -> Bool {
    let line = bytes[range].prefix { !$0.endsLine }
    return line.split(separator: separator).contains { field in
      let name = String(decoding: field.filter { !$0.isBlank && $0 != .quote }, as: UTF8.self)
      return SeriesLayout.dateNames.contains(lowercased(name))
    }
  }

  /// The mark that gives the header more than one field and the next line as many; where that is none or more than one, a comma
  /// unless there are more semicolons: beside a comma the others belong to a name.
  private mutating func chooseSeparator() {
    let marks = [UInt8(ascii: ","), UInt8(ascii: ";"), .tab]
    let counts = marks.map { fields(from: position, by: $0) }
    let fitting = marks.indices.filter { i in
      counts[i].count > 1 && counts[i].next < bytes.count
        && counts[i].count == fields(from: counts[i].next, by: marks[i]).count
    }
    if fitting.count == 1 {
      separator = marks[fitting[0]]
    } else if counts[1].count > counts[0].count {
      separator = marks[1]
    } else if counts[0].count == 1, counts[2].count > 1 {
      separator = marks[2]
    }
    lastEnd = max(separator, .carriageReturn)
  }

  /// How many fields the line from `start` on has with this separator, and where the next line begins.
  private func fields(from start: Int, by separator: UInt8) -> (count: Int, next: Int) {
    var count = 1
    var isQuoted = false
    var isAtStart = true
    var place = start
    let end = min(bytes.count, start + CSVTable.longestLine)
    while place < end {
      let byte = bytes[place]
      if byte == .quote, isQuoted || isAtStart {
        isQuoted.toggle()
        isAtStart = false
      } else if !isQuoted {
        if byte.endsLine { break }
        if byte == separator { count += 1 }
        isAtStart = byte == separator || isAtStart && byte.isBlank
      }
      place += 1
    }
    while place < bytes.count, bytes[place].endsLine { place += 1 }
    return (count, place)
  }

  /// Appends the fields of the next row, at least one; false at the end.
  mutating func appendRow(to fields: inout [CSVField]) throws(InputError) -> Bool {
    guard position < bytes.count else { return false }
    while true {
      fields.append(try nextField())
      guard position < bytes.count else { break }
      let end = bytes[position]
      position += 1
      if end == separator { continue }
      if end == .carriageReturn, position < bytes.count, bytes[position] == .newline { position += 1 }
      beginLine()
      break
    }
    return true
  }

  /// Reads up to the separator that ends the field and stays before it.
  private mutating func nextField() throws(InputError) -> CSVField {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    let column = position - lineStart - continuations + 1
    if position < bytes.count, bytes[position] == .quote { return try quotedField(column: column) }
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      // Letters and digits, the common case, lie above commas and ends of lines.
      if byte <= lastEnd && endsField(byte) { break }
      if byte & 0xC0 == 0x80 { continuations += 1 }
      position += 1
    }
    try checkLineLength()
    var end = position
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return CSVField(text: text(start..<end), line: line, column: column)
  }

  /// Reads a field whose opening quote stands at `position`.
  private mutating func quotedField(column: Int) throws(InputError) -> CSVField {
    let firstLine = line
    var content: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == .quote {
        guard position < bytes.count, bytes[position] == .quote else {
          try endQuotedField()
          return CSVField(text: String(decoding: content, as: UTF8.self), line: firstLine, column: column)
        }
        position += 1
      } else if byte == .newline {
        beginLine()
      } else if byte & 0xC0 == 0x80 {
        continuations += 1
      }
      content.append(byte)
      try checkLineLength()
    }
    throw InputError(
      file: file, line: firstLine, column: column, message: "the quote that opens here is not closed",
      expected: "a closing double quote before the end of the file")
  }

  /// After a closing quote only blanks may come before the separator.
  private mutating func endQuotedField() throws(InputError) {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    guard position < bytes.count, !endsField(bytes[position]) else { return }
    throw InputError(
      file: file, line: line, column: position - lineStart - continuations + 1,
      message: "there is text after the closing quote",
      expected:
        "a \(CSVTable.name(ofSeparator: separator)) or the end of the line (a quote within quotes is written twice)"
    )
  }

  private mutating func beginLine() {
    line += 1
    lineStart = position
    continuations = 0
  }

  private func checkLineLength() throws(InputError) {
    guard position - lineStart > CSVTable.longestLine else { return }
    throw InputError(
      file: file, line: line, message: "the line is longer than \(CSVTable.longestLine) bytes",
      expected: "a table of shorter lines")
  }

  private func endsField(_ byte: UInt8) -> Bool { byte == separator || byte.endsLine }

  /// Where tabs separate fields, a tab is no blank.
  private func isBlank(_ byte: UInt8) -> Bool { byte.isBlank && byte != separator }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension UInt8 {
  fileprivate static let newline = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
  fileprivate static let quote = UInt8(ascii: "\"")

  fileprivate static let tab = UInt8(ascii: "\t")

  fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == .tab }
  fileprivate var endsLine: Bool { self == .newline || self == .carriageReturn }
}
