import Tradewind

/// Whether an adjustment holds when months come and go: sliding spans and revisions.
struct StabilityText {
  private let item: AdjustmentItem
  private let spans: Result<SlidingSpans, StabilityError>
  private let history: Result<RevisionHistory, StabilityError>

  /// Lags of the revisions shown: estimates of a period's own time, and those of half a year, a year and two later.
  private static func lags(_ period: Int) -> [Int] { [0, period / 2, period, 2 * period] }

  init(_ item: AdjustmentItem) {
    self.item = item
    let rule = RevisionHistoryRule(lags: Self.lags(item.observed.seasonalPeriod))
    spans = Result { () throws(StabilityError) in
      if let whole = item.whole { return try whole.slidingSpans() }
      return try item.parts.slidingSpans()
    }
    history = Result { () throws(StabilityError) in
      if let whole = item.whole { return try whole.revisionHistory(rule) }
      return try item.parts.revisionHistory(rule)
    }
  }

  private static let targets: [(RevisionHistory.Target, String)] = [
    (.adjusted, "adjusted series"), (.changes, "its changes"), (.trend, "trend"),
    (.trendChanges, "its changes"),
    (.seasonal, "seasonal"), (.projectedSeasonal, "seasonal, projected"),
  ]

  var report: String {
    [item.summary.map { $0 + "\n" }.joined(), spansText, historyText].joined(separator: "\n")
  }

  private func number(_ x: Double) -> String { NumberText.fixed(x, decimals: 2) }

  private var spansText: String {
    let found: SlidingSpans
    switch spans {
    case .failure(let error): return "no sliding spans: \(error)\n"
    case .success(let spans): found = spans
    }
    var table = TextTable(
      [("differences between spans", .left)]
        + ["unstable", "limit", "mean", "median", "upper hinge", "largest"].map { ($0, .right) })
    for (name, limit, comparison) in comparisons(found) {
      let summary = comparison.summary
      table.add(
        [name, NumberText.percent(comparison.share), limit]
          + [summary.mean, summary.median, summary.upperHinge, summary.maximum].map(number))
    }
    let periods = found.spans.map { span in
      "\(span.periods.lowerBound) to \(span.periods.upperBound.advanced(by: -1))"
    }
    return "spans: \(periods.joined(separator: ", "))\n" + table.text
      + "unstable: more than 3 % (calendar 2 %) between the least and the largest estimate of a period\n"
  }

  /// With the shares of unstable periods up to which Findley and others call an adjustment good.
  private func comparisons(_ spans: SlidingSpans) -> [(String, String, SlidingSpans.Comparison)] {
    let all: [(String, String, SlidingSpans.Comparison?)] = [
      ("seasonal factors", "15 %", spans.seasonal), ("calendar factors", "–", spans.calendar),
      ("adjusted series", "–", spans.adjusted), ("its changes", "35 %", spans.changes),
      ("its changes over a year", "2 %", spans.yearlyChanges),
    ]
    return all.compactMap { name, limit, comparison in comparison.map { (name, limit, $0) } }
  }

  private var historyText: String {
    let found: RevisionHistory
    switch history {
    case .failure(let error): return "no revisions: \(error)\n"
    case .success(let history): found = history
    }
    var table = TextTable(
      [("mean absolute revisions", .left)]
        + found.lags.map { ($0 == 0 ? "from the first" : "after \($0)", .right) } + [("largest", .right)])
    for (target, name) in Self.targets {
      let lags = target == .projectedSeasonal ? [0] : found.lags
      let means = found.lags.map { lag in
        lags.contains(lag) ? found.summary(of: target, lag: lag).map { number($0.mean) } ?? "–" : ""
      }
      table.add([name] + means + [found.summary(of: target).map { number($0.maximum) } ?? "–"])
    }
    let (first, end) = (found.periods.lowerBound, found.periods.upperBound.advanced(by: -1))
    let unit = item.observed.seasonalPeriod == 4 ? "quarters" : "months"
    let scale = found.usesFactors ? "per cent" : "the unit of the series"
    return
      "estimates of \(first) to \(end), in \(scale), to those of the whole series; after so many \(unit)\n"
      + table.text
      + found.forecasts.map { forecast in
        "forecasts \(forecast.lead) ahead: root mean squared error "
          + "\(NumberText.significant(forecast.rootMeanSquare, digits: 4))\n"
      }.joined()
  }

  /// A row a series: shares of unstable periods, 0…1, and mean absolute revisions. Empty where the series is too short.
  static func csv(_ items: [AdjustmentItem]) -> String {
    var csv = CSVText(
      header: [
        "unique_id", "unstable_seasonal", "unstable_calendar", "unstable_adjusted", "unstable_changes",
        "unstable_yearly_changes", "revision_adjusted", "revision_changes", "revision_trend",
        "revision_trend_changes", "revision_seasonal", "revision_projected_seasonal",
      ])
    for item in items {
      let one = StabilityText(item)
      let (spans, history) = (try? one.spans.get(), try? one.history.get())
      let shares = [
        spans?.seasonal, spans?.calendar, spans?.adjusted, spans?.changes, spans?.yearlyChanges,
      ].map { $0?.share }
      let revisions = targets.map { history?.summary(of: $0.0)?.mean }
      csv.add([item.observed.name] + (shares + revisions).map { CSVText.number($0) })
    }
    return csv.text
  }
}
