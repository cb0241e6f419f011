/// A JSON value whose members keep their order, so that the same result is always the same text.
indirect enum JSON {
  case null
  case number(Double)
  case integer(Int)
  case string(String)
  case bool(Bool)
  case array([JSON])
  case object([(String, JSON)])

  /// A number that JSON can hold; what is not finite becomes `null`.
  static func finite(_ x: Double?) -> JSON {
    guard let x, x.isFinite else { return .null }
    return .number(x)
  }

  /// The value itself if there is one, else a list of them.
  static func oneOrMany(_ values: [JSON]) -> JSON {
    values.count == 1 ? values[0] : .array(values)
  }

  /// The text with a line for each member, and a newline at the end. What holds only plain values stands on one line.
  var text: String {
    var text = ""
    write(to: &text, indent: "")
    return text + "\n"
  }

  private var isPlain: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private func write(to text: inout String, indent: String) {
    switch self {
    case .null: text += "null"
    case .number(let x): text += x.isFinite ? "\(x)" : "null"
    case .integer(let x): text += "\(x)"
    case .bool(let x): text += x ? "true" : "false"
    case .string(let x): JSON.quote(x, to: &text)
    case .array(let items): writeMembers(items.map { (nil, $0) }, "[", "]", to: &text, indent: indent)
    case .object(let members): writeMembers(members.map { ($0.0, $0.1) }, "{", "}", to: &text, indent: indent)
    }
  }

  private func writeMembers(
    _ members: [(String?, JSON)], _ open: String, _ close: String, to text: inout String, indent: String
  ) {
    let onOneLine = members.allSatisfy { $0.1.isPlain }
    let inner = indent + "  "
    text += open
    for (index, member) in members.enumerated() {
      if index > 0 { text += onOneLine ? ", " : "," }
      if !onOneLine { text += "\n" + inner }
      if let name = member.0 {
        JSON.quote(name, to: &text)
        text += ": "
      }
      member.1.write(to: &text, indent: inner)
    }
    if !onOneLine { text += "\n" + indent }
    text += close
  }

  private static func quote(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
