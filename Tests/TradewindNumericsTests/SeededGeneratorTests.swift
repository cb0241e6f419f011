import RealModule
import TestSupport
import Testing

@testable import TradewindNumerics

@Suite struct SeededGeneratorTests {
  @Test("the state 1, 2, 3, 4 gives the words of the authors' C program")
  func publishedVector() {
    var generator = SeededGenerator(state: (1, 2, 3, 4))
    // Output of https://prng.di.unimi.it/xoshiro256plusplus.c, also in the tests of Rust's rand_xoshiro.
    let expected: [UInt64] = [
      41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386, 9_228_616_714_210_784_205,
      9_973_669_472_204_895_162, 14_011_001_112_246_962_877, 12_406_186_145_184_390_807,
      15_849_039_046_786_891_736, 10_450_023_813_501_588_000,
    ]
    for word in expected { #expect(generator.next() == word) }
  }

  @Test("the seed fills the state with SplitMix64's words")
  func seeding() {
    // Output of https://prng.di.unimi.it/splitmix64.c for the seed 1234567.
    let state: (UInt64, UInt64, UInt64, UInt64) = (
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431
    )
    #expect(SeededGenerator(seed: 1_234_567) == SeededGenerator(state: state))
  }

  @Test("equal seeds give equal draws, different seeds and streams different ones")
  func streams() {
    func words(_ generator: SeededGenerator) -> [UInt64] {
      var generator = generator
      return (0..<8).map { _ in generator.next() }
    }
    let base = SeededGenerator(seed: 0)
    #expect(words(base) == words(SeededGenerator(seed: 0)))
    #expect(words(base.split(3)) == words(SeededGenerator(seed: 0).split(3)))
    let all = words(base) + words(SeededGenerator(seed: 1)) + (-2..<200).flatMap { words(base.split($0)) }
    #expect(Set(all).count == all.count)
    #expect(words(SeededGenerator(seed: 1).split(3)) != words(base.split(3)))
  }

  @Test("uniform draws lie inside (0, 1) and fill it evenly")
  func uniform() {
    var generator = SeededGenerator(seed: 11)
    var counts = [Int](repeating: 0, count: 20)
    for _ in 0..<20_000 {
      let u = generator.nextUniform()
      #expect(u > 0 && u < 1)
      counts[Int(u * 20)] += 1
    }
    // χ² with 19 degrees of freedom; the seed is fixed, so this holds or not, once and for all.
    let statistic = counts.reduce(0.0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 }
    #expect(ChiSquare(degreesOfFreedom: 19).survival(statistic) > 0.01)
    #expect(ChiSquare(degreesOfFreedom: 19).cumulative(statistic) > 0.01)
  }

  @Test("normal draws have the normal law's moments")
  func normal() {
    var generator = SeededGenerator(seed: 12)
    let draws = generator.normals(20_000)
    let n = Double(draws.count)
    // Each mean of powers within four of its standard deviations: 1/√n, √(2/n), √(15/n), √(96/n).
    #expect(abs(draws.reduce(0, +) / n) < 4 / n.squareRoot())
    #expect(abs(draws.reduce(0) { $0 + $1 * $1 } / n - 1) < 4 * (2 / n).squareRoot())
    #expect(abs(draws.reduce(0) { $0 + $1 * $1 * $1 } / n) < 4 * (15 / n).squareRoot())
    #expect(abs(draws.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n - 3) < 4 * (96 / n).squareRoot())
  }

  /// A gamma law of shape k has mean k, variance k and distribution function P(k, x), that of χ² with 2k degrees of freedom
  /// at 2x. The share below the χ² quantile has a standard deviation of at most ½/√n.
  @Test("gamma draws follow the law", arguments: [0.3, 0.5, 1, 2.5, 40])
  func gamma(shape: Double) {
    var generator = SeededGenerator(seed: 5)
    let n = 20_000
    let draws = (0..<n).map { _ in generator.nextGamma(shape: shape) }
    let mean = draws.reduce(0, +) / Double(n)
    #expect(abs(mean - shape) < 4 * (shape / Double(n)).squareRoot())
    for p in [0.05, 0.5, 0.95] {
      let quantile = ChiSquare(degreesOfFreedom: 2 * shape).quantile(p) / 2
      let share = Double(draws.count { $0 <= quantile }) / Double(n)
      #expect(abs(share - p) < 4 * (p * (1 - p) / Double(n)).squareRoot(), "\(p)")
    }
    #expect(draws.allSatisfy { $0 >= 0 && $0.isFinite })
  }

  @Test("multivariate draws have the given mean and covariance")
  func multivariate() throws {
    let covariance = Matrix(rowVectors: [[4, 1.2, -0.5], [1.2, 1, 0.1], [-0.5, 0.1, 0.25]])
    let mean = [10, -3, 0.5]
    let cholesky = try CholeskyFactorization(covariance)
    var generator = SeededGenerator(seed: 13)
    let n = 10_000
    var sums = [Double](repeating: 0, count: 3)
    var products = Matrix(rows: 3, columns: 3)
    for _ in 0..<n {
      let d = zip(generator.multivariateNormal(mean: mean, cholesky: cholesky), mean).map { $0 - $1 }
      for i in 0..<3 {
        sums[i] += d[i]
        for j in 0..<3 { products[i, j] += d[i] * d[j] }
      }
    }
    for i in 0..<3 {
      #expect(abs(sums[i]) / Double(n) < 4 * (covariance[i, i] / Double(n)).squareRoot())
      for j in 0..<3 {
        let variance = covariance[i, i] * covariance[j, j] + covariance[i, j] * covariance[i, j]
        let error = abs(products[i, j] / Double(n) - covariance[i, j])
        #expect(error < 4 * (variance / Double(n)).squareRoot(), "\(i), \(j)")
      }
    }
  }
}
