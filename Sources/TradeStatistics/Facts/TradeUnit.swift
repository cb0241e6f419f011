/// Units of trade statistics: which convert into one another, and whether months add up or average.
package enum TradeUnit {
  /// Factor to the base unit of the same dimension; `nil` for a unit that only equals itself.
  private static let factors: [String: (base: String, factor: Double)] = [
    "g": ("t", 1e-6), "kg": ("t", 1e-3), "t": ("t", 1), "kt": ("t", 1e3), "Mt": ("t", 1e6),
    "usd": ("usd", 1), "usd_thousand": ("usd", 1e3), "usd_million": ("usd", 1e6), "usd_100m": ("usd", 1e8),
    "usd_billion": ("usd", 1e9),
    "cny": ("cny", 1), "cny_million": ("cny", 1e6), "eur": ("eur", 1),
  ]

  enum Dimension { case mass, money, price, other }

  /// What an amount in the unit measures.
  static func dimension(_ unit: String) -> Dimension {
    if unit.contains("_per_") { return .price }
    switch factors[unit]?.base {
    case "t": return .mass
    case "usd", "cny", "eur": return .money
    default: return .other
    }
  }

  /// The unit that the last words of a series' name state, as in a file of series without units: `imports_100m_usd` has
  /// `usd_100m`, `…_million_usd` `usd_million`, `exports_kt` `kt`; empty if they state none.
  package static func stated(in name: String) -> String {
    let words = SeriesName.words(of: name)
    guard let last = words.last else { return "" }
    if words.count > 1, factors["\(last)_\(words[words.count - 2])"] != nil {
      return "\(last)_\(words[words.count - 2])"
    }
    let isUnit = factors[last] != nil && words.count > 1
    return isUnit ? last : ""
  }

  /// How many words of a name ``stated(in:)`` takes.
  static func wordsStated(in name: String) -> Int {
    let unit = stated(in: name)
    return unit.isEmpty ? 0 : unit.split(separator: "_").count
  }

  /// The factor that turns an amount in `unit` into one in `target`, or `nil` if the two do not convert.
  static func factor(from unit: String, to target: String) -> Double? {
    if unit == target { return 1 }
    guard let a = factors[unit], let b = factors[target], a.base == b.base else { return nil }
    return a.factor / b.factor
  }

  /// Whether a longer period's level is the mean of its months (a price, an index) and not their sum.
  package static func averagesOverMonths(_ unit: String) -> Bool {
    unit.contains("_per_") || unit == "index" || unit == "percent"
  }
}
