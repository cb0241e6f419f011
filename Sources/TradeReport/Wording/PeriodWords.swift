import TradeStatistics
import Tradewind

/// Periods, levels and series names in words.
package enum Words {
  static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// `Mar`, `Q1` or, for a year, nothing: what stands above the year on an axis.
  static func withinYear(_ period: Period, _ language: ReportLanguage = .english) -> String {
    switch period.unit {
    case .month:
      language == .chinese
        ? "\(period.month)月" : months.indices.contains(period.month - 1) ? months[period.month - 1] : ""
    case .quarter: language == .chinese ? "\(period.quarter)季" : "Q\(period.quarter)"
    case .year: ""
    }
  }

  /// `Mar 2025`, `Q1 2026`, `2025`; in Chinese `2025年3月`, `2026年第一季度`, `2025年`.
  static func period(_ period: Period, _ language: ReportLanguage = .english) -> String {
    if language == .chinese {
      switch period.unit {
      case .month: return "\(period.year)年\(period.month)月"
      case .quarter: return "\(period.year)年第\(["一", "二", "三", "四"][period.quarter - 1])季度"
      case .year: return "\(period.year)年"
      }
    }
    let part = withinYear(period)
    return part.isEmpty ? "\(period.year)" : "\(part) \(period.year)"
  }

  /// The period, or `Nov 2025 to Feb 2026`.
  static func period(_ range: PeriodRange, _ language: ReportLanguage = .english) -> String {
    let first = period(range.first, language)
    if range.first == range.last { return first }
    let last = period(range.last, language)
    return language == .chinese ? "\(first)至\(last)" : "\(first) to \(last)"
  }

  /// `1 month`, `48 months`.
  static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  /// A level in 0…1 as a percentage: `80 %`, `99.9 %`; in Chinese `80%`.
  static func level(_ level: Double, _ language: ReportLanguage = .english) -> String {
    guard let percent = DecimalDigits(level)?.shifted(by: 2) else { return "" }
    return percent.text(decimals: min(4, max(0, percent.digits.count - percent.exponent)))
      + (language == .chinese ? "%" : "\u{A0}%")
  }

  /// What a measure is called in Chinese: `同比`.
  static func chineseMeasure(_ measure: Measure) -> String {
    switch measure {
    case .level: "数值"
    case .monthOnMonth: "环比"
    case .yearOnYear: "同比"
    case .changeFromPriorYear: "同比增减"
    case .share: "占比"
    }
  }

  /// What a measure is called.
  package static func measure(_ measure: Measure) -> String {
    switch measure {
    case .level: "amount"
    case .monthOnMonth: "change on the period before"
    case .yearOnYear: "change on the year before"
    case .changeFromPriorYear: "difference from the year before"
    case .share: "share"
    }
  }

  /// The name of a series as a heading, in a language: `银精矿进口：秘鲁`. Words that are not known stay as they are.
  static func series(_ name: String, _ language: ReportLanguage) -> String {
    let isPlain = name.utf8.allSatisfy {
      ($0 >= 97 && $0 <= 122) || ($0 >= 45 && $0 <= 57 && $0 != 46) || $0 == 43
    }
    guard language == .chinese, isPlain, !name.isEmpty else { return series(name) }
    let names = BriefNames(language: .chinese)
    let labels = name.split(separator: "/").map(String.init)
    let root = SeriesStatement(of: labels.first ?? name, unit: "", period: PeriodRange(.year(2000)))
    let rest = labels.dropFirst().filter { !["province", "partner", "method", "category"].contains($0) }
    return ([names.series(root)] + rest.map(names.label)).joined(separator: "：")
  }

  /// The name of a series as a heading: `silver-concentrate-imports/peru` → `Silver concentrate imports / Peru`.
  ///
  /// Only names in small letters with hyphens, slashes and plus signs are changed; others are what somebody chose to
  /// write.
  static func series(_ name: String) -> String {
    if name.isEmpty { return "Unnamed series" }
    let plain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "+"): true
      default: false
      }
    }
    guard plain else { return name }
    var text = ""
    var startsPart = true
    for character in name {
      switch character {
      case "/", "+":
        text += " \(character) "
        startsPart = true
      case "-": text += " "
      default:
        text += startsPart ? character.uppercased() : String(character)
        startsPart = false
      }
    }
    return text
  }
}

extension String {
  /// The text with a small first letter, for use inside a sentence.
  var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }

  /// The text with a capital first letter, as a sentence begins.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
