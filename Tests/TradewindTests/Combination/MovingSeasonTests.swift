import RealModule
import TestSupport
import Testing
import TradewindNumerics

@testable import Tradewind

@Suite("Moving season")
struct MovingSeasonTests {
  /// Years of noise about figures that walk by `step` each year.
  private static func walk(years: Int, step: Double, seed: UInt64) -> (observed: [Double], figures: [Double])
  {
    var generator = SeededGenerator(seed: seed)
    var figure = (0..<12).map { 0.5 * Double($0 % 4) }
    var (observed, figures): ([Double], [Double]) = ([], [])
    for _ in 0..<years {
      for s in 0..<12 {
        figure[s] += step * generator.nextNormal()
        figures.append(figure[s])
        observed.append(figure[s] + generator.nextNormal())
      }
    }
    return (observed, figures)
  }

  private static func squares(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(a.count)
  }

  /// Over twenty drawn series, the mean squared error of the last year's figures, that of means over the years, and what the variance says of the first.
  private static func errors(
    years: Int, step: Double, seed: UInt64
  ) -> (ours: Double, means: Double, variance: Double) {
    var (ours, means, variance) = (0.0, 0.0, 0.0)
    for number in 0..<20 {
      let (observed, figures) = walk(years: years, step: step, seed: seed + UInt64(number))
      let season = MovingSeason(of: observed, period: 12)
      let mean = (0..<12).map { s in (0..<years).reduce(0) { $0 + observed[$1 * 12 + s] } / Double(years) }
      ours += squares(Array(season.figures.suffix(12)), Array(figures.suffix(12))) / 20
      means += squares(mean, Array(figures.suffix(12))) / 20
      variance += season.variance / 20
    }
    return (ours, means, variance)
  }

  @Test("figures that do not change are all but means over the years, with their variance")
  func fixed() {
    let (ours, means, variance) = Self.errors(years: 10, step: 0, seed: 0)
    // The price of not knowing that they are fixed.
    #expect(ours < 1.4 * means, "\(ours) \(means)")
    #expect(isClose(variance, ours, relative: 0.35), "\(variance) \(ours)")
  }

  @Test("figures that walk are followed: the error of the last year's is well below that of means")
  func walking() {
    let (ours, means, variance) = Self.errors(years: 25, step: 0.3, seed: 100)
    #expect(ours < 0.5 * means, "\(ours) \(means)")
    // With ρ = 0.09 known, the filter's variance in the steady state is P / (1 + P) = 0.26, P = (ρ + √(ρ² + 4ρ)) / 2; not to know it costs some more.
    #expect(ours < 1.25 * 0.26, "\(ours)")
    #expect(isClose(variance, ours, relative: 0.25), "\(variance)")
  }

  @Test(
    "not to know how fast figures walk costs a tenth of their error at most",
    arguments: [0.01, 0.03, 0.1, 0.3])
  func pace(change: Double) {
    var (ours, best) = (0.0, 0.0)
    for seed in UInt64(200)..<240 {
      let (observed, figures) = Self.walk(years: 25, step: change.squareRoot(), seed: seed)
      let late = Array(figures.suffix(12))
      ours += Self.squares(Array(MovingSeason(of: observed, period: 12).figures.suffix(12)), late)
      var smoothed = observed
      for season in 0..<12 { _ = MovingSeason.smooth(&smoothed, season: season, 12, change) }
      best += Self.squares(Array(smoothed.suffix(12)), late)
    }
    #expect(ours < 1.1 * best, "\(ours / best)")
  }

  @Test("a season that repeats itself exactly is itself, whatever is missing of it")
  func exact() {
    var observed = (0..<60).map { Double($0 % 12) }
    for gap in [0, 1, 14, 40, 58, 59] { observed[gap] = .nan }
    let season = MovingSeason(of: observed, period: 12)
    for (t, figure) in season.figures.enumerated() {
      #expect(isClose(figure, Double(t % 12), relative: 1e-12, absolute: 1e-12), "\(t)")
    }
    #expect(season.variance == 0)
  }

  @Test(
    "the smoother is the exact solution of the random walk with noise, gaps included, and so is the last variance"
  )
  func exactSmoother() {
    // One season of five years, the third unknown: (W + D'D / ρ) x = W y, the variances the diagonal of the inverse.
    let y = [3.0, 5, .nan, 4, 9]
    let change = 0.1
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: 5), count: 5)
    for i in 0..<5 where !y[i].isNaN { matrix[i][i] += 1 }
    for i in 0..<4 {
      matrix[i][i] += 1 / change
      matrix[i + 1][i + 1] += 1 / change
      matrix[i][i + 1] -= 1 / change
      matrix[i + 1][i] -= 1 / change
    }
    func solved(_ right: [Double]) -> [Double] {
      var (a, b) = (matrix, right)
      for i in 0..<5 {
        for j in i + 1..<5 {
          let factor = a[j][i] / a[i][i]
          for k in i..<5 { a[j][k] -= factor * a[i][k] }
          b[j] -= factor * b[i]
        }
      }
      for i in (0..<5).reversed() {
        for k in i + 1..<5 { b[i] -= a[i][k] * b[k] }
        b[i] /= a[i][i]
      }
      return b
    }
    var smoothed = y
    let variance = MovingSeason.smooth(&smoothed, season: 0, 1, change)
    for (a, b) in zip(smoothed, solved(y.map { $0.isNaN ? 0 : $0 })) {
      #expect(isClose(a, b, relative: 1e-12))
    }
    #expect(isClose(variance, solved([0, 0, 0, 0, 1])[4], relative: 1e-12))
    // A fixed season: the mean, and one over the years seen.
    smoothed = y
    #expect(isClose(MovingSeason.smooth(&smoothed, season: 0, 1, 0), 0.25, relative: 1e-12))
    #expect(smoothed.allSatisfy { isClose($0, 5.25, relative: 1e-12) })
  }

  @Test("the likelihood is that of the differences between the years")
  func likelihood() {
    // Of two years the difference is normal with variance v (2 + ρ): v = d² / (2 + ρ), and −2 log L = log v + log(2 + ρ) = log d².
    let two = MovingSeason.likelihood(of: [1, 4], 1, 0.3)
    #expect(isClose(two.log, -0.5 * .log(9), relative: 1e-12))
    #expect(isClose(two.noise, 9 / 2.3 / 3, relative: 1e-12))
    // Of three, 1, 4, 2: the errors 3 and 2 − the level, with the filter's variances.
    let gain = 1.3 / 2.3
    let (level, variance) = (1 + 3 * gain, gain)
    let (first, second) = (9 / 2.3, (2 - level) * (2 - level) / (variance + 1.3))
    let scale = (first + second) / 2
    let expected = -0.5 * (2 * .log(scale) + .log(2.3) + .log(variance + 1.3))
    #expect(isClose(MovingSeason.likelihood(of: [1, 4, 2], 1, 0.3).log, expected, relative: 1e-12))
  }

  @Test("of one year the figures are what was observed, and nothing is known of their variance")
  func oneYear() {
    let observed = [3.0, 1, 2, 7]
    let season = MovingSeason(of: observed, period: 4)
    for (figure, value) in zip(season.figures, observed) { #expect(isClose(figure, value, relative: 1e-12)) }
    #expect(season.variance == .infinity)
  }

  @Test("a series that is reversed in time has the same figures in reverse: smoothing looks both ways")
  func reversal() {
    let (observed, _) = Self.walk(years: 8, step: 0.3, seed: 9)
    let forward = MovingSeason(of: observed, period: 12).figures
    let backward = MovingSeason(of: observed.reversed(), period: 12).figures
    for (a, b) in zip(forward, backward.reversed()) { #expect(isClose(a, b, relative: 1e-9, absolute: 1e-9)) }
  }
}
