import TestSupport
import Testing
import Tradewind

@Suite("Quality of an X-11 adjustment")
struct X11QualityTests {
  /// Half a unit of the last printed digit, and a little for the rounding of numbers that end in 5.
  static func agrees(_ ours: Double, _ printed: String, decimals: Int) -> Bool {
    guard let theirs = Double(printed) else { return false }
    var half = 0.5000001
    for _ in 0..<decimals { half /= 10 }
    return abs(ours - theirs) <= half
  }

  private static func fields(_ row: [String: String], _ name: String) -> [String] {
    (row[name] ?? "").split(separator: ";").map(String.init)
  }

  @Test("M1 to M11, Q and Q without M2 of all 36 runs have X-13's printed digits")
  func measures() throws {
    let rows = try References.rows("x11/quality.csv")
    #expect(rows.count == 36)
    for row in rows {
      let name = row["run"] ?? ""
      let run = try X11Run(name)
      let quality = try #require(try run.specification.decompose(run.series).quality())
      for measure in X11Quality.Measure.allCases {
        let printed = row[(measure.rawValue < 10 ? "m0" : "m") + "\(measure.rawValue)"] ?? ""
        #expect(printed.isEmpty == (quality[measure] == nil), "\(name) \(measure)")
        if let ours = quality[measure] {
          #expect(Self.agrees(ours, printed, decimals: 3), "\(name) \(measure): \(ours), X-13 \(printed)")
        }
      }
      #expect(Self.agrees(quality.q, row["q"] ?? "", decimals: 2), "\(name) Q")
      #expect(Self.agrees(quality.qWithoutM2, row["q2"] ?? "", decimals: 2), "\(name) Q2")
    }
  }

  @Test("tests, ratios, shares and durations of all 36 runs have X-13's printed digits")
  func tests() throws {
    for row in try References.rows("x11/quality.csv") {
      let name = row["run"] ?? ""
      let run = try X11Run(name)
      let parts = try run.specification.decompose(run.series)
      let quality = try #require(parts.quality())
      func check(_ ours: [Double], _ column: String, decimals: Int, percent: Int? = nil) {
        let printed = Self.fields(row, column)
        #expect(printed.count == ours.count, "\(name) \(column)")
        for (i, (a, b)) in zip(ours, printed).enumerated() {
          let places = i > 0 ? percent ?? decimals : decimals
          #expect(Self.agrees(a, b, decimals: places), "\(name) \(column): \(a), X-13 \(b)")
        }
      }
      let presence = try #require(quality.presence)
      check([presence.value, presence.probability * 100], "stable-b1", decimals: 3, percent: 2)
      check([quality.stable.value, quality.stable.probability * 100], "stable-d8", decimals: 3, percent: 2)
      check([quality.moving.value, quality.moving.probability * 100], "moving", decimals: 3, percent: 2)
      let ranks = quality.kruskalWallis
      check([ranks.value, ranks.probability * 100], "kruskal-wallis", decimals: 3, percent: 2)
      let residual = try #require(quality.residual)
      check([residual.value, residual.probability * 100], "residual", decimals: 5)
      let recent = try #require(quality.residualLastYears)
      check([recent.value, recent.probability * 100], "residual-3y", decimals: 5)
      // X-13 writes yes unless it is sure that there is none.
      #expect((quality.identifiable != .notPresent) == (row["identifiable"] == "yes"), "\(name)")

      check([parts.choices.noiseToTrend], "ic", decimals: 2)
      check([parts.choices.movingSeasonality.global], "is", decimals: 2)
      check(quality.noiseToTrend, "changes", decimals: 2)
      let durations = quality.durations
      check(
        [durations.adjusted, durations.irregular, durations.trend, durations.averaged], "durations",
        decimals: 2)
      let shares = quality.variances
      check(
        [shares.irregular, shares.trend, shares.seasonal, 0, 0, shares.total].map { $0 * 100 },
        "contributions",
        decimals: 2)
      #expect("\(quality.cyclicalDominance)" == row["mcd"], "\(name) MCD")
      if let length = row["trend-length"], !length.isEmpty {
        #expect("\(parts.choices.trendLength)" == length, "\(name)")
      }
      if let filter = row["filter"], !filter.isEmpty {
        #expect("s\(filter)" == parts.choices.seasonalFilters[0].rawValue, "\(name)")
      }
    }
  }

  @Test("M1 to M11 and Q of quarterly, short and other series have X-13's printed digits")
  func options() throws {
    for row in try References.rows("x11/options-runs.csv") {
      let name = row["run"] ?? ""
      let run = try X11Run(series: row["series"] ?? "", options: row["specification"] ?? "")
      let parts = try run.specification.decompose(run.series)
      let quality = try #require(parts.quality())
      // X-13 takes a trend with other end weights there; see the reference's notes.
      let isComparable = name != "ap36"
      for measure in X11Quality.Measure.allCases where isComparable {
        let printed = row[(measure.rawValue < 10 ? "m0" : "m") + "\(measure.rawValue)"] ?? ""
        #expect(printed.isEmpty == (quality[measure] == nil), "\(name) \(measure)")
        if let ours = quality[measure] {
          #expect(Self.agrees(ours, printed, decimals: 3), "\(name) \(measure): \(ours), X-13 \(printed)")
        }
      }
      if isComparable {
        #expect(Self.agrees(quality.q, row["q"] ?? "", decimals: 2), "\(name) Q: \(quality.q)")
        #expect(Self.agrees(quality.qWithoutM2, row["qm2"] ?? "", decimals: 2), "\(name) Q2")
      }
      #expect("\(quality.cyclicalDominance)" == row["mcd"], "\(name) MCD")
      for (ours, column) in [
        (quality.stable.value, "stable-d8"), (quality.moving.value, "moving"),
        (quality.kruskalWallis.value, "kruskal-wallis"),
      ] {
        #expect(Self.agrees(ours, Self.fields(row, column).first ?? "", decimals: 3), "\(name) \(column)")
      }
    }
  }
}
