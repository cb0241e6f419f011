import RealModule
import Tradewind
import TradewindNumerics

/// A monthly history rebuilt from facts, to ask for totals, growth rates and records that say how sure they are.
///
/// ```swift
/// let history = try HistoryProjector().history("silver-concentrate-imports", from: facts, asOf: .month(2025, 12))
/// let growth = history.growth(.threeMonthsOnYear, at: .month(2025, 12))
/// ```
///
/// An estimate's interval is that of the months jointly, given all facts: a growth rate of two months that are both stated is
/// sure up to their rounding, one of two estimated months is not.
public struct ReconstructedHistory: Sendable {
  /// A number read off a history.
  public struct Estimate: Sendable, Equatable, Codable {
    public var median: Double
    /// Bounds of the 95 % interval, equal tails.
    public var lower: Double
    public var upper: Double
  }

  /// The history month by month, and the months to come.
  public let projection: Projection
  let fitted: FittedHistory
  let seed: UInt64
  let draws: Int

  /// The level (of a price: the mean) over a past or coming period; nil if the history does not hold all its months, or they
  /// are without trade.
  public func level(over period: PeriodRange) -> Estimate? { estimate(of: period.ordinals, to: nil) { $0 } }

  /// The growth of one range of months over another, a fraction; nil as for ``level(over:)``.
  public func growth(of current: PeriodRange, over base: PeriodRange) -> Estimate? {
    estimate(of: current.ordinals, to: base.ordinals) { $0 - 1 }
  }

  /// The growth of a month by a measure, a fraction; nil as for ``level(over:)``.
  public func growth(_ measure: GrowthMeasure, at month: Period) -> Estimate? {
    guard let spans = measure.spans(endingAt: month) else { return nil }
    return estimate(of: spans.current.ordinals, to: spans.base.ordinals) { .pow($0, measure.power) - 1 }
  }

  /// The chance that a month is above (below) every month before it in the history, from `draws` of all of them jointly.
  ///
  /// Nil if the month is not in the history or the first of it, and for a quarter or year. The draws have the projector's seed; exact to about
  /// ½ / √draws.
  public func chanceOfRecord(_ kind: Record.Kind, at month: Period, draws: Int = 2000) -> Double? {
    guard month.unit == .month, let first = projection.history.first?.period, month > first,
      month <= projection.asOf
    else { return nil }
    let months = first.ordinal...month.ordinal
    var records = 0
    var count = 0
    let slots = months.map(fitted.position)
    let known = slots.compactMap(\.self)
    guard known.count + months.count(where: fitted.zeros.contains) == months.count else { return nil }
    HistoryDraws(known, of: fitted).each(count: draws, seed: seed) { drawn in
      var next = 0
      let levels = slots.map { slot in
        guard slot != nil else { return -Double.infinity }
        defer { next += 1 }
        return drawn[next]
      }
      guard let last = levels.last else { return }
      count += 1
      let earlier = levels.dropLast()
      let isRecord = kind == .highest ? earlier.allSatisfy { $0 < last } : earlier.allSatisfy { $0 > last }
      if isRecord { records += 1 }
    }
    return count == 0 ? nil : Double(records) / Double(count)
  }

  /// Draws of past months, which no printed total has to agree with: their quantiles are off by some two hundredths of a deviation.
  private static let pastDraws = 8000

  /// A ratio of totals, or one total, after `transform`, which must be increasing.
  ///
  /// Where every month is known, from the law of the logarithm; where one is open, from draws, those of the projected total
  /// itself, so that growth says what the total over its base does.
  private func estimate(
    of current: ClosedRange<Int>, to base: ClosedRange<Int>?, _ transform: (Double) -> Double
  ) -> Estimate? {
    guard let over = fitted.positions(of: current) else { return nil }
    let under = base.map { fitted.positions(of: $0) }
    if case .some(.none) = under { return nil }
    let below = under.flatMap(\.self) ?? []
    if !(over + below).contains(where: fitted.isOpen) {
      guard let law = fitted.logRatio(of: current, to: base) else { return nil }
      return Estimate(law.quantile, transform)
    }
    if base == nil, over.count == 1, !fitted.isAhead(over[0]) {
      var laws = MonthLaws(fitted)
      return laws.estimate(over[0])
    }
    let scale = fitted.averages ? Double(base?.count ?? 1) / Double(current.count) : 1
    let added = below.filter { !over.contains($0) }
    let months = over + added
    let places = below.compactMap(months.firstIndex)
    var ratios: [Double] = []
    ratios.reserveCapacity(draws)
    let count = over.contains(where: fitted.isAhead) ? draws : min(draws, Self.pastDraws)
    HistoryDraws(months, of: fitted).each(count: count, seed: seed, leading: over.count) { logs in
      var top = 0.0
      for log in logs.prefix(over.count) { top += .exp(log) }
      var bottom = base == nil ? 1.0 : 0
      for place in places { bottom += .exp(logs[place]) }
      let ratio = scale * top / bottom
      // Growth from nothing to nothing is none.
      if !ratio.isNaN { ratios.append(ratio) }
    }
    let sorted = ratios.partiallySorted(atQuantiles: [0.025, 0.5, 0.975])
    let estimate = Estimate({ quantile($0, of: sorted) }, transform)
    return estimate.upper.isFinite ? estimate : nil
  }
}

extension ReconstructedHistory.Estimate {
  /// The median and the 95 % interval of a law with these quantiles, after an increasing `transform`.
  fileprivate init(_ quantile: (Double) -> Double, _ transform: (Double) -> Double) {
    median = transform(quantile(0.5))
    (lower, upper) = (transform(quantile(0.025)), transform(quantile(0.975)))
  }
}

extension HistoryProjector {
  /// Rebuilds the history of one series, to be asked for more than a projection.
  ///
  /// Parameters and errors are those of ``project(_:from:asOf:to:)``.
  public func history(
    _ series: String, from facts: [Fact], asOf: Period? = nil, to target: Target = .nextQuarter
  ) throws(ProjectionError) -> ReconstructedHistory {
    let index = FactIndex(facts)
    guard index.names.contains(series) else { throw .unknownSeries(series) }
    guard !SeriesName.mayBeNegative(series) else { throw .balance(series: series) }
    let fitted = try fit(series, from: index, asOf: asOf?.lastMonth, target: target)
    return ReconstructedHistory(
      projection: try fitted.projection(self), fitted: fitted, seed: seed, draws: draws)
  }
}

extension FittedHistory {
  /// The law of the ratio of two totals (of means, for a price), or of one total; log-normal at each node of the scales by the
  /// delta method. Nil if a month is not in the model, or a total is of months without trade alone.
  func logRatio(of current: ClosedRange<Int>, to base: ClosedRange<Int>?) -> LogNormalMixture? {
    guard let over = positions(of: current) else { return nil }
    let under = base.map { positions(of: $0) }
    if case .some(.none) = under { return nil }
    let below = under.flatMap(\.self) ?? []
    let averages = TradeUnit.averagesOverMonths(unit)
    let offset = averages ? Double.log(Double(base?.count ?? 1) / Double(current.count)) : 0
    let all = over + below
    var parts: [LogNormalMixture.Part] = []
    for node in nodes {
      let mode = node.posterior.mode
      let top = over.map { Double.exp(mode[$0]) }
      let bottom = below.map { Double.exp(mode[$0]) }
      let (x, y) = (top.reduce(0, +), bottom.reduce(0, +))
      // The derivative of log Σ e^z to each z is its share of the sum.
      let gradient = top.map { $0 / x } + bottom.map { -$0 / y }
      let covariance = node.posterior.covariance(of: all)
      var variance = 0.0
      for i in all.indices {
        for j in all.indices { variance += gradient[i] * gradient[j] * covariance[i, j] }
      }
      let mean = Double.log(x) - (bottom.isEmpty ? 0 : .log(y)) + offset
      parts.append(.init(weight: node.weight, mean: mean, deviation: max(variance, 0).squareRoot()))
    }
    return parts.allSatisfy { $0.mean.isFinite } ? LogNormalMixture(parts: parts) : nil
  }

  /// Whether a month is to come, or known no better than an estimate.
  func isOpen(_ position: Int) -> Bool {
    isAhead(position)
      || nodes.contains { $0.posterior.standardDeviation(of: position) > Self.derivedHalfWidth / 2 }
  }

  /// The positions of some months with trade; nil if one is unknown or none has trade.
  func positions(of months: ClosedRange<Int>) -> [Int]? {
    let found = months.compactMap(position)
    guard !found.isEmpty, found.count + months.count(where: zeros.contains) == months.count else {
      return nil
    }
    return found
  }
}
