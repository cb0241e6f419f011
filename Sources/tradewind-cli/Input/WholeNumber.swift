import ArgumentParser

/// Whole numbers on the command line, each option's with its own bounds.
enum WholeNumber {
  /// Most jobs at once.
  static let jobs = within(1...1024)
  static let seed = within(0...UInt64.max)
  /// A season is checked when the verb is known; see ``SeriesInput/checkSeason(most:)``.
  static let season = within(Int.min...Int.max, of: "periods")

  /// Reads a number; another one is refused with what was expected: `a whole number of periods between 1 and 1200`.
  ///
  /// - Parameter what: What is counted; empty for nothing in particular.
  static func within<Number: FixedWidthInteger & Sendable>(
    _ range: ClosedRange<Number>, of what: String = ""
  ) -> @Sendable (String) throws -> Number {
    { text in
      guard let number = Number(text), range.contains(number) else {
        throw ValidationError("expected \(words(range, of: what))")
      }
      return number
    }
  }

  private static func words<Number: FixedWidthInteger>(_ range: ClosedRange<Number>, of what: String)
    -> String
  {
    let number = what.isEmpty ? "a whole number" : "a whole number of \(what)"
    guard range.upperBound == .max else {
      return "\(number) between \(range.lowerBound) and \(range.upperBound)"
    }
    return range.lowerBound < 0 ? number : "\(number) from \(range.lowerBound) on"
  }

  /// Arguments in which a number below zero is joined to the option before it (`--horizon=-3`). To the parser a word that begins with a minus is an
  /// option: it would say that the value is missing, where it should say which values there are.
  static func joinedToOptions(_ arguments: [String]) -> [String] {
    var result: [String] = []
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { return result + arguments[index...] }
      let isBelowZero =
        argument.first == "-" && argument.dropFirst().first.map { "0123456789.".contains($0) } ?? false
      if isBelowZero, let option = result.last, option.hasPrefix("--"), !option.contains("=") {
        result[result.count - 1] = "\(option)=\(argument)"
      } else {
        result.append(argument)
      }
    }
    return result
  }
}
