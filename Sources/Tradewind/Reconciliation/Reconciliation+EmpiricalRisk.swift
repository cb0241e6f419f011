import TradewindNumerics

extension Reconciliation {
  /// P that minimises Σ ‖yₜ − S P ŷₜ‖² over the past: least squares of the best coherent bottoms on all nodes' fitted values, of the shortest
  /// length among solutions that the past does not tell apart.
  ///
  /// Along a direction in which fitted values vary little, as where those of a published total are the sum of its parts' but for rounding, what a
  /// bottom node takes has the standard error σ/s: s is the fitted values' singular value, σ the root mean square of the node's own one-step
  /// errors. It lies between zero and one as a rule. Directions with a standard error above one, of which nothing is known, have no part in
  /// the map, as those have in which fitted values do not vary at all; others would let it grow without bounds.
  static func empiricalRisk(
    _ hierarchy: Hierarchy, _ past: Past
  ) throws(ReconciliationError) -> Matrix {
    guard past.residuals.count == hierarchy.count, past.observed.count == hierarchy.count else {
      throw .residuals(needed: 2, found: 0)
    }
    guard hierarchy.count <= mostFull else { throw .tooManyNodes(count: hierarchy.count, largest: mostFull) }
    let both = ErrorCovariance.complete(past.residuals + past.observed)
    let found = both.first?.count ?? 0
    guard found >= 2 else { throw .residuals(needed: 2, found: found) }
    let observed = Array(both[hierarchy.count...])
    let fitted = zip(both, observed).map { residuals, values in zip(values, residuals).map { $0 - $1 } }
    // (S′S)⁻¹ S′ yₜ: the bottoms whose sums are nearest to what was observed.
    let plain = try CoherentProjection(hierarchy, .diagonal([Double](repeating: 1, count: hierarchy.count)))
    var targets: [[Double]] = Array(repeating: [], count: hierarchy.bottomCount)
    for t in 0..<found {
      let coherent = try plain.project(observed.map { $0[t] }).values
      for (i, value) in coherent[hierarchy.sums.count...].enumerated() { targets[i].append(value) }
    }
    let decomposition: SingularValueDecomposition
    do throws(LinearAlgebraError) {
      decomposition = try SingularValueDecomposition(Matrix(columns: fitted))
    } catch {
      throw .singular
    }
    let sizes = decomposition.singularValues
    let rounding = Double(max(found, hierarchy.count)) * Double.ulpOfOne * (sizes.first ?? 0)
    let rows = zip(targets, fitted[hierarchy.sums.count...]).map { target, own in
      let squares = zip(target, own).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let smallest = max(rounding, (squares / Double(found)).squareRoot())
      let coordinates = zip(decomposition.u.transposeTimes(target), sizes).map { $1 > smallest ? $0 / $1 : 0 }
      return decomposition.vTransposed.transposeTimes(coordinates)
    }
    return Matrix(rowVectors: rows)
  }
}
