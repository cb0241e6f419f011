import RealModule
import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@testable import TradeStatistics

@Suite struct JointProjectionTests {
  static let name = "silver-concentrate-imports"

  /// The silver file's, made once for all tests that only look at it.
  static let silver = Result { try project() }

  static func project(
    _ facts: [Fact]? = nil, by groupings: [PartGrouping]? = nil, draws: Int = 200
  ) throws -> JointProjection {
    var projector = JointHistoryProjector()
    projector.draws = draws
    return try projector.project(
      name, by: groupings, from: try facts ?? Sample.silver(), to: .period(.quarter(2026, 1)))
  }

  @Test("partners and provinces add up to the same whole in every month of every draw, and so do the means")
  func addsUp() throws {
    let joint = try Self.silver.get()
    var wholes: [[Double]] = []
    for grouping in joint.groupings {
      let draws = grouping.draws
      for month in draws.months.indices {
        let whole = draws.totals(over: month..<month + 1)
        var sum = [Double](repeating: 0, count: draws.count)
        for part in draws.parts.indices {
          let values = draws.totals(ofPart: part, over: month..<month + 1)
          for d in sum.indices { sum[d] += values[d] }
        }
        for d in sum.indices { #expect(isClose(sum[d], whole[d], relative: 1e-9)) }
      }
      let quarter = draws.months.count - 3..<draws.months.count
      wholes.append(draws.totals(over: quarter))
      for (i, month) in joint.whole.horizon.enumerated() {
        let sum = grouping.parts.reduce(0) { $0 + $1.horizon[i].mean }
        #expect(isClose(sum, month.mean, relative: 1e-9))
      }
      for (i, month) in grouping.parts[0].history.enumerated() {
        let place = try #require(joint.whole.history.firstIndex { $0.period == month.period })
        let sum = grouping.parts.reduce(0) { $0 + $1.history[i].mean }
        #expect(isClose(sum, joint.historyMeans[place], relative: 1e-9))
      }
      let total = grouping.parts.reduce(0) { $0 + $1.total.mean }
      #expect(isClose(total, joint.whole.total.mean, relative: 1e-9))
      #expect(isClose(grouping.parts.reduce(0) { $0 + $1.share.mean }, 1, relative: 1e-9))
    }
    #expect(wholes[0] == wholes[1] && wholes[0] == wholes[2])
  }

  @Test("the parts change nothing in the whole, to the last bit")
  func wholeUnchanged() throws {
    let facts = try Sample.silver()
    let alone = try HistoryProjector().project(
      Self.name, from: facts.filter { !$0.series.contains("/") }, to: .period(.quarter(2026, 1)))
    #expect(try Self.silver.get().whole == alone)
  }

  @Test("Peru, Mexico and Bolivia, then the others; Henan, Hunan, Shandong and Jiangxi, then the others")
  func silverParts() throws {
    let joint = try Self.silver.get()
    #expect(joint.groupings.map(\.grouping) == [.partners, .tradeMethods, .dimension("province")])
    #expect(joint.groupings[0].parts.map(\.label) == ["peru", "mexico", "bolivia", "others"])
    #expect(
      Set(joint.groupings[2].parts.map(\.label)) == ["henan", "hunan", "shandong", "jiangxi", "others"])
    for grouping in joint.groupings {
      #expect(grouping.parts.last?.isRemainder == true)
      let sizes = grouping.parts.dropLast().map(\.total.mean)
      #expect(sizes == sizes.sorted(by: >))
      for part in grouping.parts {
        for law in part.horizon + [part.total, part.share] {
          #expect(law.intervals[1].lower < law.intervals[0].lower && law.intervals[0].lower < law.median)
          #expect(law.median < law.intervals[0].upper && law.intervals[0].upper < law.intervals[1].upper)
        }
      }
    }
  }

  @Test(
    "every figure about parts that is not contradicted comes back within its rounding, in the median and in the mean"
  )
  func statedFigures() throws {
    let facts = try Sample.silver()
    let joint = try Self.silver.get()
    var checked = 0
    for grouping in joint.groupings {
      let doubtful = grouping.doubtful.map(\.fact)
      let names = Set(facts.map(\.series))
      for fact in facts where grouping.grouping.holds(fact, of: Self.name, names: names) {
        guard !doubtful.contains(fact), let values = Self.values(of: fact, in: grouping.draws) else {
          continue
        }
        let sorted = values.sorted()
        let half = fact.halfWidth * 1.05
        #expect(
          abs(quantile(0.5, of: sorted) - fact.value) <= half, "\(fact.series) \(fact.period) \(fact.measure)"
        )
        let within = values.count { abs($0 - fact.value) <= 1.5 * half }
        #expect(Double(within) > 0.97 * Double(values.count), "\(fact.series) \(fact.period) \(within)")
        checked += 1
      }
    }
    #expect(checked >= 18)
  }

  /// What a figure says in each draw; nil if its parts or months are not drawn.
  static func values(of fact: Fact, in draws: PartDraws) -> [Double]? {
    let parts = SeriesName.members(of: fact.series).compactMap { draws.parts.firstIndex(of: $0) }
    guard parts.count == SeriesName.members(of: fact.series).count else { return nil }
    func places(_ shift: Int) -> Range<Int>? {
      let first = draws.months[0].ordinal
      let range =
        fact.period.ordinals.lowerBound - shift - first..<fact.period.ordinals.upperBound - shift - first + 1
      return range.lowerBound >= 0 && range.upperBound <= draws.months.count ? range : nil
    }
    guard let now = places(0) else { return nil }
    func sum(_ range: Range<Int>) -> [Double] {
      parts.reduce([Double](repeating: 0, count: draws.count)) { total, part in
        zip(total, draws.totals(ofPart: part, over: range)).map { $0 + $1 }
      }
    }
    switch fact.measure {
    case .level: return sum(now)
    case .share: return zip(sum(now), draws.totals(over: now)).map { $0 / $1 }
    case .changeFromPriorYear:
      return places(12).map { before in zip(sum(now), sum(before)).map { $0 - $1 } }
    case .yearOnYear: return places(12).map { before in zip(sum(now), sum(before)).map { $0 / $1 - 1 } }
    case .monthOnMonth:
      return places(now.count).map { before in zip(sum(now), sum(before)).map { $0 / $1 - 1 } }
    }
  }

  @Test("Mexico's level is found doubtful, named, and counts for little")
  func mexico() throws {
    let partners = try Self.silver.get().groupings[0]
    #expect(partners.doubtful.map(\.fact.value) == [267_000])
    let mexico = try #require(partners.parts.firstIndex { $0.label == "mexico" })
    let year = partners.draws.months.indices.filter { partners.draws.months[$0].year == 2025 }
    let values = partners.draws.totals(ofPart: mexico, over: year[0]..<year[0] + 12).sorted()
    #expect(abs(quantile(0.5, of: values) - 307_500) < 2_000)
  }
}
