import RealModule
import TradewindNumerics

/// How precisely a number was written.
enum Rounding {
  /// Half a unit of the last non-zero digit of a decimal number as it was written, the usual reading of a rounded
  /// figure: `1917000` → 500, `0.323` → 0.0005, `-0.07` → 0.005, `0` → 0.5, `1.5e6` → 50000.
  ///
  /// - Returns: `nil` if `text` is not a plain decimal number.
  static func halfWidth(of text: some StringProtocol) -> Double? {
    var digitsAfterPoint = 0
    var seenPoint = false
    var digits: [UInt8] = []
    var exponent = 0
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits.append(byte &- UInt8(ascii: "0"))
        if seenPoint { digitsAfterPoint += 1 }
      case UInt8(ascii: "."):
        if seenPoint { return nil }
        seenPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        guard let power = Int(String(decoding: Array(rest.dropFirst()), as: UTF8.self)), abs(power) < 400
        else { return nil }
        exponent = power
        rest = rest.suffix(1)
      default:
        return nil
      }
      rest = rest.dropFirst()
    }
    guard !digits.isEmpty else { return nil }
    let trailingZeros = digits.reversed().prefix { $0 == 0 }.count
    // A number that is all zeros was rounded to its last place.
    let place = trailingZeros == digits.count ? 0 : trailingZeros
    // 0.5 divided by a power of ten is exact to the last bit where multiplying by 0.001 is not.
    let power = place - digitsAfterPoint + exponent
    return power >= 0 ? 0.5 * Double.pow(10, power) : 0.5 / Double.pow(10, -power)
  }
}
