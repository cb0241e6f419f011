import TradeStatistics
import Tradewind

/// The sentences of a Chinese brief: trade as a whole and one series.
struct ChineseSentences: BriefSentences {
  let period: PeriodRange
  let base: PeriodRange
  var language: ReportLanguage { .chinese }

  /// `增长14.1%`.
  func moved(_ growth: Figure) -> String {
    if growth.value == 0 { return "持平" }
    return (growth.value > 0 ? "增长" : "下降") + numbers.percentSize(growth) + numbers.doubt(growth)
  }

  /// `同比增长14.1%`.
  private func compared(_ growth: Figure) -> String {
    growth.value == 0 ? "与\(names.period(base))持平" : "同比" + moved(growth)
  }

  // MARK: Overall

  func total(_ overview: TradeOverview) -> ReportText? {
    guard let total = overview.total, let level = total.level else { return nil }
    let growth = total.growth.map { "，" + compared($0) } ?? ""
    return ReportText("\(names.period(period))\(names.subject(overview.subject))进出口总额为")
      + .strong(numbers.amount(level)) + ReportText(growth + "。")
  }

  func sides(_ overview: TradeOverview) -> ReportText? {
    guard let both = largestFirst(overview) else { return nil }
    let texts = both.map { side -> String in
      let text = (side.flow.map(names.flow) ?? "") + (side.level.map { numbers.amount($0) } ?? "–")
      return side.growth.map { "\(text)，同比\(moved($0))" } ?? text
    }
    return ReportText("其中\(texts[0])；\(texts[1])。")
  }

  func balance(_ overview: TradeOverview) -> ReportText? {
    guard let balance = overview.balance else { return nil }
    func kind(_ figure: Figure) -> String { figure.value < 0 ? "逆差" : "顺差" }
    var text = "贸易\(kind(balance))\(size(of: balance))"
    if let before = overview.baseBalance {
      let isSame = (before.value < 0) == (balance.value < 0)
      text += "（\(names.period(base))为\(isSame ? "" : kind(before))\(size(of: before))）"
    }
    if let coverage = overview.coverage {
      text += "；出口相当于进口的\(numbers.percent(coverage))"
      if let before = overview.baseCoverage { text += "，上年同期为\(numbers.percent(before))" }
    }
    return ReportText(text + "。")
  }

  func drivers(_ overview: TradeOverview) -> ReportText? {
    guard let exports = overview.exports?.growth, let imports = overview.imports?.growth else { return nil }
    var text = ""
    if exports.value != imports.value {
      let isExports = exports.value > imports.value
      let (first, second) = isExports ? (exports, imports) : (imports, exports)
      let (a, b) = isExports ? (TradeFlow.exports, TradeFlow.imports) : (.imports, .exports)
      let (x, y) = (numbers.percent(first), numbers.percent(second))
      text =
        x == y
        ? "\(names.flow(a))与\(names.flow(b))\(first.value > 0 ? "增速" : "降幅")大致相同（均为\(numbers.percentSize(first))）。"
        : first.value > 0
          ? "\(names.flow(a))增速快于\(names.flow(b))（分别为\(x)和\(y)）。"
          : "\(names.flow(a))降幅小于\(names.flow(b))（分别为\(x)和\(y)）。"
    }
    if let contributions = overview.contributions, contributions.points.count == 2 {
      let x = numbers.points(printed: contributions.points[0])
      let m = numbers.points(printed: contributions.points[1])
      let g = numbers.points(printed: contributions.growthPoints)
      text += "总额\(g)%的增速中，出口拉动\(x)个百分点，进口拉动\(m)个百分点。"
      if contributions.remainderPoints != 0 {
        text += "四舍五入误差\(numbers.points(printed: contributions.remainderPoints, signed: true))个百分点。"
      }
    }
    return text.isEmpty ? nil : ReportText(text)
  }

  func check(_ check: BriefCheck) -> ReportText? {
    guard !check.agrees else { return nil }
    let (stated, implied) = compared(in: check)
    switch check.kind {
    case .total: return ReportText("公布的总额为\(stated)，进出口相加为\(implied)。")
    case .balance: return ReportText("公布的差额为\(stated)，出口减进口为\(implied)。")
    case .totalGrowth: return ReportText("公布的总额增速为\(stated)，按进出口推算为\(implied)。")
    case .parts: return ReportText("各分项合计\(implied)，超过总量\(stated)。")
    case .group:
      let (label, count) = group(of: check)
      return ReportText(
        check.stated.unit == "fraction"
          ? "有来源称\(label)合计占\(stated)，但按\(count)个分项计算为\(implied)。"
          : "有来源称\(label)合计\(stated)，但\(count)个分项相加为\(implied)。")
    }
  }

  // MARK: One series

  func statement(_ commodity: CommodityBrief) -> ReportText? {
    let statement = commodity.statement
    guard let level = statement.level else { return nil }
    let growth = statement.growth.map { "，" + compared($0) } ?? ""
    return ReportText("\(names.period(period))\(names.series(statement))为") + .strong(numbers.amount(level))
      + ReportText("\(growth)\(record(commodity))。")
  }

  private func record(_ commodity: CommodityBrief) -> String {
    var text = ""
    switch spokenRecord(commodity) {
    case .onRecord(let isHigh, let count, let first):
      let (kind, record) = isHigh ? ("最高", "新高") : ("最低", "新低")
      let what = span.isEmpty ? "年份" : span
      text = "，为\(first.year)年以来有数据的\(count)个\(what)中\(kind)，创\(span.isEmpty ? "历史" : "同期")\(record)"
    case .since(let since, let isHigh):
      text = "，为\(since.year)年以来\(span.isEmpty ? "" : "同期（\(span)）")\(isHigh ? "最高" : "最低")"
    case nil: break
    }
    if let run = commodity.run, run.length > 1 {
      text += "，连续第\(run.length)年\(run.direction == .rising ? "增长" : "下降")"
    }
    return text
  }

  /// What of each year is compared: `10月`, `1—10月`; nothing for whole years.
  private var span: String {
    switch sameSpan {
    case .year: ""
    case .quarter(let quarter): "第\(["一", "二", "三", "四"][quarter.quarter - 1])季度"
    case .month(let month): names.month(month)
    case .months(let first, let last): "\(first.month)—\(last.month)月"
    case .other: "时期"
    }
  }

  func month(_ commodity: CommodityBrief) -> ReportText? {
    guard let (month, level) = lastMonth(of: commodity) else { return nil }
    var text = "其中\(names.month(month.period))\(numbers.amount(level))"
    if level.isEstimated { text += "（估计）" }
    if let growth = month.growth(.onPeriod) { text += "，环比\(moved(growth))" }
    if let growth = month.growth(.onYear) { text += "，同比\(moved(growth))" }
    text += "。"
    if let record = month.record {
      text += "该月为有记录以来（自\(names.period(record.first))起）单月\(record.kind == .highest ? "最高" : "最低")"
      if let chance = chance(of: record) { text += "的概率为\(chance)（此前部分月份为估计值）" }
      text += "。"
    }
    return ReportText(text)
  }

  func pace(_ month: MonthBrief) -> ReportText? {
    var texts: [String] = []
    let name = names.month(month.period)
    if period.count == 1, period.unit == .month, let growth = month.growth(.onPeriod) {
      texts.append("\(name)环比\(moved(growth))")
    }
    if tellsYearToDate(month), let growth = month.growth(.yearToDate) {
      texts.append("年初至\(name)累计同比\(moved(growth))")
    }
    if let growth = month.growth(.threeMonthsOnYear) { texts.append("近三个月合计同比\(moved(growth))") }
    for one in month.adjusted {
      texts.append(
        one.measure == .onPeriod
          ? "经季节调整，\(name)环比\(moved(one.figure))" : "经季节调整的近三个月折年率\(moved(one.figure))")
    }
    return texts.isEmpty ? nil : ReportText("\(texts.joined(separator: "；"))。")
  }

  func history(_ projection: Projection) -> ReportText {
    let (published, derived, estimated) = counts(projection)
    if derived == 0, estimated == 0 { return ReportText("图中\(published)个月均为公布数据。") }
    return ReportText(
      "\(published + derived + estimated)个月中，\(published)个月为单独公布，\(derived)个月由公布数据推算，\(estimated)个月为估计。")
  }
}
