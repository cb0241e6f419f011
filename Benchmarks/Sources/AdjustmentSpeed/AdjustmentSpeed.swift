import Foundation
import Measuring
import Tradewind

/// CPU time of seasonal adjustments of all series of a file, one core, after warming up:
///
///     swift run --package-path Benchmarks -c release AdjustmentSpeed SERIES.csv
///
/// Prints a Markdown table: mean, median, 95 % quantile and largest, in milliseconds a series, and how many series were refused.
@main
enum AdjustmentSpeed {
  static let airline = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log)

  static func main() throws {
    guard let path = CommandLine.arguments.dropFirst().first else {
      print("AdjustmentSpeed SERIES.csv")
      exit(64)
    }
    let panel = try SeriesFile.parse(bytes: Array(try Data(contentsOf: URL(filePath: path))), file: path)
    print("\(panel.count) series, \(panel.reduce(0) { $0 + $1.count }) observations\n")
    print("| what | mean ms | median | 95 % | largest | refused |\n|---|---|---|---|---|---|")
    var engine = X11Engine()
    measure("X-11", panel, rounds: 20) { try engine.decompose($0, by: X11()) }
    measure("X-11 and its quality statistics", panel, rounds: 20) {
      try engine.decompose($0, by: X11()).quality()
    }
    measure("airline model, then X-11", panel, rounds: 3) {
      try SeasonalAdjustment(.given(airline)).adjust($0, with: &engine)
    }
    measure("model chosen, then X-11", panel, rounds: 1) {
      try SeasonalAdjustment().adjust($0, with: &engine)
    }
  }

  /// The least time of so many rounds counts for each series: what other programs on the machine do only adds to it.
  private static func measure<Result>(
    _ name: String, _ panel: [TimeSeries], rounds: Int, _ work: (TimeSeries) throws -> Result
  ) {
    for series in panel.prefix(20) { use(try? work(series)) }
    var times: [Double] = []
    var refused: [String] = []
    for series in panel {
      var least = Double.infinity
      for _ in 0..<rounds {
        let (result, seconds) = CPUTime.measure { try? work(series) }
        if result == nil {
          refused.append(series.name)
          break
        }
        least = min(least, seconds)
      }
      if least < .infinity { times.append(1000 * least) }
    }
    let sorted = times.sorted()
    let cells = [
      times.reduce(0, +) / Double(times.count), median(times), sorted[sorted.count * 95 / 100],
      sorted[sorted.count - 1],
    ]
    print(
      "| \(name) | " + cells.map { String(format: "%.4g", $0) }.joined(separator: " | ")
        + " | \(refused.count)\(refused.isEmpty ? "" : ": " + refused.prefix(5).joined(separator: ", ")) |")
    fflush(nil)
  }
}
