// China's imports without their season and without the Chinese New Year, 2000 to 2013: what the adjustment found, in words, and what it would have
// missed without the holiday.

import Foundation
import Tradewind

@main
struct AdjustedImports {
  static func main() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Data/china-exports-imports-monthly-1983-2013.csv").standardized
    let all = try SeriesFile.parse(bytes: Array(Data(contentsOf: file)), file: file.lastPathComponent)
    guard
      let imports = all.first(where: { $0.name == "imports_100m_usd" })?
        .slice(from: .month(2000, 1), through: .month(2013, 12))
    else { return fail("the file has no series of imports") }

    // How many days before and after the New Year are felt, by AICc; then everything else.
    let airline = ARIMA(
      ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log, regressors: [TradingDays(.one)])
    let windows = try HolidayWindowSearch(airline).choose(for: imports)
    let newYear = ChineseNewYear(windows: windows.best.windows)
    let adjusted = try SeasonalAdjustment(.automatic(AutomaticRegARIMA(regressors: [newYear]))).adjust(
      imports)
    let without = try SeasonalAdjustment(.automatic(AutomaticRegARIMA())).adjust(imports)

    print("China's imports, \(imports.start) to \(imports.end), in 100 million US dollars\n")
    print("Model: \(adjusted.fitted.name), and these effects on a month:")
    for effect in adjusted.fitted.regression {
      let share = 100 * (exp(effect.estimate) - 1)
      print(
        "  \(effect.name.padding(toLength: 26, withPad: " ", startingAt: 0))\(percent(share)),  t \(fixed(effect.estimate / effect.standardError, 1))"
      )
    }
    print(
      """
        (for the Chinese New Year: of a month that holds all of those days; for trading days: of one working day more)

      What the New Year moves between January and February, and what is left after adjustment:

      year  New Year   calendar factor       growth of February on the year
                        Jan     Feb          published     adjusted
      """)
    for year in 2009...2013 { print(row(of: year, adjusted)) }

    guard let quality = adjusted.quality(), let poorer = without.quality() else {
      return fail("a component does not vary")
    }
    print(
      """

      The season is \(quality.identifiable == .present ? "identifiable" : "not identifiable"); Q is \(fixed(quality.q, 2)) \
      (below 1 is acceptable), without the holiday \(fixed(poorer.q, 2)).
      The irregular of January and February has a standard deviation of \(fixed(100 * spread(adjusted), 1)) %, without the holiday \
      \(fixed(100 * spread(without), 1)) %.
      Factors of the coming February: season \(fixed(adjusted.outlook.seasonal[1], 3)), calendar \(fixed(adjusted.outlook.calendar[1], 3)).
      """)
    check(adjusted, without)
  }

  /// One year's line of the table.
  static func row(of year: Int, _ adjusted: AdjustedSeries) -> String {
    let series = adjusted.completed
    guard let february = series.index(of: .month(year, 2)), february >= 12,
      let day = CalendarFacts.chineseNewYear(year: year)
    else { return "\(year)" }
    func growth(_ values: [Double]) -> String {
      percent(100 * (values[february] / values[february - 12] - 1))
    }
    let factors = [february - 1, february].map { fixed(adjusted.calendar[$0], 3) }.joined(separator: "   ")
    return
      "\(year)   \(day)  \(factors)           \(growth(series.values))      \(growth(adjusted.seasonallyAdjusted))"
  }

  /// The standard deviation of the irregular of January and February about 1.
  static func spread(_ adjusted: AdjustedSeries) -> Double {
    let values = adjusted.completed.periods.enumerated().compactMap { t, period in
      period.month <= 2 ? adjusted.irregular[t] - 1 : nil
    }
    return (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
  }

  /// What must hold whatever the figures are, and what the holiday is there for.
  static func check(_ adjusted: AdjustedSeries, _ without: AdjustedSeries) {
    for (t, y) in adjusted.completed.values.enumerated() {
      let product = adjusted.trend[t] * adjusted.irregular[t] * adjusted.seasonal[t] * adjusted.calendar[t]
      guard abs(product - y) <= 1e-9 * y else {
        return fail(
          "the components of \(adjusted.completed.period(at: t)) do not multiply up to the observation")
      }
    }
    guard spread(adjusted) < 0.75 * spread(without) else {
      return fail("the holiday explains less than a quarter of what is irregular in January and February")
    }
    guard let left = adjusted.quality()?.residual, left.probability > 0.05 else {
      return fail("there is a season left")
    }
    print(
      "\nCheck passed: components multiply up to the series, no season is left, and January and February are calmer."
    )
  }

  static func fixed(_ x: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", x) }

  static func percent(_ x: Double) -> String { String(format: "%+.1f %%", x) }

  static func fail(_ reason: String) {
    print("Check failed: \(reason).")
    exit(1)
  }
}
