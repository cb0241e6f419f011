import RealModule
import Tradewind
import TradewindNumerics

/// Draws of a whole's months, shared by all its groupings.
struct WholeDraws {
  let months: ClosedRange<Int>
  let count: Int
  /// Log levels by draw, then month; −∞ in a month without trade.
  let logLevels: [Double]

  /// Draws from the joint law of the months: each node of the scales gives its part, in antithetic pairs, with the same noise.
  ///
  /// The law is normal in logarithms about the most probable history, which meets sums of months to first order only. So a
  /// draw's past months are moved until it meets every figure as well as its linear form does; months to come stay.
  ///
  /// - Parameter months: Months of the history's model.
  init(_ history: FittedHistory, months: ClosedRange<Int>, count: Int, seed: UInt64) {
    self.months = months
    let model = history.model.model
    let places = model.variables.map { variable -> Int? in
      if case .month(0, let ordinal) = variable, !history.zeros.contains(ordinal) { ordinal } else { nil }
    }
    let ahead = places.map { ($0 ?? history.asOf.ordinal) > history.asOf.ordinal }
    let none = history.zeroChance
    var levels: [Double] = []
    levels.reserveCapacity(count * months.count)
    var made = 0
    var weight = 0.0
    for (index, node) in history.nodes.enumerated() {
      weight += node.weight
      let isLast = index == history.nodes.count - 1
      var generator = SeededGenerator(seed: seed)
      let factor = node.posterior.drawingFactor(of: Array(model.variables.indices))
      var corrector = SumCorrector(model, node.posterior, fixed: ahead)
      while made < count, isLast || Double(made) < weight * Double(count) {
        let noise = factor.multiply(generator.normals(model.variables.count))
        for sign in [1.0, -1.0] where made < count {
          let z = corrector.corrected(noise, sign: sign)
          let start = levels.count
          for _ in months { levels.append(-.infinity) }
          for (v, ordinal) in places.enumerated() {
            guard let ordinal, months.contains(ordinal) else { continue }
            if none > 0, ahead[v], generator.nextUniform() < none { continue }
            levels[start + ordinal - months.lowerBound] = z[v]
          }
          made += 1
        }
      }
    }
    self.count = made
    logLevels = levels
  }
}

/// Moves draws of a history onto the sums that its figures state.
private struct SumCorrector {
  private static let mostSteps = 4
  /// Relative misses that no figure shows.
  private static let tolerance = 1e-5

  private let mode: [Double]
  private let rows: [[(variable: Int, weight: Double)]]
  private let predicted: [Double]
  /// The observations that are not linear, and all variables that may move.
  private let curved: [Int]
  private let observations: [Observation]
  private let fixed: [Bool]
  private var chord: ChordStep
  private var z: [Double]
  private var levels: [Double]
  private var target: [Double]

  init(_ model: HistoryModel, _ posterior: HistoryPosterior, fixed: [Bool]) {
    mode = posterior.mode
    let linear = model.linearised(at: mode)
    rows = linear.rows
    observations = model.observations
    predicted = observations.map { $0.predicted(at: posterior.mode) }
    curved = observations.indices.filter { i in
      if case .logRatio = model.observations[i].form {
        return model.observations[i].numerator.count > 1 || model.observations[i].denominator.count > 1
      }
      return true
    }
    self.fixed = fixed
    chord = ChordStep(posterior, linear)
    z = mode
    levels = mode
    target = predicted
  }

  /// The draw mode ± noise, moved.
  mutating func corrected(_ noise: [Double], sign: Double) -> [Double] {
    for v in z.indices { z[v] = mode[v] + sign * noise[v] }
    guard !curved.isEmpty else { return z }
    for i in rows.indices {
      var moved = predicted[i]
      for (v, weight) in rows[i] { moved += sign * weight * noise[v] }
      target[i] = moved
    }
    for _ in 0..<Self.mostSteps {
      for v in z.indices { levels[v] = .exp(z[v]) }
      var worst = 0.0
      for i in observations.indices {
        var value = observations[i].predicted(byLevels: levels, offset: observations[i].offset)
        if let effect = observations[i].sourceEffect { value += z[effect] }
        chord.miss[i] = target[i] - value
        worst = max(worst, abs(chord.miss[i]))
      }
      guard worst > Self.tolerance, worst.isFinite else { break }
      chord.solve()
      for v in z.indices where !fixed[v] { z[v] += chord.moved(v, by: chord.step) }
    }
    return z
  }
}
