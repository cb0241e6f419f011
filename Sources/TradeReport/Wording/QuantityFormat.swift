/// How the quantities of one series are written: the unit a reader expects for their size, and the places that
/// give the larger ones four significant digits.
///
/// 239000 `t` is written `239.0 kt`, 12.3 million `usd` is `$12.30 m`, a `fraction` is a percentage,
/// `fraction_points` (a difference of fractions) percentage points.
/// One format serves a whole chart and its table, so that figures compare down a column.
package struct QuantityFormat: Equatable {
  /// What stands before a number: the sign of a currency, or nothing.
  let prefix: String
  /// What stands behind it: `kt`, `m`, `%`, `/t`, or nothing.
  let suffix: String
  /// The power of ten that leads from the series' unit to the written one: −3 from t to kt.
  let shift: Int
  /// Places after the point in tables.
  let decimals: Int

  /// The unit for an axis or the head of a table: `kt`, `$ m`, `%`; empty if the series has none.
  package var unit: String {
    prefix.isEmpty || suffix.isEmpty || suffix.hasPrefix("/") ? prefix + suffix : "\(prefix) \(suffix)"
  }

  /// The format for values in `unit`; missing and infinite values do not count.
  ///
  /// - Parameter resolution: the step in which the values were published, if that and not their size decides the
  ///   places; 0 if it is not known.
  package init(unit name: String, values: some Sequence<Double>, resolution: Double = 0) {
    var largest = 0.0
    for value in values where value.isFinite { largest = max(largest, value.magnitude) }
    let magnitude = DecimalDigits(largest)?.magnitude
    let steps = Self.steps(of: clipped(name, to: 24))
    let step = steps.last { magnitude ?? 0 >= $0.from } ?? steps[0]
    (prefix, suffix, shift) = (step.prefix, step.suffix, step.shift)
    let published = DecimalDigits(resolution)?.magnitude.map { -$0 - step.shift }
    decimals = min(published == nil ? 4 : 8, max(0, published ?? (3 - (magnitude ?? 3) - step.shift)))
  }

  /// How many digits are wanted.
  package enum Precision {
    /// All places of the table of published values.
    case full
    /// One place fewer and at most three significant digits: what a projection or a headline deserves.
    case rounded
  }

  /// The value without its unit, or nil if it is missing or infinite.
  ///
  /// A value so small that the usual places would leave fewer than two significant digits gets more places.
  package func number(_ value: Double, _ precision: Precision = .full) -> String? {
    number(value, precision, beside: value)
  }

  /// The value with its unit: `521 kt`, `$12.3 m`, `7.0 %`. Nil if it is missing or infinite.
  package func text(_ value: Double, _ precision: Precision = .full) -> String? {
    number(value, precision).map(withUnit)
  }

  /// Both ends without the unit: `419–650`, or `−5 to 12` where a dash would meet a minus sign.
  /// Nil if an end is missing or infinite.
  package func range(_ lower: Double, _ upper: Double, _ precision: Precision = .full) -> String? {
    let larger = max(lower.magnitude, upper.magnitude)
    guard let low = number(lower, precision, beside: larger),
      let high = number(upper, precision, beside: larger)
    else { return nil }
    return lower < 0 || upper < 0 ? "\(low) to \(high)" : "\(low)–\(high)"
  }

  /// Both ends and the unit: `419–650 kt`, `$1–2 m`.
  func rangeText(_ lower: Double, _ upper: Double, _ precision: Precision = .full) -> String? {
    range(lower, upper, precision).map(withUnit)
  }

  private func number(_ value: Double, _ precision: Precision, beside larger: Double) -> String? {
    guard let digits = DecimalDigits(value)?.shifted(by: shift) else { return nil }
    var places = decimals
    if precision == .rounded {
      let magnitude = DecimalDigits(larger)?.shifted(by: shift).magnitude ?? 0
      places = max(0, min(places - 1, 2 - magnitude))
      // Percentage points, and whatever is compared with them, are read to one place.
      if suffix == "pp", magnitude >= 0 { places = min(places, 1) }
    }
    guard let magnitude = digits.magnitude, magnitude < 0, magnitude < 1 - places else {
      return digits.text(decimals: places)
    }
    return magnitude < -6 ? digits.powerText : digits.text(decimals: 1 - magnitude)
  }

  private func withUnit(_ number: String) -> String {
    let isNegative = number.hasPrefix("\u{2212}")
    let amount = isNegative ? "\u{2212}\(prefix)\(number.dropFirst())" : prefix + number
    return suffix.isEmpty || suffix.hasPrefix("/") ? amount + suffix : "\(amount)\u{A0}\(suffix)"
  }
}

extension QuantityFormat {
  /// A unit that can be chosen: its signs, its power of ten, and the power of ten (in the series' unit) from which
  /// it is used.
  private struct Step {
    var prefix = ""
    let suffix: String, shift: Int, from: Int
  }

  /// Mass units as powers of ten of one of them in a tonne.
  private static let unitsPerTonne = ["g": 6, "kg": 3, "t": 0, "kt": -3, "Mt": -6]
  private static let currencies = ["usd": "$", "eur": "€", "cny": "CN¥"]
  private static let multiples = ["": 0, "_thousand": 3, "_million": 6, "_100m": 8, "_billion": 9]

  /// The units for a series, the smallest first; never empty.
  private static func steps(of unit: String) -> [Step] {
    if let power = unitsPerTonne[unit] { return masses(tonne: power) }
    if unit == "fraction" { return [Step(suffix: "%", shift: 2, from: .min)] }
    if unit == "fraction_points" { return [Step(suffix: "pp", shift: 2, from: .min)] }
    if unit == "percent" { return [Step(suffix: "%", shift: 0, from: .min)] }
    let name = unit.prefix(3)
    if let sign = currencies[String(name)] {
      let rest = String(unit.dropFirst(3))
      if let power = multiples[rest] { return amounts(sign, multiple: power) }
      if rest.hasPrefix("_per_") {
        return [Step(prefix: sign, suffix: "/" + rest.dropFirst(5), shift: 0, from: .min)]
      }
    }
    let larger = [("thousand", 3, 5), ("million", 6, 7), ("billion", 9, 10)].map { word, power, from in
      Step(suffix: unit.isEmpty ? word : "\(word) \(unit)", shift: -power, from: from)
    }
    return [Step(suffix: unit, shift: 0, from: .min)] + larger
  }

  /// Kilograms to megatonnes for a series whose tonne is 10^tonne of its units. A larger unit is used from 10 on,
  /// because thousands of tonnes are still easy to read.
  private static func masses(tonne: Int) -> [Step] {
    [
      Step(suffix: "kg", shift: 3 - tonne, from: .min), Step(suffix: "t", shift: -tonne, from: tonne),
      Step(suffix: "kt", shift: -3 - tonne, from: tonne + 4),
      Step(suffix: "Mt", shift: -6 - tonne, from: tonne + 7),
    ]
  }

  /// Amounts of money from the single unit to trillions, for a series in units of 10^multiple.
  private static func amounts(_ sign: String, multiple: Int) -> [Step] {
    [("", 0, Int.min), ("m", 6, 6), ("bn", 9, 9), ("trn", 12, 13)].map { word, power, from in
      Step(
        prefix: sign, suffix: word, shift: multiple - power, from: from == .min ? from : from - multiple)
    }
  }
}
