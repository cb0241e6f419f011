/// The text as it may stand in HTML and XML, both between tags and inside a quoted attribute.
///
/// The five special characters become entities. What XML 1.0 (§2.2) does not allow, and the controls that reorder
/// what a reader sees (Unicode UAX #9: embeddings, overrides, isolates), become U+FFFD, so that their presence
/// shows but has no effect. Line ends become blanks. Letters of right-to-left scripts stay as they are.
func escaped(_ text: some StringProtocol) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\t", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": result += " "
    case _ where isHarmful(scalar): result.unicodeScalars.append("\u{FFFD}")
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Whether a page should not show the scalar as it is: other controls, bidirectional controls, noncharacters and
/// the invisible tag characters.
func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0: true
  case 0x200E...0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: true
  case 0xFDD0...0xFDEF, 0xE0000...0xE007F: true
  default: scalar.value & 0xFFFE == 0xFFFE
  }
}

/// At most `count` scalars of the text, with an ellipsis for what was cut.
///
/// Scalars and not characters are counted, because one character can hold any number of combining marks.
func clipped(_ text: String, to count: Int) -> String {
  let scalars = text.unicodeScalars
  guard let end = scalars.index(scalars.startIndex, offsetBy: count, limitedBy: scalars.endIndex),
    end < scalars.endIndex
  else { return text }
  return String(scalars[..<end]) + "…"
}

/// The address if a page may link to it, else nil.
///
/// Only `http` and `https` addresses with a host, without user name, blanks, controls, quotes or angle brackets,
/// at most 2000 bytes long. Everything else (`javascript:`, `data:`, relative addresses) stays plain text.
func linkable(_ address: String) -> String? {
  guard address.utf8.count <= 2000 else { return nil }
  let lower = address.lowercased()
  guard let scheme = ["https://", "http://"].first(where: { lower.hasPrefix($0) }) else { return nil }
  let forbidden: Set<Unicode.Scalar> = ["\"", "'", "<", ">", "`", "\\", "{", "}", "|", "^"]
  for scalar in address.unicodeScalars
  where forbidden.contains(scalar) || scalar.properties.isWhitespace || isHarmful(scalar) {
    return nil
  }
  let host = address.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  return host.isEmpty || host.contains("@") ? nil : address
}
