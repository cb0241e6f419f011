import Tradewind
import TradewindNumerics

/// Checks published facts against each other.
///
/// ```swift
/// let report = try FactAudit().audit(facts)
/// for finding in report.findings { print(finding.series, finding.fact.value, finding.expected) }
/// ```
///
/// All series with the same root (`silver-concentrate-imports`, its partners and provinces) are checked together, so a share that does not fit the levels is found, and
/// so are parts that exceed their whole. A contradiction comes with the fewest corrections that reconcile the facts
/// (``AuditContradiction``), and each of these with the facts whose correction would do as well: which is wrong the figures
/// alone cannot always tell. Repeated facts that agree are fine.
public struct FactAudit: Sendable {
  /// The most facts that are checked in one go; a larger family is checked series by series, and a longer series in
  /// stretches of this many facts in the order of time.
  public static let largestGroup = 500
  /// The most months that the facts of one stretch may name, counted with repetition.
  static let mostMonths = 1500

  /// Whether the parts of each grouping must add up to their whole with what is not named. It costs about twice as long.
  public var addsUpParts = true

  public init() {}

  /// Checks all facts, or one series with the series it shares a root with.
  ///
  /// - Returns: The findings, the family's in the order of the file and the most contradicted first.
  /// - Throws: ``ProjectionError`` if `series` is not among the facts, or the equations cannot be solved.
  public func audit(_ facts: [Fact], series: String? = nil) throws(ProjectionError) -> AuditReport {
    if let series, !facts.contains(where: { $0.series == series }) { throw .unknownSeries(series) }
    var roots: [String] = []
    var families: [String: [Fact]] = [:]
    for fact in facts {
      let root = SeriesName.root(of: fact.series)
      if families[root] == nil { roots.append(root) }
      families[root, default: []].append(fact)
    }
    let names = Set(facts.map(\.series))
    var report = AuditReport(findings: [], factsChecked: 0, setAside: [])
    for root in roots where series.map({ SeriesName.root(of: $0) == root }) ?? true {
      let groups = groups(families[root] ?? [])
      if addsUpParts, groups.count > 1, Set((families[root] ?? []).map(\.series)).count > 1 {
        report.apart.append(.init(root: root, facts: families[root]?.count ?? 0))
      }
      for group in groups {
        try check(group, names: names, into: &report)
      }
    }
    return report
  }

  private func check(
    _ facts: [Fact], names: Set<String>, into report: inout AuditReport
  ) throws(ProjectionError) {
    var model = FactModel(facts: facts, names: names, sumsApart: true)
    if addsUpParts { model.linkParts(names: names) }
    report.factsChecked += model.facts.count + model.repeated + model.zeroFacts
    report.factsWithZeros += facts.count(where: \.endsInZeros)
    report.setAside += model.setAside.map { .init(fact: $0.fact, reason: $0.reason) }
    guard model.facts.count > 1 else { return }
    do throws(LinearAlgebraError) {
      let contradictions = try Contradictions(model)
      if contradictions.isExhausted { report.isComplete = false }
      var (findings, found) = contradictions.results()
      for i in found.indices { found[i].findings = found[i].findings.map { $0 + report.findings.count } }
      report.findings += findings
      report.contradictions += found
    } catch {
      throw .numerical(series: facts.first?.series ?? "", reason: "\(error)")
    }
  }

  /// Facts that are checked together: the whole family if it is small enough, otherwise each series in stretches.
  private func groups(_ family: [Fact]) -> [[Fact]] {
    if Self.fits(family) { return [family] }
    var order: [String] = []
    var bySeries: [String: [Fact]] = [:]
    for fact in family {
      if bySeries[fact.series] == nil { order.append(fact.series) }
      bySeries[fact.series, default: []].append(fact)
    }
    return order.flatMap { stretches(bySeries[$0] ?? []) }
  }

  private func stretches(_ facts: [Fact]) -> [[Fact]] {
    let sorted = facts.enumerated().sorted {
      ($0.element.period.ordinals.upperBound, $0.offset) < ($1.element.period.ordinals.upperBound, $1.offset)
    }
    var stretches: [[Fact]] = []
    var current: [Fact] = []
    var months = 0
    for (_, fact) in sorted {
      if current.count >= Self.largestGroup || months + fact.monthsTouched > Self.mostMonths, !current.isEmpty
      {
        stretches.append(current)
        (current, months) = ([], 0)
      }
      current.append(fact)
      months += fact.monthsTouched
    }
    return current.isEmpty ? stretches : stretches + [current]
  }

  /// Whether one model can hold the facts: each adds at most the months it names, of each series it names.
  private static func fits(_ facts: [Fact]) -> Bool {
    guard facts.count <= largestGroup else { return false }
    var unknowns = Set<String>()
    var months = Set<Int>()
    for fact in facts {
      unknowns.formUnion(SeriesName.members(of: fact.series))
      months.formUnion(fact.firstNeededMonth...fact.period.ordinals.upperBound)
      if months.count * unknowns.count > mostMonths { return false }
    }
    return true
  }
}

extension Fact {
  fileprivate var monthsTouched: Int {
    (period.ordinals.upperBound - firstNeededMonth + 1) * SeriesName.members(of: series).count
  }
}

/// What an audit found.
public struct AuditReport: Sendable, Equatable {
  /// A whole with its parts.
  public struct Family: Sendable, Equatable, Encodable {
    /// The first label of the series' names.
    public var root: String
    /// How many facts there are.
    public var facts: Int
  }

  /// A fact that could not be checked, and why.
  public struct Unchecked: Sendable, Equatable {
    public var fact: Fact
    public var reason: String
  }

  /// The figures to correct, in the order of ``contradictions``.
  public var findings: [AuditFinding]
  /// Which findings belong together, and what else would reconcile the facts; those of a family the largest first.
  public var contradictions: [AuditContradiction] = []
  /// How many facts were checked.
  public var factsChecked: Int
  /// How many facts, checked or not, end in zeros before the point and are rounded to the digit before these, as they
  /// are taken to be where a file has no column `precision`.
  public var factsWithZeros = 0
  public var setAside: [Unchecked]
  /// Families of series with more facts than are checked in one go: each series was checked by itself, and whether parts
  /// and whole go together was not.
  public var apart: [Family] = []
  /// Whether the search went to its end; it stops after 25 findings in one family of series.
  public var isComplete = true
}

extension AuditReport: Encodable {}
extension AuditReport.Unchecked: Encodable {}
