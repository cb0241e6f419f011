import TradeStatistics
import Tradewind

/// Parts, prices, the outlook, and what is missing.
extension EnglishSentences {
  func parts(_ breakdown: Breakdown, scale: BriefNumbers.Scale?) -> ReportText? {
    let items = breakdown.parts.prefix(5).map { part -> String in
      let name = names.label(part.label)
      guard let level = part.level else {
        return part.share.map { "\(name) with \(numbers.percent($0))" } ?? name
      }
      let change = part.change.map { " (\(numbers.amount($0, in: scale, signed: true)))" } ?? ""
      return "\(name) \(numbers.amount(level, in: scale))\(change)"
    }
    guard !items.isEmpty else { return nil }
    let more = breakdown.parts.count - items.count + breakdown.folded
    return ReportText(
      "\(names.period(breakdown.period)): \(names.list(items))\(more > 0 ? ", and \(more) more" : "").")
  }

  func topShare(_ concentration: ConcentrationBrief) -> ReportText {
    var text = "Together the \(number(concentration.top)) largest named have "
    text += "\(numbers.percent(concentration.topShare)) of the total"
    if let before = concentration.baseTopShare {
      text += ", after \(numbers.percent(before)) in \(names.period(base))"
    }
    return ReportText(text + ".")
  }

  func concentration(_ concentration: ConcentrationBrief, smallest: String) -> ReportText {
    func bounds(_ range: [Double], decimals: Int) -> String {
      self.bounds(range, decimals: decimals, between: "–")
    }
    var text = "The Herfindahl–Hirschman index is \(bounds(concentration.herfindahl, decimals: 3))"
    if let before = concentration.baseHerfindahl {
      text += " (\(names.period(base)): \(bounds(before, decimals: 3)))"
    }
    text += ", that of \(bounds(concentration.effectiveNumber, decimals: 1)) equal partners"
    if concentration.herfindahl.first != concentration.herfindahl.last {
      text += "; the bounds hold if none that is not named is larger than \(smallest)"
    }
    switch concentration.direction {
    case .rising: text += "; concentration rose"
    case .falling: text += "; concentration fell"
    case .undetermined: text += "; which way it went they leave open"
    case .unchanged: text += "; unchanged"
    case nil: break
    }
    return ReportText(text + ".")
  }

  func method(_ part: Breakdown.Part, in breakdown: Breakdown, of whole: String) -> ReportText? {
    guard let share = part.share else { return nil }
    var text =
      "\(names.label(part.label).capitalisedFirst) accounted for \(numbers.percent(share)) of \(whole)"
    text += " in \(names.period(breakdown.period))"
    if let change = part.shareChange {
      let size = numbers.points(change.value.magnitude)
      text += ", \(size) percentage points \(change.value < 0 ? "less" : "more") than a year before"
    }
    if let growth = part.growth {
      text += "; its volume \(moved(growth))"
      if let level = part.level { text += " to \(numbers.amount(level))" }
    }
    return ReportText(text + ".")
  }

  // MARK: Prices

  func prices(_ prices: PriceBrief, of statement: SeriesStatement) -> ReportText {
    let name = names.traded(statement)
    var text =
      prices.period.last < period.last
      ? "For \(name) value and volume are last known together for \(names.period(prices.period))"
      : "For \(name)"
    text += ": value \(moved(prices.value)), volume \(moved(prices.volume)), "
    text += "and so the unit value \(moved(prices.unitValue))"
    if let level = prices.unitValueLevel { text += ", to \(numbers.amount(level))" }
    if let stated = prices.stated {
      text +=
        stated.statement == nil
        ? "; the published price \(moved(stated))"
        : "; a source states \(numbers.percent(stated, signed: true)) for the price"
    }
    if let index = prices.index {
      text += "; over its parts the Fisher price index moved by \(ratio(index.price.fisher))"
      text += " and the volume index by \(ratio(index.volume.fisher))"
    }
    return ReportText(text + ".")
  }

  // MARK: Outlook

  func outlook(_ commodity: CommodityBrief, _ projection: Projection) -> ReportText {
    let total = projection.total
    let scale = numbers.scale(projection.unit, total.median)
    let ranges = intervals(total, unit: projection.unit, scale: scale).map {
      "\($0.range) with \($0.level) probability"
    }
    var tail = ranges.isEmpty ? "" : ": \(ranges.joined(separator: ", "))"
    if let base = commodity.outlookBase {
      tail += "; a year before it was \(numbers.rounded(base.value, unit: base.unit))"
      if let growth = commodity.outlookGrowth {
        tail += ", so that the median means \(numbers.percent(growth.value, decimals: 0, signed: true))"
      }
    }
    return ReportText(
      "\(names.series(commodity.statement).capitalisedFirst) of \(names.period(total.period)): median ")
      + .strong(numbers.rounded(total.median, unit: projection.unit)) + ReportText(tail + ".")
  }

  func outlook(_ grouping: OutlookGrouping, of projection: Projection) -> ReportText? {
    let parts = largestParts(grouping, of: projection).map { name, mean, interval in
      "\(name) \(mean)" + (interval.map { " (\($0.level): \($0.range))" } ?? "")
    }
    guard !parts.isEmpty else { return nil }
    let total = numbers.rounded(projection.total.mean, unit: projection.unit)
    return ReportText("Of an expected \(total): \(names.list(parts)).")
  }

  // MARK: What is missing

  func latest(_ statement: SeriesStatement) -> String {
    let name = names.series(statement)
    return statement.level.map {
      "\(name) (latest: \(numbers.amount($0)), \(names.period(statement.period)))"
    } ?? name
  }

  func omission(_ omission: BriefOmission) -> ReportText {
    let name = name(of: omission)
    let text =
      switch omission.kind {
      case .balance: "No balance: \(omission.reason)."
      case .history: "No monthly history or outlook for \(name): \(reason(omission))."
      case .prices: "No split into price and volume for \(name): \(omission.reason)."
      case .parts: "No outlook by parts for \(name): \(reason(omission))."
      case .adjustment: "No seasonally adjusted growth for \(name): \(omission.reason)."
      case .negative, .mayBeNegative: "No monthly history or outlook for \(name): \(omission.reason)."
      case .amount: "No amount of \(names.period(period)) for \(name): \(omission.reason)."
      case .unused: "Nothing is said of \(name): \(omission.reason)."
      case .series: "\(omission.count) more series are in the tables only: \(omission.reason)."
      }
    return ReportText(text)
  }
}
