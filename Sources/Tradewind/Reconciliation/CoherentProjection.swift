import TradewindNumerics

/// The coherent values nearest to given ones: minimises (y − ŷ)′ W⁻¹ (y − ŷ) subject to C y = 0, where C y is what each sum has beyond its parts.
///
/// y = ŷ − W C′ λ with (C W C′) λ = C ŷ: one equation a sum, however many bottom nodes there are, and W is never inverted. This is the same as the
/// generalised least squares S (S′ W⁻¹ S)⁻¹ S′ W⁻¹ ŷ. With a diagonal W and sums that nest the equations are solved one by one
/// (``NestedProjection``); with many sums of which some cross, those that nest are, and the others by conjugate gradients; all other equations by
/// Cholesky.
///
/// Reference: Wickramasuriya, Athanasopoulos and Hyndman (2019), §2.3, see ``ErrorCovariance/shrunk(_:)``.
struct CoherentProjection: Sendable {
  let hierarchy: Hierarchy
  let covariance: ErrorCovariance
  private let solver: Solver

  private enum Solver: Sendable {
    /// With W C′ where W is not diagonal, which spares the products with W.
    case dense(CholeskyFactorization, gain: Matrix?)
    case nested(NestedProjection)
  }

  /// From so many sums on, those that cross each other are left to conjugate gradients where W is diagonal.
  static let mostDense = 500

  init(_ hierarchy: Hierarchy, _ covariance: ErrorCovariance) throws(ReconciliationError) {
    let nested: NestedSums? = if case .diagonal = covariance { NestedSums(hierarchy) } else { nil }
    try self.init(hierarchy, covariance, nested)
  }

  /// - Parameter nested: The sums of `hierarchy` that nest, for a diagonal covariance.
  private init(
    _ hierarchy: Hierarchy, _ covariance: ErrorCovariance, _ nested: NestedSums?
  ) throws(ReconciliationError) {
    (self.hierarchy, self.covariance) = (hierarchy, covariance)
    if case .diagonal(let variances) = covariance, let nested,
      nested.crossing.isEmpty || hierarchy.sums.count > Self.mostDense
    {
      solver = .nested(NestedProjection(nested, variances))
      return
    }
    let (normal, gain) = Self.normalMatrix(hierarchy, covariance)
    do throws(LinearAlgebraError) {
      solver = .dense(try CholeskyFactorization(normal), gain: gain)
    } catch {
      throw .singular
    }
  }

  /// The same with other variances.
  func with(variances: [Double]) throws(ReconciliationError) -> CoherentProjection {
    if case .nested(let projection) = solver {
      return try CoherentProjection(hierarchy, .diagonal(variances), projection.nested)
    }
    return try CoherentProjection(hierarchy, .diagonal(variances), nil)
  }

  /// y = ŷ − W C′ λ, and C′ λ: what the sums pull at each node.
  func project(_ base: [Double]) throws(ReconciliationError) -> (values: [Double], pull: [Double]) {
    switch solver {
    case .nested(let projection):
      if projection.nested.crossing.isEmpty { return try projection.project(base) }
      return try CrossingSums(hierarchy, projection).project(base)
    case .dense(let factor, let gain):
      let multipliers = factor.solve(Self.excess(hierarchy, base))
      let pull = transposed(multipliers)
      let correction: [Double] =
        switch covariance {
        case .diagonal(let variances): zip(variances, pull).map { $0 * $1 }
        case .full(let matrix): gain.map { $0 * multipliers } ?? matrix * pull
        }
      return (zip(base, correction).map { $0 - $1 }, pull)
    }
  }

  // MARK: The operators

  /// C y: what each sum has beyond its parts.
  private static func excess(_ hierarchy: Hierarchy, _ values: [Double]) -> [Double] {
    let sums = hierarchy.sums.count
    return hierarchy.sums.enumerated().map { node, row in
      row.reduce(values[node]) { $0 - $1.weight * values[sums + $1.bottom] }
    }
  }

  /// C′ λ.
  private func transposed(_ multipliers: [Double]) -> [Double] {
    let sums = hierarchy.sums.count
    var result = multipliers + [Double](repeating: 0, count: hierarchy.bottomCount)
    for (row, multiplier) in zip(hierarchy.sums, multipliers) {
      for summand in row { result[sums + summand.bottom] -= summand.weight * multiplier }
    }
    return result
  }

  /// C W C′, and W C′ for a full W.
  static func normalMatrix(
    _ hierarchy: Hierarchy, _ covariance: ErrorCovariance
  ) -> (normal: Matrix, gain: Matrix?) {
    let sums = hierarchy.sums.count
    switch covariance {
    case .diagonal(let variances):
      var normal = Matrix(diagonal: Array(variances.prefix(sums)))
      // Sums share a bottom node's variance: node by node, over the sums that hold it.
      var holders = [[(sum: Int, weight: Double)]](repeating: [], count: hierarchy.bottomCount)
      for (sum, row) in hierarchy.sums.enumerated() {
        for summand in row { holders[summand.bottom].append((sum, summand.weight)) }
      }
      for (bottom, holding) in holders.enumerated() {
        let variance = variances[sums + bottom]
        for (i, a) in holding { for (j, b) in holding { normal[i, j] += a * b * variance } }
      }
      return (normal, nil)
    case .full(let matrix):
      // Rows of C W, then C W C′.
      let columns = (0..<matrix.columns).map { excess(hierarchy, matrix.column($0)) }
      let product = Matrix(columns: columns)
      let rows = (0..<sums).map { excess(hierarchy, product.row($0)) }
      return (Matrix(rowVectors: rows), product.transposed())
    }
  }
}
