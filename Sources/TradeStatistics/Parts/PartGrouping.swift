/// One way to divide a whole into parts, read off the names of series.
///
/// A whole may be divided in several ways at once, and each adds up to it: `silver-concentrate-imports/peru` is a partner,
/// `silver-concentrate-imports/processing-trade` a trade method, `silver-concentrate-imports/province/henan` a province.
public enum PartGrouping: Sendable, Hashable {
  /// The direct parts `a/b` that are no trade method: partners in most files, categories in some.
  case partners
  /// The direct parts `a/b` whose name ends in `-trade` or begins with `bonded`.
  case tradeMethods
  /// The parts `a/province/b`, for any word in the place of `province`, unless `a/province` is a series itself.
  case dimension(String)

  /// `partners`, `trade methods`, or the dimension's own word.
  public var name: String {
    switch self {
    case .partners: "partners"
    case .tradeMethods: "trade methods"
    case .dimension(let word): word
    }
  }

  /// The groupings of `whole` that the facts have parts of, partners and trade methods first, then the dimensions in the
  /// order of the facts.
  public static func all(of whole: String, in facts: [Fact]) -> [PartGrouping] {
    let names = Set(facts.map(\.series))
    var seen = Set<PartGrouping>()
    var dimensions: [PartGrouping] = []
    for fact in facts where fact.series.hasPrefix(whole + "/") {
      for part in SeriesName.members(of: fact.series) {
        guard let grouping = PartGrouping(of: part, in: whole, names: names) else { continue }
        guard seen.insert(grouping).inserted, case .dimension = grouping else { continue }
        dimensions.append(grouping)
      }
    }
    return [.partners, .tradeMethods].filter(seen.contains) + dimensions
  }

  /// The grouping of `whole` that the single series `part` belongs to; `nil` if it is no part of it, or a part of a part.
  init?(of part: String, in whole: String, names: Set<String>) {
    guard part.hasPrefix(whole + "/") else { return nil }
    let labels = part.dropFirst(whole.count + 1).split(separator: "/", omittingEmptySubsequences: false)
    switch labels.count {
    case 1:
      let isMethod = labels[0].hasSuffix("-trade") || labels[0].hasPrefix("bonded")
      self = isMethod ? .tradeMethods : .partners
    case 2 where !names.contains("\(whole)/\(labels[0])"):
      self = .dimension(String(labels[0]))
    default:
      return nil
    }
  }

  /// The series that the grouping's parts are named under: `a` for partners, `a/province` for provinces.
  func folder(in whole: String) -> String {
    if case .dimension(let word) = self { "\(whole)/\(word)" } else { whole }
  }

  /// Whether the fact is about parts of this grouping only: one of them, or the sum of several.
  func holds(_ fact: Fact, of whole: String, names: Set<String>) -> Bool {
    guard fact.series.hasPrefix(whole + "/") else { return false }
    return SeriesName.members(of: fact.series).allSatisfy {
      PartGrouping(of: $0, in: whole, names: names) == self
    }
  }
}
