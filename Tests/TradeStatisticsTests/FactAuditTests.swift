import RealModule
import TestSupport
import Testing
import Tradewind

@testable import TradeStatistics

@Suite struct FactAuditTests {
  static let silver = Result { try FactAudit().audit(try Sample.silver()) }

  @Test("Peru, Mexico and Bolivia cannot be 74.1 % of 2025 with Mexico at 267 kt: 307.5 kt would repair it")
  func mexico() throws {
    let report = try Self.silver.get()
    let finding = try #require(report.findings.first)
    #expect(finding.series == "silver-concentrate-imports/mexico")
    #expect(finding.fact.value == 267_000)
    // 0.741 · 1917 − 956 − 157 = 307.5 kt by hand.
    #expect(abs(finding.expected - 307_500) < 1_000)
    #expect(finding.lower > 305_000 && finding.upper < 310_000)
    let share = try #require(finding.alternatives.first { $0.fact.measure == .share })
    #expect(share.fact.value == 0.741)
    // Without the share Mexico's other figures ask for 281 kt or more, so the share would be 0.715 to 0.73.
    #expect(share.value > 0.71 && share.value < 0.735)
  }

  @Test("the sources disagree on the total of 2024, and what each would have to say is named")
  func total2024() throws {
    let report = try Self.silver.get()
    let finding = try #require(report.findings.first { $0.deviatingSource != nil })
    #expect(finding.fact.value == 1_701_210)
    #expect(abs(finding.expected - 1_680_100) < 300)
    let growth = try #require(finding.alternatives.first { $0.fact.measure == .yearOnYear })
    // 1917 / 1701.21 − 1.
    #expect(abs(growth.value - 0.1268) < 0.0005)
  }

  @Test(
    "the ingot export figures that do not fit are found",
    arguments: [
      // 652.8 on 525.79 is +24.2 %, not +19.45 %.
      ("2025-10", Measure.monthOnMonth, 0.1945, 0.2416, 0.001),
      // 478.59 of 652.8 is 73.3 %, not 91.75 %.
      ("2025-10", .share, 0.9175, 0.7331, 0.001),
      // 4244.3 with +4.35 % is +176.9 t, not +178.4 t.
      ("2024", .changeFromPriorYear, 178.4, 176.9, 0.2),
    ])
  func ingots(period: String, measure: Measure, stated: Double, expected: Double, tolerance: Double) throws {
    let report = try Self.silver.get()
    let finding = try #require(
      report.findings.first {
        "\($0.fact.period)" == period && $0.fact.measure == measure && $0.fact.value == stated
      })
    #expect(abs(finding.expected - expected) < tolerance, "\(finding.expected)")
  }

  @Test("two statements of one growth rate that differ are both named")
  func powder() throws {
    let report = try FactAudit().audit(try Sample.silver(), series: "silver-powder-imports")
    let pair = try #require(report.findings.first { $0.series.hasSuffix("other-flake") })
    #expect(Set([pair.fact.value] + pair.others.map(\.value)) == [0.24, 0.17])
    #expect(isClose(pair.expected, pair.others[0].value, absolute: 1e-4))
  }

  @Test(
    "consistent figures, however many and however rounded, give no finding",
    arguments: [1, 2, 3, 4, 5] as [UInt64])
  func noFalseAlarm(seed: UInt64) throws {
    #expect(try FactAudit().audit(try Self.consistent(seed: seed)).findings.isEmpty)
  }

  @Test(
    "one figure changed among consistent ones is found, with its right value",
    arguments: [1, 2, 3, 4, 5] as [UInt64])
  func plantedError(seed: UInt64) throws {
    var facts = try Self.consistent(seed: seed)
    let position = try #require(facts.firstIndex { $0.measure == .level && "\($0.period)" == "2023-05" })
    let right = facts[position].value
    facts[position].value = right * 1.04
    let report = try FactAudit().audit(facts)
    let finding = try #require(report.findings.first)
    #expect(report.findings.count == 1)
    #expect(finding.fact == facts[position])
    #expect(abs(finding.expected - right) < 0.5, "\(finding.expected), not \(right)")
  }

  @Test("a jump to five times the usual is news, not a contradiction")
  func jump() throws {
    var facts: [Fact] = []
    for month in 1...12 {
      facts.append(
        try Sample.fact("2024-\(month < 10 ? "0" : "")\(month)", .level, month == 7 ? "500" : "100"))
    }
    #expect(try FactAudit().audit(facts).findings.isEmpty)
  }

  @Test("facts that repeat each other are fine; facts that differ beyond their rounding are not")
  func repetition() throws {
    let one = try Sample.fact("2025-01", .level, "1234")
    let same = try Sample.fact("2025-01", .level, "1230", url: "https://two.example/")
    let other = try Sample.fact("2025-01", .level, "1300", url: "https://two.example/")
    let precise = try Sample.fact("2025-01", .level, "1334", url: "https://two.example/")
    #expect(try FactAudit().audit([one, one, same]).findings.isEmpty)
    // 1300 is rounded to hundreds and holds 1250…1350 only.
    #expect(try FactAudit().audit([one, other]).findings.isEmpty)
    let report = try FactAudit().audit([one, precise])
    #expect(report.findings.count == 1)
    #expect(report.findings[0].alternatives.count == 1)
  }

  @Test("parts in kilograms and wholes in tons are compared in one unit")
  func units() throws {
    let facts = try [
      Sample.fact("2025", .level, "1200", series: "a"),
      Sample.fact("2025", .level, "400000", series: "a/b", unit: "kg"),
      Sample.fact("2025", .level, "300.0", series: "a/c"),
      Sample.fact("2025", .share, "0.3333", series: "a/b"),
      Sample.fact("2025", .level, "700.0", series: "a/b+c"),
      Sample.fact("2025", .share, "0.5833", series: "a/b+c"),
    ]
    let report = try FactAudit().audit(facts)
    #expect(report.findings.isEmpty)
    #expect(report.setAside.isEmpty)
    let dollars = try FactAudit().audit([
      Sample.fact("2025", .level, "1200", series: "a", unit: "usd"),
      Sample.fact("2025", .level, "400", series: "a/b"),
      Sample.fact("2025", .share, "0.33", series: "a/b"),
    ])
    #expect(dollars.setAside.map(\.fact.measure) == [.share])
  }

  @Test("a series that is only named in a sum is a whole as if it had figures of its own")
  func wholeNamedInSum() throws {
    let month = PeriodRange(.month(2020, 1))
    func t(_ series: String, _ value: Double) -> Fact {
      Fact(series: series, period: month, measure: .level, value: value, unit: "t", halfWidth: 0.5)
    }
    // 70 of y within an x that is at most 50.
    let facts = [t("a", 100), t("a/x+z", 50), t("a/x/y", 70)]
    var model = FactModel(facts: facts, names: Set(facts.map(\.series)), sumsApart: true)
    model.linkParts(names: Set(facts.map(\.series)))
    let members = model.model.compositions.flatMap(\.members)
    #expect(members.count == Set(members).count, "a part has one whole")
    #expect(try FactAudit().audit(facts).findings.count == 1)
  }

  @Test("a month stated to be zero and to be not is listed; so is a zero that only rounds to zero")
  func zeros() throws {
    var facts = try (1...9).map { try Sample.fact("2025-0\($0)", .level, "505") }
    facts.append(try Sample.fact("2025-05", .level, "0"))
    var coarse = try Sample.fact("2025-10", .level, "0")
    coarse.halfWidth = 500
    facts.append(coarse)
    let report = try FactAudit().audit(facts)
    #expect(report.setAside.map(\.fact) == [facts[9], coarse])
    #expect(report.factsChecked == 9)
  }

  @Test("a search that ends early says so, and nothing is projected on such figures")
  func exhausted() throws {
    var facts: [Fact] = []
    for t in 0..<40 {
      let month = Period.month(2022, 1).advanced(by: t)
      facts.append(try Sample.fact("\(month)", .level, "1001"))
      facts.append(try Sample.fact("\(month)", .level, "\(2001 + t)", url: ""))
    }
    #expect(try FactAudit().audit(facts).isComplete == false)
    #expect(throws: ProjectionError.contradictory(series: "s", found: 25)) {
      try HistoryProjector().project("s", from: facts)
    }
  }

  @Test(
    "publishers are told apart by the domain that is theirs",
    arguments: [
      ("https://news.metal.com/a", "metal.com"), ("http://www.smm.com.cn:80/x", "smm.com.cn"),
      ("https://smm.cn", "smm.cn"),
      ("https://10.0.0.1/x", "10.0.0.1"), ("https://host/", "host"), ("", "Customs"),
    ])
  func publishers(url: String, publisher: String) {
    #expect(FactSource(title: "Customs, 2025", url: url).publisher == publisher)
  }

  @Test("what cannot be checked is listed with the reason")
  func unchecked() throws {
    let report = try Self.silver.get()
    #expect(report.factsChecked == 213 - report.setAside.count)
    #expect(report.setAside.contains { $0.fact.series == "silver-products-trade-balance-value" })
    #expect(throws: ProjectionError.unknownSeries("x")) {
      try FactAudit().audit(try Sample.silver(), series: "x")
    }
    #expect(try FactAudit().audit([]).findings.isEmpty)
  }

  @Test("ten thousand partners are checked in time, series by series")
  func manySeries() throws {
    var facts: [Fact] = []
    let year = try Sample.fact("2025", .level, "100", series: "a/p")
    for i in 0..<10_000 {
      var fact = year
      fact.series = "a/p\(i)"
      facts.append(fact)
    }
    #expect(try FactAudit().audit(facts).factsChecked == 10_000)
  }

  /// Levels, growth rates and sums of one drawn history, each rounded, from two sources.
  static func consistent(seed: UInt64) throws -> [Fact] {
    let scales = HistoryPrior(level: 0.04, seasonal: 0.15, irregular: 0.15, seasonalMemory: 300)
    let values = Sample.history(scales, months: 48, level: 100, seed: seed)
    var facts: [Fact] = []
    for t in 12..<48 {
      let month = Period.month(2021, 1).advanced(by: t)
      facts.append(try Sample.fact("\(month)", .level, Sample.text(values[t], decimals: 1)))
      facts.append(
        try Sample.fact("\(month)", .monthOnMonth, Sample.text(values[t] / values[t - 1] - 1, decimals: 3)))
      facts.append(
        try Sample.fact(
          "\(month)", .yearOnYear, Sample.text(values[t] / values[t - 12] - 1, decimals: 3),
          url: "https://two.example/"))
    }
    for year in 1..<4 {
      let sum = values[12 * year..<12 * year + 12].reduce(0, +)
      let before = values[12 * year - 12..<12 * year].reduce(0, +)
      facts.append(
        try Sample.fact("\(2021 + year)", .level, Sample.text(sum, decimals: 0), url: "https://two.example/"))
      facts.append(
        try Sample.fact("\(2021 + year)", .changeFromPriorYear, Sample.text(sum - before, decimals: 0)))
    }
    return facts
  }
}
