import Tradewind

/// The facts of a file, arranged to be asked for amounts, growth and bases of any series and period.
///
/// Of several facts that say the same thing one counts: that with the smallest error, its rounding and what the audit finds it
/// off by together; of equals the first in the file. A figure that the audit would correct gives way to what published amounts give.
struct FactBook {
  /// All series, in the order of the file.
  let names: [String]
  private let series: [String: Entry]
  /// By what the audit finds a fact off, in its unit.
  private let doubtful: [Fact: Double]
  /// By which fraction a publisher's levels deviate, by root.
  private let deviating: [String: [String: Double]]

  /// What is known of one series.
  private struct Entry {
    var spans: [Span: [Fact]] = [:]
    /// The periods for which a level is stated, by first month and then the longest first.
    var levels: [ClosedRange<Int>] = []
    var unit: String?
    var count = 0
  }

  private struct Span: Hashable {
    var months: ClosedRange<Int>
    var measure: Measure
  }

  init(_ facts: [Fact], audit: AuditReport) {
    var order: [String] = []
    var series: [String: Entry] = [:]
    for fact in facts {
      if series[fact.series] == nil { order.append(fact.series) }
      let months = fact.period.ordinals
      series[fact.series, default: Entry()].count += 1
      series[fact.series]?.spans[Span(months: months, measure: fact.measure), default: []].append(fact)
      if fact.measure == .level { series[fact.series]?.levels.append(months) }
      // The unit most figures have would be better style, but the first is what the file's author began with.
      if !fact.measure.isFraction, series[fact.series]?.unit == nil { series[fact.series]?.unit = fact.unit }
    }
    // Parts are added up and compared in the unit of their whole, which customs and news state in different ones.
    for name in order {
      if let own = series[name]?.unit, let whole = series[SeriesName.root(of: name)]?.unit,
        TradeUnit.factor(from: own, to: whole) != nil
      {
        series[name]?.unit = whole
      }
      series[name]?.levels.sort { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
    }
    names = order
    self.series = series
    var doubtful: [Fact: Double] = [:]
    var deviating: [String: [String: Double]] = [:]
    for finding in audit.findings {
      if let source = finding.deviatingSource, let deviation = finding.deviation {
        deviating[SeriesName.root(of: finding.series), default: [:]][source] = abs(deviation)
      } else {
        doubtful[finding.fact] = abs(finding.fact.value - finding.expected)
      }
    }
    self.doubtful = doubtful
    self.deviating = deviating
  }

  /// The unit of the series' amounts; nil if only growth or shares are known.
  func unit(of name: String) -> String? { series[name]?.unit }

  /// How many facts name the series.
  func count(of name: String) -> Int { series[name]?.count ?? 0 }

  /// The last period for which a level is stated, ending by `month`; the longest of several.
  func latestLevel(of name: String) -> (period: PeriodRange, figure: Figure)? {
    guard let entry = series[name],
      let last = entry.levels.max(by: {
        ($0.upperBound, $0.count, $1.lowerBound) < ($1.upperBound, $1.count, $0.lowerBound)
      }),
      let fact = stated(.level, of: name, over: last), let figure = figure(.level, of: name, over: last)
    else { return nil }
    return (fact.period, figure)
  }

  /// The periods inside of `months` for which the series has a level or share, each once, the latest and longest first.
  func periods(of name: String, within months: ClosedRange<Int>) -> [ClosedRange<Int>] {
    guard let entry = series[name] else { return [] }
    let found = Set(entry.spans.keys.filter { $0.measure == .level || $0.measure == .share }.map(\.months))
    return found.filter { months.lowerBound <= $0.lowerBound && $0.upperBound <= months.upperBound }
      .sorted { ($0.upperBound, $0.count) > ($1.upperBound, $1.count) }
  }

  /// Whether the level of any single month is stated.
  func hasMonths(_ name: String) -> Bool { series[name]?.levels.contains { $0.count == 1 } ?? false }

  /// Whether no level is of less than a year.
  func hasOnlyYears(_ name: String) -> Bool { series[name]?.levels.allSatisfy { $0.count >= 12 } ?? false }

  /// The years, or periods like `period`, for which the series has a level at all, from the first on.
  func firstMonth(of name: String) -> Int? { series[name]?.levels.map(\.lowerBound).min() }

  // MARK: What is stated

  /// The fact that counts among those of a measure; facts of `publisher` before all others.
  func stated(
    _ measure: Measure, of name: String, over months: ClosedRange<Int>, by publisher: String? = nil
  ) -> Fact? {
    guard let facts = series[name]?.spans[Span(months: months, measure: measure)] else { return nil }
    if facts.count == 1 { return facts[0] }
    let deviations = deviating[SeriesName.root(of: name)] ?? [:]
    func rank(_ fact: Fact) -> (Int, Double) {
      let foreign = publisher != nil && fact.source.publisher != publisher
      let factor = measure.isFraction ? 1 : TradeUnit.factor(from: fact.unit, to: unit(of: name) ?? "") ?? 1
      var error = fact.halfWidth + (doubtful[fact] ?? 0)
      if measure == .level, let deviation = deviations[fact.source.publisher] {
        error += deviation * abs(fact.value)
      }
      return (foreign ? 1 : 0, error * factor)
    }
    return facts.min { rank($0) < rank($1) }
  }

  private func figure(_ measure: Measure, of name: String, over months: ClosedRange<Int>, by: String? = nil)
    -> Figure?
  {
    guard let fact = stated(measure, of: name, over: months, by: by) else { return nil }
    guard !measure.isFraction, let unit = unit(of: name) else { return Figure(fact) }
    return TradeUnit.factor(from: fact.unit, to: unit).map { Figure(fact, factor: $0, unit: unit) }
  }

  // MARK: What is stated or follows

  /// The amount over a period: stated; the sum of stated periods that make it up; from the growth to or from a stated one; or a
  /// share of the whole's amount. Nil if none of these is known.
  func level(of name: String, over months: ClosedRange<Int>, by publisher: String? = nil) -> Figure? {
    level(of: name, over: months, by: publisher, depth: 0)
  }

  private func level(
    of name: String, over months: ClosedRange<Int>, by publisher: String?, depth: Int
  ) -> Figure? {
    let sum = sum(of: name, over: months)
    if let figure = figure(.level, of: name, over: months, by: publisher),
      sum == nil || !isDoubtful(.level, of: name, over: months, by: publisher)
    {
      return figure
    }
    if let sum { return sum }
    guard let unit = unit(of: name) ?? inheritedUnit(of: name) else { return nil }
    let later = months.shifted(by: 12)
    if let next = figure(.level, of: name, over: later, by: publisher) {
      if let base = base(under: next, of: name, over: later, unit: unit) { return base }
    }
    if let growth = figure(.yearOnYear, of: name, over: months),
      let before = figure(.level, of: name, over: months.shifted(by: -12), by: publisher)
    {
      return Figure("base × (1 + growth)", unit: unit, [("base", before), ("growth", growth)]) {
        $0[0] * (1 + $0[1])
      }
    }
    guard depth < 2, let share = figure(.share, of: name, over: months),
      let whole = SeriesName.parent(of: name, among: Set(names(above: name))),
      let total = level(of: whole, over: months, by: publisher, depth: depth + 1)
    else { return nil }
    return Figure("share × whole", unit: total.unit, [("share", share), ("whole", total)]) { $0[0] * $0[1] }
  }

  /// The amount of the same period a year before: under a stated growth or change, or known by itself.
  func base(of name: String, over months: ClosedRange<Int>, level: Figure?) -> Figure? {
    let unit = level?.unit ?? unit(of: name) ?? ""
    let publisher = stated(.level, of: name, over: months)?.source.publisher
    let before = months.shifted(by: -12)
    if isDoubtful(.yearOnYear, of: name, over: months),
      let base = figure(.level, of: name, over: before, by: publisher)
    {
      return base
    }
    if let level, let base = base(under: level, of: name, over: months, unit: unit) { return base }
    return self.level(of: name, over: before, by: publisher)
  }

  /// Whether the audit would correct the fact that counts.
  private func isDoubtful(
    _ measure: Measure, of name: String, over months: ClosedRange<Int>, by publisher: String? = nil
  ) -> Bool {
    stated(measure, of: name, over: months, by: publisher).map { doubtful[$0] != nil } ?? false
  }

  private func base(under level: Figure, of name: String, over months: ClosedRange<Int>, unit: String)
    -> Figure?
  {
    if let growth = figure(.yearOnYear, of: name, over: months), growth.value > -1 {
      return Figure("level / (1 + growth)", unit: unit, [("level", level), ("growth", growth)]) {
        $0[0] / (1 + $0[1])
      }
    }
    guard let change = figure(.changeFromPriorYear, of: name, over: months) else { return nil }
    return Figure("level − change", unit: unit, [("level", level), ("change", change)]) { $0[0] - $0[1] }
  }

  /// Growth on the same period a year before.
  func growth(of name: String, over months: ClosedRange<Int>, level: Figure?, base: Figure?) -> Figure? {
    let isContradicted =
      isDoubtful(.yearOnYear, of: name, over: months)
      && figure(.level, of: name, over: months.shifted(by: -12)) != nil
    if let growth = figure(.yearOnYear, of: name, over: months), level == nil || !isContradicted {
      return growth
    }
    guard let level, let base, base.value > 0, level.value >= 0 else { return nil }
    if let change = figure(.changeFromPriorYear, of: name, over: months) {
      return Figure("change / (level − change)", unit: "fraction", [("change", change), ("level", level)]) {
        $0[0] / ($0[1] - $0[0])
      }
    }
    return Figure("level / base − 1", unit: "fraction", [("level", level), ("base", base)]) {
      $0[0] / $0[1] - 1
    }
  }

  /// The change on the same period a year before, in the unit.
  func change(of name: String, over months: ClosedRange<Int>, level: Figure?, base: Figure?) -> Figure? {
    if let change = figure(.changeFromPriorYear, of: name, over: months) { return change }
    guard let level, let base else { return nil }
    if let growth = figure(.yearOnYear, of: name, over: months),
      !isDoubtful(.yearOnYear, of: name, over: months)
    {
      return Figure(
        "level × growth / (1 + growth)", unit: level.unit, [("level", level), ("growth", growth)]
      ) { $0[0] * $0[1] / (1 + $0[1]) }
    }
    return Figure("level − base", unit: level.unit, [("level", level), ("base", base)]) { $0[0] - $0[1] }
  }

  /// Growth of a month on the month before.
  func growthOnMonth(of name: String, at month: Int) -> Figure? {
    let growth = figure(.monthOnMonth, of: name, over: month...month)
    if let growth, !isDoubtful(.monthOnMonth, of: name, over: month...month) { return growth }
    guard let level = figure(.level, of: name, over: month...month),
      let before = figure(.level, of: name, over: month - 1...month - 1), before.value > 0, level.value >= 0
    else { return growth }
    return Figure("level / level before − 1", unit: "fraction", [("level", level), ("level before", before)])
    {
      $0[0] / $0[1] - 1
    }
  }

  func share(of name: String, over months: ClosedRange<Int>) -> Figure? {
    figure(.share, of: name, over: months)
  }

  // MARK: Sums

  /// The sum (of a price: the mean) of the fewest stated periods that make up the months.
  private func sum(of name: String, over months: ClosedRange<Int>) -> Figure? {
    guard let entry = series[name], let unit = entry.unit else { return nil }
    let inside = entry.levels.filter {
      months.lowerBound <= $0.lowerBound && $0.upperBound <= months.upperBound && $0 != months
    }
    guard !inside.isEmpty else { return nil }
    // The fewest pieces that reach up to each month, and the last of them; pieces are in the order of their first months.
    var best: [Int: (count: Int, piece: ClosedRange<Int>?)] = [months.lowerBound: (0, nil)]
    for piece in inside {
      guard let here = best[piece.lowerBound] else { continue }
      let end = piece.upperBound + 1
      if best[end].map({ here.count + 1 < $0.count }) ?? true { best[end] = (here.count + 1, piece) }
    }
    var end = months.upperBound + 1
    var pieces: [ClosedRange<Int>] = []
    while end > months.lowerBound, let piece = best[end]?.piece {
      pieces.append(piece)
      end = piece.lowerBound
    }
    guard end == months.lowerBound, !pieces.isEmpty else { return nil }
    let parts = pieces.reversed().compactMap { piece in
      figure(.level, of: name, over: piece).map { (name: "\(Self.range(piece))", figure: $0) }
    }
    guard parts.count == pieces.count else { return nil }
    if TradeUnit.averagesOverMonths(unit) || SeriesName.isPrice(name) {
      let lengths = pieces.reversed().map { Double($0.count) }
      return Figure("mean over the months", unit: unit, parts) { values in
        zip(values, lengths).reduce(0) { $0 + $1.0 * $1.1 } / Double(months.count)
      }
    }
    return Figure(sum: "sum over the months", unit: unit, parts)
  }

  private func names(above name: String) -> [String] {
    var path = name[...]
    var found: [String] = []
    while let slash = path.lastIndex(of: "/") {
      path = path[..<slash]
      if series[String(path)] != nil { found.append(String(path)) }
    }
    return found
  }

  private func inheritedUnit(of name: String) -> String? {
    names(above: name).lazy.compactMap { unit(of: $0) }.first
  }

  /// Months as a period in the shortest words: a month, quarter or year where they are one.
  static func range(_ months: ClosedRange<Int>) -> PeriodRange {
    let first = Period(unit: .month, ordinal: months.lowerBound)
    let last = Period(unit: .month, ordinal: months.upperBound)
    for whole in [first.yearPeriod, first.quarterPeriod]
    where whole.firstMonth == first && whole.lastMonth == last {
      return PeriodRange(whole)
    }
    return (try? PeriodRange(from: first, through: last)) ?? PeriodRange(first)
  }
}
