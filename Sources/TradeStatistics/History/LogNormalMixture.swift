import RealModule
import TradewindNumerics

/// The law of a level whose logarithm is a mixture of normals, and that may be zero with some chance.
struct LogNormalMixture {
  struct Part {
    var weight: Double
    /// Mean and standard deviation of the logarithm.
    var mean: Double
    var deviation: Double
  }

  /// Weights sum to one.
  var parts: [Part]
  var chanceOfZero = 0.0

  var mean: Double {
    (1 - chanceOfZero) * parts.reduce(0) { $0 + $1.weight * .exp($1.mean + $1.deviation * $1.deviation / 2) }
  }

  /// The level below which the value lies with probability `p`, by bisection of the distribution function.
  func quantile(_ p: Double) -> Double {
    guard p > chanceOfZero else { return 0 }
    let target = (p - chanceOfZero) / (1 - chanceOfZero)
    // No level is above all that is possible, except where all of them are certain.
    if target >= 1, parts.contains(where: { $0.deviation > 0 }) { return .infinity }
    // The mixture's quantile lies between those of its parts.
    let score = NormalDistribution(mean: 0, standardDeviation: 1).quantile(target)
    let ends = parts.map { $0.deviation > 0 ? $0.mean + $0.deviation * score : $0.mean }
    guard var low = ends.min(), var high = ends.max() else { return .nan }
    let normal = NormalDistribution(mean: 0, standardDeviation: 1)
    while high - low > 1e-12 * max(1, abs(low)) {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      let below = parts.reduce(0) { sum, part in
        let z = part.deviation > 0 ? (middle - part.mean) / part.deviation : (middle < part.mean ? -40 : 40)
        return sum + part.weight * normal.cumulative(z)
      }
      if below < target { low = middle } else { high = middle }
    }
    return .exp(low + (high - low) / 2)
  }
}
