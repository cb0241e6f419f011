import Tradewind

extension BriefMaker {
  /// The series at length: those with parts or months in or before the period, the ones with the most facts first.
  mutating func commodities(
    _ statements: [SeriesStatement], overviews: [TradeOverview]
  ) -> [CommodityBrief] {
    var facts: [String: Int] = [:]
    for name in book.names { facts[SeriesName.root(of: name), default: 0] += book.count(of: name) }
    let candidates = zip(roots, statements).enumerated().filter { _, pair in
      let (role, statement) = pair
      let isComplete = complete.contains(role.root)
      guard role.kind != .price, statement.level != nil || (isComplete && hasFigures(role.root)) else {
        return false
      }
      // Beside exports and imports the overview has both.
      if role.flow == .balance || role.flow == .total {
        return isComplete && !overviews.contains { $0.subject == role.subjectAndPartner }
      }
      return isComplete || hasMonths(role.root) || parts[role.root] != nil
    }.sorted {
      (facts[$0.element.0.root] ?? 0, $1.offset) > (facts[$1.element.0.root] ?? 0, $0.offset)
    }.map(\.element)
    if candidates.count > TradeBrief.mostCommodities {
      omissions.append(
        BriefOmission(
          kind: .series, series: "", reason: "only the series with the most facts are shown at length",
          count: candidates.count - TradeBrief.mostCommodities))
    }
    let shown = candidates.prefix(TradeBrief.mostCommodities)
    let results = shown.map { commodity($0, $1) }
    for (role, brief) in zip(shown.map(\.0), results) where brief.prices == nil {
      explainMissingPrices(of: role, beside: shown.map(\.0))
    }
    return results
  }

  /// Whether months of the period are stated one by one, or at least one is.
  private func hasMonths(_ name: String) -> Bool {
    book.periods(of: name, within: months).contains { $0.count == 1 }
  }

  private mutating func commodity(_ role: SeriesRole, _ statement: SeriesStatement) -> CommodityBrief {
    let earlier = earlierPeriods(of: role.root)
    let levels = earlier.map { (period: $0.period.first, value: $0.level.value) }
    // Without an amount of its own the period is nothing to compare.
    let isKnown = statement.level != nil
    var brief = CommodityBrief(
      statement: statement, earlier: earlier, record: isKnown ? Record(ofLast: levels) : nil,
      run: isKnown ? run(of: earlier) : nil,
      breakdowns: breakdowns(of: role), prices: prices(of: role), outlookParts: [])
    let hasMonths = !complete.contains(role.root) || book.hasMonths(role.root)
    let history: ReconstructedHistory?
    do throws(ProjectionError) {
      if !hasMonths, book.hasOnlyYears(role.root) { throw .noLevel(series: role.root, facts: 0) }
      history = try projector.history(
        role.root, from: facts, asOf: period.last.lastMonth, to: .nextQuarter)
    } catch {
      history = nil
      omissions.append(omission(of: role.root, error))
    }
    if history == nil || !hasMonths { brief.published = published(of: role.root) }
    brief.projection = history?.projection
    if !hasMonths {
      // The months of a series of quarters are a means to its next quarter and no result.
      brief.projection?.history = []
      brief.projection?.horizon = []
    }
    if let history { brief.outlookParts = outlookParts(of: role.root, brief.breakdowns, history) }
    if let history { (brief.outlookBase, brief.outlookGrowth) = outlook(of: role.root, history) }
    brief.month = month(of: role, history)
    return brief
  }

  /// Why there is no history.
  private func omission(of name: String, _ error: ProjectionError) -> BriefOmission {
    switch error {
    case .noLevel where complete.contains(name):
      BriefOmission(kind: .history, series: name, reason: "only whole years are published")
    case .negative:
      BriefOmission(kind: .negative, series: name, reason: "values below zero have no logarithm")
    case .balance:
      BriefOmission(
        kind: .mayBeNegative, series: name,
        reason: "a balance may fall below zero, where there is no logarithm")
    default: BriefOmission(kind: .history, series: name, reason: "\(error)")
    }
  }

  /// What is published within the period, the earliest first.
  private func published(of name: String) -> [PeriodAmount] {
    book.periods(of: name, within: months).prefix(Self.mostPublished).reversed().compactMap { span in
      guard span != months, let level = book.level(of: name, over: span) else { return nil }
      return PeriodAmount(period: FactBook.range(span), level: level)
    }
  }

  private static let mostPublished = 36

  /// The most parts that are projected one by one.
  private static let mostProjectedParts = 200

  /// Draws of whole and parts: fewer than a projection by parts alone makes, which keeps a brief quick.
  private static let partDraws = 1500

  /// The months to come by partner, province and category, where the parts have amounts for the brief's period.
  private mutating func outlookParts(
    of name: String, _ breakdowns: [Breakdown], _ history: ReconstructedHistory
  ) -> [OutlookGrouping] {
    let all = parts[name] ?? []
    let names = Set(all.map(\.name) + [name])
    var groupings: [PartGrouping] = []
    for breakdown in breakdowns where breakdown.dimension != .method && breakdown.period == period {
      guard let first = breakdown.parts.first,
        let grouping = PartGrouping(of: first.series, in: name, names: names), !groupings.contains(grouping)
      else { continue }
      groupings.append(grouping)
    }
    guard !groupings.isEmpty else { return [] }
    guard all.count <= Self.mostProjectedParts else {
      omissions.append(
        BriefOmission(
          kind: .parts, series: name,
          reason: "it has \(all.count) parts; at most \(Self.mostProjectedParts) are projected"))
      return []
    }
    var joint = JointHistoryProjector()
    joint.projector = projector
    joint.draws = min(Self.partDraws, projector.draws)
    var results: [OutlookGrouping] = []
    for grouping in groupings {
      do throws(ProjectionError) {
        let projection = try joint.project(history.fitted, history.projection, by: [grouping], from: facts)
        results += projection.groupings.compactMap { outlook($0, named: all) }
      } catch {
        omissions.append(BriefOmission(kind: .parts, series: name, reason: "\(error)"))
      }
    }
    return results
  }

  private func outlook(_ grouping: JointProjection.Grouping, named all: [Part]) -> OutlookGrouping? {
    guard let first = grouping.parts.first(where: { !$0.isRemainder }),
      let part = all.first(where: { $0.name == first.series })
    else { return nil }
    return OutlookGrouping(
      dimension: part.dimension,
      parts: grouping.parts.map {
        .init(
          series: $0.series, label: $0.label, isRemainder: $0.isRemainder, months: $0.horizon,
          total: $0.total,
          share: $0.share)
      })
  }

  /// What the projected months compare with.
  private func outlook(of name: String, _ history: ReconstructedHistory) -> (Figure?, Figure?) {
    let projection = history.projection
    let target = projection.total.period
    let before = FactBook.range(target.ordinals.shifted(by: -12))
    let base =
      book.level(of: name, over: before.ordinals)
      ?? history.level(over: before).map {
        Figure(
          $0, unit: projection.unit, series: name, period: before, sureWithin: 0.025 * $0.median)
      }
    let growth = history.growth(of: target, over: before).map {
      Figure($0, unit: "fraction", series: name, period: target, sureWithin: 0)
    }
    return (base, growth)
  }

  /// Amounts of the same part of earlier years, as far back as they are known, the brief's own last.
  private func earlierPeriods(of name: String) -> [PeriodAmount] {
    guard let first = book.firstMonth(of: name) else { return [] }
    var found: [PeriodAmount] = []
    var back = 0
    // One more year than the first fact: growth of the first year leads to the one before it.
    while months.lowerBound - back >= first - 12 {
      let span = months.shifted(by: -back)
      if let level = book.level(of: name, over: span) {
        found.append(PeriodAmount(period: back == 0 ? period : FactBook.range(span), level: level))
      }
      back += 12
    }
    return found.reversed()
  }

  /// The run of rises or falls over consecutive years with which the amounts end.
  private func run(of earlier: [PeriodAmount]) -> Run? {
    guard period.count == 1, let first = earlier.first?.period.first, let last = earlier.last?.period.first,
      first.unit == last.unit
    else { return nil }
    let year = first.unit.periodsPerYear
    let count = (last.ordinal - first.ordinal) / year + 1
    var values = [Double](repeating: .nan, count: count)
    for one in earlier { values[(one.period.first.ordinal - first.ordinal) / year] = one.level.value }
    // Counted in years, whatever the part of the year; differences, because amounts may lie below zero.
    let changes = values.indices.map { $0 == 0 ? .nan : values[$0] - values[$0 - 1] }
    return Run(endOf: TimeSeries(changes, start: .year(first.year), seasonalPeriod: 1))
  }

  // MARK: The last month

  private mutating func month(of role: SeriesRole, _ history: ReconstructedHistory?) -> MonthBrief? {
    let last = period.last.lastMonth
    // A series of quarters or years has no months to speak of.
    guard !complete.contains(role.root) || book.hasMonths(role.root) else { return nil }
    let unit = book.unit(of: role.root) ?? ""
    let span = PeriodRange(last)
    var level = book.level(of: role.root, over: span.ordinals)
    if level == nil, let estimate = history?.level(over: span) {
      level = Figure(
        estimate, unit: history?.projection.unit ?? unit, series: role.root, period: span,
        sureWithin: 0.025 * estimate.median)
    }
    var growth: [MonthGrowth] = []
    for measure in GrowthMeasure.allCases {
      if let figure = self.growth(measure, of: role.root, at: last, history) {
        growth.append(MonthGrowth(measure: measure, figure: figure))
      }
    }
    guard level != nil || !growth.isEmpty else { return nil }
    return MonthBrief(
      period: last, level: level, growth: growth,
      adjusted: adjusted(role.root, at: last, history),
      record: record(of: role.root, at: last, history))
  }

  /// Growth of the last month: stated or from stated amounts, otherwise read off the history with its interval.
  private func growth(
    _ measure: GrowthMeasure, of name: String, at month: Period, _ history: ReconstructedHistory?
  ) -> Figure? {
    guard let spans = measure.spans(endingAt: month) else { return nil }
    let (current, base) = (spans.current.ordinals, spans.base.ordinals)
    if measure == .onPeriod, let figure = book.growthOnMonth(of: name, at: month.ordinal) { return figure }
    let level = book.level(of: name, over: current)
    if measure == .onYear || measure == .yearToDate || measure == .threeMonthsOnYear,
      let figure = book.growth(
        of: name, over: current, level: level, base: book.base(of: name, over: current, level: level))
    {
      return figure
    }
    if measure == .threeMonthsAnnualised, let level, let before = book.level(of: name, over: base),
      level.value > 0, before.value > 0
    {
      return Figure(
        "(three months / three before)⁴ − 1", unit: "fraction",
        [("three months", level), ("three before", before)]
      ) { measure.rate(from: $0[1], to: $0[0]) }
    }
    guard let estimate = history?.growth(measure, at: month), estimate.median.isFinite else { return nil }
    return Figure(
      estimate, unit: "fraction", series: name, period: PeriodRange(month),
      sureWithin: 0.005 * Double(measure.power))
  }

  /// The chance that the month is a record of its history, where that is more likely than not.
  private func record(of name: String, at month: Period, _ history: ReconstructedHistory?) -> MonthRecord? {
    if let record = statedRecord(of: name, at: month) { return record }
    guard let history, let own = history.projection.history.last, own.period == month,
      let first = history.projection.history.first?.period
    else { return nil }
    let earlier = history.projection.history.dropLast().map(\.median)
    for kind in [Record.Kind.highest, .lowest] {
      // Where even the medians are no record, draws need not be asked.
      let isRecord =
        kind == .highest
        ? earlier.allSatisfy { $0 < own.median } : earlier.allSatisfy { $0 > own.median }
      if isRecord, let chance = history.chanceOfRecord(kind, at: month), chance > 0.5 {
        return MonthRecord(kind: kind, first: first, chance: chance)
      }
    }
    return nil
  }

  /// The record of a month among stated months without a gap, the longest run of them that ends with it; nil if it is none, or there
  /// are fewer than two years of them.
  private func statedRecord(of name: String, at month: Period) -> MonthRecord? {
    var values: [(period: Period, value: Double)] = []
    var period = month
    while let level = book.stated(.level, of: name, over: period.ordinal...period.ordinal) {
      let factor = book.unit(of: name).flatMap { TradeUnit.factor(from: level.unit, to: $0) } ?? 1
      values.append((period, level.value * factor))
      period = period.previous
    }
    guard values.count >= 24, let first = values.last?.period, let record = Record(ofLast: values.reversed()),
      record.isOnRecord
    else { return nil }
    return MonthRecord(kind: record.kind, first: first, chance: 1)
  }

  /// The latest months that are adjusted; older ones would not change the last by what can be printed.
  private static let adjustedMonths = 144

  private mutating func adjusted(
    _ name: String, at month: Period, _ history: ReconstructedHistory?
  ) -> [MonthGrowth] {
    let all = history?.projection.history ?? []
    let known = all.reversed().prefix { $0.status != .estimated }.prefix(Self.adjustedMonths).reversed()
    guard let first = known.first, known.count >= 36 else {
      if history != nil {
        omissions.append(
          BriefOmission(
            kind: .adjustment, series: name,
            reason: "\(known.count) months up to the last are known one by one; 36 are needed"))
      }
      return []
    }
    let series = TimeSeries(known.map(\.median), start: first.period, name: name)
    do throws(SeasonalAdjustmentError) {
      let level = try SeasonalAdjustment().adjustedSeries(of: series)
      return [GrowthMeasure.onPeriod, .threeMonthsAnnualised].compactMap { measure in
        let value = level.growth(measure, at: month)
        guard value.isFinite else { return nil }
        return MonthGrowth(
          measure: measure,
          figure: Figure(
            value: value, unit: "fraction", halfWidth: 0, interval: nil,
            origin: .computed(
              formula:
                "growth of the seasonally adjusted series (X-11 after regARIMA, \(known.count) months)",
              inputs: [])))
      }
    } catch {
      omissions.append(BriefOmission(kind: .adjustment, series: name, reason: "\(error)"))
      return []
    }
  }
}
