import RealModule
import Tradewind
import TradewindNumerics

/// The shares of a grouping's parts in a whole, as a ``HistoryModel`` whose variables are log shares.
///
/// Each part, the remainder among them, has a log share of its own with the structural prior of ``HistoryPrior``: a random
/// walk, a seasonal pattern, an irregular. The whole's history enters as known; the draws put its own uncertainty back.
struct PartsModel {
  /// What little a share can move, before any fact: a few per cent a month for good, a tenth for a calendar month, a
  /// fifth for one month alone.
  ///
  /// The irregular of a part is above that of its whole, for shiploads do not average out; the spread leaves room for
  /// parts as smooth as a country's whole trade and for such as come with two ships a year.
  static let weakPrior: ScalePrior = {
    var centre = HistoryPrior(level: 0.05, seasonal: 0.08, irregular: 0.2, seasonalMemory: 500)
    centre.drift = 0.005
    return ScalePrior(centre: centre, logSpread: [0.6, 0.7, 0.7, 0.8])
  }()
  /// The least share that is expected of the remainder, where the named parts seem to leave nothing.
  static let leastRemainder = 1e-3

  let selection: PartSelection
  /// The facts as observations; blocks are the parts, the remainder last.
  private(set) var facts: FactModel
  /// The blocks' series.
  var series: [String] { facts.blocks }
  /// The whole's log level in each month of ``PartSelection/months``; −∞ without trade.
  let whole: [Double]
  /// Variance added to each observation; nonzero for the doubtful.
  private(set) var inflation: [Double]
  /// The facts about parts that the others contradict.
  let doubtful: [AuditFinding]
  private(set) var scales: ScaleEstimate
  /// The posterior at several scales, with weights that sum to one.
  private(set) var nodes: [(posterior: HistoryPosterior, prior: HistoryPrior, weight: Double)] = []

  init(
    _ selection: PartSelection, of history: FittedHistory, doubtful: [AuditFinding]
  ) throws(LinearAlgebraError) {
    self.selection = selection
    self.doubtful = doubtful
    let months = selection.months
    whole = months.map { history.logTotal($0...$0)?.mean ?? -.infinity }
    let start = months.lowerBound
    let levels = whole
    let known = months.filter { levels[$0 - start].isFinite }
    // A figure that the others contradict would only pull them apart.
    func isDoubtful(_ fact: Fact) -> Bool {
      doubtful.contains { $0.deviatingSource == nil && fact.isSame(as: $0.fact) }
    }
    let derived = selection.shares.filter { !isDoubtful($0) }.map { share in
      let rounding = share.halfWidth / share.value
      return FactModel.DerivedLevel(
        fact: share, months: share.period.ordinals,
        logParent: logSumExp(share.period.ordinals.map { $0 - start }, levels), unit: history.unit,
        variance: rounding * rounding / 3)
    }
    // Without the whole's name a share of zero is no share of another series.
    facts = FactModel(
      facts: selection.facts.filter { !isDoubtful($0) }, derived: derived, names: [], sumsApart: true,
      emptyMonths: Set(months).subtracting(known))
    facts.holdSharesToRounding()
    facts.shareOut(
      Dictionary(uniqueKeysWithValues: known.map { ($0, levels[$0 - start]) }), months: known,
      logShares: Dictionary(uniqueKeysWithValues: zip(selection.parts, selection.logShares)),
      remainder: SeriesName.remainder(
        of: selection.grouping.folder(in: selection.whole), among: selection.parts),
      least: Self.leastRemainder)
    inflation = facts.inflation(of: doubtful)
    scales = try ScaleEstimate(facts.model, inflation: inflation, weak: Self.weakPrior)
    for _ in 0..<HistoryProjector.roundingRounds {
      let posterior = try HistoryPosterior(facts.model, prior: scales.prior, inflation: inflation)
      if !facts.holdToRounding(at: posterior.mode, inflation: inflation) { break }
    }
    for (prior, weight) in scales.nodes {
      nodes.append((try HistoryPosterior(facts.model, prior: prior, inflation: inflation), prior, weight))
    }
  }
}

extension FactModel {
  /// Makes the blocks, with one more for what none of them names, shares of a whole whose log levels are known.
  ///
  /// - Parameters:
  ///   - whole: The whole's log level in each of `months`.
  ///   - logShares: Where the prior of each part's log share is centred.
  ///   - least: The least share the remainder is expected to have.
  mutating func shareOut(
    _ whole: [Int: Double], months: [Int], logShares: [String: Double], remainder: String, least: Double
  ) {
    let named = logShares.keys.sorted().reduce(0) { $0 + .exp(logShares[$1] ?? 0) }
    blocks.append(remainder)
    units.append(units.first ?? "")
    zeroMonths.append([])
    means = blocks.map { logShares[$0] ?? .log(max(1 - named, least)) }
    for month in months {
      guard let level = whole[month] else { continue }
      let members = blocks.indices.filter { !zeroMonths[$0].contains(month) }.map {
        model.position(of: .month(block: $0, ordinal: month))
      }
      model.compositions.append(Composition(whole: .known(level), members: members))
    }
    for (position, variable) in model.variables.enumerated() {
      if case .month(let block, _) = variable { model.mean[position] = means[block] }
    }
  }

  /// Lets the shares of the known whole be held to their rounding as other facts are.
  mutating func holdSharesToRounding() {
    for (i, fact) in facts.enumerated() where fact.measure == .share && fact.value > 0 {
      model.observations[i].rounding = (.log(fact.value), fact.halfWidth / fact.value)
    }
  }

  /// How much variance the observations of sources that deviate as a whole are given: the square of what they are off by.
  func inflation(of doubtful: [AuditFinding]) -> [Double] {
    facts.map { fact in
      let finding = doubtful.first { $0.deviatingSource == fact.source.publisher }
      guard let deviation = finding?.deviation, fact.measure == .level else { return 0 }
      return deviation * deviation
    }
  }
}

extension Fact {
  /// Whether the two state the same thing, whatever the unit they are converted to.
  fileprivate func isSame(as other: Fact) -> Bool {
    guard series == other.series, period == other.period, measure == other.measure, line == other.line,
      source == other.source
    else { return false }
    let factor = measure.isFraction ? 1 : TradeUnit.factor(from: other.unit, to: unit) ?? 1
    return abs(other.value * factor - value) <= 1e-9 * abs(value)
  }
}
