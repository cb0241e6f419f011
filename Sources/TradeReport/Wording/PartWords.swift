import TradeStatistics
import Tradewind

/// What parts of a whole and the ways to divide it are called.
struct PartWords {
  let language: ReportLanguage

  func pick(_ english: String, _ chinese: String) -> String { language == .english ? english : chinese }

  var whole: String { pick("Total", "合计") }

  func name(_ part: JointProjection.Part) -> String {
    part.isRemainder
      ? pick("Others", "其他")
      : clipped(BriefNames(language: language).label(part.label).capitalisedFirst, to: 80)
  }

  /// `By partner`, `分贸易伙伴`.
  func heading(_ grouping: JointProjection.Grouping) -> String {
    switch grouping.grouping {
    case .partners:
      let arePlaces = grouping.parts.contains { Territories.chinese[$0.label] != nil }
      return arePlaces ? pick("By partner", "分贸易伙伴") : pick("By category", "分品类")
    case .tradeMethods: return pick("By trade method", "分贸易方式")
    case .dimension(let word):
      let chinese = [
        "province": "分省份", "region": "分地区", "partner": "分贸易伙伴", "country": "分国别", "method": "分贸易方式",
        "trade-method": "分贸易方式", "category": "分品类", "product": "分品类",
      ]
      let plain = clipped(word.replacing("-", with: " "), to: 60)
      return pick("By \(plain)", chinese[word] ?? "按\(plain)")
    }
  }

  /// `Silver concentrate imports by partner, Q1 2026`.
  func title(_ grouping: JointProjection.Grouping, of whole: Projection) -> String {
    let name = Words.series(clipped(whole.series, to: 120), language)
    let period = Words.period(whole.total.period, language)
    let by = heading(grouping)
    return pick("\(name) \(by.lowercasedFirst), \(period)", "\(name)：\(by)，\(period)")
  }

  var addsUp: String {
    pick(
      "Parts add up to the total in every draw; so do their expected values, which lie above the medians. Bounds do not add up.",
      "每次抽样中各分项之和均等于总量；期望值可以相加，且高于中位数；区间的上下限不能相加。")
  }
}
