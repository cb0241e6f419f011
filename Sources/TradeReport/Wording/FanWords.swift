import TradeStatistics

/// The sentences about a projection, in a page and as a chart's alternative text. Every number is the projection's.
struct FanWords {
  let content: FanContent
  let format: QuantityFormat
  var language = ReportLanguage.english

  private var words: ChartWords { ChartWords(language: language) }

  /// The series as a heading.
  var name: String { Words.series(clipped(content.series, to: 200), language) }

  var title: String {
    switch content.origin {
    case .facts:
      guard let total = content.total, !content.horizon.isEmpty || total.median.isFinite else { return name }
      let period = Words.period(total.period, language)
      return words.pick("\(name): projection for \(period)", "\(name)：\(period)预测")
    case .model(let model, _):
      let model = clipped(model, to: 80)
      if let total = content.total {
        let period = Words.period(total.period, language)
        return words.pick("\(name): \(period) by \(model)", "\(name)：\(model)对\(period)的预测")
      }
      return words.pick("\(name): forecast by \(model)", "\(name)：\(model)预测")
    }
  }

  /// Where the figures come from, in one line.
  var source: String {
    switch content.origin {
    case .facts(let number, let end):
      let count = words.number(number)
      let facts = number == 1 ? "1 published figure" : "\(count) published figures"
      let period = Words.period(end, language)
      return words.pick(
        "Source: Tradewind projection from \(facts) up to \(period).",
        "来源：Tradewind依据截至\(period)公布的\(count)个数据所作的预测。")
    case .model(let model, let end):
      let model = clipped(model, to: 80)
      let period = Words.period(end, language)
      return words.pick(
        "Source: Tradewind forecast by \(model) from observations up to \(period).",
        "来源：Tradewind用\(model)依据截至\(period)的观测值所作的预测。")
    }
  }

  /// `Total of Q1 2026`; a price has an average instead.
  var totalName: String {
    guard let total = content.total else { return "" }
    let period = Words.period(total.period, language)
    return TradeUnit.averagesOverMonths(content.unit)
      ? words.pick("Average of \(period)", "\(period)平均") : words.pick("Total of \(period)", "\(period)合计")
  }

  /// The total as a chart's note, or nil if there is none: `Q1 2026: 521 kt` and its intervals.
  var total: (headline: String, intervals: [String])? {
    guard let total = content.total, let median = format.text(total.median, .rounded) else { return nil }
    let ranges = total.intervals.sorted { $0.level < $1.level }.prefix(3).compactMap { interval in
      format.range(interval.lower, interval.upper, .rounded)
        .map {
          words.pick(
            "\(Words.level(interval.level)): \($0)", "\(Words.level(interval.level, language))：\($0)")
        }
    }
    return (words.pick("\(totalName): \(median)", "\(totalName)：\(median)"), ranges)
  }

  /// `80 % interval 450–602 kt, 95 % interval 419–650 kt`, or an empty text.
  func intervals(_ period: FanContent.Ahead) -> String {
    period.intervals.sorted { $0.level < $1.level }.compactMap { interval in
      format.rangeText(interval.lower, interval.upper, .rounded)
        .map { words.interval(interval.level) + words.pick(" ", "") + $0 }
    }.joined(separator: words.pick(", ", "，"))
  }

  /// `月`, `季度`, `年`, for counting them.
  private var periodWord: String {
    switch content.history.first?.period.unit {
    case .quarter: "季度"
    case .year: "年份"
    default: "月"
    }
  }

  /// What the picture shows, for those who do not see it.
  var description: String {
    var sentences: [String] = []
    if let first = content.history.first, let last = content.history.last {
      let (from, to) = (Words.period(first.period, language), Words.period(last.period, language))
      let counts = [Projection.Status.published, .derived, .estimated].compactMap { status in
        let count = content.history.count { $0.status == status }
        return count == 0
          ? nil : words.pick("\(count) \(status.rawValue)", "\(count)个\(periodWord)\(words.status(status))")
      }
      let known = content.isFromFacts ? counts.joined(separator: words.pick(", ", "，")) : ""
      sentences.append(
        known.isEmpty
          ? words.pick("History from \(from) to \(to).", "历史自\(from)至\(to)。")
          : words.pick("History from \(from) to \(to): \(known).", "历史自\(from)至\(to)：\(known)。"))
      let latest = content.history.last { $0.status == .published && $0.median.isFinite }
      if let latest, let value = format.text(latest.median) {
        let period = Words.period(latest.period, language)
        let word = content.isFromFacts ? "published" : "observed"
        sentences.append(
          words.pick(
            "Last \(word): \(value) in \(period).",
            "\(content.isFromFacts ? "最近一个公布值" : "最近一个观测值")：\(period)，\(value)。"))
      }
    }
    let months = content.horizon.count <= 6 ? content.horizon[...] : content.horizon.prefix(3)
    let named =
      months.map { (Words.period($0.period, language), $0) } + (content.total.map { [(totalName, $0)] } ?? [])
    for (name, period) in named {
      guard let median = format.text(period.median, .rounded) else { continue }
      let ranges = intervals(period)
      sentences.append(
        words.pick(
          "\(name): median \(median)\(ranges.isEmpty ? "" : ", \(ranges)").",
          "\(name)：中位数\(median)\(ranges.isEmpty ? "" : "，\(ranges)")。"))
    }
    return words.sentences(sentences)
  }
}

extension FanWords {
  init(projection: Projection, format: QuantityFormat) {
    self.init(content: FanContent(projection), format: format, language: format.language)
  }
}
