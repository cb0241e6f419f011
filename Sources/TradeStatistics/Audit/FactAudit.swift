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
/// so are parts that exceed their whole. A finding names the fact that the others contradict most, what it
/// would have to be, and the facts it disagrees with: correcting any one of those would do as well, and which is wrong
/// the figures alone cannot always tell. Repeated facts that agree are fine.
public struct FactAudit: Sendable {
  /// The most facts that are checked in one go; a larger family is checked series by series, and a longer series in
  /// stretches of this many facts in the order of time.
  public static let largestGroup = 500
  /// The most months that the facts of one stretch may name, counted with repetition.
  static let mostMonths = 1500

  /// Whether the parts of each grouping must add up to their whole with what is not named. It costs several times as long.
  public var addsUpParts = false

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
      for group in groups(families[root] ?? []) {
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
    report.setAside += model.setAside.map { .init(fact: $0.fact, reason: $0.reason) }
    guard model.facts.count > 1 else { return }
    do throws(LinearAlgebraError) {
      let contradictions = try Contradictions(model)
      if contradictions.isExhausted { report.isComplete = false }
      let findings = contradictions.findings()
      report.findings += findings.sorted { abs($0.standardisedResidual) > abs($1.standardisedResidual) }
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
  /// A fact that could not be checked, and why.
  public struct Unchecked: Sendable, Equatable {
    public var fact: Fact
    public var reason: String
  }

  public var findings: [AuditFinding]
  /// How many facts were checked.
  public var factsChecked: Int
  public var setAside: [Unchecked]
  /// Whether the search went to its end; it stops after 25 findings in one family of series.
  public var isComplete = true
}

extension AuditReport: Encodable {}
extension AuditReport.Unchecked: Encodable {}
