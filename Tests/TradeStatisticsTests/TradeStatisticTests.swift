import RealModule
import TestSupport
import Testing
import TradeStatistics
import Tradewind
import TradewindNumerics

@Suite("Contributions, shares, concentration, balance")
struct CompositionTests {
  @Test("contributions add up to the growth to the last bit, in any order, and as printed", arguments: 1...60)
  func addUp(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func amount() -> Double {
      var x = generator.nextUniform() * 1000
      for _ in 0..<Int(generator.nextUniform() * 12) { x /= 7.3 }
      return x
    }
    let parts = (0..<Int(1 + generator.nextUniform() * 40)).map { _ in (base: amount(), current: amount()) }
    let base = parts.reduce(amount() / 10) { $0 + $1.base }
    let current = parts.reduce(amount()) { $0 + $1.current }
    guard let c = Contributions(base: base, current: current, parts: parts) else {
      Issue.record("no contributions")
      return
    }
    #expect(c.parts.reduce(0, +) + c.remainder == c.growth)
    #expect(([c.remainder] + c.parts.reversed()).reduce(0, +) == c.growth)
    #expect(c.parts.sorted().reduce(c.remainder, +) == c.growth)
    #expect(abs(c.growth - (current / base - 1)) < 1e-13 * max(1, abs(c.growth)))
    for (i, part) in parts.enumerated() {
      #expect(abs(c.parts[i] - (part.current - part.base) / base) < 1e-14 * max(1, abs(c.growth)))
    }
    for decimals in [0, 1, 3] {
      guard let printed = c.rounded(decimals: decimals) else {
        Issue.record("nothing printed")
        continue
      }
      #expect(printed.parts.reduce(printed.remainder, +) == printed.growth)
      var scale = 100.0
      for _ in 0..<decimals { scale *= 10 }
      for (i, units) in printed.parts.enumerated() {
        #expect(abs(Double(units) - c.parts[i] * scale) < 1)
      }
    }
    let whole = Contributions(wholeOf: parts)
    #expect(whole?.remainder == 0)
    #expect(whole.map { $0.parts.reduce(0, +) == $0.growth } == true)
  }

  @Test("a textbook split: 10, −2.5 and 7.5 points of 15 %")
  func textbook() {
    let c = Contributions(base: 200, current: 230, parts: [(100, 120), (60, 55)])
    #expect(c.map { abs($0.growth - 0.15) < 1e-15 } == true)
    #expect(c.map { abs($0.parts[0] - 0.1) < 1e-15 && abs($0.parts[1] + 0.025) < 1e-15 } == true)
    // Thirds of 10 %: 3.3, 3.3 and 3.4 are printed, and not 3.3 thrice.
    let thirds = Contributions(wholeOf: [(1, 1.1), (1, 1.1), (1, 1.1)])?.rounded(decimals: 1)
    #expect(thirds?.growth == 100)
    #expect(thirds?.parts.sorted() == [33, 33, 34])
  }

  @Test("no contributions to a growth that does not exist")
  func refused() {
    #expect(Contributions(base: 0, current: 1, parts: []) == nil)
    #expect(Contributions(base: -1, current: 1, parts: []) == nil)
    #expect(Contributions(base: 1, current: .infinity, parts: []) == nil)
    #expect(Contributions(base: 1, current: 2, parts: [(.nan, 1)]) == nil)
    #expect(Contributions(wholeOf: []) == nil)
    #expect(Contributions(base: 4, current: 5, parts: [])?.remainder == 0.25)
  }

  @Test("shares and their change")
  func shares() {
    let share = Share(part: (30, 60), whole: (100, 120))
    #expect(share.base == 0.3 && share.current == 0.5 && share.change == 0.2)
    #expect(Share(part: (1, 1), whole: (0, 2)).base.isNaN)
  }

  @Test("the index is 1/n for equals, 1 for one, and bounded by what is not named")
  func concentration() throws {
    for n in 1...50 {
      let equal = try #require(Concentration(amounts: [Double](repeating: 3, count: n)))
      #expect(abs(equal.herfindahl.lowerBound - 1 / Double(n)) < 1e-14)
      #expect(equal.herfindahl.lowerBound == equal.herfindahl.upperBound)
      #expect(abs(equal.effectiveNumber.lowerBound - Double(n)) < 1e-10)
    }
    // 0.5² + 0.3² = 0.34; the other 20 % are one partner (0.04) or very many.
    let some = try #require(Concentration(amounts: [30, 50], total: 100))
    #expect(abs(some.herfindahl.lowerBound - 0.34) < 1e-15)
    #expect(abs(some.herfindahl.upperBound - 0.38) < 1e-15)
    #expect(abs(some.topShare(1) - 0.5) < 1e-15 && abs(some.topShare(9) - 0.8) < 1e-15)
    // Half a per cent that is not named is some partner's; what rounding leaves of a sum is nobody's.
    #expect(abs((Concentration(amounts: [50, 49.5], total: 100)?.unnamedShare ?? 0) - 0.005) < 1e-15)
    #expect(0.1 + 0.7 < 0.8 && Concentration(amounts: [0.1, 0.7], total: 0.8)?.unnamedShare == 0)
    // None larger than 15 %: at worst one of 15 and one of 10.
    let bounded = try #require(
      Concentration(amounts: [60, 15], total: 100, unnamed: .noLargerThanNamed))
    // 0.36 + 0.0225 + 0.0225 + 0.01
    #expect(abs(bounded.herfindahl.upperBound - 0.415) < 1e-14)
    // One named without trade changes nothing.
    let idle = try #require(
      Concentration(amounts: [60, 0, 15], total: 100, unnamed: .noLargerThanNamed))
    #expect(idle.herfindahl == bounded.herfindahl)
    let before = try #require(Concentration(amounts: [62, 14], total: 100, unnamed: .noLargerThanNamed))
    #expect(idle.direction(since: before) == .undetermined)
    #expect(before.direction(since: idle) == .undetermined)
    #expect(Concentration(amounts: []) == nil)
    #expect(Concentration(amounts: [0, 0]) == nil)
    #expect(Concentration(amounts: [1, -1], total: 4) == nil)
    #expect(Concentration(amounts: [.nan], total: 4) == nil)
  }

  @Test("every division of the unnamed remainder stays within the bounds", arguments: 1...40)
  func bounds(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let named = (0..<4).map { _ in 1 + 9 * generator.nextUniform() }
    let smallest = named.min() ?? 0
    let others = (0..<Int(1 + 8 * generator.nextUniform())).map { _ in smallest * generator.nextUniform() }
    let total = (named + others).reduce(0, +)
    let truth = try #require(Concentration(amounts: named + others)).herfindahl.lowerBound
    for unnamed in [Concentration.Unnamed.anySize, .noLargerThanNamed] {
      let c = try #require(Concentration(amounts: named, total: total, unnamed: unnamed))
      #expect(c.herfindahl.lowerBound <= truth + 1e-14 && truth <= c.herfindahl.upperBound + 1e-14)
      #expect(c.effectiveNumber.lowerBound <= 1 / truth + 1e-9)
      #expect(1 / truth <= c.effectiveNumber.upperBound + 1e-9)
    }
  }

  @Test("a direction only where the bounds allow no other")
  func direction() throws {
    let half = try #require(Concentration(amounts: [50, 50]))
    let more = try #require(Concentration(amounts: [80, 20]))
    let vague = try #require(Concentration(amounts: [60], total: 100))
    #expect(more.direction(since: half) == .rising)
    #expect(half.direction(since: more) == .falling)
    #expect(half.direction(since: half) == .unchanged)
    #expect(vague.direction(since: half) == .undetermined)
  }

  @Test("a balance, its coverage and its sign")
  func balance() {
    let trade = TradeBalance(exports: 3, imports: 4)
    #expect(trade.total == 7 && trade.balance == -1 && trade.coverageRatio == 0.75)
    #expect(trade.normalisedBalance == -1.0 / 7)
    #expect(TradeBalance(exports: 1, imports: 0).coverageRatio.isNaN)
    #expect(TradeBalance(exports: 0, imports: 0).normalisedBalance.isNaN)
  }
}

@Suite("Records and runs")
struct RecordTests {
  private func series(_ values: [Double]) -> TimeSeries { TimeSeries(values, start: .month(2025, 1)) }

  @Test("the highest since, and the highest on record")
  func highest() {
    let s = series([5, 9, 3, 4, 7])
    let may = Record(in: s, at: .month(2025, 5))
    #expect(may?.kind == .highest && may?.since == .month(2025, 2) && may?.exceeded == 2)
    #expect(Record(in: s, at: .month(2025, 2))?.isOnRecord == true)
    #expect(Record(in: s, at: .month(2025, 3))?.kind == .lowest)
    #expect(Record(in: s, at: .month(2025, 1)) == nil)
    #expect(Record(in: s, at: .month(2026, 1)) == nil)
    // An equal value is no record beaten.
    #expect(Record(.highest, ofLast: [(.year(2023), 4), (.year(2024), 4)])?.since == .year(2023))
  }

  @Test("unknown periods are counted and not compared")
  func gaps() {
    let known = [(Period.year(2007), 4484.0), (.year(2010), 1422), (.year(2024), 4244), (.year(2025), 5043)]
    let record = Record(ofLast: known)
    #expect(record?.isOnRecord == true && record?.first == .year(2007))
    #expect(record?.exceeded == 3 && record?.unknown == 15)
    #expect(Record(in: series([1, 2, .nan]), at: .month(2025, 3)) == nil)
    #expect(Record(in: series([1, .nan, 3]), at: .month(2025, 3))?.unknown == 1)
  }

  @Test("runs of growth end with the last period, at a gap or where the sign changes")
  func runs() {
    #expect(Run(endOf: series([1, -1, 1, 2, 0.1]))?.length == 3)
    #expect(Run(endOf: series([1, -1, 1, 2, 0.1]))?.start == .month(2025, 3))
    #expect(Run(endOf: series([-1, -2, 1, -1, -1]))?.direction == .falling)
    #expect(Run(endOf: series([-1, -2, 1, -1, -1]))?.asLongAs == .month(2025, 2))
    #expect(Run(endOf: series([1, 1, 1, -1, 1, 1]))?.asLongAs == .month(2025, 3))
    #expect(Run(endOf: series([1, -1, 1, 1]))?.asLongAs == nil)
    #expect(Run(endOf: series([1, .nan, 1]))?.length == 1)
    #expect(Run(endOf: series([1, 0])) == nil)
    #expect(Run(endOf: series([])) == nil)
  }
}

@Suite("Prices and volumes")
struct PriceVolumeTests {
  /// Prices 1, 2, 4 and quantities 10, 5, 2, then prices 2, 2, 3 and quantities 8, 6, 4.
  private let base = [(1.0, 10.0), (2, 5), (4, 2)].map { TradedItem(value: $0.0 * $0.1, quantity: $0.1) }
  private let current = [(2.0, 8.0), (2, 6), (3, 4)].map { TradedItem(value: $0.0 * $0.1, quantity: $0.1) }

  @Test("Laspeyres, Paasche and Fisher of an example that is worked out on paper")
  func textbook() throws {
    let index = try PriceVolumeIndex(from: base, to: current)
    // Σp⁰q⁰ = 28, Σpq = 40, Σpq⁰ = 20 + 10 + 6 = 36, Σp⁰q = 8 + 12 + 16 = 36.
    let (laspeyres, paasche): (Double, Double) = (36.0 / 28, 40.0 / 36)
    #expect(index.valueRatio == 40.0 / 28)
    #expect(index.price.laspeyres == laspeyres)
    #expect(index.price.paasche == paasche)
    #expect(index.volume.laspeyres == laspeyres)
    #expect(index.volume.paasche == paasche)
    #expect(abs(index.price.fisher - (laspeyres * paasche).squareRoot()) < 1e-15)
    // Shares 10, 10, 8 of 28 and 16, 12, 12 of 40.
    let (first, third): (Double, Double) = ((10.0 / 28 + 0.4) / 2, (8.0 / 28 + 0.3) / 2)
    let log: Double = first * 0.6931471805599453 - third * 0.2876820724517809
    #expect(abs(index.price.tornqvist - exp(log)) < 1e-14)
    // Bennet: prices 9·1 + 5.5·0 + 3·(−1) = 6, quantities 1.5·(−2) + 2·1 + 3.5·2 = 6; together 12 = 40 − 28.
    let effects = try #require(index.effects)
    #expect(abs(effects.parts[0] - 6.0 / 28) < 1e-15)
    #expect(effects.parts[0] + effects.parts[1] == effects.growth)
  }

  @Test("the value is price times volume, and Fisher and Törnqvist run backwards in time", arguments: 1...40)
  func laws(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    func items() -> [TradedItem] {
      (0..<6).map { _ in
        TradedItem(value: 1 + 99 * generator.nextUniform(), quantity: 0.1 + 9 * generator.nextUniform())
      }
    }
    let (a, b) = (items(), items())
    let there = try PriceVolumeIndex(from: a, to: b)
    let back = try PriceVolumeIndex(from: b, to: a)
    func equal(_ x: Double, _ y: Double) -> Bool { abs(x - y) < 1e-12 * abs(y) }
    let (p, q, v) = (there.price, there.volume, there.valueRatio)
    #expect(equal(p.laspeyres * q.paasche, v))
    #expect(equal(p.paasche * q.laspeyres, v))
    #expect(equal(p.fisher * q.fisher, v))
    #expect(equal(p.fisher * p.fisher, p.laspeyres * p.paasche))
    #expect(equal(p.fisher * back.price.fisher, 1))
    #expect(equal(p.tornqvist * back.price.tornqvist, 1))
    #expect(equal(p.laspeyres * back.price.paasche, 1))
    // Fisher lies between Laspeyres and Paasche; Törnqvist between the smallest and the largest price ratio.
    #expect(min(p.laspeyres, p.paasche) <= p.fisher * (1 + 1e-14))
    #expect(p.fisher <= max(p.laspeyres, p.paasche) * (1 + 1e-14))
    let ratios = zip(a, b).map { $1.unitValue / $0.unitValue }
    #expect((ratios.min() ?? 0) <= p.tornqvist && p.tornqvist <= (ratios.max() ?? 0))
    #expect(there.effects.map { equal(1 + $0.growth, v) } == true)
  }

  @Test("all prices doubled is a price index of two and no volume; a chain over equal steps is its product")
  func proportional() throws {
    let doubled = base.map { TradedItem(value: 2 * $0.value, quantity: $0.quantity) }
    let index = try PriceVolumeIndex(from: base, to: doubled)
    for form in [index.price.laspeyres, index.price.paasche, index.price.fisher, index.price.tornqvist] {
      #expect(abs(form - 2) < 1e-14)
    }
    #expect(abs(index.volume.fisher - 1) < 1e-14)
    let chain = try PriceVolumeIndex(chained: [base, doubled, base, current])
    let direct = try PriceVolumeIndex(from: base, to: current)
    #expect(abs(chain.price.fisher - direct.price.fisher) < 1e-13)
    #expect(abs(chain.valueRatio - direct.valueRatio) < 1e-14 && chain.effects == nil)
    #expect(try PriceVolumeIndex(chained: [base, current]) == direct)
  }

  @Test("items that vanish, and chains of one period, are refused with their numbers")
  func refused() {
    #expect(throws: StatisticsError.itemsDiffer(base: 3, current: 2)) {
      try PriceVolumeIndex(from: base, to: Array(current.prefix(2)))
    }
    #expect(throws: StatisticsError.notPositive(item: 1, value: 0, quantity: 0)) {
      var gone = current
      gone[1] = TradedItem(value: 0, quantity: 0)
      _ = try PriceVolumeIndex(from: base, to: gone)
    }
    #expect(throws: StatisticsError.tooFewPeriods(needed: 2, found: 1)) {
      try PriceVolumeIndex(chained: [base])
    }
    #expect(TradedItem(value: 3, quantity: 0).unitValue.isNaN)
  }

  private func exp(_ x: Double) -> Double { Double.exp(x) }
}
