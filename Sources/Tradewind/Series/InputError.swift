/// What is wrong in a file that was read, where, and what was expected there.
///
/// ```swift
/// print(error)  // facts.csv:12:34: '19x7' is not a number; expected a decimal number such as 1917000 or 0.323
/// ```
public struct InputError: Error, Sendable, Equatable {
  /// The file's name as the caller gave it.
  public let file: String

  /// The line, counted from 1 (the header is line 1), or nil if the whole file is meant.
  public let line: Int?

  /// The column in that line, in characters (Unicode scalars) counted from 1, or nil if the whole line is meant.
  public let column: Int?

  /// What is wrong.
  public let message: String

  /// What would have been right, if that can be said.
  public let expected: String?

  /// An error at `line` and `column` of `file`.
  public init(file: String, line: Int? = nil, column: Int? = nil, message: String, expected: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.expected = expected
  }
}

extension InputError: CustomStringConvertible {
  /// `file:line:column: message; expected …` in one line; what is not known is left out.
  public var description: String {
    let place = [file, line.map(String.init), line == nil ? nil : column.map(String.init)]
    let prefix = place.compactMap(\.self).joined(separator: ":")
    return "\(prefix): \(message)" + (expected.map { "; expected \($0)" } ?? "")
  }
}
