import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Nowcast")
struct NowcastTests {
  static let series = TimeSeries(OddSeries.regular(86), start: .month(2015, 1), name: "regular")
  static let linear: [any Forecaster] = [
    ETS(.form(ETS.Form(trend: .additiveDamped, season: .additive))), ETS(.form(ETS.Form(trend: .additive))),
    ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1))),
  ]

  @Test("conditioning a linear model's law on its first months is taking them in, for means and variances")
  func updating() throws {
    for model in Self.linear {
      let fitted = try model.fit(to: Self.series)
      let more = [131.0, 118.5]
      let later = try fitted.updated(with: more).forecast(horizon: 10, levels: [0.9])
      let joint = fitted.forecast(horizon: 12, levels: [0.9])
      let facts = more.enumerated().map { Forecast.Known(steps: $0..<$0 + 1, value: $1) }
      for order in [facts, facts.reversed()] {
        let given = try #require(joint.conditioned(on: order))
        for h in 0..<2 {
          #expect(isClose(given.mean[h], more[h], relative: 1e-12))
          #expect(given.intervals[h][0].width < 1e-6)
        }
        for h in 2..<12 {
          #expect(isClose(given.mean[h], later.mean[h - 2], relative: 1e-9), "\(model.name) \(h)")
          #expect(
            isClose(given.intervals[h][0].width, later.intervals[h - 2][0].width, relative: 1e-7),
            "\(model.name) \(h)")
        }
        let (a, b) = (given.total(ofSteps: 2..<8), later.total(ofSteps: 0..<6))
        #expect(isClose(a?.intervals[0].width ?? 0, b?.intervals[0].width ?? 1, relative: 1e-7))
      }
    }
  }

  @Test("a value with an error moves the mean by its part of the variance, and leaves the rest of it")
  func withError() throws {
    let joint = try Self.linear[0].fit(to: Self.series).forecast(horizon: 6, levels: [0.8])
    let variance = joint.joint.variance(of: [1])
    let error = 1.7
    let given = try #require(joint.conditioned(on: [.init(steps: 0..<1, value: 140, standardError: error)]))
    let gain = variance / (variance + error * error)
    #expect(isClose(given.mean[0], joint.mean[0] + gain * (140 - joint.mean[0]), relative: 1e-12))
    #expect(isClose(given.joint.variance(of: [1]), variance * (1 - gain), relative: 1e-10))
    for h in 0..<6 {
      #expect(isClose(given.median[h] - joint.median[h], given.mean[h] - joint.mean[h], absolute: 1e-9))
    }
    // A total: January and February together.
    let both = try #require(joint.conditioned(on: [.init(steps: 0..<2, value: 250)]))
    #expect(isClose(both.mean[0] + both.mean[1], 250, relative: 1e-12))
    #expect(both.joint.variance(of: [1, 1]) < 1e-9 && both.joint.variance(of: [1]) > 1)
    // An error without bounds says nothing; what is known for certain already, neither.
    let vague = try #require(joint.conditioned(on: [.init(steps: 0..<1, value: 500, standardError: 1e9)]))
    #expect(isClose(vague.mean[5], joint.mean[5], relative: 1e-9))
    let again = try #require(both.conditioned(on: [.init(steps: 0..<2, value: 999)]))
    #expect(again.mean == both.mean)
    #expect(joint.conditioned(on: [.init(steps: 5..<7, value: 1)]) == nil)
    #expect(joint.conditioned(on: [.init(steps: 0..<1, value: .nan)]) == joint)
  }

  @Test("Student's law: ν rises by one a value, and a surprise widens what is left")
  func student() throws {
    let joint = try Naive().fit(to: Self.series).forecast(horizon: 3, levels: [0.8])
    guard case .student(_, let freedom) = joint.joint else {
      Issue.record("the naive law is Student's")
      return
    }
    let scale = joint.joint.variance(of: [1]).squareRoot()
    for surprise in [0.0, 4] {
      let value = joint.mean[0] + surprise * scale
      let given = try #require(joint.conditioned(on: [.init(steps: 0..<1, value: value)]))
      guard case .student(_, let more) = given.joint else {
        Issue.record("it stays Student's")
        return
      }
      #expect(more == freedom + 1)
      let factor = (freedom + surprise * surprise) / (freedom + 1)
      #expect(isClose(given.joint.variance(of: [0, 1]), scale * scale * factor, relative: 1e-9))
    }
  }

  /// Means of 20,000 draws are off by 0.7 % of a deviation, deviations by 0.5 %.
  @Test("draws on both sides of zero are moved as the normal law is, and what is exact comes back in each")
  func draws() throws {
    let fitted = try Self.linear[2].fit(to: Self.series)
    let exact = fitted.forecast(horizon: 5, levels: [0.8])
    let paths = fitted.samplePaths(horizon: 5, count: 20_000, seed: 4)
    let drawn = Forecast(
      of: Self.series, model: "draws", mean: exact.mean.map { $0 - 125 },
      paths: SamplePaths(values: paths.values.map { $0 - 125 }, horizon: 5), levels: [0.8])
    let facts = [Forecast.Known(steps: 0..<1, value: 125), .init(steps: 1..<3, value: 240, standardError: 3)]
    let lower = [Forecast.Known(steps: 0..<1, value: 0), .init(steps: 1..<3, value: -10, standardError: 3)]
    let (a, b) = (try #require(exact.conditioned(on: facts)), try #require(drawn.conditioned(on: lower)))
    for h in 1..<5 {
      let deviation = a.law(ofSteps: h..<h + 1)?.scale ?? 0
      #expect(abs(a.mean[h] - 125 - b.mean[h]) < 0.05 * deviation)
      #expect(isClose(a.intervals[h][0].width, b.intervals[h][0].width, relative: 0.04))
    }
    guard case .paths(let given) = b.joint else {
      Issue.record("draws stay draws")
      return
    }
    #expect(given.draws(ofStep: 0).allSatisfy { abs($0) < 1e-9 })
  }

  @Test("wild draws do not decide how far the others move: another seed moves the mean as far")
  func wildDraws() throws {
    // Logarithms with six degrees of freedom, scales 0.5 and 0.65, correlation 0.6, as of a volatile series by auto.
    let law = JointLaw.student(.normal(factor: [[0.5], [0.65 * 0.6, 0.65 * 0.8]]), degreesOfFreedom: 6)
    var moves: [Double] = []
    for seed in 1...12 {
      let logs = SamplePaths(mean: [0, 0], law: law, count: 5000, seed: UInt64(seed))
      let paths = SamplePaths(values: logs.values.map { 100 * .exp($0) }, horizon: 2)
      let forecast = Forecast(of: Self.series, model: "wild", mean: [100, 100], paths: paths, levels: [0.8])
      let known = Forecast.Known(steps: 0..<1, value: 150, standardError: 50)
      let given = try #require(forecast.conditioned(on: [known]))
      moves.append(given.mean[1] - 100)
      #expect((20..<50).contains(given.mean[0] - 100), "\(given.mean)")
      // What is exact comes back exact, and a sum is shared out without remainder.
      let sum = Forecast.Known(steps: 0..<2, value: 260)
      let both = try #require(forecast.conditioned(on: [sum]))
      #expect(isClose(both.mean[0] + both.mean[1], 260, relative: 1e-12))
    }
    let (low, high) = (moves.min() ?? 0, moves.max() ?? 0)
    #expect(low > 5 && high < 1.6 * low, "\(moves)")
  }

  @Test("of demand that is mostly none what is exact comes back exact too")
  func mostlyNone() throws {
    // One path in a hundred has three, and two a period later.
    let values = (0..<1000).flatMap { (path: Int) -> [Double] in path % 100 == 7 ? [3, 2] : [0, 0] }
    let paths = SamplePaths(values: values, horizon: 2)
    let forecast = Forecast(of: Self.series, model: "parts", mean: [0.03, 0.02], paths: paths, levels: [0.8])
    let given = try #require(forecast.conditioned(on: [.init(steps: 0..<1, value: 3)]))
    #expect(isClose(given.mean[0], 3, relative: 1e-12) && isClose(given.mean[1], 2, relative: 1e-12))
  }

  /// Medians of 20,000 draws are off by 1 % of a deviation.
  @Test(
    "of log-normal draws the logarithms are moved: medians and intervals are those of the normal law given the fact"
  )
  func logNormalDraws() throws {
    // Two steps' logarithms with deviations 0.5 and 0.6, correlation 0.5.
    let (means, triangle) = ([3.0, 3.2], [[0.5], [0.3, 0.6 * 0.75.squareRoot()]])
    let logs = SamplePaths(mean: means, law: .normal(factor: triangle), count: 20_000, seed: 3)
    let paths = SamplePaths(values: logs.values.map { .exp($0) }, horizon: 2)
    let start = means.map { Double.exp($0) }
    let forecast = Forecast(of: Self.series, model: "logs", mean: start, paths: paths, levels: [0.95])
    for error in [0, 0.05, 0.4] {
      let value = 8.0
      let given = try #require(
        forecast.conditioned(on: [.init(steps: 0..<1, value: value, standardError: error * value)]))
      let noise = Double.log(1 + error * error)
      let trust = 0.25 / (0.25 + noise)
      let surprise = Double.log(value) - means[0]
      let slopes = [trust, trust * 0.15 / 0.25]
      let variances = [0.25 * (1 - trust), 0.36 - 0.15 * 0.15 / 0.25 * trust]
      for h in 0..<2 {
        let (centre, deviation) = (means[h] + slopes[h] * surprise, variances[h].squareRoot())
        #expect(abs(.log(given.median[h]) - centre) < 0.03 * deviation + 1e-12, "\(error) \(h)")
        let interval = given.intervals[h][0]
        #expect(
          isClose(
            .log(interval.upper / interval.lower), 2 * z975 * deviation, relative: 0.03, absolute: 1e-12))
        #expect((interval.lower...interval.upper).contains(given.median[h]))
      }
    }
    // A sum is exact in every draw, and no draw falls below zero.
    let both = try #require(forecast.conditioned(on: [.init(steps: 0..<2, value: 12)]))
    guard case .paths(let given) = both.joint else {
      Issue.record("draws stay draws")
      return
    }
    #expect(
      zip(given.draws(ofStep: 0), given.draws(ofStep: 1)).allSatisfy {
        $0 > 0 && $1 > 0 && isClose($0 + $1, 12, relative: 1e-13)
      })
  }

  @Test("published months are exact, the total is theirs and the forecast's")
  func quarter() throws {
    // The series ends in 2022-02: January and February are published, March is to come.
    let nowcast = try Nowcaster(model: Self.linear[0]).nowcast(of: Self.series)
    #expect(nowcast.period == .quarter(2022, 1))
    #expect(nowcast.parts.map(\.status) == [.published, .published, .forecast])
    #expect(nowcast.parts.map(\.period) == [.month(2022, 1), .month(2022, 2), .month(2022, 3)])
    let march = try Self.linear[0].fit(to: Self.series).forecast(horizon: 1)
    let known = Self.series.values[84] + Self.series.values[85]
    #expect(isClose(nowcast.total.mean, known + march.mean[0], relative: 1e-13))
    #expect(isClose(nowcast.total.median, known + march.median[0], relative: 1e-13))
    #expect(isClose(nowcast.total.intervals[1].width, march.intervals[0][1].width, relative: 1e-9))
    #expect(nowcast.parts[0].mean == Self.series.values[84] && nowcast.parts[0].intervals[0].width == 0)
    // A quarter that has ended gives way to the next; a year takes all of it.
    let next = try Nowcaster(model: Self.linear[0]).nowcast(of: Self.series.prefix(84))
    #expect(next.period == .quarter(2022, 1) && next.parts.allSatisfy { $0.status == .forecast })
    let year = try Nowcaster(model: Naive()).nowcast(of: Self.series, unit: .year)
    #expect(year.period == .year(2022) && year.parts.count == 12 && year.total.period.description == "2022")
  }

  @Test(
    "growth on the year before: of known months on paper, of the total from its law; none without a year before"
  )
  func growth() throws {
    let nowcast = try Nowcaster(model: Self.linear[0]).nowcast(of: Self.series)
    let values = Self.series.values
    for i in 0..<2 {
      let growth = try #require(nowcast.parts[i].growth)
      #expect(nowcast.parts[i].yearBefore == values[72 + i])
      #expect(isClose(growth.mean, values[84 + i] / values[72 + i] - 1, relative: 1e-12))
      #expect(growth.median == growth.mean && growth.intervals[1].width == 0)
    }
    let before = values[72] + values[73] + values[74]
    #expect(isClose(nowcast.yearBefore, before, relative: 1e-14))
    let growth = try #require(nowcast.growth)
    #expect(isClose(growth.mean, nowcast.total.mean / before - 1, relative: 1e-10, absolute: 1e-14))
    #expect(isClose(growth.intervals[0].width, nowcast.total.intervals[0].width / before, relative: 1e-10))
    #expect(growth.intervals.map(\.level) == [0.8, 0.95])
    // The law of auto is drawn; one month to come has its own interval all the same.
    let auto = try Nowcaster(model: Auto(effort: .fast)).nowcast(of: Self.series)
    for (whole, march) in zip(auto.total.intervals, auto.parts[2].intervals) {
      #expect(isClose(whole.lower, march.lower + values[84] + values[85], relative: 1e-14))
    }
    let short = try Nowcaster(model: Naive()).nowcast(of: TimeSeries([5, 6, 7], start: .month(2022, 1)))
    #expect(short.growth == nil && short.yearBefore.isNaN && short.parts[0].growth == nil)
    let negative = TimeSeries(values.map { -$0 }, start: Self.series.start)
    #expect(try Nowcaster(model: Naive()).nowcast(of: negative).growth == nil)
    #expect(auto.explanation != nil && nowcast.explanation == nil)
  }

  @Test("months that are missing at the end are still to come")
  func notYetPublished() throws {
    var longer = Self.series
    longer.values += [.nan, .nan]
    let (a, b) = try (
      Nowcaster(model: Self.linear[0]).nowcast(of: longer),
      Nowcaster(model: Self.linear[0]).nowcast(of: Self.series)
    )
    #expect(a.period == .quarter(2022, 1) && a.total == b.total && a.parts.map(\.mean) == b.parts.map(\.mean))
    #expect(throws: ForecastError.noObservations(count: 0)) {
      try Nowcaster(model: Naive()).nowcast(of: TimeSeries([.nan, .nan], start: .month(2022, 1)))
    }
  }

  @Test("revisions in parts of the values are those in their unit")
  func relativeRevisions() throws {
    let model = Self.linear[0]
    let last = Array(Self.series.values.suffix(2).reversed())
    let parts = try Nowcaster(model: model, relativeRevisions: [0.04, 0.01]).nowcast(of: Self.series)
    let units = try Nowcaster(model: model, revisions: [0.04 * last[0], 0.01 * last[1]]).nowcast(
      of: Self.series)
    #expect(parts.total == units.total && parts.parts.prefix(2).allSatisfy { $0.status == .revisable })
    // Values below zero err as much.
    let negative = TimeSeries(Self.series.values.map { -$0 }, start: Self.series.start)
    let mirrored = try Nowcaster(model: Naive(), relativeRevisions: [0.04, 0.01]).nowcast(of: negative)
    let naive = try Nowcaster(model: Naive(), relativeRevisions: [0.04, 0.01]).nowcast(of: Self.series)
    #expect(isClose(mirrored.total.mean, -naive.total.mean, relative: 1e-12))
  }

  @Test(
    "revisable months before a quarter that is all to come count for it, and more of them than there are months do no harm"
  )
  func revisableBefore() throws {
    // December is the last month known.
    let model = Self.linear[0]
    let known = Self.series.prefix(84)
    let nowcast = try Nowcaster(model: model, revisions: [5]).nowcast(of: known)
    #expect(nowcast.period == .quarter(2022, 1) && nowcast.parts.allSatisfy { $0.status == .forecast })
    let joint = try model.fit(to: Self.series.prefix(83)).forecast(horizon: 4)
    let december = Forecast.Known(steps: 0..<1, value: known.values[83], standardError: 5)
    let given = try #require(joint.conditioned(on: [december])?.total(ofSteps: 1..<4))
    #expect(isClose(nowcast.total.mean, given.mean, relative: 1e-12))
    #expect(isClose(nowcast.total.intervals[1].width, given.intervals[1].width, relative: 1e-12))
    let few = TimeSeries([5, 6, 4, 7], start: .month(2022, 1))
    let vague = try Nowcaster(model: Naive(), revisions: [1, 1, 0]).nowcast(of: few)
    #expect(vague.parts.map(\.status) == [.revisable, .forecast, .forecast])
    #expect(throws: ForecastError.tooShort(model: "Naive", needed: 2, found: 1)) {
      try Nowcaster(model: Naive(), revisions: [1, 1, 1, 1]).nowcast(of: few)
    }
  }

  @Test("a revisable month lies between its publication and what the model expected")
  func revisions() throws {
    let model = Self.linear[0]
    let exact = try Nowcaster(model: model, revisions: [1e-6]).nowcast(of: Self.series)
    let vague = try Nowcaster(model: model, revisions: [1e6]).nowcast(of: Self.series)
    let some = try Nowcaster(model: model, revisions: [5, 0]).nowcast(of: Self.series)
    let published = Self.series.values[85]
    let expected = try model.fit(to: Self.series.prefix(85)).forecast(horizon: 2)
    #expect(some.parts.map(\.status) == [.published, .revisable, .forecast])
    #expect(isClose(exact.parts[1].mean, published, relative: 1e-9))
    #expect(isClose(vague.parts[1].mean, expected.mean[0], relative: 1e-6))
    #expect(
      isClose(
        vague.total.intervals[0].width, expected.total(ofSteps: 0..<2)?.intervals[0].width ?? 0,
        relative: 1e-6))
    let between = (some.parts[1].mean - published) / (expected.mean[0] - published)
    #expect(between > 0.01 && between < 0.99)
    #expect(some.parts[1].published == published && some.parts[2].published.isNaN)
    #expect(some.total.intervals[0].width > exact.total.intervals[0].width)
    #expect(some.total.intervals[0].width < vague.total.intervals[0].width)
  }

  @Test(
    "a month without a standard error is published, also after one that has one, and where a part of nothing is nothing"
  )
  func exactAmongRevisable() throws {
    let nowcast = try Nowcaster(model: Self.linear[0], revisions: [0, 5]).nowcast(of: Self.series)
    #expect(nowcast.parts.map(\.status) == [.revisable, .published, .forecast])
    let (part, published) = (nowcast.parts[1], Self.series.values[85])
    #expect(part.mean == published && part.median == published && part.published == published)
    #expect(part.intervals.allSatisfy { $0.lower == published && $0.upper == published })
    #expect(part.yearBefore == Self.series.values[73])
    #expect(isClose(nowcast.total.mean, nowcast.parts.reduce(0) { $0 + $1.mean }, relative: 1e-12))
    var empty = Self.series
    empty.values[85] = 0
    let none = try Nowcaster(model: Self.linear[0], relativeRevisions: [0.02]).nowcast(of: empty)
    #expect(none.parts[1].status == .published && none.parts[1].mean == 0)
  }

  @Test("a published month that is missing, and a series that does not reach back, are refused")
  func refused() throws {
    var gap = Self.series
    gap.values[84] = .nan
    #expect(throws: ForecastError.missingValues(model: "the nowcast of 2022-Q1", count: 1)) {
      try Nowcaster(model: Naive()).nowcast(of: gap)
    }
    // Also among those that may still be revised.
    #expect(throws: ForecastError.missingValues(model: "the nowcast of 2022-Q1", count: 1)) {
      try Nowcaster(model: Naive(), revisions: [3, 3, 3]).nowcast(of: gap)
    }
    // Before the whole a gap is none of its business, revisable or not.
    gap.values[84] = Self.series.values[84]
    gap.values[83] = .nan
    #expect(try Nowcaster(model: Naive(), revisions: [3, 3, 3]).nowcast(of: gap).parts.count == 3)
    let late = TimeSeries([5, 6, 7], start: .month(2022, 5))
    #expect(throws: ForecastError.missingValues(model: "the nowcast of 2022", count: 4)) {
      try Nowcaster(model: Naive()).nowcast(of: late, unit: .year)
    }
  }
}
