import TradewindNumerics

/// The coherent values nearest to given ones: minimises (y − ŷ)′ W⁻¹ (y − ŷ) subject to C y = 0, where C y is what each sum has beyond its parts.
///
/// y = ŷ − W C′ λ with (C W C′) λ = C ŷ: one equation a sum, however many bottom nodes there are, and W is never inverted. This is the same as the
/// generalised least squares S (S′ W⁻¹ S)⁻¹ S′ W⁻¹ ŷ. The equations are solved by Cholesky; with a diagonal W and many sums by conjugate
/// gradients, which need no matrix.
///
/// Reference: Wickramasuriya, Athanasopoulos and Hyndman (2019), §2.3, see ``ErrorCovariance/shrunk(_:)``.
struct CoherentProjection: Sendable {
  let hierarchy: Hierarchy
  let covariance: ErrorCovariance
  private let factor: CholeskyFactorization?

  /// From so many sums on, a diagonal W is left to conjugate gradients.
  static let mostDense = 500

  init(_ hierarchy: Hierarchy, _ covariance: ErrorCovariance) throws(ReconciliationError) {
    self.hierarchy = hierarchy
    self.covariance = covariance
    if case .diagonal = covariance, hierarchy.sums.count > Self.mostDense {
      factor = nil
      return
    }
    guard !hierarchy.sums.isEmpty else {
      factor = nil
      return
    }
    do throws(LinearAlgebraError) {
      factor = try CholeskyFactorization(Self.normalMatrix(hierarchy, covariance))
    } catch {
      throw .singular
    }
  }

  /// y = ŷ − W C′ λ, and λ.
  func project(_ base: [Double]) throws(ReconciliationError) -> (values: [Double], multipliers: [Double]) {
    let excess = Self.excess(hierarchy, base)
    guard !excess.isEmpty else { return (base, []) }
    let multipliers: [Double]
    if let factor {
      multipliers = factor.solve(excess)
    } else {
      multipliers = try conjugateGradients(excess)
    }
    let correction = weighted(transposed(multipliers))
    return (zip(base, correction).map { $0 - $1 }, multipliers)
  }

  // MARK: The operators

  /// C y: what each sum has beyond its parts.
  static func excess(_ hierarchy: Hierarchy, _ values: [Double]) -> [Double] {
    let sums = hierarchy.sums.count
    return hierarchy.sums.enumerated().map { node, row in
      row.reduce(values[node]) { $0 - $1.weight * values[sums + $1.bottom] }
    }
  }

  /// C′ λ.
  func transposed(_ multipliers: [Double]) -> [Double] {
    let sums = hierarchy.sums.count
    var result = multipliers + [Double](repeating: 0, count: hierarchy.bottomCount)
    for (row, multiplier) in zip(hierarchy.sums, multipliers) {
      for summand in row { result[sums + summand.bottom] -= summand.weight * multiplier }
    }
    return result
  }

  /// W x.
  func weighted(_ x: [Double]) -> [Double] {
    switch covariance {
    case .diagonal(let variances): zip(variances, x).map { $0 * $1 }
    case .full(let matrix): matrix * x
    }
  }

  /// C W C′.
  private static func normalMatrix(_ hierarchy: Hierarchy, _ covariance: ErrorCovariance) -> Matrix {
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
      return normal
    case .full(let matrix):
      // Rows of C W, then C W C′.
      let columns = (0..<matrix.columns).map { excess(hierarchy, matrix.column($0)) }
      let product = Matrix(columns: columns)
      let rows = (0..<sums).map { excess(hierarchy, product.row($0)) }
      return Matrix(rowVectors: rows)
    }
  }

  // MARK: Conjugate gradients

  /// (C W C′) λ = `right` with a diagonal W, preconditioned by the matrix's diagonal. Ends when the residual is 1e-13 of the right side,
  /// or has not become smaller for a long time and is 1e-10 of it.
  ///
  /// Reference: M. R. Hestenes and E. Stiefel (1952), "Methods of Conjugate Gradients for Solving Linear Systems", Journal of Research of the
  /// National Bureau of Standards 49:409–436, DOI 10.6028/jres.049.044.
  private func conjugateGradients(_ right: [Double]) throws(ReconciliationError) -> [Double] {
    guard case .diagonal(let variances) = covariance else { throw .singular }
    let sums = hierarchy.sums.count
    let diagonal = hierarchy.sums.enumerated().map { node, row in
      row.reduce(variances[node]) { $0 + $1.weight * $1.weight * variances[sums + $1.bottom] }
    }
    guard diagonal.allSatisfy({ $0 > 0 }) else { throw .singular }
    var solution = [Double](repeating: 0, count: sums)
    var residual = right
    var direction = zip(residual, diagonal).map { $0 / $1 }
    var preconditioned = direction
    var energy = zip(residual, preconditioned).reduce(0) { $0 + $1.0 * $1.1 }
    let goal = Self.norm(right)
    guard goal > 0 else { return solution }
    let rounds = 2 * sums + 200
    for _ in 0..<rounds {
      let image = Self.excess(hierarchy, weighted(transposed(direction)))
      let curvature = zip(direction, image).reduce(0) { $0 + $1.0 * $1.1 }
      guard curvature > 0 else { break }
      let step = energy / curvature
      for i in 0..<sums {
        solution[i] += step * direction[i]
        residual[i] -= step * image[i]
      }
      if Self.norm(residual) <= 1e-13 * goal { return solution }
      for i in 0..<sums { preconditioned[i] = residual[i] / diagonal[i] }
      let next = zip(residual, preconditioned).reduce(0) { $0 + $1.0 * $1.1 }
      let turn = next / energy
      energy = next
      for i in 0..<sums { direction[i] = preconditioned[i] + turn * direction[i] }
    }
    guard Self.norm(residual) <= 1e-10 * goal else { throw .noConvergence(rounds: rounds) }
    return solution
  }

  private static func norm(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
