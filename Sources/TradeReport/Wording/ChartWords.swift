import TradeStatistics
import Tradewind

/// The words that charts add themselves, in their language.
struct ChartWords {
  let language: ReportLanguage

  func pick(_ english: String, _ chinese: String) -> String {
    language == .english ? english : chinese
  }

  var period: String { pick("Period", "时期") }
  var status: String { pick("Status", "状态") }
  var value: String { pick("Value", "数值") }
  var name: String { pick("Name", "名称") }
  var year: String { pick("Year", "年份") }
  var change: String { pick("Change", "增减") }
  var share: String { pick("Share", "占比") }
  var mean: String { pick("mean", "均值") }
  var missing: String { pick("not known", "未知") }
  var projectedMedian: String { pick("projected median", "预测中位数") }
  var projected: String { pick("projected", "预测") }
  var observed: String { pick("observed", "观测值") }
  var forecast: String { pick("forecast", "预测值") }

  /// The status of a month in words.
  func status(_ status: Projection.Status) -> String {
    switch status {
    case .published: pick("published", "已公布")
    case .derived: pick("derived from published", "由公布数据推算")
    case .estimated: pick("estimated", "估计")
    }
  }

  /// The status with the sign it has in charts.
  func sign(_ status: Projection.Status) -> String {
    switch status {
    case .published: "● " + pick("published", "已公布")
    case .derived: "◇ " + pick("derived", "推算")
    case .estimated: "▮ " + pick("estimated", "估计")
    }
  }

  var estimatedRange: String { pick("estimated (95\u{A0}%)", "估计（95%区间）") }

  func interval(_ level: Double) -> String { Words.level(level, language) + pick(" interval", "区间") }

  /// `monthly`.
  func rhythm(_ unit: Period.Unit) -> String {
    switch unit {
    case .month: pick("monthly", "月度")
    case .quarter: pick("quarterly", "季度")
    case .year: pick("yearly", "年度")
    }
  }

  /// `kt, monthly`, or one of them.
  func axis(_ format: QuantityFormat, _ unit: Period.Unit) -> String {
    format.unit.isEmpty ? rhythm(unit) : format.unit + pick(", ", "，") + rhythm(unit)
  }

  /// What steps of a horizon count; nil for periods of any kind.
  func ahead(_ unit: Period.Unit?) -> String {
    switch unit {
    case .month: pick("months ahead", "提前月数")
    case .quarter: pick("quarters ahead", "提前季度数")
    case .year: pick("years ahead", "提前年数")
    case nil: pick("periods ahead", "提前期数")
    }
  }

  /// - Parameter what: what they are, in English, where the remark stands apart from what it counts.
  func notDrawn(_ count: Int, of what: String = "") -> String {
    pick(
      "\(number(count)) more \(what.isEmpty ? "" : what + " ")\(count == 1 ? "is" : "are") not drawn.",
      "另有\(number(count))项未绘出。")
  }

  func number(_ count: Int) -> String { DecimalDigits(Double(count))?.text(decimals: 0, language) ?? "" }

  /// What stands behind a value, in parentheses: ` (+12)`, `（+12）`.
  func aside(_ text: String) -> String { pick(" (\(text))", "（\(text)）") }

  /// Sentences one after the other.
  func sentences(_ texts: [String]) -> String {
    texts.filter { !$0.isEmpty }.joined(separator: pick(" ", ""))
  }
}
