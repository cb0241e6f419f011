/// A run of periods of one unit, both ends included: `2025-01..2025-10`, or the single period `2025-Q1`.
///
/// ```swift
/// let range = try PeriodRange(parsing: "2025-Q1..2025-Q2")
/// print(range.months.count)  // 6
/// ```
public struct PeriodRange: Hashable, Sendable {
  /// The first period.
  public let first: Period

  /// The last period, of the same unit and not before the first.
  public let last: Period

  /// The periods from `first` to `last`.
  ///
  /// - Throws: ``PeriodError/mixedUnits(first:last:)`` or ``PeriodError/endsBeforeItStarts(first:last:)``.
  public init(from first: Period, through last: Period) throws(PeriodError) {
    guard first.unit == last.unit else { throw .mixedUnits(first: first, last: last) }
    guard first <= last else { throw .endsBeforeItStarts(first: first, last: last) }
    self.first = first
    self.last = last
  }

  /// One period alone.
  public init(_ period: Period) {
    first = period
    last = period
  }

  /// Reads `2025-01..2025-10`, or one period in any form that ``Period/init(parsing:)`` knows.
  ///
  /// - Throws: ``PeriodError`` that says what is wrong and what was expected.
  public init(parsing text: some StringProtocol) throws(PeriodError) {
    let bytes = text.utf8
    let dot = UInt8(ascii: ".")
    guard let middle = bytes.firstIndex(of: dot) else {
      self.init(try Period(parsing: text))
      return
    }
    let second = bytes.index(after: middle)
    guard second < bytes.endIndex, bytes[second] == dot else { throw .malformed(text: quoted(text)) }
    let first = try Period(parsing: text[..<middle])
    let last = try Period(parsing: text[bytes.index(after: second)...])
    try self.init(from: first, through: last)
  }

  /// The unit of both ends.
  public var unit: Period.Unit { first.unit }

  /// How many periods there are, at least 1.
  public var count: Int { last.ordinal - first.ordinal + 1 }

  /// The months from the first month of the first period to the last month of the last.
  public var months: ClosedRange<Period> { first.firstMonth...last.lastMonth }

  /// The periods themselves.
  public var periods: ClosedRange<Period> { first...last }
}

extension PeriodRange: CustomStringConvertible {
  /// `2025-01..2025-10`, or the single period's text.
  public var description: String { first == last ? "\(first)" : "\(first)..\(last)" }
}

extension PeriodRange: Codable {
  /// Reads the range's text; anything else is `DecodingError.dataCorrupted` with what was expected.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do throws(PeriodError) {
      try self.init(parsing: text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// Writes the range as its text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
