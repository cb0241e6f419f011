import Tradewind

/// A whole's projection with those of its parts, which add up to it in every month and every draw.
public struct JointProjection: Sendable, Equatable {
  /// A part in one past month.
  public struct Month: Sendable, Equatable, Encodable {
    public var period: Period
    /// The middle of its distribution.
    public var median: Double
    /// Its expected value; those of all parts add up to the whole's (``JointProjection/historyMeans``).
    public var mean: Double
    /// Bounds of the 95 % interval.
    public var lower: Double
    public var upper: Double
    /// How it is known, as in ``Projection/HistoryMonth``.
    public var status: Projection.Status
  }

  /// A named part, or what no name accounts for.
  public struct Part: Sendable, Equatable {
    /// The series' name; for the remainder `a/others`.
    public var series: String
    /// The last word of the name.
    public var label: String
    /// Whether it is what the named parts leave of the whole.
    public var isRemainder: Bool
    /// Every month from the first that a used fact about any of the parts touches.
    public var history: [Month]
    /// Every month of the whole's horizon. Means add up over the parts to the whole's.
    public var horizon: [Projection.ProjectedPeriod]
    /// The target as a whole. Means add up over the parts to the whole's.
    public var total: Projection.ProjectedPeriod
    /// The part's share of the target's total, a fraction. Means add up to 1.
    public var share: Projection.ProjectedPeriod
    /// How many facts name the part, alone or in a sum.
    public var facts: Int
  }

  /// One way to divide the whole.
  public struct Grouping: Sendable, Equatable {
    public var grouping: PartGrouping
    /// The named parts, the largest in the target first, then the remainder.
    public var parts: [Part]
    /// The model of the shares and its estimated scales, in words.
    public var model: String
    /// The scales of the log shares.
    public var scales: HistoryPrior
    /// How many facts about parts were used.
    public var factsUsed: Int
    /// Facts about parts that the others contradict. They are left out; the levels of a source that deviates as a whole
    /// count for little.
    public var doubtful: [AuditFinding]
    /// Facts set aside, parts counted among the others, and what else a reader should know.
    public var notes: [String]
    /// The draws that all distributions above are read off; not part of the JSON form.
    public var draws: PartDraws
  }

  /// The whole, as ``HistoryProjector`` gives it: its parts change nothing in it.
  public var whole: Projection
  /// The expected value of each month of the whole's history.
  public var historyMeans: [Double]
  public var groupings: [Grouping]
  /// Groupings that could not be projected, and why.
  public var notes: [String]
}

extension JointProjection: Encodable {
  private enum Key: String, CodingKey { case whole, groupings, notes }

  /// `{whole, groupings: [{name, model, parts, facts: {used, doubtful}, notes}], notes}`, the whole as in ``Projection``.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(whole, forKey: .whole)
    try container.encode(groupings, forKey: .groupings)
    try container.encode(notes, forKey: .notes)
  }
}

extension JointProjection.Grouping: Encodable {
  private enum Key: String, CodingKey { case name, model, parts, facts, notes }

  private enum FactKey: String, CodingKey { case used, doubtful }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(grouping.name, forKey: .name)
    try container.encode(model, forKey: .model)
    try container.encode(parts, forKey: .parts)
    var facts = container.nestedContainer(keyedBy: FactKey.self, forKey: .facts)
    try facts.encode(factsUsed, forKey: .used)
    try facts.encode(doubtful, forKey: .doubtful)
    try container.encode(notes, forKey: .notes)
  }
}

extension JointProjection.Part: Encodable {}
