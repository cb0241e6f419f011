// China's imports of silver ores and concentrates in the first quarter of 2026, from what was published up to December 2025.

import Foundation
import TradeStatistics
import Tradewind

@main
struct NextQuarter {
  static func main() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Data/silver-facts.csv").standardized
    let facts = try FactFile.parse(bytes: Array(Data(contentsOf: file)), file: file.lastPathComponent)
    let projection = try HistoryProjector().project(
      "silver-concentrate-imports", from: facts, to: .period(.quarter(2026, 1)))

    print("Imports of silver concentrate, thousand tonnes; as of \(projection.asOf)\n")
    for month in projection.history.suffix(12) {
      print("\(month.period)  \(kilotonnes(month.median))  \(month.status.rawValue)")
    }
    for month in projection.horizon {
      print("\(month.period)  \(kilotonnes(month.median))  projected  \(intervals(month))")
    }
    print("2026-Q1  \(kilotonnes(projection.total.median))  total      \(intervals(projection.total))")

    check(projection)
  }

  /// What must hold, whatever the model: the published comes back, intervals nest, and the total lies where the months say.
  static func check(_ projection: Projection) {
    let history = Dictionary(uniqueKeysWithValues: projection.history.map { ($0.period, $0) })
    // Stated by SunSirs: December 2025 239,000 t, within its rounding; April to August 2025 follow from sums: 725.9 ± 1.7 kt.
    let december = history[.month(2025, 12)]?.median ?? .nan
    guard abs(december - 239_000) <= 500 else { return fail("December 2025 is not what was published") }
    let summer = (4...8).reduce(0) { $0 + (history[.month(2025, $1)]?.median ?? .nan) }
    guard abs(summer - 725_900) <= 1700 else {
      return fail("April to August 2025 do not add up to what was published")
    }
    for period in projection.horizon + [projection.total] {
      guard let narrow = period.intervals.first, let wide = period.intervals.last,
        wide.lower < narrow.lower, narrow.lower < period.median, period.median < narrow.upper,
        narrow.upper < wide.upper
      else { return fail("the intervals of \(period.period) do not nest") }
    }
    let low = projection.horizon.reduce(0) { $0 + ($1.intervals.last?.lower ?? .nan) }
    let high = projection.horizon.reduce(0) { $0 + ($1.intervals.last?.upper ?? .nan) }
    guard let total = projection.total.intervals.last, low < total.lower, total.upper < high else {
      return fail("the quarter is not narrower than its months taken one by one")
    }
    print("\nCheck passed: what was published comes back, and the intervals nest.")
  }

  static func kilotonnes(_ tonnes: Double) -> String {
    let text = String((tonnes / 100).rounded() / 10)
    return String(repeating: " ", count: max(0, 5 - text.count)) + text
  }

  static func intervals(_ period: Projection.ProjectedPeriod) -> String {
    period.intervals.map {
      "\(Int((100 * $0.level).rounded())) %: \(kilotonnes($0.lower))–\(kilotonnes($0.upper))"
    }.joined(separator: "   ")
  }

  static func fail(_ reason: String) {
    print("Check failed: \(reason).")
    exit(1)
  }
}
