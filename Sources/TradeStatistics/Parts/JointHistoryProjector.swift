import RealModule
import Tradewind
import TradewindNumerics

/// Projects a whole together with its parts, so that they add up in every month and every draw.
///
/// ```swift
/// let facts = try FactFile.parse(text, file: "facts.csv")
/// let joint = try JointHistoryProjector().project("silver-concentrate-imports", from: facts)
/// for grouping in joint.groupings {
///   for part in grouping.parts { print(part.label, part.total.median, part.total.intervals) }
/// }
/// ```
///
/// The whole is projected as ``HistoryProjector`` does it; its parts change nothing in it. A part is the whole times its
/// share, and the shares have a prior of their own: each moves as a random walk with a stable seasonal pattern and an
/// irregular, in logarithms and relative to the others. Levels, growth rates, changes and shares of parts, and of sums
/// of parts (`a/b+c`), are observations of whole times share. What the named parts leave is a part too. Several
/// groupings (partners, provinces) share the draws of the whole.
///
/// A part is named if a level or share covers one of the last twelve months; others count among the remainder, as do
/// all beyond the thirty largest. Facts that reach back more than 60 months are left out.
public struct JointHistoryProjector: Sendable {
  /// How the whole is projected: the intervals' levels and the seed serve the parts too.
  public var projector = HistoryProjector()
  /// How many draws of whole and parts are made, at least 2 (a precondition); an even number.
  public var draws = 4_000 {
    didSet { precondition(draws >= 2, "At least two draws are made, not \(draws).") }
  }

  public init() {}

  /// Projects a whole and its parts.
  ///
  /// - Parameters:
  ///   - whole: The whole's series.
  ///   - groupings: How to divide it; in all ways that the facts have parts for if left out, and then one that
  ///     cannot be projected is listed in ``JointProjection/notes``.
  ///   - facts: All facts of the file.
  ///   - asOf: Only facts whose period had ended by this month are used. If left out, the last month that any of the whole's
  ///     own facts covers.
  ///   - target: What to project; the next quarter if left out.
  /// - Throws: ``ProjectionError`` where the whole cannot be projected, has no parts in a grouping asked for, or is a price.
  public func project(
    _ whole: String, by groupings: [PartGrouping]? = nil, from facts: [Fact], asOf: Period? = nil,
    to target: HistoryProjector.Target = .nextQuarter
  ) throws(ProjectionError) -> JointProjection {
    let index = FactIndex(facts)
    guard index.names.contains(whole) else { throw .unknownSeries(whole) }
    guard !SeriesName.mayBeNegative(whole) else { throw .balance(series: whole) }
    let history = try projector.fit(whole, from: index, asOf: asOf?.lastMonth, target: target)
    return try project(history, try history.projection(projector), by: groupings, from: facts)
  }

  /// Projects the parts of a whole whose history is fitted already.
  func project(
    _ history: FittedHistory, _ projection: Projection, by groupings: [PartGrouping]? = nil,
    from facts: [Fact]
  ) throws(ProjectionError) -> JointProjection {
    let whole = history.series
    let names = Set(facts.map(\.series))
    let chosen = groupings ?? PartGrouping.all(of: whole, in: facts)
    guard !chosen.isEmpty else { throw .noParts(series: whole, grouping: "any grouping") }
    var models: [PartsModel] = []
    var notes: [String] = []
    for grouping in chosen {
      do throws(ProjectionError) {
        models.append(try model(grouping, of: history, from: facts, names: names))
      } catch {
        if groupings != nil { throw error }
        notes.append("\(grouping.name): \(error)")
      }
    }
    let first = models.map(\.selection.months.lowerBound).min() ?? history.asOf.ordinal
    let last = max(history.asOf.ordinal, history.target.ordinals.upperBound)
    let wholes = WholeDraws(history, months: first...last, count: draws, seed: projector.seed)
    guard wholes.count > 0 else { throw .numerical(series: whole, reason: "no draws could be made") }
    var results: [JointProjection.Grouping] = []
    for model in models {
      do throws(LinearAlgebraError) {
        results.append(
          try PartsReading(model, history, wholes, projection, seed: projector.seed).grouping(
            levels: projector.levels))
      } catch {
        throw .numerical(series: whole, reason: "\(error)")
      }
    }
    return JointProjection(
      whole: projection, historyMeans: projection.history.map { wholes.mean($0.period.ordinal) },
      groupings: results, notes: notes)
  }

  private func model(
    _ grouping: PartGrouping, of history: FittedHistory, from facts: [Fact], names: Set<String>
  ) throws(ProjectionError) -> PartsModel {
    let ordinals = history.model.model.variables.compactMap { variable -> Int? in
      if case .month(0, let ordinal) = variable { ordinal } else { nil }
    }
    let end = max(history.asOf.ordinal, history.target.ordinals.upperBound)
    let known = min(ordinals.min() ?? end, end)...end
    let selection = try PartSelection(grouping, of: history, known: known, from: facts, names: names)
    let related =
      facts.filter { $0.series == history.series && $0.period.last.lastMonth <= history.asOf }
      + facts.filter { fact in
        grouping.holds(fact, of: history.series, names: names) && fact.period.last.lastMonth <= history.asOf
          && SeriesName.members(of: fact.series).allSatisfy(selection.parts.contains)
      }
    // That the parts add up is in the model already.
    var audit = FactAudit()
    audit.addsUpParts = false
    let findings = try audit.audit(related).findings.filter { $0.series != history.series }
    do {
      return try PartsModel(selection, of: history, doubtful: findings)
    } catch {
      throw .numerical(series: "\(history.series) (\(grouping.name))", reason: "\(error)")
    }
  }
}

extension FittedHistory {
  /// The expected level of a month of the model.
  func mean(_ ordinal: Int) -> Double {
    guard let position = position(ordinal) else { return 0 }
    return law(position, chanceOfZero: ordinal > asOf.ordinal ? zeroChance : 0).mean
  }
}
