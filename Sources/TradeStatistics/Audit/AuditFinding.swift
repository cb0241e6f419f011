import Tradewind

/// A fact that the others contradict, by how much, and what would repair it.
///
/// Findings are the members of the smallest sets of corrections; ``AuditContradiction`` says which belong together.
public struct AuditFinding: Sendable, Equatable {
  /// A change of one fact.
  public struct Correction: Sendable, Equatable {
    public var fact: Fact
    /// What the fact would have to say, in its own unit.
    public var value: Double
    /// The source whose levels would all have to change by the factor of this one, if they have to.
    public var deviatingSource: String?
    /// Whether the change in the place of the finding's own leaves no contradiction at all; if not, less than half of this one.
    public var reconciles = true

    public init(fact: Fact, value: Double, deviatingSource: String? = nil, reconciles: Bool = true) {
      self.fact = fact
      self.value = value
      self.deviatingSource = deviatingSource
      self.reconciles = reconciles
    }
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
  /// How far the fact is from ``expected``, in standard deviations of its rounding and of what the others leave open; for a
  /// deviating source, how far its levels are from agreement with the others.
  public var standardisedResidual: Double
  /// The facts that contradict each other, the doubtful one first: with any of the others left out, the rest would
  /// contradict it less than half as much.
  public var involved: [Fact]
  /// The corrections that remove the contradiction: the doubtful fact's own, or those of all levels of a
  /// source that deviates. The corrections of all findings together reconcile all facts.
  public var corrections: [Correction]
  /// Other facts whose correction instead would remove all or most of the contradiction: first those that remove it
  /// all (``Correction/reconciles``), the smallest move first.
  public var alternatives: [Correction]

  /// The facts it disagrees with.
  public var others: [Fact] { alternatives.map(\.fact) }
}

/// Facts that no history can satisfy together, and the fewest corrections that reconcile them.
///
/// A correction gives one fact, or all levels of one source together, a deviation of its own. A set of them reconciles
/// the facts if then none is further than 4 standard deviations from what the others imply. The smallest is the one with the
/// fewest members; of several, that which takes away most of what the facts are missed by (in squares of standard
/// deviations); and where that does not tell them apart, the one that moves the figures least.
public struct AuditContradiction: Sendable, Equatable, Encodable {
  /// How well the set is known to be small.
  public enum Proof: String, Sendable, Encodable {
    /// All smaller sets were excluded, by what the facts imply in the neighborhood of the history that the set leads to; about one in
    /// five hundred drawn contradictions had a smaller one that leads to a history far from it.
    case smallest
    /// None of the corrections can be left out, but there may be a smaller set of others.
    case irreducible
    /// The search ended before it was through.
    case incomplete
  }

  /// Positions in ``AuditReport/findings`` of the corrections that belong together.
  public var findings: [Int]
  /// The facts that contradict each other, with their sources.
  public var facts: [Fact]
  /// Other sets with as few corrections that reconcile the facts as well, the best first: either one or the other is right.
  public var alternatives: [[AuditFinding.Correction]]
  public var proof: Proof
}

extension AuditFinding: Encodable {}
extension AuditFinding.Correction: Encodable {}
