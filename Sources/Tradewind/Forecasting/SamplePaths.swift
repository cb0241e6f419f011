import Synchronization
import TradewindNumerics

/// Draws of the coming periods, jointly: one path is one possible future.
///
/// Draws from a known law are made when they are first looked at, and kept: who asks a forecast for its steps alone does not
/// wait for the thousands of draws behind its totals. Which draws they are does not depend on when that is.
public struct SamplePaths: Sendable, Equatable {
  /// Periods of a path.
  public let horizon: Int
  /// How many paths there are.
  public let count: Int
  private let draws: Draws

  /// All draws; step `h` (from 0) of path `p` stands at `p * horizon + h`.
  public var values: [Double] { draws.values }

  /// Whether the draws have been made.
  var isDrawn: Bool { draws.isMade }

  /// - Precondition: There are `horizon` values a path.
  public init(values: [Double], horizon: Int) {
    precondition(horizon >= 1 && values.count % horizon == 0, "Every path has \(horizon) values.")
    draws = Draws(made: values)
    self.horizon = horizon
    count = values.count / horizon
  }

  /// - Precondition: `make` gives `horizon` values a path, `count` times.
  private init(horizon: Int, count: Int, make: @escaping @Sendable () -> [Double]) {
    (self.horizon, self.count) = (horizon, count)
    draws = Draws(make: make)
  }

  /// The draw of step `step` (from 0) in path `path`.
  public subscript(path path: Int, step step: Int) -> Double { values[path * horizon + step] }

  /// All draws of one step, in the order of the paths.
  public func draws(ofStep step: Int) -> [Double] {
    let values = values
    return (0..<count).map { values[$0 * horizon + step] }
  }

  /// Each path's sum over some steps.
  public func totals(of steps: Range<Int>) -> [Double] {
    let values = values
    return (0..<count).map { path in steps.reduce(0) { $0 + values[path * horizon + $1] } }
  }

  /// The paths with every draw replaced by what `change` makes of its step (from 0) and value.
  func mapped(_ change: @escaping @Sendable (Int, Double) -> Double) -> SamplePaths {
    SamplePaths(horizon: horizon, count: count) {
      var values = values
      for i in values.indices { values[i] = change(i % horizon, values[i]) }
      return values
    }
  }

  public static func == (a: SamplePaths, b: SamplePaths) -> Bool {
    a.horizon == b.horizon && a.draws.values == b.draws.values
  }
}

/// Values that are made at the first look, by whichever thread looks first; the others wait.
private final class Draws: Sendable {
  private enum State: Sendable {
    case pending(@Sendable () -> [Double])
    case made([Double])
  }

  private let state: Mutex<State>

  init(made values: [Double]) { state = Mutex(.made(values)) }

  init(make: @escaping @Sendable () -> [Double]) { state = Mutex(.pending(make)) }

  var isMade: Bool {
    state.withLock { if case .made = $0 { true } else { false } }
  }

  var values: [Double] {
    state.withLock { state in
      switch state {
      case .made(let values): return values
      case .pending(let make):
        let values = make()
        state = .made(values)
        return values
      }
    }
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

/// The middle value, or the mean of the two middle ones, in any order; NaN for none.
package func median(_ values: some Sequence<Double>) -> Double { quantile(0.5, of: values.sorted()) }

extension SamplePaths {
  /// Draws about `mean` with normal or Student errors of a known joint law: what linear models return.
  ///
  /// - Precondition: `law` is `.movingAverage`, `.normal` or `.student`; `mean` has at least one step, and `count` is at least 1.
  init(mean: [Double], law: JointLaw, count: Int, seed: UInt64) {
    precondition(count >= 1, "At least one path must be drawn, not \(count).")
    precondition(!mean.isEmpty, "A path has at least one step.")
    guard let factor = law.factor(mean.count) else {
      preconditionFailure("Only a normal or Student law can be drawn from.")
    }
    var freedom = Double.infinity
    if case .student(_, let degrees) = law { freedom = degrees }
    self.init(horizon: mean.count, count: count) { [freedom] in
      drawn(about: mean, factor: factor, degreesOfFreedom: freedom, count: count, seed: seed)
    }
  }
}

/// Paths whose errors are the factor times independent standard normal draws, all of a path times √(ν / χ²) where ν is finite.
private func drawn(
  about mean: [Double], factor: [[Double]], degreesOfFreedom freedom: Double, count: Int, seed: UInt64
) -> [Double] {
  var generator = SeededGenerator(seed: seed)
  let width = factor.first?.count ?? 0
  // A triangle's zeros are not multiplied.
  let ends = factor.map { ($0.lastIndex { $0 != 0 } ?? -1) + 1 }
  let rows = factor.flatMap { $0 }
  var z = [Double](repeating: 0, count: width)
  var values = [Double](repeating: 0, count: mean.count * count)
  for path in 0..<count {
    let scale =
      freedom.isFinite ? (freedom / generator.nextChiSquare(degreesOfFreedom: freedom)).squareRoot() : 1
    for i in 0..<width { z[i] = generator.nextNormal() }
    for h in mean.indices {
      var error = 0.0
      for i in 0..<ends[h] { error += rows[h * width + i] * z[i] }
      values[path * mean.count + h] = mean[h] + scale * error
    }
  }
  return values
}
