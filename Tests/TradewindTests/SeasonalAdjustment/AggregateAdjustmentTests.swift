import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Direct and indirect adjustment of a total")
struct AggregateAdjustmentTests {
  private typealias Part = AggregateAdjustment.Part

  /// Ten years of months with a trend, a season and noise of their own.
  private static func months(_ name: String, level: Double, seed: UInt64) -> TimeSeries {
    var generator = SeededGenerator(seed: seed)
    let season = (0..<12).map { _ in 0.15 * generator.nextNormal() }
    let values = (0..<120).map { t -> Double in
      let trend = level * (1 + 0.004 * Double(t))
      let noise = 0.02 * generator.nextNormal()
      return trend * (1 + season[t % 12]) * (1 + noise)
    }
    return TimeSeries(values, start: .month(2010, 1), name: name)
  }

  private static let peru = months("peru", level: 100, seed: 1)
  private static let mexico = months("mexico", level: 40, seed: 2)

  private static func times(_ factor: Double, _ series: TimeSeries, _ name: String) -> TimeSeries {
    TimeSeries(series.values.map { factor * $0 }, start: series.start, name: name)
  }

  @Test("the indirect adjustment is the sum of the parts, the direct one that of the total")
  func sums() throws {
    let result = try AggregateAdjustment(.x11(X11())).adjust(
      "world", of: [Part(Self.peru), Part(Self.mexico)])
    let (peru, mexico) = (try X11().decompose(Self.peru), try X11().decompose(Self.mexico))
    for t in 0..<120 {
      #expect(result.observed.values[t] == Self.peru.values[t] + Self.mexico.values[t])
      #expect(
        result.indirect.seasonallyAdjusted[t] == peru.seasonallyAdjusted[t] + mexico.seasonallyAdjusted[t])
      #expect(result.indirect.trend[t] == peru.trend[t] + mexico.trend[t])
    }
    #expect(result.direct.seasonallyAdjusted == (try X11().decompose(result.observed)).seasonallyAdjusted)
    #expect(
      result.rest == nil && result.discrepancy == nil && result.parts.map(\.name) == ["peru", "mexico"])
    // They are not the same, and the difference is what it says.
    let difference = result.difference
    #expect(difference.isRelative && difference.largest > 0.05 && difference.largest < 5)
    let t = try #require(result.observed.index(of: difference.largestPeriod))
    let (direct, indirect) = (result.direct.seasonallyAdjusted[t], result.indirect.seasonallyAdjusted[t])
    #expect(isClose(abs(100 * (indirect / direct - 1)), difference.largest, relative: 1e-9))
    #expect(
      difference.meanAbsolute < difference.rootMeanSquare && difference.rootMeanSquare < difference.largest)
  }

  @Test("parts that are proportional have no difference between the two ways, whatever the method")
  func proportional() throws {
    let airline = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log)
    // Two searches of the likelihood stop within their tolerance of each other.
    let methods: [(AggregateAdjustment.Method, Double)] = [
      (.x11(X11()), 1e-8), (.model(SeasonalAdjustment(.given(airline))), 1e-3),
    ]
    for (method, tolerance) in methods {
      let parts = [Part(Self.peru), Part(Self.times(3, Self.peru, "double"), weight: 2)]
      let result = try AggregateAdjustment(method).adjust("total", of: parts)
      #expect(result.difference.largest < tolerance)
      #expect(result.difference.oppositeChanges == 0)
      let gain = try #require(result.direct.roughness).reduction(by: try #require(result.indirect.roughness))
      #expect(abs(gain.changes) < tolerance && abs(gain.remainder) < tolerance)
    }
  }

  @Test("a balance is additive and takes its imports off")
  func balance() throws {
    let method = AggregateAdjustment(.x11(X11(mode: .additive)), parts: .x11(X11()))
    let result = try method.adjust("balance", of: [Part(Self.mexico), Part(Self.peru, weight: -1)])
    #expect(result.observed.values[7] == Self.mexico.values[7] - Self.peru.values[7])
    let parts = result.parts.map { $0.adjustment.seasonallyAdjusted[7] }
    #expect(result.indirect.seasonallyAdjusted[7] == parts[0] - parts[1])
    #expect(!result.difference.isRelative)
    // The same total by factors is refused, and it says whose fault it is.
    #expect(throws: AggregateError.self) {
      try AggregateAdjustment(.x11(X11())).adjust(
        "balance", of: [Part(Self.mexico), Part(Self.peru, weight: -1)])
    }
  }

  @Test("what a published total has beyond its parts is a part of its own, or added as it is")
  func rest() throws {
    let bolivia = Self.months("bolivia", level: 15, seed: 3)
    let total = TimeSeries(
      (0..<120).map { Self.peru.values[$0] + Self.mexico.values[$0] + bolivia.values[$0] },
      start: .month(2010, 1), name: "world")
    let parts = [Part(Self.peru), Part(Self.mexico)]
    let method = AggregateAdjustment(.x11(X11()))
    let known = try method.adjust("world", of: parts + [Part(bolivia)], published: total)
    #expect(known.rest == nil && known.discrepancy == nil)
    let unknown = try method.adjust("world", of: parts, published: total)
    #expect(unknown.rest?.name == "rest of world")
    #expect(largestDifference(unknown.indirect.seasonallyAdjusted, known.indirect.seasonallyAdjusted) < 1e-9)

    // A discrepancy of rounding, of either sign.
    var rounded = TimeSeries(
      (0..<120).map { (Self.peru.values[$0] + Self.mexico.values[$0]).rounded() }, start: .month(2010, 1),
      name: "world")
    rounded.values[0] += 1
    let result = try method.adjust("world", of: parts, published: rounded)
    let discrepancy = try #require(result.discrepancy)
    #expect(result.rest == nil && discrepancy.contains { $0 < 0 })
    let sum = result.parts.reduce(0) { $0 + $1.adjustment.seasonallyAdjusted[5] }
    #expect(isClose(result.indirect.seasonallyAdjusted[5], sum + discrepancy[5], relative: 1e-12))
  }

  @Test("R1 and R2 are those of a line, of a zigzag and of factors")
  func roughness() throws {
    let line = (0..<60).map { 10 + 2 * Double($0) }
    let even = try #require(AdjustmentRoughness(line, 0..<60, period: 12, usesFactors: false))
    // A Henderson trend keeps a line inside; its ends flatten it a little.
    #expect(even.changes == 4)
    #expect(
      try #require(AdjustmentRoughness(line, 10..<50, period: 12, usesFactors: false)).remainder < 1e-20)
    let zigzag = (0..<60).map { $0 % 2 == 0 ? 101.0 : 99 }
    let rough = try #require(AdjustmentRoughness(zigzag, 10..<50, period: 12, usesFactors: false))
    #expect(rough.changes == 4)
    // Its trend is 100 + a, a that of the zigzag's frequency, Σ wⱼ (−1)ʲ.
    let weights = HendersonFilter.weights(13)
    var gain = weights[0]
    for j in 1...6 { gain += (j % 2 == 0 ? 2 : -2) * weights[j] }
    #expect(isClose(rough.remainder, (1 - gain) * (1 - gain), relative: 1e-9))
    let factors = try #require(AdjustmentRoughness(zigzag, 10..<50, period: 12, usesFactors: true))
    #expect(abs(factors.remainder * 10_000 / rough.remainder - 1) < 0.01)
    #expect(rough.reduction(by: even).changes == 0)
    #expect(AdjustmentRoughness([1, 2], 0..<2, period: 12, usesFactors: false) == nil)
  }

  @Test("X-13's composite of exports and imports: the same sum, R1 to the printed digits")
  func composite() throws {
    // X-13ARIMA-SEATS 1.1 build 60: composite{} of exports and imports (comptype=add), 2000-01 to 2013-12, x11{} with
    // its defaults for both and for the total; R1 and R2 as printed, adjusted totals from table ISA.
    let parts = try ExampleData.china().map {
      Part($0.slice(from: .month(2000, 1), through: .month(2013, 12)))
    }
    let result = try AggregateAdjustment(.x11(X11())).adjust("trade", of: parts)
    for (t, theirs) in [354.064404484918, 362.908011325911, 373.208277325592].enumerated() {
      #expect(isClose(result.indirect.seasonallyAdjusted[t], theirs, relative: 1e-12))
    }
    let (direct, indirect) = (try #require(result.direct.roughness), try #require(result.indirect.roughness))
    #expect(abs(direct.changes - 13967.869) < 0.00051 && abs(indirect.changes - 13941.976) < 0.00051)
    #expect(abs(direct.reduction(by: indirect).changes - 0.185) < 0.00051)
    let (recent, recentIndirect) = (
      try #require(result.direct.recentRoughness), try #require(result.indirect.recentRoughness)
    )
    #expect(abs(recent.changes - 36538.021) < 0.00051 && abs(recentIndirect.changes - 34795.523) < 0.00051)
    #expect(abs(recent.reduction(by: recentIndirect).changes - 4.769) < 0.00051)
    // Its trend leaves extremes out, ours does not.
    #expect(abs(direct.remainder.squareRoot() - 0.037) < 0.002)
    #expect(abs(indirect.remainder.squareRoot() - 0.037) < 0.002)
  }

  @Test("only the periods that all cover take part; what does not go together is said")
  func spans() throws {
    let late = Self.mexico.slice(from: .month(2012, 3), through: .month(2018, 6))
    let method = AggregateAdjustment(.x11(X11()))
    let result = try method.adjust("world", of: [Part(Self.peru), Part(late)])
    #expect(result.observed.start == .month(2012, 3) && result.observed.end == .month(2018, 6))

    func error(_ parts: [Part]) -> AggregateError? {
      #expect(throws: AggregateError.self) { try method.adjust("world", of: parts) }
    }
    #expect(error([]) == .noParts)
    #expect(error([Part(Self.peru), Part(Self.peru)]) == .repeated(name: "peru"))
    #expect(error([Part(Self.peru, weight: 0)]) == .weight(name: "peru", weight: 0))
    let quarters = TimeSeries([1, 2, 3], start: .quarter(2010, 1), name: "q")
    #expect(error([Part(Self.peru), Part(quarters)]) == .differentUnits("peru", "q"))
    let early = TimeSeries([1, 2, 3], start: .month(1990, 1), name: "early")
    #expect(error([Part(Self.peru), Part(early)]) == .nothingInCommon)
    var gap = Self.mexico
    gap.values[4] = .nan
    #expect(error([Part(Self.peru), Part(gap)])?.description.hasPrefix("the total world: ") == true)
    let short = Self.mexico.prefix(30)
    #expect(error([Part(Self.peru), Part(short)])?.description.contains("36") == true)
  }

  @Test("with a model, a gap in one part is estimated")
  func gaps() throws {
    var gap = Self.mexico
    gap.values[40] = .nan
    let airline = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log)
    let result = try AggregateAdjustment(.model(SeasonalAdjustment(.given(airline)))).adjust(
      "world", of: [Part(Self.peru), Part(gap)])
    #expect(result.indirect.seasonallyAdjusted.allSatisfy { $0.isFinite })
    #expect(result.direct.seasonallyAdjusted.allSatisfy { $0.isFinite })
    #expect(result.difference.largest < 5)
  }
}
