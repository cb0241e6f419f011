import TradeReport

/// Numbers as people read them, where no unit decides their form (see `QuantityFormat` for those that have one).
enum NumberText {
  /// A fixed number of decimals and thousands separators: `−1,234.50`. What is missing (NaN) is a dash.
  static func fixed(_ x: Double, decimals: Int) -> String {
    DecimalDigits(x)?.text(decimals: decimals) ?? notFinite(x)
  }

  /// About so many significant digits, but every digit before the point; a power of ten for what is very small.
  static func significant(_ x: Double, digits: Int) -> String {
    guard let number = DecimalDigits(x) else { return notFinite(x) }
    if let magnitude = number.magnitude, magnitude < -6 { return number.powerText }
    return number.text(decimals: decimals(for: x, digits: digits))
  }

  /// The decimals that show a number of this size with so many significant digits; none for numbers with longer whole parts.
  static func decimals(for x: Double, digits: Int) -> Int {
    guard let magnitude = DecimalDigits(x)?.magnitude else { return 0 }
    return min(max(digits - 1 - magnitude, 0), 12)
  }

  /// The decimals for a column of numbers: those that suit the middle one.
  static func decimals(forTypicalOf numbers: [Double], digits: Int) -> Int {
    let sizes = numbers.filter { $0.isFinite && $0 != 0 }.map(\.magnitude).sorted()
    return sizes.isEmpty ? 0 : decimals(for: sizes[sizes.count / 2], digits: digits)
  }

  /// A fraction as per cent: `0.873` is `87.3 %`.
  static func percent(_ fraction: Double) -> String { fixed(100 * fraction, decimals: 1) + " %" }

  private static func notFinite(_ x: Double) -> String { x.isNaN ? "–" : x < 0 ? "−∞" : "∞" }
}
