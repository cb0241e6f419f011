import RealModule
import Tradewind
import TradewindNumerics

/// A set of facts turned into a ``HistoryModel``.
///
/// Handles what logarithms cannot: a month stated to be without trade leaves every sum it is part of, and a fact that
/// refers to such a month as its base, or to a balance, is set aside with the reason.
struct FactModel {
  /// A fact that the model does not use, and why.
  struct SetAside: Sendable {
    var fact: Fact
    var reason: String
  }

  /// A statement about the logarithm of a series' total over a period that comes from elsewhere: a share of a parent
  /// whose own history is known.
  struct DerivedLevel {
    var fact: Fact
    var months: ClosedRange<Int>
    /// The logarithm of the parent's total over the months, in ``unit``.
    var logParent: Double
    /// The parent's unit.
    var unit: String
    /// The variance of the share's rounding and of the parent's total, both relative.
    var variance: Double
  }

  var model = HistoryModel()
  /// The facts the observations came from, in the same order.
  private(set) var facts: [Fact] = []
  private(set) var setAside: [SetAside] = []
  /// The series modelled, one block each.
  var blocks: [String] = []
  /// The unit of each block's levels.
  var units: [String] = []
  /// Months stated to be without trade, by block.
  var zeroMonths: [Set<Int>] = []
  /// The prior mean log level of a month, by block.
  var means: [Double] = []

  /// How many facts only repeat another to the last digit, and are no observations of their own.
  private(set) var repeated = 0
  /// How many facts say that there was no trade.
  private(set) var zeroFacts = 0

  private var blockOf: [String: Int] = [:]
  private let names: Set<String>
  private let sumsApart: Bool

  /// - Parameters:
  ///   - facts: What is known. Facts of all the series they mention become observations.
  ///   - derived: Levels known from a parent's history.
  ///   - names: All series of the file, which decide what is the parent of what.
  ///   - sumsApart: Whether `a/b+c` is the sum of two unknown series, as an audit needs it, or one series of its own.
  ///   - emptyMonths: Months without trade in all series.
  init(
    facts given: [Fact], derived: [DerivedLevel] = [], names: Set<String>, sumsApart: Bool,
    emptyMonths: Set<Int> = []
  ) {
    self.names = names
    self.sumsApart = sumsApart
    let negative = Set(given.filter { $0.measure == .level && $0.value < 0 }.map(\.series))
    let usable = given.filter { fact in
      if SeriesName.mayBeNegative(fact.series) {
        setAside.append(SetAside(fact: fact, reason: "a balance may be negative and has no logarithm"))
      } else if negative.contains(fact.series) {
        setAside.append(
          SetAside(fact: fact, reason: "the series has values below zero, which have no logarithm"))
      } else {
        return true
      }
      return false
    }
    collectBlocks(usable, derived)
    means = blockMeans(usable, derived)
    collectZeros(usable)
    for block in blocks.indices { zeroMonths[block].formUnion(emptyMonths) }
    var seen = Set<Statement>()
    for fact in usable {
      // A second page with the same rounded figure is no second measurement.
      if seen.insert(Statement(fact)).inserted { addObservation(fact) } else { repeated += 1 }
    }
    for level in derived { addObservation(level) }
    for (position, variable) in model.variables.enumerated() {
      if case .month(let block, _) = variable { model.mean[position] = means[block] }
    }
  }

  /// What a fact says, whoever says it.
  private struct Statement: Hashable {
    var series: String
    var period: ClosedRange<Int>
    var measure: Measure
    var value: Double
    var unit: String
    var halfWidth: Double

    init(_ fact: Fact) {
      (series, period, measure) = (fact.series, fact.period.ordinals, fact.measure)
      (value, unit, halfWidth) = (fact.value, fact.unit, fact.halfWidth)
    }
  }

  /// Makes every month of the first block an unknown, from the first that a fact touches, or `start` if that is earlier,
  /// to `last`.
  mutating func addMonths(from start: Int, through last: Int) {
    let ordinals = model.variables.compactMap { variable -> Int? in
      if case .month(0, let ordinal) = variable { ordinal } else { nil }
    }
    guard let touched = (ordinals + (zeroMonths.first ?? [])).min() else { return }
    let first = min(touched, start)
    guard first <= last else { return }
    for ordinal in first...last {
      _ = model.position(of: .month(block: 0, ordinal: ordinal), mean: means.first ?? 0)
    }
  }

  /// Moves facts whose rounding the most probable history `z` does not respect.
  ///
  /// Normal errors have tails that rounding has not: a coarsely rounded month among quite different neighbours would be
  /// pulled beyond what its source can have meant. What such a fact observes is moved away from the history, by twice the
  /// excess each time, until the history lies within the bounds; its variance stays, so that nothing seems surer than its
  /// rounding. Two facts that pull against each other move apart and leave the history where it is.
  ///
  /// - Returns: Whether a fact was moved.
  mutating func holdToRounding(at z: [Double], inflation: [Double]) -> Bool {
    var moved = false
    let levels = model.levels(at: z)
    for i in model.observations.indices where inflation[i] == 0 && model.observations[i].sourceEffect == nil {
      guard let bounds = model.observations[i].roundingBounds else { continue }
      let predicted = model.observations[i].predicted(at: levels)
      let excess = predicted - min(max(predicted, bounds.lowerBound), bounds.upperBound)
      // Rounding below the error that is always assumed is not seen.
      guard abs(excess) > 2 * HistoryModel.smallestError else { continue }
      model.observations[i].value -= 2 * excess
      moved = true
    }
    return moved
  }

  /// Gives the levels of `publisher` a deviation of their own, with this prior standard deviation.
  mutating func free(publisher: String, index: Int, spread: Double) {
    let variable = model.position(of: .sourceEffect(index))
    model.sourceSpreads[index] = spread
    for (i, fact) in facts.enumerated() where fact.measure == .level && fact.source.publisher == publisher {
      model.observations[i].sourceEffect = variable
    }
  }

  mutating func add(effects: [(column: [Double], spread: Double)]) { model.effects += effects }

  // MARK: Blocks, zeros, means

  private mutating func collectBlocks(_ given: [Fact], _ derived: [DerivedLevel]) {
    func add(_ series: String, unit: String?) {
      for member in blockNames(of: series) {
        if let known = blockOf[member] {
          if units[known].isEmpty, let unit { units[known] = unit }
        } else {
          blockOf[member] = blocks.count
          blocks.append(member)
          units.append(unit ?? "")
          zeroMonths.append([])
        }
      }
    }
    for fact in given {
      let unit = fact.measure.isFraction ? nil : fact.unit
      add(fact.series, unit: unit)
      if fact.measure == .share, let parent = SeriesName.parent(of: fact.series, among: names) {
        add(parent, unit: nil)
      }
    }
    for level in derived { add(level.fact.series, unit: level.unit) }
    // The unit most facts use; the earlier on a tie.
    for block in blocks.indices {
      var counts: [String: Int] = [:]
      for fact in given where !fact.measure.isFraction && fact.series == blocks[block] {
        counts[fact.unit, default: 0] += 1
      }
      if let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) { units[block] = most.key }
    }
    // Series that are compared must count in one unit, so each takes that of the first it converts to; one that is known by
    // shares alone, its parent's.
    for block in blocks.indices {
      if units[block].isEmpty, let parent = SeriesName.parent(of: blocks[block], among: names) {
        units[block] = blockOf[parent].map { units[$0] } ?? ""
      }
      if let first = units[..<block].first(where: { TradeUnit.factor(from: units[block], to: $0) != nil }) {
        units[block] = first
      }
    }
  }

  private mutating func collectZeros(_ given: [Fact]) {
    for fact in given where fact.saysZero {
      func refuse(_ reason: String) { setAside.append(SetAside(fact: fact, reason: reason)) }
      let names = blockNames(of: fact.series)
      let months = fact.period.ordinals
      let positive = given.contains { other in
        other.measure == .level && other.value > 0 && names.contains(other.series)
          && months.contains(other.period.ordinals.lowerBound)
          && months.contains(other.period.ordinals.upperBound)
      }
      if positive {
        refuse("another figure states trade in that period")
        continue
      }
      // A zero that was rounded coarsely only says that there was little.
      let level = names.compactMap { blockOf[$0] }.map { Double.exp(means[$0]) }.max() ?? 0
      let coarse =
        switch fact.measure {
        case .level:
          fact.halfWidth * (TradeUnit.factor(from: fact.unit, to: unit(of: fact)) ?? 1) > 0.1 * level
        default: fact.halfWidth > 0.01
        }
      if coarse, given.contains(where: { $0.measure == .level && $0.value > 0 && names.contains($0.series) })
      {
        refuse("a zero rounded so coarsely does not say that there was no trade")
        continue
      }
      zeroFacts += 1
      for block in names.compactMap({ blockOf[$0] }) { zeroMonths[block].formUnion(months) }
    }
  }

  /// The mean log level of a month for each block: the median over its published levels, or what shares of a parent
  /// or changes suggest.
  private func blockMeans(_ given: [Fact], _ derived: [DerivedLevel]) -> [Double] {
    var logs = [[Double]](repeating: [], count: blocks.count)
    for fact in given where fact.measure == .level && fact.value > 0 {
      let members = blockNames(of: fact.series).compactMap { blockOf[$0] }
      for block in members {
        guard let factor = TradeUnit.factor(from: fact.unit, to: units[block]) else { continue }
        let count = TradeUnit.averagesOverMonths(units[block]) ? 1 : Double(fact.period.ordinals.count)
        let level = Double.log(fact.value * factor / count / Double(members.count))
        if level.isFinite { logs[block].append(level) }
      }
    }
    for level in derived {
      guard let block = blockOf[level.fact.series] else { continue }
      let count = TradeUnit.averagesOverMonths(units[block]) ? 1 : Double(level.months.count)
      logs[block].append(logParent(level) + .log(level.fact.value / count))
    }
    var means = logs.map { $0.isEmpty ? Double.nan : median($0) }
    for fact in given where fact.measure == .share && fact.value > 0 {
      guard let parent = SeriesName.parent(of: fact.series, among: names), let whole = blockOf[parent] else {
        continue
      }
      let members = blockNames(of: fact.series).compactMap { blockOf[$0] }
      for block in members where means[block].isNaN {
        means[block] = means[whole] + .log(fact.value / Double(members.count))
      }
    }
    for fact in given where fact.measure == .changeFromPriorYear && fact.value != 0 {
      guard let block = blockOf[fact.series], means[block].isNaN else { continue }
      means[block] = .log(5 * abs(fact.value) / Double(fact.period.ordinals.count))
    }
    return means.map { $0.isFinite ? $0 : 0 }
  }

  /// The blocks that a name stands for.
  private func blockNames(of name: String) -> [String] { sumsApart ? SeriesName.members(of: name) : [name] }

  // MARK: Observations

  private mutating func addObservation(_ fact: Fact) {
    let members = blockNames(of: fact.series)
    let months = fact.period.ordinals
    let block = members.first.flatMap { blockOf[$0] } ?? 0
    let unit = units[block]
    // Growth and shares divide equal numbers of months, so only a level needs the mean's divisor.
    let averages = TradeUnit.averagesOverMonths(unit)
    let factor = fact.measure.isFraction ? 1 : TradeUnit.factor(from: fact.unit, to: unit) ?? 1
    let value = fact.value * factor
    let half = fact.halfWidth * factor
    guard members.allSatisfy({ blockOf[$0].map { units[$0] == unit } ?? true }) else {
      setAside.append(SetAside(fact: fact, reason: "the units of its parts do not convert to one another"))
      return
    }

    var observation = Observation(form: .logRatio, numerator: [], value: 0, variance: 0, fact: facts.count)
    switch fact.measure {
    case .level:
      guard value > 0 else { return }
      observation.value = .log(value)
      observation.variance = roundingVariance(half / value)
      if averages { observation.offset = -.log(Double(months.count)) }
    case .monthOnMonth, .yearOnYear:
      guard fact.value > -1 else { return }
      let back = fact.measure == .yearOnYear ? 12 : months.count
      observation.denominator = positions(members, months.shifted(by: -back))
      observation.value = .log(onePlus: value)
      observation.variance = roundingVariance(half / (1 + value))
      guard !observation.denominator.isEmpty else {
        setAside.append(SetAside(fact: fact, reason: "the period it compares with had no trade"))
        return
      }
    case .changeFromPriorYear:
      let typical = Double.exp(means[block]) * Double(averages ? 1 : months.count * members.count)
      let scale = typical * (averages ? Double(months.count) : 1)
      observation.form = .difference(scale: scale)
      observation.denominator = positions(members, months.shifted(by: -12))
      observation.value = value * (averages ? Double(months.count) : 1) / scale
      observation.variance = roundingVariance(half / typical)
    case .share:
      guard value > 0 else { return }
      guard let parent = SeriesName.parent(of: fact.series, among: names) else {
        setAside.append(SetAside(fact: fact, reason: "there is no series it could be a share of"))
        return
      }
      guard blockNames(of: parent).allSatisfy({ blockOf[$0].map { units[$0] == unit } ?? true }) else {
        setAside.append(SetAside(fact: fact, reason: "its unit does not convert to that of \(parent)"))
        return
      }
      observation.denominator = positions(blockNames(of: parent), months)
      observation.value = .log(value)
      observation.variance = roundingVariance(half / value)
      guard !observation.denominator.isEmpty else {
        setAside.append(SetAside(fact: fact, reason: "\(parent) had no trade in that period"))
        return
      }
    }
    observation.numerator = positions(members, months)
    guard !observation.numerator.isEmpty, observation.value.isFinite, observation.variance.isFinite else {
      setAside.append(SetAside(fact: fact, reason: "other facts say that there was no trade in that period"))
      return
    }
    observation.rounding = (observation.value, (3 * observation.variance).squareRoot())
    facts.append(fact)
    model.observations.append(observation)
  }

  /// The logarithm of the parent's total in the unit of the part's block.
  private func logParent(_ level: DerivedLevel) -> Double {
    let unit = blockOf[level.fact.series].map { units[$0] } ?? level.unit
    return level.logParent + .log(TradeUnit.factor(from: level.unit, to: unit) ?? .nan)
  }

  /// A share of a parent that is known: log S − log parent is the logarithm of the share.
  private mutating func addObservation(_ level: DerivedLevel) {
    let parent = logParent(level)
    guard parent.isFinite else {
      setAside.append(SetAside(fact: level.fact, reason: "its unit does not convert to that of its parent"))
      return
    }
    let numerator = positions(blockNames(of: level.fact.series), level.months)
    guard !numerator.isEmpty else {
      setAside.append(
        SetAside(fact: level.fact, reason: "other facts say that there was no trade in that period"))
      return
    }
    let averages = TradeUnit.averagesOverMonths(unit(of: level.fact))
    model.observations.append(
      Observation(
        form: .logRatio, numerator: numerator,
        offset: -parent - (averages ? .log(Double(level.months.count)) : 0),
        value: .log(level.fact.value), variance: level.variance, fact: facts.count))
    facts.append(level.fact)
  }

  private mutating func positions(_ members: [String], _ months: ClosedRange<Int>) -> [Int] {
    var found: [Int] = []
    for member in members {
      guard let block = blockOf[member] else { continue }
      for ordinal in months where !zeroMonths[block].contains(ordinal) {
        found.append(model.position(of: .month(block: block, ordinal: ordinal)))
      }
    }
    return found
  }

  /// Variance of an error that is uniform within ± `half`.
  private func roundingVariance(_ half: Double) -> Double { half * half / 3 }
}

extension PeriodRange {
  /// The ordinals of the months covered.
  var ordinals: ClosedRange<Int> { first.firstMonth.ordinal...last.lastMonth.ordinal }
}

extension Fact {
  /// Whether the fact states that there was no trade.
  var saysZero: Bool {
    switch measure {
    case .level, .share: value == 0
    case .monthOnMonth, .yearOnYear: value == -1
    case .changeFromPriorYear: false
    }
  }
}

extension ClosedRange<Int> {
  func shifted(by months: Int) -> ClosedRange<Int> { lowerBound + months...upperBound + months }
}

extension FactModel {
  /// The unit in which the fact's series is modelled.
  func unit(of fact: Fact) -> String {
    let members = blockNames(of: fact.series)
    return zip(blocks, units).first { $0.0 == members.first }?.1 ?? fact.unit
  }
}
