import TestSupport
import Testing

@testable import Tradewind

/// The search without any estimation: what a model is worth is given.
@Suite("Search for the orders of an ARIMA model")
struct OrderSearchTests {
  /// One search of R's auto.arima: the models it tried in its order, and what each was worth.
  struct Reference: CustomTestStringConvertible, Sendable {
    var name: String
    var trials: [(candidate: OrderCandidate, value: Double)] = []
    var differences = 0
    var testDescription: String { name }
  }

  static func references() throws -> [Reference] {
    var all: [Reference] = []
    for row in try References.rows("arima-automatic/searches.csv") {
      let name = "\(row["series"] ?? "") \(row["rule"] ?? "")"
      if all.last?.name != name { all.append(Reference(name: name)) }
      func number(_ key: String) throws -> Int { try #require(row[key].flatMap { Int($0) }) }
      let candidate = OrderCandidate(
        try number("p"), try number("q"), seasonal: (try number("P"), try number("Q")),
        constant: try number("constant") == 1)
      let value = row["value"] == "Inf" ? Double.infinity : try #require(row["value"].flatMap { Double($0) })
      all[all.count - 1].trials.append((candidate, value))
      all[all.count - 1].differences = try number("d") + number("D")
    }
    return all
  }

  static func search(constant: Bool, seasons: Int = 2) -> OrderSearch {
    OrderSearch(
      limit: OrderCandidate(5, 5, seasonal: (seasons, seasons)), allowsConstant: constant,
      start: OrderCandidate(2, 2, seasonal: (1, 1)), models: 94)
  }

  @Test(
    "with the same values as R's search it tries the same models in the same order, and ends with the same")
  func path() throws {
    let references = try Self.references()
    #expect(references.count == 16)
    for reference in references {
      let worth = Dictionary(
        reference.trials.map { ($0.candidate, $0.value) }, uniquingKeysWith: { first, _ in first })
      var tried: [OrderCandidate] = []
      // The two series of 60 months are too short for second seasonal orders.
      let isShort = reference.name.hasPrefix("iip") || reference.name.hasPrefix("cpi")
      let search = Self.search(constant: reference.differences <= 1, seasons: isShort ? 1 : 2)
      let best = search.stepwise { candidate, _ in
        tried.append(candidate)
        return worth[candidate] ?? -.infinity
      }
      #expect(tried == reference.trials.map(\.candidate), "\(reference.name)")
      let least = reference.trials.min { $0.value < $1.value }
      #expect(best == least?.candidate, "\(reference.name)")
    }
  }

  @Test("no model is tried twice, none beyond the limits, none above their number")
  func limits() {
    for (limit, constant) in [
      (OrderCandidate(5, 5, seasonal: (2, 2)), true), (OrderCandidate(1, 0, seasonal: (0, 2)), true),
      (OrderCandidate(0, 0), false), (OrderCandidate(0, 3), true),
    ] {
      for models in [1, 7, 94] {
        for seed in 0..<20 {
          let start = OrderCandidate(
            min(2, limit.p), min(2, limit.q), seasonal: (min(1, limit.seasonalP), min(1, limit.seasonalQ)))
          let search = OrderSearch(limit: limit, allowsConstant: constant, start: start, models: models)
          var tried: [OrderCandidate] = []
          var least = (Double.infinity, OrderCandidate?.none)
          let best = search.stepwise { candidate, _ in
            tried.append(candidate)
            let value = Self.arbitrary(candidate, seed)
            if value < least.0 { least = (value, candidate) }
            return value
          }
          #expect(Set(tried).count == tried.count && tried.count <= models)
          #expect(tried.allSatisfy { search.isWithinLimit($0) })
          #expect(best == least.1)
        }
      }
    }
  }

  @Test("the stepwise search ends where no neighbour is better")
  func localOptimum() throws {
    for seed in 0..<50 {
      let search = Self.search(constant: true)
      let best = try #require(search.stepwise { candidate, _ in Self.arbitrary(candidate, seed) })
      var neighbours = OrderSearch.moves.map { best.moved(by: $0) }.filter { search.isWithinLimit($0) }
      neighbours.append(best)
      neighbours[neighbours.count - 1].hasConstant.toggle()
      for neighbour in neighbours {
        #expect(Self.arbitrary(neighbour, seed) >= Self.arbitrary(best, seed))
      }
    }
  }

  @Test("the exhaustive search tries every model up to the order once, and takes the best")
  func exhaustive() {
    for seed in 0..<5 {
      var tried: [OrderCandidate] = []
      let best = Self.search(constant: true).exhaustive(order: 5) { candidate, _ in
        tried.append(candidate)
        return Self.arbitrary(candidate, seed)
      }
      var expected: [OrderCandidate] = []
      for p in 0...5 {
        for q in 0...5 {
          for seasonalP in 0...2 {
            for seasonalQ in 0...2 where p + q + seasonalP + seasonalQ <= 5 {
              for constant in [false, true] {
                expected.append(OrderCandidate(p, q, seasonal: (seasonalP, seasonalQ), constant: constant))
              }
            }
          }
        }
      }
      #expect(Set(tried) == Set(expected) && tried.count == expected.count)
      #expect(best == tried.min { Self.arbitrary($0, seed) < Self.arbitrary($1, seed) })
    }
  }

  @Test("models that do not count are no answer")
  func nothingCounts() {
    var count = 0
    let best = Self.search(constant: true).stepwise { _, _ in
      count += 1
      return .infinity
    }
    #expect(best == nil && count > 5)
    #expect(Self.search(constant: false).exhaustive(order: 2) { _, _ in .infinity } == nil)
  }

  /// A value that is anything but smooth in the orders.
  static func arbitrary(_ candidate: OrderCandidate, _ seed: Int) -> Double {
    var state = UInt64(seed &* 7919 &+ 17)
    let constant = candidate.hasConstant ? 1 : 0
    for part in [candidate.p, candidate.q, candidate.seasonalP, candidate.seasonalQ, constant] {
      state = (state &+ UInt64(part + 1)) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      state ^= state >> 29
    }
    return Double(state >> 12)
  }
}
