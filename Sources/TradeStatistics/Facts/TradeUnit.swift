/// Units of trade statistics: which convert into one another, and whether months add up or average.
package enum TradeUnit {
  /// Factor to the base unit of the same dimension; `nil` for a unit that only equals itself.
  private static let factors: [String: (base: String, factor: Double)] = [
    "g": ("t", 1e-6), "kg": ("t", 1e-3), "t": ("t", 1), "kt": ("t", 1e3), "Mt": ("t", 1e6),
    "usd": ("usd", 1), "usd_thousand": ("usd", 1e3), "usd_million": ("usd", 1e6), "usd_billion": ("usd", 1e9),
    "cny": ("cny", 1), "cny_million": ("cny", 1e6), "eur": ("eur", 1),
  ]

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
