import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Calibrated intervals")
struct CalibrationTests {
  static let series = TimeSeries(OddSeries.regular(90), start: .month(2015, 1), name: "regular")

  @Test("the factor is the formula's: of the step, the length, and the yearly difference")
  func factor() {
    let table = IntervalWidening(level: 0.1, growth: 0.2, shortness: 0.3, blend: 0.5, degreesOfFreedom: 9)
    let basis = IntervalWidening.Basis(Self.series)
    #expect(basis.known == 90)
    let differences = (12..<90).map { abs(Self.series.values[$0] - Self.series.values[$0 - 12]) }
    #expect(isClose(basis.yearlyDifference, differences.reduce(0, +) / 78, relative: 1e-13))
    let deviation = basis.yearlyDifference / 4
    // √(12 / 12) = 1, 12 / 90, and √4 for the ratio of four.
    let expected = 2 * Double.exp(0.1 + 0.2 + 0.3 * 12 / 90)
    #expect(isClose(table.factor(step: 11, deviation: deviation, basis), expected, relative: 1e-13))
    #expect(table.factor(step: 11, deviation: 0, basis) == 1)
    #expect(table.factor(step: 23, deviation: 1, basis) == table.factor(step: 99, deviation: 1, basis))
    // Without a difference of a year nothing is blended in.
    let short = IntervalWidening.Basis(Self.series.prefix(12))
    #expect(short.yearlyDifference.isNaN)
    #expect(
      isClose(
        table.factor(step: 0, deviation: 3, short), Double.exp(0.1 + 0.2 / 12.0.squareRoot() + 0.15),
        relative: 1e-13))
    let quarters = TimeSeries((0..<20).map { Double($0) }, start: .quarter(2015, 1))
    // A year is four quarters, one year, 52 weeks.
    #expect(IntervalWidening.Basis(quarters).yearlyDifference == 4)
    let fourth = table.factor(step: 3, deviation: 2, IntervalWidening.Basis(quarters))
    #expect(isClose(fourth, Double.exp(0.1 + 0.2 + 0.15) * 2.0.squareRoot(), relative: 1e-13))
    let years = TimeSeries((0..<20).map { Double(3 * $0) }, start: .year(1990))
    #expect(IntervalWidening.Basis(years).yearlyDifference == 3)
    let next = table.factor(step: 0, deviation: 3, IntervalWidening.Basis(years))
    #expect(isClose(next, Double.exp(0.1 + 0.2 + 0.15), relative: 1e-13))
    let weeks = TimeSeries(OddSeries.regular(110, season: 52), start: .month(2000, 1), seasonalPeriod: 52)
    #expect(IntervalWidening.Basis(weeks).year == 52)
  }

  @Test("points stay; intervals and totals are those of the stretched law; all scale with the data")
  func widening() throws {
    let base = try ETS(.form(ETS.Form(season: .additive))).fit(to: Self.series)
    let plain = base.forecast(horizon: 12)
    let wider = IntervalWidening.standard.applied(to: plain, of: Self.series)
    #expect(wider.mean == plain.mean && wider.median == plain.median)
    let basis = IntervalWidening.Basis(Self.series)
    let tail = StudentT(degreesOfFreedom: 5).quantile(0.975)
    for h in 0..<12 {
      let deviation = plain.intervals[h][1].width / 2 / NormalDistribution.standard.quantile(0.975)
      let factor = IntervalWidening.standard.factor(step: h, deviation: deviation, basis)
      #expect(isClose(wider.intervals[h][1].width, 2 * tail * factor * deviation, relative: 1e-9))
    }
    // The quarter's law: the same correlations, other deviations.
    let quarter = try #require(wider.total(ofSteps: 0..<3))
    let widths = (0..<3).map { wider.intervals[$0][1].width }
    #expect(quarter.intervals[1].width < widths.reduce(0, +) && quarter.intervals[1].width > widths[2])
    let thousandfold = TimeSeries(Self.series.values.map { 1000 * $0 }, start: Self.series.start)
    let large = try Calibrated(ETS(.form(ETS.Form(season: .additive)))).fit(to: thousandfold).forecast(
      horizon: 12)
    for h in 0..<12 {
      #expect(isClose(large.intervals[h][0].width, 1000 * wider.intervals[h][0].width, relative: 1e-4))
    }
    #expect(
      IntervalWidening.standard.applied(to: base.forecast(horizon: 2, levels: []), of: Self.series).joint
        == .pointsOnly)
  }

  @Test("the reach is the order statistic that the finite sample asks for")
  func reach() {
    let scores = ConformalScores(byStep: [(1...19).map { Double($0 * 7 % 20) }], spacing: 1)
    #expect(scores.byStep[0].sorted() == (1...19).map(Double.init))
    for (level, rank) in [(0.95, 19.0), (0.8, 16), (0.5, 10), (0.05, 1)] {
      #expect(isClose(scores.reach(level, step: 0), rank, relative: 1e-12), "\(level)")
    }
    #expect(isClose(scores.reach(0.875, step: 3), 17.5, relative: 1e-12))
    // Beyond 95 % as a normal law's: quantiles of 99.5 and 97.5 %.
    #expect(isClose(scores.reach(0.99, step: 0), 19 * 2.575_829_304 / 1.959_963_985, relative: 1e-9))
    #expect(scores.reach(1, step: 0) == .infinity)
    #expect(scores.fewest == 19)
  }

  /// Two standard errors of 4,000 draws at 90 % are 0.95 %.
  @Test("of exchangeable scores an interval of 90 % by nineteen covers 90 %, whatever their law")
  func guarantee() {
    var generator = SeededGenerator(seed: 12)
    var covered = 0
    for _ in 0..<4000 {
      let draws = (0..<20).map { _ in Double.exp(2 * generator.nextNormal()) }
      let reach = ConformalScores(byStep: [Array(draws[..<19])], spacing: 1).reach(0.9, step: 0)
      if draws[19] <= reach { covered += 1 }
    }
    #expect(abs(Double(covered) / 4000 - 0.9) < 0.0125)
  }

  @Test("conformal intervals are the model's, times what its own past asks for, and the joint law follows")
  func conformal() throws {
    let plan = ConformalPlan(horizon: 6, origins: 30, refit: 10)
    let model = Calibrated(Theta(.dynamicOptimized), by: .conformal(plan))
    let fitted = try model.fit(to: Self.series)
    let scores = try #require(fitted.scores)
    #expect(scores.byStep.map(\.count) == [Int](repeating: 30, count: 6))
    // The last origin but none: the score of its first step by hand, from a fit ten origins before.
    let early = try Theta(.dynamicOptimized).fit(to: Self.series.prefix(75))
    let last = try early.updated(with: Array(Self.series.values[75..<84])).forecast(horizon: 1, levels: [0.8])
    let score = abs(Self.series.values[84] - last.median[0]) / (0.5 * last.intervals[0][0].width)
    #expect(isClose(scores.byStep[0][29], score, relative: 1e-9))
    let base = fitted.base.forecast(horizon: 8, levels: [0.8])
    let forecast = fitted.forecast(horizon: 8, levels: [0.5, 0.9])
    for h in 0..<8 {
      let reach = scores.reach(0.9, step: h) * base.intervals[h][0].width
      #expect(isClose(forecast.intervals[h][1].width, reach, relative: 1e-12))
      #expect(isClose(forecast.median[h], base.median[h], relative: 1e-12))
    }
    #expect(forecast.total(ofSteps: 0..<3) != nil)
    // Too short for a dozen origins: the table.
    #expect(try model.fit(to: Self.series.prefix(34)).scores == nil)
    #expect(fitted.updatedScores(with: [100]) == scores)
  }

  @Test("where errors have grown, adapted levels reach farther; where nothing changed, about as far")
  func adaptive() {
    var generator = SeededGenerator(seed: 3)
    let calm = (0..<200).map { _ in abs(generator.nextNormal()) }
    let grown = calm.enumerated().map { $0 < 150 ? $1 : 4 * $1 }
    let (plain, adapted) = (
      ConformalScores(byStep: [grown], spacing: 1),
      ConformalScores(byStep: [grown], spacing: 1).adapted(rate: 0.03)
    )
    #expect(adapted.reach(0.9, step: 0) > 1.3 * plain.reach(0.9, step: 0))
    let quiet = ConformalScores(byStep: [calm], spacing: 1)
    #expect(isClose(quiet.adapted(rate: 0.01).reach(0.8, step: 0), quiet.reach(0.8, step: 0), relative: 0.25))
    // Levels stay in order.
    let reaches = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97].map { adapted.reach($0, step: 0) }
    #expect(reaches == reaches.sorted())
  }

  /// The fits of `Benchmarks/Results/calibration-2026-11-26.md` at ν = 5, of which the tables are the roundings.
  @Test("the tables are those fitted, to two decimals")
  func tables() {
    let fits: [(IntervalWidening, [Double])] = [
      (.standard, [-0.462, 0.414, 0.368, 0.432]), (.combination, [-0.379, 0.3, 0.082, 0.298]),
    ]
    for (table, fit) in fits {
      for (rounded, exact) in zip([table.level, table.growth, table.shortness, table.blend], fit) {
        #expect(abs(rounded - exact) <= 0.005)
      }
      #expect(table.degreesOfFreedom == 5)
    }
  }

  @Test(
    "the yearly difference is that of the last ten and a half years; a deviation ten times off is not blended further"
  )
  func bounds() {
    let values = OddSeries.regular(300)
    let basis = IntervalWidening.Basis(TimeSeries(values, start: .month(2000, 1)))
    for (place, counts) in [(300 - 127, false), (300 - 126, true)] {
      var changed = values
      changed[place] += 1000
      let other = IntervalWidening.Basis(TimeSeries(changed, start: .month(2000, 1)))
      #expect((other.yearlyDifference != basis.yearlyDifference) == counts && other.known == 300)
    }
    let table = IntervalWidening(level: 0, growth: 0, shortness: 0, blend: 0.5, degreesOfFreedom: 9)
    for (ratio, expected) in [(9.0, 3.0), (10, 10.0.squareRoot()), (40, 10.0.squareRoot())] {
      let (small, large) = (basis.yearlyDifference / ratio, basis.yearlyDifference * ratio)
      #expect(isClose(table.factor(step: 0, deviation: small, basis), expected, relative: 1e-12))
      #expect(isClose(table.factor(step: 0, deviation: large, basis), 1 / expected, relative: 1e-12))
    }
  }

  @Test(
    "tails that are heavier than the table's stay, those that are lighter become its, of laws and of draws")
  func tails() throws {
    let basis = IntervalWidening.Basis(Self.series)
    for (freedom, expected) in [(3.0, 3.0), (30, 5)] {
      let forecast = Forecast(
        of: Self.series, model: "made", mean: [100, 100],
        joint: .student(.normal(factor: [[4], [2, 3]]), degreesOfFreedom: freedom), levels: [0.8])
      guard case .student(_, let after) = IntervalWidening.standard.applied(to: forecast, basis).joint else {
        Issue.record("it stays Student's law")
        return
      }
      #expect(after == expected)
      let paths = SamplePaths(mean: forecast.mean, law: forecast.joint, count: 400, seed: 3)
      let wider = IntervalWidening.standard.applied(to: paths, of: forecast, basis, seed: 3)
      let stretches = (0..<400).map { (wider.values[2 * $0] - 100) / (paths.values[2 * $0] - 100) }
      // One factor for all draws, or one each.
      let (low, high) = (stretches.min() ?? 0, stretches.max() ?? 0)
      #expect(freedom == 3 ? isClose(low, high, relative: 1e-9) : high > 3 * low)
    }
  }

  @Test("draws of another seed have other tails")
  func seeds() throws {
    let normal = try Calibrated(Self.normal).fit(to: Self.series)
    let middle = normal.forecast(horizon: 1).median[0]
    let stretches = [UInt64(2), 7].map { seed -> [Double] in
      let plain = normal.base.samplePaths(horizon: 1, count: 50, seed: seed).values
      let wider = normal.samplePaths(horizon: 1, count: 50, seed: seed).values
      return zip(plain, wider).map { ($1 - middle) / ($0 - middle) }
    }
    for (a, b) in zip(stretches[0], stretches[1]) { #expect(!isClose(a, b, relative: 1e-9)) }
  }

  static let normal = ETS(.form(ETS.Form(season: .additive)))

  /// What conformal intervals are made of is a dozen scores at least.
  @Test("with a dozen scores a step the series' own are taken, with fewer the table")
  func fewest() throws {
    let short = Self.series.prefix(38)
    // Origins of 25 to 36 periods: a dozen of two steps.
    let own = try Calibrated(Drift(), by: .conformal(ConformalPlan(horizon: 2))).fit(to: short)
    #expect(own.scores?.byStep.map(\.count) == [12, 12])
    let fewer = try Calibrated(Drift(), by: .conformal(ConformalPlan(horizon: 3))).fit(to: short)
    #expect(fewer.scores == nil)
    let table = try Calibrated(Drift()).fit(to: short)
    #expect(fewer.forecast(horizon: 3).intervals == table.forecast(horizon: 3).intervals)
    let adapted = try Calibrated(
      Drift(), by: .conformal(ConformalPlan(horizon: 2), adaptationRate: 0.05)
    ).fit(to: short)
    #expect(adapted.scores == own.scores?.adapted(rate: 0.05) && adapted.scores != own.scores)
    // A step that the model was certain of has no score.
    let late = TimeSeries(
      [Double](repeating: 50, count: 45) + Array(OddSeries.regular(15)), start: .month(2015, 1))
    let plan = ConformalPlan(horizon: 1, refit: 1, fewest: 1)
    let scores = try Calibrated(Naive(), by: .conformal(plan)).fit(to: late).scores
    #expect(scores?.byStep.map(\.count) == [14])
  }

  @Test(
    "the draws of conformal intervals lie inside as often as the levels say, half of them below the median")
  func conformalDraws() throws {
    let model = Calibrated(
      Transformed(Self.normal, by: .log), by: .conformal(ConformalPlan(horizon: 3, origins: 24)))
    let fitted = try model.fit(to: Self.series)
    try #require(fitted.scores != nil)
    let base = fitted.base.forecast(horizon: 3)
    let levels = [0.3, 0.6, 0.9]
    let forecast = fitted.forecast(horizon: 3, levels: levels)
    #expect(forecast.median == base.median && base.median != base.mean)
    let paths = fitted.samplePaths(horizon: 3, count: 8000, seed: 5)
    for h in 0..<3 {
      let draws = paths.draws(ofStep: h)
      // Three standard errors of a half are 0.017.
      let below = Double(draws.count { $0 < forecast.median[h] }) / 8000
      #expect(abs(below - 0.5) < 0.017, "\(below)")
      for (level, interval) in zip(levels, forecast.intervals[h]) {
        let inside = Double(draws.count { interval.lower <= $0 && $0 <= interval.upper }) / 8000
        #expect(abs(inside - level) < 0.017, "\(h) \(level) \(inside)")
        let under = Double(draws.count { $0 < interval.lower }) / 8000
        #expect(abs(under - (1 - level) / 2) < 0.017, "\(h) \(level) \(under)")
      }
    }
  }

  @Test(
    "levels that always hold fall by rate (1 − level) an origin, those that never do rise by rate · level")
  func adaptationOnPaper() {
    // Scores that fall: each is inside of any interval by those before it. Eight must be known before anything adapts.
    let falling = (0..<40).map { 100 - Double($0) }
    let grid = [0.5, 0.8, 0.9, 0.95, 0.98]
    for spacing in [1, 2] {
      let plain = ConformalScores(byStep: [falling, falling, falling, falling], spacing: spacing)
      let adapted = plain.adapted(rate: 0.01)
      for step in 0..<4 {
        // The scores of so many origins before are known; those of a farther step later.
        let delay = step / spacing + 1
        for level in grid {
          let later = level - Double(40 - 7 - delay) * 0.01 * (1 - level)
          #expect(
            isClose(adapted.reach(level, step: step), plain.reach(later, step: step), relative: 1e-12),
            "\(level) \(step)")
        }
      }
    }
    // Scores that rise tenfold are outside of any.
    let rising = (0..<20).map { Double.exp(5 * Double($0)) }
    let plain = ConformalScores(byStep: [rising], spacing: 1)
    for level in grid.prefix(3) {
      let expected = plain.reach(level + 12 * 0.005 * level, step: 0)
      #expect(
        isClose(plain.adapted(rate: 0.005).reach(level, step: 0), expected, relative: 1e-12), "\(level)")
    }
    // Of eight scores nothing has adapted yet.
    let eight = ConformalScores(byStep: [Array(rising.prefix(8))], spacing: 1)
    #expect(eight.adapted(rate: 0.02).reach(0.5, step: 0) == eight.reach(0.5, step: 0))
  }

  @Test("at the end of the levels an interval without bounds holds, and what adapts fast keeps their order")
  func adaptationLimits() {
    // α goes from ½ by 0.06 a miss to −0.04; then an interval without bounds holds, α is 0.02, and so on in turn.
    let rising = (0..<31).map { Double.exp(5 * Double($0)) }
    for (count, level) in [(27, 0.98), (29, 0.98)] {
      let plain = ConformalScores(byStep: [Array(rising.prefix(count + 1))], spacing: 1)
      let reach = plain.adapted(rate: 0.12).reach(0.5, step: 0)
      #expect(isClose(reach, plain.reach(level, step: 0), relative: 1e-9), "\(count) \(reach)")
    }
    for seed in 1...20 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let scores = (0..<60).map { _ in abs(generator.nextNormal()) }
      let adapted = ConformalScores(byStep: [scores], spacing: 1).adapted(rate: 0.4)
      let reaches = [0.5, 0.8, 0.9, 0.95, 0.98].map { adapted.reach($0, step: 0) }
      #expect(reaches == reaches.sorted() && reaches.allSatisfy { $0.isFinite })
    }
  }

  @Test("calibration does not look ahead: the table is fixed, and scores are of the past")
  func noLookAhead() throws {
    let model = Calibrated(Drift(), by: .conformal(ConformalPlan(horizon: 3, origins: 20)))
    var changed = Self.series
    for t in 80..<90 { changed.values[t] += 50 }
    let backtest = Backtest(horizon: 3, origins: 1, minimumLength: 80)
    let (a, b) = (
      Backtest(horizon: 3, origins: 8).run(on: Self.series, with: [model]),
      Backtest(horizon: 3, origins: 8).run(on: changed, with: [model])
    )
    #expect(backtest.originLengths(in: Self.series) == [87] && a.origins[0].length == 80)
    #expect(a.lower[..<6] == b.lower[..<6] && a.lower[6..<12] != b.lower[6..<12])
  }
}

extension FittedCalibrated {
  fileprivate func updatedScores(with values: [Double]) -> ConformalScores? {
    (try? updated(with: values))?.scores
  }
}
