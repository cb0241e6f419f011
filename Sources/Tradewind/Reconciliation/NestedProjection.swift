/// The values nearest to given ones, for independent errors, in which every sum of ``NestedSums`` is what its parts add up to. Exact, in one
/// pass from the parts to the sums and one back, whatever the variances are.
///
/// On the way up each sum is forecast by its parts and by itself, weighed by their variances: the filter of a state space model along a tree. On
/// the way down each part learns what all other nodes say of it: the smoother.
///
/// References: K. C. Chou, A. S. Willsky and A. Benveniste (1994), "Multiscale Recursive Estimation, Data Fusion, and Regularization", IEEE
/// Transactions on Automatic Control 39:464–478, DOI 10.1109/9.280746; the adjoint form of the way down as in J. Durbin and S. J. Koopman
/// (2012), "Time Series Analysis by State Space Methods", 2nd edition, §4.4.
struct NestedProjection: Sendable {
  let nested: NestedSums
  let variances: [Double]
  /// For each of the sums in order: the variance of the sum of its parts as they are known from below.
  private let inner: [Double]

  /// - Parameter variances: One a node, zero for a node that is known.
  init(_ nested: NestedSums, _ variances: [Double]) {
    (self.nested, self.variances) = (nested, variances)
    // Of each node, given itself and what stands below it.
    var known = variances
    var inner: [Double] = []
    inner.reserveCapacity(nested.order.count)
    for (place, sum) in nested.order.enumerated() {
      var spread = 0.0
      for part in nested.parts[nested.starts[place]..<nested.starts[place + 1]] {
        spread += part.weight * part.weight * known[part.node]
      }
      inner.append(spread)
      let total = spread + variances[sum]
      known[sum] = total > 0 ? spread / total * variances[sum] : 0
    }
    self.inner = inner
  }

  /// The values, and C′ λ: what the sums pull at each node, so that values are `base` − W C′ λ.
  ///
  /// - Throws: `singular` where a sum and all its parts are known and contradict each other.
  func project(_ base: [Double]) throws(ReconciliationError) -> (values: [Double], pull: [Double]) {
    var estimates = base
    var innovations = [Double](repeating: 0, count: nested.order.count)
    for (place, sum) in nested.order.enumerated() {
      var (added, size) = (0.0, abs(base[sum]))
      for part in nested.parts[nested.starts[place]..<nested.starts[place + 1]] {
        let term = part.weight * estimates[part.node]
        added += term
        size += abs(term)
      }
      let excess = base[sum] - added
      let total = inner[place] + variances[sum]
      if total > 0 {
        innovations[place] = excess
        estimates[sum] = added + inner[place] / total * excess
      } else if abs(excess) > 1e-9 * size {
        throw .singular
      }
    }
    // What the sum above pulls at each node, then what all sums do.
    var pull = [Double](repeating: 0, count: base.count)
    for place in nested.order.indices.reversed() {
      let sum = nested.order[place]
      let above = -pull[sum]
      let total = inner[place] + variances[sum]
      let multiplier = total > 0 ? (innovations[place] + variances[sum] * above) / total : 0
      for part in nested.parts[nested.starts[place]..<nested.starts[place + 1]] {
        pull[part.node] = -part.weight * multiplier
      }
      pull[sum] = multiplier - above
    }
    var values = base
    for node in values.indices { values[node] -= variances[node] * pull[node] }
    return (values, pull)
  }
}
