// The seasonal pattern of China's imports, 1983 to 2013: which months stand above the trend, and how that changed.

import Foundation
import Tradewind

@main
struct SeasonalPattern {
  static func main() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Data/china-exports-imports-monthly-1983-2013.csv").standardized
    let series = try SeriesFile.parse(bytes: Array(Data(contentsOf: file)), file: file.lastPathComponent)
    guard let imports = series.first(where: { $0.name == "imports_100m_usd" }) else {
      return fail("the file has no series of imports")
    }

    // Thirty years of growth: the season is a share of the level, and outliers must not bend it.
    let parts = try STL(seasonalWindow: .length(13), robust: true, mode: .multiplicative).decompose(imports)
    print("China's imports, \(imports.start) to \(imports.end)\n")
    print("month   1990   2012   (season: per cent above or below the trend)")
    var swings: [Double] = []
    for month in 1...12 {
      let early = factor(parts, .month(1990, month))
      let late = factor(parts, .month(2012, month))
      swings.append(late)
      print("   \(month < 10 ? " " : "")\(month)  \(signed(early))  \(signed(late))")
    }
    print(
      "\nstrength of the season: \(rounded(100 * parts.seasonalStrength)) %"
    )

    try check(imports, parts, swings)
  }

  /// The season's factor of a month as per cent above 100.
  static func factor(_ parts: SeasonalDecomposition, _ month: Period) -> Double {
    guard let index = parts.observed.index(of: month) else { return .nan }
    return 100 * (parts.seasonal[index] - 1)
  }

  /// What must hold whatever the figures are, and one thing that is known of them.
  static func check(_ imports: TimeSeries, _ parts: SeasonalDecomposition, _ swings: [Double]) throws {
    for i in imports.values.indices {
      let product = parts.trend[i] * parts.seasonal[i] * parts.remainder[i]
      guard abs(product - imports.values[i]) <= 1e-9 * imports.values[i] else {
        return fail("the components of \(imports.period(at: i)) do not multiply up to the observation")
      }
    }
    // The factories rest at Chinese New Year, in late January or February, and February has fewest days.
    guard let lowest = swings.indices.min(by: { swings[$0] < swings[$1] }), lowest <= 1 else {
      return fail("the lowest month of 2012 is not at Chinese New Year")
    }
    print(
      "Check passed: the components multiply up to the series, and the year's low is at Chinese New Year.")
  }

  static func signed(_ x: Double) -> String {
    let text = (x > 0 ? "+" : "") + rounded(x)
    return String(repeating: " ", count: max(0, 5 - text.count)) + text
  }

  static func rounded(_ x: Double) -> String { String((10 * x).rounded() / 10) }

  static func fail(_ reason: String) {
    print("Check failed: \(reason).")
    exit(1)
  }
}
