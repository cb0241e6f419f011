/// Why forecasts cannot be made coherent.
public enum ReconciliationError: Error, Sendable, Equatable {
  /// A node has no forecast.
  case missing(node: String)
  /// A series is no node of the hierarchy, or there twice.
  case unknown(name: String)
  /// Forecasts have other lengths or begin elsewhere.
  case differentHorizons(String, String)
  /// A value is missing or infinite.
  case notFinite(node: String)
  /// The method needs residuals of one-step forecasts and there are too few periods in which all nodes have one.
  case residuals(needed: Int, found: Int)
  /// A method that splits sums needs a pure tree: each node part of one sum, with weight 1.
  case notATree(node: String)
  /// The middle level's nodes do not hold every bottom node exactly once.
  case notALevel(bottom: String)
  /// History or forecasts cannot be split: the parts add up to zero, or there is no period in which all of them are known.
  case noProportions(node: String)
  /// A sum's residuals are what its parts' add up to, or nearly so beside the number of periods, so that their sample covariance does not say how far the
  /// forecasts are from adding up.
  case residualsAddUp(node: String)
  /// The covariance of the errors is singular: residuals that follow from each other, or fixed nodes that contradict each other.
  case singular
  /// Only the methods of least squares keep the forecast of a node.
  case cannotFix(node: String)
  /// The method needs a full covariance matrix, which so many nodes have no room for.
  case tooManyNodes(count: Int, largest: Int)
  /// The search did not end within its bound of rounds.
  case noConvergence(rounds: Int)
}

extension ReconciliationError: CustomStringConvertible {
  /// One sentence with names and numbers in it.
  public var description: String {
    switch self {
    case .missing(let node): "there is no forecast of '\(node)'"
    case .unknown(let name): "'\(name)' is no node of the hierarchy, or is there twice"
    case .differentHorizons(let one, let other):
      "the forecasts of '\(one)' and '\(other)' do not cover the same periods"
    case .notFinite(let node): "the forecast of '\(node)' is missing or infinite"
    case .residuals(let needed, let found):
      "\(needed) periods with residuals of all nodes are needed, there are \(found)"
    case .notATree(let node):
      "'\(node)' is a part of several sums, or does not count once: its sums cannot be split"
    case .notALevel(let bottom): "the middle level does not hold '\(bottom)' exactly once"
    case .noProportions(let node):
      "nothing says how to split '\(node)': its parts add up to zero, or are known together in no period"
    case .residualsAddUp(let node):
      "the residuals of '\(node)' are, or nearly are, what those of its parts add up to, as with every linear model: their sample covariance says nothing of how to "
        + "share out a gap; take mint-shrink, or a wls method"
    case .singular:
      "the covariance of the errors is singular: residuals that follow from each other, or fixed nodes that contradict each other"
    case .cannotFix(let node):
      "'\(node)' cannot keep its forecast: only the methods of least squares (ols, wls-… and mint-…) hold nodes fixed"
    case .tooManyNodes(let count, let largest):
      "a full covariance of \(count) nodes has no room; the most is \(largest), or take ols, wls-structural or wls-variance"
    case .noConvergence(let rounds): "no solution within \(rounds) rounds"
    }
  }
}
