import TradewindLAPACK

/// What independent normal draws are multiplied by to have a covariance: L, lower triangular, with LL′ = A.
///
/// It never fails, as a Cholesky factorisation does: where rounding leaves nothing of a pivot, what it belongs to is known from what comes
/// before, and its column is zero.
package struct DrawingFactor: Sendable {
  /// L. Zeros above the diagonal.
  package let lower: Matrix

  /// - Precondition: A is square. Only its lower triangle is read.
  package init(_ covariance: Matrix) {
    if let factor = try? CholeskyFactorization(covariance) {
      lower = factor.lower
      return
    }
    let rows = Self.rows(of: (0..<covariance.rows).map { i in (0...i).map { covariance[i, $0] } })
    var lower = Matrix(rows: covariance.rows, columns: covariance.rows)
    for (i, row) in rows.enumerated() { for (j, element) in row.enumerated() { lower[i, j] = element } }
    self.lower = lower
  }

  /// L and A by the rows of their lower triangles: row i has i + 1 elements.
  package static func rows(of covariance: [[Double]]) -> [[Double]] {
    var factor = covariance
    for i in covariance.indices {
      for j in 0...i {
        var rest = covariance[i][j]
        for c in 0..<j { rest -= factor[i][c] * factor[j][c] }
        if i == j {
          factor[i][i] = rest > 1e-14 * covariance[i][i] ? rest.squareRoot() : 0
        } else {
          factor[i][j] = factor[j][j] > 0 ? rest / factor[j][j] : 0
        }
      }
    }
    return factor
  }

  /// L z.
  package func multiply(_ z: [Double]) -> [Double] {
    precondition(z.count == lower.rows, "the vector has as many elements as the matrix has rows")
    var x = z
    unsafe tw_dtrmv(true, false, Int32(lower.rows), lower.elements, lower.leadingDimension, &x)
    return x
  }
}
