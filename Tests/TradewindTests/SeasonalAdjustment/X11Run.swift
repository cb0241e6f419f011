import TestSupport
import Tradewind

/// A run of X-13 by its name in `References/x11`, such as `imp-mult-s3x9-h23`.
struct X11Run {
  let series: TimeSeries
  let specification: X11

  init(_ name: String) throws {
    let words = name.split(separator: "-")
    switch words[0] {
    case "ap":
      series = TimeSeries(
        try References.numbers("x11/series.csv", column: "passengers"), start: .month(1949, 1), name: "ap")
    default:
      series = TimeSeries(
        try References.numbers("series/china-exports-imports.csv", column: Self.columns[words[0]] ?? ""),
        start: .month(1983, 7), name: String(words[0]))
    }
    let modes: [Substring: X11Mode] = [
      "mult": .multiplicative, "add": .additive, "logadd": .logAdditive, "pseudoadd": .pseudoAdditive,
    ]
    var x11 = X11(mode: modes[words[1]] ?? .additive, seasonalFilter: .s3x5, trendFilter: .terms(13))
    for word in words.dropFirst(2) {
      switch word {
      case "default": (x11.seasonalFilters, x11.trendFilter) = ([.automatic], .automatic)
      case "sigma": (x11.lowerSigma, x11.upperSigma) = (1.8, 2.8)
      case "calendarsigma": x11.calendarSigma = .bySeason
      default:
        if let filter = X11SeasonalFilter(rawValue: String(word)) { x11.seasonalFilters = [filter] }
        if word.hasPrefix("h"), let length = Int(word.dropFirst()) { x11.trendFilter = .terms(length) }
      }
    }
    specification = x11
  }

  private static let columns: [Substring: String] = ["imp": "imports_100m_usd", "exp": "exports_100m_usd"]
}
