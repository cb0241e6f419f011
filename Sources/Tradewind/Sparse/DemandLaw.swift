import RealModule
import TradewindNumerics

/// The law of the coming demands: in each period there is a demand with some probability, of a size as those observed.
///
/// Given probability and mean size the periods are independent. What is not known of those two is drawn once a path:
/// the probability from a beta law, a factor on the sizes from a gamma law of mean 1. Both keep the mean as it is, so that
/// every step's mean is the method's point forecast.
struct DemandLaw: Sendable, Equatable {
  /// The mean of a period, demand or none.
  let rate: Double
  /// The probability of a demand.
  let probability: Double
  /// The beta law's weight in periods; infinite where the probability is known.
  let weight: Double
  /// The sizes observed, relative to their mean.
  let ratios: [Double]
  /// The relative variance of the mean size's estimate.
  let sizeVariance: Double

  /// Draws of coming periods.
  func paths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    var generator = SeededGenerator(seed: seed)
    var values: [Double] = []
    values.reserveCapacity(horizon * count)
    for _ in 0..<count {
      let chance = drawProbability(&generator)
      let size = drawSize(&generator)
      for _ in 0..<horizon {
        let happens = generator.nextUniform() < chance
        let place = Int(generator.nextUniform() * Double(ratios.count))
        values.append(happens && !ratios.isEmpty ? size * ratios[min(place, ratios.count - 1)] : 0)
      }
    }
    return SamplePaths(values: values, horizon: horizon)
  }

  private func drawProbability(_ generator: inout SeededGenerator) -> Double {
    guard probability > 0 && probability < 1 && weight.isFinite && weight > 0 else { return probability }
    let a = generator.nextGamma(shape: probability * weight)
    let b = generator.nextGamma(shape: (1 - probability) * weight)
    // Shapes near zero can give two zeros: the law is then all at 0 and 1.
    return a + b > 0 ? a / (a + b) : (generator.nextUniform() < probability ? 1 : 0)
  }

  private func drawSize(_ generator: inout SeededGenerator) -> Double {
    let size = probability > 0 ? rate / probability : 0
    guard sizeVariance > 0 else { return size }
    return size * generator.nextGamma(shape: 1 / sizeVariance) * sizeVariance
  }

  /// The squared coefficient of variation of the sizes, with divisor n − 1; 0 where a single size tells nothing.
  static func variation(of ratios: [Double]) -> Double {
    guard ratios.count >= 2 else { return 0 }
    return ratios.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / Double(ratios.count - 1)
  }

  /// Sizes relative to their mean, which comes out as 1.
  static func ratios(of sizes: [Double]) -> [Double] {
    let center = mean(of: sizes)
    return sizes.map { $0 / center }
  }
}
