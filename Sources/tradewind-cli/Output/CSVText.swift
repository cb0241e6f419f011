import Tradewind

/// Rows of a CSV file (RFC 4180), with newlines as line ends.
struct CSVText {
  private(set) var text = ""

  init(header: [String]) {
    add(header)
  }

  mutating func add(_ fields: [String]) {
    text += fields.map { csvText($0) }.joined(separator: ",") + "\n"
  }

  /// The shortest text that reads back as the same number; nothing for what is missing.
  static func number(_ x: Double?) -> String {
    guard let x, !x.isNaN else { return "" }
    return shortest(x)
  }
}
