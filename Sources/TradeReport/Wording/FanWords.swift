import TradeStatistics

/// The sentences about a projection, in a page and as a chart's alternative text. Every number is the projection's.
struct FanWords {
  let projection: Projection
  let format: QuantityFormat

  /// The series as a heading.
  var name: String { Words.series(clipped(projection.series, to: 200)) }

  var title: String {
    projection.horizon.isEmpty && !projection.total.median.isFinite
      ? name : "\(name): projection for \(Words.period(projection.total.period))"
  }

  /// Where the figures come from, in one line.
  var source: String {
    let count = DecimalDigits(Double(projection.factsUsed))?.text(decimals: 0) ?? ""
    let facts = projection.factsUsed == 1 ? "1 published figure" : "\(count) published figures"
    return "Source: Tradewind projection from \(facts) up to \(Words.period(projection.asOf))."
  }

  /// `Total of Q1 2026`; a price has an average instead.
  var totalName: String {
    let averages = TradeUnit.averagesOverMonths(projection.unit)
    return "\(averages ? "Average" : "Total") of \(Words.period(projection.total.period))"
  }

  /// The total as a chart's note, or nil if there is none: `Q1 2026: 521 kt` and its intervals.
  var total: (headline: String, intervals: String)? {
    let total = projection.total
    guard let median = format.text(total.median, .rounded) else { return nil }
    let ranges = total.intervals.sorted { $0.level < $1.level }.prefix(3).compactMap { interval in
      format.range(interval.lower, interval.upper, .rounded)
        .map { "\(Words.level(interval.level)): \($0)" }
    }
    return ("\(totalName): \(median)", ranges.joined(separator: " · "))
  }

  /// `80 % interval 450–602 kt, 95 % interval 419–650 kt`, or an empty text.
  func intervals(_ period: Projection.ProjectedPeriod) -> String {
    period.intervals.sorted { $0.level < $1.level }.compactMap { interval in
      format.rangeText(interval.lower, interval.upper, .rounded)
        .map { "\(Words.level(interval.level)) interval \($0)" }
    }.joined(separator: ", ")
  }

  /// What the picture shows, for those who do not see it.
  var description: String {
    var sentences: [String] = []
    if let first = projection.history.first, let last = projection.history.last {
      let counts = [Projection.Status.published, .derived, .estimated].compactMap { status in
        let count = projection.history.count { $0.status == status }
        return count == 0 ? nil : "\(count) \(status.rawValue)"
      }
      sentences.append(
        "History from \(Words.period(first.period)) to \(Words.period(last.period)): "
          + counts.joined(separator: ", ") + ".")
      let known = projection.history.last { $0.status == .published && $0.median.isFinite }
      if let known, let value = format.text(known.median) {
        sentences.append("Last published: \(value) in \(Words.period(known.period)).")
      }
    }
    let months = projection.horizon.count <= 6 ? projection.horizon[...] : projection.horizon.prefix(3)
    for period in months + [projection.total] {
      guard let median = format.text(period.median, .rounded) else { continue }
      let ranges = intervals(period)
      let name = period == projection.total ? totalName : Words.period(period.period)
      sentences.append(
        "\(name): median \(median)\(ranges.isEmpty ? "" : ", \(ranges)").")
    }
    return sentences.joined(separator: " ")
  }
}
