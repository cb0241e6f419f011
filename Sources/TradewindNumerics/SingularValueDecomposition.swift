import TradewindLAPACK

/// A = U S V′, thin, by divide and conquer (LAPACK `dgesdd`; Gu, M. and Eisenstat, S. C. (1995), "A divide-and-conquer
/// algorithm for the bidiagonal SVD", *SIAM J. Matrix Anal. Appl.* 16, 79–92, doi:10.1137/S0895479892242232).
///
/// With k = min(rows, columns): U is rows × k, V′ is k × columns, both with orthonormal columns or rows. Singular values
/// are accurate to about ε times the largest one; smaller ones carry that absolute error.
package struct SingularValueDecomposition: Sendable {
  package let u: Matrix
  /// Descending, none negative.
  package let singularValues: [Double]
  package let vTransposed: Matrix

  /// - Throws: `notFinite`; `notConverged`, which finite input is not known to cause.
  package init(_ a: Matrix) throws(LinearAlgebraError) {
    try a.requireFinite()
    let shorter = min(a.rows, a.columns)
    var work = a
    var values = [Double](repeating: 0, count: shorter)
    var left = Matrix(rows: a.rows, columns: shorter)
    var right = Matrix(rows: shorter, columns: a.columns)
    let info = unsafe tw_dgesdd(
      Int32(a.rows), Int32(a.columns), &work.elements, a.leadingDimension, &values, &left.elements,
      left.leadingDimension, &right.elements, right.leadingDimension)
    try check(info, "dgesdd")
    u = left
    singularValues = values
    vTransposed = right
  }

  /// The number of singular values above `relativeTolerance` times the largest; max(rows, columns)·ε if nil.
  package func rank(relativeTolerance: Double? = nil) -> Int {
    guard let largest = singularValues.first, largest > 0 else { return 0 }
    let tolerance = relativeTolerance ?? Double(max(u.rows, vTransposed.columns)) * Double.ulpOfOne
    return singularValues.count { $0 > tolerance * largest }
  }

  /// The largest singular value over the smallest; ∞ for a singular matrix, 1 for an empty one.
  package var conditionNumber: Double {
    guard let largest = singularValues.first, let smallest = singularValues.last else { return 1 }
    return smallest > 0 ? largest / smallest : .infinity
  }

  /// The shortest x that minimises ‖Ax − b‖: the pseudo-inverse times b, with singular values outside the rank as 0.
  package func solve(_ b: [Double], relativeTolerance: Double? = nil) -> [Double] {
    var coordinates = u.transposeTimes(b)
    let rank = rank(relativeTolerance: relativeTolerance)
    for k in coordinates.indices { coordinates[k] = k < rank ? coordinates[k] / singularValues[k] : 0 }
    return vTransposed.transposeTimes(coordinates)
  }
}
