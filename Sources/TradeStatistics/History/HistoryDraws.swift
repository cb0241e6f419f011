import RealModule
import Tradewind
import TradewindNumerics

/// Draws of some of a history's months jointly, moved onto the sums that figures state.
struct HistoryDraws {
  /// The variables that are drawn.
  let positions: [Int]
  private let history: FittedHistory
  private let ahead: [Bool]
  /// One for each node of the scales; nil where no sum reaches in.
  private let correctors: [SumCorrector?]

  /// How many months before the first that is drawn may move with it; sums further back hardly reach it.
  private static let reach = 24

  init(_ positions: [Int], of history: FittedHistory) {
    self.positions = positions
    self.history = history
    ahead = positions.map(history.isAhead)
    let model = history.model.model
    let ordinals = model.variables.map { variable -> Int? in
      if case .month(_, let ordinal) = variable { ordinal } else { nil }
    }
    let first = (positions.compactMap { ordinals[$0] }.min() ?? history.asOf.ordinal) - Self.reach
    let inflation = history.contradictions.inflation
    correctors = history.nodes.map { node in
      SumCorrector(model, node.posterior, inflation: inflation, from: positions) { v in
        ordinals[v].map { $0 > history.asOf.ordinal || $0 < first } ?? false
      }
    }
  }

  /// Whether each of ``positions`` is held by a sum, so that its law is no longer log-normal.
  var isHeld: [Bool] {
    let held = Set(correctors.flatMap { $0?.variables ?? [] })
    return positions.map(held.contains)
  }

  /// Calls `body` with the log levels at ``positions``, −∞ without trade, of each draw.
  ///
  /// Each node of the scales gives its part of the draws, in antithetic pairs, with noise of its own.
  ///
  /// - Parameter leading: How many of ``positions``, at the front, are drawn the same whatever follows; all if left out.
  func each(count: Int, seed: UInt64, leading: Int? = nil, _ body: ([Double]) -> Void) {
    let none = history.zeroChance
    let own = leading ?? positions.count
    var generator = SeededGenerator(seed: seed)
    var others = SeededGenerator(seed: seed &+ 2)
    var trade = SeededGenerator(seed: seed &+ 1)
    var drawn = [Double](repeating: 0, count: positions.count)
    var done = 0
    var weight = 0.0
    for (index, node) in history.nodes.enumerated() {
      weight += node.weight
      let isLast = index == history.nodes.count - 1
      var corrector = correctors[index]
      let known = Set(positions)
      let variables = positions + (corrector?.variables.filter { !known.contains($0) } ?? [])
      let n = variables.count
      let lower = node.posterior.drawingFactor(of: variables).lower.elements
      let mode = node.posterior.mode
      var z = mode
      var noise = [Double](repeating: 0, count: n)
      var move = noise
      while done < count, isLast || Double(done) < weight * Double(count) {
        for i in 0..<n { noise[i] = i < own ? generator.nextNormal() : others.nextNormal() }
        for i in 0..<n {
          move[i] = 0
          for j in 0...i { move[i] += lower[i + j * n] * noise[j] }
        }
        for sign in [1.0, -1.0] where done < count {
          for (i, v) in variables.enumerated() { z[v] = mode[v] + sign * move[i] }
          corrector?.correct(&z)
          for i in drawn.indices {
            let isEmpty = none > 0 && ahead[i] && trade.nextUniform() < none
            drawn[i] = isEmpty ? -.infinity : z[positions[i]]
          }
          body(drawn)
          done += 1
        }
      }
    }
  }
}
