// China publishes January and February together since 2020, because the New Year moves between them. What does that cost a forecast, and
// what does each way of dealing with it? The years 2000 to 2013, which have every month, tell: for each origin from 2007 on, January
// and February of the five years before it are hidden but for their sum, and the three months after it are forecast.

import Foundation
import Tradewind

@main
struct CombinedMonthsExample {
  /// The airline model of the logarithms with the days around the New Year, the working days, and the crisis of 2008 once it has shown.
  static func model(at origin: Period, combined: CombinedMonths? = nil) -> ARIMA {
    ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log, combined: combined) {
      ChineseNewYear()
      TradingDays(.one)
      if origin >= .month(2009, 1) { Step(at: .month(2008, 11)) }
    }
  }

  static func main() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Data/china-exports-imports-monthly-1983-2013.csv").standardized
    let all = try SeriesFile.parse(bytes: Array(Data(contentsOf: file)), file: file.lastPathComponent)
    guard
      let imports = all.first(where: { $0.name == "imports_100m_usd" })?
        .slice(from: .month(2000, 1), through: .month(2013, 12))
    else { return fail("the file has no series of imports") }

    var errors = [Method: [Double]]()
    var origin = Period.month(2007, 2)
    while origin <= .month(2013, 9) {
      // After January the year's total is not out yet; after October the quarter ends within the run.
      if origin.month != 1, origin.month != 10 {
        let past = imports.slice(from: imports.start, through: origin)
        let actual = (1...3).reduce(0) { $0 + (imports[origin.advanced(by: $1)] ?? .nan) }
        for method in Method.allCases {
          let forecast = try method.quarter(after: past)
          errors[method, default: []].append(abs(forecast / actual - 1))
        }
      }
      origin = origin.next
    }

    let full = mean(errors[.full] ?? [])
    print("The total of the next three months, \(errors[.full]?.count ?? 0) origins, 2007-02 to 2013-09\n")
    print("January and February of the last five years     mean absolute error   of the full data's")
    for method in Method.allCases {
      let error = mean(errors[method] ?? [])
      let label = method.rawValue.padding(toLength: 52, withPad: " ", startingAt: 0)
      print("\(label)\(percent(100 * error))                \(percent(100 * error / full))")
    }
    let combined = mean(errors[.combined] ?? [])
    guard combined <= 1.1 * full else { return fail("the totals cost more than a tenth of the accuracy") }
    for method in [Method.evenly, .interpolated, .february] {
      guard mean(errors[method] ?? []) > 1.1 * full else {
        return fail("\(method.rawValue): no more than a tenth of the accuracy is lost")
      }
    }
    print(
      """

      Check passed: as observations of both months the sums cost less than a tenth of the accuracy. Splitting them \
      beforehand, evenly or along a line, and taking them for February's cost more. Summing in all years does as well
      for totals, but has no forecast of January or of February.
      """)
  }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  static func percent(_ x: Double) -> String { String(format: "%6.2f %%", x) }

  static func fail(_ text: String) {
    print("Check failed: \(text)")
    exit(1)
  }
}
