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
  /// - Parameter months: Months of the history's model.
  init(_ history: FittedHistory, months: ClosedRange<Int>, count: Int, seed: UInt64) {
    self.months = months
    let present = months.indices.compactMap { i -> (place: Int, position: Int)? in
      history.position(months[i]).map { (months[i] - months.lowerBound, $0) }
    }
    let positions = present.map(\.position)
    let ahead = present.map { $0.place + months.lowerBound > history.asOf.ordinal }
    let none = history.zeroChance
    var levels: [Double] = []
    levels.reserveCapacity(count * months.count)
    var made = 0
    var weight = 0.0
    for (index, node) in history.nodes.enumerated() {
      weight += node.weight
      let isLast = index == history.nodes.count - 1
      var generator = SeededGenerator(seed: seed)
      var covariance = node.posterior.covariance(of: positions)
      // Months known exactly have no variance; this little keeps the factorisation and is not seen in any digit.
      for i in positions.indices { covariance[i, i] += 1e-12 }
      guard let factor = try? CholeskyFactorization(covariance) else { continue }
      let mode = positions.map { node.posterior.mode[$0] }
      while made < count, isLast || Double(made) < weight * Double(count) {
        let noise = factor.multiplyLower(generator.normals(positions.count))
        for sign in [1.0, -1.0] where made < count {
          var draw = [Double](repeating: -.infinity, count: months.count)
          for i in positions.indices {
            if none > 0, ahead[i], generator.nextUniform() < none { continue }
            draw[present[i].place] = mode[i] + sign * noise[i]
          }
          levels += draw
          made += 1
        }
      }
    }
    self.count = made
    logLevels = levels
  }
}
