import TradewindNumerics

/// Draws of the coming periods, jointly: one path is one possible future.
public struct SamplePaths: Sendable, Equatable {
  /// Periods of a path.
  public let horizon: Int
  /// How many paths there are.
  public let count: Int
  /// All draws; step `h` (from 0) of path `p` stands at `p * horizon + h`.
  public let values: [Double]

  /// - Precondition: There are `horizon` values a path.
  public init(values: [Double], horizon: Int) {
    precondition(horizon >= 1 && values.count % horizon == 0, "Every path has \(horizon) values.")
    self.values = values
    self.horizon = horizon
    count = values.count / horizon
  }

  /// The draw of step `step` (from 0) in path `path`.
  public subscript(path path: Int, step step: Int) -> Double { values[path * horizon + step] }

  /// All draws of one step, in the order of the paths.
  public func draws(ofStep step: Int) -> [Double] { (0..<count).map { self[path: $0, step: step] } }

  /// Each path's sum over some steps.
  public func totals(of steps: Range<Int>) -> [Double] {
    (0..<count).map { path in steps.reduce(0) { $0 + self[path: path, step: $1] } }
  }
}

/// The sample quantile of values in rising order, by linear interpolation (Hyndman & Fan 1996, type 7,
/// doi:10.1080/00031305.1996.10473566). NaN for none.
package func quantile(_ p: Double, of sorted: [Double]) -> Double {
  guard let last = sorted.indices.last else { return .nan }
  let place = min(max(p, 0), 1) * Double(last)
  let below = Int(place)
  let above = min(below + 1, last)
  return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
}

extension SamplePaths {
  /// Draws about `mean` with normal or Student errors of a known joint law: what linear models return.
  ///
  /// - Precondition: `law` is `.movingAverage`, `.normal` or `.student`; `mean` has at least one step.
  init(mean: [Double], law: JointLaw, count: Int, seed: UInt64) {
    precondition(count >= 1, "At least one path must be drawn, not \(count).")
    var generator = SeededGenerator(seed: seed)
    var values: [Double] = []
    values.reserveCapacity(mean.count * count)
    for _ in 0..<count {
      let errors = law.draw(horizon: mean.count, using: &generator)
      for (h, error) in errors.enumerated() { values.append(mean[h] + error) }
    }
    self.init(values: values, horizon: mean.count)
  }
}

extension JointLaw {
  /// One draw of the errors of all steps.
  fileprivate func draw(horizon: Int, using generator: inout SeededGenerator) -> [Double] {
    switch self {
    case .movingAverage(let weights, let variance, let shared):
      let deviation = max(variance, 0).squareRoot()
      let innovations = generator.normals(horizon).map { $0 * deviation }
      let common = shared == .none ? [0, 0] : generator.normals(2)
      return (0..<horizon).map { h in
        let moved = (0...h).reduce(0) { $1 < weights.count ? $0 + weights[$1] * innovations[h - $1] : $0 }
        return moved + shared.level * common[0] + shared.slope * Double(h + 1) * common[1]
      }
    case .normal(let factor):
      let z = generator.normals(factor.reduce(0) { max($0, $1.count) })
      return factor.prefix(horizon).map { row in row.indices.reduce(0) { $0 + row[$1] * z[$1] } }
    case .student(let law, let freedom):
      let scale = (freedom / generator.nextChiSquare(degreesOfFreedom: freedom)).squareRoot()
      return law.draw(horizon: horizon, using: &generator).map { $0 * scale }
    case .pointsOnly, .paths:
      preconditionFailure("Only a normal or Student law can be drawn from.")
    }
  }
}
