#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Numbers as people read them.
enum NumberText {
  /// A fixed number of decimals and thousands separators: `-1,234.50`. What is missing (NaN) is a dash.
  static func fixed(_ x: Double, decimals: Int) -> String {
    guard x.isFinite else { return x.isNaN ? "–" : "\(x)" }
    let plain = printed(x.magnitude, decimals: decimals)
    let negative = x < 0 && plain.contains { $0 != "0" && $0 != "." }
    return (negative ? "-" : "") + grouped(plain)
  }

  /// As ``fixed(_:decimals:)``, with a plus sign before what is above zero.
  static func signed(_ x: Double, decimals: Int) -> String {
    let text = fixed(x, decimals: decimals)
    return x > 0 && text.first != "-" ? "+" + text : text
  }

  /// About so many significant digits, in powers of ten where fixed decimals would be unreadable.
  static func significant(_ x: Double, digits: Int) -> String {
    guard x.isFinite else { return x.isNaN ? "–" : "\(x)" }
    if x == 0 { return "0" }
    if x.magnitude >= 1e15 || x.magnitude < 1e-6 { return printed(x, decimals: digits - 1, format: "%.*e") }
    return fixed(x, decimals: decimals(for: x.magnitude, digits: digits))
  }

  /// The decimals that show a number of this size with so many significant digits; none for numbers with longer whole parts.
  static func decimals(for magnitude: Double, digits: Int) -> Int {
    guard magnitude > 0, magnitude.isFinite else { return 0 }
    return min(max(digits - 1 - Int(log10(magnitude).rounded(.down)), 0), 12)
  }

  /// A fraction as per cent: `0.873` is `87.3 %`.
  static func percent(_ fraction: Double, decimals: Int = 1) -> String {
    fixed(100 * fraction, decimals: decimals) + " %"
  }

  /// C's own conversion, which rounds the exact binary value correctly.
  private static func printed(_ x: Double, decimals: Int, format: String = "%.*f") -> String {
    withVaList([Int32(decimals), x]) { arguments in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
        let length = vsnprintf(buffer.baseAddress, buffer.count, format, arguments)
        return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
    }
  }

  private static func grouped(_ plain: String) -> String {
    let whole = plain.prefix { $0 != "." }
    var result = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result + plain.dropFirst(whole.count)
  }
}
