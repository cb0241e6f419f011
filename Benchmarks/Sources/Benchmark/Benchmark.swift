import Foundation
import Measuring
import Tradewind

/// CPU microseconds of the library's parts on a series of 120 months, as a Markdown table:
///
///     swift run --package-path Benchmarks -c release Benchmark [SERIES.csv]
///
/// With a series file, the throughput over all its series as well.
@main
enum Benchmark {
  /// CPU seconds spent on each line.
  static let budget = 0.3

  static func main() async throws {
    print(Case.header)
    for one in parts + (try fits()) { print(try one.row(seconds: budget)) }
    if let path = CommandLine.arguments.dropFirst().first { try await throughput(path) }
  }

  /// Ten years with trend, season and noise: the same numbers on every machine.
  static let series: TimeSeries = {
    var state: UInt64 = 88_172_645_463_325_252
    let values = (0..<120).map { t in
      // Xorshift (Marsaglia 2003), enough for a noise that only has to be the same everywhere.
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      let noise = Double(state >> 11) / Double(1 << 53) - 0.5
      return 1000 + 4 * Double(t) + 90 * sin(2 * .pi * Double(t) / 12) + 60 * noise
    }
    return TimeSeries(values, start: .month(2015, 1), name: "ten years")
  }()
}
