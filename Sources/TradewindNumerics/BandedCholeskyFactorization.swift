import RealModule
import TradewindLAPACK

/// A = LL′ for a symmetric positive definite band matrix (LAPACK `dpbtrf`): time and memory grow with order × bandwidth.
///
/// The matrix comes as its lower band: `band[d, j]` is element (j + d, j), so row 0 is the diagonal and row d the d-th
/// subdiagonal, whose last d places are not read. Order 0 is allowed.
package struct BandedCholeskyFactorization: Sendable {
  /// L in the same band layout.
  package let lowerBand: Matrix

  /// - Throws: `notPositiveDefinite` with the order of the first minor that is not positive (1-based); `notFinite` with
  ///   the place in the band; `shape` for a band without rows.
  package init(lowerBand band: Matrix) throws(LinearAlgebraError) {
    guard band.rows > 0 else { throw .shape("a band needs at least its diagonal") }
    var l = band
    // The places outside the matrix may hold anything; LAPACK does not read them, and neither may the check.
    for j in 0..<l.columns {
      for d in 0..<l.rows where j + d >= l.columns { l[d, j] = 0 }
    }
    try l.requireFinite()
    let info = unsafe tw_dpbtrf(Int32(l.columns), Int32(l.rows - 1), &l.elements, band.leadingDimension)
    try check(info, "dpbtrf") { .notPositiveDefinite(order: $0) }
    lowerBand = l
  }

  package var order: Int { lowerBand.columns }

  /// log det A = 2 Σ log Lᵢᵢ.
  package var logDeterminant: Double { 2 * lowerBand.row(0).reduce(0) { $0 + Double.log($1) } }

  /// A⁻¹b.
  package func solve(_ b: [Double]) -> [Double] { solveLowerTransposed(solveLower(b)) }

  /// A⁻¹B, one solution per column of B.
  package func solve(_ b: Matrix) -> Matrix {
    precondition(b.rows == order, "the right-hand side has as many rows as the matrix")
    var x = b
    // With argument sizes checked above, dpbtrs has no way to fail.
    let info = unsafe tw_dpbtrs(
      Int32(order), Int32(lowerBand.rows - 1), Int32(b.columns), lowerBand.elements,
      lowerBand.leadingDimension, &x.elements, b.leadingDimension)
    assert(info == 0)
    return x
  }

  /// L⁻¹b.
  package func solveLower(_ b: [Double]) -> [Double] { triangularSolve(b, transpose: false) }

  /// L⁻ᵀb: turns independent standard normal draws into draws with precision A.
  package func solveLowerTransposed(_ b: [Double]) -> [Double] { triangularSolve(b, transpose: true) }

  private func triangularSolve(_ b: [Double], transpose: Bool) -> [Double] {
    precondition(b.count == order, "the right-hand side has as many elements as the matrix has rows")
    var x = b
    unsafe tw_dtbsv(
      transpose, Int32(order), Int32(lowerBand.rows - 1), lowerBand.elements, lowerBand.leadingDimension, &x)
    return x
  }
}
