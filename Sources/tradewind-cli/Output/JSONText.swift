#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Results as JSON: indented, members in alphabetical order, so that the same result is always the same text.
enum JSONText {
  /// What stands at the top of a result of one entry a series and model.
  enum Shape {
    /// The entry itself.
    case object
    /// A list of entries, also of one alone.
    case list
  }

  /// The entries in the shape that was asked for.
  static func text(_ entries: [some Encodable], as shape: Shape) throws -> String {
    shape == .object && entries.count == 1 ? try text(entries[0]) : try text(entries)
  }

  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: notFinite, negativeInfinity: notFinite, nan: notFinite)
    let bytes = withNulls(Array(try encoder.encode(value)))
    return String(decoding: bytes, as: UTF8.self) + "\n"
  }

  /// Stands for a number that is missing or infinite until it becomes `null`, the only word that JSON has for it: a character
  /// for private use, which no text of ours or of a file has alone.
  private static let notFinite = "\u{F8FE}"

  /// The bytes with `null` for each string that is ``notFinite``.
  private static func withNulls(_ bytes: [UInt8]) -> [UInt8] {
    let mark = Array("\"\(notFinite)\"".utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 1)
    var position = 0
    while position < bytes.count {
      // The mark's second byte is rare: letters of other scripts are seldom written between quotes.
      if bytes[position] == mark[0], position + mark.count <= bytes.count, bytes[position + 1] == mark[1],
        bytes[position..<position + mark.count].elementsEqual(mark)
      {
        result += "null".utf8
        position += mark.count
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return result
  }
}
