import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@Suite("Croston, SBA, TSB, ADIDA, IMAPA")
struct SparseMethodTests {
  static func series() throws -> [TimeSeries] {
    try SeriesFile.parse(bytes: References.bytes("sparse/series.csv"), file: "sparse/series.csv")
  }

  /// The tolerance for searched parameters is their golden section's.
  @Test("points are those of statsforecast: 1e-12 at given parameters, 1e-6 with searched ones")
  func reference() throws {
    let models: [(String, any Forecaster, Double)] = [
      ("CrostonClassic", Croston(), 1e-12), ("CrostonSBA", Croston(correction: .syntetosBoylan), 1e-12),
      ("TSB", TSB(sizes: .fixed(0.2), probability: .fixed(0.1)), 1e-12),
      ("CrostonOptimized", Croston(smoothing: .optimized), 1e-6), ("ADIDA", ADIDA(), 1e-6),
      ("IMAPA", IMAPA(), 1e-6),
    ]
    let rows = try References.rows("sparse/forecasts.csv")
    for series in try Self.series() {
      for (name, model, tolerance) in models {
        let row = try #require(rows.first { $0["series"] == series.name && $0["model"] == name })
        let theirs = try #require(Double(row["forecast"] ?? ""))
        let ours = try model.fit(to: series).forecast(horizon: 2, levels: []).mean
        #expect(isClose(ours[0], theirs, relative: tolerance), "\(series.name) \(name): \(ours[0]) \(theirs)")
        #expect(ours[1] == ours[0])
      }
    }
  }

  static let all: [any Forecaster] = [
    Croston(), Croston(correction: .syntetosBoylan), TSB(), ADIDA(), IMAPA(),
  ]

  /// Sizes 6 and 4 after intervals 2 and 3: z = 6 − 0.2 = 5.8, q = 2 + 0.1 = 2.1.
  @Test("Croston on paper, with trailing zeros that do not matter to it and a gap that is not there")
  func crostonOnPaper() throws {
    let series = TimeSeries([0, 6, 0, .nan, 0, 4, 0, 0], start: .month(2020, 1))
    let fit = try Croston().fit(to: series)
    #expect(isClose(fit.rate, 5.8 / 2.1, relative: 1e-14))
    #expect(isClose(fit.probability, 1 / 2.1, relative: 1e-14) && isClose(fit.size, 5.8, relative: 1e-14))
    #expect(fit.fittedValues[0].isNaN && fit.fittedValues[1].isNaN)
    #expect(
      fit.fittedValues[2...5] == [3, 3, 3, 3] && isClose(fit.fittedValues[6], fit.rate, relative: 1e-14))
  }

  @Test("TSB falls while nothing is traded, by its parameter; Croston does not")
  func decay() throws {
    let fit = try TSB().fit(to: try Self.series()[0])
    let later = try fit.updated(with: [0, 0, 0])
    #expect(isClose(later.rate, fit.rate * 0.9 * 0.9 * 0.9, relative: 1e-13))
    let croston = try Croston().fit(to: try Self.series()[0])
    #expect(try croston.updated(with: [0, 0, 0]).rate == croston.rate)
  }

  @Test("fitted values are what the model would have forecast at the time", arguments: 0..<5)
  func fittedAreForecasts(model: Int) throws {
    let series = try Self.series()[1]
    let fit = try Self.all[model].fit(to: series.prefix(40))
    for n in [41, 50, 63] {
      let then = try fit.updated(with: Array(series.values[40..<n]))
      let whole = try fit.updated(with: Array(series.values[40...]))
      #expect(isClose(whole.fittedValues[n], then.forecast(horizon: 1, levels: []).mean[0], relative: 1e-12))
    }
  }

  /// The standard error of a mean of 20,000 draws is the draws' deviation over 141.
  @Test("the paths' means are the point forecast, their share of periods with a demand the probability")
  func pathsMeans() throws {
    for series in try Self.series() {
      for model in Self.all {
        let fit = try #require(try model.fit(to: series) as? SparseFit)
        let draws = fit.samplePaths(horizon: 2, count: 20_000, seed: 4).draws(ofStep: 1)
        let center = draws.reduce(0, +) / 20_000
        let deviation = (draws.reduce(0) { $0 + ($1 - center) * ($1 - center) } / 20_000).squareRoot()
        #expect(
          abs(center - fit.rate) < 4.5 * deviation / 20_000.0.squareRoot(), "\(series.name) \(fit.name)")
        let share = Double(draws.count { $0 > 0 }) / 20_000
        #expect(abs(share - fit.probability) < 0.016, "\(series.name) \(fit.name)")
      }
    }
  }

  /// Series of 60 months; their 80 % intervals of the next year's total. The share inside 200 has a deviation of 3 %.
  @Test("a year's total lies inside its 80 % interval about as often as it should")
  func coverage() throws {
    var generator = SeededGenerator(seed: 9)
    var inside = [Int](repeating: 0, count: Self.all.count)
    for _ in 0..<200 {
      let values = (0..<72).map { _ -> Double in
        let happens = generator.nextUniform() < 0.3
        let size = generator.nextGamma(shape: 2) * 5
        return happens ? size : 0
      }
      let past = TimeSeries(Array(values.prefix(60)), start: .month(2015, 1))
      let total = values[60...].reduce(0, +)
      for (i, model) in Self.all.enumerated() {
        let forecast = try model.fit(to: past).forecast(horizon: 12, levels: [0.8], paths: 200)
        if forecast.total(ofSteps: 0..<12)?.intervals[0].contains(total) == true { inside[i] += 1 }
      }
    }
    for (count, model) in zip(inside, Self.all) {
      #expect((0.70...0.90).contains(Double(count) / 200), "\(model.name): \(Double(count) / 200)")
    }
  }

  @Test("scaling the data scales everything; negatives are an error that names the period")
  func scalingAndErrors() throws {
    let series = try Self.series()[3]
    let scaled = TimeSeries(series.values.map { $0 * 8 }, start: series.start, name: series.name)
    let negative = TimeSeries(series.values + [-1], start: series.start)
    for model in Self.all {
      let (a, b) = (
        try model.fit(to: series).forecast(horizon: 3), try model.fit(to: scaled).forecast(horizon: 3)
      )
      #expect(isClose(b.mean[0], 8 * a.mean[0], relative: 1e-7))
      #expect(isClose(b.intervals[1][1].upper, 8 * a.intervals[1][1].upper, relative: 1e-7))
      let error = ForecastError.negative(model: model.name, period: negative.end, value: -1)
      #expect(throws: error) { _ = try model.fit(to: negative) }
      #expect(throws: error) { _ = try model.fit(to: series).updated(with: [-1]) }
    }
  }
}
