extension Period {
  /// Reads a period from its text.
  ///
  /// | text | period |
  /// | --- | --- |
  /// | `2025-03` | the month |
  /// | `2025-03-31` | the month that holds the day, which must exist |
  /// | `2025-Q1`, `2025Q1`, `2025-q1` | the quarter |
  /// | `2025` | the year |
  ///
  /// Years have four digits, 0001 to 9999. Blanks around the text are not accepted.
  ///
  /// - Throws: ``PeriodError`` that says what is wrong and what was expected.
  public init(parsing text: some StringProtocol) throws(PeriodError) {
    let bytes = Array(text.utf8.prefix(11))
    guard let year = number(bytes, 0..<4) else { throw .malformed(text: quoted(text)) }
    guard year >= 1 else { throw .yearOutOfRange(text: quoted(text)) }
    let rest = Array(bytes.dropFirst(4))
    switch rest.count {
    case 0:
      self = .year(year)
    case 2 where isLetterQ(rest[0]), 3 where rest[0] == dash && isLetterQ(rest[1]):
      guard let quarter = number(rest, (rest.count - 1)..<rest.count) else {
        throw .malformed(text: quoted(text))
      }
      guard (1...4).contains(quarter) else { throw .noSuchQuarter(text: quoted(text), quarter: quarter) }
      self = .quarter(year, quarter)
    case 3 where rest[0] == dash, 6 where rest[0] == dash && rest[3] == dash:
      guard let month = number(rest, 1..<3) else { throw .malformed(text: quoted(text)) }
      guard (1...12).contains(month) else { throw .noSuchMonth(text: quoted(text), month: month) }
      self = .month(year, month)
      if rest.count == 6 {
        guard let day = number(rest, 4..<6) else { throw .malformed(text: quoted(text)) }
        guard (1...CalendarFacts.daysInMonth(self)).contains(day) else {
          throw .noSuchDay(text: quoted(text), day: day)
        }
      }
    default:
      throw .malformed(text: quoted(text))
    }
  }
}

private let dash = UInt8(ascii: "-")

private func isLetterQ(_ byte: UInt8) -> Bool { byte | 0x20 == UInt8(ascii: "q") }

/// The number that the ASCII digits at `positions` write, or nil if one of them is absent or no digit.
/// For a few digits only: there is no guard against overflow.
func number(_ bytes: [UInt8], _ positions: Range<Int>) -> Int? {
  guard positions.upperBound <= bytes.count else { return nil }
  var value = 0
  for byte in bytes[positions] {
    guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
    value = value * 10 + Int(byte - UInt8(ascii: "0"))
  }
  return value
}

/// The text for use in a message: at most 40 characters, control characters replaced, so that a message stays
/// one short line whatever the input was.
package func quoted(_ text: some StringProtocol) -> String {
  var short = String(text.unicodeScalars.prefix(40).map { $0.value < 32 ? " " : Character($0) })
  if text.unicodeScalars.dropFirst(40).first != nil { short += "…" }
  return short
}
