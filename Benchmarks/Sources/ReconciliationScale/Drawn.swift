import Foundation
import Measuring
import Tradewind

/// Figures of a hierarchy's nodes, drawn with a seed.
struct Drawn {
  private let hierarchy: Hierarchy
  private var random: Generator
  /// The bottom nodes' levels: a few are large, most are small, as in trade.
  private let levels: [Double]

  init(_ hierarchy: Hierarchy, seed: UInt64) {
    self.hierarchy = hierarchy
    var random = Generator(state: seed)
    levels = (0..<hierarchy.bottomCount).map { _ in 100 * exp(1.5 * random.normal()) }
    self.random = random
  }

  /// Base forecasts of one month: bottom nodes wrong by 10 %, sums by 2 %; with every tenth bottom node below zero if asked for.
  mutating func base(withNegative: Bool) -> [Double] {
    let bottoms = levels.map { level in
      withNegative && random.uniform() < 0.1
        ? -0.3 * level * random.uniform() : level * (1 + 0.1 * random.normal())
    }
    let sums = hierarchy.aggregated(levels).prefix(hierarchy.sums.count)
    return sums.map { $0 * (1 + 0.02 * random.normal()) } + bottoms
  }

  /// Residuals of 48 months whose size goes with the nodes' levels, those of sums relatively smaller.
  mutating func residuals() -> [[Double]] {
    let sums = hierarchy.sums.count
    return hierarchy.aggregated(levels).enumerated().map { node, level in
      let size = abs(level) * (node < sums ? 0.02 : 0.1) * exp(0.5 * random.normal())
      return (0..<48).map { _ in size * random.normal() }
    }
  }

  /// Months of each bottom series: a level that wanders, a season, noise; above zero.
  mutating func series(count: Int) -> [TimeSeries] {
    let bottoms = Array(hierarchy.bottomNames)
    return zip(bottoms, levels).map { name, level in
      let season = (0..<12).map { _ in 0.15 * random.normal() }
      var height = 0.0
      let values = (0..<count).map { t in
        height += 0.02 * random.normal()
        return level * exp(height + season[t % 12] + 0.08 * random.normal())
      }
      return TimeSeries(values, start: .month(2020, 1), name: name)
    }
  }
}
