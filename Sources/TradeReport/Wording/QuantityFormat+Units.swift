/// The units in which quantities are written.
extension QuantityFormat {
  /// A unit that can be chosen: its signs, its power of ten, and the power of ten (in the series' unit) from which
  /// it is used.
  struct Step {
    var prefix = ""
    let suffix: String, shift: Int, from: Int
  }

  /// Mass units as powers of ten of one of them in a tonne.
  private static let unitsPerTonne = ["g": 6, "kg": 3, "t": 0, "kt": -3, "Mt": -6]
  private static let currencies = ["usd": "$", "eur": "€", "cny": "CN¥"]
  private static let multiples = ["": 0, "_thousand": 3, "_million": 6, "_100m": 8, "_billion": 9]

  /// The units for a series, the smallest first; never empty.
  static func steps(of unit: String, _ language: ReportLanguage) -> [Step] {
    if language == .chinese { return chineseSteps(of: unit) }
    if let power = unitsPerTonne[unit] { return masses(tonne: power) }
    if unit == "fraction" { return [Step(suffix: "%", shift: 2, from: .min)] }
    if unit == "fraction_points" { return [Step(suffix: "pp", shift: 2, from: .min)] }
    if unit == "percent" { return [Step(suffix: "%", shift: 0, from: .min)] }
    let name = unit.prefix(3)
    if let sign = currencies[String(name)] {
      let rest = String(unit.dropFirst(3))
      if let power = multiples[rest] { return amounts(sign, multiple: power) }
      if rest.hasPrefix("_per_") {
        return [Step(prefix: sign, suffix: "/" + rest.dropFirst(5), shift: 0, from: .min)]
      }
    }
    let larger = [("thousand", 3, 5), ("million", 6, 7), ("billion", 9, 10)].map { word, power, from in
      Step(suffix: unit.isEmpty ? word : "\(word) \(unit)", shift: -power, from: from)
    }
    return [Step(suffix: unit, shift: 0, from: .min)] + larger
  }

  /// Kilograms to megatonnes for a series whose tonne is 10^tonne of its units. A larger unit is used from 10 on,
  /// because thousands of tonnes are still easy to read.
  private static func masses(tonne: Int) -> [Step] {
    [
      Step(suffix: "kg", shift: 3 - tonne, from: .min), Step(suffix: "t", shift: -tonne, from: tonne),
      Step(suffix: "kt", shift: -3 - tonne, from: tonne + 4),
      Step(suffix: "Mt", shift: -6 - tonne, from: tonne + 7),
    ]
  }

  /// Amounts of money from the single unit to trillions, for a series in units of 10^multiple.
  private static func amounts(_ sign: String, multiple: Int) -> [Step] {
    [("", 0, Int.min), ("m", 6, 6), ("bn", 9, 9), ("trn", 12, 13)].map { word, power, from in
      Step(
        prefix: sign, suffix: word, shift: multiple - power, from: from == .min ? from : from - multiple)
    }
  }

  // MARK: Chinese

  private static func chineseSteps(of unit: String) -> [Step] {
    if let power = unitsPerTonne[unit] {
      return [
        Step(suffix: "千克", shift: 3 - power, from: .min), Step(suffix: "吨", shift: -power, from: power),
        Step(suffix: "万吨", shift: -4 - power, from: power + 4),
        Step(suffix: "亿吨", shift: -8 - power, from: power + 9),
      ]
    }
    switch unit {
    case "fraction": return [Step(suffix: "%", shift: 2, from: .min)]
    case "fraction_points": return [Step(suffix: "个百分点", shift: 2, from: .min)]
    case "percent": return [Step(suffix: "%", shift: 0, from: .min)]
    default: break
    }
    if let name = chineseCurrencies[String(unit.prefix(3))] {
      let rest = String(unit.dropFirst(3))
      if let power = multiples[rest] { return myriads(of: name, multiple: power) }
      if rest.hasPrefix("_per_") {
        let mass = String(rest.dropFirst(5))
        return [Step(suffix: "\(name)/\(chineseMasses[mass] ?? mass)", shift: 0, from: .min)]
      }
    }
    return myriads(of: unit, multiple: 0)
  }

  private static let chineseCurrencies = ["usd": "美元", "eur": "欧元", "cny": "元"]
  private static let chineseMasses = ["t": "吨", "kg": "千克", "g": "克"]

  /// Single units, ten thousands and hundred millions of a unit, for a series in units of 10^multiple.
  private static func myriads(of name: String, multiple: Int) -> [Step] {
    [("", 0, Int.min), ("万", 4, 5), ("亿", 8, 8), ("万亿", 12, 13)].map { word, power, from in
      Step(suffix: word + name, shift: multiple - power, from: from == .min ? from : from - multiple)
    }
  }
}

extension QuantityFormat {
  /// A name with the unit of its values, if they have one.
  func heading(_ name: String) -> String { unit.isEmpty ? name : "\(name), \(unit)" }
}
