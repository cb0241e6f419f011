import ArgumentParser
import TradeStatistics

/// The groupings of parts that a verb is asked for: `partners,province`, or `all`.
struct GroupingList: ExpressibleByArgument {
  /// The words given; empty for all.
  private let words: [String]

  init?(argument: String) {
    let words = argument.lowercased().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !words.contains("") else { return nil }
    self.words = words.contains("all") ? [] : words
  }

  /// The groupings of a series; `nil` for all that its facts have.
  func chosen(of whole: String, in facts: [Fact]) throws(Failure) -> [PartGrouping]? {
    guard !words.isEmpty else { return nil }
    let known = PartGrouping.all(of: whole, in: facts)
    var chosen: [PartGrouping] = []
    for word in words {
      guard let grouping = known.first(where: { Self.names(of: $0).contains(word) }) else {
        let has = known.isEmpty ? "it has no parts" : "it has " + known.map(\.name).joined(separator: ", ")
        throw Failure(.wrongUsage, "\(whole) has no parts by '\(word)'; \(has)")
      }
      if !chosen.contains(grouping) { chosen.append(grouping) }
    }
    return chosen
  }

  /// The words a grouping answers to.
  private static func names(of grouping: PartGrouping) -> [String] {
    switch grouping {
    case .partners: ["partners", "partner", "categories", "category", "parts"]
    case .tradeMethods: ["methods", "method", "trade-methods", "trade-method"]
    case .dimension(let word):
      [word.lowercased(), word.lowercased() + "s"]
        + (word.hasSuffix("y") ? [word.lowercased().dropLast() + "ies"] : [])
    }
  }
}
