/// The decimal digits of a finite number: ±0.d₁d₂d₃… × 10^exponent, with d₁ ≠ 0.
///
/// Taken from the shortest text that reads back as the same `Double`, and rounded in decimal, half away from zero,
/// as a person would round the printed number. A change of unit by a power of ten is a change of the exponent and
/// therefore exact. No size of number can overflow here.
package struct DecimalDigits: Equatable {
  var isNegative: Bool
  /// The digits 0…9, without leading or trailing zeros; empty for zero.
  var digits: [UInt8]
  /// The power of ten of the place before the first digit.
  var exponent: Int

  /// Nil for NaN and infinities.
  package init?(_ value: Double) {
    guard value.isFinite else { return nil }
    isNegative = value < 0
    digits = []
    exponent = 0
    var sawPoint = false
    var bytes = value.magnitude.description.utf8[...]
    while let byte = bytes.first, byte != UInt8(ascii: "e") {
      bytes.removeFirst()
      if byte == UInt8(ascii: ".") {
        sawPoint = true
        continue
      }
      if !digits.isEmpty || byte != UInt8(ascii: "0") {
        digits.append(byte - UInt8(ascii: "0"))
        if !sawPoint { exponent += 1 }
      } else if sawPoint {
        exponent -= 1
      }
    }
    exponent += Int(String(bytes.dropFirst()) ?? "") ?? 0
    trim()
  }

  /// The power of ten of the first digit: 2 for 521, −1 for 0.5. Zero has none.
  package var magnitude: Int? { digits.isEmpty ? nil : exponent - 1 }

  /// The number times 10^power.
  func shifted(by power: Int) -> DecimalDigits {
    var result = self
    if !digits.isEmpty { result.exponent += power }
    return result
  }

  /// The number rounded to `decimals` places after the point (before it, if negative).
  func rounded(toDecimals decimals: Int) -> DecimalDigits {
    var result = self
    let keep = exponent + decimals
    guard keep < digits.count else { return self }
    guard keep >= 0 else {
      result.digits = []
      result.trim()
      return result
    }
    let roundsUp = digits[keep] >= 5
    result.digits.removeSubrange(keep...)
    if roundsUp { result.increment(placesKept: keep) }
    result.trim()
    return result
  }

  /// Adds one unit in the last of `placesKept` places.
  private mutating func increment(placesKept: Int) {
    var place = placesKept - 1
    while place >= 0, digits[place] == 9 {
      digits[place] = 0
      place -= 1
    }
    if place >= 0 {
      digits[place] += 1
    } else {
      digits.insert(1, at: 0)
      exponent += 1
    }
  }

  /// Drops trailing zeros; zero has no digits, no sign and exponent 0.
  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      isNegative = false
      exponent = 0
    }
  }
}
