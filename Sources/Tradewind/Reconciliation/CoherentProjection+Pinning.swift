import TradewindNumerics

extension CoherentProjection {
  /// The same problem with some nodes held at given values: their errors are known, and what they say of the others' errors is taken into
  /// account (W less W·P W_PP⁻¹ W_P·, the covariance of the rest given them).
  func pinning(
    _ pinned: [(node: Int, value: Double)], base: [Double]
  ) throws(ReconciliationError) -> (projection: CoherentProjection, base: [Double]) {
    guard !pinned.isEmpty else { return (self, base) }
    var moved = base
    switch covariance {
    case .diagonal(var variances):
      for (node, value) in pinned { (variances[node], moved[node]) = (0, value) }
      return (try with(variances: variances), moved)
    case .full(let matrix):
      let nodes = pinned.map(\.node)
      let columns = matrix.selectingColumns(nodes)
      let inner = try Self.factor(matrix, nodes)
      let shift = columns * inner.solve(pinned.map { $0.value - base[$0.node] })
      for i in moved.indices { moved[i] += shift[i] }
      var reduced = matrix - columns * inner.solve(columns.transposed())
      for (node, value) in pinned {
        moved[node] = value
        // Zero but for rounding.
        for j in 0..<reduced.columns { (reduced[node, j], reduced[j, node]) = (0, 0) }
      }
      return (try CoherentProjection(hierarchy, .full(reduced)), moved)
    }
  }

  /// The multipliers of pinned nodes: how fast the distance would fall if each were let go upwards (below zero) or downwards.
  ///
  /// - Parameter pull: What the sums pull at each node.
  func multipliers(
    of nodes: [Int], base: [Double], values: [Double], pull: [Double]
  ) throws(ReconciliationError) -> [Double] {
    switch covariance {
    case .diagonal(let variances):
      return nodes.map { (values[$0] - base[$0]) / variances[$0] + pull[$0] }
    case .full(let matrix):
      let image = matrix * pull
      return try Self.factor(matrix, nodes).solve(nodes.map { values[$0] - base[$0] + image[$0] })
    }
  }

  /// The covariance of some nodes alone.
  private static func factor(_ matrix: Matrix, _ nodes: [Int]) throws(ReconciliationError)
    -> CholeskyFactorization
  {
    var inner = Matrix(rows: nodes.count, columns: nodes.count)
    for (i, a) in nodes.enumerated() { for (j, b) in nodes.enumerated() { inner[i, j] = matrix[a, b] } }
    do throws(LinearAlgebraError) { return try CholeskyFactorization(inner) } catch { throw .singular }
  }
}
