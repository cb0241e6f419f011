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
    let n = covariance.rows
    var lower = Matrix(rows: n, columns: n)
    for j in 0..<n {
      for i in j..<n {
        var rest = covariance[i, j]
        for c in 0..<j { rest -= lower[i, c] * lower[j, c] }
        if i == j {
          lower[j, j] = rest > 1e-14 * covariance[j, j] ? rest.squareRoot() : 0
        } else {
          lower[i, j] = lower[j, j] > 0 ? rest / lower[j, j] : 0
        }
      }
    }
    self.lower = lower
  }

  /// L z.
  package func multiply(_ z: [Double]) -> [Double] {
    precondition(z.count == lower.rows, "the vector has as many elements as the matrix has rows")
    var x = z
    unsafe tw_dtrmv(true, false, Int32(lower.rows), lower.elements, lower.leadingDimension, &x)
    return x
  }
}
