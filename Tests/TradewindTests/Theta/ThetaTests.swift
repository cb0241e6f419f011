import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Theta")
struct ThetaTests {
  static let models: [Theta] = Theta.Variant.allCases.map { Theta($0) } + [Theta(nil)]

  /// A seeded random walk with a drift and, if asked for, a season.
  private func sample(_ count: Int, season: Double = 0, seed: UInt64 = 3) -> TimeSeries {
    var generator = SeededGenerator(seed: seed)
    var level = 100.0
    let values = (0..<count).map { i in
      level += 0.3 + generator.nextNormal()
      return level + generator.nextNormal() + season * Double((i % 12) - 6)
    }
    return TimeSeries(values, start: .month(2010, 4))
  }

  private func allClose(_ a: [Double], _ b: [Double], _ relative: Double) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { isClose($0, $1, relative: relative) }
  }

  @Test("scaling the data scales forecasts and intervals", arguments: models)
  func scales(model: Theta) throws {
    for series in [sample(90), sample(90, season: 3)] {
      let plain = try model.fit(to: series).forecast(horizon: 18)
      for factor in [1e-12, 3, 1e12] {
        let scaled = TimeSeries(series.values.map { $0 * factor }, start: series.start)
        let forecast = try model.fit(to: scaled).forecast(horizon: 18)
        #expect(allClose(forecast.mean, plain.mean.map { $0 * factor }, 1e-6))
        #expect(
          allClose(forecast.intervals.map(\.[1].width), plain.intervals.map { $0[1].width * factor }, 1e-6))
      }
    }
  }

  @Test("adding a constant shifts forecasts, where the season is not multiplicative", arguments: models)
  func shifts(model: Theta) throws {
    var additive = model
    additive.adjustment = .additive
    for (model, series) in [(model, sample(80)), (additive, sample(80, season: 4))] {
      let plain = try model.fit(to: series).forecast(horizon: 12)
      let moved = TimeSeries(series.values.map { $0 - 1000 }, start: series.start)
      let forecast = try model.fit(to: moved).forecast(horizon: 12)
      #expect(allClose(forecast.mean.map { $0 + 1000 }, plain.mean, 1e-6))
    }
  }

  @Test("a constant series is forecast as it is, with intervals of no width", arguments: models)
  func constant(model: Theta) throws {
    for value in [0.0, 7, -3, 1e-12, 1e12] {
      let series = TimeSeries([Double](repeating: value, count: 40), start: .month(2020, 1))
      let fit = try model.fit(to: series)
      let forecast = fit.forecast(horizon: 3)
      #expect(allClose(forecast.mean, [value, value, value], 1e-12))
      #expect(forecast.intervals.allSatisfy { $0[1].width == 0 })
      #expect(fit.seasonalMode == nil)
    }
  }

  @Test(
    "a straight line goes on as it was where θ is free, and at half its slope as its drift in the standard method"
  )
  func straightLine() throws {
    let series = TimeSeries((1...40).map { 5 + 2 * Double($0) }, start: .month(2020, 1), seasonalPeriod: 1)
    for variant in [Theta.Variant.optimized, .dynamicOptimized] {
      let forecast = try Theta(variant).fit(to: series).forecast(horizon: 4)
      #expect(allClose(forecast.mean, [87, 89, 91, 93], 1e-6))
    }
    let fit = try Theta(.standard).fit(to: series)
    let forecast = fit.forecast(horizon: 4)
    #expect(isClose(fit.slope, 2, relative: 1e-12))
    #expect(isClose(forecast.mean[3] - forecast.mean[2], 1, relative: 1e-9))
  }

  @Test("θ = 2 within the optimised search is the standard search: OTM and DOTM never have larger errors")
  func nesting() throws {
    for seed in 0..<20 {
      let series = sample(60, seed: UInt64(seed))
      let standard = try Theta(.dynamicStandard).fit(to: series)
      let optimised = try Theta(.dynamicOptimized).fit(to: series)
      #expect(optimised.sumOfSquares <= standard.sumOfSquares * (1 + 1e-9))
    }
  }

  @Test("the search finds what a fine grid of α finds")
  func globalSearch() throws {
    for seed in 0..<8 {
      let series = sample(40, seed: UInt64(seed))
      let problem = ThetaProblem(series.values)
      for variant in Theta.Variant.allCases {
        let estimate = problem.estimate(variant)
        let range = variant == .standard ? (0.0001, 0.9999) : (0.1, 0.99)
        for step in 0...400 {
          let alpha = range.0 + (range.1 - range.0) * Double(step) / 400
          let other = problem.estimate(variant, alpha: alpha)
          #expect(estimate.squares <= other.squares * (1 + 1e-9), "\(variant) \(seed) \(alpha)")
        }
      }
    }
  }

  @Test("the solved ℓ₀ and θ are a minimum: small changes make the errors larger", arguments: [0, 5])
  func conditionalOptimum(gap: Int) throws {
    var values = sample(50).values
    for i in 0..<gap { values[20 + 3 * i] = .nan }
    let problem = ThetaProblem(values)
    for variant in Theta.Variant.allCases {
      let best = problem.estimate(variant, alpha: 0.2)
      let (level, weight) = (best.level, best.state.weight)
      let steps = variant.isOptimized && weight > 0.01 && weight < 0.99 ? [-1e-3, 0, 1e-3] : [0]
      for moved in [-1e-3, 0, 1e-3] {
        for step in steps where moved != 0 || step != 0 {
          let other = ThetaEstimate(
            problem, variant, alpha: 0.2, weight: weight + step, level: level + moved)
          #expect(other.squares > best.squares)
        }
      }
    }
  }

  @Test("short series give a typed error, and one observation more a forecast")
  func short() throws {
    for variant in Theta.Variant.allCases {
      let needed = variant.observationsNeeded
      let values = [4.0, 7, 5, 9, 6, 8, 7, 3]
      for count in 1..<needed {
        let series = TimeSeries(Array(values.prefix(count)), start: .month(2020, 1))
        #expect(
          throws: ForecastError.tooShort(model: variant.abbreviation, needed: needed, found: count)
        ) { try Theta(variant).fit(to: series) }
      }
      let series = TimeSeries(Array(values.prefix(needed)), start: .month(2020, 1))
      let forecast = try Theta(variant).fit(to: series).forecast(horizon: 6)
      #expect(forecast.mean.allSatisfy { $0.isFinite })
      #expect(forecast.intervals.allSatisfy { $0.allSatisfy { $0.width.isFinite && $0.width >= 0 } })
    }
    #expect(throws: ForecastError.noObservations(count: 0)) {
      try Theta().fit(to: TimeSeries([], start: .month(2020, 1)))
    }
    #expect(throws: ForecastError.notFinite(period: .month(2020, 2), value: .infinity)) {
      try Theta().fit(to: TimeSeries([1, .infinity, 2], start: .month(2020, 1)))
    }
  }

  @Test("odd series give finite forecasts", arguments: models)
  func oddSeries(model: Theta) throws {
    let wave = sample(60, season: 5).values
    let spike = (0..<40).map { $0 == 17 ? 1000.0 : 0 }
    let halfMissing = wave.enumerated().map { $0.offset % 2 == 0 ? $0.element : .nan }
    let firstHalf = [Double](repeating: .nan, count: 30) + wave.suffix(30)
    let lastYear = wave.prefix(48) + [Double](repeating: .nan, count: 12)
    let cases = [
      Array(wave.prefix(13)), wave.map { $0 * 1e-12 }, wave.map { $0 * 1e12 }, wave.map { -$0 }, spike,
      halfMissing, firstHalf, Array(lastYear), wave.map { $0 - 100 },
    ]
    for (i, values) in cases.enumerated() {
      let fit = try model.fit(to: TimeSeries(values, start: .month(2015, 1)))
      let forecast = fit.forecast(horizon: 18)
      #expect(forecast.mean.allSatisfy { $0.isFinite }, "case \(i)")
      #expect(
        forecast.intervals.allSatisfy { $0[0].width <= $0[1].width && $0[1].width.isFinite }, "case \(i)")
      #expect(fit.fittedValues.count == values.count)
      let reach = values.filter { !$0.isNaN }.map(abs).max() ?? 0
      #expect(forecast.mean.allSatisfy { abs($0) <= 3 * reach }, "case \(i)")
    }
  }

  @Test("new months move the state, not the parameters: the same as having run through them")
  func updates() throws {
    let series = sample(80, season: 3)
    for model in Self.models {
      let fit = try model.fit(to: series.prefix(70))
      let updated = try fit.updated(with: Array(series.values.suffix(10)))
      #expect(updated.series == series && updated.alpha == fit.alpha && updated.theta == fit.theta)
      #expect(
        updated.fittedValues.prefix(70).elementsEqual(fit.fittedValues) { $0 == $1 || $0.isNaN && $1.isNaN })
      // One step further at a time gives the one-step expectations as fitted values.
      var stepwise = fit
      for value in series.values.suffix(10) {
        let next = stepwise.forecast(horizon: 1, levels: []).mean[0]
        stepwise = try stepwise.updated(with: [value])
        // The standard method's forecasts have a drift that its smoothing has not.
        if fit.variant != .standard {
          #expect(isClose(stepwise.fittedValues.last ?? .nan, next, relative: 1e-12))
        }
      }
      #expect(allClose(stepwise.forecast(horizon: 5).mean, updated.forecast(horizon: 5).mean, 1e-13))
    }
  }

  @Test("loadings are what an impulse does to the forecasts", arguments: Theta.Variant.allCases)
  func loadings(variant: Theta.Variant) throws {
    let estimate = ThetaProblem(sample(40).values).estimate(variant)
    let base = estimate.state.forecasts(12)
    let rows = estimate.state.loadings(12)
    for i in 0..<12 {
      var state = estimate.state
      for h in 0..<12 {
        let mean = state.expected
        let expected = i < h ? rows[h][i] : 0
        #expect(isClose(mean - base[h], expected, absolute: 1e-12))
        if h == i { #expect(rows[h][i] == 1) }
        state.observe(h == i ? mean + 1 : mean)
      }
    }
  }

  @Test(
    "the slope's standard deviation is that of fits to simulated series, and widens the intervals of fixed lines"
  )
  func slopeUncertainty() throws {
    var generator = SeededGenerator(seed: 12)
    let alpha = 0.4
    var slopes: [Double] = []
    for _ in 0..<3000 {
      var (level, line) = (0.0, RunningLine())
      for t in 1...50 {
        let e = generator.nextNormal()
        line.add(level + e, at: Double(t))
        level += alpha * e
      }
      slopes.append(line.coefficients.slope)
    }
    let deviation = (slopes.reduce(0) { $0 + $1 * $1 } / 3000).squareRoot()
    let problem = ThetaProblem(sample(50).values)
    #expect(isClose(deviation, problem.slopeDeviation(alpha: alpha), relative: 0.04))
    for variant in [Theta.Variant.standard, .optimized] {
      let fit = try Theta(variant).fit(to: sample(50))
      var last = [Double](repeating: 0, count: 18)
      last[17] = 1
      let (wide, narrow) = (fit.law(18), fit.law(18, estimated: false))
      #expect(wide.variance(of: last) > narrow.variance(of: last) * 1.001)
      // Where the slope counts, a forecast moves with it as the loadings say.
      #expect(wide.variance(of: last).isFinite)
    }
  }

  @Test(
    "the season costs degrees of freedom, and its figures' uncertainty is shared by the same month of two years"
  )
  func seasonUncertainty() throws {
    let fit = try Theta(.dynamicOptimized).fit(to: sample(96, season: 6))
    #expect(isClose(fit.variance, fit.sumOfSquares / Double(96 - 3 - 3 - 11), relative: 1e-12))
    let (wide, known) = (fit.law(13), fit.law(13, estimated: false))
    func excess(_ steps: [Int]) -> Double {
      let coefficients = (0..<13).map { steps.contains($0) ? 1.0 : 0 }
      return wide.variance(of: coefficients) - known.variance(of: coefficients)
    }
    let factor = fit.seasonalFigure[0]
    let figure = fit.variance * (1 - fit.alpha) / 7 * factor * factor
    #expect(isClose(excess([0]), figure, relative: 1e-9))
    #expect(isClose(excess([0, 12]), 4 * figure, relative: 1e-9))
    #expect(isClose(excess([0, 1]), excess([0]) + excess([1]), relative: 1e-9))
  }

  @Test("paths agree with the exact law of a quarter's total to sampling error", arguments: models)
  func paths(model: Theta) throws {
    let fit = try model.fit(to: sample(96, season: 6))
    let forecast = fit.forecast(horizon: 12)
    let total = try #require(forecast.total(ofSteps: 3..<6))
    let draws = fit.samplePaths(horizon: 12, count: 4000, seed: 5).totals(of: 3..<6).sorted()
    let width = total.intervals[1].width
    #expect(abs(quantile(0.5, of: draws) - total.median) < 0.03 * width)
    #expect(abs(quantile(0.975, of: draws) - total.intervals[1].upper) < 0.05 * width)
    #expect(fit.samplePaths(horizon: 3, count: 5, seed: 1) == fit.samplePaths(horizon: 3, count: 5, seed: 1))
  }

  @Test("the test finds a season where there is one, and none in constants, short series or noise")
  func seasonality() throws {
    #expect(Theta.isSeasonal(sample(60, season: 5)))
    #expect(!Theta.isSeasonal(sample(24, season: 5)))
    #expect(!Theta.isSeasonal(TimeSeries([Double](repeating: 0.1, count: 60), start: .month(2020, 1))))
    var generator = SeededGenerator(seed: 1)
    let found = (0..<400).count { _ in
      Theta.isSeasonal(TimeSeries(generator.normals(120), start: .month(2010, 1)))
    }
    // A tenth of white noise by construction; the sample autocorrelation is biased towards zero, which makes it fewer.
    #expect((12...48).contains(found))
    let positive = try Theta().fit(to: sample(60, season: 5))
    #expect(positive.seasonalMode == .multiplicative)
    let negative = TimeSeries(sample(60, season: 5).values.map { $0 - 120 }, start: .month(2010, 4))
    #expect(try Theta().fit(to: negative).seasonalMode == .additive)
    #expect(throws: ForecastError.self) { try Theta(adjustment: .multiplicative).fit(to: negative) }
  }

  @Test(
    "the automatic choice takes the least AICc of the errors after the first three, with the parameters it says"
  )
  func choice() throws {
    for seed in UInt64(1)...6 {
      let series = sample(24, seed: seed)
      let parameters: [(Theta.Variant, Double)] = [
        (.standard, 2), (.optimized, 5), (.dynamicStandard, 2), (.dynamicOptimized, 3),
      ]
      let scores = try parameters.map { variant, count -> Double in
        let fit = try Theta(variant, adjustment: .none).fit(to: series)
        let late = fit.residuals.dropFirst(3)
        let (n, k) = (Double(late.count), count + 1)
        let squares = late.reduce(0) { $0 + $1 * $1 }
        return n * .log(squares / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1)
      }
      let best = scores.indices.min { scores[$0] < scores[$1] } ?? 0
      #expect(try Theta(nil, adjustment: .none).fit(to: series).variant == parameters[best].0, "\(scores)")
      // Scores are of scaled errors, which moves all of them alike.
      let problem = ThetaProblem(series.values)
      let own = parameters.map { problem.estimate($0.0).selectionScore }
      for i in 1..<4 { #expect(isClose(own[i] - own[0], scores[i] - scores[0], absolute: 1e-6)) }
    }
  }

  @Test("the criteria count α, ℓ₀, θ where it is estimated, and the variance")
  func criteria() throws {
    for variant in Theta.Variant.allCases {
      let criteria = try #require(
        try Theta(variant, adjustment: .none).fit(to: sample(40)).informationCriteria)
      #expect(criteria.parameters == (variant.isOptimized ? 4 : 3))
      #expect(criteria.observations == (variant == .standard ? 40 : 37))
    }
  }

  @Test("the optimised models' α stays from 0.1 to 0.99, the standard method's may be smaller")
  func range() throws {
    // Errors that turn back at once ask for no α at all.
    let series = TimeSeries((0..<40).map { $0 % 2 == 0 ? 104 : 96 }, start: .year(1980))
    for variant in Theta.Variant.allCases {
      let alpha = try Theta(variant, adjustment: .none).fit(to: series).alpha
      #expect(variant == .standard ? alpha < 0.1 : alpha >= 0.1, "\(variant) \(alpha)")
    }
  }

  @Test("the season is multiplicative down to factors of a hundredth, and more than two seasons are needed")
  func mode() throws {
    for (low, mode) in [(5.0, DecompositionMode.multiplicative), (0.5, .additive)] {
      let series = TimeSeries((0..<60).map { $0 % 12 == 7 ? low : 110 }, start: .month(2018, 1))
      #expect(try Theta(.standard).fit(to: series).seasonalMode == mode)
    }
    let peaks = TimeSeries((0..<25).map { $0 % 12 == 3 ? 10 : 0 }, start: .month(2020, 1))
    #expect(Theta.isSeasonal(peaks) && !Theta.isSeasonal(peaks.prefix(24)))
  }

  @Test("a series shifted by whole years gives the same forecasts")
  func shiftedByYears() throws {
    let series = sample(72, season: 4)
    let later = TimeSeries(series.values, start: series.start.advanced(by: 36))
    for model in Self.models {
      #expect(
        try model.fit(to: series).forecast(horizon: 12).mean
          == model.fit(to: later).forecast(horizon: 12).mean)
    }
  }
}
