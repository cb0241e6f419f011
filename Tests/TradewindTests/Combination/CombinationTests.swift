import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Combination")
struct CombinationTests {
  static let series = TimeSeries(OddSeries.regular(75), start: .month(2018, 2), name: "regular")
  static let members: [any Forecaster] = [ETS(), Theta(), SeasonalNaive(), Drift()]

  /// The members' forecasts of a step.
  private func points(_ members: [any Forecaster], step: Int) throws -> [Double] {
    try members.map { try $0.fit(to: Self.series).forecast(horizon: step + 1, levels: []).mean[step] }
  }

  @Test("of models of sparse demand the means are combined, not the medians, which are zero")
  func sparse() throws {
    let sales = (0..<60).map { (t: Int) -> Double in t % 4 == 3 ? Double(3 + t % 5) : 0 }
    let demand = TimeSeries(sales, start: .month(2015, 1), name: "parts")
    let members: [any Forecaster] = [Croston(), TSB()]
    let alone = try members.map { try $0.fit(to: demand).forecast(horizon: 2, levels: []).mean }
    let model = try Combination(members, by: .equal).fit(to: demand)
    for levels in [[], [0.8]] {
      let mean = model.forecast(horizon: 2, levels: levels).mean
      #expect(mean[0] > 0.5)
      let expected = (alone[0][1] + alone[1][1]) / 2
      #expect(isClose(mean[1], expected, relative: 1e-12))
    }
  }

  @Test("points are the mean, the median, the trimmed or the weighted mean of the members'")
  func points() throws {
    let values = try points(Self.members, step: 4)
    let sorted = values.sorted()
    let expected: [(Combination.Weighting, Double)] = [
      (.equal, values.reduce(0, +) / 4), (.median, (sorted[1] + sorted[2]) / 2),
      (.trimmed(share: 0.25), (sorted[1] + sorted[2]) / 2),
      // Less than one member is none.
      (.trimmed(share: 0.24), values.reduce(0, +) / 4),
      (.given([[2, 1, 1, 0]]), (2 * values[0] + values[1] + values[2]) / 4),
      (.given([[1, 0, 0, 0], [0, 3, 1, 0]]), (3 * values[1] + values[2]) / 4),
    ]
    for (weighting, value) in expected {
      let fit = try Combination(Self.members, by: weighting).fit(to: Self.series)
      for levels in [[], [0.8]] {
        #expect(
          isClose(fit.forecast(horizon: 6, levels: levels).mean[4], value, relative: 1e-12), "\(weighting)")
      }
    }
  }

  @Test(
    "a model combined with itself is that model, its joint law included",
    arguments: [
      Combination.Weighting.equal, .median, .given([[1, 3]]),
    ])
  func itself(weighting: Combination.Weighting) throws {
    for model: any Forecaster in [
      ETS(), Theta(), CES(), ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1))), Mean(),
    ] {
      let single = try model.fit(to: Self.series).forecast(horizon: 9, levels: [0.95])
      let pair = try Combination([model, model], by: weighting).fit(to: Self.series)
        .forecast(horizon: 9, levels: [0.95])
      for h in 0..<9 {
        #expect(isClose(single.mean[h], pair.mean[h], relative: 1e-9))
        #expect(
          isClose(single.intervals[h][0].width, pair.intervals[h][0].width, relative: 1e-6), "\(model.name)")
      }
      #expect(single.total(over: .quarter).count == pair.total(over: .quarter).count)
      for (a, b) in zip(single.total(over: .quarter), pair.total(over: .quarter)) {
        #expect(isClose(a.intervals[0].width, b.intervals[0].width, relative: 1e-6), "\(model.name)")
      }
    }
  }

  @Test("an interval is no wider than the mean of the members' and not much narrower")
  func widths() throws {
    let members: [any Forecaster] = [ETS(), Theta(), CES()]
    let fit = try Combination(members).fit(to: Self.series)
    let widths = try members.map {
      try $0.fit(to: Self.series).forecast(horizon: 12, levels: [0.95]).intervals.map { $0[0].width }
    }
    for (h, interval) in fit.forecast(horizon: 12, levels: [0.95]).intervals.enumerated() {
      let mean = widths.reduce(0) { $0 + $1[h] } / 3
      #expect(interval[0].width <= mean * (1 + 1e-9) && interval[0].width > 0.9 * mean)
    }
  }

  @Test("fitted values are of the members that have one")
  func fittedValues() throws {
    let fit = try Combination([Naive(), SeasonalNaive()], by: .given([[1, 3]])).fit(to: Self.series)
    let y = Self.series.values
    #expect(fit.fittedValues[0].isNaN && isClose(fit.fittedValues[5], y[4], relative: 1e-14))
    #expect(isClose(fit.fittedValues[40], (y[39] + 3 * y[28]) / 4, relative: 1e-14))
  }

  @Test("models of logarithms enter with the width of their 95 % intervals")
  func logarithms() throws {
    let models: [any Forecaster] = [
      ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log), Transformed(Drift(), by: .log),
    ]
    // Noise of three tenths, so that a log-normal law's interval is not a normal one's.
    var generator = SeededGenerator(seed: 2)
    let values = (0..<60).map { _ in 100 * Double.exp(0.3 * generator.nextNormal()) }
    let series = TimeSeries(values, start: .month(2018, 1))
    for model in models {
      let fit = try model.fit(to: series)
      let request = ForecastRequest(horizon: 4, levels: [0.95])
      let (forecast, outlook) = (fit.forecast(request), try #require(InnovationOutlook(of: fit, request)))
      for h in 0..<4 {
        let width = forecast.intervals[h][0].width / (2 * z975)
        #expect(isClose(outlook.deviation(h), width, relative: 1e-6), "\(fit.name) \(h)")
        #expect(isClose(outlook.centre[h], forecast.median[h], relative: 1e-9))
      }
    }
  }

  @Test("who is certain has no part in how wide a widened law is")
  func certain() throws {
    // Of a straight line the drift is certain; the mean is far below, and counts as two of its own deviations below.
    let line = TimeSeries((0..<40).map { Double(100 + 10 * $0) }, start: .month(2018, 1))
    let members: [any Forecaster] = [Drift(), Mean()]
    let fit = try Combination(members, by: .given([[0.6, 0.4]]), spread: .widened).fit(to: line)
    let drift = try Drift().fit(to: line).forecast(horizon: 1, levels: [0.95])
    let mean = try Mean().fit(to: line).forecast(horizon: 1, levels: [0.95])
    #expect(drift.intervals[0][0].width < 1e-6)
    let deviation = mean.intervals[0][0].width / (2 * z975)
    let expected = drift.mean[0] - 0.4 * min(2 * deviation, drift.mean[0] - mean.mean[0])
    #expect(isClose(fit.forecast(horizon: 1).mean[0], expected, relative: 1e-6))
  }

  @Test("who cannot be fitted is left out with the reason, the others share the weight")
  func leftOut() throws {
    let short = TimeSeries([3, 5, 4, 6], start: .month(2024, 1))
    let fit = try Combination([ETS(), CES(), Naive(), Croston()], by: .given([[1, 1, 1, 1]])).fit(to: short)
    #expect(fit.members.count + fit.leftOut.count == 4)
    #expect(!fit.leftOut.isEmpty && fit.leftOut.allSatisfy { !$0.reason.description.isEmpty })
    #expect(isClose(fit.members.reduce(0) { $0 + $1.weights[0] }, 1, relative: 1e-12))
    #expect(throws: ForecastError.self) { _ = try Combination([CES()]).fit(to: short) }
  }

  @Test(
    "weights from errors favour the model that the series follows",
    arguments: [
      Combination.Weighting.inverseError(), .stacked(shrinkage: 0), .batesGranger(shrinkage: 0.01),
    ])
  func learned(weighting: Combination.Weighting) throws {
    // A steep line, of which the mean knows nothing.
    let values = (0..<60).map { (t: Int) -> Double in Double(10 * t + t * t % 7) }
    let line = TimeSeries(values, start: .month(2018, 1))
    let fit = try Combination([Mean(), Drift()], by: weighting).fit(to: line)
    let weights = fit.members.map { ($0.fitted.name, $0.weights[0]) }
    let drift = weights.last?.1 ?? 0
    #expect(drift > 0.95, "\(weights)")
    #expect(isClose(weights.reduce(0) { $0 + $1.1 }, 1, relative: 1e-9))
  }

  @Test("AICc gives the better of two likelihoods the larger weight, by exp(−Δ/2)")
  func akaike() throws {
    let forms = [ETS.Form(trend: .none), ETS.Form(trend: .additiveDamped)]
    let models = forms.map { ETS(.form($0), initialStates: .estimated) }
    let fit = try Combination(models, by: .akaike).fit(to: Self.series)
    let criteria = try models.map { try $0.fit(to: Self.series).informationCriteria?.aicc ?? .nan }
    try #require(fit.members.count == 2)
    let ratio = fit.members[0].weights[0] / fit.members[1].weights[0]
    #expect(isClose(.log(ratio), -(criteria[0] - criteria[1]) / 2, relative: 1e-6))
  }

  @Test(
    "weights from errors by hand: one over the mean square, none where another has no error, products shrunk")
  func weightsByHand() {
    for (weight, expected) in zip(CombinationWeights.inverseSquares([[1, 2], [1, -2]]), [0.8, 0.2]) {
      #expect(isClose(weight, expected, relative: 1e-14))
    }
    #expect(CombinationWeights.inverseSquares([[0, 0, 1], [0, 0, 2]]) == [0.5, 0.5, 0])
    #expect(CombinationWeights.shrunken([[1, 2], [2, 5]], by: 0.5) == [[2, 1], [1, 4]])
  }

  @Test("shrinkage draws learned weights towards equal ones: all the way, and of a stack in proportion")
  func shrinkage() throws {
    let members: [any Forecaster] = [SeasonalNaive(), Drift(), Mean()]
    func weights(_ weighting: Combination.Weighting) throws -> [Double] {
      try Combination(members, by: weighting).fit(to: Self.series).members.map { $0.weights[0] }
    }
    for whole in try weights(.stacked(shrinkage: 1)) + weights(.batesGranger(shrinkage: 1)) {
      #expect(isClose(whole, 1.0 / 3, relative: 1e-12))
    }
    // What a stack without shrinkage leaves out has no member there.
    let errors = Combination.Validation().errors(of: members, Self.series)
    let free = CombinationWeights.leastSquares(CombinationWeights.products(errors))
    #expect((free.max() ?? 0) > 0.5)
    for (weight, best) in zip(try weights(.stacked(shrinkage: 0.25)), free) {
      #expect(isClose(weight, 0.75 * best + 0.25 / 3, relative: 1e-12))
    }
  }

  @Test("where all the weight was with members that cannot be fitted, the others share alike")
  func noWeightLeft() throws {
    let short = TimeSeries([3, 5, 4, 6], start: .month(2024, 1))
    let fit = try Combination([CES(), Naive(), Drift()], by: .given([[1, 0, 0]])).fit(to: short)
    #expect(fit.leftOut.count == 1 && fit.members.map(\.weights) == [[0.5], [0.5]])
  }

  @Test("least squares on the simplex: closed forms")
  func simplex() {
    // Independent errors: weights in proportion to 1/variance.
    let diagonal = CombinationWeights.leastSquares([[1, 0, 0], [0, 2, 0], [0, 0, 4]])
    for (w, expected) in zip(diagonal, [4.0 / 7, 2.0 / 7, 1.0 / 7]) {
      #expect(isClose(w, expected, relative: 1e-6))
    }
    // Errors of which the second are twice the first: all to the first.
    let multiple = CombinationWeights.leastSquares([[1, 2], [2, 4]])
    #expect(isClose(multiple[0], 1, relative: 1e-9) && multiple[1] < 1e-9)
    #expect(CombinationWeights.leastSquares([[0, 0], [0, 0]]) == [0.5, 0.5])
    // Members that are the same share alike.
    let same = CombinationWeights.leastSquares([[3, 3, 3], [3, 3, 3], [3, 3, 4]])
    #expect(isClose(same[0], 0.5, relative: 1e-12) && isClose(same[1], 0.5, relative: 1e-12))
  }

  @Test("members that nearly agree are told apart: large errors in common change no weight")
  func collinear() {
    for common in [0.0, 1e2, 1e6] {
      // What each has of its own is independent, with variances 1, 2 and 4; the last is the first and noise.
      let a = (0..<4).map { i in
        (0..<4).map { j -> Double in
          let own = [1.0, 2, 4, 1.5]
          return common + (i == j ? own[i] : i + j == 3 && i * j == 0 ? 1 : 0)
        }
      }
      let weights = CombinationWeights.leastSquares(a)
      for (w, expected) in zip(weights, [4.0 / 7, 2.0 / 7, 1.0 / 7, 0]) {
        #expect(isClose(w, expected, absolute: 1e-9), "\(common) \(weights)")
      }
    }
  }

  @Test("the weights are the best: no member outside has a smaller slope, those inside have the same")
  func optimality() {
    for seed in 1...20 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let count = 2 + seed % 7
      // More members than errors now and then, and errors that have much in common.
      let errors = (0..<(seed % 3 == 0 ? 3 : 30)).map { _ -> [Double] in
        let shared = 30 * generator.nextNormal()
        return (0..<count).map { _ in shared + generator.nextNormal() }
      }
      let a = CombinationWeights.products(errors)
      let w = CombinationWeights.leastSquares(a)
      #expect(isClose(w.reduce(0, +), 1, relative: 1e-12) && w.allSatisfy { $0 >= 0 })
      let slopes = a.map { row in zip(row, w).reduce(0) { $0 + $1.0 * $1.1 } }
      let level = zip(slopes, w).reduce(0) { $0 + $1.0 * $1.1 }
      for (slope, weight) in zip(slopes, w) {
        #expect(weight > 1e-9 ? abs(slope - level) < 1e-9 : slope > level - 1e-9, "\(seed) \(w)")
      }
    }
  }

  @Test("a validation looks at nothing before its origins but the past")
  func validation() {
    let validation = Combination.Validation(origins: 2, horizon: 6, spacing: 6)
    let errors = validation.errors(of: [Naive(), Drift()], Self.series)
    #expect(errors.count == 12)
    // The naive forecast's errors by hand.
    let y = Self.series.values
    for h in 0..<6 {
      #expect(isClose(errors[h][0], y[69 + h] - y[68], relative: 1e-12))
      #expect(isClose(errors[6 + h][0], y[63 + h] - y[62], relative: 1e-12))
    }
    // Two seasons and one period lie before an origin; what is missing is no error.
    let one = Combination.Validation(origins: 3, horizon: 6, spacing: 6)
    #expect(one.errors(of: [Naive()], Self.series.prefix(31)).count == 6)
    #expect(one.errors(of: [Naive()], Self.series.prefix(30)).isEmpty)
    var gap = Self.series
    gap.values[70] = .nan
    #expect(validation.errors(of: [Naive()], gap).count == 11)
  }
}
