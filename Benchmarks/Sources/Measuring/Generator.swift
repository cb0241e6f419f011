import Foundation

/// SplitMix64 (Steele, Lea and Flood 2014), the same numbers on every machine, and normals by Box and Muller: what the programs draw their data from.
public struct Generator: Sendable {
  private var state: UInt64

  public init(state: UInt64) { self.state = state }

  public mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((z ^ (z >> 31)) >> 12) + 0.5) * 0x1p-52
  }

  public mutating func normal() -> Double {
    let radius = (-2 * log(uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }
}
