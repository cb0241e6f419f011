extension Period {
  /// Reads the period in a cell of a table: what ``init(parsing:)`` reads, and what other programs write for it.
  ///
  /// | text | period |
  /// | --- | --- |
  /// | `2025-03-31 00:00:00`, `2025-03-31T00:00:00Z` | the month that holds the day; the time of day does not matter |
  /// | `2025/03`, `2025/03/31` | the month |
  /// | `2025M03`, `2025-M03` | the month |
  /// | `Mar 2025`, `March-2025`, `2025 Mar` | the month; names are English, with three letters or more |
  /// | `202503`, `20250331` | the month, of a year from 1900 to 2099 |
  ///
  /// - Throws: ``PeriodError`` as ``init(parsing:)`` does.
  init(cell text: String) throws(PeriodError) {
    do throws(PeriodError) {
      try self.init(parsing: text)
    } catch {
      guard let plain = Self.named(text) ?? Self.plain(text) else { throw error }
      try self.init(parsing: plain)
    }
  }

  /// Whether a text is a date of digits alone, `202503` or `20250331`, which may as well be a code of goods.
  static func isOfDigits(_ text: String) -> Bool {
    [6, 8].contains(text.utf8.count) && number(Array(text.utf8), 0..<text.utf8.count) != nil
  }

  /// `2025-03` for a month that is named and its year; nil for anything else.
  private static func named(_ text: String) -> String? {
    guard text.utf8.count <= 14 else { return nil }
    let words = text.split { $0 == " " || $0 == "-" }.map { lowercased(String($0)) }
    guard words.count == 2, let place = words.firstIndex(where: { number(Array($0.utf8), 0..<4) != nil }),
      words[place].utf8.count == 4, words[1 - place].utf8.count >= 3,
      let month = monthNames.firstIndex(where: { $0.hasPrefix(words[1 - place]) })
    else { return nil }
    return "\(words[place])-\(padded(month + 1, toWidth: 2))"
  }

  /// Whether a text is the name of a month alone, as `Mar`, `March` or `3月` at the top of a table of years by months.
  static func isMonthName(_ text: String) -> Bool {
    if text.hasSuffix("月") { return Int(text.dropLast()).map((1...12).contains) ?? false }
    let name = lowercased(text.hasSuffix(".") ? String(text.dropLast()) : text)
    return name.utf8.count >= 3 && monthNames.contains { $0.hasPrefix(name) }
  }

  private static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
  ]

  /// The text in a form that ``init(parsing:)`` knows, or nil.
  private static func plain(_ text: String) -> String? {
    var bytes = Array(text.utf8.prefix(41))
    guard bytes.count <= 40 else { return nil }
    let dash = UInt8(ascii: "-")
    if isOfDigits(text) {
      guard let year = number(bytes, 0..<4), (1900...2099).contains(year) else { return nil }
      if bytes.count == 8 { bytes.insert(dash, at: 6) }
      bytes.insert(dash, at: 4)
      return String(decoding: bytes, as: UTF8.self)
    }
    if bytes.count > 10, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ") {
      guard isTime(bytes[11...]) else { return nil }
      bytes.removeSubrange(10...)
    }
    guard bytes.count > 4 else { return nil }
    if bytes[4] == UInt8(ascii: "/") {
      for i in bytes.indices where bytes[i] == UInt8(ascii: "/") { bytes[i] = dash }
    }
    if bytes[4] == dash, bytes.count > 5, isLetterM(bytes[5]) { bytes.remove(at: 5) }
    if isLetterM(bytes[4]) { bytes[4] = dash }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isLetterM(_ byte: UInt8) -> Bool { byte | 0x20 == UInt8(ascii: "m") }

  /// Whether the bytes look like a time of day, `00:00`, `00:00:00.000` or `00:00:00+01:00`.
  private static func isTime(_ bytes: ArraySlice<UInt8>) -> Bool {
    let others = Array(":.+-Z".utf8)
    let bytes = Array(bytes)
    guard let hour = number(bytes, 0..<2), let minute = number(bytes, 3..<5), hour < 24, minute < 60 else {
      return false
    }
    return bytes[2] == UInt8(ascii: ":")
      && bytes.allSatisfy { others.contains($0) || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) }
  }
}
