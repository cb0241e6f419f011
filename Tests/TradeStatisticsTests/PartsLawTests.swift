import RealModule
import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@testable import TradeStatistics

@Suite struct PartsLawTests {
  /// A whole of 24 months around 100, and parts by year.
  static func whole(factor: Double = 1) throws -> [Fact] {
    let scales = HistoryPrior(level: 0.03, seasonal: 0.1, irregular: 0.08, seasonalMemory: 300)
    return Sample.history(scales, months: 24, level: 100, seed: 3).enumerated().map { t, value in
      Fact(
        series: "w", period: PeriodRange(Period.month(2024, 1).advanced(by: t)), measure: .level,
        value: (value * 10).rounded() / 10 * factor, unit: "t", halfWidth: 0.05 * factor)
    }
  }

  static func part(
    _ name: String, _ period: PeriodRange, _ measure: Measure, _ value: Double, unit: String = "t",
    half: Double = 0.5
  ) -> Fact {
    Fact(series: "w/\(name)", period: period, measure: measure, value: value, unit: unit, halfWidth: half)
  }

  /// The level of 2025.
  static func part(_ name: String, _ value: Double, unit: String = "t", half: Double = 0.5) -> Fact {
    part(name, PeriodRange(.year(2025)), .level, value, unit: unit, half: half)
  }

  static func project(_ facts: [Fact], horizon: Int = 3, draws: Int = 200) throws -> JointProjection {
    var projector = JointHistoryProjector()
    projector.draws = draws
    return try projector.project("w", by: [.partners], from: facts, to: .months(horizon))
  }

  static let two = [part("a", 400), part("b", 250)]

  @Test("multiplying all figures multiplies whole and parts, and leaves the shares")
  func scales() throws {
    let one = try Self.project(Self.whole() + Self.two)
    let big = try Self.project(
      Self.whole(factor: 1000) + [Self.part("a", 400_000, half: 500), Self.part("b", 250_000, half: 500)])
    for (a, b) in zip(one.groupings[0].parts, big.groupings[0].parts) {
      #expect(a.label == b.label)
      #expect(isClose(a.total.mean * 1000, b.total.mean, relative: 1e-4))
      #expect(isClose(a.share.median, b.share.median, relative: 1e-4))
      #expect(isClose(a.history[3].median * 1000, b.history[3].median, relative: 1e-4))
    }
  }

  @Test("kilograms and tons give the same parts; dollars are set aside in words")
  func units() throws {
    let tons = try Self.project(Self.whole() + Self.two)
    let mixed = try Self.project(
      Self.whole() + [
        Self.part("a", 400_000, unit: "kg", half: 500), Self.two[1], Self.part("c", 7, unit: "usd"),
      ])
    for (a, b) in zip(tons.groupings[0].parts, mixed.groupings[0].parts) {
      #expect(isClose(a.total.mean, b.total.mean, relative: 1e-9))
    }
    #expect(mixed.groupings[0].notes.contains { $0.contains("usd does not convert to the whole's t") })
  }

  @Test("known for one year only, shares stay near that year's, and their intervals widen with the months")
  func stays() throws {
    let joint = try Self.project(Self.whole() + Self.two, horizon: 12, draws: 400)
    let grouping = joint.groupings[0]
    let year = joint.whole.history.suffix(12).reduce(0) { $0 + $1.median }
    for (part, amount) in zip(grouping.parts, [400, 250, year - 650]) {
      #expect(
        isClose(part.share.median, amount / year, relative: 0.08), "\(part.label): \(part.share.median)")
      func width(_ month: Int) -> Double {
        let last = grouping.draws.months.count
        let range = last - 12 + month..<last - 11 + month
        let place = grouping.draws.parts.firstIndex(of: part.series) ?? 0
        let shares = zip(
          grouping.draws.totals(ofPart: place, over: range), grouping.draws.totals(over: range)
        ).map {
          Double.log($0 / $1)
        }.sorted()
        return quantile(0.9, of: shares) - quantile(0.1, of: shares)
      }
      #expect(width(11) > width(0) * 1.02, "\(part.label): \(width(0)) and \(width(11))")
    }
  }

  @Test("a stated month of a part comes back as stated, and the others share what it leaves")
  func statedMonth() throws {
    let month = Period.month(2025, 10)
    let joint = try Self.project(Self.whole() + Self.two + [Self.part("a", PeriodRange(month), .level, 60)])
    let parts = joint.groupings[0].parts
    let a = try #require(parts.first { $0.label == "a" }?.history.first { $0.period == month })
    #expect(a.median == 60 && a.status == .published)
    #expect(isClose(a.mean, 60, absolute: 0.5))
    let whole = try #require(joint.whole.history.first { $0.period == month }).median
    let rest = parts.reduce(0) { sum, part in
      sum + (part.label == "a" ? 0 : part.history.first { $0.period == month }?.mean ?? 0)
    }
    #expect(isClose(rest, whole - 60, absolute: 0.5))
  }

  @Test("shares and sums of parts are figures like others")
  func sharesAndSums() throws {
    let facts =
      try Self.whole() + [
        Self.part("a", PeriodRange(.year(2025)), .share, 0.4, unit: "fraction", half: 0.0005),
        Self.part("b+c", PeriodRange(.year(2025)), .level, 300),
        Self.part("b", PeriodRange(.quarter(2025, 4)), .level, 40),
      ]
    let joint = try Self.project(facts)
    #expect(Set(joint.groupings[0].parts.map(\.label)) == ["a", "b", "c", "others"])
    for fact in facts where fact.series != "w" {
      let values = try #require(JointProjectionTests.values(of: fact, in: joint.groupings[0].draws)).sorted()
      #expect(abs(quantile(0.5, of: values) - fact.value) <= fact.halfWidth, "\(fact.series)")
    }
  }

  @Test("a part without trade in a month stays without, and may be without again")
  func zeroMonths() throws {
    let month = Period.month(2025, 6)
    let joint = try Self.project(
      Self.whole() + Self.two + [Self.part("b", PeriodRange(month), .level, 0)], horizon: 3, draws: 400)
    let b = try #require(joint.groupings[0].parts.first { $0.label == "b" })
    let known = try #require(b.history.first { $0.period == month })
    #expect(known.median == 0 && known.status == .published)
    let place = try #require(joint.groupings[0].draws.parts.firstIndex(of: "w/b"))
    let last = joint.groupings[0].draws.months.count
    let empty = joint.groupings[0].draws.totals(ofPart: place, over: last - 1..<last).count { $0 == 0 }
    #expect(empty > 0 && empty < 200)
  }

  @Test("every node of the scales draws with noise of its own, and where months may be without trade")
  func ownNoise() throws {
    let month = Period.month(2025, 6)
    let facts = try Self.whole().filter { $0.period != PeriodRange(month) }
    let none = Fact(
      series: "w", period: PeriodRange(month), measure: .level, value: 0, unit: "t", halfWidth: 0)
    var history = try HistoryProjector().fit(
      "w", from: FactIndex(facts + [none]), asOf: .month(2025, 12), target: .months(4))
    let node = try #require(history.nodes.first)
    history.nodes = [node, node].map { FittedHistory.Node(posterior: $0.posterior, weight: 0.5) }
    let first = history.asOf.ordinal
    let draws = WholeDraws(history, months: first - 3...first + 4, count: 200, seed: 4)
    let half = draws.logLevels.count / 2
    #expect(zip(draws.logLevels[..<half], draws.logLevels[half...]).contains { $0 != $1 })
    #expect(draws.logLevels.contains(-.infinity))
  }

  @Test("what cannot be divided is refused in words")
  func refusals() throws {
    let whole = try Self.whole()
    #expect(throws: ProjectionError.noParts(series: "w", grouping: "partners")) { try Self.project(whole) }
    #expect(throws: ProjectionError.noParts(series: "w", grouping: "any grouping")) {
      try JointHistoryProjector().project("w", from: whole)
    }
    #expect(throws: ProjectionError.negative(series: "w/a", period: .year(2025), value: -1)) {
      try Self.project(whole + [Self.part("a", -1)])
    }
    #expect(throws: ProjectionError.noLevel(series: "w (partners)", facts: 1)) {
      try Self.project(
        whole + [Self.part("a", PeriodRange(.year(2025)), .yearOnYear, 0.1, unit: "fraction", half: 0.01)])
    }
    #expect(throws: ProjectionError.unknownSeries("x")) {
      try JointHistoryProjector().project("x", from: whole)
    }
    let price = whole.map { fact in
      var fact = fact
      fact.unit = "usd_per_t"
      return fact
    }
    #expect(throws: ProjectionError.notAdditive(series: "w", unit: "usd_per_t")) {
      try Self.project(price + [Self.part("a", 40, unit: "usd_per_t")])
    }
  }

  @Test("of ten thousand partners the largest are named, and the others counted together")
  func manyPartners() throws {
    var facts = try Self.whole()
    for i in 0..<10_000 { facts.append(Self.part("p\(i)", i < 40 ? 10 + Double(i) / 10 : 0.01, half: 0.005)) }
    let grouping = try Self.project(facts, draws: 40).groupings[0]
    #expect(grouping.parts.count == PartSelection.mostParts + 1)
    #expect(grouping.parts.contains { $0.label == "p39" } && !grouping.parts.contains { $0.label == "p0" })
    #expect(grouping.notes.contains { $0.contains("9970 more are counted among the others") })
  }

  @Test("groupings are read off the names")
  func groupings() throws {
    let names = ["w/peru+mexico", "w/processing-trade", "w/province/henan", "w/a/b", "w/a", "w/bonded-zone"]
    let facts =
      try Self.whole()
      + names.map {
        var fact = Self.part("x", 1)
        fact.series = $0
        return fact
      }
    #expect(PartGrouping.all(of: "w", in: facts) == [.partners, .tradeMethods, .dimension("province")])
    let all = Set(facts.map(\.series))
    #expect(PartGrouping(of: "w/a/b", in: "w", names: all) == nil)
    #expect(PartGrouping(of: "w/a/b", in: "w/a", names: all) == .partners)
    #expect(PartGrouping(of: "w/bonded-zone", in: "w", names: all) == .tradeMethods)
  }

  @Test("the gradient of shares by log shares is that of finite differences, for parts of parts too")
  func gradient() {
    var model = HistoryModel()
    for t in 0..<7 { _ = model.position(of: .month(block: t, ordinal: 0)) }
    // 0 is the whole of 1, 2, 3; 2 is the whole of 4, 5; 6 stands alone.
    model.compositions = [
      Composition(whole: .variable(0), members: [1, 2, 3]),
      Composition(whole: .variable(2), members: [4, 5]),
    ]
    model.observations = [
      Observation(form: .logRatio, numerator: [4, 1], denominator: [0], value: 0, variance: 1, fact: 0),
      Observation(
        form: .difference(scale: 2), numerator: [5, 6], denominator: [3], value: 0, variance: 1, fact: 1),
    ]
    let z = [0.7, -0.2, 0.4, 0.1, -1, 0.3, 0.5]
    let levels = model.levels(at: z)
    #expect(isClose(Double.exp(levels[1]) + .exp(levels[2]) + .exp(levels[3]), .exp(0.7), relative: 1e-14))
    #expect(isClose(Double.exp(levels[4]) + .exp(levels[5]), .exp(levels[2]), relative: 1e-14))
    let rows = model.linearised(at: z).rows
    for (i, observation) in model.observations.enumerated() {
      for v in z.indices {
        var (up, down) = (z, z)
        up[v] += 1e-5
        down[v] -= 1e-5
        let numeric =
          (observation.predicted(at: model.levels(at: up)) - observation.predicted(at: model.levels(at: down)))
          / 2e-5
        let exact = rows[i].filter { $0.variable == v }.reduce(0) { $0 + $1.weight }
        #expect(isClose(numeric, exact, absolute: 1e-9), "\(i), \(v)")
      }
    }
  }
}
