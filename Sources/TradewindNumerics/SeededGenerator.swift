/// The xoshiro256++ generator: the same seed gives the same draws on every platform.
///
/// Blackman, D. and Vigna, S. (2021), "Scrambled linear pseudorandom number generators", *ACM Transactions on Mathematical
/// Software* 47(4), doi:10.1145/3460772. Period 2²⁵⁶ − 1. The state is filled from the seed by SplitMix64, as its authors
/// advise: Steele, G. L., Lea, D. and Flood, C. H. (2014), "Fast splittable pseudorandom number generators", *OOPSLA '14*,
/// doi:10.1145/2660193.2660195. Not for cryptography.
///
/// ```swift
/// var generator = SeededGenerator(seed: 7)
/// let draw = generator.nextNormal()
/// let die = Int.random(in: 1...6, using: &generator)
/// ```
package struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
  private var s0, s1, s2, s3: UInt64

  /// Any seed is good, also 0.
  package init(seed: UInt64) {
    var mixer = SplitMix64(state: seed)
    s0 = mixer.next()
    s1 = mixer.next()
    s2 = mixer.next()
    s3 = mixer.next()
  }

  /// A generator in a known state, which must not be all zeros: that state never changes.
  init(state: (UInt64, UInt64, UInt64, UInt64)) {
    precondition(
      state.0 | state.1 | state.2 | state.3 != 0, "xoshiro256++ needs a state that is not all zeros")
    (s0, s1, s2, s3) = state
  }

  /// 64 random bits.
  package mutating func next() -> UInt64 {
    let result = rotate(s0 &+ s3, 23) &+ s0
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = rotate(s3, 45)
    return result
  }

  /// A generator for task `index`, the same for the same state and index and independent of how many tasks there are.
  ///
  /// State and index are hashed into a new seed of 64 bits; two streams start at the same place with probability
  /// 2⁻⁶⁴ a pair, and otherwise lie about 2²⁵⁶ steps apart. This generator itself does not move.
  package func split(_ index: Int) -> SeededGenerator {
    var mixer = SplitMix64(state: UInt64(bitPattern: Int64(index)))
    for word in [s0, s1, s2, s3] { mixer.state = mixer.next() ^ word }
    return SeededGenerator(seed: mixer.next())
  }

  /// A uniform draw from the open interval (0, 1): the midpoint of one of 2⁵² equal cells.
  package mutating func nextUniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// A standard normal draw, by inversion: one uniform gives one normal, and the draws rise with the uniforms.
  package mutating func nextNormal() -> Double {
    NormalDistribution.standardQuantile(nextUniform())
  }

  /// `count` independent standard normal draws.
  package mutating func normals(_ count: Int) -> [Double] {
    (0..<count).map { _ in nextNormal() }
  }

  /// A draw from the normal law with this mean and covariance LL′.
  package mutating func multivariateNormal(mean: [Double], cholesky: CholeskyFactorization) -> [Double] {
    precondition(mean.count == cholesky.order, "the mean has as many elements as the covariance has rows")
    let deviation = cholesky.multiplyLower(normals(mean.count))
    return zip(mean, deviation).map { $0 + $1 }
  }
}

private func rotate(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }

/// A counter with a hash; equal seeds aside, it never repeats a word within its period of 2⁶⁴.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
