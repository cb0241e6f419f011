import RealModule
import TradewindNumerics

/// How a method for sparse series finds a smoothing parameter.
public enum SparseSmoothing: Sendable, Hashable {
  /// This parameter, above 0 and at most 1. Croston's own advice is 0.1 to 0.2.
  case fixed(Double)
  /// The parameter within the range, in 0…1, whose one-step errors have the smallest sum of squares.
  case optimized(ClosedRange<Double>)

  /// Croston's 0.1.
  public static let classic = SparseSmoothing.fixed(0.1)
  /// The best parameter between 0.1 and 0.3: a sparse series does not tell much, and larger ones chase noise.
  public static let optimized = SparseSmoothing.optimized(0.1...0.3)

  /// The parameter for these values.
  func parameter(for values: [Double]) -> Double {
    switch self {
    case .fixed(let alpha): return alpha
    case .optimized(let range):
      guard range.lowerBound < range.upperBound else { return range.lowerBound }
      let inside = minimizeBrent(in: range) { Self.squares(values, alpha: $0) }
      // The ends are only approached from inside.
      let ends = [range.lowerBound, range.upperBound].map { ($0, Self.squares(values, alpha: $0)) }
      let best = ends.min { $0.1 < $1.1 } ?? (inside.point[0], inside.value)
      return best.1 <= inside.value ? best.0 : inside.point[0]
    }
  }

  /// Says whether parameters lie in 0…1, for preconditions.
  var isValid: Bool {
    switch self {
    case .fixed(let alpha): alpha > 0 && alpha <= 1
    case .optimized(let range): range.lowerBound > 0 && range.upperBound <= 1
    }
  }

  /// The level before each value and after the last; it begins with the first value. NaN before that.
  static func levels(_ values: [Double], alpha: Double) -> [Double] {
    var levels = [Double.nan]
    levels.reserveCapacity(values.count + 1)
    for value in values {
      let level = levels[levels.count - 1]
      levels.append(level.isNaN ? value : level + alpha * (value - level))
    }
    return levels
  }

  /// Σ w² of the weights of `count` values in the last level: what independent noise of variance 1 leaves in it.
  static func weightSquares(count: Int, alpha: Double) -> Double {
    guard count > 0 else { return 1 }
    // The first value has weight (1 − α)ⁿ⁻¹, the others α (1 − α)ʲ.
    let q = (1 - alpha) * (1 - alpha)
    let first = Double.pow(q, Double(count - 1))
    return first + (alpha == 0 ? 0 : alpha / (2 - alpha) * (1 - first))
  }

  private static func squares(_ values: [Double], alpha: Double) -> Double {
    guard var level = values.first else { return 0 }
    var sum = 0.0
    for value in values.dropFirst() {
      let error = value - level
      sum += error * error
      level += alpha * error
    }
    return sum
  }
}
