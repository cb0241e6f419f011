import Tradewind

/// What pictures of a decomposition call its parts.
struct DecompositionWords {
  let language: ReportLanguage

  var observed: String { language.pick("observed", "观测值") }
  var adjusted: String { language.pick("seasonally adjusted", "季节调整后") }
  var trend: String { language.pick("trend", "趋势") }
  var seasonal: String { language.pick("seasonal", "季节成分") }
  var season: String { language.pick("season", "季节成分") }
  var calendar: String { language.pick("calendar", "日历效应") }
  var remainder: String { language.pick("remainder", "余项") }
  var modelAndX11: String { language.pick("regARIMA and X-11", "regARIMA与X-11") }

  /// One of several seasons, with its length.
  func season(of period: Int) -> String { language.pick("season of \(period)", "周期为\(period)的季节成分") }

  /// The series' name before a title; nothing without a name.
  func heading(_ series: TimeSeries) -> String {
    guard !series.name.isEmpty else { return "" }
    return Words.series(clipped(series.name, to: 120), language) + language.pick(": ", "：")
  }

  func byMethod(_ method: String) -> String { language.pick("decomposition by \(method)", "\(method)分解") }

  func season(by unit: Period.Unit, _ method: String) -> String {
    let each =
      switch unit {
      case .month: "各月"
      case .quarter: "各季度"
      case .year: "各年"
      }
    return language.pick("season by \(unit.rawValue), \(method)", "\(each)的季节成分（\(method)）")
  }
}
