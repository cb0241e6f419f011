/// How a file writes its numbers: what stands before the decimals, and what between thousands.
///
/// Where commas separate the columns, a comma in a (quoted) number stands between thousands. Where semicolons or tabs
/// do, the numbers themselves say which mark is which: see ``CSVTable/numberStyle(ofColumns:)``.
package enum NumberStyle: Sendable, Equatable {
  /// `1,066.53`
  case decimalPoint
  /// `1.066,53`
  case decimalComma

  /// The number that a text writes, with or without marks between thousands; nil if it writes none.
  package func number(_ text: String) -> Double? {
    if self == .decimalPoint, let number = parseNumber(text) { return number }
    return plain(text).flatMap(parseNumber)
  }

  /// The text with a decimal point and without marks between thousands; nil if these do not stand before groups of three
  /// digits, behind a first group that is not zero: `0,323` is no thousand. Whether the text is a number otherwise is not asked.
  package func plain(_ text: String) -> String? {
    let marks = (UInt8(ascii: "."), UInt8(ascii: ","))
    let (point, group) = self == .decimalPoint ? marks : (marks.1, marks.0)
    var plain: [UInt8] = []
    var digits = 0
    var groups = 0
    // Up to the decimals or the exponent.
    var isWhole = true
    for byte in text.utf8 {
      if byte == group {
        let isFirst =
          groups == 0 && (1...3).contains(digits) && plain.first(where: \.isDigit) != UInt8(ascii: "0")
        guard isWhole, isFirst || groups > 0 && digits == 3 else { return nil }
        (groups, digits) = (groups + 1, 0)
      } else if byte == point || byte | 0x20 == UInt8(ascii: "e") {
        guard !isWhole || groups == 0 || digits == 3, isWhole || byte != point else { return nil }
        isWhole = false
        plain.append(byte == point ? UInt8(ascii: ".") : byte)
      } else {
        if byte.isDigit { digits += 1 }
        plain.append(byte)
      }
    }
    guard !isWhole || groups == 0 || digits == 3 else { return nil }
    return String(decoding: plain, as: UTF8.self)
  }

  /// An example for messages.
  package var example: String { self == .decimalPoint ? "1917000 or 0.323" : "1917000 or 0,323" }

  /// What a number tells of its file's style.
  enum Evidence: Equatable {
    /// It has no mark, or is no number.
    case nothing
    /// `1.066` may be a little more than one, or more than a thousand.
    case ambiguous
    case style(NumberStyle)
  }

  static func evidence(_ text: String) -> Evidence {
    let bytes = Array(text.utf8)
    let marks = bytes.indices.filter { bytes[$0] == UInt8(ascii: ".") || bytes[$0] == UInt8(ascii: ",") }
    let letters: [UInt8] = [0x2B, 0x2C, 0x2D, 0x2E, 0x45, 0x65]  // + , - . E e
    guard let last = marks.last, bytes.allSatisfy({ $0.isDigit || letters.contains($0) }),
      bytes.contains(where: \.isDigit)
    else { return .nothing }
    let own: NumberStyle = bytes[last] == UInt8(ascii: ".") ? .decimalPoint : .decimalComma
    let other: NumberStyle = own == .decimalPoint ? .decimalComma : .decimalPoint
    if marks.contains(where: { bytes[$0] != bytes[last] }) { return .style(own) }
    if marks.count > 1 { return .style(other) }
    let before = bytes[..<last].filter(\.isDigit)
    let isGroup = bytes.count - last - 1 == 3 && bytes[(last + 1)...].allSatisfy(\.isDigit)
    let mayBeGrouped = isGroup && (1...3).contains(before.count) && before[0] != UInt8(ascii: "0")
    return mayBeGrouped ? .ambiguous : .style(own)
  }
}

extension CSVTable {
  /// The style of the numbers in some columns: a decimal point where commas separate the columns; otherwise that of the
  /// numbers that can have only one, and a decimal point if no number has any mark.
  ///
  /// - Throws: ``InputError`` at a number of the other style, and at the first number with a mark if none can be read in one
  ///   way only: a guess would be wrong by a factor of a thousand.
  package func numberStyle(ofColumns columns: [Int]) throws(InputError) -> NumberStyle {
    guard separator != UInt8(ascii: ",") else { return .decimalPoint }
    var doubtful: CSVField?
    var found: (style: NumberStyle, field: CSVField)?
    for row in rows {
      for column in columns {
        switch NumberStyle.evidence(row[column].text) {
        case .style(let style):
          if let found, found.style != style {
            let mark = found.style == .decimalPoint ? "point" : "comma"
            throw error(
              at: row[column],
              "'\(quoted(row[column].text))' has not the decimal \(mark) of '\(quoted(found.field.text))' on line \(found.field.line)",
              expected: "numbers of one style in one file")
          }
          found = found ?? (style, row[column])
        case .ambiguous: doubtful = doubtful ?? row[column]
        case .nothing: break
        }
      }
    }
    if let found { return found.style }
    guard let doubtful else { return .decimalPoint }
    throw error(
      at: doubtful, "'\(quoted(doubtful.text))' may have decimals or thousands behind its mark",
      expected: "a number in the file that shows which, or commas between the columns and decimal points")
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
