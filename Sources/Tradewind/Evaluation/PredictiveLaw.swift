import RealModule
import TradewindNumerics

/// The law of one coming value, a step's or a total's.
///
/// ```swift
/// let law = forecast.law(ofSteps: 0..<3)  // the coming three months together
/// let chance = law.map { 1 - $0.cumulative(500) }  // that they bring more than 500
/// ```
public enum PredictiveLaw: Sendable, Equatable {
  /// A normal law; with a deviation of zero it is certain.
  case normal(mean: Double, deviation: Double)
  /// Student's t, times `scale`, about `mean`.
  case student(mean: Double, scale: Double, degreesOfFreedom: Double)
  /// Draws in rising order, at least one.
  case draws([Double])

  /// P(Y ≤ y); of draws the part at or below y, those at y counted half, so that what is continuous and what is drawn from
  /// it agree. NaN where `y` is.
  public func cumulative(_ y: Double) -> Double {
    guard !y.isNaN else { return .nan }
    switch self {
    case .normal(let mean, let deviation):
      guard deviation > 0 else { return Self.step(y, at: mean) }
      return NormalDistribution.standard.cumulative((y - mean) / deviation)
    case .student(let mean, let scale, let freedom):
      guard scale > 0 else { return Self.step(y, at: mean) }
      return StudentT(degreesOfFreedom: freedom).cumulative((y - mean) / scale)
    case .draws(let sorted):
      let below = sorted.partitioningIndex { $0 >= y }
      let through = sorted.partitioningIndex { $0 > y }
      return (Double(below) + 0.5 * Double(through - below)) / Double(sorted.count)
    }
  }

  /// The y with P(Y ≤ y) = p, for p in 0…1.
  public func quantile(_ p: Double) -> Double {
    switch self {
    case .normal(let mean, let deviation):
      return deviation > 0 ? mean + deviation * NormalDistribution.standard.quantile(p) : mean
    case .student(let mean, let scale, let freedom):
      return scale > 0 ? mean + scale * StudentT(degreesOfFreedom: freedom).quantile(p) : mean
    case .draws(let sorted): return Tradewind.quantile(p, of: sorted)
    }
  }

  /// The continuous ranked probability score of the observation `y`, ∫ (P(Y ≤ x) − 1{y ≤ x})² dx, in the unit of y; smaller is
  /// better, and for a certain forecast it is the absolute error.
  ///
  /// Closed forms for the normal (Gneiting and Raftery 2007, section 4.2, doi:10.1198/016214506000001437) and Student's law (Jordan,
  /// Krüger and Lerch 2019, doi:10.18637/jss.v090.i12), which has none (NaN) with one degree of freedom or less; for draws that of
  /// their empirical law, mean |x − y| − ½ mean |x − x′| over all pairs.
  public func crps(_ y: Double) -> Double {
    guard !y.isNaN else { return .nan }
    switch self {
    case .normal(let mean, let deviation):
      guard deviation > 0 else { return abs(y - mean) }
      let z = (y - mean) / deviation
      let law = NormalDistribution.standard
      return deviation * (z * (2 * law.cumulative(z) - 1) + 2 * law.density(z) - 1 / Double.pi.squareRoot())
    case .student(let mean, let scale, let freedom):
      guard scale > 0 else { return abs(y - mean) }
      guard freedom > 1 else { return .nan }
      let z = (y - mean) / scale
      let law = StudentT(degreesOfFreedom: freedom)
      // B(½, ν − ½) / B(½, ν/2)².
      let logBetas =
        Double.logGamma(freedom - 0.5) - Double.logGamma(freedom)
        - 2 * (Double.logGamma(0.5 * freedom) - Double.logGamma(0.5 * (freedom + 1))) - Double.logGamma(0.5)
      let spread = 2 * freedom.squareRoot() / (freedom - 1) * Double.exp(logBetas)
      return scale
        * (z * (2 * law.cumulative(z) - 1) + 2 * law.density(z) * (freedom + z * z) / (freedom - 1) - spread)
    case .draws(let sorted):
      let n = Double(sorted.count)
      var (distance, pairs) = (0.0, 0.0)
      for (i, x) in sorted.enumerated() {
        distance += abs(x - y)
        // Σ over pairs of |x − x′| is 2 Σ (2i + 1 − n) x over draws in rising order.
        pairs += (2 * Double(i) + 1 - n) * x
      }
      return max(distance / n - pairs / (n * n), 0)
    }
  }

  private static func step(_ y: Double, at mean: Double) -> Double { y < mean ? 0 : y > mean ? 1 : 0.5 }
}

extension Forecast {
  /// The law of a step or of the total of several steps (from 0), from the joint law.
  ///
  /// - Returns: `nil` if the steps do not lie within the horizon, or only points were asked for.
  public func law(ofSteps steps: Range<Int>) -> PredictiveLaw? {
    guard !steps.isEmpty, steps.lowerBound >= 0, steps.upperBound <= horizon else { return nil }
    let sum = steps.reduce(0) { $0 + mean[$1] }
    var coefficients: [Double] {
      (0..<steps.upperBound).map { $0 < steps.lowerBound ? 0 : 1 }
    }
    switch joint {
    case .pointsOnly: return nil
    case .movingAverage, .normal:
      return .normal(mean: sum, deviation: max(joint.variance(of: coefficients), 0).squareRoot())
    case .student(_, let freedom):
      return .student(
        mean: sum, scale: max(joint.variance(of: coefficients), 0).squareRoot(), degreesOfFreedom: freedom)
    case .paths(let paths): return .draws(paths.totals(of: steps).sorted())
    }
  }
}

extension Array where Element == Double {
  /// The first index whose element fulfils a condition that holds from some element on.
  fileprivate func partitioningIndex(_ condition: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
