import RealModule
import TestSupport
import TradeStatistics
import Tradewind
import TradewindNumerics

/// Facts made for tests.
enum Sample {
  /// A fact whose rounding is half a unit of the last non-zero digit of `text`.
  static func fact(
    _ period: String, _ measure: Measure, _ text: String, series: String = "s", unit: String? = nil,
    url: String = "https://one.example/"
  ) throws -> Fact {
    let unit = unit ?? (measure.isFraction ? "fraction" : "t")
    let csv = """
      series,period,measure,value,unit,source_title,source_url
      \(series),\(period),\(measure.rawValue),\(text),\(unit),Title,\(url)
      """
    return try FactFile.parse(csv, file: "made.csv")[0]
  }

  /// A monthly history drawn from the model itself, in the order of time.
  static func history(_ scales: HistoryPrior, months: Int, level: Double = 100, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    var pattern = (0..<12).map { _ in generator.nextNormal() * scales.seasonal }
    let mean = pattern.reduce(0, +) / 12
    pattern = pattern.map { $0 - mean }
    var trend = Double.log(level)
    return (0..<months).map { t in
      trend += generator.nextNormal() * scales.level
      return .exp(trend + pattern[t % 12] + generator.nextNormal() * scales.irregular)
    }
  }

  /// Decimal text with so many decimals.
  static func text(_ value: Double, decimals: Int) -> String {
    let scale = Double.pow(10, Double(decimals))
    let scaled = Int((abs(value) * scale).rounded())
    let digits = String(scaled)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = value < 0 && scaled != 0 ? "-" : ""
    return decimals == 0 ? sign + digits : sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  static func silver() throws -> [Fact] {
    try FactFile.parse(bytes: try ExampleData.silver(), file: "silver-facts.csv")
  }
}
