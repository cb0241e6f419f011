import RealModule
import Tradewind
import TradewindNumerics

/// The history of one series given its facts, ready to be read off.
struct FittedHistory {
  var series: String
  var asOf: Period
  var target: PeriodRange
  var model: FactModel
  /// The posterior at several scales, with weights that sum to one.
  var nodes: [Node]
  var contradictions: Contradictions
  var scales: HistoryPrior
  var effects: [CalendarEffect]
  var setAside: [FactModel.SetAside]
  /// The facts left out because they reach back too far; nil if none does.
  var beyond: Beyond?

  /// Facts that reach back before the month `first`, which is `limit` months before the last.
  struct Beyond {
    var count: Int
    var first: Period
    var limit: Int
  }

  /// The posterior at one value of the scales.
  struct Node {
    var posterior: HistoryPosterior
    var weight: Double
  }

  /// A month counts as derived if its 95 % interval is no wider than ± 2.5 %: what rounding of the facts leaves open,
  /// and far less than the irregular of any monthly trade series.
  static let derivedHalfWidth = 0.025

  /// Months stated to be without trade.
  var zeros: Set<Int> { model.zeroMonths.first ?? [] }
  var unit: String { model.units.first ?? "" }
  var averages: Bool { TradeUnit.averagesOverMonths(unit) }

  /// The variable of a month; nil if it is without trade or not in the model.
  func position(_ ordinal: Int) -> Int? {
    zeros.contains(ordinal) ? nil : model.model.position(ifKnown: .month(block: 0, ordinal: ordinal))
  }

  /// The chance that a month to come has no trade: the share of such months in the history, with half a month's doubt;
  /// zero if there was none.
  var zeroChance: Double {
    guard !zeros.isEmpty else { return 0 }
    let months = model.model.variables.count { variable in
      if case .month(0, let ordinal) = variable { ordinal <= asOf.ordinal } else { false }
    }
    return min((Double(zeros.count) + 0.5) / Double(months + 1), 1)
  }

  /// Mean and variance of the logarithm of the total over `months`, by the delta method; `nil` if a month is not in
  /// the model or all are without trade.
  func logTotal(_ months: ClosedRange<Int>) -> (mean: Double, variance: Double)? {
    let positions = months.compactMap(position)
    guard !positions.isEmpty, positions.count + months.count(where: zeros.contains) == months.count else {
      return nil
    }
    var mean = 0.0
    var square = 0.0
    for node in nodes {
      let levels = positions.map { Double.exp(node.posterior.mode[$0]) }
      let total = levels.reduce(0, +)
      let covariance = node.posterior.covariance(of: positions)
      var variance = 0.0
      for i in levels.indices {
        for j in levels.indices { variance += levels[i] * levels[j] * covariance[i, j] }
      }
      let logTotal = Double.log(averages ? total / Double(months.count) : total)
      mean += node.weight * logTotal
      square += node.weight * (logTotal * logTotal + variance / (total * total))
    }
    return (mean, max(square - mean * mean, 0))
  }

  /// The law of one month's level.
  func law(_ position: Int, chanceOfZero: Double = 0) -> LogNormalMixture {
    LogNormalMixture(
      parts: nodes.map {
        .init(
          weight: $0.weight, mean: $0.posterior.mode[position],
          deviation: $0.posterior.standardDeviation(of: position))
      }, chanceOfZero: chanceOfZero)
  }

  // MARK: Reading off

  func projection(_ options: HistoryProjector) throws(ProjectionError) -> Projection {
    let ahead = asOf.ordinal + 1...max(asOf.ordinal + 1, target.ordinals.upperBound)
    let findings = contradictions.findings()
    var scalesText = "monthly standard deviations: level \(percent(scales.level)), seasonal pattern "
    scalesText += "\(percent(scales.seasonal)), irregular \(percent(scales.irregular))"
    let terms = ["local level with drift", "seasonal pattern"] + effects.map(\.name) + ["irregular"]
    return Projection(
      series: series, unit: unit, asOf: asOf,
      model: "\(terms.joined(separator: " + ")) in logarithms; \(scalesText)", scales: scales,
      history: history(), horizon: ahead.map { month($0, levels: options.levels) },
      total: total(options), factsUsed: model.facts.count + model.repeated + model.zeroFacts,
      doubtful: findings, notes: notes(),
      sources: sources())
  }

  private func history() -> [Projection.HistoryMonth] {
    let ordinals = model.model.variables.compactMap { variable -> Int? in
      if case .month(0, let ordinal) = variable { ordinal } else { nil }
    }
    guard let first = ordinals.min(), first <= asOf.ordinal else { return [] }
    let stated = statedLevels()
    var laws = MonthLaws(self)
    return (first...asOf.ordinal).map { ordinal in
      let period = Period(unit: .month, ordinal: ordinal)
      guard let position = position(ordinal) else {
        return .init(period: period, median: 0, lower: 0, upper: 0, status: .published)
      }
      let law = laws.estimate(position)
      var (median, lower, upper) = (law.median, law.lower, law.upper)
      var status: Projection.Status = upper <= lower * (1 + 2 * Self.derivedHalfWidth) ? .derived : .estimated
      if let level = stated[ordinal] {
        status = .published
        // The assumed error of five digits moves a stated value by less than can be printed; it is shown as stated.
        if abs(median / level.value - 1) < 2 * HistoryModel.smallestError { median = level.value }
        // The normal law has tails that rounding has not.
        (lower, upper) = (max(lower, level.bounds.lowerBound), min(upper, level.bounds.upperBound))
      }
      return .init(
        period: period, median: median, lower: min(lower, median), upper: max(upper, median), status: status)
    }
  }

  /// Published levels of single months and what their rounding leaves open, in the block's unit; a doubtful one does not
  /// count. Of several for one month the last is shown, and the bounds are what all of them allow, or where they exclude
  /// each other, what any of them does.
  func statedLevels() -> [Int: (value: Double, bounds: ClosedRange<Double>)] {
    var levels: [Int: (value: Double, bounds: ClosedRange<Double>)] = [:]
    for (i, fact) in model.facts.enumerated() where fact.measure == .level && contradictions.inflation[i] == 0
    {
      guard fact.period.ordinals.count == 1, model.model.observations[i].sourceEffect == nil else { continue }
      let month = fact.period.ordinals.lowerBound
      let factor = TradeUnit.factor(from: fact.unit, to: unit) ?? 1
      let value = fact.value * factor
      let half = max(fact.halfWidth * factor, 2 * HistoryModel.smallestError * abs(value))
      var bounds = value - half...value + half
      if let other = levels[month]?.bounds {
        bounds =
          bounds.overlaps(other)
          ? bounds.clamped(to: other)
          : min(bounds.lowerBound, other.lowerBound)...max(bounds.upperBound, other.upperBound)
      }
      levels[month] = (value, bounds)
    }
    return levels
  }

  /// The law of one month: log-normal, with a chance of no trade.
  private func month(_ ordinal: Int, levels: [Double]) -> Projection.ProjectedPeriod {
    let period = PeriodRange(Period(unit: .month, ordinal: ordinal))
    guard let position = position(ordinal) else {
      return .init(
        period: period, median: 0, mean: 0, intervals: levels.map { .init(level: $0, lower: 0, upper: 0) })
    }
    let law = law(position, chanceOfZero: zeroChance)
    return .init(
      period: period, median: law.quantile(0.5), mean: law.mean,
      intervals: levels.map {
        .init(level: $0, lower: law.quantile((1 - $0) / 2), upper: law.quantile((1 + $0) / 2))
      })
  }

  /// The law of the target's total, from draws of its months jointly.
  ///
  /// The mean is that of the months' own laws, except of months that sums hold, whose law only the draws know.
  private func total(_ options: HistoryProjector) -> Projection.ProjectedPeriod {
    let positions = target.ordinals.compactMap(position)
    let divisor = averages ? Double(target.ordinals.count) : 1
    let months = HistoryDraws(positions, of: self)
    let isHeld = months.isHeld
    var mean = 0.0
    for (p, isHeld) in zip(positions, isHeld) where !isHeld {
      mean += law(p, chanceOfZero: isAhead(p) ? zeroChance : 0).mean
    }
    var totals: [Double] = []
    totals.reserveCapacity(options.draws)
    var held = 0.0
    months.each(count: options.draws, seed: options.seed) { logs in
      var total = 0.0
      for i in logs.indices {
        let level = Double.exp(logs[i])
        total += level
        if isHeld[i] { held += level }
      }
      totals.append(total / divisor)
    }
    mean += held / Double(max(totals.count, 1))
    let sorted = totals.partiallySorted(
      atQuantiles: [0.5] + options.levels.flatMap { [(1 - $0) / 2, (1 + $0) / 2] })
    return .init(
      period: target, median: quantile(0.5, of: sorted), mean: mean / divisor,
      intervals: options.levels.map {
        .init(level: $0, lower: quantile((1 - $0) / 2, of: sorted), upper: quantile((1 + $0) / 2, of: sorted))
      })
  }

  func isAhead(_ position: Int) -> Bool {
    if case .month(_, let ordinal) = model.model.variables[position] { return ordinal > asOf.ordinal }
    return false
  }

  private func sources() -> [FactSource] {
    var seen = Set<String>()
    return model.facts.map(\.source).filter { source in
      !(source.title.isEmpty && source.url.isEmpty) && seen.insert(source.title + "\n" + source.url).inserted
    }
  }

  private func notes() -> [String] {
    var notes = setAside.map { one in
      let what = "\(one.fact.measure.rawValue) of \(one.fact.period)"
      let place = one.fact.line > 0 ? "line \(one.fact.line) (\(what))" : "the \(what)"
      return "\(place) is not used: \(one.reason)"
    }
    if let beyond {
      notes.append(
        "figures that reach back before \(beyond.first) are not used (\(beyond.count)): the history is that of the last "
          + "\(beyond.limit) months")
    }
    if !zeros.isEmpty {
      let months = zeros.sorted().map { "\(Period(unit: .month, ordinal: $0))" }.joined(separator: ", ")
      notes.append("no trade in \(months); a month to come has none with a chance of \(percent(zeroChance))")
    }
    return notes
  }

  func percent(_ fraction: Double) -> String {
    let tenths = (fraction * 1000).rounded()
    return tenths.isFinite && abs(tenths) < 1e9 ? "\(tenths / 10) %" : "\(fraction)"
  }
}
