import RealModule
import Tradewind
import TradewindNumerics

/// Draws the parts of one grouping and reads their distributions off.
struct PartsReading {
  private let model: PartsModel
  private let history: FittedHistory
  private let projection: Projection
  private let draws: PartDraws
  /// The share of draws in which a figure could not be met.
  private let unmet: Double
  private let months: ClosedRange<Int>
  /// The whole's expected level in each month.
  private let means: [Double]

  init(
    _ model: PartsModel, _ history: FittedHistory, _ wholes: WholeDraws, _ projection: Projection,
    seed: UInt64
  ) throws(LinearAlgebraError) {
    (self.model, self.history, self.projection) = (model, history, projection)
    months = model.selection.months
    means = months.map { wholes.mean($0) }
    let (n, k) = (months.count, model.series.count)
    let skipped = months.lowerBound - wholes.months.lowerBound
    let stride = wholes.months.count
    var values = [Double](repeating: 0, count: n * k * wholes.count)
    var totals: [Double] = []
    totals.reserveCapacity(n * wholes.count)
    var samplers: [ShareSampler] = []
    for node in model.nodes.indices { samplers.append(try ShareSampler(model, node: node)) }
    var generator = SeededGenerator(seed: seed &+ 0x5ead_5eec)
    var missed = 0
    let zeros = model.zeroChances(asOf: history.asOf.ordinal)
    for draw in 0..<wholes.count {
      // The nodes of the shares' scales take turns in the proportion of their weights, out of step with the whole's.
      let node = model.node(at: Double(draw / 2) * 0.618_033_988_749_895)
      if draw % 2 == 0 { samplers[node].renew(&generator) }
      let whole = wholes.logLevels[draw * stride + skipped..<(draw + 1) * stride]
      let isMet = samplers[node].draw(
        sign: draw % 2 == 0 ? 1 : -1, whole: whole, using: &generator, into: &values, at: draw * n * k)
      if !isMet { missed += 1 }
      for level in whole { totals.append(.exp(level)) }
      if !zeros.isEmpty {
        Self.empty(
          &values, at: draw * n * k, parts: k, months: n, ahead: history.asOf.ordinal + 1 - months.lowerBound,
          chances: zeros, using: &generator)
      }
    }
    unmet = Double(missed) / Double(wholes.count)
    draws = PartDraws(
      months: months.map { Period(unit: .month, ordinal: $0) }, parts: model.series, count: wholes.count,
      values: values, wholes: totals)
  }

  /// Takes months to come away from parts that have months without trade, and gives them to the others.
  private static func empty(
    _ values: inout [Double], at base: Int, parts: Int, months: Int, ahead: Int, chances: [Double],
    using generator: inout SeededGenerator
  ) {
    for t in max(0, ahead)..<months {
      var (all, left) = (0.0, 0.0)
      var kept: [Int] = []
      for k in 0..<parts {
        let level = values[base + k * months + t]
        all += level
        if chances[k] > 0, generator.nextUniform() < chances[k] { continue }
        left += level
        kept.append(k)
      }
      guard left > 0, kept.count < parts else { continue }
      for k in 0..<parts where !kept.contains(k) { values[base + k * months + t] = 0 }
      for k in kept { values[base + k * months + t] *= all / left }
    }
  }

  // MARK: Reading off

  func grouping(levels: [Double]) -> JointProjection.Grouping {
    let parts = model.series.indices.map { part($0, levels: levels) }
    // Named parts by size, the remainder last.
    let order = parts.indices.sorted { a, b in
      if parts[a].isRemainder != parts[b].isRemainder { return parts[b].isRemainder }
      return (parts[a].total.mean, b) > (parts[b].total.mean, a)
    }
    let scales = model.scales.prior
    var text =
      "log shares with random walk + seasonal pattern + irregular; monthly standard deviations: level "
    text +=
      "\(history.percent(scales.level)), seasonal pattern \(history.percent(scales.seasonal)), irregular "
    text += "\(history.percent(scales.irregular))"
    return JointProjection.Grouping(
      grouping: model.selection.grouping, parts: order.map { parts[$0] }, model: text, scales: scales,
      factsUsed: model.facts.facts.count + model.facts.repeated + model.facts.zeroFacts,
      doubtful: model.doubtful, notes: notes(), draws: draws.reordered(order))
  }

  private func part(_ k: Int, levels: [Double]) -> JointProjection.Part {
    let series = model.series[k]
    let target = history.target.ordinals
    let past = months.filter { $0 <= history.asOf.ordinal }
    let stated = stated(series)
    let ahead = projection.horizon
    let total = places(target)
    let shares = zip(draws.totals(ofPart: k, over: total), draws.totals(over: total)).map {
      $1 > 0 ? $0 / $1 : 0
    }
    return JointProjection.Part(
      series: series, label: SeriesName.label(of: series), isRemainder: k == model.series.count - 1,
      history: past.map { month(k, $0, stated: stated[$0]) },
      horizon: ahead.map {
        amount(k, $0.period, over: places($0.period.ordinals), whole: $0.mean, levels: levels)
      },
      total: amount(k, projection.total.period, over: total, whole: projection.total.mean, levels: levels),
      share: Self.law(of: shares, mean: nil, period: projection.total.period, levels: levels),
      facts: model.facts.facts.count { SeriesName.members(of: $0.series).contains(series) })
  }

  private func places(_ ordinals: ClosedRange<Int>) -> Range<Int> {
    ordinals.lowerBound - months.lowerBound..<ordinals.upperBound - months.lowerBound + 1
  }

  /// A part's amount; its mean is its part of the whole's exact mean, so that means add up.
  private func amount(
    _ k: Int, _ period: PeriodRange, over range: Range<Int>, whole: Double, levels: [Double]
  ) -> Projection.ProjectedPeriod {
    let values = draws.totals(ofPart: k, over: range)
    return Self.law(of: values, mean: mean(values, over: range, whole: whole), period: period, levels: levels)
  }

  private func mean(_ values: [Double], over range: Range<Int>, whole: Double) -> Double {
    let all = draws.totals(over: range).reduce(0, +)
    return all > 0 ? whole * (values.reduce(0, +) / all) : 0
  }

  private static func law(
    of values: [Double], mean: Double?, period: PeriodRange, levels: [Double]
  ) -> Projection.ProjectedPeriod {
    let sorted = values.partiallySorted(
      atQuantiles: [0.5] + levels.flatMap { [(1 - $0) / 2, (1 + $0) / 2] })
    return .init(
      period: period, median: quantile(0.5, of: sorted),
      mean: mean ?? values.reduce(0, +) / Double(max(values.count, 1)),
      intervals: levels.map {
        .init(level: $0, lower: quantile((1 - $0) / 2, of: sorted), upper: quantile((1 + $0) / 2, of: sorted))
      })
  }

  private func month(_ k: Int, _ ordinal: Int, stated: Double?) -> JointProjection.Month {
    let range = places(ordinal...ordinal)
    let values = draws.totals(ofPart: k, over: range)
    let sorted = values.partiallySorted(atQuantiles: [0.025, 0.5, 0.975])
    let (lower, upper) = (quantile(0.025, of: sorted), quantile(0.975, of: sorted))
    var median = quantile(0.5, of: sorted)
    var status: Projection.Status =
      upper <= lower * (1 + 2 * FittedHistory.derivedHalfWidth) ? .derived : .estimated
    if let stated {
      (status, median) = (.published, stated)
    }
    return .init(
      period: Period(unit: .month, ordinal: ordinal), median: median,
      mean: mean(values, over: range, whole: means[ordinal - months.lowerBound]), lower: min(lower, median),
      upper: max(upper, median), status: status)
  }

  /// Months that a source states for the part itself; doubtful figures do not count.
  private func stated(_ series: String) -> [Int: Double] {
    var levels: [Int: Double] = [:]
    for (i, fact) in model.facts.facts.enumerated()
    where fact.series == series && fact.measure == .level && model.inflation[i] == 0 {
      if fact.period.ordinals.count == 1 { levels[fact.period.ordinals.lowerBound] = fact.value }
    }
    let block = model.series.firstIndex(of: series) ?? 0
    for month in model.facts.zeroMonths[block] { levels[month] = 0 }
    return levels
  }

  private func notes() -> [String] {
    let unused = (model.selection.setAside + model.facts.setAside).map {
      "line \($0.fact.line) (\($0.fact.series), \($0.fact.measure.rawValue) of \($0.fact.period)) is not used: \($0.reason)"
    }
    let doubt =
      unmet > 0.01
      ? ["in \(history.percent(unmet)) of the draws not every figure about the parts could be met"] : []
    return model.selection.notes + unused + doubt
  }
}

extension PartsModel {
  /// The node of the scales at a place of the unit interval, whole numbers left aside.
  fileprivate func node(at place: Double) -> Int {
    var rest = place - place.rounded(.down)
    for (i, node) in nodes.enumerated() {
      rest -= node.weight
      if rest < 0 { return i }
    }
    return nodes.count - 1
  }

  /// The chance of a month to come without trade for each part: as for a whole, the share of such months so far with half
  /// a month's doubt; empty if no part has any.
  fileprivate func zeroChances(asOf: Int) -> [Double] {
    let own = series.indices.map { k in
      facts.zeroMonths[k].count { $0 <= asOf && whole[$0 - selection.months.lowerBound].isFinite }
    }
    guard own.contains(where: { $0 > 0 }) else { return [] }
    let past = Double(asOf - selection.months.lowerBound + 1)
    return own.map { $0 == 0 ? 0 : min((Double($0) + 0.5) / (past + 1), 1) }
  }
}
