import Measuring
import Tradewind

extension Benchmark {
  /// What models are made of.
  static var parts: [Case] {
    let text = SeriesFile.write([series])
    var engine = X11Engine()
    return [
      Case("read a CSV text of 120 months") { try SeriesFile.parse(text, file: "ten-years.csv") },
      Case("STL, periodic") { try STL().decompose(series) },
      Case("STL, periodic, robust") { try STL(robust: true).decompose(series) },
      Case("classical decomposition, multiplicative") {
        try ClassicalDecomposition(mode: .multiplicative).decompose(series)
      },
      Case("X-11, filters chosen") { try engine.decompose(series, by: X11()) },
      Case("X-11 and its quality statistics") { try engine.decompose(series, by: X11()).quality() },
    ]
  }
}
