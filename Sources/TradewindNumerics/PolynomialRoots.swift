import RealModule
import TradewindLAPACK

/// A root of a real polynomial, real or one of a conjugate pair.
package struct PolynomialRoot: Sendable, Hashable {
  package let real: Double
  package let imaginary: Double

  /// |root|, without overflow of the squares.
  package var modulus: Double { Double.hypot(real, imaginary) }
}

/// All complex roots of c₀ + c₁x + c₂x² + …, multiple ones as often as they count.
///
/// They are the eigenvalues of the balanced companion matrix, by the QR algorithm (LAPACK `dgebal`, `dhseqr`); Edelman, A.
/// and Murakami, H. (1995), "Polynomial roots from companion matrix eigenvalues", *Math. Comp.* 64, 763–776,
/// doi:10.1090/S0025-5718-1995-1262279-2. They are exact for a polynomial whose coefficients differ by rounding, so a root of
/// multiplicity m is good to about ε^(1/m) of its size. Zero coefficients of the highest powers lower the degree; zeros
/// in front give roots that are exactly 0. Conjugate pairs stand together, positive imaginary part first.
///
/// - Parameter coefficients: from the constant term upwards. One non-zero coefficient has no root: [].
/// - Throws: `shape` where all coefficients are 0 (or there are none), as every number is a root then; `notFinite` for a
///   coefficient, its index as row, also where a coefficient overflows when divided by the leading one; `notConverged`,
///   which finite input is not known to cause.
package func polynomialRoots(_ coefficients: [Double]) throws(LinearAlgebraError) -> [PolynomialRoot] {
  try coefficients.requireFinite()
  guard let last = coefficients.lastIndex(where: { $0 != 0 }),
    let first = coefficients.firstIndex(where: { $0 != 0 })
  else { throw .shape("the zero polynomial has every number as a root") }
  let zeros = [PolynomialRoot](repeating: PolynomialRoot(real: 0, imaginary: 0), count: first)
  let degree = last - first
  guard degree > 0 else { return zeros }

  // Row 0 holds −c/c_last from the second-highest power down; ones stand below the diagonal.
  var companion = Matrix(rows: degree, columns: degree)
  for k in 0..<degree {
    companion[0, k] = -coefficients[last - 1 - k] / coefficients[last]
    guard companion[0, k].isFinite else { throw .notFinite(row: last - 1 - k, column: 0) }
    if k > 0 { companion[k, k - 1] = 1 }
  }
  var real = [Double](repeating: 0, count: degree)
  var imaginary = real
  let info = unsafe tw_hessenberg_eigenvalues(
    Int32(degree), &companion.elements, companion.leadingDimension, &real, &imaginary)
  try check(info, "dhseqr")
  return zeros + zip(real, imaginary).map { PolynomialRoot(real: $0, imaginary: $1) }
}
