/// A = QR by Householder reflections (LAPACK `dgeqrf`), columns in their own order: for full-rank least squares, where
/// one design serves many right-hand sides.
///
/// Rank rule: column j counts as dependent on the columns before it when |Rⱼⱼ| ≤ max(rows, columns)·ε·‖aⱼ‖. Because each
/// column is measured against its own length, rescaling a column does not change the verdict. Where dependence is
/// expected, use ``PivotedQRFactorization``.
package struct QRFactorization: Sendable {
  let factors: HouseholderFactors

  /// Factorises any finite matrix, also wide or empty ones.
  /// - Throws: `notFinite`.
  package init(_ a: Matrix) throws(LinearAlgebraError) {
    try a.requireFinite()
    factors = try HouseholderFactors(a)
  }

  package var rows: Int { factors.rows }
  package var columns: Int { factors.columns }

  /// R, min(rows, columns) × columns, zero below the diagonal. Its diagonal may have either sign.
  package var r: Matrix { factors.packed.upperTriangle }

  /// The thin Q: rows × min(rows, columns), with orthonormal columns.
  package func q() throws(LinearAlgebraError) -> Matrix { try factors.q(columns: min(rows, columns)) }

  /// Q′b with the full square Q: the first `columns` elements belong to the fit, the rest are its residual's coordinates.
  package func applyQTransposed(_ b: [Double]) throws(LinearAlgebraError) -> [Double] {
    try factors.apply(transpose: true, to: Matrix(columns: [b])).elements
  }

  /// Q′B, column by column.
  package func applyQTransposed(_ b: Matrix) throws(LinearAlgebraError) -> Matrix {
    try factors.apply(transpose: true, to: b)
  }

  /// Qb with the full square Q.
  package func applyQ(_ b: [Double]) throws(LinearAlgebraError) -> [Double] {
    try factors.apply(transpose: false, to: Matrix(columns: [b])).elements
  }

  /// The x that minimises ‖Ax − b‖.
  /// - Throws: as ``solve(_:)-(Matrix)``.
  package func solve(_ b: [Double]) throws(LinearAlgebraError) -> [Double] {
    try solve(Matrix(columns: [b])).elements
  }

  /// The X that minimises ‖AX − B‖ column by column.
  /// - Throws: `singular` with the first dependent column by the rank rule above, `shape` for a matrix with more columns
  ///   than rows, `notFinite` for B.
  package func solve(_ b: Matrix) throws(LinearAlgebraError) -> Matrix {
    precondition(b.rows == rows, "the right-hand side has as many rows as the matrix")
    guard rows >= columns else {
      throw .shape("\(columns) unknowns need at least as many rows, not \(rows)")
    }
    if let column = firstDependentColumn { throw .singular(index: column) }
    try b.requireFinite()
    return factors.solveTriangle(order: columns, try applyQTransposed(b))
  }

  /// The first column (0-based) that depends on those before it, by the rank rule above.
  package var firstDependentColumn: Int? {
    let tolerance = Double(max(rows, columns)) * Double.ulpOfOne
    return (0..<columns).first { j in
      j >= rows || abs(factors.packed[j, j]) <= tolerance * factors.columnNorm(j)
    }
  }

  /// The diagonal of the hat matrix A(A′A)⁻¹A′, one value in 0…1 per row; they add up to the number of columns.
  /// - Throws: `shape` for a matrix with more columns than rows.
  package func leverages() throws(LinearAlgebraError) -> [Double] {
    guard rows >= columns else {
      throw .shape("leverages of \(columns) columns need at least as many rows, not \(rows)")
    }
    return try factors.leverages(columns)
  }

  /// (A′A)⁻¹ = R⁻¹R⁻ᵀ, for the covariance of coefficients; exactly symmetric.
  /// - Throws: `singular` with the first dependent column, `shape` for a matrix with more columns than rows.
  package func inverseGram() throws(LinearAlgebraError) -> Matrix {
    guard rows >= columns else {
      throw .shape("\(columns) unknowns need at least as many rows, not \(rows)")
    }
    if let column = firstDependentColumn { throw .singular(index: column) }
    // With S = R⁻ᵀ, R⁻¹R⁻ᵀ = S′S.
    return factors.solveTriangle(order: columns, .identity(columns)).transposed().gram()
  }
}
