/// How the quantities of one series are written: the unit a reader expects for their size, and the places that
/// give the larger ones four significant digits.
///
/// 239000 `t` is written `239.0 kt`, 12.3 million `usd` is `$12.30 m`, a `fraction` is a percentage,
/// `fraction_points` (a difference of fractions) percentage points.
/// One format serves a whole chart and its table, so that figures compare down a column.
///
/// Chinese has its own units, in steps of ten thousand: 239000 `t` is 23.90万吨, 12.3 million `usd` 1230万美元, and no blank stands
/// before a unit and no comma between thousands (GB/T 15835—2011).
package struct QuantityFormat: Equatable {
  /// What stands before a number: the sign of a currency, or nothing.
  let prefix: String
  /// What stands behind it: `kt`, `m`, `%`, `/t`, or nothing.
  let suffix: String
  /// The power of ten that leads from the series' unit to the written one: −3 from t to kt.
  let shift: Int
  /// Places after the point in tables.
  let decimals: Int
  let language: ReportLanguage
  /// Whether values are differences of fractions.
  let isPoints: Bool

  /// The unit for an axis or the head of a table: `kt`, `$ m`, `%`, `亿美元`; empty if the series has none.
  package var unit: String {
    prefix.isEmpty || suffix.isEmpty || suffix.hasPrefix("/") ? prefix + suffix : "\(prefix) \(suffix)"
  }

  /// The format for values in `unit`; missing and infinite values do not count.
  ///
  /// - Parameter resolution: the step in which the values were published, if that and not their size decides the
  ///   places; 0 if it is not known.
  /// - Parameter telling: values of which the smallest is to have three significant digits, as far as two more places
  ///   than the larger ones need give them.
  package init(
    unit name: String, values: some Sequence<Double>, resolution: Double = 0, telling: [Double] = [],
    language: ReportLanguage = .english
  ) {
    self.language = language
    isPoints = name == "fraction_points"
    var largest = 0.0
    for value in values where value.isFinite { largest = max(largest, value.magnitude) }
    let magnitude = DecimalDigits(largest)?.magnitude
    let steps = Self.steps(of: clipped(name, to: 24), language)
    let step = steps.last { magnitude ?? 0 >= $0.from } ?? steps[0]
    (prefix, suffix, shift) = (step.prefix, step.suffix, step.shift)
    let published = DecimalDigits(resolution)?.magnitude.map { -$0 - step.shift }
    let usual = max(0, published ?? (3 - (magnitude ?? 3) - step.shift))
    let smallest = telling.filter { $0.isFinite && $0 != 0 }.map(\.magnitude).min()
    let needed = smallest.flatMap { DecimalDigits($0)?.magnitude }.map { 2 - $0 - step.shift } ?? 0
    decimals = min(published == nil ? 4 : 8, max(usual, min(needed, usual + 2)))
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

  /// Both ends without the unit: `419–650`, or `−5 to 12` where a dash would meet a minus sign (`—` and `至` in Chinese).
  /// Nil if an end is missing or infinite.
  package func range(_ lower: Double, _ upper: Double, _ precision: Precision = .full) -> String? {
    let larger = max(lower.magnitude, upper.magnitude)
    guard let low = number(lower, precision, beside: larger),
      let high = number(upper, precision, beside: larger)
    else { return nil }
    let isSigned = lower < 0 || upper < 0
    if language == .chinese { return isSigned ? "\(low)至\(high)" : "\(low)—\(high)" }
    return isSigned ? "\(low) to \(high)" : "\(low)–\(high)"
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
      if isPoints, magnitude >= 0 { places = min(places, 1) }
    }
    guard let magnitude = digits.magnitude, magnitude < 0, magnitude < 1 - places else {
      return digits.text(decimals: places, language)
    }
    return magnitude < -6 ? digits.powerText : digits.text(decimals: 1 - magnitude, language)
  }

  /// Whether the unit follows the number without a blank: always in Chinese, but for units that are foreign words.
  private var joinsSuffix: Bool {
    guard let first = suffix.first, first != "/" else { return true }
    return language == .chinese && (first == "%" || !first.isASCII)
  }

  private func withUnit(_ number: String) -> String {
    let isNegative = number.hasPrefix("\u{2212}")
    let amount = isNegative ? "\u{2212}\(prefix)\(number.dropFirst())" : prefix + number
    return joinsSuffix ? amount + suffix : "\(amount)\u{A0}\(suffix)"
  }
}
