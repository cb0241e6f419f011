import RealModule
import Tradewind
import TradewindNumerics

/// Rebuilds the monthly history that published facts imply, and continues it.
///
/// ```swift
/// let facts = try FactFile.parse(text, file: "facts.csv")
/// let projection = try HistoryProjector().project("silver-concentrate-imports", from: facts)
/// print(projection.total.period, projection.total.median)
/// ```
///
/// The log levels of all months have the Gaussian prior ``HistoryPrior``; every fact is an observation of them, linear
/// (a month, a growth rate between months) or a logarithm of sums, which is solved by Gauss–Newton. Facts that
/// contradict the others are found first (``FactAudit``) and count for little. The scales of the prior are those
/// that make the facts most probable. A complete monthly series is the case in which every month is a fact; gaps,
/// and years that report January and February only together, need nothing special.
///
/// A month stated to be zero is a month without trade: it stays zero, leaves every sum, and gives the months to come
/// the chance of being zero too that such months had so far. A price (unit `…_per_…`) averages over months where
/// an amount adds up.
public struct HistoryProjector: Sendable {
  /// What to project.
  public enum Target: Sendable, Hashable {
    /// The calendar quarter after the one that holds the last known month, and the months up to its end.
    case nextQuarter
    /// A given quarter, year or month; months before it are projected too.
    case period(Period)
    /// So many months after the last known one, and their total.
    case months(Int)
  }

  /// Probabilities of the intervals, each in 0…1 (a precondition).
  public var levels = [0.8, 0.95] {
    didSet {
      precondition(levels.allSatisfy { (0...1).contains($0) }, "A level is a probability from 0 to 1.")
    }
  }
  /// Facts that reach further back than this many months before ``Projection/asOf``, and than the target's first month, are left out; at least 1 (a precondition). Where each of the last
  /// ``completeMonths`` is stated by itself, those are enough: older ones hardly move the projection and cost most of its time.
  public var historyLimit = 180 {
    didSet { precondition(historyLimit >= 1, "A history has at least one month, not \(historyLimit).") }
  }
  /// Seed of the draws that give the total's distribution.
  public var seed: UInt64 = 1
  /// How many histories are drawn, at least 2 (a precondition); an even number.
  public var draws = 40_000 {
    didSet { precondition(draws >= 2, "At least two histories are drawn, not \(draws).") }
  }

  /// How far ahead a projection may reach, in months.
  public static let longestHorizon = 120
  /// How many months are used at most of a series with every month stated.
  public static let completeMonths = 120
  /// The stretch before ``Projection/asOf`` in which levels must be known.
  public static let recentMonths = 24
  /// How often facts may be moved to have their rounding respected.
  static let roundingRounds = 12
  /// The most facts of one series that are used; of more, the latest.
  static let mostFacts = 600
  /// Of those, how many must be covered by a level.
  public static let neededMonths = 6

  public init() {}

  /// Projects one series of a facts file.
  ///
  /// - Parameters:
  ///   - series: The series' name. Its own facts are used, and its shares of a parent that has facts itself.
  ///   - facts: All facts of the file.
  ///   - asOf: Only facts whose period had ended by this month are used. If left out, all are, and the last month that
  ///     any of the series' facts covers is taken.
  ///   - target: What to project; the next quarter if left out.
  /// - Throws: ``ProjectionError`` with what is missing.
  public func project(
    _ series: String, from facts: [Fact], asOf: Period? = nil, to target: Target = .nextQuarter
  ) throws(ProjectionError) -> Projection {
    try project(series, from: FactIndex(facts), asOf: asOf, to: target)
  }

  /// The same for facts that several series are projected from.
  package func project(
    _ series: String, from facts: FactIndex, asOf: Period? = nil, to target: Target = .nextQuarter
  ) throws(ProjectionError) -> Projection {
    guard facts.names.contains(series) else { throw .unknownSeries(series) }
    guard !SeriesName.mayBeNegative(series) else { throw .balance(series: series) }
    let history = try fit(series, from: facts, asOf: asOf?.lastMonth, target: target)
    return try history.projection(self)
  }

  /// Projects a series of months, quarters or years; missing values are simply not known.
  ///
  /// - Throws: ``ProjectionError`` for a negative or infinite value, or too few of them.
  public func project(
    _ series: TimeSeries, unit: String = "", asOf: Period? = nil, to target: Target = .nextQuarter
  ) throws(ProjectionError) -> Projection {
    let name = series.name.isEmpty ? "series" : series.name
    var facts: [Fact] = []
    for (i, value) in series.values.enumerated() where !value.isNaN {
      let period = series.period(at: i)
      guard value.isFinite else { throw .notFinite(series: name, period: period) }
      guard value >= 0 else { throw .negative(series: name, period: period, value: value) }
      facts.append(
        Fact(
          series: name, period: PeriodRange(period), measure: .level, value: value, unit: unit, halfWidth: 0))
    }
    guard !facts.isEmpty else { throw .nothingPublished(series: name, asOf: asOf ?? series.end) }
    let history = try fit(name, from: FactIndex(facts), asOf: asOf?.lastMonth, target: target)
    return try history.projection(self)
  }

  /// The total of a past period that the facts imply, with an interval of the given level.
  ///
  /// - Returns: `nil` if the facts do not reach over the whole period.
  /// - Throws: ``ProjectionError`` if the history cannot be fitted.
  public func reconstructedTotal(
    _ series: String, facts: [Fact], over period: PeriodRange, asOf: Period? = nil, level: Double = 0.95
  ) throws(ProjectionError) -> (median: Double, lower: Double, upper: Double)? {
    precondition(level > 0 && level < 1, "an interval's level lies between 0 and 1")
    let index = FactIndex(facts)
    guard index.names.contains(series) else { throw .unknownSeries(series) }
    let history = try fit(series, from: index, asOf: asOf?.lastMonth, target: .months(1))
    guard let total = history.logTotal(period.ordinals) else { return nil }
    let deviation =
      NormalDistribution(mean: 0, standardDeviation: 1).quantile((1 + level) / 2)
      * total.variance.squareRoot()
    return (.exp(total.mean), .exp(total.mean - deviation), .exp(total.mean + deviation))
  }

  // MARK: Fitting

  /// Fits the history of one series, with the months up to the end of `target` as unknowns.
  func fit(
    _ series: String, from facts: FactIndex, asOf: Period?, target: Target
  ) throws(ProjectionError) -> FittedHistory {
    let names = facts.names
    let published = facts.facts(of: series).filter { fact in
      asOf.map { fact.period.last.lastMonth <= $0 } ?? true
    }
    guard let latest = published.map({ $0.period.last.lastMonth }).max() else {
      throw .nothingPublished(series: series, asOf: asOf ?? .month(1, 1))
    }
    if let below = published.first(where: { $0.measure == .level && $0.value < 0 }) {
      throw .negative(series: series, period: below.period.last, value: below.value)
    }
    let now = asOf ?? latest
    let period = try target.period(series: series, after: now)
    let shares = published.filter { $0.measure == .share }
    let derived = parentLevels(shares, of: series, facts: facts, asOf: now)
    let stated = published.filter { $0.measure != .share }
    // Months of the target belong to its total, known or not.
    let limit = max(limit(of: stated, asOf: now), now.ordinal - period.ordinals.lowerBound + 1)
    let oldest = now.ordinal - limit + 1
    var used = stated.filter { $0.firstNeededMonth >= oldest }
    var setAside: [FactModel.SetAside] = []
    if used.count > Self.mostFacts {
      let order = used.indices.sorted {
        (used[$0].period.ordinals.upperBound, $0) > (used[$1].period.ordinals.upperBound, $1)
      }
      let kept = Set(order.prefix(Self.mostFacts))
      for i in used.indices where !kept.contains(i) {
        setAside.append(.init(fact: used[i], reason: "only the latest \(Self.mostFacts) figures are used"))
      }
      used = used.indices.filter(kept.contains).map { used[$0] }
    }
    let usedDerived = derived.filter { $0.months.lowerBound >= oldest }
    var model = FactModel(facts: used, derived: usedDerived, names: names, sumsApart: false)
    try requireLevels(
      series, derived: usedDerived, facts: used, published: published.count,
      tooOld: stated.count - used.count,
      asOf: now)
    model.addMonths(
      from: period.ordinals.lowerBound, through: max(now.ordinal, period.ordinals.upperBound))
    setAside += model.setAside
    let tooOld = stated.filter { $0.firstNeededMonth < oldest }
    // Of a long series there are hundreds.
    var beyond: FittedHistory.Beyond?
    if tooOld.count == 1, tooOld[0].line > 0 {
      setAside.append(.init(fact: tooOld[0], reason: "it reaches back more than \(limit) months"))
    } else if !tooOld.isEmpty {
      beyond = .init(
        count: tooOld.count, first: Period(unit: .month, ordinal: oldest), limit: limit)
    }
    let known = Set(derived.map(\.fact))
    for fact in shares where !known.contains(fact) {
      setAside.append(.init(fact: fact, reason: "the whole it is a share of is not known for that period"))
    }
    do throws(LinearAlgebraError) {
      let contradictions = try Contradictions(model)
      // More contradictions than can be told apart leave nothing to build on.
      if !contradictions.isExhausted {
        return try fitted(
          series, asOf: now, target: period, contradictions: contradictions, setAside: setAside,
          beyond: beyond)
      }
    } catch {
      throw .numerical(series: series, reason: "\(error)")
    }
    throw .contradictory(series: series, found: Contradictions.mostSuspects)
  }

  /// How many months are used.
  private func limit(of facts: [Fact], asOf now: Period) -> Int {
    let months = Set(
      facts.filter { $0.measure == .level && $0.period.ordinals.count == 1 }.map(\.period.ordinals.lowerBound)
    )
    let last = now.ordinal - Self.completeMonths + 1...now.ordinal
    return last.allSatisfy(months.contains) ? min(historyLimit, Self.completeMonths) : historyLimit
  }

  /// The history at the scales that the facts speak for, once contradictions are set apart.
  private func fitted(
    _ series: String, asOf: Period, target: PeriodRange, contradictions: Contradictions,
    setAside: [FactModel.SetAside], beyond: FittedHistory.Beyond?
  ) throws(LinearAlgebraError) -> FittedHistory {
    let inflation = contradictions.inflation
    let (scales, fitted, effects) = try estimate(contradictions)
    var chosen = fitted
    for _ in 0..<Self.roundingRounds {
      let posterior = try HistoryPosterior(chosen.model, prior: scales.prior, inflation: inflation)
      if !chosen.holdToRounding(at: posterior.mode, inflation: inflation) { break }
    }
    var nodes: [FittedHistory.Node] = []
    for (prior, weight) in scales.nodes {
      let posterior = try HistoryPosterior(chosen.model, prior: prior, inflation: inflation)
      nodes.append(.init(posterior: posterior, weight: weight))
    }
    return FittedHistory(
      series: series, asOf: asOf, target: target, model: chosen, nodes: nodes, contradictions: contradictions,
      scales: scales.prior, effects: effects, setAside: setAside, beyond: beyond)
  }

  /// The scales, and the calendar effects that the facts speak for.
  private func estimate(
    _ contradictions: Contradictions
  ) throws(LinearAlgebraError) -> (ScaleEstimate, FactModel, [CalendarEffect]) {
    var best = contradictions.facts
    let inflation = contradictions.inflation
    var estimate = try ScaleEstimate(best.model, inflation: inflation)
    var chosen: [CalendarEffect] = []
    for effect in CalendarEffect.allCases {
      guard let columns = effect.columns(for: best.model) else { continue }
      var candidate = best
      candidate.add(effects: columns)
      let trial = try ScaleEstimate(candidate.model, inflation: inflation, start: estimate.prior)
      if trial.objective > estimate.objective + CalendarEffect.evidenceNeeded {
        (best, estimate) = (candidate, trial)
        chosen.append(effect)
      }
    }
    return (estimate, best, chosen)
  }

  /// Levels by way of `shares` of a parent whose own history is known; none if it cannot be fitted.
  private func parentLevels(
    _ shares: [Fact], of series: String, facts: FactIndex, asOf: Period
  ) -> [FactModel.DerivedLevel] {
    guard !shares.isEmpty, let parent = SeriesName.parent(of: series, among: facts.names),
      let whole = facts.whole(parent, asOf: asOf, by: self)
    else { return [] }
    return shares.compactMap { share in
      guard share.value > 0, let total = whole.logTotal(share.period.ordinals) else { return nil }
      let rounding = share.halfWidth / share.value
      return FactModel.DerivedLevel(
        fact: share, months: share.period.ordinals, logParent: total.mean, unit: whole.unit,
        variance: rounding * rounding / 3 + total.variance)
    }
  }

  /// Refuses a series whose recent level is not pinned down.
  private func requireLevels(
    _ series: String, derived: [FactModel.DerivedLevel], facts: [Fact], published: Int, tooOld: Int,
    asOf: Period
  ) throws(ProjectionError) {
    let window = (asOf.ordinal - Self.recentMonths + 1)...asOf.ordinal
    var covered = Set<Int>()
    for fact in facts where fact.measure == .level { covered.formUnion(fact.period.ordinals) }
    for level in derived { covered.formUnion(level.months) }
    // Levels that are too old to be used are a matter of missing months, not of missing levels.
    guard !covered.isEmpty || tooOld > 0 else { throw .noLevel(series: series, facts: published) }
    // A growth rate carries a level to the period it compares with, and back; the next one carries it on.
    var before = -1
    while covered.count > before {
      before = covered.count
      for fact in facts {
        guard let base = fact.baseOrdinals else { continue }
        if fact.period.ordinals.allSatisfy(covered.contains) { covered.formUnion(base) }
        if base.allSatisfy(covered.contains) { covered.formUnion(fact.period.ordinals) }
      }
    }
    let known = window.filter(covered.contains)
    guard known.count >= Self.neededMonths else {
      throw .tooFewMonths(
        series: series, covered: known.count, needed: Self.neededMonths,
        missing: window.filter { !covered.contains($0) }.map { Period(unit: .month, ordinal: $0) })
    }
  }
}

extension Fact {
  /// The months a growth rate or change compares with.
  var baseOrdinals: ClosedRange<Int>? {
    switch measure {
    case .level, .share: nil
    case .monthOnMonth: period.ordinals.shifted(by: -period.ordinals.count)
    case .yearOnYear, .changeFromPriorYear: period.ordinals.shifted(by: -12)
    }
  }

  /// The first month the fact says something about.
  var firstNeededMonth: Int { baseOrdinals?.lowerBound ?? period.ordinals.lowerBound }
}

extension HistoryProjector.Target {
  /// The period that the target names, seen from the end of `now`.
  func period(series: String, after now: Period) throws(ProjectionError) -> PeriodRange {
    let longest = HistoryProjector.longestHorizon
    let text: String
    let last: Int
    let range: PeriodRange?
    switch self {
    case .nextQuarter:
      return PeriodRange(now.quarterPeriod.next)
    case .period(let period):
      (text, last, range) = ("\(period)", period.lastMonth.ordinal, PeriodRange(period))
    case .months(let count):
      // A count out of range may overflow, so it is clamped before it is used.
      last = now.ordinal + min(max(count, 0), longest + 1)
      text = "of \(count) months"
      range = Self.months(from: now.next, through: now.advanced(by: last - now.ordinal))
    }
    guard let range, last > now.ordinal, last <= now.ordinal + longest else {
      throw .targetOutOfRange(series: series, target: text, asOf: now, longest: longest)
    }
    return range
  }

  /// The months as one quarter or year where they are just that.
  private static func months(from first: Period, through last: Period) -> PeriodRange? {
    for whole in [first.quarterPeriod, first.yearPeriod]
    where whole.firstMonth == first && whole.lastMonth == last {
      return PeriodRange(whole)
    }
    return try? PeriodRange(from: first, through: last)
  }
}
