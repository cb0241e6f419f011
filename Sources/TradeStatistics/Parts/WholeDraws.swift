import RealModule
import Tradewind
import TradewindNumerics

/// Draws of a whole's months, shared by all its groupings.
struct WholeDraws {
  let months: ClosedRange<Int>
  let count: Int
  /// Log levels by draw, then month; −∞ in a month without trade.
  let logLevels: [Double]

  /// The mean levels of past months that sums hold, whose law only draws know, by ordinal.
  private let heldMeans: [Int: Double]
  private let history: FittedHistory

  /// Draws from the joint law of the months (``HistoryDraws``).
  ///
  /// - Parameter months: Months of the history's model.
  init(_ history: FittedHistory, months: ClosedRange<Int>, count: Int, seed: UInt64) {
    self.months = months
    self.history = history
    let slots = months.map(history.position)
    let draws = HistoryDraws(slots.compactMap(\.self), of: history)
    let isHeld = draws.isHeld
    var sums = [Double](repeating: 0, count: isHeld.count)
    var levels: [Double] = []
    levels.reserveCapacity(count * months.count)
    var made = 0
    draws.each(count: count, seed: seed) { drawn in
      var next = 0
      for slot in slots {
        guard slot != nil else {
          levels.append(-.infinity)
          continue
        }
        levels.append(drawn[next])
        if isHeld[next] { sums[next] += .exp(drawn[next]) }
        next += 1
      }
      made += 1
    }
    self.count = made
    logLevels = levels
    let ordinals = zip(months, slots).filter { $0.1 != nil }.map(\.0)
    var means: [Int: Double] = [:]
    for (i, ordinal) in ordinals.enumerated() where isHeld[i] && made > 0 {
      means[ordinal] = sums[i] / Double(made)
    }
    heldMeans = means
  }

  /// The expected level of a month of the history's model.
  func mean(_ ordinal: Int) -> Double { heldMeans[ordinal] ?? history.mean(ordinal) }
}
