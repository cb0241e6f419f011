#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Results as JSON: indented, members in alphabetical order, so that the same result is always the same text.
enum JSONText {
  /// The value itself if there is one, else a list of them.
  static func oneOrMany(_ values: [some Encodable]) throws -> String {
    values.count == 1 ? try text(values[0]) : try text(values)
  }

  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // JSON has no word for these; a reader that expects a number will say so.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
