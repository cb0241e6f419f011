import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Auto")
struct AutoTests {
  static let regular = TimeSeries(OddSeries.regular(75), start: .month(2018, 2), name: "regular")

  @Test("the explanation names every member with its weights, which fall for ARIMA and have sum 1")
  func explanation() throws {
    let fit = try Auto().fit(to: Self.regular)
    let combination = try #require(fit.base as? FittedCombination)
    #expect(combination.members.count == 11 && combination.leftOut.isEmpty && fit.findings.isEmpty)
    for step in [0, 5, 17] {
      #expect(isClose(combination.members.reduce(0) { $0 + $1.weights[step] }, 1, relative: 1e-12))
    }
    let arima = combination.members[2]
    #expect(
      isClose(arima.weights[0], 2.2 / 10, relative: 1e-12)
        && isClose(arima.weights[17], 1.6 / 11.1, relative: 1e-12))
    #expect(fit.explanation.filter { $0.contains("weight") }.count == 11)
    #expect(fit.explanation.contains { $0.contains("weight 25 % in step 1") })
  }

  @Test(
    "a forecast carries the explanation, with weights of its own steps; a model that decides nothing has none"
  )
  func forecastExplanation() throws {
    let forecast = try Auto().fit(to: Self.regular).forecast(horizon: 20, levels: [])
    let explanation = try #require(forecast.explanation)
    #expect(explanation.members.count == 11 && explanation.members.allSatisfy { $0.weights.count == 20 })
    for step in [0, 5, 19] {
      #expect(isClose(explanation.members.reduce(0) { $0 + $1.weights[step] }, 1, relative: 1e-12))
    }
    let arima = explanation.members[2].weights
    #expect(isClose(arima[0], 2.2 / 10, relative: 1e-12) && isClose(arima[17], 1.6 / 11.1, relative: 1e-12))
    #expect(arima[17] == arima[19])
    #expect(explanation.summary == "mean of 11 models" && explanation.decisions.isEmpty)
    #expect(try ETS().fit(to: Self.regular).forecast(horizon: 2).explanation == nil)
    let short = try Auto().fit(to: Self.regular.prefix(8)).forecast(horizon: 1)
    let few = try #require(short.explanation)
    #expect(few.leftOut.count == 2 && few.summary.hasSuffix("; 2 models left out"))
    #expect(few.lines.suffix(2).allSatisfy { $0.hasPrefix("left out: ") })
    #expect(few.lines.contains { $0.hasSuffix("% in step 1") })
    let wrapped = try Calibrated(Auto()).fit(to: Self.regular).forecast(horizon: 20)
    #expect(wrapped.explanation == explanation)
  }

  @Test("more effort, more members")
  func effort() throws {
    let counts = try Auto.Effort.allCases.map { effort -> Int in
      let fit = try Auto(effort: effort).fit(to: Self.regular)
      return (fit.base as? FittedCombination)?.members.count ?? 0
    }
    #expect(counts == [7, 11, 13])
    // The hierarchies of logarithms have nothing to say of the next month, and most of what lies far off.
    let standard = AutoTable.models(.standard, for: Self.regular, without: nil).weights
    #expect(standard[0][8...9].allSatisfy { $0 == 0 })
    #expect(isClose(standard[17][8], 2.5 / 11.1 * standard[17].reduce(0, +), relative: 1e-12))
  }

  @Test(
    "of two seasons models for short series alone take part, then with half of the weight, from five seasons on with none",
    arguments: [(24, 1.0), (25, 0.5 * 35 / 36), (42, 0.25), (59, 0.5 / 36), (60, 0.0)])
  func short(count: Int, share: Double) throws {
    for shift in [0.0, -100] {
      let series = TimeSeries(OddSeries.regular(count).map { $0 + shift }, start: .month(2018, 2))
      #expect(isClose(AutoTable.shortShare(series), share, relative: 1e-12))
      let (forecasters, weights) = AutoTable.models(.fast, for: series, without: nil)
      let few = shift == 0 ? 4 : 3
      #expect(forecasters.count == (share == 1 ? 0 : 7) + (share == 0 ? 0 : few))
      if share == 1 && shift == 0 {
        let (first, last) = ([6.5, 2, 0.7, 0.5], [5.5, 0.5, 3.3, 0.5])
        for (weight, expected) in zip(weights[0] + weights[17], first + last) {
          #expect(isClose(weight, expected, relative: 1e-12))
        }
      }
      let naive = forecasters.firstIndex { $0 is SeasonalNaive }
      #expect((naive != nil) == (share > 0))
      for step in [0, 17] {
        // The tables' sums are some ten each, so that the share is nearly that of the weights.
        let whole = weights[step].reduce(0, +)
        let part = share == 0 ? 0 : weights[step].suffix(few).reduce(0, +)
        #expect(isClose(part / whole, share, relative: 0.15), "\(part) \(whole)")
      }
    }
    // What is missing does not count.
    var gaps = TimeSeries(OddSeries.regular(60), start: .month(2018, 2))
    for t in 10..<46 { gaps.values[t] = .nan }
    #expect(AutoTable.shortShare(gaps) == 1)
    #expect(AutoTable.shortShare(TimeSeries(OddSeries.regular(9, season: 1), start: .year(2000))) == 0)
    // Two years of quarters, and of weeks: what can be estimated depends on observations too.
    #expect(AutoTable.shortShare(TimeSeries(OddSeries.regular(8, season: 4), start: .quarter(2019, 2))) == 1)
    let weeks = TimeSeries(OddSeries.regular(100, season: 52), start: .month(2000, 1), seasonalPeriod: 52)
    #expect(AutoTable.shortShare(weeks) == 0.5 && AutoTable.largestScale(weeks) == .infinity)
    #expect(AutoTable.shortShare(weeks.prefix(35)) == 1)
  }

  @Test("yearly sums have models of their own, at any effort", arguments: [0.0, -1000])
  func withoutSeason(shift: Double) throws {
    let values = OddSeries.regular(30, season: 1).map { $0 + shift }
    let series = TimeSeries(values, start: .year(1990), name: "years")
    for effort in Auto.Effort.allCases {
      let (models, weights) = AutoTable.models(effort, for: series, without: nil)
      #expect(models.count == 5 && weights[0] == [2, 1, 1, 1, 1])
      #expect(!models.contains { ($0 as? ARIMA)?.order.isSeasonal == true })
    }
    let forecast = try Auto().fit(to: series).forecast(horizon: 4)
    #expect(forecast.mean.allSatisfy(\.isFinite) && forecast.start == .year(2020))
  }

  @Test("intervals of a short series reach no further than six times the mean difference of its values")
  func shortIntervals() throws {
    let values = [1.0, 90, 2, 300, 1, 40, 800, 3, 5, 600]
    let series = TimeSeries(values, start: .month(2020, 1))
    // Gini's mean difference of the values, by hand: Σ |a − b| over the 45 pairs is 13,170.
    let difference = 13_170.0 / 45
    #expect(isClose(AutoTable.largestScale(series), 6 * difference / 2.446_911_851, relative: 1e-9))
    let forecast = try Auto().fit(to: series).forecast(horizon: 18, levels: [0.95])
    for (mean, step) in zip(forecast.mean, forecast.intervals) {
      // As wide as with errors that add: the reach of the logarithms is asinh of that.
      let reach = Double.log(step[0].upper / step[0].lower) / 2
      #expect(Double.sinh(reach) * mean <= 6 * difference * 1.001)
    }
    let long = TimeSeries(OddSeries.regular(25), start: .month(2020, 1))
    #expect(AutoTable.largestScale(long) == .infinity)
  }

  @Test("a season that eighteen months show is forecast, within intervals of a few times its swing")
  func seasonOfShortSeries() throws {
    var generator = SeededGenerator(seed: 3)
    func value(_ t: Int) -> Double {
      100 * .exp(0.4 * .cos(.pi / 6 * Double(t)) + 0.03 * generator.nextNormal())
    }
    for count in [18, 24, 30] {
      let all = (0..<count + 12).map(value)
      let series = TimeSeries(Array(all.prefix(count)), start: .month(2020, 1))
      let forecast = try Auto().fit(to: series).forecast(horizon: 12)
      let errors = zip(forecast.mean, all.suffix(12)).map { abs(Double.log($0 / $1)) }
      #expect(errors.reduce(0, +) / 12 < 0.12, "\(count) \(errors)")
      // The season's swing is e^0.8.
      for step in forecast.intervals { #expect(Double.log(step[1].upper / step[1].lower) < 2 * 0.8) }
    }
  }

  @Test("of a long series half of the weight goes to models of its last ten years")
  func long() throws {
    let series = TimeSeries(OddSeries.regular(150), start: .month(2010, 2))
    let fit = try Auto(effort: .fast).fit(to: series)
    let combination = try #require(fit.base as? FittedCombination)
    let recent = combination.members.filter { $0.fitted.name.hasSuffix(" of the last 120") }
    #expect(combination.members.count == 14 && recent.count == 7)
    for step in [0, 9, 17] {
      #expect(isClose(recent.reduce(0) { $0 + $1.weights[step] }, 0.5, relative: 1e-12))
    }
    let shorter = try Auto(effort: .fast).fit(to: series.prefix(143))
    #expect((shorter.base as? FittedCombination)?.members.count == 7)
  }

  @Test("the point is the weighted mean of the members'")
  func points() throws {
    let fit = try Auto(effort: .fast).fit(to: Self.regular)
    let combination = try #require(fit.base as? FittedCombination)
    let mean = fit.forecast(horizon: 24, levels: []).mean
    for step in [0, 8, 17, 23] {
      let expected = combination.members.reduce(0) {
        $0 + $1.weights[min(step, 17)] * $1.fitted.forecast(horizon: 24, levels: []).median[step]
      }
      #expect(isClose(mean[step], expected, relative: 1e-12))
    }
  }

  @Test(
    "an interval is the geometric mean of the members' with the distance between them, drawn towards a yearly difference"
  )
  func spread() throws {
    let fit = try Auto(effort: .fast).fit(to: Self.regular)
    let combination = try #require(fit.base as? FittedCombination)
    let forecast = fit.forecast(horizon: 12, levels: [0.95])
    let width = forecast.intervals[11][0].width
    var (logs, between) = (0.0, 0.0)
    for member in combination.members {
      let own = member.fitted.forecast(horizon: 12, levels: [0.95])
      let distance = own.median[11] - forecast.mean[11]
      logs += member.weights[11] * .log(own.intervals[11][0].width / (2 * z975))
      between += member.weights[11] * distance * distance
    }
    let plain = (Double.exp(2 * logs) + between).squareRoot()
    let values = Self.regular.values
    let yearly = zip(values.dropFirst(12), values).reduce(0) { $0 + abs($1.0 - $1.1) } / 63
    let factor = Double.exp(-0.47 + 0.33 + 0.4 * 12 / 75)
    let scale = plain * factor * .pow(yearly / plain, 0.34)
    // 2.446911851: the 97.5 % quantile of Student's law with six degrees of freedom.
    #expect(isClose(width, 2 * 2.446_911_851 * scale, relative: 0.01))
  }

  @Test(
    "tails are Student's with six degrees of freedom, of logarithms where all is above zero; draws have them too"
  )
  func tails() throws {
    // Quantiles of 75, 90 and 99.5 %, R's qt(p, 6), and that of 97.5 %.
    let (quantiles, outer) = ([0.717_558_196, 1.439_755_747, 3.707_428_021], 2.446_911_851)
    let levels = [0.5, 0.8, 0.99, 0.95]
    let fit = try Auto(effort: .fast).fit(to: Self.regular)
    let forecast = fit.forecast(horizon: 3, levels: levels, paths: 20_000)
    let draws = fit.samplePaths(horizon: 3, count: 20_000, seed: 2)
    for h in 0..<3 {
      let reach = forecast.intervals[h].map { Double.log($0.upper / $0.lower) / 2 }
      for (level, quantile) in quantiles.enumerated() {
        #expect(isClose(reach[level], reach[3] * quantile / outer, relative: 1e-7))
        let inside = draws.draws(ofStep: h).count {
          forecast.intervals[h][level].lower < $0 && $0 < forecast.intervals[h][level].upper
        }
        #expect(abs(Double(inside) / 20_000 - levels[level]) < 0.012, "\(h) \(levels[level]) \(inside)")
      }
    }
    let negative = TimeSeries(Self.regular.values.map { -$0 }, start: Self.regular.start)
    let other = try Auto(effort: .fast).fit(to: negative).forecast(horizon: 3, levels: levels)
    if case .student(_, let freedom) = other.joint {
      #expect(freedom == 6)
    } else {
      Issue.record("not Student's law: \(other.joint)")
    }
    for step in other.intervals {
      for (level, quantile) in quantiles.enumerated() {
        #expect(isClose(step[level].width, step[3].width * quantile / outer, relative: 1e-7))
      }
    }
  }

  @Test(
    "of a constant series the point is that constant, within intervals of no width",
    arguments: [5.0, 7, 1 / 3.0])
  func constant(value: Double) throws {
    for count in [30, 80, 200] {
      let series = TimeSeries([Double](repeating: value, count: count), start: .month(2000, 1))
      for effort in Auto.Effort.allCases {
        let forecast = try Auto(effort: effort).fit(to: series).forecast(horizon: 14)
        for (mean, intervals) in zip(forecast.mean, forecast.intervals) {
          #expect(isClose(mean, value, relative: 1e-12))
          #expect(intervals.allSatisfy { $0.lower <= mean && mean <= $0.upper && $0.width < 1e-12 * value })
        }
      }
    }
  }

  @Test("a member that explodes is held near the others, with intervals asked for or not")
  func explosion() throws {
    let members: [any Forecaster] = [Naive(), Drift(), Mean(), Exploding()]
    let combination = Combination(members, by: .given([[1, 1, 1, 1]]), spread: .widened)
    let fit = try combination.fit(to: Self.regular)
    let sane = try Combination(Array(members.prefix(3)), by: .given([[1, 1, 1]]), spread: .widened)
      .fit(to: Self.regular).forecast(horizon: 6)
    let forecast = fit.forecast(horizon: 6)
    for h in 0..<6 {
      let half = sane.intervals[h][1].width / 2
      #expect(abs(forecast.mean[h] - sane.mean[h]) < 2 * half, "\(forecast.mean[h]) \(sane.mean[h])")
      #expect(forecast.intervals[h][1].width < 6 * half)
    }
    #expect(fit.forecast(horizon: 6, levels: []).mean == forecast.mean)
  }

  @Test("a member far off counts as two deviations from the median of the weights")
  func reach() throws {
    let members: [any Forecaster] = [Naive(), Exploding()]
    let combination = Combination(members, by: .given([[0.6, 0.4]]), spread: .widened)
    let mean = try combination.fit(to: Self.regular).forecast(horizon: 6).mean
    let naive = try Naive().fit(to: Self.regular).forecast(horizon: 6, levels: [0.95])
    for h in 0..<6 {
      let deviation = naive.intervals[h][0].width / (2 * z975)
      #expect(isClose(mean[h], naive.mean[h] + 0.4 * 2 * deviation, relative: 1e-9))
    }
  }

  /// A naive forecast times ten to the thirtieth, with the naive law's width.
  struct Exploding: Forecaster {
    var name: String { "exploding" }
    func fit(to series: TimeSeries) throws(ForecastError) -> FittedSeasonallyAdjusted<Naive.Fitted> {
      let factor = MultipleSeasonalDecomposition.Season(
        period: 1, values: [Double](repeating: 1e30, count: series.count))
      return FittedSeasonallyAdjusted(
        series: series, base: try Naive().fit(to: series), seasons: [factor], multiplicative: false,
        method: "exploding")
    }
  }

  @Test("where everything is above zero, so is every interval; else the law is symmetric")
  func positive() throws {
    let wild = TimeSeries(
      OddSeries.regular(60).enumerated().map { $0.offset % 5 == 0 ? $0.element / 20 : $0.element },
      start: .month(2018, 1))
    let fit = try Auto(effort: .fast).fit(to: wild)
    let forecast = fit.forecast(horizon: 18)
    #expect(forecast.intervals.allSatisfy { $0[1].lower > 0 })
    #expect(fit.samplePaths(horizon: 18, count: 500, seed: 1).values.allSatisfy { $0 > 0 })
    // Symmetric in logarithms about the point.
    for (mean, step) in zip(forecast.mean, forecast.intervals) {
      #expect(isClose(step[1].lower * step[1].upper, mean * mean, relative: 1e-9))
    }
    let shifted = TimeSeries(wild.values.map { $0 - 100 }, start: wild.start)
    let other = try Auto(effort: .fast).fit(to: shifted).forecast(horizon: 6)
    for (mean, step) in zip(other.mean, other.intervals) {
      #expect(isClose(step[1].lower + step[1].upper, 2 * mean, relative: 1e-9, absolute: 1e-9))
    }
  }

  @Test("mostly zero, short, negative, gappy, quarterly and yearly series are forecast, and it says by what")
  func others() throws {
    let zeros = (0..<60).map { $0 % 4 == 3 ? Double(2 + $0 % 5) : 0 }
    let sparse = try Auto().fit(to: TimeSeries(zeros, start: .month(2019, 1)))
    #expect(sparse.name.contains("IMAPA") && sparse.explanation[0] == "45 of 60 observations are zero")
    // Three in ten zeros make it so, where nothing is below zero.
    for (count, low, isSparse) in [(18, 1.0, true), (17, 1, false), (18, -1, false)] {
      let values = (0..<60).map { $0 % 3 == 0 && $0 < 3 * count ? 0 : $0 == 1 ? low : Double(2 + $0 % 5) }
      let fit = try Auto(effort: .fast).fit(to: TimeSeries(values, start: .month(2019, 1)))
      #expect(fit.name.contains("IMAPA") == isSparse, "\(count) \(low)")
    }
    for series in [
      TimeSeries(Array(OddSeries.regular(15)), start: .month(2020, 3)),
      TimeSeries([3, 5, 4], start: .year(2020)),
      TimeSeries(OddSeries.regular(40).map { -$0 }, start: .month(2020, 3)),
      TimeSeries(OddSeries.regular(60).map { $0 - 100 }, start: .month(2020, 3)),
      TimeSeries(OddSeries.regular(22, season: 4), start: .quarter(2019, 2)),
      TimeSeries(OddSeries.regular(18, season: 1), start: .year(1999)),
    ] {
      let fit = try Auto().fit(to: series)
      let forecast = fit.forecast(horizon: 8)
      let (low, high) = (series.values.min() ?? 0, series.values.max() ?? 0)
      let reach = max(high - low, 0.5 * abs(high))
      #expect(
        forecast.mean.allSatisfy { $0 > low - reach && $0 < high + reach }, "\(fit.name) \(forecast.mean)")
      #expect(!fit.explanation.isEmpty)
    }
  }

  @Test("one observation is too few, and it says so")
  func one() {
    #expect(throws: ForecastError.tooShort(model: "Naive", needed: 2, found: 1)) {
      _ = try Auto().fit(to: TimeSeries([3], start: .month(2020, 3)))
    }
  }

  @Test("China's imports show the New Year and trading days, noise does not")
  func calendar() throws {
    let series = try ExampleData.china()[1].slice(from: .month(2000, 1), through: .month(2013, 12))
    let effect = try #require(CalendarEffect(in: series))
    #expect(effect.terms.count == 2 && effect.gain > 60, "\(effect.terms) \(effect.gain)")
    let fit = try Auto().fit(to: series)
    #expect(fit.calendarEffects == effect.terms && fit.name.hasPrefix("auto with calendar"))
    let explanation = fit.forecast(horizon: 3, levels: []).explanation
    #expect(explanation?.calendar == effect.terms && explanation?.calendarGain == effect.gain)
    #expect(explanation?.summary.contains("; freed of \(effect.terms[0])") == true)
    // New Year's day is the 31st of January in 2014: February bears most of it.
    let factors = try #require(effect.factors(of: series, horizon: 3))
    #expect(factors[series.count + 1] < factors[series.count])
    // The models see the series without it; their fit, draws and what they take in later have it again.
    for t in series.values.indices {
      #expect(isClose(fit.base.series.values[t] * factors[t], series.values[t], relative: 1e-12))
      let (with, without) = (fit.fittedValues[t], fit.base.fittedValues[t])
      if !without.isNaN { #expect(isClose(with, without * factors[t], relative: 1e-12)) }
    }
    let (draws, plain) = (
      fit.samplePaths(horizon: 2, count: 3, seed: 1), fit.base.samplePaths(horizon: 2, count: 3, seed: 1)
    )
    for (place, draw) in draws.values.enumerated() {
      let factor = factors[series.count + place % 2]
      #expect(isClose(draw, plain.values[place] * factor, relative: 1e-12))
    }
    let later = try fit.updated(with: [1700, 1300])
    for (h, value) in [1700.0, 1300].enumerated() {
      let taken = later.base.series.values[series.count + h]
      #expect(isClose(taken * factors[series.count + h], value, relative: 1e-12))
    }
    #expect(later.forecast(horizon: 1).start == .month(2014, 3))
    #expect(CalendarEffect(in: Self.regular) == nil)
  }

  @Test("the New Year is taken where it lowers AICc by more than 20, not where it does so by 13 to 19")
  func holidayEvidence() throws {
    let start = Period.month(2008, 1)
    let frame = RegressionFrame(start: start, count: 96, seasonalPeriod: 12)
    let column = try #require(try ChineseNewYear().columns(in: frame).first).values
    var generator = SeededGenerator(seed: 11)
    let noise = generator.normals(96)
    let airline = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log)
    var (short, enough) = (0, 0)
    for size in [0.07, 0.08, 0.1] {
      let values = noise.indices.map { t in
        100 * Double.exp(0.03 * noise[t] + size * column[t] + 0.1 * .cos(.pi / 6 * Double(t)))
      }
      let series = TimeSeries(values, start: start)
      var holiday = airline
      holiday.regressors = [ChineseNewYear()]
      let without = try #require(try airline.fit(to: series).informationCriteria?.aicc)
      let with = try #require(try holiday.fit(to: series).informationCriteria?.aicc)
      let isFound = CalendarEffect(in: series)?.terms.contains { $0.hasPrefix("Chinese New Year") } == true
      if (13...19).contains(without - with) {
        short += 1
        #expect(!isFound, "\(size) \(without - with)")
      } else if without - with > 20 {
        enough += 1
        #expect(isFound, "\(size) \(without - with)")
      }
    }
    #expect(short > 0 && enough > 0)
  }

  @Test("trading days are taken where they lower AICc by more than 12, from six years of months on")
  func tradingDaysEvidence() throws {
    let start = Period.month(2008, 1)
    let frame = RegressionFrame(start: start, count: 96, seasonalPeriod: 12)
    let column = TradingDays(.one).columns(in: frame)[0].values
    var generator = SeededGenerator(seed: 4)
    let noise = generator.normals(96)
    func series(_ size: Double) -> TimeSeries {
      TimeSeries(
        noise.indices.map { t in
          100 * Double.exp(0.03 * noise[t] + size * column[t] + 0.1 * .cos(.pi / 6 * Double(t)))
        }, start: start)
    }
    let airline = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log)
    var working = airline
    working.regressors = [TradingDays(.one)]
    var (short, enough) = (0, 0)
    for step in 0..<12 {
      let tried = series(0.003 + 0.0005 * Double(step))
      let without = try #require(try airline.fit(to: tried).informationCriteria?.aicc)
      let with = try #require(try working.fit(to: tried).informationCriteria?.aicc)
      // On either side of the limit.
      if (8.5..<11.9).contains(without - with), short == 0 {
        short += 1
        #expect(CalendarEffect(in: tried) == nil)
      } else if (12.1..<15.5).contains(without - with), enough == 0 {
        enough += 1
        let effect = CalendarEffect(in: tried)
        #expect(effect?.terms == ["trading days"])
        #expect(isClose(effect?.gain ?? 0, without - with, relative: 1e-6))
      }
    }
    #expect(short == 1 && enough == 1)
    let plain = series(0.03)
    #expect(CalendarEffect(in: plain.prefix(72)) != nil && CalendarEffect(in: plain.prefix(71)) == nil)
  }
}
