import Tradewind

/// A fact that the others contradict, by how much, and what would repair it.
public struct AuditFinding: Sendable, Equatable {
  /// A change that alone would repair the contradiction.
  public struct Correction: Sendable, Equatable {
    public var fact: Fact
    /// What the fact would have to say, in its own unit.
    public var value: Double
  }

  /// The series of the doubtful fact.
  public var series: String
  /// The doubtful fact; if a whole source deviates, its level that is furthest off.
  public var fact: Fact
  /// The source whose levels are all off by one factor, if that is the finding.
  public var deviatingSource: String?
  /// For a deviating source: by which fraction its levels differ, 0.0125 being 1.25 % above the others.
  public var deviation: Double?
  /// What the fact would be by all the others: the smallest correction that repairs it.
  public var expected: Double
  /// Bounds of the 95 % interval of ``expected``.
  public var lower: Double
  public var upper: Double
  /// How far the fact is from ``expected``, in standard deviations of its rounding and of what the others leave open.
  public var standardisedResidual: Double
  /// The facts that contradict each other, the doubtful one first: with any of the others left out, the rest would
  /// contradict it less than half as much.
  public var involved: [Fact]
  /// The corrections that remove the contradiction: the doubtful fact's own, or those of all levels of a
  /// source that deviates. The corrections of all findings together reconcile all facts.
  public var corrections: [Correction]
  /// The facts it disagrees with; correcting one of them instead would remove all or most of the contradiction.
  public var alternatives: [Correction]

  /// The facts it disagrees with.
  public var others: [Fact] { alternatives.map(\.fact) }
}

extension AuditFinding: Encodable {}
extension AuditFinding.Correction: Encodable {}
