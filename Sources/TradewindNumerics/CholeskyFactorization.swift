import RealModule
import TradewindLAPACK

/// A = LL′ for a symmetric positive definite matrix (LAPACK `dpotrf`): factorise once, solve many times.
///
/// Only the lower triangle of the given matrix is read. Solving is backward stable; there is no test for near
/// singularity beyond positive pivots, so a matrix that is singular up to rounding may pass. The 0 × 0 matrix is
/// positive definite, with log-determinant 0.
package struct CholeskyFactorization: Sendable {
  /// The lower triangle L, zero above the diagonal.
  package let lower: Matrix

  /// - Throws: `notPositiveDefinite` with the order of the first minor that is not positive (1-based), `notFinite`
  ///   for a NaN or infinity anywhere, `shape` where the matrix is not square.
  package init(_ a: Matrix) throws(LinearAlgebraError) {
    guard a.rows == a.columns else {
      throw .shape("a Cholesky factorisation needs a square matrix, not \(a.rows) x \(a.columns)")
    }
    try a.requireFinite()
    var l = a
    let info = unsafe tw_dpotrf(Int32(a.rows), &l.elements, a.leadingDimension)
    try check(info, "dpotrf") { .notPositiveDefinite(order: $0) }
    for j in 0..<l.columns { for i in 0..<j { l.elements[i + j * l.rows] = 0 } }
    lower = l
  }

  package var order: Int { lower.rows }

  /// log det A = 2 Σ log Lᵢᵢ; no overflow where the determinant itself would.
  package var logDeterminant: Double {
    2 * lower.diagonal.reduce(0) { $0 + Double.log($1) }
  }

  /// A⁻¹b.
  package func solve(_ b: [Double]) -> [Double] {
    solveLowerTransposed(solveLower(b))
  }

  /// A⁻¹B, one solution per column of B.
  package func solve(_ b: Matrix) -> Matrix {
    precondition(b.rows == order, "the right-hand side has as many rows as the matrix")
    var x = b
    // With argument sizes checked above, dpotrs has no way to fail.
    let info = unsafe tw_dpotrs(
      Int32(order), Int32(b.columns), lower.elements, lower.leadingDimension, &x.elements, b.leadingDimension)
    assert(info == 0)
    return x
  }

  /// L⁻¹b: whitens a vector with covariance A.
  package func solveLower(_ b: [Double]) -> [Double] { triangularSolve(b, transpose: false) }

  /// L⁻¹B, column by column.
  package func solveLower(_ b: Matrix) -> Matrix {
    precondition(b.rows == order, "the right-hand side has as many rows as the matrix")
    var x = b
    unsafe tw_dtrsm(
      true, false, Int32(order), Int32(b.columns), lower.elements, lower.leadingDimension, &x.elements,
      b.leadingDimension)
    return x
  }

  /// L⁻ᵀb.
  package func solveLowerTransposed(_ b: [Double]) -> [Double] { triangularSolve(b, transpose: true) }

  /// L·z: turns independent standard normal draws into draws with covariance A.
  package func multiplyLower(_ z: [Double]) -> [Double] {
    precondition(z.count == order, "the vector has as many elements as the matrix has rows")
    var x = z
    unsafe tw_dtrmv(true, false, Int32(order), lower.elements, lower.leadingDimension, &x)
    return x
  }

  /// A⁻¹, exactly symmetric. For covariances only: to solve a system, call `solve`.
  package func inverse() -> Matrix {
    var x = lower
    // A positive diagonal leaves dpotri no way to fail.
    let info = unsafe tw_dpotri(Int32(order), &x.elements, lower.leadingDimension)
    assert(info == 0)
    x.mirrorLowerTriangle()
    return x
  }

  /// The diagonal of A⁻¹.
  package var inverseDiagonal: [Double] { inverse().diagonal }

  private func triangularSolve(_ b: [Double], transpose: Bool) -> [Double] {
    precondition(b.count == order, "the right-hand side has as many elements as the matrix has rows")
    var x = b
    unsafe tw_dtrsv(true, transpose, Int32(order), lower.elements, lower.leadingDimension, &x)
    return x
  }
}
