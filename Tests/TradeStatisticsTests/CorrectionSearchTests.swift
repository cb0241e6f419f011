import RealModule
import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@testable import TradeStatistics

@Suite struct CorrectionSearchTests {
  /// Two months stated too high by one page; another page's coarser figures and their sum are right.
  static func twoMonths() throws -> [Fact] {
    try [
      Sample.fact("2025-01", .level, "1070.3"), Sample.fact("2025-01", .level, "1010"),
      Sample.fact("2025-02", .level, "1070.2"), Sample.fact("2025-02", .level, "1010"),
      Sample.fact("2025-01..2025-02", .level, "2020.1"),
    ]
  }

  static func model(_ facts: [Fact]) -> FactModel {
    FactModel(facts: facts, names: Set(facts.map(\.series)), sumsApart: true)
  }

  static func linear(_ model: FactModel, reducing: Bool = false) throws -> LinearFacts {
    try Contradictions(model, reducing: reducing).linearFacts()
  }

  @Test("one after the other takes three corrections, the sum's first; two suffice, and that is the least")
  func twoForThree() throws {
    let facts = try Self.twoMonths()
    let greedy = try Contradictions(Self.model(facts), reducing: false)
    #expect(greedy.suspects.count == 3)
    let report = try FactAudit().audit(facts)
    #expect(Set(report.findings.map(\.fact)) == [facts[0], facts[2]])
    for finding in report.findings { #expect(isClose(finding.expected, 1010, absolute: 1)) }
    #expect(report.contradictions.map(\.findings) == [[0, 1]])
    #expect(report.contradictions.map(\.proof) == [.smallest])
    let involved = report.contradictions.flatMap(\.facts)
    #expect(involved.count >= 4 && involved.contains(facts[0]) && involved.contains(facts[2]))
  }

  @Test("contradictions without a common fact are kept apart, each with what else would do")
  func independent() throws {
    let facts = try [
      Sample.fact("2024-01", .level, "1234"), Sample.fact("2024-01", .level, "1334"),
      Sample.fact("2025-01", .level, "1112"), Sample.fact("2025-01", .level, "1152"),
    ]
    let report = try FactAudit().audit(facts)
    #expect(report.contradictions.map(\.findings) == [[0], [1]])
    #expect(report.contradictions.allSatisfy { $0.proof == .smallest })
    #expect(Set(report.contradictions.map { Set($0.facts) }) == [Set(facts[0...1]), Set(facts[2...3])])
  }

  @Test("of two figures that differ either may be wrong, and both are named with what they would have to be")
  func tie() throws {
    let facts = try [Sample.fact("2025-01", .level, "1234"), Sample.fact("2025-01", .level, "1334")]
    let report = try FactAudit().audit(facts)
    let finding = try #require(report.findings.first)
    let other = try #require(report.contradictions.first?.alternatives.first?.first)
    #expect(report.findings.count == 1 && report.contradictions[0].alternatives.count == 1)
    // 1334 → 1234 is 7.5 % of what is stated, 1234 → 1334 is 8.1 %.
    #expect(finding.fact == facts[1] && other.fact == facts[0])
    #expect(isClose(finding.expected, 1234, absolute: 0.1) && isClose(other.value, 1334, absolute: 0.1))
    #expect(finding.alternatives == [other] && other.reconciles)
    // The difference over the standard deviation of both roundings.
    #expect(isClose(finding.standardisedResidual, 100 / (1 / 6.0).squareRoot(), relative: 0.01))
  }

  @Test("a source that counts in another unit is one correction", arguments: [1000, 0.1, 1.03])
  func source(factor: Double) throws {
    var facts: [Fact] = []
    for (t, value) in [1012.4, 988.7, 1103.2, 954.1, 1203.9, 1077.7, 1301.3, 1150.2].enumerated() {
      let month = "2025-0\(t + 1)"
      facts.append(try Sample.fact(month, .level, Sample.text(value, decimals: 1)))
      guard t < 5 else { continue }
      var second = try Sample.fact(month, .level, "1", url: "https://two.example/")
      (second.value, second.halfWidth) = (value * factor, 0.05 * factor)
      facts.append(second)
    }
    let report = try FactAudit().audit(facts)
    #expect(report.findings.map(\.deviatingSource) == ["two.example"])
    #expect(isClose(report.findings.first?.deviation ?? .nan, factor - 1, relative: 1e-3))
    #expect(report.findings.first?.corrections.count == 5)
    #expect(report.contradictions.map(\.proof) == [.smallest])
  }

  @Test(
    "of planted errors at most as many are corrected as there are, and the corrections reconcile all",
    arguments: [1, 2, 3, 4] as [UInt64], [1, 2, 4])
  func planted(seed: UInt64, errors: Int) throws {
    var facts = try FactAuditTests.consistent(seed: seed)
    var generator = SeededGenerator(seed: seed &* 31 &+ UInt64(errors))
    var places = Set<Int>()
    while places.count < errors {
      places.insert(min(Int(generator.nextUniform() * Double(facts.count)), facts.count - 1))
    }
    for place in places.sorted() {
      // Far beyond the rounding of any of them.
      switch facts[place].measure {
      case .level: facts[place].value *= 1.05 + 0.1 * generator.nextUniform()
      case .changeFromPriorYear: facts[place].value += 60 + 60 * generator.nextUniform()
      default: facts[place].value += 0.06 + 0.1 * generator.nextUniform()
      }
    }
    let report = try FactAudit().audit(facts)
    #expect(report.findings.count <= errors, "\(report.findings.map(\.fact.value))")
    for correction in report.findings.flatMap(\.corrections) {
      let place = try #require(facts.firstIndex(of: correction.fact))
      facts[place].value = correction.value
    }
    #expect(try FactAudit().audit(facts).findings.isEmpty)
  }

  // MARK: The linear form

  @Test("facts set free one after the other leave what a factorisation without them gives")
  func downdates() throws {
    let facts = try Sample.silver().filter { SeriesName.root(of: $0.series) == "silver-ingot-exports" }
    let model = Self.model(facts)
    let (signal, working) = try Contradictions(model, reducing: false).current.posterior.linearForm
    let errors = model.model.errorVariances(inflation: [])
    var linear = try LinearFacts(signal: signal, errors: errors, working: working)
    var left = Array(0..<linear.count)
    for i in [7, 20, 3, 31, 12] {
      linear.free(i)
      left.removeAll { $0 == i }
    }
    var s = Matrix(rows: left.count, columns: left.count)
    for (a, j) in left.enumerated() { for (b, k) in left.enumerated() { s[a, b] = signal[j, k] } }
    let again = try LinearFacts(signal: s, errors: left.map { errors[$0] }, working: left.map { working[$0] })
    for (a, j) in left.enumerated() {
      // The figures are known to one part in 10⁵, and their covariance has a condition of 10¹².
      #expect(isClose(linear.residual(j), again.residual(a), relative: 1e-3, absolute: 1e-2))
    }
    #expect(isClose(linear.misfit, again.misfit, relative: 1e-3))
  }

  @Test("the search finds the sets that trying all of them finds")
  func exhaustive() throws {
    var facts = try Self.twoMonths()
    facts += try [
      Sample.fact("2025-03", .level, "905.5"), Sample.fact("2025-Q1", .level, "2925"),
      Sample.fact("2025-03", .monthOnMonth, "-0.104"),
    ]
    let linear = try Self.linear(Self.model(facts))
    var expected: Set<Set<Int>> = []
    for a in facts.indices {
      for b in facts.indices where b > a {
        var state = linear
        state.free(a)
        state.free(b)
        if state.contradicted.isEmpty { expected.insert([a, b]) }
      }
    }
    var search = CorrectionSearch(linear, sources: [])
    #expect(search.solutions(size: 1).isEmpty)
    let found = search.solutions(size: 2).map(\.facts)
    #expect(!found.isEmpty && found.count == Set(found).count)
    #expect(Set(found) == expected)
    #expect(!search.isCutShort)
  }

  @Test("a copy that is set free leaves the original as it was")
  func copies() throws {
    let linear = try Self.linear(Self.model(try Self.twoMonths()))
    let before = (0..<linear.count).map(linear.residual)
    var copy = linear
    copy.free(0)
    copy.free(shiftOf: [1, 3])
    #expect((0..<linear.count).map(linear.residual) == before)
  }

  // MARK: Parts and wholes

  @Test("parts that exceed their whole are found, and shares that exceed it together")
  func parts() throws {
    let whole = try Sample.fact("2025", .level, "1001", series: "w")
    let tooMuch =
      try [whole, Sample.fact("2025", .level, "702", series: "w/a")]
      + [Sample.fact("2025", .level, "501", series: "w/b")]
    let report = try FactAudit().audit(tooMuch)
    #expect(report.findings.count == 1)
    #expect(Set(report.contradictions.flatMap(\.facts)) == Set(tooMuch))
    var apart = FactAudit()
    apart.addsUpParts = false
    #expect(try apart.audit(tooMuch).findings.isEmpty)
    let shares =
      try [whole, Sample.fact("2025", .share, "0.621", series: "w/province/a")]
      + [Sample.fact("2025", .share, "0.553", series: "w/province/b")]
    let shared = try FactAudit().audit(shares)
    #expect(shared.findings.count == 1)
    let disagreeing = shared.contradictions.flatMap(\.facts)
    #expect(shares.dropFirst().allSatisfy { disagreeing.contains($0) })
    // 62 and 33 % leave something, and so does each grouping for itself.
    let fine =
      try [whole, Sample.fact("2025", .share, "0.621", series: "w/province/a")]
      + [Sample.fact("2025", .share, "0.333", series: "w/province/b")]
      + [Sample.fact("2025", .level, "902", series: "w/processing-trade")]
    #expect(try FactAudit().audit(fine).findings.isEmpty)
  }

  @Test("a family of too many facts is said to be checked series by series")
  func largeFamily() throws {
    var facts: [Fact] = []
    for i in 0..<510 {
      facts.append(try Sample.fact("2025", .level, "\(1001 + i)", series: "w/p\(i)"))
    }
    let report = try FactAudit().audit(facts)
    #expect(report.apart == [.init(root: "w", facts: 510)])
    #expect(try FactAudit().audit(Array(facts.prefix(100))).apart.isEmpty)
  }
}
