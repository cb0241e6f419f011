import TradewindLAPACK

/// A = V diag(λ) V′ for a symmetric matrix, by divide and conquer (LAPACK `dsyevd`; Cuppen, J. J. M. (1981), *Numerische
/// Mathematik* 36, 177–195, doi:10.1007/BF01396757). Only the lower triangle is read.
///
/// Eigenvalues are accurate to about ε times the largest magnitude among them.
package struct SymmetricEigen: Sendable {
  /// Ascending.
  package let values: [Double]
  /// Column k belongs to `values[k]`; orthonormal, signs arbitrary.
  package let vectors: Matrix

  /// - Throws: `notFinite` (anywhere in the matrix), `shape` where it is not square; `notConverged`, which finite input
  ///   is not known to cause.
  package init(_ a: Matrix) throws(LinearAlgebraError) {
    guard a.rows == a.columns else {
      throw .shape("an eigenvalue decomposition needs a square matrix, not \(a.rows) x \(a.columns)")
    }
    try a.requireFinite()
    var vectors = a
    var values = [Double](repeating: 0, count: a.rows)
    try check(unsafe tw_dsyevd(Int32(a.rows), &vectors.elements, a.leadingDimension, &values), "dsyevd")
    self.values = values
    self.vectors = vectors
  }
}
