/// The coherent values nearest to given ones among those whose bottom nodes are not below zero.
///
/// Which bottom nodes are zero is found by block principal pivoting: all nodes of the wrong sign change sides at once, and
/// where that does not help for three rounds, the last of them alone, which ends after finitely many rounds (Murty's rule).
///
/// References: L. F. Portugal, J. J. Júdice and L. N. Vicente (1994), "A Comparison of Block Pivoting and Interior-Point Algorithms for Linear Least
/// Squares Problems with Nonnegative Variables", Mathematics of Computation 63:625–643, DOI 10.1090/S0025-5718-1994-1250776-4. S. L.
/// Wickramasuriya, B. A. Turlach and R. J. Hyndman (2020), "Optimal Non-Negative Forecast Reconciliation", Statistics and Computing
/// 30:1167–1182, DOI 10.1007/s11222-020-09930-0.
struct NonNegativeProjection {
  let projection: CoherentProjection
  /// The same with the nodes that keep their base value.
  let fixed: PinnedProjection

  init(_ projection: CoherentProjection, _ fixed: PinnedProjection) {
    (self.projection, self.fixed) = (projection, fixed)
  }

  func project(_ base: [Double]) throws(ReconciliationError) -> [Double] {
    let hierarchy = projection.hierarchy
    let (sums, pinned) = (hierarchy.sums.count, fixed.nodes)
    var isZero = [Bool](repeating: false, count: hierarchy.count)
    let isPinned = pinned.reduce(into: [Bool](repeating: false, count: hierarchy.count)) { $0[$1] = true }
    var (fewest, patience) = (hierarchy.count + 1, 3)
    let rounds = 100 + 10 * hierarchy.bottomCount
    for _ in 0..<rounds {
      let zeros = (sums..<hierarchy.count).filter { isZero[$0] }
      let reduced = zeros.isEmpty ? fixed : try PinnedProjection(projection, pinned + zeros)
      let (values, pull) = try reduced.project(base, holding: pinned.map { base[$0] } + zeros.map { _ in 0 })
      // Rounding beside the bottom nodes: sums may be larger by orders of magnitude.
      let tolerance = 1e-11 * values[sums...].reduce(0) { max($0, abs($1)) }
      var wrong = (sums..<hierarchy.count).filter { !isZero[$0] && !isPinned[$0] && values[$0] < -tolerance }
      if !zeros.isEmpty {
        let nodes = reduced.nodes
        let pulls = try PinnedProjection.multipliers(
          projection, of: nodes, base: base, values: values, pull: pull)
        let strongest = pulls.reduce(0) { max($0, abs($1)) }
        for (node, pull) in zip(nodes, pulls).dropFirst(pinned.count) where pull < -1e-11 * strongest {
          wrong.append(node)
        }
      }
      if wrong.isEmpty {
        let bottoms = values[sums...].enumerated().map { bottom, value in
          isPinned[sums + bottom] ? value : max(value, 0)
        }
        var whole = hierarchy.aggregated(bottoms)
        for node in pinned { whole[node] = base[node] }
        return whole
      }
      if wrong.count < fewest {
        (fewest, patience) = (wrong.count, 3)
      } else if patience > 0 {
        patience -= 1
      } else if let last = wrong.max() {
        wrong = [last]
      }
      for node in wrong { isZero[node].toggle() }
    }
    throw .noConvergence(rounds: rounds)
  }
}
