import RealModule
import TestSupport
import Testing
import Tradewind

@testable import TradeStatistics

/// The headline task: China's silver concentrate imports.
@Suite struct SilverProjectionTests {
  static let name = "silver-concentrate-imports"

  static func project(asOf: Period? = nil, to target: HistoryProjector.Target = .nextQuarter) throws
    -> Projection
  {
    try HistoryProjector().project(name, from: try Sample.silver(), asOf: asOf, to: target)
  }

  @Test("every stated month comes back within its rounding, and is marked published")
  func statedMonths() throws {
    let projection = try Self.project()
    let stated = try Sample.silver().filter {
      $0.series == Self.name && $0.measure == .level && $0.period.months.count == 1
    }
    #expect(Set(stated.map(\.period)).count == 9)
    for fact in stated {
      let month = try #require(projection.history.first { $0.period == fact.period.first })
      #expect(abs(month.median - fact.value) <= fact.halfWidth, "\(fact.period)")
      #expect(month.status == .published)
    }
  }

  @Test(
    "derived months agree with what follows by hand, within the brackets that rounding leaves (kt)",
    arguments: [
      ("2022-11", 147.4, 148.9), ("2023-08", 111.6, 111.75), ("2023-09", 148.6, 148.75),
      ("2023-10", 135.75, 135.9),
      ("2023-11", 114.25, 114.4), ("2024-03", 129.8, 130.0), ("2024-07", 123.66, 123.76),
      ("2024-12", 129.1, 133.8),
      ("2025-01", 170.3, 170.6), ("2025-02", 162.2, 162.6), ("2025-09", 159.6, 160.8),
      ("2025-11", 180.2, 181.1),
    ])
  func derivedMonths(period: String, low: Double, high: Double) throws {
    let projection = try Self.project()
    let month = try #require(projection.history.first { "\($0.period)" == period })
    #expect(month.median >= low * 1000 && month.median <= high * 1000, "\(month.median)")
    #expect(month.status == .derived)
  }

  @Test("April to August 2025 share what the year leaves them: 725.9 ± 1.7 kt, none known singly")
  func sharedSum() throws {
    let projection = try Self.project()
    let months = projection.history.filter { $0.period >= .month(2025, 4) && $0.period <= .month(2025, 8) }
    #expect(months.count == 5)
    #expect(months.allSatisfy { $0.status == .estimated })
    // Medians of single months do not add up exactly to the median of their sum, which is projected as a target.
    let total = try Self.project(asOf: .month(2025, 12), to: .period(.year(2026)))
    #expect(total.total.period.months.count == 12)
    let history = try #require(
      try? HistoryProjector().reconstructedTotal(
        Self.name, facts: try Sample.silver(), over: .init(from: .month(2025, 4), through: .month(2025, 8))))
    #expect(abs(history.median - 725_900) < 1_700, "\(history.median)")
    #expect(history.upper - history.lower < 2 * 1_700)
  }

  @Test("the first quarter of 2026: three months that add up in the mean, and nested intervals")
  func nextQuarter() throws {
    let projection = try Self.project()
    #expect(projection.asOf == .month(2025, 12))
    #expect(projection.unit == "t")
    #expect(projection.horizon.map { "\($0.period)" } == ["2026-01", "2026-02", "2026-03"])
    #expect("\(projection.total.period)" == "2026-Q1")
    let sum = projection.horizon.reduce(0) { $0 + $1.mean }
    #expect(isClose(sum, projection.total.mean, relative: 1e-12))
    for law in projection.horizon + [projection.total] {
      let (narrow, wide) = (law.intervals[0], law.intervals[1])
      #expect(wide.lower < narrow.lower && narrow.lower < law.median)
      #expect(law.median < narrow.upper && narrow.upper < wide.upper)
    }
    // The months' errors are not all alike, so the quarter is known better than each month.
    let month = projection.horizon[0]
    let relativeMonth = month.intervals[1].upper / month.intervals[1].lower
    let relativeTotal = projection.total.intervals[1].upper / projection.total.intervals[1].lower
    #expect(relativeTotal < relativeMonth)
  }

  @Test(
    "projected from earlier, the 95 % intervals hold what was published later (kt)",
    arguments: [
      ("2024-12", "2025-Q1", 462.0, [("2025-01", 170.4), ("2025-02", 162.4), ("2025-03", 129.1)]),
      ("2025-06", "2025-Q3", Double.nan, [("2025-09", 160.2)]),
      ("2025-09", "2025-Q4", 568.7, [("2025-10", 149.0), ("2025-11", 180.7), ("2025-12", 239.0)]),
    ] as [(String, String, Double, [(String, Double)])])
  func heldLater(asOf: String, target: String, total: Double, months: [(String, Double)]) throws {
    let projection = try Self.project(asOf: try Period(parsing: asOf))
    #expect("\(projection.total.period)" == target)
    if !total.isNaN { #expect(projection.total.intervals[1].contains(total * 1000)) }
    for (period, value) in months {
      let law = try #require(projection.horizon.first { "\($0.period)" == period })
      #expect(law.intervals[1].contains(value * 1000), "\(period): \(law.intervals[1])")
    }
  }

  @Test("from March 2025, April to August are projected to a total that the later 725.9 kt lies within")
  func fiveMonths() throws {
    let projection = try Self.project(asOf: .month(2025, 3), to: .months(5))
    #expect("\(projection.total.period)" == "2025-04..2025-08")
    #expect(projection.total.intervals[1].contains(725_900))
  }

  @Test("facts whose period ends later change nothing")
  func neverSeesTheFuture() throws {
    let facts = try Sample.silver()
    var changed = facts
    for i in changed.indices where changed[i].period.last.lastMonth > .month(2024, 12) {
      changed[i].value = changed[i].measure.isFraction ? changed[i].value / 3 : changed[i].value * 1.7
    }
    let before = try HistoryProjector().project(Self.name, from: facts, asOf: .month(2024, 12))
    let after = try HistoryProjector().project(Self.name, from: changed, asOf: .month(2024, 12))
    #expect(before == after)
  }

  @Test(
    "of the 21 months known singly, left out with all single-month figures that touch them, about 80 % lie in the 80 % interval"
  )
  func leaveOneOut() throws {
    let own = try Sample.silver().filter { $0.series == Self.name }
    let known = try HistoryProjector().project(Self.name, from: own).history.filter {
      $0.status != .estimated
    }
    var inside = (narrow: 0, wide: 0)
    for month in known {
      let kept = own.filter { fact in
        fact.period.months.count > 1
          || ![fact.firstNeededMonth, fact.period.ordinals.lowerBound].contains(month.period.ordinal)
      }
      func bounds(_ level: Double) throws -> (median: Double, lower: Double, upper: Double) {
        try #require(
          try HistoryProjector().reconstructedTotal(
            Self.name, facts: kept, over: PeriodRange(month.period), asOf: .month(2025, 12), level: level))
      }
      let (narrow, wide) = (try bounds(0.8), try bounds(0.95))
      if narrow.lower <= month.upper && month.lower <= narrow.upper { inside.narrow += 1 }
      if wide.lower <= month.upper && month.lower <= wide.upper { inside.wide += 1 }
    }
    // The documentation's figures. With 21 months the first has a standard deviation of 1.8 about 16.8.
    #expect(known.count == 21)
    #expect(inside.narrow == 17)
    #expect(inside.wide == 20)
  }

  @Test("the totals of another source are found to be 1.25 % above the customs figures")
  func deviatingSource() throws {
    let projection = try Self.project()
    let finding = try #require(projection.doubtful.first)
    #expect(projection.doubtful.count == 1)
    #expect(finding.deviatingSource == "gtaic.ai")
    #expect(abs((finding.deviation ?? 0) - 0.0126) < 0.0005)
  }

  @Test("every series of the file is projected or says what is missing")
  func allSeries() throws {
    let facts = try Sample.silver()
    var projected = 0
    for name in Set(facts.map(\.series)).sorted() {
      do throws(ProjectionError) {
        let projection = try HistoryProjector().project(name, from: facts)
        projected += 1
        #expect(projection.total.median.isFinite && projection.total.median > 0, "\(name)")
      } catch {
        #expect("\(error)".hasPrefix(name), "\(error)")
      }
    }
    #expect(projected >= 20)
  }
}
