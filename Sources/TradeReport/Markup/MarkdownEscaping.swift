/// The text as it may stand in a line of Markdown, so that it shows as it is: no emphasis, no links, no HTML, no new block.
///
/// Every ASCII sign that CommonMark 0.31 (§2.4) allows to be escaped and that can have a meaning inside a line is escaped,
/// `<` and `&` as entities because not all programs keep to the standard. What a page replaces (see ``escaped(_:)``) is replaced here too.
func markdownEscaped(_ text: some StringProtocol) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "&": result += "&amp;"
    case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!", "$", "^":
      result += "\\"
      result.unicodeScalars.append(scalar)
    case "\t", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": result += " "
    case _ where isHarmful(scalar): result.unicodeScalars.append("\u{FFFD}")
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// The escaped text as the beginning of a line: not a list, not a rule, not a code block.
func markdownLine(_ escaped: String) -> String {
  let line = escaped.drop { $0 == " " }
  guard let first = line.unicodeScalars.first else { return "" }
  if "-+=:".unicodeScalars.contains(first) { return "\\" + line }
  let digits = line.prefix { $0.isASCII && $0.isNumber }
  let rest = line.dropFirst(digits.count)
  if !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")" { return digits + "\\" + rest }
  return String(line)
}
