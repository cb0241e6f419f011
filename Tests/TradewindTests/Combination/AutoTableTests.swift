import RealModule
import TestSupport
import Testing

@testable import Tradewind

/// The weights that ship are those that were judged: the tables of `Benchmarks/Combination/choose.py`.
@Suite("The table of auto")
struct AutoTableTests {
  /// The table of that name: for each model its weights in the first step and in the last.
  static func judged(_ name: String) throws -> [String: [Double]] {
    let text = try References.text("../../Benchmarks/Combination/choose.py")
    let parts = text.split(separator: "\n\(name) = {")
    let body = try #require(parts.last?.split(separator: "}").first)
    try #require(parts.count == 2)
    // "model": (1, 2), "other": (3, 4)
    var table: [String: [Double]] = [:]
    for entry in body.split(separator: ")") {
      let sides = entry.split(separator: "\": (")
      guard sides.count == 2, let model = sides[0].split(separator: "\"").last else { continue }
      table[String(model)] = sides[1].split(separator: ", ").compactMap { Double($0) }
    }
    return table
  }

  @Test(
    "each member has the weights that were judged, and half of it goes to the series without outliers where that was"
  )
  func weights() throws {
    // The members in the order of the table, by the names they have there.
    let years = ["years-dampedlog", "years-holtlog", "years-etsdamped"]
    let standard = [
      "seasondampedlog", "airlog", "armashrunken", "arima", "regarima", "seasondot", "etsnone", "ces",
    ]
    let tables: [(Auto.Effort, String, [String])] = [
      (.fast, "FASTOWN", ["seasondampedlog", "airlog", "armashrunken", "seasondot"]),
      (.standard, "OWN", standard), (.thorough, "OWN", standard),
    ]
    for (effort, own, names) in tables {
      let halved = try Self.judged(own)
      var whole = try Self.judged(effort == .fast ? "FAST" : "SHIPPED")
      if effort != .fast { whole.merge(try Self.judged("YEARS")) { $1 } }
      var order = names + years
      if effort == .thorough {
        whole.merge(try Self.judged("THOROUGH")) { $1 }
        order += ["years-ces", "years-dot"]
      }
      let members = AutoTable.members(effort)
      try #require(members.count == order.count)
      for (member, name) in zip(members, order) {
        #expect([member.first, member.last] == halved[name] ?? whole[name], "\(effort) \(name)")
        #expect(member.isHalved == (halved[name] != nil), "\(effort) \(name)")
      }
    }
  }

  @Test(
    "where values are not above zero, short series give what a model of logarithms had to one that has none")
  func withoutLogarithms() {
    let (all, some) = (AutoTable.short, AutoTable.shortUnbounded)
    for weight in [\AutoTable.Member.first, \.last] {
      let sums = [all, some].map { $0.reduce(0) { $0 + $1[keyPath: weight] } }
      #expect(isClose(sums[0], sums[1], relative: 1e-12))
      #expect(all[0][keyPath: weight] == some[0][keyPath: weight])
      #expect(all[2][keyPath: weight] == some[1][keyPath: weight])
    }
  }

  @Test("models of the last ten years take part from twelve years on, not where most of these are missing")
  func lastYears() {
    func count(_ series: TimeSeries) -> Int {
      AutoTable.models(.fast, for: series, without: nil).forecasters.count
    }
    let series = TimeSeries(OddSeries.regular(150), start: .month(2010, 1))
    #expect(count(series) == 14 && count(series.prefix(144)) == 14 && count(series.prefix(143)) == 7)
    for (missing, expected) in [(60, 14), (61, 7)] {
      var gaps = series
      for t in 40..<40 + missing { gaps.values[t] = .nan }
      #expect(count(gaps) == expected)
    }
  }
}
