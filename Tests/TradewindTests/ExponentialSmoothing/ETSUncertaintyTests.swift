import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Uncertainty of ETS")
struct ETSUncertaintyTests {
  static let parameters = ETSUncertainty(includesParameters: true)
  static let noise = TimeSeries(
    [12.1, 9.4, 11.8, 10.9, 8.7, 13.3, 10.2, 11.1, 9.9, 12.6], start: .year(2000), name: "noise")

  /// The model with the smoothing parameters at zero: a mean, or a line.
  static func still(_ trend: ETS.TrendComponent, _ innovations: ETSUncertainty.Innovations = .normal) -> ETS {
    ETS(
      .form(ETS.Form(trend: trend)), initialStates: .estimated,
      fixed: ETS.Parameters(alpha: 0, beta: trend == .none ? nil : 0),
      uncertainty: ETSUncertainty(includesParameters: true, innovations: innovations))
  }

  private static func posterior(_ model: ETS, _ series: TimeSeries) throws -> (
    FittedETS, ETSPosterior, Double
  ) {
    let fit = try model.fit(to: series)
    let task = ETSTask(series: series, options: model)
    return (fit, try #require(task.posterior(of: fit)), task.scaled(for: fit.form).unit)
  }

  /// |L⁻¹ x|², x′ (LL′)⁻¹ x.
  private static func variance(_ x: [Double], _ lower: [[Double]]) -> Double {
    var z = x
    for i in z.indices {
      for j in 0..<i { z[i] -= lower[i][j] * z[j] }
      z[i] /= lower[i][i]
    }
    return z.reduce(0) { $0 + $1 * $1 }
  }

  // MARK: - Closed forms

  @Test("a level alone has the variance σ²/n of a mean; level and slope are the regression's on a line")
  func exact() throws {
    let (mean, law, unit) = try Self.posterior(Self.still(.none), Self.noise)
    #expect(isClose(Self.variance([1], law.lower) * unit * unit, mean.variance / 10, relative: 1e-9))

    let values = Self.noise.values.enumerated().map { 3 * Double($0) + $1 }
    let series = TimeSeries(values, start: .year(2000))
    let (line, lineLaw, lineUnit) = try Self.posterior(Self.still(.additive), series)
    let regression = try RegressionModel { Trend() }.fit(to: series).predict(horizon: 6)
    let forecast = line.forecast(horizon: 6, levels: [])
    for h in 0..<6 {
      #expect(isClose(forecast.mean[h], regression[h].mean, relative: 1e-8))
      // The columns are level and slope: the forecast is level + (n + h) slope.
      let states = Self.variance([1, Double(11 + h)], lineLaw.lower) * lineUnit * lineUnit
      let error = regression[h].standardError
      #expect(isClose(line.variance + states, error * error, relative: 1e-8), "\(h)")
    }
    // Of α = 0 any part is β, which counts as estimated: one degree of freedom less, and otherwise the same line.
    let free = ETS(
      .form(ETS.Form(trend: .additive)), initialStates: .estimated, fixed: ETS.Parameters(alpha: 0),
      uncertainty: Self.parameters)
    let (_, freeLaw, _) = try Self.posterior(free, series)
    let ratio = Self.variance([1, 11], freeLaw.lower) / Self.variance([1, 11], lineLaw.lower)
    #expect(isClose(ratio, 8.0 / 7, relative: 1e-6))
  }

  /// With 40,000 paths variances have a relative standard error of 0.7 %, covariances one of 0.5 % of the variance.
  @Test(
    "paths of a mean have variance σ²(1 + 1/n) at every step and covariance σ²/n", arguments: [false, true])
  func meanPaths(bootstrap: Bool) throws {
    let fit = try Self.still(.none, bootstrap ? .bootstrap : .normal).fit(to: Self.noise)
    let paths = fit.samplePaths(horizon: 3, count: 40_000, seed: 3)
    let steps = (0..<3).map { paths.draws(ofStep: $0) }
    let mean = fit.forecast(horizon: 1, levels: []).mean[0]
    for h in 0..<3 {
      let drawn = Self.product(steps[h], steps[h], mean)
      #expect(isClose(drawn, 1.1 * fit.variance, relative: 0.03), "\(h)")
    }
    #expect(abs(Self.product(steps[0], steps[2], mean) - 0.1 * fit.variance) < 0.025 * fit.variance)
    let interval = fit.forecast(horizon: 1, levels: [0.8], paths: 40_000).intervals[0][0]
    if !bootstrap {
      #expect(isClose(interval.width, 2 * 1.281_552 * (1.1 * fit.variance).squareRoot(), relative: 0.03))
    }
  }

  @Test("paths of a line vary as the regression's prediction does")
  func linePaths() throws {
    let values = Self.noise.values.enumerated().map { 3 * Double($0) + $1 }
    let series = TimeSeries(values, start: .year(2000))
    let fit = try Self.still(.additive).fit(to: series)
    let regression = try RegressionModel { Trend() }.fit(to: series).predict(horizon: 8)
    let paths = fit.samplePaths(horizon: 8, count: 20_000, seed: 6)
    for h in [0, 7] {
      let drawn = Self.product(paths.draws(ofStep: h), paths.draws(ofStep: h), regression[h].mean)
      let error = regression[h].standardError
      #expect(isClose(drawn, error * error, relative: 0.05), "\(h)")
    }
  }

  private static func product(_ a: [Double], _ b: [Double], _ mean: Double) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) } / Double(a.count)
  }

  // MARK: - The law of the parameters

  static let truncations: [(Double, Double)] = [
    (-1, 2), (0.5, 0.6), (3, 9), (-9, -3), (-40, 40), (39, 50), (-50, -39), (1, 1 + 1e-9),
  ]

  @Test("a normal law cut off has the quantiles of its part, also far out", arguments: truncations)
  func truncated(bounds: (Double, Double)) {
    let normal = NormalDistribution.standard
    var last = -Double.infinity
    for u in [0.001, 0.2, 0.5, 0.8, 0.999] {
      let z = truncatedNormal(from: bounds.0, to: bounds.1, u)
      #expect(z >= bounds.0 && z <= bounds.1 && z >= last)
      last = z
      guard abs(bounds.0) < 10, bounds.1 - bounds.0 > 1e-6 else { continue }
      let isUpper = bounds.0 > 0
      let below =
        isUpper
        ? normal.survival(bounds.0) - normal.survival(z) : normal.cumulative(z) - normal.cumulative(bounds.0)
      let all =
        isUpper
        ? normal.survival(bounds.0) - normal.survival(bounds.1)
        : normal.cumulative(bounds.1) - normal.cumulative(bounds.0)
      #expect(isClose(below / all, u, relative: 1e-6), "\(u)")
    }
  }

  @Test("draws stay within the bounds, and an estimate on one of them has a side")
  func bounds() throws {
    // A line with noise: α and β come to their lower bounds, or near.
    let series = TimeSeries(
      (0..<40).map { 3 * Double($0) + Self.noise.values[($0 * 7) % 10] }, start: .year(1960))
    let model = ETS(.form(ETS.Form(trend: .additive)), uncertainty: Self.parameters)
    var (fit, law, _) = try Self.posterior(model, series)
    var generator = SeededGenerator(seed: 4)
    let draws = (0..<2000).map { _ in law.draw(using: &generator).0 }
    let alphas = draws.compactMap(\.alpha)
    let shares = draws.map { ($0.beta ?? 0) / ($0.alpha ?? 1) }
    #expect(alphas.allSatisfy { $0 >= 1e-4 && $0 <= 0.9999 })
    #expect(shares.allSatisfy { $0 >= 0.99e-4 && $0 <= 1 })
    let estimate = try #require(fit.parameters.alpha)
    #expect(estimate < 0.2 && Set(alphas).count > 1900)
    #expect(alphas.reduce(0, +) / 2000 > estimate)
  }

  /// A bimodal or skewed truth would not do; with 300 observations the law is near normal.
  @Test("of a long series α varies as the likelihood says")
  func curvature() throws {
    var generator = SeededGenerator(seed: 21)
    var level = 50.0
    let values = (0..<300).map { _ -> Double in
      let e = generator.nextNormal()
      defer { level += 0.4 * e }
      return level + e
    }
    let series = TimeSeries(values, start: .year(1700))
    let model = ETS(.form(ETS.Form()), initialStates: .estimated, uncertainty: Self.parameters)
    let (fit, posterior, _) = try Self.posterior(model, series)
    var law = posterior
    let draws = (0..<8000).compactMap { _ in law.draw(using: &generator).0.alpha }
    let alpha = try #require(fit.parameters.alpha)
    // The second difference of −log L = ½ n log S in α, the level at its best.
    func logLikelihood(_ alpha: Double) throws -> Double {
      let fit = try ETS(
        .form(ETS.Form()), initialStates: .estimated, fixed: ETS.Parameters(alpha: alpha)
      ).fit(to: series)
      return try #require(fit.informationCriteria).logLikelihood
    }
    let step = 0.03
    let ends = try logLikelihood(alpha - step) + logLikelihood(alpha + step)
    let curvature = (2 * (try logLikelihood(alpha)) - ends) / (step * step)
    let mean = draws.reduce(0, +) / 8000
    let variance = Self.product(draws, draws, mean)
    #expect(abs(mean - alpha) < 0.05 * variance.squareRoot())
    #expect(isClose(variance.squareRoot(), 1 / curvature.squareRoot(), relative: 0.1))
  }

  /// The mean of α by the likelihood on a grid, the level at its best, against that of the draws. At a bound the parabola falls off too fast,
  /// by about a third on these series; one without the slope there would have 1.6 times the mean of the first.
  @Test("where the bound holds α back, its law falls off from there with the likelihood, if faster")
  func held() throws {
    var generator = SeededGenerator(seed: 6)
    var found = 0
    for _ in 0..<20 {
      let values = generator.normals(60)
      let series = TimeSeries(values, start: .year(1900))
      let model = ETS(.form(ETS.Form()), initialStates: .estimated, uncertainty: Self.parameters)
      let (fit, posterior, _) = try Self.posterior(model, series)
      // Noise whose neighbours differ: the likelihood would have α below zero.
      guard fit.parameters.alpha == 1e-4, lagged(values) < -0.12 else { continue }
      found += 1
      var law = posterior
      let draws = (0..<4000).compactMap { _ in law.draw(using: &generator).0.alpha }
      var (sum, weights) = (0.0, 0.0)
      let best = try #require(fit.informationCriteria).logLikelihood
      for alpha in stride(from: 0.01, to: 0.6, by: 0.02) {
        let fixed = ETS.Parameters(alpha: alpha)
        let fit = try ETS(.form(ETS.Form()), initialStates: .estimated, fixed: fixed).fit(to: series)
        let weight = Double.exp(try #require(fit.informationCriteria).logLikelihood - best)
        (sum, weights) = (sum + weight * alpha, weights + weight)
      }
      let ratio = draws.reduce(0, +) / 4000 / (sum / weights)
      #expect(ratio > 0.3 && ratio < 1.2, "\(ratio)")
    }
    #expect(found > 0)
  }

  private func lagged(_ x: [Double]) -> Double {
    zip(x, x.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / x.reduce(0) { $0 + $1 * $1 }
  }

  // MARK: - The option

  @Test("nothing asked for, nothing changes; points are the same whatever is asked for")
  func unchanged() throws {
    let series = ETSTests.series()
    let plain = try ETS().fit(to: series)
    let asked = try ETS(uncertainty: ETSUncertainty()).fit(to: series)
    #expect(asked.source == nil && plain.forecast(horizon: 8) == asked.forecast(horizon: 8))
    let wide = try ETS(uncertainty: Self.parameters).fit(to: series)
    #expect(wide.forecast(horizon: 8, levels: []) == plain.forecast(horizon: 8, levels: []))
    let (a, b) = (wide.forecast(horizon: 8, paths: 500), plain.forecast(horizon: 8))
    #expect(a.mean == b.mean && a.intervals != b.intervals)
  }

  @Test("every form has finite paths, the same for the same seed", arguments: ETS.Form.all)
  func forms(form: ETS.Form) throws {
    let model = ETS(
      .form(form), uncertainty: ETSUncertainty(includesParameters: true, innovations: .bootstrap))
    let fit = try model.fit(to: ETSTests.series(count: 60))
    let paths = fit.samplePaths(horizon: 14, count: 30, seed: 5)
    #expect(paths.values.allSatisfy { $0.isFinite && (!form.needsPositiveValues || $0 > 0) })
    #expect(paths == fit.samplePaths(horizon: 14, count: 30, seed: 5))
    #expect(paths != fit.samplePaths(horizon: 14, count: 30, seed: 6))
  }

  @Test("draws scale with the data, and a constant added to an additive model shifts them")
  func scaling() throws {
    let series = ETSTests.series(count: 48)
    let model = ETS(.form(ETS.Form(trend: .additive, season: .additive)), uncertainty: Self.parameters)
    let paths = try model.fit(to: series).samplePaths(horizon: 5, count: 20, seed: 1).values
    for (scale, shift) in [(1024.0, 0.0), (1, 512)] {
      var other = series
      other.values = series.values.map { $0 * scale + shift }
      let moved = try model.fit(to: other).samplePaths(horizon: 5, count: 20, seed: 1).values
      #expect(zip(paths, moved).allSatisfy { isClose($0 * scale + shift, $1, relative: 1e-7) })
    }
  }

  @Test("bootstrapped innovations are the residuals about their mean, with the model's variance")
  func bootstrap() throws {
    let model = ETS(.form(ETS.Form()), uncertainty: ETSUncertainty(innovations: .bootstrap))
    let fit = try model.fit(to: Self.noise)
    let drawn = Set(fit.samplePaths(horizon: 1, count: 2000, seed: 2).values)
    #expect(drawn.count == 10)
    let centre = fit.forecast(horizon: 1, levels: []).mean[0]
    let residuals = fit.residuals
    let mean = residuals.reduce(0, +) / 10
    let spread = Self.product(residuals, residuals, mean)
    let expected = residuals.map { centre + ($0 - mean) * (fit.variance / spread).squareRoot() }.sorted()
    #expect(zip(drawn.sorted(), expected).allSatisfy { isClose($0, $1, relative: 1e-9) })
  }

  @Test("what is fixed and given is certain: the law is that of the innovations")
  func certain() throws {
    let given = ETS.InitialStates.given(ETS.State(level: 10))
    let fixed = ETS.Parameters(alpha: 0.3)
    let plain = try ETS(.form(ETS.Form()), initialStates: given, fixed: fixed).fit(to: Self.noise)
    let same = try ETS(.form(ETS.Form()), initialStates: given, fixed: fixed, uncertainty: Self.parameters)
      .fit(
        to: Self.noise)
    #expect(
      same.samplePaths(horizon: 3, count: 9, seed: 2) == plain.samplePaths(horizon: 3, count: 9, seed: 2))
    // A series without anything to explain, and one too short for a choice.
    let constant = TimeSeries([Double](repeating: 7, count: 20), start: .year(2000))
    let flat = try ETS(uncertainty: Self.parameters).fit(to: constant).forecast(horizon: 2)
    #expect(flat.intervals[1].allSatisfy { $0.lower == 7 && $0.upper == 7 })
    let short = try ETS(uncertainty: Self.parameters).fit(to: Self.noise.prefix(3)).forecast(horizon: 2)
    #expect(short.intervals[1].allSatisfy { $0.lower.isFinite && $0.upper.isFinite })
  }

  @Test("after more observations the parameters' law is that of the fit, and draws run through all of them")
  func updating() throws {
    let series = ETSTests.series(count: 60)
    let model = ETS(.form(ETS.Form(trend: .additive, season: .additive)), uncertainty: Self.parameters)
    let early = try model.fit(to: series.prefix(50))
    let late = try early.updated(with: Array(series.values[50...]))
    let paths = early.samplePaths(horizon: 12, count: 40, seed: 8)
    // As if the first ten steps had been these: the same draws of the parameters are conditioned, not their law.
    #expect(late.series.count == 60 && late.source?.count == 50)
    let (a, b) = (early.forecast(horizon: 11, levels: [0.8]), late.forecast(horizon: 1, levels: [0.8]))
    #expect(b.intervals[0][0].width < a.intervals[10][0].width)
    #expect(try early.updated(with: []).samplePaths(horizon: 12, count: 40, seed: 8) == paths)
    // Missing values carry every draw forward.
    let gap = try early.updated(with: [.nan, .nan])
    let ahead = gap.forecast(horizon: 1, levels: [0.8], paths: 4000).intervals[0][0].width
    let third = early.forecast(horizon: 3, levels: [0.8], paths: 4000).intervals[2][0].width
    #expect(ahead > 0.7 * third && ahead < 1.02 * third)
  }

  /// What 80 % intervals hold of the true law of twelve steps ahead, known from the true states: the mean over 60 series has a standard error of about 2 %,
  /// the difference of both a smaller one. Each series has its own seed: one for all would leave the error of 400 draws in the mean.
  @Test("on short drawn series intervals with the parameters hold more nearly what they say")
  func coverage() throws {
    let form = ETS.Form(trend: .additive)
    let normal = NormalDistribution.standard
    let (alpha, beta, horizon) = (0.3, 0.015, 12)
    var covers = [0.0, 0]
    for seed in 0..<60 {
      var generator = SeededGenerator(seed: UInt64(1000 + seed))
      var truth = ETSRecursion(
        form: form, parameters: ETS.Parameters(alpha: alpha, beta: beta),
        state: ETS.State(level: 100, slope: 1))
      let values = (0..<30).map { _ -> Double in
        let y = truth.expected + 3 * generator.nextNormal()
        truth.step(y)
        return y
      }
      let series = TimeSeries(values, start: .year(1990))
      let mean = truth.expected(after: horizon - 1)
      let weights = (1..<horizon).map { alpha + beta * Double($0) }
      let deviation = 3 * (1 + weights.reduce(0) { $0 + $1 * $1 }).squareRoot()
      for (k, uncertainty) in [ETSUncertainty(), Self.parameters].enumerated() {
        let fit = try ETS(.form(form), uncertainty: uncertainty).fit(to: series)
        let interval = fit.forecast(
          horizon: horizon, levels: [0.8], paths: 400, seed: UInt64(seed)
        ).intervals[horizon - 1][0]
        covers[k] +=
          (normal.cumulative((interval.upper - mean) / deviation)
            - normal.cumulative((interval.lower - mean) / deviation)) / 60
      }
    }
    #expect(covers[0] < 0.75, "\(covers)")
    #expect(abs(covers[1] - 0.8) < 0.04, "\(covers)")
  }
}
