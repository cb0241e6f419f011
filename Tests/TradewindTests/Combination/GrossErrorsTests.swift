import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Gross errors")
struct GrossErrorsTests {
  /// Ten years with a trend, a season of half the level, and noise of five per cent.
  static func series(_ seed: UInt64 = 1, count: Int = 120, change: (Int, Double) -> Double = { $1 })
    -> TimeSeries
  {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<count).map { t in
      let noise = 0.05 * generator.nextNormal()
      let log = 5 + 0.004 * Double(t) + 0.4 * Double.cos(.pi / 6 * Double(t)) + noise
      return change(t, .exp(log))
    }
    return TimeSeries(values, start: .month(2014, 1), name: "made")
  }

  @Test(
    "a value in another unit is found and replaced by what the others let expect",
    arguments: [1e-3, 0.1, 10, 1e6])
  func unit(factor: Double) throws {
    let clean = Self.series()
    for place in [0, 3, 59, 100, 117] {
      let errors = try #require(GrossErrors(in: Self.series { t, y in t == place ? factor * y : y }))
      #expect(errors.findings.map(\.period) == [clean.start.advanced(by: place)])
      // Noise of five per cent in the value and in what is expected.
      #expect(abs(Double.log(errors.findings[0].ratio / factor)) < 0.25, "\(place) \(errors.findings)")
      #expect(abs(Double.log(errors.corrected.values[place] / clean.values[place])) < 0.25)
      for t in clean.values.indices where t != place {
        #expect(errors.corrected.values[t] == clean.values[t])
      }
    }
  }

  @Test("news is none: a step, a strike of two months, the last two months, high seasons, lesser outliers")
  func news() {
    #expect(GrossErrors(in: Self.series { t, y in t < 60 ? y : 20 * y }) == nil)
    #expect(GrossErrors(in: Self.series { t, y in t == 60 || t == 61 ? y / 20 : y }) == nil)
    #expect(GrossErrors(in: Self.series { t, y in t >= 118 ? 100 * y : y }) == nil)
    #expect(GrossErrors(in: Self.series { t, y in t % 12 == 11 ? 30 * y : y }) == nil)
    #expect(GrossErrors(in: Self.series { t, y in t == 60 ? 3.5 * y : y }) == nil)
    // Of a last value nobody can say whether it lasts, nor of the last but one.
    for place in [118, 119] {
      #expect(GrossErrors(in: Self.series { t, y in t == place ? 100 * y : y }) == nil)
    }
    // Five months after a step, one month back where the season before was.
    #expect(GrossErrors(in: Self.series { t, y in t <= 60 || t == 66 ? y : 20 * y }) == nil)
    // Six in ten years: the series is like that.
    #expect(GrossErrors(in: Self.series { t, y in t % 19 == 7 ? 50 * y : y }) == nil)
  }

  /// Of a month above the level by e⁰·¹ and the next one below it as far, in the next year the other way round, every median is the level, and every
  /// difference from what is expected 0.1.
  @Test(
    "with little noise gross is more than four times off, with much more than fifteen robust deviations",
    arguments: [(0.01, Double.log(4)), (0.1, 15 * 1.4826 * 0.1)])
  func limits(noise: Double, limit: Double) {
    for (log, isFound) in [(limit - 0.02, false), (limit + 0.02, true)] {
      let values = (0..<120).map { t in
        Double.exp(5 + (t == 60 ? log : (t + t / 12) % 2 == 0 ? -noise : noise))
      }
      #expect((GrossErrors(in: TimeSeries(values, start: .month(2014, 1))) != nil) == isFound, "\(log)")
    }
  }

  @Test("noise is none, nor are wild series and small counts", arguments: 1...40)
  func noise(seed: Int) {
    #expect(GrossErrors(in: Self.series(UInt64(seed))) == nil)
    var generator = SeededGenerator(seed: UInt64(seed))
    func made(_ value: () -> Double) -> TimeSeries {
      TimeSeries((0..<120).map { _ in value() }, start: .month(2014, 1))
    }
    // Logarithms with the tails of Student's law with three degrees of freedom: one in fifty is four times off.
    let wild = made {
      let height = (3 / generator.nextChiSquare(degreesOfFreedom: 3)).squareRoot()
      return Double.exp(0.5 * generator.nextNormal() * height)
    }
    #expect(GrossErrors(in: wild) == nil)
    let counts = made {
      let u = generator.nextUniform()
      return u < 0.8 ? 1 : u < 0.97 ? 2 : 9
    }
    #expect(GrossErrors(in: counts) == nil)
  }

  @Test("of a short series no right value is taken for the wrong one", arguments: 30...42)
  func whichOfTwo(count: Int) {
    for gap in [nil, 5, 20] {
      var found = 0
      for place in 0..<count where place != gap {
        let series = Self.series(count: count) { t, y in t == gap ? .nan : t == place ? 1000 * y : y }
        guard let errors = GrossErrors(in: series) else { continue }
        found += 1
        #expect(errors.findings.map(\.period) == [series.start.advanced(by: place)])
        #expect(place < count - GrossErrors.open)
      }
      #expect(count < 36 ? found == 0 : found > count / 2)
    }
  }

  @Test("short, constant, negative and gappy series")
  func odd() throws {
    #expect(GrossErrors(in: Self.series(count: 35) { t, y in t == 12 ? 100 * y : y }) == nil)
    #expect(GrossErrors(in: Self.series(count: 36) { t, y in t == 12 ? 100 * y : y }) != nil)
    #expect(GrossErrors(in: TimeSeries([Double](repeating: 7, count: 60), start: .month(2014, 1))) == nil)
    #expect(GrossErrors(in: TimeSeries([Double](repeating: .nan, count: 60), start: .month(2014, 1))) == nil)
    #expect(GrossErrors(in: Self.series { t, y in t == 60 ? 100 * y : y - 1000 }) == nil)
    let gaps = Self.series { t, y in t % 7 == 3 ? .nan : t == 61 ? 100 * y : y }
    let errors = try #require(GrossErrors(in: gaps))
    #expect(errors.findings.map(\.period) == [.month(2019, 2)])
    #expect(errors.corrected.values.map(\.isNaN) == gaps.values.map(\.isNaN))
  }

  @Test("auto says what it took for a mistake, and forecasts nearly as if it had not been there")
  func auto() throws {
    let clean = try Auto(effort: .fast).fit(to: Self.series()).forecast(horizon: 12)
    #expect(clean.explanation?.grossErrors == [])
    let fit = try Auto(effort: .fast).fit(to: Self.series { t, y in t == 82 ? 1000 * y : y })
    let forecast = fit.forecast(horizon: 12)
    for h in 0..<12 {
      #expect(isClose(forecast.mean[h], clean.mean[h], relative: 0.03))
      #expect(isClose(forecast.intervals[h][1].width, clean.intervals[h][1].width, relative: 0.1))
    }
    let explanation = try #require(forecast.explanation)
    #expect(explanation.grossErrors == fit.grossErrors && fit.grossErrors.count == 1)
    #expect(
      fit.grossErrors[0].hasPrefix("2020-11 is ")
        && fit.grossErrors[0].hasSuffix(" what its neighbours let expect"))
    #expect(
      explanation.decisions[0].hasSuffix(": taken for a mistake") && explanation.summary.contains("2020-11"))
    #expect(try fit.updated(with: [300]).grossErrors == fit.grossErrors)
    #expect(fit.series.values[82] > 1e5 && fit.residuals[82].isNaN)
    #expect(fit.residuals.count { !$0.isNaN } > 60)
  }

  @Test("a ratio reads as times or as a part")
  func words() {
    let month = Period.month(2020, 11)
    func text(_ ratio: Double) -> String { GrossErrors.Finding(period: month, ratio: ratio).description }
    #expect(text(999.7) == "2020-11 is 1000 times what its neighbours let expect")
    #expect(text(0.057) == "2020-11 is 1/18 of what its neighbours let expect")
    #expect(text(1e300) == "2020-11 is more than 1000000000 times what its neighbours let expect")
    #expect(text(1e-300) == "2020-11 is less than 1/1000000000 of what its neighbours let expect")
  }
}
