import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Bagging")
struct BaggedTests {
  static let series = TimeSeries(OddSeries.regular(75), start: .month(2018, 2), name: "regular")

  /// Season and growth with an autoregressive remainder, in logarithms.
  static func drawn(_ count: Int, seed: UInt64, persistence: Double = 0, deviation: Double = 0.1)
    -> TimeSeries
  {
    var generator = SeededGenerator(seed: seed)
    var noise = 0.0
    let values = (0..<count).map { t -> Double in
      noise = persistence * noise + deviation * generator.nextNormal()
      return Double.exp(4 + 0.005 * Double(t) + 0.2 * Double.sin(0.5236 * Double(t)) + noise)
    }
    return TimeSeries(values, start: .month(2005, 7), name: "drawn")
  }

  // MARK: - Copies of a series

  @Test(
    "remainders come in whole blocks of those observed, the first one cut", arguments: [1, 7, 24, 74, 75])
  func blocks(length: Int) throws {
    let bootstrap = SeriesBootstrap(Self.series, blockLength: length)
    #expect(bootstrap.blockLength == length && Set(bootstrap.remainder).count == 75)
    let place = Dictionary(uniqueKeysWithValues: bootstrap.remainder.enumerated().map { ($1, $0) })
    var generator = SeededGenerator(seed: 5)
    var firsts: Set<Int> = []
    for _ in 0..<60 {
      let drawn = bootstrap.drawnRemainder(using: &generator)
      #expect(drawn.count == 75)
      let places = try drawn.map { try #require(place[$0]) }
      // Not circular: a block that ends with the last remainder is followed by another block.
      let ends = (0..<74).filter { places[$0 + 1] != places[$0] + 1 }
      for (a, b) in zip(ends, ends.dropFirst()) { #expect((b - a) % length == 0) }
      if let first = ends.first { firsts.insert(first % length) }
    }
    // Where the first cut falls varies over the block.
    #expect(length == 1 || length > 70 || firsts.count > length / 2)
  }

  @Test("a copy is trend and season of the transformed series and its remainders, transformed back")
  func parts() throws {
    let series = Self.drawn(96, seed: 3)
    let bootstrap = SeriesBootstrap(series)
    let lambda = try BoxCox.guerrero().chosen(for: series)
    #expect(bootstrap.lambda == lambda && bootstrap.blockLength == 24)
    let transformed = TimeSeries(
      series.values.map { BoxCox.transform($0, lambda) }, start: series.start)
    let stl = try STL(seasonalWindow: .periodic).decompose(transformed)
    #expect(bootstrap.centre == zip(stl.trend, stl.seasonal).map { $0 + $1 })
    #expect(largestDifference(bootstrap.remainder, stl.remainder) < 1e-12)
    var generator = SeededGenerator(seed: 8)
    let rest = bootstrap.drawnRemainder(using: &generator)
    let copy = bootstrap.copy(with: rest)
    #expect(copy.start == series.start && copy.seasonalPeriod == 12 && copy.name == series.name)
    for t in 0..<96 {
      let expected = BoxCox.inverse(stl.trend[t] + stl.seasonal[t] + rest[t], lambda)
      #expect(isClose(copy.values[t], expected, relative: 1e-13))
    }
    // The observed remainders give the series itself.
    let same = bootstrap.copy(with: bootstrap.remainder)
    #expect(zip(same.values, series.values).allSatisfy { isClose($0, $1, relative: 1e-12) })
  }

  @Test(
    "the last block may stay as it was observed: copies differ before it, and models go on from the same end")
  func end() throws {
    let bootstrap = SeriesBootstrap(Self.series)
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<20 {
      let drawn = bootstrap.drawnRemainder(keepsEnd: true, using: &generator)
      #expect(drawn.count == 75 && drawn.suffix(24) == bootstrap.remainder.suffix(24))
      #expect(Set(drawn).isSubset(of: bootstrap.remainder))
      #expect(drawn.prefix(51) != bootstrap.remainder.prefix(51))
    }
    // A block as long as the series is the series.
    let whole = SeriesBootstrap(Self.series, blockLength: 75)
    #expect(whole.drawnRemainder(keepsEnd: true, using: &generator) == whole.remainder)
    let fit = try Bagged(LastValue(), copies: 8).fit(to: Self.series)
    #expect(fit.members.allSatisfy { isClose($0.value, Self.series.values[74], relative: 1e-12) })
    let free = try Bagged(LastValue(), copies: 8, keepsEnd: false).fit(to: Self.series)
    #expect(Set(free.members.map(\.value)).count > 4)
  }

  @Test("values that are not above zero stay as they are: a copy is exactly trend, season and remainders")
  func negative() {
    let series = TimeSeries(OddSeries.regular(60).map { $0 - 100 }, start: .month(2018, 2))
    let bootstrap = SeriesBootstrap(series)
    #expect(bootstrap.lambda == nil)
    var generator = SeededGenerator(seed: 8)
    let rest = bootstrap.drawnRemainder(using: &generator)
    #expect(bootstrap.copy(with: rest).values == zip(bootstrap.centre, rest).map { $0 + $1 })
  }

  @Test("blocks are two seasons long, 8 periods without a season, and half of the observations at most")
  func blockLengths() {
    func length(_ count: Int, _ start: Period) -> Int {
      SeriesBootstrap(TimeSeries(OddSeries.regular(count), start: start)).blockLength
    }
    #expect(length(120, .month(2000, 1)) == 24 && length(30, .month(2000, 1)) == 15)
    #expect(length(60, .quarter(2000, 1)) == 8 && length(40, .year(1980)) == 8)
    #expect(length(9, .year(2000)) == 4 && length(2, .year(2000)) == 1 && length(1, .year(2000)) == 1)
    #expect(SeriesBootstrap(Self.series, blockLength: 1000).blockLength == 75)
  }

  @Test("without a season, or with less than two, a local line stands for trend and season")
  func unseasonal() {
    let line = TimeSeries((0..<20).map { 50 + 3 * Double($0) }, start: .year(1990))
    let bootstrap = SeriesBootstrap(TimeSeries(line.values.map { $0 - 60 }, start: line.start))
    #expect(bootstrap.remainder.allSatisfy { abs($0) < 1e-9 })
    let short = SeriesBootstrap(Self.series.prefix(20))
    #expect(short.lambda == nil && short.centre.count == 20 && short.remainder.contains { abs($0) > 0.1 })
    for count in 1...4 {
      let bootstrap = SeriesBootstrap(Self.series.prefix(count))
      #expect(bootstrap.copy(with: bootstrap.remainder).values.count == count)
    }
  }

  @Test("a gap is a gap in every copy, and the known remainders go on behind it")
  func gaps() throws {
    var series = Self.series
    for t in [0, 17, 18, 40, 74] { series.values[t] = .nan }
    let bootstrap = SeriesBootstrap(series, blockLength: 70)
    var generator = SeededGenerator(seed: 2)
    let rest = bootstrap.drawnRemainder(using: &generator)
    let copy = bootstrap.copy(with: rest)
    #expect(bootstrap.remainder.allSatisfy { $0.isFinite })
    #expect(copy.values.indices.allSatisfy { copy.values[$0].isNaN == series.values[$0].isNaN })
    // One block of all of them, cut at its first and followed by itself: the gaps leave no trace.
    let first = try #require(bootstrap.remainder.firstIndex(of: rest[0]))
    #expect(rest == Array(bootstrap.remainder[first...] + bootstrap.remainder[..<first]))
    let fit = try Bagged(ETS(), copies: 4).fit(to: series)
    #expect(fit.members.count == 4 && fit.forecast(horizon: 3).mean.allSatisfy { $0.isFinite })
  }

  @Test("all copies of a constant series are that series; copies of values above zero are above zero")
  func constants() throws {
    let constant = TimeSeries([Double](repeating: 7.25, count: 40), start: .month(2019, 1))
    let bootstrap = SeriesBootstrap(constant)
    #expect(bootstrap.copy(with: [Double](repeating: 1, count: 40)) == constant)
    let fit = try Bagged(Naive(), copies: 5).fit(to: constant)
    #expect(
      fit.forecast(horizon: 2).intervals[1][1] == PredictionInterval(level: 0.95, lower: 7.25, upper: 7.25))
    let spiky = TimeSeries((0..<48).map { $0 % 11 == 4 ? 1000 : 10 + Double($0 % 3) }, start: .month(2019, 1))
    let bags = SeriesBootstrap(spiky, blockLength: 1)
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<50 {
      let copy = bags.copy(with: bags.drawnRemainder(using: &generator))
      #expect(copy.values.allSatisfy { $0 >= 1 && $0.isFinite })
    }
  }

  /// Lag-one autocorrelations of 20 runs of 240 have a standard error of about 0.05 each, 0.01 together.
  @Test("blocks keep the autocorrelation of the remainder, single draws do not")
  func autocorrelation() {
    let series = Self.drawn(240, seed: 9, persistence: 0.7)
    func mean(_ blockLength: Int) -> Double {
      let bootstrap = SeriesBootstrap(series, blockLength: blockLength)
      var generator = SeededGenerator(seed: 1)
      let values = (0..<20).map { _ in autocorrelation(bootstrap.drawnRemainder(using: &generator)) }
      return values.reduce(0, +) / 20
    }
    let observed = autocorrelation(SeriesBootstrap(series).remainder)
    // One in 24 neighbours is of another block.
    let (blocks, single) = (mean(24), mean(1))
    #expect(observed > 0.25 && abs(blocks - 23.0 / 24 * observed) < 0.06, "\(observed) \(blocks)")
    #expect(abs(single) < 0.06, "\(single)")
  }

  private func autocorrelation(_ x: [Double]) -> Double {
    let mean = x.reduce(0, +) / Double(x.count)
    let centred = x.map { $0 - mean }
    let products = zip(centred, centred.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    return products / centred.reduce(0) { $0 + $1 * $1 }
  }

  // MARK: - Models of the copies

  @Test("a model that says the last value gives the last values of the copies, and paths take them in turn")
  func lastValues() throws {
    let series = Self.drawn(60, seed: 11)
    for centre in BaggingCentre.allCases {
      let fit = try Bagged(LastValue(), copies: 8, keepsEnd: false, seed: 4, centre: centre).fit(to: series)
      let bootstrap = SeriesBootstrap(series)
      var last = [series.values[59]]
      for copy in 1..<8 {
        var generator = SeededGenerator(seed: 4).split(copy)
        last.append(bootstrap.copy(with: bootstrap.drawnRemainder(using: &generator)).values[59])
      }
      let sorted = last.sorted()
      let expected = centre == .mean ? last.reduce(0, +) / 8 : (sorted[3] + sorted[4]) / 2
      let forecast = fit.forecast(horizon: 2, levels: [0.5], paths: 800)
      #expect(forecast.mean.allSatisfy { isClose($0, expected, relative: 1e-14) })
      #expect(fit.forecast(horizon: 2, levels: []).mean == forecast.mean)
      let paths = fit.samplePaths(horizon: 2, count: 19, seed: 1)
      #expect((0..<19).allSatisfy { paths[path: $0, step: 0] == last[$0 % 8] })
      let few = fit.samplePaths(horizon: 3, count: 5, seed: 1)
      #expect((0..<5).allSatisfy { few[path: $0, step: 2] == last[$0] })
      #expect(
        fit.fittedValues.dropFirst() == fit.members[0].fittedValues.dropFirst()
          && fit.informationCriteria == nil)
    }
  }

  @Test("one copy is the series: everything is the base model's, bit for bit")
  func one() throws {
    let fit = try Bagged(ETS(), copies: 1).fit(to: Self.series)
    let base = try ETS().fit(to: Self.series)
    var expected = base.forecast(horizon: 14)
    expected.model = "bagged ETS"
    #expect(fit.forecast(horizon: 14) == expected && fit.name == "bagged ETS")
    #expect(fit.samplePaths(horizon: 3, count: 5, seed: 4) == base.samplePaths(horizon: 3, count: 5, seed: 4))
  }

  @Test("the same seed gives the same members bit for bit, another seed others; more copies only add")
  func seeds() throws {
    func levels(_ copies: Int, _ seed: UInt64) throws -> [Double] {
      try Bagged(ETS(), copies: copies, seed: seed).fit(to: Self.series).members.map {
        $0.forecast(horizon: 1, levels: []).mean[0]
      }
    }
    let four = try levels(4, 1)
    #expect(try four == levels(4, 1) && Array(levels(6, 1).prefix(4)) == four)
    let other = try levels(4, 2)
    #expect(other[0] == four[0] && (1..<4).allSatisfy { other[$0] != four[$0] })
    #expect(Set(four).count == 4)
  }

  /// With 20,000 draws a variance has a standard error of 1 %, a mean of 0.7 % of the deviation.
  @Test("the law is the members' mixture: mean of means, and mean of variances with the variance of means")
  func mixture() throws {
    let fit = try Bagged(Drift(), copies: 12, keepsEnd: false, seed: 3).fit(to: Self.drawn(80, seed: 2))
    let forecast = fit.forecast(horizon: 6, levels: [0.8], paths: 20_000)
    guard case .paths(let paths) = forecast.joint else {
      Issue.record("no draws")
      return
    }
    for h in [0, 5] {
      let members = fit.members.map { $0.samplePaths(horizon: 6, count: 4000, seed: 77).draws(ofStep: h) }
      let means = fit.members.map { $0.forecast(horizon: 6, levels: []).mean[h] }
      let mean = means.reduce(0, +) / 12
      let between = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 12
      let within = zip(members, means).reduce(0) { $0 + variance($1.0, about: $1.1) } / 12
      let drawn = paths.draws(ofStep: h)
      let whole = between + within
      #expect(isClose(forecast.mean[h], mean, relative: 1e-13))
      #expect(abs(drawn.reduce(0, +) / 20_000 - mean) < 0.03 * whole.squareRoot())
      #expect(isClose(variance(drawn, about: mean), whole, relative: 0.05) && between > 0.08 * whole)
    }
  }

  private func variance(_ x: [Double], about mean: Double) -> Double {
    x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
  }

  /// 60 series with 40 copies: the ratio's mean has a standard error of about 2 %. ``STL`` takes up some 15 % of the noise's variance.
  @Test("what copies differ by is the noise that is in the series")
  func spread() throws {
    var ratio = 0.0
    for seed in 0..<60 {
      let fit = try Bagged(SeasonalNaive(), copies: 40, keepsEnd: false, seed: 5).fit(
        to: Self.drawn(72, seed: UInt64(100 + seed)))
      let logs = fit.members.map { Double.log($0.forecast(horizon: 12, levels: []).mean[11]) }
      let mean = logs.reduce(0, +) / 40
      ratio += variance(logs, about: mean) * 40 / 39 / 0.01 / 60
    }
    #expect(ratio > 0.65 && ratio < 1)
  }

  // MARK: - Refusals

  @Test(
    "the base model's refusal of the series is thrown; a copy that it refuses is left out, with the reason")
  func refusals() throws {
    #expect(
      throws: ForecastError.notPositive(model: "transformed Drift", period: .month(2018, 2), value: -100)
    ) {
      _ = try Bagged(Transformed(Drift(), by: .log)).fit(
        to: TimeSeries([-100, 3, 4], start: .month(2018, 2)))
    }
    let limit = Self.series.values[74]
    let fit = try Bagged(LastValue(limit: limit), copies: 20, keepsEnd: false).fit(to: Self.series)
    let all = try Bagged(LastValue(), copies: 20, keepsEnd: false).fit(to: Self.series)
    let kept = all.members.filter { $0.value <= limit }.map(\.value)
    #expect(fit.members.map(\.value) == kept && kept.count > 2 && kept.count < 18)
    #expect(
      fit.leftOut
        == [ForecastError](repeating: .cannotFit(model: "last", reason: "limit"), count: 20 - kept.count))
    // Points beyond numbers take no part.
    let partly = FittedBagged(
      series: Self.series, name: "bagged", centre: .mean,
      members: [1, .infinity, 4].map { FittedLastValue(series: Self.series, value: $0) }, leftOut: [])
    #expect(partly.forecast(horizon: 1, levels: []).mean == [2.5])
    #expect(partly.samplePaths(horizon: 1, count: 4, seed: 1).values == [1, 4, 1, 4])
  }

  @Test("after more observations every member has taken them in")
  func updating() throws {
    let fit = try Bagged(ETS(.form(ETS.Form())), copies: 5).fit(to: Self.series.prefix(70))
    let later = try fit.updated(with: Array(Self.series.values[70...]))
    #expect(later.series == Self.series && later.members.count == 5)
    for (before, after) in zip(fit.members, later.members) {
      #expect(after.series.values.prefix(70).elementsEqual(before.series.values))
      #expect(after.series.values.suffix(5).elementsEqual(Self.series.values.suffix(5)))
    }
  }
}

/// Says the last value with certainty; refuses a series whose last value is above a limit.
private struct LastValue: Forecaster {
  var limit = Double.infinity
  var name: String { "last" }

  func fit(to series: TimeSeries) throws(ForecastError) -> FittedLastValue {
    guard let last = series.values.last else { throw .noObservations(count: 0) }
    guard last <= limit else { throw .cannotFit(model: name, reason: "limit") }
    return FittedLastValue(series: series, value: last)
  }
}

private struct FittedLastValue: FittedModel {
  let series: TimeSeries
  let value: Double
  var name: String { "last" }
  var fittedValues: [Double] { [.nan] + series.values.dropLast() }
  var informationCriteria: InformationCriteria? { nil }

  func forecast(_ request: ForecastRequest) -> Forecast {
    let paths = samplePaths(horizon: request.horizon, count: 2, seed: 1)
    return Forecast(of: series, model: name, mean: nil, paths: paths, levels: request.levels)
  }

  func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    SamplePaths(values: [Double](repeating: value, count: horizon * count), horizon: horizon)
  }

  func updated(with values: [Double]) throws(ForecastError) -> FittedLastValue {
    FittedLastValue(series: try series.appending(values), value: values.last ?? value)
  }
}
