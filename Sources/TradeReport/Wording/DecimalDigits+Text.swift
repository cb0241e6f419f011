extension DecimalDigits {
  /// The number with exactly `decimals` (0 or more) places after the point, a comma between thousands and a real
  /// minus sign: `−1,234.50`. Numbers with more than 15 digits before the point are written as powers of ten.
  package func text(decimals: Int) -> String {
    let number = rounded(toDecimals: decimals)
    guard number.exponent <= 15 else { return number.powerText }
    let sign = number.isNegative ? "\u{2212}" : ""
    let whole = number.places(from: 0, count: max(0, number.exponent))
    let fraction = number.places(from: number.exponent, count: max(0, decimals))
    return sign + Self.grouped(whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// The same as a language writes it: Chinese has no commas between thousands.
  func text(decimals: Int, _ language: ReportLanguage) -> String {
    language == .chinese ? text(decimals: decimals).replacing(",", with: "") : text(decimals: decimals)
  }

  /// The number with three significant digits and a power of ten: `1.80 × 10³⁰⁸`.
  package var powerText: String {
    guard let magnitude else { return "0" }
    let number = shifted(by: -magnitude).rounded(toDecimals: 2)
    // Rounding 9.996 gives 10.0, which belongs to the next power.
    let carry = number.exponent - 1
    let mantissa = number.shifted(by: -carry)
    let sign = isNegative ? "\u{2212}" : ""
    let places = mantissa.places(from: 0, count: 3)
    return "\(sign)\(places.prefix(1)).\(places.dropFirst()) × 10\(Self.superscript(magnitude + carry))"
  }

  /// `count` digits from `start` digits after the first, zeros where the number has none.
  private func places(from start: Int, count: Int) -> String {
    var text = ""
    for place in start..<(start + count) {
      text += digits.indices.contains(place) ? String(digits[place]) : "0"
    }
    return text
  }

  private static func grouped(_ digits: String) -> String {
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  private static func superscript(_ number: Int) -> String {
    let raised: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return String(String(number).map { $0.wholeNumberValue.map { raised[$0] } ?? "⁻" })
  }
}
