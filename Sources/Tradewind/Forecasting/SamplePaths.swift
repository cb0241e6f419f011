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
