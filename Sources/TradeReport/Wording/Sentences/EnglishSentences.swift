import TradeStatistics
import Tradewind

/// The sentences of an English brief: trade as a whole and one series.
struct EnglishSentences: BriefSentences {
  let period: PeriodRange
  let base: PeriodRange
  var language: ReportLanguage { .english }

  /// `rose by 14.1 %`.
  func moved(_ growth: Figure) -> String {
    if growth.value == 0 { return "did not change" }
    return (growth.value > 0 ? "rose" : "fell") + " by \(numbers.percentSize(growth))" + numbers.doubt(growth)
  }

  /// `14.1 % more than in 2024`.
  private func compared(_ growth: Figure) -> String {
    let before = names.period(base)
    if growth.value == 0 { return "as much as in \(before)" }
    let word = growth.value > 0 ? "more" : "less"
    return "\(numbers.percentSize(growth)) \(word) than in \(before)" + numbers.doubt(growth)
  }

  private func signed(_ growth: Figure) -> String {
    numbers.percent(growth, signed: true) + numbers.doubt(growth)
  }

  /// `three`; larger numbers in digits.
  func number(_ count: Int) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return words.indices.contains(count) ? words[count] : "\(count)"
  }

  private func ordinal(_ n: Int) -> String {
    let words = [
      "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ]
    if words.indices.contains(n) { return words[n] }
    let ending = (11...13).contains(n % 100) ? "th" : [1: "st", 2: "nd", 3: "rd"][n % 10] ?? "th"
    return "\(n)\(ending)"
  }

  // MARK: Overall

  func total(_ overview: TradeOverview) -> ReportText? {
    guard let total = overview.total, let level = total.level else { return nil }
    let subject = names.subject(overview.subject)
    let what = subject.isEmpty ? "Exports and imports together" : "Trade in \(subject)"
    let growth = total.growth.map { ", " + compared($0) } ?? ""
    return ReportText("\(what) came to ") + .strong(numbers.amount(level))
      + ReportText(" in \(names.period(period))\(growth).")
  }

  func sides(_ overview: TradeOverview) -> ReportText? {
    guard let both = largestFirst(overview) else { return nil }
    let texts = both.map { side -> String in
      let flow = side.flow.map(names.flow) ?? ""
      let level = side.level.map { numbers.amount($0) } ?? "–"
      guard let growth = side.growth else { return "\(flow) came to \(level)" }
      return growth.value == 0 ? "\(flow) stayed at \(level)" : "\(flow) \(moved(growth)) to \(level)"
    }
    return ReportText("\(texts[0].capitalisedFirst) and \(texts[1]).")
  }

  func balance(_ overview: TradeOverview) -> ReportText? {
    guard let balance = overview.balance else { return nil }
    func kind(_ figure: Figure) -> String { figure.value < 0 ? "a deficit" : "a surplus" }
    var text = "That leaves \(kind(balance)) of \(size(of: balance))"
    if let before = overview.baseBalance {
      let isSame = (before.value < 0) == (balance.value < 0)
      text += ", after \(isSame ? "" : "\(kind(before)) of ")\(size(of: before)) in \(names.period(base))"
    }
    if let coverage = overview.coverage {
      text += "; exports covered \(numbers.percent(coverage)) of imports"
      if let before = overview.baseCoverage { text += ", after \(numbers.percent(before))" }
    }
    return ReportText(text + ".")
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
        ? "\(names.flow(a).capitalisedFirst) \(first.value > 0 ? "grew about as fast" : "fell about as much") as \(names.flow(b)): by \(numbers.percentSize(first))."
        : first.value > 0
          ? "\(names.flow(a).capitalisedFirst) grew faster than \(names.flow(b)): by \(x) against \(y)."
          : "\(names.flow(a).capitalisedFirst) fell less than \(names.flow(b)): \(x) against \(y)."
    }
    if let contributions = overview.contributions, contributions.points.count == 2 {
      let x = numbers.points(printed: contributions.points[0])
      let m = numbers.points(printed: contributions.points[1])
      let g = numbers.points(printed: contributions.growthPoints)
      text +=
        " Of the total's growth of \(g)\u{A0}%, exports account for \(x) percentage points and imports for \(m)."
      if contributions.remainderPoints != 0 {
        text += " Rounding leaves \(numbers.points(printed: contributions.remainderPoints, signed: true))."
      }
    }
    return text.isEmpty ? nil : ReportText(text)
  }

  func check(_ check: BriefCheck) -> ReportText? {
    guard !check.agrees else { return nil }
    let (stated, implied) = compared(in: check)
    switch check.kind {
    case .total:
      return ReportText("The stated total is \(stated); exports and imports add up to \(implied).")
    case .balance:
      return ReportText("The stated balance is \(stated); exports less imports are \(implied).")
    case .totalGrowth:
      return ReportText(
        "The stated growth of the total is \(stated); that of exports and imports gives \(implied).")
    case .parts:
      return ReportText("The named parts add up to \(implied), more than the whole, \(stated).")
    case .group:
      let (label, count) = group(of: check)
      let share = check.stated.unit == "fraction" ? "the share of \(label)" : label
      return ReportText(
        "A source puts \(share) together at \(stated); the \(number(count)) parts give \(implied).")
    }
  }

  // MARK: One series

  func statement(_ commodity: CommodityBrief) -> ReportText? {
    let statement = commodity.statement
    guard let level = statement.level else { return nil }
    let growth = statement.growth.map { ", " + compared($0) } ?? ""
    return ReportText("\(names.series(statement).capitalisedFirst) came to ")
      + .strong(numbers.amount(level))
      + ReportText(" in \(names.period(period))\(growth)\(record(commodity)).")
  }

  private func record(_ commodity: CommodityBrief) -> String {
    var text = ""
    switch spokenRecord(commodity) {
    case .onRecord(let isHigh, let count, let first):
      let kind = isHigh ? "highest" : "lowest"
      text = ": a record, the \(kind) of the \(count) \(spans) with a figure since \(first.year)"
    case .since(let since, let isHigh):
      text = ", the \(isHigh ? "highest" : "lowest")\(span) since \(since.year)"
    case nil: break
    }
    if let run = commodity.run, run.length > 1 {
      text += ", and the \(ordinal(run.length)) \(run.direction == .rising ? "rise" : "fall") in a row"
    }
    return text
  }

  /// What is compared, after "the highest": ` October`, ` January to October`; nothing for whole years.
  private var span: String {
    switch sameSpan {
    case .year: ""
    case .quarter(let quarter): " Q\(quarter.quarter)"
    case .month(let month): " \(names.month(month))"
    case .months(let first, let last): " \(names.month(first)) to \(names.month(last))"
    case .other: " such period"
    }
  }

  /// The same for several: `Octobers`.
  private var spans: String {
    switch sameSpan {
    case .year: "years"
    case .quarter(let quarter): "\(ordinal(quarter.quarter)) quarters"
    case .month(let month):
      names.month(month).hasSuffix("uary") ? "\(names.month(month).dropLast())ies" : "\(names.month(month))s"
    case .months(let first, let last): "periods from \(names.month(first)) to \(names.month(last))"
    case .other: "such periods"
    }
  }

  func month(_ commodity: CommodityBrief) -> ReportText? {
    guard let (month, level) = lastMonth(of: commodity) else { return nil }
    var text = "\(names.month(month.period)) alone: \(numbers.amount(level))"
    if level.isEstimated { text += " (estimated)" }
    if let growth = month.growth(.onPeriod) { text += ", \(signed(growth)) on the month before" }
    if let growth = month.growth(.onYear) { text += ", \(signed(growth)) on the year before" }
    text += "."
    if let record = month.record {
      text += " It is the \(record.kind == .highest ? "highest" : "lowest") month on record (back to "
      text += names.period(record.first) + ")"
      if let chance = chance(of: record) {
        text += " with a probability of \(chance); some of the months before it are estimates"
      }
      text += "."
    }
    return ReportText(text)
  }

  func pace(_ month: MonthBrief) -> ReportText? {
    var texts: [String] = []
    let name = names.month(month.period)
    if period.count == 1, period.unit == .month, let growth = month.growth(.onPeriod) {
      texts.append("\(name) \(moved(growth)) on the month before")
    }
    if tellsYearToDate(month), let growth = month.growth(.yearToDate) {
      texts.append("the year to date \(moved(growth)) on the year before")
    }
    if let growth = month.growth(.threeMonthsOnYear) {
      texts.append("the three months to \(name) \(moved(growth)) on the year before")
    }
    for one in month.adjusted {
      texts.append(
        one.measure == .onPeriod
          ? "seasonally adjusted, \(name) \(moved(one.figure)) on the month before"
          : "its adjusted three months \(moved(one.figure)) at a yearly rate")
    }
    guard let first = texts.first else { return nil }
    return ReportText("\(([first.capitalisedFirst] + texts.dropFirst()).joined(separator: "; ")).")
  }

  func history(_ projection: Projection) -> ReportText {
    let (published, derived, estimated) = counts(projection)
    if derived == 0, estimated == 0 { return ReportText("All \(published) months shown are published.") }
    return ReportText(
      "Of \(published + derived + estimated) months, \(published) are published one by one, \(derived) follow from published figures and \(estimated) are estimated within them."
    )
  }
}
