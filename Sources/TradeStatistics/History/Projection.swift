import Tradewind

/// A monthly history rebuilt from facts, and its continuation.
public struct Projection: Sendable, Equatable {
  /// How the value of a past month is known.
  public enum Status: String, Sendable, Codable {
    /// A source states the month itself.
    case published
    /// It follows from stated figures, up to their rounding.
    case derived
    /// Only sums that hold it, or only other months, are known.
    case estimated
  }

  /// One past month.
  public struct HistoryMonth: Sendable, Equatable {
    public var period: Period
    /// The most probable level.
    public var median: Double
    /// Bounds of the 95 % interval.
    public var lower: Double
    public var upper: Double
    public var status: Status
  }

  /// A month to come, or the total of several.
  public struct ProjectedPeriod: Sendable, Equatable {
    public var period: PeriodRange
    public var median: Double
    public var mean: Double
    /// One interval for each level that was asked for, in that order; equal tails.
    public var intervals: [PredictionInterval]
  }

  /// The series.
  public var series: String
  /// The unit of all amounts.
  public var unit: String
  /// The last month whose figures were used.
  public var asOf: Period
  /// The model and its estimated scales, in words.
  public var model: String
  /// The scales that were estimated.
  public var scales: HistoryPrior
  /// Every month from the first that a fact touches to ``asOf``.
  public var history: [HistoryMonth]
  /// Every month from the one after ``asOf`` to the end of the target.
  public var horizon: [ProjectedPeriod]
  /// The target as a whole: its sum, or its mean for a price. Its law is that of the months jointly.
  public var total: ProjectedPeriod
  /// How many facts were used.
  public var factsUsed: Int
  /// Facts that contradict the others; they count for little in the projection.
  public var doubtful: [AuditFinding]
  /// What else a reader should know: facts set aside, months without trade.
  public var notes: [String]
  /// The pages that state the facts used, each once, in the order of the facts; not part of the JSON form.
  public var sources: [FactSource] = []
}

extension Projection: Encodable {
  private enum Key: String, CodingKey {
    case series, unit, asOf, model, horizon, total, history, facts, notes
  }

  private enum FactKey: String, CodingKey { case used, doubtful }

  /// `{series, unit, asOf, model, horizon, total, history, facts: {used, doubtful}, notes}`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(series, forKey: .series)
    try container.encode(unit, forKey: .unit)
    try container.encode(asOf, forKey: .asOf)
    try container.encode(model, forKey: .model)
    try container.encode(horizon, forKey: .horizon)
    try container.encode(total, forKey: .total)
    try container.encode(history, forKey: .history)
    var facts = container.nestedContainer(keyedBy: FactKey.self, forKey: .facts)
    try facts.encode(factsUsed, forKey: .used)
    try facts.encode(doubtful, forKey: .doubtful)
    try container.encode(notes, forKey: .notes)
  }
}

extension Projection.HistoryMonth: Encodable {}
extension Projection.ProjectedPeriod: Encodable {}
