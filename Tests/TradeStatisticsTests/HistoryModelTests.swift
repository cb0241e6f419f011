import RealModule
import TestSupport
import Testing
import Tradewind
import TradewindNumerics

@testable import TradeStatistics

@Suite struct HistoryModelTests {
  /// A model with `count` months of one block and the given observations.
  static func model(months count: Int, mean: Double = 0) -> HistoryModel {
    var model = HistoryModel()
    for t in 0..<count { _ = model.position(of: .month(block: 0, ordinal: 24_000 + t), mean: mean) }
    return model
  }

  static let scales = HistoryPrior(level: 0.05, seasonal: 0.1, irregular: 0.2, seasonalMemory: 200)

  @Test("the prior covariance is that of level, seasonal and irregular, written out")
  func covariance() {
    let model = Self.model(months: 15)
    let k = model.covariance(Self.scales)
    // Month 0 and month 12: same calendar month, twelve months apart.
    let seasonal = 0.01 * Double.exp(-12.0 / 200)
    let drift = 0.012 * 0.012 * (-7.0 * 5.0)
    #expect(isClose(k[0, 12], 1 + 0 + seasonal + drift, relative: 1e-13))
    // Month 14 with itself: fourteen steps of the walk.
    #expect(isClose(k[14, 14], 1 + 14 * 0.0025 + 0.01 + 0.04 + 0.012 * 0.012 * 49, relative: 1e-13))
    // The seasonal pattern sums to zero over twelve months when it does not change.
    let fixed = model.covariance(.seasonal(memory: 1e15))
    let sum = (0..<12).reduce(0.0) { $0 + fixed[0, $1] }
    #expect(abs(sum) < 1e-12)
  }

  @Test("one published month: the posterior is the textbook update of one normal observation")
  func oneMonth() throws {
    var model = Self.model(months: 1)
    model.observations = [Observation(form: .logRatio, numerator: [0], value: 0.7, variance: 0.01, fact: 0)]
    let posterior = try HistoryPosterior(model, prior: Self.scales)
    let prior = 1 + 0.01 + 0.04
    let error = 0.01 + 1e-10
    #expect(isClose(posterior.mode[0], 0.7 * prior / (prior + error), relative: 1e-12))
    let variance = prior * error / (prior + error)
    #expect(isClose(posterior.standardDeviation(of: 0), variance.squareRoot(), relative: 1e-9))
    #expect(isClose(posterior.misfit, 0.49 / (prior + error), relative: 1e-12))
  }

  @Test("a history of levels and growth rates: the mode solves the normal equations of the full problem")
  func linearMode() throws {
    var model = Self.model(months: 20)
    var generator = SeededGenerator(seed: 7)
    for t in stride(from: 0, to: 20, by: 2) {
      model.observations.append(
        Observation(form: .logRatio, numerator: [t], value: generator.nextNormal(), variance: 1e-4, fact: t))
    }
    for t in [5, 9, 17] {
      model.observations.append(
        Observation(
          form: .logRatio, numerator: [t], denominator: [t - 1], value: 0.1 * generator.nextNormal(),
          variance: 1e-5,
          fact: t))
    }
    let posterior = try HistoryPosterior(model, prior: Self.scales)
    // The gradient of prior and data terms vanishes: K⁻¹z = H′R⁻¹(y − Hz).
    let k = try CholeskyFactorization(model.covariance(Self.scales))
    let left = k.solve(posterior.mode)
    var right = [Double](repeating: 0, count: 20)
    for observation in model.observations {
      let miss = observation.value - observation.predicted(at: posterior.mode)
      let weight = miss / (observation.variance + 1e-10)
      for v in observation.numerator { right[v] += weight }
      for v in observation.denominator { right[v] -= weight }
    }
    let scale = left.map(abs).max() ?? 1
    for i in left.indices { #expect(isClose(left[i], right[i], absolute: 1e-7 * scale), "month \(i)") }
  }

  @Test("sums: the gradient vanishes at the mode too, in a dozen rounds")
  func nonlinearMode() throws {
    var model = Self.model(months: 26, mean: 1)
    let year = Array(0..<12)
    let next = Array(12..<24)
    model.observations = [
      Observation(form: .logRatio, numerator: year, value: .log(40), variance: 1e-6, fact: 0),
      Observation(form: .logRatio, numerator: next, denominator: year, value: 0.2, variance: 1e-6, fact: 1),
      Observation(form: .logRatio, numerator: [3], value: 1.9, variance: 1e-6, fact: 2),
      Observation(
        form: .difference(scale: 9), numerator: [12, 13, 14], denominator: [0, 1, 2], value: 0.3,
        variance: 1e-5, fact: 3),
    ]
    let posterior = try HistoryPosterior(model, prior: Self.scales)
    #expect(posterior.rounds <= 12)
    func cost(_ z: [Double], _ k: CholeskyFactorization) -> Double {
      let deviation = z.indices.map { z[$0] - model.mean[$0] }
      let white = k.solveLower(deviation)
      var total = white.reduce(0) { $0 + $1 * $1 }
      for observation in model.observations {
        let miss = observation.value - observation.predicted(at: z)
        total += miss * miss / (observation.variance + 1e-10)
      }
      return total / 2
    }
    let k = try CholeskyFactorization(model.covariance(Self.scales))
    let least = cost(posterior.mode, k)
    for i in 0..<26 {
      for step in [1e-3, -1e-3] {
        var z = posterior.mode
        z[i] += step
        #expect(cost(z, k) > least, "month \(i), step \(step)")
      }
    }
  }

  @Test("an observation's gradient is that of finite differences")
  func gradient() {
    var generator = SeededGenerator(seed: 3)
    let z = (0..<8).map { _ in generator.nextNormal() }
    let observations = [
      Observation(
        form: .logRatio, numerator: [0, 1, 2], denominator: [3, 4], sourceEffect: 7, value: 0, variance: 1,
        fact: 0),
      Observation(
        form: .difference(scale: 2.5), numerator: [1, 5], denominator: [2, 6], value: 0, variance: 1, fact: 0),
      Observation(form: .logRatio, numerator: [4, 5], offset: -0.69, value: 0, variance: 1, fact: 0),
    ]
    for observation in observations {
      var row: [(variable: Int, weight: Double)] = []
      _ = observation.linearise(at: z, row: &row)
      for v in z.indices {
        var (up, down) = (z, z)
        up[v] += 1e-5
        down[v] -= 1e-5
        let numeric = (observation.predicted(at: up) - observation.predicted(at: down)) / 2e-5
        let exact = row.filter { $0.variable == v }.reduce(0) { $0 + $1.weight }
        #expect(isClose(numeric, exact, absolute: 1e-9))
      }
    }
  }

  @Test("a mixture of one part has the quantiles of the log-normal, and a chance of zero cuts its lower end")
  func mixture() {
    let single = LogNormalMixture(parts: [.init(weight: 1, mean: 2, deviation: 0.5)])
    #expect(isClose(single.quantile(0.975), .exp(2 + 0.5 * 1.959963984540054), relative: 1e-11))
    #expect(single.quantile(1) == .infinity && single.quantile(0) == 0)
    let certain = LogNormalMixture(parts: [.init(weight: 1, mean: 2, deviation: 0)])
    #expect(isClose(certain.quantile(1), .exp(2), relative: 1e-12))
    #expect(isClose(single.quantile(0.5), .exp(2), relative: 1e-11))
    #expect(isClose(single.mean, .exp(2.125), relative: 1e-14))
    var zero = single
    zero.chanceOfZero = 0.2
    #expect(zero.quantile(0.2) == 0)
    #expect(isClose(zero.quantile(0.6), .exp(2), relative: 1e-11))
    let two = LogNormalMixture(parts: [
      .init(weight: 0.5, mean: 0, deviation: 0.1), .init(weight: 0.5, mean: 0, deviation: 1),
    ])
    #expect(
      two.quantile(0.975)
        > LogNormalMixture(parts: [.init(weight: 1, mean: 0, deviation: 0.55)]).quantile(0.975))
    let known = LogNormalMixture(parts: [.init(weight: 1, mean: 1, deviation: 0)])
    #expect(isClose(known.quantile(0.9), .exp(1), relative: 1e-11))
  }

  @Test("the scales are found again from a long history drawn with them")
  func scalesFound() throws {
    let truth = HistoryPrior(level: 0.03, seasonal: 0.15, irregular: 0.06, seasonalMemory: 1e6)
    let values = Sample.history(truth, months: 180, seed: 11)
    let projection = try HistoryProjector().project(TimeSeries(values, start: .month(2005, 1)))
    // Sampling error of a standard deviation from 180 months is about 5 to 10 %; the seasonal's, from twelve, 20 %.
    #expect(abs(Double.log(projection.scales.level / truth.level)) < 0.5)
    #expect(abs(Double.log(projection.scales.irregular / truth.irregular)) < 0.25)
    #expect(abs(Double.log(projection.scales.seasonal / truth.seasonal)) < 0.6)
  }
}
