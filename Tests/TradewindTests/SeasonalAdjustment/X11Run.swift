import Foundation
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

  /// A run with X-13's own words for its options; `series` names `ap`, `imp` or `exp`, with `q` for their quarterly
  /// totals and a number for a piece; see the notes beside the reference.
  init(series name: String, options: String) throws {
    let passengers = try X11Run("ap-mult-default").series
    let (imports, exports) = (try X11Run("imp-mult-default").series, try X11Run("exp-mult-default").series)
    switch name {
    case "ap": series = passengers
    case "imp": series = imports
    case "exp": series = exports
    case "apq": series = Self.quarters(passengers)
    case "impq": series = Self.quarters(imports.suffix(360))
    case "neg":
      // Exports, three hundred times as large from the sixty-first month on.
      var values = Array(exports.values.prefix(120))
      for i in 60..<120 { values[i] *= 300 }
      series = TimeSeries(values, start: exports.start)
    case "ap36": series = passengers.prefix(36)
    default: series = passengers.prefix(3 + (Int(name.dropFirst(2)) ?? 0)).suffix(Int(name.dropFirst(2)) ?? 0)
    }
    func value(_ key: String) -> Substring? {
      guard let range = options.range(of: key + "=") else { return nil }
      let rest = options[range.upperBound...]
      return rest.first == "(" ? rest.dropFirst().prefix { $0 != ")" } : rest.prefix { $0 != " " }
    }
    let modes: [Substring: X11Mode] = [
      "mult": .multiplicative, "add": .additive, "logadd": .logAdditive, "pseudoadd": .pseudoAdditive,
    ]
    var x11 = X11(mode: modes[value("mode") ?? ""] ?? .additive)
    if let filters = value("seasonalma") {
      x11.seasonalFilters = filters.split(separator: " ").compactMap {
        X11SeasonalFilter(rawValue: String($0))
      }
    }
    if let length = value("trendma").flatMap({ Int($0) }) { x11.trendFilter = .terms(length) }
    x11.keepsSevenTermEnds = value("true7term") == "yes"
    switch value("calendarsigma") {
    case "signif": x11.calendarSigma = .bySeasonIfSignificant
    case "select":
      let seasons = ["jan": 1, "feb": 2, "dec": 12, "q1": 1, "q3": 3]
      x11.calendarSigma = .byGroup(
        Set((value("sigmavec") ?? "").split(separator: " ").compactMap { seasons[String($0)] }))
    default: break
    }
    specification = x11
  }

  private static func quarters(_ months: TimeSeries) -> TimeSeries {
    let sums = (0..<(months.count / 3)).map { months.values[3 * $0..<3 * $0 + 3].reduce(0, +) }
    return TimeSeries(sums, start: .quarter(months.name == "ap" ? 1949 : 1984, 1))
  }

  private static let columns: [Substring: String] = ["imp": "imports_100m_usd", "exp": "exports_100m_usd"]
}
