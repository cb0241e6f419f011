import Foundation
import TestSupport
import Testing
import TradewindNumerics

@testable import TradeReport

@Suite("Numbers as text")
struct NumberTextTests {
  private func text(_ value: Double, _ decimals: Int) -> String? {
    DecimalDigits(value)?.text(decimals: decimals)
  }

  @Test(
    "numbers are rounded as printed, half away from zero, with commas and a minus sign",
    arguments: [
      (0, 0, "0"), (0, 2, "0.00"), (-0.0, 1, "0.0"), (1, 0, "1"), (999, 0, "999"), (1000, 0, "1,000"),
      (1_917_000, 0, "1,917,000"), (-1234.5, 1, "\u{2212}1,234.5"), (0.05, 1, "0.1"), (0.049, 1, "0.0"),
      (-0.049, 1, "0.0"), (2.675, 2, "2.68"), (9.995, 2, "10.00"), (99.96, 1, "100.0"), (999.5, 0, "1,000"),
      (1e-5, 3, "0.000"), (1e-5, 5, "0.00001"), (123_456_789_012_345, 0, "123,456,789,012,345"),
      (0.5, 0, "1"),
      (0.2 + 0.1, 2, "0.30"), (1e15, 0, "1.00 × 10¹⁵"), (1.7976931348623157e308, 0, "1.80 × 10³⁰⁸"),
      (-9.999e20, 0, "\u{2212}1.00 × 10²¹"), (Double.leastNonzeroMagnitude, 2, "0.00"),
    ] as [(Double, Int, String)])
  func examples(_ value: Double, _ decimals: Int, _ expected: String) {
    #expect(text(value, decimals) == expected)
  }

  @Test("numbers that are not finite have no text")
  func notFinite() {
    for value in [Double.nan, .infinity, -.infinity] { #expect(DecimalDigits(value) == nil) }
  }

  @Test("powers of ten keep three digits, also of the smallest number")
  func powers() {
    #expect(
      DecimalDigits(Double.leastNonzeroMagnitude)?.powerText == "5.00 × 10⁻³²⁴"
        || DecimalDigits(Double.leastNonzeroMagnitude)?.powerText == "4.94 × 10⁻³²⁴")
    #expect(DecimalDigits(9.996)?.powerText == "1.00 × 10¹")
    #expect(DecimalDigits(0)?.powerText == "0")
  }

  @Test("the text of any number differs from it by at most half of its last place")
  func halfAPlace() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let size = Double("1e\(Int(generator.nextUniform() * 20) - 8)") ?? 1
      let value = (generator.nextUniform() - 0.5) * size
      let decimals = Int(generator.nextUniform() * 7)
      let written = try #require(text(value, decimals))
      let plain = written.replacingOccurrences(of: ",", with: "").replacingOccurrences(
        of: "\u{2212}", with: "-")
      let read = try #require(Double(plain), "\(value) gave \(written)")
      let half = 0.5 * (Double("1e-\(decimals)") ?? 1)
      #expect(abs(read - value) <= half * (1 + 1e-9) + 1e-15 * abs(value), "\(value) gave \(written)")
      #expect(plain.split(separator: ".").dropFirst().first?.count ?? 0 == decimals)
    }
  }

  @Test(
    "a unit suits the size of the series",
    arguments: [
      ("t", 239_000, "kt", "239.0\u{A0}kt"), ("t", 9999, "t", "9,999\u{A0}t"),
      ("t", 25_000_000, "Mt", "25.00\u{A0}Mt"),
      ("t", 0.02205, "kg", "22.05\u{A0}kg"), ("kg", 500, "kg", "500.0\u{A0}kg"),
      ("kg", 239_000_000, "kt", "239.0\u{A0}kt"), ("usd", 12_300_000, "$ m", "$12.30\u{A0}m"),
      ("usd", 4.1e10, "$ bn", "$41.00\u{A0}bn"), ("usd", 45_000, "$", "$45,000"),
      ("usd_per_t", 2150.5, "$/t", "$2,151/t"),
      ("fraction", 0.741, "%", "74.10\u{A0}%"), ("", 12.5, "", "12.50"),
      ("", 250_000, "thousand", "250.0\u{A0}thousand"), ("", 2.5e7, "million", "25.00\u{A0}million"),
      ("teu", 3.2e9, "million teu", "3,200\u{A0}million teu"), ("cny", 8e9, "CN¥ bn", "CN¥8.000\u{A0}bn"),
      ("usd_million", 5572.54, "$ bn", "$5.573\u{A0}bn"), ("eur_per_kg", 31.5, "€/kg", "€31.50/kg"),
      ("kt", 1701.21, "kt", "1,701\u{A0}kt"),
      ("percent", 7, "%", "7.000\u{A0}%"), ("g", 31_000, "kg", "31.00\u{A0}kg"), ("t", 0, "t", "0\u{A0}t"),
    ] as [(String, Double, String, String)])
  func units(_ unit: String, _ value: Double, _ label: String, _ expected: String) {
    let format = QuantityFormat(unit: unit, values: [value])
    #expect(format.unit == label)
    #expect(format.text(value) == expected)
  }

  @Test(
    "Chinese units go by ten thousands, without blanks and commas",
    arguments: [
      ("t", 239_000, "万吨", "23.90万吨"), ("t", 9999, "吨", "9999吨"), ("t", 1_917_000, "万吨", "191.7万吨"),
      ("t", 2.5e9, "亿吨", "25.00亿吨"), ("t", 0.0896, "千克", "89.60千克"), ("kg", 239_000_000, "万吨", "23.90万吨"),
      ("usd", 15_222_000_000, "亿美元", "152.2亿美元"), ("usd", 30_000_000, "万美元", "3000万美元"),
      ("usd", 45_000, "美元", "45000美元"), ("usd_million", 5572.54, "亿美元", "55.73亿美元"),
      ("usd_100m", 1759, "亿美元", "1759亿美元"), ("cny", 8e9, "亿元", "80.00亿元"), ("cny", 3e13, "万亿元", "30.00万亿元"),
      ("usd_per_t", 2150.5, "美元/吨", "2151美元/吨"), ("fraction", 0.741, "%", "74.10%"),
      ("fraction_points", 0.182, "个百分点", "18.20个百分点"), ("", 250_000, "万", "25.00万"),
      ("teu", 3.2e9, "亿teu", "32.00亿teu"), ("teu", 12, "teu", "12.00\u{A0}teu"),
    ] as [(String, Double, String, String)])
  func chineseUnits(_ unit: String, _ value: Double, _ label: String, _ expected: String) {
    let format = QuantityFormat(unit: unit, values: [value], language: .chinese)
    #expect(format.unit == label)
    #expect(format.text(value) == expected)
  }

  @Test("a Chinese axis counts in its own unit, in round steps")
  func chineseAxis() {
    let format = QuantityFormat(unit: "t", values: [239_000], language: .chinese)
    let ticks = AxisTicks(covering: 0, 262_000, intervals: 6)
    #expect(ticks.values.map { ticks.label($0, format) } == ["0", "5", "10", "15", "20", "25", "30"])
    #expect(format.range(142_000, 230_000, .rounded) == "14.2—23.0")
    #expect(format.range(-142_000, 230_000, .rounded) == "\u{2212}14.2至23.0")
  }

  @Test("a series of nothing but missing values has a format, and no texts")
  func allMissing() {
    let format = QuantityFormat(unit: "t", values: [.nan, .infinity])
    #expect(format.text(.nan) == nil && format.range(.nan, 1) == nil && format.text(12) != nil)
  }

  @Test("small values beside large ones keep two digits")
  func smallBesideLarge() {
    let format = QuantityFormat(unit: "t", values: [239_000, 22])
    #expect(format.text(22) == "0.022\u{A0}kt")
    #expect(format.text(0) == "0.0\u{A0}kt")
    #expect(format.number(1e-9) == "1.00 × 10⁻¹²")
  }

  @Test("rounded numbers have at most three digits, both ends of a range the same places")
  func rounded() {
    let format = QuantityFormat(unit: "t", values: [98_765])
    #expect(format.text(98_765, .rounded) == "98.8\u{A0}kt")
    #expect(format.rangeText(98_765, 104_321, .rounded) == "99–104\u{A0}kt")
    #expect(format.text(521_321, .rounded) == "521\u{A0}kt")
    #expect(format.rangeText(-98_765, 4_321) == "\u{2212}98.77 to 4.32\u{A0}kt")
    #expect(QuantityFormat(unit: "usd", values: [5e6]).text(-5e6) == "\u{2212}$5.000\u{A0}m")
  }

  @Test("levels are percentages with the places they need")
  func levels() {
    #expect(Words.level(0.8) == "80\u{A0}%" && Words.level(0.95) == "95\u{A0}%")
    #expect(
      Words.level(0.999) == "99.9\u{A0}%" && Words.level(0.125) == "12.5\u{A0}%"
        && Words.level(1) == "100\u{A0}%")
  }

  @Test("series names become headings, chosen spellings stay")
  func names() {
    #expect(Words.series("silver-concentrate-imports/peru") == "Silver concentrate imports / Peru")
    #expect(Words.series("a/b+c") == "A / B + C")
    #expect(Words.series("US imports") == "US imports" && Words.series("银-进口") == "银-进口")
    #expect(Words.series("") == "Unnamed series")
  }
}
