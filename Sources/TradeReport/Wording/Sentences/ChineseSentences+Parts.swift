import TradeStatistics
import Tradewind

/// Parts, prices, the outlook, and what is missing.
extension ChineseSentences {
  func parts(_ breakdown: Breakdown, scale: BriefNumbers.Scale?) -> ReportText? {
    let items = breakdown.parts.prefix(5).map { part -> String in
      let name = names.label(part.label)
      guard let level = part.level else { return part.share.map { "\(name)占\(numbers.percent($0))" } ?? name }
      let change = part.change.map { "（\(numbers.amount($0, in: scale, signed: true))）" } ?? ""
      return "\(name)\(numbers.amount(level, in: scale))\(change)"
    }
    guard !items.isEmpty else { return nil }
    let more = breakdown.parts.count - items.count + breakdown.folded
    return ReportText("\(names.period(breakdown.period))：\(names.list(items))\(more > 0 ? "等" : "")。")
  }

  func topShare(_ concentration: ConcentrationBrief) -> ReportText {
    var text = "列名的前\(concentration.top)位合计占\(numbers.percent(concentration.topShare))"
    if let before = concentration.baseTopShare { text += "，\(names.period(base))为\(numbers.percent(before))" }
    return ReportText(text + "。")
  }

  func concentration(_ concentration: ConcentrationBrief, smallest: String) -> ReportText {
    func bounds(_ range: [Double], decimals: Int) -> String {
      self.bounds(range, decimals: decimals, between: "—")
    }
    var text = "赫芬达尔—赫希曼指数（HHI）为\(bounds(concentration.herfindahl, decimals: 3))"
    if let before = concentration.baseHerfindahl {
      text += "（\(names.period(base))为\(bounds(before, decimals: 3))）"
    }
    text += "，相当于\(bounds(concentration.effectiveNumber, decimals: 1))个份额相等的贸易伙伴"
    if concentration.herfindahl.first != concentration.herfindahl.last {
      text += "；该区间以任一未列名者均不大于\(smallest)为前提"
    }
    switch concentration.direction {
    case .rising: text += "；集中度上升"
    case .falling: text += "；集中度下降"
    case .undetermined: text += "；集中度是升是降尚不能确定"
    case .unchanged: text += "；集中度没有变化"
    case nil: break
    }
    return ReportText(text + "。")
  }

  func method(_ part: Breakdown.Part, in breakdown: Breakdown, of whole: String) -> ReportText? {
    guard let share = part.share else { return nil }
    var text =
      "\(names.period(breakdown.period))\(names.label(part.label))占\(whole)的\(numbers.percent(share))"
    if let change = part.shareChange {
      text += "，同比\(change.value < 0 ? "下降" : "提高")\(numbers.points(change.value.magnitude))个百分点"
    }
    if let growth = part.growth {
      text += "；其数量同比\(moved(growth))"
      if let level = part.level { text += "，为\(numbers.amount(level))" }
    }
    return ReportText(text + "。")
  }

  // MARK: Prices

  func prices(_ prices: PriceBrief, of statement: SeriesStatement) -> ReportText {
    var text = names.traded(statement)
    if prices.period.last < period.last { text += "的金额与数量最近一次同时可得的时期为\(names.period(prices.period))" }
    text += "：金额同比\(moved(prices.value))，数量同比\(moved(prices.volume))，由此均价"
    text += prices.unitValue.value == 0 ? "持平" : prices.unitValue.value > 0 ? "上涨" : "下跌"
    if prices.unitValue.value != 0 { text += numbers.percentSize(prices.unitValue) }
    text += numbers.doubt(prices.unitValue)
    if let level = prices.unitValueLevel { text += "，为\(numbers.amount(level))" }
    if let stated = prices.stated {
      text += stated.statement == nil ? "；按公布的价格计算，变动为" : "；来源公布的价格变动为"
      text += numbers.percent(stated, signed: true)
    }
    if let index = prices.index {
      text += "；按分项计算，费雪价格指数变动\(ratio(index.price.fisher))，数量指数变动\(ratio(index.volume.fisher))"
    }
    return ReportText(text + "。")
  }

  // MARK: Outlook

  func outlook(_ commodity: CommodityBrief, _ projection: Projection) -> ReportText {
    let total = projection.total
    let scale = numbers.scale(projection.unit, total.median)
    let ranges = intervals(total, unit: projection.unit, scale: scale).map { "\($0.level)概率区间为\($0.range)" }
    var tail = ranges.isEmpty ? "" : "，\(ranges.joined(separator: "，"))"
    if let base = commodity.outlookBase {
      tail += "；上年同期为\(numbers.rounded(base.value, unit: base.unit))"
      if let growth = commodity.outlookGrowth {
        let size = numbers.percent(growth.value.magnitude, decimals: 0, signed: false)
        tail += "，按中位数计同比" + (growth.value < 0 ? "下降" : "增长") + size
      }
    }
    return ReportText("\(names.period(total.period))\(names.series(commodity.statement))预测中位数为")
      + .strong(numbers.rounded(total.median, unit: projection.unit)) + ReportText(tail + "。")
  }

  func outlook(_ grouping: OutlookGrouping, of projection: Projection) -> ReportText? {
    let parts = largestParts(grouping, of: projection).map { name, mean, interval in
      name + mean + (interval.map { "（\($0.level)区间：\($0.range)）" } ?? "")
    }
    guard !parts.isEmpty else { return nil }
    let total = numbers.rounded(projection.total.mean, unit: projection.unit)
    return ReportText("期望总量为\(total)，其中\(names.list(parts))。")
  }

  // MARK: What is missing

  func latest(_ statement: SeriesStatement) -> String {
    let name = names.series(statement)
    return statement.level.map { "\(name)（最近：\(names.period(statement.period))，\(numbers.amount($0))）" }
      ?? name
  }

  func omission(_ omission: BriefOmission) -> ReportText {
    let name = name(of: omission)
    let text =
      switch omission.kind {
      case .balance: "无贸易差额：该时期没有同一商品、同一单位的进口与出口数据。"
      case .history: "\(name)：公布的月度数据不足，无法给出月度历史与展望。"
      case .prices: "\(name)：没有金额与数量同时可得的时期，无法分解价格与数量。"
      case .parts: "\(name)：部分分项数据不足，无法给出展望。"
      case .adjustment: "\(name)：逐月已知的数据不足，无法给出季节调整后的增速。"
      case .negative: "\(name)：数据中有负值，没有对数，无法给出月度历史与展望。"
      case .mayBeNegative: "\(name)：差额可能为负，负值没有对数，无法给出月度历史与展望。"
      case .amount: "\(name)：\(missing(omission.periods))没有数据，无法给出\(names.period(period))合计。"
      case .unused: "\(name)：价格仅与金额、数量一并说明。"
      case .series: "另有\(omission.count)个序列仅列入表格。"
      }
    return ReportText(text)
  }

  /// `2025年第四季度`; of many periods the first four and how many there are.
  private func missing(_ periods: [Period]) -> String {
    let named = periods.prefix(4).map(names.period)
    return periods.count > 4
      ? "\(named.joined(separator: "、"))等\(periods.count)个时期" : names.list(named)
  }
}
