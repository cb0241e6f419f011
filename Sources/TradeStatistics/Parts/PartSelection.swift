import RealModule
import Tradewind

/// The parts of one grouping that are modelled, with the facts about them in the whole's unit.
struct PartSelection {
  /// The most parts that are named; the smaller ones are counted among the others.
  static let mostParts = 30
  /// The most facts that are used; of more, the latest.
  static let mostFacts = 400
  /// The most months of all parts together.
  static let mostUnknowns = 1500
  /// How far back facts are used, in months.
  static let longestHistory = 60
  /// A part without a level or share in so many months is counted among the others.
  static let recentMonths = 12

  let grouping: PartGrouping
  let whole: String
  /// The named parts, in the order of the file.
  private(set) var parts: [String] = []
  /// The log share a part has on the whole, by the facts that name it; one for each of ``parts``.
  private(set) var logShares: [Double] = []
  /// Levels, growth rates and changes, and shares of zero.
  private(set) var facts: [Fact] = []
  /// Shares of the whole.
  private(set) var shares: [Fact] = []
  /// Facts about parts that are not used.
  private(set) var setAside: [FactModel.SetAside] = []
  private(set) var notes: [String] = []
  /// The months of the model.
  private(set) var months: ClosedRange<Int>

  /// - Parameters:
  ///   - facts: All facts of the file.
  ///   - history: The whole's fitted history.
  ///   - known: The months of the whole's model.
  init(
    _ grouping: PartGrouping, of history: FittedHistory, known: ClosedRange<Int>, from all: [Fact],
    names: Set<String>
  ) throws(ProjectionError) {
    self.grouping = grouping
    whole = history.series
    let end = max(history.asOf.ordinal, history.target.ordinals.upperBound)
    months = min(history.target.ordinals.lowerBound, history.asOf.ordinal)...end
    let about = all.filter { grouping.holds($0, of: history.series, names: names) }
    guard !about.isEmpty else { throw .noParts(series: whole, grouping: grouping.name) }
    if TradeUnit.averagesOverMonths(history.unit) { throw .notAdditive(series: whole, unit: history.unit) }
    for fact in about where fact.measure == .level && fact.value < 0 {
      throw .negative(series: fact.series, period: fact.period.first, value: fact.value)
    }
    for fact in about where !fact.value.isFinite {
      throw .notFinite(series: fact.series, period: fact.period.first)
    }
    var usable = converted(about, history: history, known: known)
    name(usable, history: history)
    let named = Set(parts)
    usable = usable.filter { fact in
      if SeriesName.members(of: fact.series).allSatisfy(named.contains) { return true }
      setAside.append(.init(fact: fact, reason: "it is about parts that are counted among the others"))
      return false
    }
    keepLatest(usable)
    guard !parts.isEmpty else { throw .noLevel(series: "\(whole) (\(grouping.name))", facts: about.count) }
  }

  /// The facts that can be used, in the whole's unit.
  private mutating func converted(
    _ about: [Fact], history: FittedHistory, known: ClosedRange<Int>
  ) -> [Fact] {
    let oldest = max(known.lowerBound, history.asOf.ordinal - Self.longestHistory + 1)
    var usable: [Fact] = []
    for var fact in about {
      func refuse(_ reason: String) { setAside.append(.init(fact: fact, reason: reason)) }
      if fact.period.last.lastMonth > history.asOf { continue }
      if fact.firstNeededMonth < oldest {
        refuse(
          "\(whole) is not known so far back, or it reaches back more than \(Self.longestHistory) months")
        continue
      }
      if !fact.measure.isFraction {
        guard let factor = TradeUnit.factor(from: fact.unit, to: history.unit) else {
          refuse("its unit \(fact.unit) does not convert to the whole's \(history.unit)")
          continue
        }
        fact.value *= factor
        fact.halfWidth *= factor
        fact.unit = history.unit
      }
      usable.append(fact)
    }
    return usable
  }

  /// Chooses the parts that are named, and says where their shares lie.
  private mutating func name(_ usable: [Fact], history: FittedHistory) {
    var order: [String] = []
    var logs: [String: [Double]] = [:]
    var groupLogs: [String: [Double]] = [:]
    var isRecent = Set<String>()
    let recent = history.asOf.ordinal - Self.recentMonths + 1
    for fact in usable {
      let members = SeriesName.members(of: fact.series)
      for part in members where logs[part] == nil {
        order.append(part)
        logs[part] = []
      }
      guard fact.measure == .level || fact.measure == .share else { continue }
      if fact.period.ordinals.upperBound >= recent { isRecent.formUnion(members) }
      guard fact.value > 0, let total = history.logTotal(fact.period.ordinals)?.mean else { continue }
      let log = Double.log(fact.value) - (fact.measure == .level ? total : 0)
      if members.count == 1 {
        logs[members[0], default: []].append(log)
      } else {
        for part in members { groupLogs[part, default: []].append(log - .log(Double(members.count))) }
      }
    }
    func logShare(_ part: String) -> Double {
      let own = logs[part] ?? []
      return median(own.isEmpty ? groupLogs[part] ?? [] : own)
    }
    let known = order.filter { isRecent.contains($0) && !logShare($0).isNaN }
    let span = max(months.count, Self.recentMonths)
    let most = max(1, min(Self.mostParts, Self.mostUnknowns / span - 1))
    let largest = Set(known.sorted { (logShare($0), $1) > (logShare($1), $0) }.prefix(most))
    parts = known.filter(largest.contains)
    logShares = parts.map(logShare)
    let old = order.filter { !known.contains($0) }
    if !old.isEmpty {
      notes.append(
        "counted among the others, for want of a level or share in the last \(Self.recentMonths) months: "
          + Self.list(old))
    }
    if known.count > parts.count {
      notes.append(
        "only the \(parts.count) largest parts are named; \(known.count - parts.count) more are counted among the others"
      )
    }
  }

  /// Keeps the latest facts, as many as the model can hold.
  private mutating func keepLatest(_ usable: [Fact]) {
    let order = usable.indices.sorted {
      (usable[$0].period.ordinals.upperBound, $1) > (usable[$1].period.ordinals.upperBound, $0)
    }
    var kept = Set<Int>()
    var first = months.lowerBound
    let width = parts.count + 1
    for i in order.prefix(Self.mostFacts) {
      let start = min(first, usable[i].firstNeededMonth)
      if (months.upperBound - start + 1) * width > Self.mostUnknowns { break }
      kept.insert(i)
      first = start
    }
    months = first...months.upperBound
    for (i, fact) in usable.enumerated() {
      if !kept.contains(i) {
        setAside.append(.init(fact: fact, reason: "only the latest figures about the parts are used"))
      } else if fact.measure == .share, fact.value > 0 {
        shares.append(fact)
      } else {
        facts.append(fact)
      }
    }
  }

  /// The names, of many only the first few.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(5).map { SeriesName.label(of: $0) }.joined(separator: ", ")
    return shown + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}
