/// The number that `text` writes in decimal notation (`-12`, `0.323`, `.5`, `1.2e-3`), or nil.
///
/// Stricter than `Double.init`: no hexadecimal, no names such as `inf` or `nan`, no blanks, no separators of
/// thousands. A number too large for a `Double` is nil too, and so is a text of more than 400 characters.
/// The result is the nearest `Double`.
package func parseNumber(_ text: String) -> Double? {
  let bytes = text.utf8
  guard bytes.count <= 400 else { return nil }
  var digits = 0
  var exponentDigits = 0
  var pointSeen = false
  var exponentSeen = false
  var signAllowed = true
  for byte in bytes {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      if exponentSeen { exponentDigits += 1 } else { digits += 1 }
      signAllowed = false
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard signAllowed else { return nil }
      signAllowed = false
    case UInt8(ascii: "."):
      guard !pointSeen, !exponentSeen else { return nil }
      pointSeen = true
      signAllowed = false
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      guard !exponentSeen, digits > 0 else { return nil }
      exponentSeen = true
      signAllowed = true
    default: return nil
    }
  }
  guard digits > 0, !exponentSeen || exponentDigits > 0 else { return nil }
  guard let value = Double(text), value.isFinite else { return nil }
  return value
}

/// Whether `text` stands for a missing value: nothing, `NA`, `NaN`, `.`, `..` or `-`, without regard to case.
package func isMissingMark(_ text: String) -> Bool {
  text.isEmpty || [".", "..", "-"].contains(text)
    || (text.utf8.count <= 3 && ["na", "nan"].contains(lowercased(text)))
}
