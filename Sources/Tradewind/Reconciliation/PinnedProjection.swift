import TradewindNumerics

/// A projection with some nodes held at given values: their errors are known, and what they say of the others' errors is taken into
/// account (W less W·P W_PP⁻¹ W_P·, the covariance of the rest given them). What does not depend on the values is worked out once.
struct PinnedProjection: Sendable {
  /// The nodes that are held.
  let nodes: [Int]
  private let projection: CoherentProjection
  /// W·P W_PP⁻¹: by how much all nodes move with those that are held; nil where errors are independent.
  private let gain: Matrix?

  /// - Parameter nodes: None twice.
  /// - Throws: `singular` where the errors of nodes that are held follow from each other, or those of a sum and all its parts are held.
  init(_ projection: CoherentProjection, _ nodes: [Int]) throws(ReconciliationError) {
    self.nodes = nodes
    guard !nodes.isEmpty else {
      (self.projection, gain) = (projection, nil)
      return
    }
    switch projection.covariance {
    case .diagonal(var variances):
      for node in nodes { variances[node] = 0 }
      (self.projection, gain) = (try projection.with(variances: variances), nil)
    case .full(let matrix):
      let columns = matrix.selectingColumns(nodes)
      let gain = try Self.factor(matrix, nodes).solve(columns.transposed()).transposed()
      var reduced = matrix - gain.timesTransposed(columns)
      for node in nodes {
        // Zero but for rounding.
        for j in 0..<reduced.columns { (reduced[node, j], reduced[j, node]) = (0, 0) }
      }
      (self.projection, self.gain) = (try CoherentProjection(projection.hierarchy, .full(reduced)), gain)
    }
  }

  /// The coherent values nearest to `base` with the nodes held, and what the sums pull at each node.
  ///
  /// - Parameter held: One value a node that is held; those of `base` if nil.
  func project(
    _ base: [Double], holding held: [Double]? = nil
  ) throws(ReconciliationError) -> (values: [Double], pull: [Double]) {
    guard let held else { return try projection.project(base) }
    var moved = base
    if let gain {
      let shift = gain * zip(held, nodes).map { $0 - base[$1] }
      for i in moved.indices { moved[i] += shift[i] }
    }
    for (node, value) in zip(nodes, held) { moved[node] = value }
    return try projection.project(moved)
  }

  /// The multipliers of nodes held in a projection: how fast the distance would fall if each were let go upwards (below zero) or
  /// downwards.
  ///
  /// - Parameter pull: What the sums pull at each node.
  static func multipliers(
    _ projection: CoherentProjection, of nodes: [Int], base: [Double], values: [Double], pull: [Double]
  ) throws(ReconciliationError) -> [Double] {
    switch projection.covariance {
    case .diagonal(let variances):
      return nodes.map { (values[$0] - base[$0]) / variances[$0] + pull[$0] }
    case .full(let matrix):
      let image = matrix * pull
      return try factor(matrix, nodes).solve(nodes.map { values[$0] - base[$0] + image[$0] })
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
