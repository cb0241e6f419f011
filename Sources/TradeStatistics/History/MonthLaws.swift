import RealModule
import TradewindNumerics

/// The laws of single past months, each within the sums that hold it.
///
/// A month's law is log-normal, and where a sum holds the month its tails would reach beyond the sum. So a bound is taken
/// together with the mean levels it leaves the other months, and both are moved onto the sums as a draw is: the bounds are
/// those of the draws to a few thousandths. The median stays the most probable level.
struct MonthLaws {
  private let history: FittedHistory
  /// The node of the scales with the largest weight.
  private let node: FittedHistory.Node?
  /// Months that facts tie together, with the covariances of what moves.
  private var groups: [(corrector: SumCorrector, covariance: Matrix)] = []
  /// Which of them a variable is in; −1 if in none.
  private var group: [Int: Int] = [:]

  init(_ history: FittedHistory) {
    self.history = history
    node = history.nodes.max { $0.weight < $1.weight }
  }

  /// The median and the 95 % interval of a past month with trade.
  mutating func estimate(_ position: Int) -> ReconstructedHistory.Estimate {
    let law = history.law(position)
    return .init(
      median: law.quantile(0.5), lower: within(law.quantile(0.025), position),
      upper: within(law.quantile(0.975), position))
  }

  private mutating func within(_ level: Double, _ position: Int) -> Double {
    guard let node, let (g, place) = find(position, node) else { return level }
    let (variables, covariance) = (groups[g].corrector.variables, groups[g].covariance)
    var z = node.posterior.mode
    let share = (.log(level) - z[position]) / covariance[place, place]
    var convexity: [Double] = []
    for (k, v) in variables.enumerated() {
      z[v] += share * covariance[k, place]
      let explained = covariance[k, place] * covariance[k, place] / covariance[place, place]
      convexity.append(max(covariance[k, k] - explained, 0) / 2)
    }
    groups[g].corrector.correct(&z, convexity: convexity)
    return .exp(z[position])
  }

  /// The group of a month and its place there; nil where it is known or no sum holds it.
  private mutating func find(_ position: Int, _ node: FittedHistory.Node) -> (Int, Int)? {
    if group[position] == nil {
      group[position] = -1
      let model = history.model.model
      let isKnown = node.posterior.standardDeviation(of: position) < SumCorrector.knownDeviation
      if !isKnown,
        let corrector = SumCorrector(
          model, node.posterior, inflation: history.contradictions.inflation, from: [position],
          fixed: history.isAhead)
      {
        for v in corrector.variables { group[v] = groups.count }
        groups.append((corrector, node.posterior.covariance(of: corrector.variables)))
      }
    }
    guard let g = group[position], g >= 0, let place = groups[g].corrector.variables.firstIndex(of: position)
    else { return nil }
    return (g, place)
  }
}
