import RealModule
import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@testable import TradeStatistics

@Suite struct ProjectionLawTests {
  static let scales = HistoryPrior(level: 0.03, seasonal: 0.1, irregular: 0.08, seasonalMemory: 300)

  static func series(months: Int = 48, seed: UInt64 = 5, level: Double = 100) -> TimeSeries {
    TimeSeries(
      Sample.history(scales, months: months, level: level, seed: seed), start: .month(2020, 1), name: "s")
  }

  static func facts(_ series: TimeSeries, decimals: Int = 1) throws -> [Fact] {
    try zip(series.periods, series.values).filter { !$0.1.isNaN }.map {
      try Sample.fact("\($0.0)", .level, Sample.text($0.1, decimals: decimals))
    }
  }

  @Test("draws and levels that make no sense are said where they are set")
  func ranges() async {
    await #expect(processExitsWith: .failure) {
      var projector = HistoryProjector()
      projector.draws = 0
    }
    await #expect(processExitsWith: .failure) {
      var projector = HistoryProjector()
      projector.levels = [80]
    }
    await #expect(processExitsWith: .failure) {
      var projector = JointHistoryProjector()
      projector.draws = 0
    }
  }

  @Test("multiplying the data multiplies the projection", arguments: [1e-12, 1000, 1e12])
  func scales(factor: Double) throws {
    let one = Self.series()
    let other = TimeSeries(one.values.map { $0 * factor }, start: one.start, name: "s")
    let (a, b) = (try HistoryProjector().project(one), try HistoryProjector().project(other))
    #expect(isClose(a.total.median * factor, b.total.median, relative: 1e-6))
    #expect(isClose(a.total.intervals[1].upper * factor, b.total.intervals[1].upper, relative: 1e-6))
    #expect(isClose(a.history[7].median * factor, b.history[7].median, relative: 1e-9))
  }

  @Test("coarse levels beside sharp rates take nothing away: more of them do not make the months noisier")
  func coarseLevels() throws {
    var generator = SeededGenerator(seed: 2)
    let values = (0..<36).map { _ in 125 * Double.exp(0.02 * generator.nextNormal()) }
    let months = values.indices.map { Period.month(2021, 1).advanced(by: $0) }
    func level(_ m: Int) throws -> Fact {
      var fact = try Sample.fact("\(months[m])", .level, "\(Int((values[m] / 20).rounded()) * 20)")
      fact.halfWidth = 10
      return fact
    }
    let rates = try (1..<36).map {
      try Sample.fact(
        "\(months[$0])", .monthOnMonth, Sample.text(values[$0] / values[$0 - 1] - 1, decimals: 3))
    }.map { rate in
      var rate = rate
      rate.halfWidth = 0.0005
      return rate
    }
    let few = try HistoryProjector().project("s", from: [level(0)] + (28..<36).map(level) + rates)
    let all = try HistoryProjector().project("s", from: values.indices.map(level) + rates)
    #expect(all.scales.irregular < 1.2 * few.scales.irregular, "\(all.scales) \(few.scales)")
    func width(_ projection: Projection) -> Double {
      let interval = projection.total.intervals[1]
      return .log(interval.upper / interval.lower)
    }
    #expect(width(all) < 1.05 * width(few), "\(width(all)) \(width(few))")
  }

  @Test("the order of the facts does not matter, nor does stating a fact twice from two sources")
  func orderAndRepetition() throws {
    var facts = try Self.facts(Self.series())
    // A value that happens to end in zeros would be read as rounded coarsely, and two such say more than one.
    for i in facts.indices { facts[i].halfWidth = 0.05 }
    let plain = try HistoryProjector().project("s", from: facts)
    facts.reverse()
    let reversed = try HistoryProjector().project("s", from: facts)
    #expect(isClose(plain.total.median, reversed.total.median, relative: 1e-6))
    let again = facts.map { fact in
      var copy = fact
      copy.source = FactSource(title: "Other", url: "https://two.example/")
      return copy
    }
    let repeated = try HistoryProjector().project("s", from: facts + again)
    #expect(repeated.doubtful.isEmpty)
    // A second rounding of the same figure narrows it by √2, far below the irregular.
    #expect(isClose(plain.horizon[0].median, repeated.horizon[0].median, relative: 1e-3))
    // The total is drawn: its median has a sampling error of about 0.05 %.
    #expect(isClose(plain.total.median, repeated.total.median, relative: 3e-3))
  }

  @Test("the same facts give the same projection bit for bit, and another seed nearly the same")
  func deterministic() throws {
    let facts = try Self.facts(Self.series())
    let first = try HistoryProjector().project("s", from: facts)
    #expect(try HistoryProjector().project("s", from: facts) == first)
    var other = HistoryProjector()
    other.seed = 2
    let second = try other.project("s", from: facts)
    #expect(second.horizon == first.horizon)
    #expect(isClose(second.total.median, first.total.median, relative: 0.005))
  }

  @Test(
    "January and February known only together: the history adds up to what was stated, and the months stay open"
  )
  func combinedMonths() throws {
    let series = Self.series(months: 60)
    var facts = try Self.facts(series)
    var sums: [Int: Double] = [:]
    for year in 2022...2024 {
      let pair = facts.filter { $0.period.first.year == year && $0.period.first.month <= 2 }
      let sum = pair.reduce(0) { $0 + $1.value }
      sums[year] = sum
      facts.removeAll { pair.contains($0) }
      facts.append(try Sample.fact("\(year)-01..\(year)-02", .level, Sample.text(sum, decimals: 1)))
    }
    for (year, sum) in sums {
      let range = try PeriodRange(from: .month(year, 1), through: .month(year, 2))
      let total = try #require(try HistoryProjector().reconstructedTotal("s", facts: facts, over: range))
      #expect(isClose(total.median, sum, absolute: 0.06))
    }
    let projection = try HistoryProjector().project("s", from: facts)
    let january = try #require(projection.history.first { $0.period == .month(2023, 1) })
    #expect(january.status == .estimated)
    #expect(january.lower < series[.month(2023, 1)] ?? 0 && january.upper > series[.month(2023, 1)] ?? 0)
  }

  /// Lumpy months, January and February 2024 known as 300 ± 0.5 together.
  static func lumpyPair() throws -> [Fact] {
    let lumpy = HistoryPrior(level: 0.01, seasonal: 0.02, irregular: 0.5, seasonalMemory: 300)
    var facts = try facts(
      TimeSeries(
        Sample.history(lumpy, months: 48, seed: 4), start: .month(2020, 1), name: "s"))
    for i in facts.indices { facts[i].halfWidth = 0.05 }
    facts.append(try Sample.fact("2024-01..2024-02", .level, "300"))
    facts[48].halfWidth = 0.5
    return facts
  }

  @Test("a running quarter keeps the sum published for its first two months, in every quantile and the mean")
  func sumWithinTarget() throws {
    let projection = try HistoryProjector().project(
      "s", from: Self.lumpyPair(), to: .period(.quarter(2024, 1)))
    let (march, total) = (projection.horizon[0], projection.total)
    #expect(projection.horizon.count == 1)
    #expect(march.intervals[1].upper / march.intervals[1].lower > 4)
    #expect(isClose(total.mean - march.mean, 300, absolute: 0.02))
    #expect(isClose(total.median - march.median, 300, absolute: 2))
    for (of, one) in zip(total.intervals, march.intervals) {
      #expect(isClose(of.lower - one.lower, 300, absolute: 2))
      #expect(isClose((of.upper - 300) / one.upper, 1, absolute: 0.03))
    }
  }

  @Test("what a sum leaves its months adds up to it in the mean")
  func meansWithinSum() throws {
    let history = try HistoryProjector().fit(
      "s", from: FactIndex(try Self.lumpyPair()), asOf: nil, target: .nextQuarter)
    let january = Period.month(2024, 1).ordinal
    let draws = WholeDraws(history, months: january - 3...january + 4, count: 400, seed: 1)
    #expect(isClose(draws.mean(january) + draws.mean(january + 1), 300, absolute: 0.05))
    #expect(draws.mean(january + 2) == history.mean(january + 2))
  }

  @Test("a gap is estimated, with an interval that is open where nothing is known")
  func gaps() throws {
    var series = Self.series()
    for t in 20..<26 { series.values[t] = .nan }
    let projection = try HistoryProjector().project(series)
    #expect(projection.history[22].status == .estimated)
    #expect(projection.history[22].upper / projection.history[22].lower > 1.2)
    #expect(projection.history[19].status == .published)
    #expect(projection.history[19].median == series.values[19])
  }

  @Test("a quarter's running months are projected too, and known months of the target stay exact")
  func nowcast() throws {
    let series = Self.series().prefix(47)  // to 2023-11
    let next = try HistoryProjector().project(series)
    #expect("\(next.total.period)" == "2024-Q1")
    #expect(next.horizon.map { "\($0.period)" } == ["2023-12", "2024-01", "2024-02", "2024-03"])
    let running = try HistoryProjector().project(series, to: .period(.quarter(2023, 4)))
    #expect(running.horizon.count == 1)
    let known = series.values[45] + series.values[46]
    #expect(running.total.intervals[1].lower > known)
    #expect(isClose(running.total.mean, known + running.horizon[0].mean, relative: 1e-6))
  }

  @Test("a month without trade is legal: it stays zero, and the months ahead may be zero too")
  func zeros() throws {
    var series = Self.series()
    for t in [10, 30, 41] { series.values[t] = 0 }
    let projection = try HistoryProjector().project(series)
    #expect(projection.history[30].median == 0)
    #expect(projection.history[30].status == .published)
    #expect(projection.history[31].median == series.values[31])
    #expect(projection.horizon[0].intervals[1].lower == 0)
    #expect(projection.horizon[0].median > 50)
    // (3 + ½) / (48 + 1).
    #expect(projection.notes.contains { $0.contains("no trade in 2020-11") && $0.contains("7.1 %") })
    let all = try #require(
      try? HistoryProjector().project(TimeSeries([Double](repeating: 0, count: 12), start: .month(2020, 1))))
    #expect(all.horizon.allSatisfy { $0.median == 0 })
  }

  @Test("a price averages over months where an amount adds up")
  func prices() throws {
    let values = Self.series().values
    let facts = try values.enumerated().map {
      try Sample.fact(
        "\(Period.month(2020, 1).advanced(by: $0.offset))", .level, Sample.text($0.element, decimals: 2),
        unit: "usd_per_t")
    }
    let projection = try HistoryProjector().project("s", from: facts)
    let mean = projection.horizon.reduce(0) { $0 + $1.mean } / 3
    #expect(isClose(projection.total.mean, mean, relative: 1e-12))
    let year = try Sample.fact("2022", .level, "100.00", unit: "usd_per_t")
    let alone = try #require(
      try HistoryProjector().reconstructedTotal("s", facts: [year], over: PeriodRange(.year(2022))))
    #expect(isClose(alone.median, 100, absolute: 0.01))
  }

  @Test("a coarsely rounded month comes back within its rounding, however unlike its neighbours")
  func coarseRounding() throws {
    var facts = try Self.facts(Self.series())
    facts[20].value = 40
    facts[20].halfWidth = 15
    let projection = try HistoryProjector().project("s", from: facts)
    #expect(projection.doubtful.isEmpty)
    #expect(abs(projection.history[20].median - 40) <= 15)
    #expect(projection.history[20].median > 45, "the neighbours are near 100")
    for (month, fact) in zip(projection.history, facts) {
      #expect(abs(month.median - fact.value) <= fact.halfWidth, "\(month.period)")
    }
  }

  @Test("the 95 % bounds of published months lie within their rounding, however coarse it is")
  func boundsWithinRounding() throws {
    let wide = HistoryPrior(level: 0.01, seasonal: 0.05, irregular: 0.4, seasonalMemory: 300)
    let values = Sample.history(wide, months: 36, seed: 3)
    let facts = try values.enumerated().map {
      var fact = try Sample.fact("\(Period.month(2020, 1).advanced(by: $0.offset))", .level, "1")
      (fact.value, fact.halfWidth) = (max(20, ($0.element / 20).rounded() * 20), 10)
      return fact
    }
    let projection = try HistoryProjector().project("s", from: facts)
    #expect(projection.doubtful.isEmpty)
    for (month, fact) in zip(projection.history, facts) {
      #expect(month.status == .published)
      #expect(month.lower >= fact.value - 10 && month.upper <= fact.value + 10, "\(month.period)")
      #expect(month.lower < month.median && month.median < month.upper)
    }
  }

  @Test("a total has all months of its target, however short the history may be", arguments: [1, 7, 180])
  func shortHistory(limit: Int) throws {
    let series = Self.series(months: 46)  // to 2023-10
    var projector = HistoryProjector()
    projector.historyLimit = limit
    let projection = try projector.project(series, to: .period(.year(2023)))
    let known = series.values[36..<46].reduce(0, +)
    let ahead = projection.horizon.reduce(0) { $0 + $1.mean }
    #expect(projection.horizon.count == 2)
    #expect(isClose(projection.total.mean, known + ahead, relative: 1e-6))
  }

  @Test("a chain of growth rates carries one level to all its months, in whatever order they stand")
  func chain() throws {
    var facts = try (2...12).map { month in
      try Sample.fact("2025-\(month < 10 ? "0" : "")\(month)", .monthOnMonth, "0.010")
    }
    facts.append(try Sample.fact("2025-12", .level, "1229"))
    let rising = try HistoryProjector().project("s", from: facts)
    let falling = try HistoryProjector().project("s", from: facts.reversed())
    #expect(rising.history.count == 12)
    #expect(isClose(rising.history[0].median, 1229 / Double.pow(1.01, 11), relative: 1e-2))
    #expect(isClose(rising.total.median, falling.total.median, relative: 1e-3))
  }

  @Test("shares of a parent count in the parent's unit, and a doubtful one is reported as a share")
  func shares() throws {
    let series = Self.series(months: 24)
    var facts = try Self.facts(series)
    for i in facts.indices { facts[i].halfWidth = 0.05 }
    for (i, fact) in facts.enumerated() {
      var part = fact
      part.series = "s/p"
      if i < 12 {
        (part.unit, part.value, part.halfWidth) = ("kg", fact.value * 100, 5)
      } else {
        (part.measure, part.unit, part.value, part.halfWidth) = (.share, "fraction", 0.1, 0.0005)
      }
      facts.append(part)
    }
    let projection = try HistoryProjector().project("s/p", from: facts)
    #expect(projection.unit == "kg")
    for (month, value) in zip(projection.history, series.values) {
      #expect(isClose(month.median, value * 100, relative: 0.01), "\(month.period)")
    }
    var wrong = facts[40]
    (wrong.measure, wrong.unit, wrong.value, wrong.halfWidth) = (.level, "kg", series.values[16] * 100, 0.5)
    let index = try #require(facts.firstIndex { $0.series == "s/p" && $0.period == wrong.period })
    facts[index].value = 0.3
    let finding = try #require(try HistoryProjector().project("s/p", from: facts + [wrong]).doubtful.first)
    #expect(
      isClose(
        finding.expected, finding.fact.measure == .share ? 0.1 : series.values[16] * 300, relative: 0.02))
  }

  @Test("two figures of one month that differ a little leave it open by as much")
  func nearlyAgreeing() throws {
    var facts = try Self.facts(Self.series())
    for i in facts.indices { facts[i].halfWidth = 0.5 }
    var other = facts[30]
    other.value += 1.6
    let month = try HistoryProjector().project("s", from: facts + [other]).history[30]
    #expect(month.upper - month.lower > 0.4)
    #expect(month.median > facts[30].value && month.median < other.value)
  }

  @Test("units mix: kilograms and tons give the projection of tons")
  func units() throws {
    let facts = try Self.facts(Self.series())
    var mixed = facts
    for i in stride(from: 0, to: mixed.count, by: 3) {
      mixed[i].unit = "kg"
      mixed[i].value *= 1000
      mixed[i].halfWidth *= 1000
    }
    let (a, b) = (
      try HistoryProjector().project("s", from: facts), try HistoryProjector().project("s", from: mixed)
    )
    #expect(b.unit == "t")
    #expect(isClose(a.total.median, b.total.median, relative: 1e-9))
  }

  @Test("intervals of histories drawn from the model hold their level")
  func calibration() throws {
    var inside = (narrow: 0, wide: 0)
    let rounds = 60
    for seed in 0..<rounds {
      let values = Sample.history(Self.scales, months: 51, seed: UInt64(1000 + seed))
      // Every third month is known singly, and every quarter's total.
      var facts: [Fact] = []
      for t in 0..<48 where t % 3 == 0 {
        let month = Period.month(2020, 1).advanced(by: t)
        facts.append(try Sample.fact("\(month)", .level, Sample.text(values[t], decimals: 1)))
        let quarter = values[t..<t + 3].reduce(0, +)
        facts.append(try Sample.fact("\(month.quarterPeriod)", .level, Sample.text(quarter, decimals: 1)))
      }
      let total = try HistoryProjector().project("s", from: facts).total
      let truth = values[48..<51].reduce(0, +)
      if total.intervals[0].contains(truth) { inside.narrow += 1 }
      if total.intervals[1].contains(truth) { inside.wide += 1 }
    }
    // Binomial: 48 ± 3.1 of 60 at 80 %, 57 ± 1.7 at 95 %; bounds at three standard deviations.
    #expect((39...57).contains(inside.narrow), "\(inside.narrow) of \(rounds)")
    #expect((52...60).contains(inside.wide), "\(inside.wide) of \(rounds)")
  }

  @Test("China's imports show the Chinese New Year and trading days without being told")
  func calendarEffects() throws {
    let imports = try #require(try ExampleData.china().first { $0.name.hasPrefix("imports") })
    let projection = try HistoryProjector().project(imports)
    #expect(projection.model.contains("Chinese New Year"))
    #expect(projection.model.contains("trading days"))
    #expect(projection.history.count == HistoryProjector.completeMonths)
    #expect(projection.history.last?.median == imports.values.last)
  }

  @Test("quarterly data is a history of months in sums")
  func quarters() throws {
    let months = Self.series(months: 36).values
    let quarters = stride(from: 0, to: 36, by: 3).map { months[$0..<$0 + 3].reduce(0, +) }
    let series = TimeSeries(quarters, start: .quarter(2020, 1), name: "q")
    let projection = try HistoryProjector().project(series)
    #expect(projection.history.count == 36)
    #expect("\(projection.total.period)" == "2023-Q1")
    #expect(abs(Double.log(projection.total.median / quarters[11])) < 0.5)
  }

  @Test("a constant series is projected as itself, narrowly")
  func constant() throws {
    let projection = try HistoryProjector().project(
      TimeSeries([Double](repeating: 42, count: 36), start: .month(2020, 1)))
    #expect(isClose(projection.total.median, 126, relative: 1e-3))
    #expect(projection.total.intervals[1].upper / projection.total.intervals[1].lower < 1.2)
  }

  @Test("what cannot be projected says why")
  func errors() throws {
    func error(_ series: TimeSeries, asOf: Period? = nil, to target: HistoryProjector.Target = .nextQuarter)
      -> ProjectionError?
    {
      #expect(throws: ProjectionError.self) { try HistoryProjector().project(series, asOf: asOf, to: target) }
    }
    let start = Period.month(2020, 1)
    #expect(
      error(TimeSeries([], start: start, name: "x")) == .nothingPublished(series: "x", asOf: start.previous))
    #expect(error(TimeSeries([.nan, .nan], start: start, name: "x")) != nil)
    let short = error(TimeSeries([1, 2, 3], start: start, name: "x"))
    #expect(short.map { "\($0)" }?.contains("cover 3 of the last 24 months") == true)
    #expect(
      error(TimeSeries([1, -2, 3], start: start, name: "x"))
        == .negative(series: "x", period: start.next, value: -2))
    #expect(
      error(TimeSeries([1, .infinity], start: start, name: "x"))
        == .notFinite(series: "x", period: start.next))
    let good = Self.series()
    #expect(error(good, to: .period(.quarter(2021, 1))) != nil)
    #expect(error(good, to: .months(0)) != nil)
    #expect(error(good, to: .months(.max)) != nil)
    #expect(error(good, to: .months(121)) != nil)
    #expect(error(good, asOf: .month(2010, 1)) != nil)
    // Long after the data the levels are not absent but old.
    #expect(error(good, asOf: .month(2055, 1)).map { "\($0)" }?.contains("cover 0 of the last 24") == true)
    let growth = [try Sample.fact("2025-01", .monthOnMonth, "0.1")]
    #expect(throws: ProjectionError.noLevel(series: "s", facts: 1)) {
      try HistoryProjector().project("s", from: growth)
    }
    #expect(throws: ProjectionError.unknownSeries("t")) { try HistoryProjector().project("t", from: growth) }
    let balance = [try Sample.fact("2025", .level, "-10", series: "trade-balance")]
    #expect(throws: ProjectionError.balance(series: "trade-balance")) {
      try HistoryProjector().project("trade-balance", from: balance)
    }
  }

  @Test("facts at the ends of what a file can say are projected or refused, never a trap")
  func extremes() throws {
    let odd = try [
      Sample.fact("0001-01", .level, "1e300"), Sample.fact("9999-12", .level, "1e-300"),
      Sample.fact("9999", .yearOnYear, "1e300"), Sample.fact("0001", .yearOnYear, "0.1"),
      Sample.fact("9999-11", .monthOnMonth, "-1"), Sample.fact("9999-12", .changeFromPriorYear, "-1e300"),
      Sample.fact("9980..9999", .monthOnMonth, "0.5"), Sample.fact("9999-10", .level, "0"),
    ]
    for count in 1...odd.count {
      for subset in [Array(odd.prefix(count)), Array(odd.suffix(count))] {
        _ = try? HistoryProjector().project("s", from: subset)
        _ = try? FactAudit().audit(subset)
      }
    }
  }
}
