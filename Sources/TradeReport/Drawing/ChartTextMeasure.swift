/// About how wide a text is at most. There are no font metrics here: the classes of letters are those of DejaVu Sans, the widest
/// of the usual sans-serif fonts; Chinese letters and their punctuation are as wide as high.
///
/// - Parameter isBold: bold letters are a tenth wider.
func textWidth(_ text: String, size: Double = 12, isBold: Bool = false) -> Double {
  var units = 0.0
  for scalar in text.unicodeScalars { units += letterWidth(scalar) }
  return units * size * (isBold ? 1.1 : 1)
}

/// The width of a letter as a fraction of its size.
private func letterWidth(_ scalar: Unicode.Scalar) -> Double {
  switch scalar {
  case "i", "j", "l", "I", "'", "|", " ", "\u{A0}", ".", ",", ":", ";", "·", "/": 0.33
  case "f", "t", "r", "(", ")", "[", "]", "-", "!": 0.4
  case "–", "\"": 0.5
  case "m", "w", "M", "W", "%", "@", "…": 0.97
  case "\u{2212}", "+", "±", "=", "<", ">", "×": 0.84
  case "A"..."Z": 0.7
  default: isWide(scalar) ? 1 : 0.63
  }
}

/// How many cells of a terminal the text takes: two for each Chinese, Japanese or Korean letter.
package func terminalCells(_ text: String) -> Int {
  text.reduce(0) { $0 + ($1.unicodeScalars.first.map(isWide) == true ? 2 : 1) }
}

/// Whether a letter takes a whole square: Chinese, Japanese and Korean letters and their punctuation (Unicode UAX #11), and the dash
/// that Chinese ranges have.
func isWide(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x1100...0x115F, 0x2014...0x2015, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
    0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
    true
  default: false
  }
}

/// The text in lines that fit a width, broken at blanks and behind Chinese letters.
func wrapped(_ text: String, width: Double) -> [String] {
  var lines: [String] = []
  for word in pieces(of: text) {
    if let last = lines.last, textWidth(last + word.trimmed) <= width {
      lines[lines.count - 1] = last + word
    } else {
      lines.append(word)
    }
  }
  return lines.map(\.trimmed).filter { !$0.isEmpty }
}

/// The words of a text, each with the blank behind it; Chinese letters are words of their own.
private func pieces(of text: String) -> [String] {
  var pieces: [String] = []
  var word = ""
  for character in text {
    word.append(character)
    if character == " " || character.unicodeScalars.first.map(isWide) == true {
      pieces.append(word)
      word = ""
    }
  }
  return word.isEmpty ? pieces : pieces + [word]
}

extension String {
  /// Without blanks at the end.
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// The text, cut to fit a width with letters of `size` pixels.
func fitted(_ text: String, width: Double, size: Double = 12) -> String {
  guard textWidth(text, size: size) > width else { return text }
  var units = 0.0
  var count = 0
  for scalar in text.unicodeScalars {
    units += letterWidth(scalar)
    if (units + 1) * size > width { break }
    count += 1
  }
  return clipped(text, to: max(3, count))
}
