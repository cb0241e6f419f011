import TradeStatistics
import Tradewind

/// The sentences of a brief. Each is a template whose numbers are all the brief's own; words of sources are never used.
struct BriefSentences {
  let language: ReportLanguage
  /// The period of the brief and the one it is compared with.
  let period: PeriodRange
  let base: PeriodRange

  var numbers: BriefNumbers { BriefNumbers(language: language) }
  var names: BriefNames { BriefNames(language: language) }

  func pick(_ english: String, _ chinese: String) -> String { language == .english ? english : chinese }

  /// `rose by 14.1 %`, `增长14.1%`.
  func moved(_ growth: Figure) -> String {
    let size = numbers.percentSize(growth)
    let doubt = numbers.doubt(growth)
    if growth.value == 0 { return pick("did not change", "持平") }
    return (growth.value > 0 ? pick("rose by \(size)", "增长\(size)") : pick("fell by \(size)", "下降\(size)"))
      + doubt
  }

  /// `14.1 % more than in 2024`, `同比增长14.1%`.
  func compared(_ growth: Figure, with before: PeriodRange) -> String {
    let size = numbers.percentSize(growth)
    if growth.value == 0 {
      return pick("as much as in \(names.period(before))", "与\(names.period(before))持平")
    }
    let word = growth.value > 0 ? pick("more", "增长") : pick("less", "下降")
    return pick("\(size) \(word) than in \(names.period(before))", "同比\(word)\(size)") + numbers.doubt(growth)
  }

  // MARK: Overall

  func total(_ overview: TradeOverview) -> ReportText? {
    guard let total = overview.total, let level = total.level else { return nil }
    let subject = names.subject(overview.subject)
    let growth = total.growth.map { pick(", ", "，") + compared($0, with: base) } ?? ""
    let amount = ReportText.strong(numbers.amount(level))
    if language == .chinese {
      return "\(names.period(period))\(subject)进出口总额为" + amount + ReportText(growth + "。")
    }
    let what = subject.isEmpty ? "Exports and imports together" : "Trade in \(subject)"
    return ReportText("\(what) came to ") + amount + ReportText(" in \(names.period(period))\(growth).")
  }

  /// Imports and exports in one sentence, the larger first.
  func sides(_ overview: TradeOverview) -> ReportText? {
    let both = [overview.imports, overview.exports].compactMap(\.self)
    guard both.count == 2, let a = both[0].level, let b = both[1].level else { return nil }
    let order = a.value >= b.value ? both : [both[1], both[0]]
    let texts = order.map { side -> String in
      let flow = side.flow.map(names.flow) ?? ""
      let level = side.level.map { numbers.amount($0) } ?? "–"
      guard let growth = side.growth else { return pick("\(flow) came to \(level)", "\(flow)\(level)") }
      return growth.value == 0
        ? pick("\(flow) stayed at \(level)", "\(flow)\(level)，同比持平")
        : pick("\(flow) \(moved(growth)) to \(level)", "\(flow)\(level)，同比\(moved(growth))")
    }
    return ReportText(pick("\(texts[0].capitalisedFirst) and \(texts[1]).", "其中\(texts[0])；\(texts[1])。"))
  }

  func balance(_ overview: TradeOverview) -> ReportText? {
    guard let balance = overview.balance else { return nil }
    let now = size(of: balance)
    let isDeficit = balance.value < 0
    var text = pick(
      "That leaves \(isDeficit ? "a deficit" : "a surplus") of \(now)", "贸易\(isDeficit ? "逆差" : "顺差")\(now)")
    if let before = overview.baseBalance {
      let size = size(of: before)
      let wasDeficit = before.value < 0
      let year = names.period(base)
      text +=
        wasDeficit == isDeficit
        ? pick(", after \(size) in \(year)", "（\(year)为\(size)）")
        : pick(
          ", after \(wasDeficit ? "a deficit" : "a surplus") of \(size) in \(year)",
          "（\(year)为\(wasDeficit ? "逆差" : "顺差")\(size)）")
    }
    if let coverage = overview.coverage {
      text += pick(
        "; exports covered \(numbers.percent(coverage)) of imports", "；出口相当于进口的\(numbers.percent(coverage))")
      if let before = overview.baseCoverage {
        text += pick(", after \(numbers.percent(before))", "，上年同期为\(numbers.percent(before))")
      }
    }
    return ReportText(text + pick(".", "。"))
  }

  /// The amount without its sign.
  private func size(of figure: Figure) -> String {
    var positive = figure
    positive.value = figure.value.magnitude
    return numbers.amount(positive)
  }

  /// Which side grew faster, and what each contributed.
  func drivers(_ overview: TradeOverview) -> ReportText? {
    guard let exports = overview.exports?.growth, let imports = overview.imports?.growth else { return nil }
    var text = ""
    if exports.value != imports.value {
      let faster = exports.value > imports.value
      let (first, second) = faster ? (exports, imports) : (imports, exports)
      let (a, b) = faster ? (TradeFlow.exports, TradeFlow.imports) : (.imports, .exports)
      let (x, y) = (numbers.percent(first), numbers.percent(second))
      text =
        first.value > 0
        ? pick(
          "\(names.flow(a).capitalisedFirst) grew faster than \(names.flow(b)): by \(x) against \(y).",
          "\(names.flow(a))增速快于\(names.flow(b))（\(x)对\(y)）。")
        : pick(
          "\(names.flow(a).capitalisedFirst) fell less than \(names.flow(b)): \(x) against \(y).",
          "\(names.flow(a))降幅小于\(names.flow(b))（\(x)对\(y)）。")
    }
    if let contributions = overview.contributions, contributions.points.count == 2 {
      let x = numbers.points(printed: contributions.points[0])
      let m = numbers.points(printed: contributions.points[1])
      let g = numbers.points(printed: contributions.growthPoints)
      text += pick(
        " Of the total's growth of \(g)\u{A0}%, exports account for \(x) percentage points and imports for \(m).",
        "总额\(g)%的增速中，出口拉动\(x)个百分点，进口拉动\(m)个百分点。")
      if contributions.remainderPoints != 0 {
        let r = numbers.points(printed: contributions.remainderPoints, signed: true)
        text += pick(" Rounding leaves \(r).", "四舍五入误差\(r)个百分点。")
      }
    }
    return text.isEmpty ? nil : ReportText(text)
  }

  /// A stated figure that the others do not bear out; nothing where they agree.
  func check(_ check: BriefCheck) -> ReportText? {
    guard !check.agrees else { return nil }
    let isFraction = check.stated.unit == "fraction"
    let stated = isFraction ? numbers.percent(check.stated) : numbers.amount(check.stated)
    let implied = isFraction ? numbers.percent(check.implied) : numbers.amount(check.implied)
    switch check.kind {
    case .total:
      return ReportText(
        pick(
          "The stated total is \(stated); exports and imports add up to \(implied).",
          "公布的总额为\(stated)，进出口相加为\(implied)。"))
    case .balance:
      return ReportText(
        pick(
          "The stated balance is \(stated); exports less imports are \(implied).",
          "公布的差额为\(stated)，出口减进口为\(implied)。"))
    case .totalGrowth:
      return ReportText(
        pick(
          "The stated growth of the total is \(stated); that of exports and imports gives \(implied).",
          "公布的总额增速为\(stated)，按进出口推算为\(implied)。"))
    case .parts:
      return ReportText(
        pick(
          "The named parts add up to \(implied), more than the whole, \(stated).",
          "各分项合计\(implied)，超过总量\(stated)。"))
    case .group:
      let label = names.label(check.series.split(separator: "/").last.map(String.init) ?? check.series)
      let count = check.series.count { $0 == "+" } + 1
      let parts = language == .english ? number(count) : "\(count)"
      return ReportText(
        isFraction
          ? pick(
            "A source puts the share of \(label) together at \(stated); the \(parts) parts give \(implied).",
            "来源称\(label)合计占\(stated)，但按\(parts)个分项计算为\(implied)。")
          : pick(
            "A source puts \(label) together at \(stated); the \(parts) parts give \(implied).",
            "来源称\(label)合计\(stated)，但\(parts)个分项相加为\(implied)。"))
    }
  }

  /// `three`; larger numbers in digits.
  private func number(_ count: Int) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return words.indices.contains(count) ? words[count] : "\(count)"
  }

  // MARK: One series

  func statement(_ commodity: CommodityBrief) -> ReportText? {
    let statement = commodity.statement
    guard let level = statement.level else { return nil }
    let name = names.series(statement)
    let amount = ReportText.strong(numbers.amount(level))
    let growth = statement.growth.map { pick(", ", "，") + compared($0, with: base) } ?? ""
    let head =
      language == .english
      ? ReportText("\(name.capitalisedFirst) came to ") + amount
        + ReportText(" in \(names.period(period))\(growth)")
      : ReportText("\(names.period(period))\(name)为") + amount + ReportText(growth)
    return head + ReportText(record(commodity) + pick(".", "。"))
  }

  private func record(_ commodity: CommodityBrief) -> String {
    var text = ""
    if let record = commodity.record {
      let isHigh = record.kind == .highest
      // One earlier figure is a comparison and no record.
      if record.isOnRecord, record.exceeded > 1 {
        let first = names.period(record.first)
        let count = record.exceeded + 1
        let kind = isHigh ? pick("highest", "最高") : pick("lowest", "最低")
        let isYear = period.count == 1 && period.unit == .year
        let what = isYear ? pick("years with a figure", "年") : pick("periods with a figure", "期")
        text += pick(
          ": a record, the \(kind) of the \(count) \(what) since \(first)",
          "，为\(first)以来有数据的\(count)\(what)中\(kind)，创历史纪录")
      } else if let since = record.since, record.exceeded > 1 {
        text += pick(
          ", the \(isHigh ? "highest" : "lowest") since \(names.period(since))",
          "，为\(names.period(since))以来\(isHigh ? "最高" : "最低")")
      }
    }
    if let run = commodity.run, run.length > 1 {
      let rising = run.direction == .rising
      text += pick(
        ", and the \(ordinal(run.length)) \(rising ? "rise" : "fall") in a row",
        "，连续第\(run.length)年\(rising ? "增长" : "下降")")
    }
    return text
  }

  private func ordinal(_ n: Int) -> String {
    let words = [
      "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ]
    if words.indices.contains(n) { return words[n] }
    let ending = (11...13).contains(n % 100) ? "th" : [1: "st", 2: "nd", 3: "rd"][n % 10] ?? "th"
    return "\(n)\(ending)"
  }

  /// The last month.
  func month(_ commodity: CommodityBrief) -> ReportText? {
    guard period.count > 1 || period.unit != .month, let month = commodity.month, let level = month.level
    else {
      return nil
    }
    let name = names.month(month.period)
    var text = pick(
      "\(name) alone: \(numbers.amount(level))", "其中\(name)\(numbers.amount(level))")
    if level.isEstimated { text += pick(" (estimated)", "（估计）") }
    if let growth = month.growth(.onPeriod) {
      text += pick(", \(signed(growth)) on the month before", "，环比\(moved(growth))")
    }
    if let growth = month.growth(.onYear) {
      text += pick(", \(signed(growth)) on the year before", "，同比\(moved(growth))")
    }
    text += pick(".", "。")
    if let record = month.record {
      let kind = record.kind == .highest ? pick("highest", "最高") : pick("lowest", "最低")
      let first = names.period(record.first)
      text +=
        record.chance >= 0.9995
        ? pick(" It is the \(kind) month since \(first).", "为\(first)以来单月\(kind)。")
        : pick(
          " It is the \(kind) month since \(first) with a probability of \(numbers.percent(record.chance, decimals: record.chance > 0.99 ? 1 : 0, signed: false)); some of the months before it are estimates.",
          "为\(first)以来单月\(kind)的概率为\(numbers.percent(record.chance, decimals: record.chance > 0.99 ? 1 : 0, signed: false))（此前部分月份为估计值）。"
        )
    }
    return ReportText(text)
  }

  private func signed(_ growth: Figure) -> String {
    numbers.percent(growth, signed: true) + numbers.doubt(growth)
  }

  /// Growth over several months, which says more of the pace than one month does.
  func pace(_ month: MonthBrief) -> ReportText? {
    var texts: [String] = []
    let name = names.month(month.period)
    if period.count == 1, period.unit == .month, let growth = month.growth(.onPeriod) {
      texts.append(pick("\(name) \(moved(growth)) on the month before", "\(name)环比\(moved(growth))"))
    }
    let isToDate = period.first.firstMonth.month == 1 && period.first.year == month.period.year
    if !isToDate, let growth = month.growth(.yearToDate) {
      texts.append(
        pick("the year to date \(moved(growth)) on the year before", "年初至\(name)累计同比\(moved(growth))"))
    }
    if let growth = month.growth(.threeMonthsOnYear) {
      texts.append(
        pick("the three months to \(name) \(moved(growth)) on the year before", "近三个月合计同比\(moved(growth))"))
    }
    for one in month.adjusted {
      texts.append(
        one.measure == .onPeriod
          ? pick(
            "seasonally adjusted, \(name) \(moved(one.figure)) on the month before",
            "经季节调整，\(name)环比\(moved(one.figure))")
          : pick(
            "its adjusted three months \(moved(one.figure)) at a yearly rate",
            "经季节调整的近三个月折年率\(moved(one.figure))"))
    }
    guard let first = texts.first else { return nil }
    return ReportText(
      pick(
        "\(([first.capitalisedFirst] + texts.dropFirst()).joined(separator: "; ")).",
        "\(texts.joined(separator: "；"))。"))
  }

  /// How the months of the history are known.
  func history(_ projection: Projection) -> ReportText {
    func count(_ status: Projection.Status) -> Int { projection.history.count { $0.status == status } }
    let (p, d, e) = (count(.published), count(.derived), count(.estimated))
    if d == 0, e == 0 { return ReportText(pick("All \(p) months shown are published.", "图中\(p)个月均为公布数据。")) }
    return ReportText(
      pick(
        "Of \(p + d + e) months, \(p) are published one by one, \(d) follow from published figures and \(e) are estimated within them.",
        "\(p + d + e)个月中，\(p)个月为单独公布，\(d)个月由公布数据推算，\(e)个月为估计。"))
  }

  // MARK: Parts

  /// `Peru 956 kt (+141 kt), Mexico 267 kt (+0.4 kt) and Bolivia 157 kt (+23 kt)`.
  func parts(_ breakdown: Breakdown, scale: BriefNumbers.Scale?) -> ReportText? {
    let items = breakdown.parts.prefix(5).map { part -> String in
      let name = names.label(part.label)
      guard let level = part.level else {
        return part.share.map {
          pick("\(name) with \(numbers.percent($0))", "\(name)占\(numbers.percent($0))")
        } ?? name
      }
      let amount = numbers.amount(level, in: scale)
      let change = part.change.map { change in
        let text = numbers.amount(change, in: scale, signed: true)
        return language == .english ? " (\(text))" : "（\(text)）"
      }
      return pick("\(name) \(amount)", "\(name)\(amount)") + (change ?? "")
    }
    guard !items.isEmpty else { return nil }
    let period = names.period(breakdown.period)
    let more = breakdown.parts.count - items.count + breakdown.folded
    let tail = more > 0 ? pick(", and \(more) more", "等") : ""
    return ReportText(
      pick("\(period): \(names.list(items))\(tail)", "\(period)：\(names.list(items))\(tail)") + pick(".", "。")
    )
  }

  func topShare(_ concentration: ConcentrationBrief) -> ReportText {
    let share = numbers.percent(concentration.topShare)
    let count = language == .english ? number(concentration.top) : "\(concentration.top)"
    var text = pick(
      "Together the \(count) largest named have \(share) of the total", "列名前\(count)位合计占\(share)")
    if let before = concentration.baseTopShare {
      text += pick(
        ", after \(numbers.percent(before)) in \(names.period(base))",
        "，\(names.period(base))为\(numbers.percent(before))")
    }
    return ReportText(text + pick(".", "。"))
  }

  func concentration(_ concentration: ConcentrationBrief, smallest: String) -> ReportText {
    func bounds(_ range: [Double], decimals: Int) -> String {
      let texts = range.map { numbers.plain($0, decimals: decimals) }
      return texts.count == 2 && texts[0] != texts[1]
        ? texts.joined(separator: pick("–", "—")) : texts.first ?? "–"
    }
    let isSure = concentration.herfindahl.first == concentration.herfindahl.last
    var text = pick(
      "The Herfindahl–Hirschman index is \(bounds(concentration.herfindahl, decimals: 3))",
      "赫芬达尔—赫希曼指数为\(bounds(concentration.herfindahl, decimals: 3))")
    if let before = concentration.baseHerfindahl {
      text += pick(
        " (\(names.period(base)): \(bounds(before, decimals: 3)))",
        "（\(names.period(base))为\(bounds(before, decimals: 3))）")
    }
    text += pick(
      ", that of \(bounds(concentration.effectiveNumber, decimals: 1)) equal partners",
      "，相当于\(bounds(concentration.effectiveNumber, decimals: 1))个均等的伙伴")
    if !isSure {
      text += pick(
        "; the bounds hold if none that is not named is larger than \(smallest)", "；界限以未列名者均不大于\(smallest)为前提"
      )
    }
    switch concentration.direction {
    case .rising: text += pick("; concentration rose", "；集中度上升")
    case .falling: text += pick("; concentration fell", "；集中度下降")
    case .undetermined: text += pick("; which way it went they leave open", "；其变动方向尚不能确定")
    case .unchanged: text += pick("; unchanged", "；没有变化")
    case nil: break
    }
    return ReportText(text + pick(".", "。"))
  }

  /// A trade method: its share, how that changed, and its own growth.
  func method(_ part: Breakdown.Part, in breakdown: Breakdown, of whole: String) -> ReportText? {
    guard let share = part.share else { return nil }
    let name = names.label(part.label)
    let period = names.period(breakdown.period)
    var text = pick(
      "\(name.capitalisedFirst) accounted for \(numbers.percent(share)) of \(whole) in \(period)",
      "\(period)\(name)占\(whole)的\(numbers.percent(share))")
    if let change = part.shareChange {
      let size = numbers.points(change.value.magnitude)
      text +=
        change.value < 0
        ? pick(", \(size) percentage points less than a year before", "，同比下降\(size)个百分点")
        : pick(", \(size) percentage points more than a year before", "，同比提高\(size)个百分点")
    }
    if let growth = part.growth {
      text += pick("; its volume \(moved(growth))", "；其数量同比\(moved(growth))")
      if let level = part.level { text += pick(" to \(numbers.amount(level))", "，为\(numbers.amount(level))") }
    }
    return ReportText(text + pick(".", "。"))
  }

  // MARK: Prices

  func prices(_ prices: PriceBrief, of statement: SeriesStatement) -> ReportText {
    let name = names.traded(statement)
    let year = names.period(prices.period)
    let isOlder = prices.period.last < period.last
    var text =
      isOlder
      ? pick(
        "For \(name) value and volume are last known together for \(year)", "\(name)的金额与数量最近同时有数据的时期为\(year)")
      : pick("For \(name)", "\(name)")
    text += pick(
      ": value \(moved(prices.value)), volume \(moved(prices.volume)), and so the unit value \(moved(prices.unitValue))",
      "：金额\(moved(prices.value))，数量\(moved(prices.volume))，单位价值\(moved(prices.unitValue))")
    if let level = prices.unitValueLevel {
      text += pick(", to \(numbers.amount(level))", "，为\(numbers.amount(level))")
    }
    if let stated = prices.stated {
      text += pick(
        "; a source states \(numbers.percent(stated, signed: true)) for the price",
        "；来源公布的价格涨幅为\(numbers.percent(stated))")
    }
    if let index = prices.index {
      text += pick(
        "; over its parts the Fisher price index moved by \(ratio(index.price.fisher)) and the volume index by \(ratio(index.volume.fisher))",
        "；按分项计算，费雪价格指数变动\(ratio(index.price.fisher))，数量指数变动\(ratio(index.volume.fisher))")
    }
    return ReportText(text + pick(".", "。"))
  }

  private func ratio(_ index: Double) -> String { numbers.percent(index - 1, decimals: 1, signed: true) }

  // MARK: Outlook

  func outlook(_ commodity: CommodityBrief, _ projection: Projection) -> ReportText {
    let total = projection.total
    let name = names.series(commodity.statement)
    let target = names.period(total.period)
    let median = ReportText.strong(numbers.rounded(total.median, unit: projection.unit))
    let scale = numbers.scale(projection.unit, total.median)
    let ranges = total.intervals.sorted { $0.level < $1.level }.map { interval in
      let range = numbers.range(interval, unit: projection.unit, in: scale)
      let level = numbers.percent(interval.level, decimals: 0, signed: false)
      return pick("\(range) with \(level) probability", "\(level)概率区间为\(range)")
    }
    var tail = pick(": \(ranges.joined(separator: ", "))", "，\(ranges.joined(separator: "，"))")
    if ranges.isEmpty { tail = "" }
    if let base = commodity.outlookBase {
      tail += pick(
        "; a year before it was \(numbers.rounded(base.value, unit: base.unit))",
        "；上年同期为\(numbers.rounded(base.value, unit: base.unit))")
      if let growth = commodity.outlookGrowth {
        let percent = numbers.percent(growth.value, decimals: 0, signed: true)
        tail += pick(", so that the median means \(percent)", "，中位数相当于同比\(percent)")
      }
    }
    return language == .english
      ? ReportText("\(name.capitalisedFirst) of \(target): median ") + median + ReportText(tail + ".")
      : ReportText("\(target)\(name)预测中位数为") + median + ReportText(tail + "。")
  }

  /// `Of the expected 543 kt, Peru accounts for 274 kt (80 %: 210–340 kt), …`.
  func outlook(_ grouping: OutlookGrouping, of projection: Projection) -> ReportText? {
    let scale = numbers.scale(projection.unit, projection.total.mean)
    let parts = grouping.parts.filter { !$0.isRemainder }.prefix(4).map { part -> String in
      let name = names.label(part.label)
      let mean = numbers.rounded(part.total.mean, unit: projection.unit)
      guard let interval = part.total.intervals.min(by: { $0.level < $1.level }) else {
        return "\(name) \(mean)"
      }
      let level = numbers.percent(interval.level, decimals: 0, signed: false)
      let range = numbers.range(interval, unit: projection.unit, in: scale)
      return pick("\(name) \(mean) (\(level): \(range))", "\(name)\(mean)（\(level)区间\(range)）")
    }
    guard !parts.isEmpty else { return nil }
    let total = numbers.rounded(projection.total.mean, unit: projection.unit)
    return ReportText(
      pick("Of an expected \(total): \(names.list(parts)).", "期望总量\(total)中，\(names.list(parts))。"))
  }

  // MARK: What is missing

  /// `silver powder imports (latest: 299.7 t, July 2024)`.
  func latest(_ statement: SeriesStatement) -> String {
    let name = names.series(statement)
    guard let level = statement.level else { return name }
    let period = names.period(statement.period)
    return pick(
      "\(name) (latest: \(numbers.amount(level)), \(period))", "\(name)（最新：\(period)\(numbers.amount(level))）"
    )
  }

  func omission(_ omission: BriefOmission) -> ReportText {
    let name = names.series(SeriesStatement(of: omission.series, unit: "", period: period))
    switch omission.kind {
    case .balance:
      return ReportText(pick("No balance: \(omission.reason).", "无贸易差额：数据中没有同一商品、同一单位的进口与出口。"))
    case .history:
      return ReportText(
        pick("No monthly history or outlook for \(name): \(reason(omission)).", "\(name)：无月度历史与展望，公布的月度数据不足。")
      )
    case .prices:
      return ReportText(
        pick(
          "No split into price and volume for \(name): \(omission.reason).",
          "\(name)：无法分解价格与数量，金额与数量未在同一时期同时可得。"))
    case .parts:
      return ReportText(
        pick("No outlook by parts for \(name): \(reason(omission)).", "\(name)：部分分项无展望，数据不足。"))
    case .adjustment:
      return ReportText(
        pick("No seasonally adjusted growth for \(name): \(omission.reason).", "\(name)：无季节调整增速，单独已知的月份不足。"))
    case .series:
      return ReportText(
        pick(
          "\(omission.count) more series are in the tables only: \(omission.reason).",
          "另有\(omission.count)个序列仅列入表格。"))
    }
  }

  /// Errors name their series themselves.
  private func reason(_ omission: BriefOmission) -> String {
    let prefix = omission.series + ": "
    return omission.reason.hasPrefix(prefix)
      ? String(omission.reason.dropFirst(prefix.count)) : omission.reason
  }
}
