import TradeStatistics
import Tradewind

/// Numbers of a brief as a sentence has them: the unit that the field uses for their size, in the report's language, and no more
/// digits than were published.
struct BriefNumbers {
  let language: ReportLanguage

  var isChinese: Bool { language == .chinese }

  /// A unit for amounts of one size: `kt`, `$ bn`, `万吨`.
  struct Scale: Equatable {
    var prefix = ""
    var suffix = ""
    /// The power of ten from the figure's unit to this one.
    var shift = 0
    /// Whether a blank stands before the suffix.
    var isSpaced = true

    /// The unit for the head of a column.
    var unit: String { prefix.isEmpty || suffix.isEmpty ? prefix + suffix : "\(prefix) \(suffix)" }
  }

  // MARK: Amounts

  /// `1.917 Mt`, `$8.506 bn`, `191.7万吨`; in the scale that suits its own size if none is given.
  func amount(_ figure: Figure, in scale: Scale? = nil, signed: Bool = false) -> String {
    let scale = scale ?? self.scale(figure.unit, figure.value)
    let text = number(figure, in: scale, signed: false)
    let negative = text.hasPrefix("\u{2212}")
    let sign = negative ? "\u{2212}" : signed && figure.value > 0 ? "+" : ""
    let digits = negative ? String(text.dropFirst()) : text
    let blank = scale.isSpaced && !scale.suffix.isEmpty ? "\u{A0}" : ""
    return sign + scale.prefix + digits + blank + scale.suffix
  }

  /// The same without its unit, for columns whose head has it.
  func number(_ figure: Figure, in scale: Scale, signed: Bool = false) -> String {
    guard let digits = DecimalDigits(figure.value)?.shifted(by: scale.shift) else { return "–" }
    let text = plain(digits.text(decimals: decimals(figure, scale)))
    return signed && figure.value > 0 ? "+" + text : text
  }

  /// Both ends of an interval with the unit.
  func range(_ interval: PredictionInterval, unit: String, in scale: Scale? = nil) -> String {
    let scale = scale ?? self.scale(unit, interval.upper)
    func end(_ value: Double) -> String {
      guard let digits = DecimalDigits(value)?.shifted(by: scale.shift),
        let larger = DecimalDigits(interval.upper)?.shifted(by: scale.shift).magnitude
      else { return "–" }
      return plain(digits.text(decimals: max(0, 2 - larger)))
    }
    let blank = scale.isSpaced && !scale.suffix.isEmpty ? "\u{A0}" : ""
    return
      "\(scale.prefix)\(end(interval.lower))\(isChinese ? "—" : "–")\(end(interval.upper))\(blank)\(scale.suffix)"
  }

  /// The decimals of a column of estimates whose largest is `value`: three digits.
  func places(of value: Double, in scale: Scale) -> Int {
    max(0, 2 - (DecimalDigits(value)?.shifted(by: scale.shift).magnitude ?? 0))
  }

  /// A number of a column of estimates; one that is small beside the largest keeps two digits.
  func number(_ value: Double, in scale: Scale, places: Int) -> String {
    guard let digits = DecimalDigits(value)?.shifted(by: scale.shift) else { return "–" }
    return plain(digits.text(decimals: max(places, min(6, 1 - (digits.magnitude ?? 1)))))
  }

  /// Both ends of an interval in such a column.
  func range(_ interval: PredictionInterval, in scale: Scale, places: Int) -> String {
    let larger = DecimalDigits(interval.upper)?.shifted(by: scale.shift).magnitude ?? 1
    let places = max(places, min(6, 1 - larger))
    let ends = [interval.lower, interval.upper].map { end in
      DecimalDigits(end)?.shifted(by: scale.shift).text(decimals: places) ?? "–"
    }
    return plain(ends.joined(separator: isChinese ? "—" : "–"))
  }

  /// An estimate with three digits: `539 kt`.
  func rounded(_ value: Double, unit: String) -> String {
    let scale = scale(unit, value)
    guard let digits = DecimalDigits(value)?.shifted(by: scale.shift) else { return "–" }
    let blank = scale.isSpaced && !scale.suffix.isEmpty ? "\u{A0}" : ""
    return scale.prefix + plain(digits.text(decimals: max(0, 2 - (digits.magnitude ?? 0)))) + blank
      + scale.suffix
  }

  /// Decimals that rounding leaves certain; at most five digits, and four where it is not known.
  private func decimals(_ figure: Figure, _ scale: Scale) -> Int {
    if figure.value == 0 { return 0 }
    let size = DecimalDigits(figure.value)?.shifted(by: scale.shift).magnitude ?? 0
    let most = (figure.halfWidth > 0 && !figure.unit.contains("_per_") ? 4 : 3) - size
    if let interval = figure.interval,
      let width = DecimalDigits(interval.upper - interval.lower)?.shifted(by: scale.shift).magnitude
    {
      return max(0, min(most, -width + 1))
    }
    guard let place = DecimalDigits(2 * figure.halfWidth)?.shifted(by: scale.shift).magnitude else {
      return max(0, most)
    }
    return max(0, min(most, -place))
  }

  /// The scale for amounts of `unit` of which the largest is `value`.
  func scale(_ unit: String, _ value: Double) -> Scale {
    // Nothing is nothing of the unit it was published in.
    if value == 0, ["g", "kg", "t", "kt", "Mt"].contains(unit), !isChinese { return Scale(suffix: unit) }
    let tonnes = ["g": -6, "kg": -3, "t": 0, "kt": 3, "Mt": 6]
    let money = ["usd": ("$", "美元"), "eur": ("€", "欧元"), "cny": ("CN¥", "元")]
    let multiples = ["": 0, "_thousand": 3, "_million": 6, "_100m": 8, "_billion": 9]
    if let power = tonnes[unit] { return mass(power, size: magnitude(value, power)) }
    if let (sign, name) = money[String(unit.prefix(3))] {
      let rest = String(unit.dropFirst(3))
      if let power = multiples[rest] { return self.money(sign, name, power, size: magnitude(value, power)) }
      if rest.hasPrefix("_per_") {
        let of = rest.dropFirst(5)
        return isChinese
          ? Scale(suffix: name + "/" + (of == "t" ? "吨" : String(of)), isSpaced: false)
          : Scale(prefix: sign, suffix: "/" + of, isSpaced: false)
      }
    }
    if unit == "fraction" { return Scale(suffix: "%", shift: 2, isSpaced: !isChinese) }
    return Scale(suffix: clipped(unit, to: 24))
  }

  /// The power of ten of a value once its unit is 10^power of the base.
  private func magnitude(_ value: Double, _ power: Int) -> Int {
    DecimalDigits(value)?.shifted(by: power).magnitude ?? 0
  }

  private func mass(_ power: Int, size: Int) -> Scale {
    if isChinese {
      if size >= 4 { return Scale(suffix: "万吨", shift: power - 4, isSpaced: false) }
      return size < 0
        ? Scale(suffix: "千克", shift: power + 3, isSpaced: false)
        : Scale(suffix: "吨", shift: power, isSpaced: false)
    }
    if size >= 6 { return Scale(suffix: "Mt", shift: power - 6) }
    if size >= 4 { return Scale(suffix: "kt", shift: power - 3) }
    return size < 0 ? Scale(suffix: "kg", shift: power + 3) : Scale(suffix: "t", shift: power)
  }

  private func money(_ sign: String, _ name: String, _ power: Int, size: Int) -> Scale {
    if isChinese {
      if size >= 8 { return Scale(suffix: "亿" + name, shift: power - 8, isSpaced: false) }
      if size >= 4 { return Scale(suffix: "万" + name, shift: power - 4, isSpaced: false) }
      return Scale(suffix: name, shift: power, isSpaced: false)
    }
    if size >= 12 { return Scale(prefix: sign, suffix: "trn", shift: power - 12) }
    if size >= 9 { return Scale(prefix: sign, suffix: "bn", shift: power - 9) }
    return size >= 6
      ? Scale(prefix: sign, suffix: "m", shift: power - 6) : Scale(prefix: sign, shift: power)
  }

  // MARK: Fractions

  /// A fraction in per cent with one decimal, none where it is not known so well: `14.1 %`; `+14.1 %` if signed.
  func percent(_ figure: Figure, signed: Bool = false) -> String {
    percent(figure.value, decimals: percentDecimals(figure), signed: signed)
  }

  /// Its size without the sign, for "rose by".
  func percentSize(_ figure: Figure) -> String {
    percent(figure.value.magnitude, decimals: percentDecimals(figure), signed: false)
  }

  private func percentDecimals(_ figure: Figure) -> Int {
    if let interval = figure.interval { return interval.upper - interval.lower < 0.02 ? 1 : 0 }
    return figure.halfWidth >= 0.005 ? 0 : 1
  }

  func percent(_ value: Double, decimals: Int, signed: Bool) -> String {
    guard let digits = DecimalDigits(value)?.shifted(by: 2) else { return "–" }
    let text = plain(digits.text(decimals: decimals))
    return (signed && value > 0 ? "+" : "") + text + (isChinese ? "%" : "\u{A0}%")
  }

  /// `(95 %: −4 to 21 %)`, or nothing.
  func doubt(_ figure: Figure) -> String {
    guard let interval = figure.interval else { return "" }
    let decimals = percentDecimals(figure)
    let (low, high) = (
      percent(interval.lower, decimals: decimals, signed: true),
      percent(interval.upper, decimals: decimals, signed: true)
    )
    return isChinese ? "（95%区间：\(low)至\(high)）" : " (95\u{A0}%: \(low) to \(high))"
  }

  /// A difference of fractions in percentage points: `3.0`; `+3.0` if signed.
  func points(_ fraction: Double, signed: Bool = false) -> String {
    pointsText(
      (DecimalDigits(fraction)?.shifted(by: 2)).map { plain($0.text(decimals: 1)) } ?? "–", fraction, signed)
  }

  /// The same for a number that is in percentage points already.
  func points(printed: Double, signed: Bool = false) -> String {
    pointsText(plain(DecimalDigits(printed)?.text(decimals: 1) ?? "–"), printed, signed)
  }

  private func pointsText(_ text: String, _ value: Double, _ signed: Bool) -> String {
    signed && value > 0 ? "+" + text : text
  }

  /// A number without a unit and with so many decimals.
  func plain(_ value: Double, decimals: Int) -> String {
    DecimalDigits(value).map { plain($0.text(decimals: decimals)) } ?? "–"
  }

  /// Chinese text has no commas between thousands.
  private func plain(_ text: String) -> String { isChinese ? text.replacing(",", with: "") : text }
}
