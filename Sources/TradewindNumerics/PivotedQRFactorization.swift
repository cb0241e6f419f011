/// AP = QR with column pivoting (LAPACK `dgeqp3`; Golub & Van Loan, *Matrix Computations*, 4th ed., §5.4.2): least
/// squares where columns may depend on each other, and the names of those that do.
///
/// **Rank rule.** Every column is first divided by the power of two at or below its length (an exact scaling), so that
/// units of measurement do not matter. The rank is the number of leading diagonal elements of the scaled R with
/// |Rₖₖ| > tolerance·|R₁₁|; the tolerance is max(rows, columns)·ε unless given. A zero column is always dependent.
///
/// **Which columns are dependent.** A set of dependent columns offers a choice of whom to blame. This type names each
/// column that is a combination of columns *before* it, so the columns given first stay, as in R's `lm`. (`dgeqp3`
/// alone would blame the shorter ones.) Exactly `columns − rank` are named, whatever the rounding.
package struct PivotedQRFactorization: Sendable {
  let factors: HouseholderFactors
  /// The power of two that each column of A was divided by.
  private let scales: [Double]
  /// The numerical rank by the rule above.
  package let rank: Int
  /// `permutation[k]` is the column of A that stands at k in AP; the first `rank` are independent.
  package let permutation: [Int]
  /// The columns that depend on columns before them, ascending. Empty at full column rank.
  package let dependentColumns: [Int]

  /// Factorises any finite matrix, also wide, deficient or empty.
  /// - Parameter relativeTolerance: of the rank rule, at least 0; max(rows, columns)·ε if nil.
  /// - Throws: `notFinite`.
  package init(_ a: Matrix, relativeTolerance: Double? = nil) throws(LinearAlgebraError) {
    try a.requireFinite()
    let tolerance = relativeTolerance ?? Double(max(a.rows, a.columns)) * Double.ulpOfOne
    precondition(tolerance >= 0, "a tolerance is not negative")
    scales = a.columnScales
    let scaled = a.dividingColumns(by: scales)
    var order = Array(0..<a.columns)
    var factors = try HouseholderFactors(pivoting: scaled, leading: [], permutation: &order)
    let diagonal = factors.packed.diagonal.map { abs($0) }
    rank = diagonal.firstIndex { $0 <= tolerance * diagonal[0] } ?? diagonal.count

    if rank < a.columns {
      dependentColumns = Self.columnsDependentOnEarlier(factors, rank: rank, permutation: order)
      let dependent = Set(dependentColumns)
      let independent = (0..<a.columns).filter { !dependent.contains($0) }
      order = independent + dependentColumns
      factors = try HouseholderFactors(pivoting: scaled, leading: independent, permutation: &order)
    } else {
      dependentColumns = []
    }
    self.factors = factors
    permutation = order
  }

  package var rows: Int { factors.rows }
  package var columns: Int { factors.columns }

  /// The columns that are not dependent on earlier ones, ascending; `rank` of them.
  package var independentColumns: [Int] { permutation[..<rank].sorted() }

  /// R of AP = QR for A as given (unscaled): min(rows, columns) × columns, zero below the diagonal.
  package var r: Matrix {
    var r = factors.packed.upperTriangle
    for (k, column) in permutation.enumerated() {
      for i in 0..<r.rows { r[i, k] *= scales[column] }
    }
    return r
  }

  /// The thin Q: rows × min(rows, columns); its first `rank` columns span the columns of A.
  package func q() throws(LinearAlgebraError) -> Matrix { try factors.q(columns: min(rows, columns)) }

  /// A basic solution of min ‖Ax − b‖: the coefficients of dependent columns are 0.
  /// - Throws: `notFinite` for b.
  package func solve(_ b: [Double]) throws(LinearAlgebraError) -> [Double] {
    try solve(Matrix(columns: [b])).elements
  }

  /// The basic solutions, one per column of B.
  /// - Throws: `notFinite` for B.
  package func solve(_ b: Matrix) throws(LinearAlgebraError) -> Matrix {
    precondition(b.rows == rows, "the right-hand side has as many rows as the matrix")
    try b.requireFinite()
    let y = factors.solveTriangle(order: rank, try factors.apply(transpose: true, to: b))
    var x = Matrix(rows: columns, columns: b.columns)
    for j in 0..<b.columns {
      for k in 0..<rank { x[permutation[k], j] = y[k, j] / scales[permutation[k]] }
    }
    return x
  }

  /// The diagonal of the projection on the columns of A, one value in 0…1 per row; they add up to the rank.
  package func leverages() throws(LinearAlgebraError) -> [Double] { try factors.leverages(rank) }

  /// (A₁′A₁)⁻¹ for the independent columns A₁, in the order of ``independentColumns``; exactly symmetric.
  package func inverseGram() -> Matrix {
    let rInverse = factors.solveTriangle(order: rank, .identity(rank)).transposed()
    let place = permutation[..<rank].enumerated().sorted { $0.element < $1.element }.map(\.offset)
    // Row k of R⁻¹ belongs to column permutation[k]; as columns of R⁻ᵀ they are put in ascending order and unscaled.
    return rInverse.selectingColumns(place).dividingColumns(by: independentColumns.map { scales[$0] }).gram()
  }

  /// Finds the columns that are combinations of earlier ones.
  ///
  /// The null space of AP is spanned by the columns of [−R₁₁⁻¹R₁₂; I]. Column j of A depends on earlier columns exactly
  /// if some null vector has its last non-zero element at j. Eliminating from the last row upwards brings the null
  /// vectors to that form, and the pivot rows are the columns wanted.
  private static func columnsDependentOnEarlier(
    _ factors: HouseholderFactors, rank: Int, permutation: [Int]
  ) -> [Int] {
    let n = factors.columns
    var right = Matrix(rows: rank, columns: n - rank)
    for j in 0..<right.columns { for i in 0..<rank { right[i, j] = factors.packed[i, rank + j] } }
    let combination = factors.solveTriangle(order: rank, right)
    var vectors = (0..<(n - rank)).map { k in
      var vector = [Double](repeating: 0, count: n)
      for i in 0..<rank { vector[permutation[i]] = -combination[i, k] }
      vector[permutation[rank + k]] = 1
      return vector
    }
    // Columns have unit size here, so a coefficient below √ε of the largest is rounding, not dependence.
    let negligible = Double.ulpOfOne.squareRoot()
    var found: [Int] = []
    for j in (0..<n).reversed() {
      let candidates = vectors.map { abs($0[j]) / largestMagnitude($0) }
      guard let pivot = candidates.indices.max(by: { candidates[$0] < candidates[$1] }),
        candidates[pivot] > negligible
      else { continue }
      let vector = vectors.remove(at: pivot)
      found.append(j)
      for k in vectors.indices {
        let factor = vectors[k][j] / vector[j]
        for i in 0..<j { vectors[k][i] -= factor * vector[i] }
        vectors[k][j] = 0
      }
    }
    // Only rounding can leave a vector without pivot; pivoting's own choice then keeps the count.
    for column in permutation[rank...] where found.count < n - rank && !found.contains(column) {
      found.append(column)
    }
    return found.sorted()
  }
}
