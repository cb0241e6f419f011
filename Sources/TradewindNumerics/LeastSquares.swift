import TradewindLAPACK

/// Least squares, one function a problem. Shapes that do not fit stop with a precondition; shapes that do not define
/// the problem, deficient ranks and non-finite values are typed errors.
package enum LeastSquares {
  /// The x that minimises ‖Ax − b‖, by column-pivoted QR.
  ///
  /// - Parameter relativeTolerance: of the rank rule of ``PivotedQRFactorization``.
  /// - Throws: `rankDeficient` where the columns of A are dependent (always so if there are more of them than rows),
  ///   `notFinite`.
  package static func solve(
    _ a: Matrix, _ b: [Double], relativeTolerance: Double? = nil
  ) throws(LinearAlgebraError) -> LeastSquaresSolution {
    let qr = try PivotedQRFactorization(a, relativeTolerance: relativeTolerance)
    guard qr.rank == a.columns else { throw .rankDeficient(rank: qr.rank, needed: a.columns) }
    return LeastSquaresSolution(a, b, solution: try qr.solve(b), rank: qr.rank)
  }

  /// The shortest x among those that minimise ‖Ax − b‖, by the singular value decomposition (LAPACK `dgelsd`).
  ///
  /// Singular values at most `relativeTolerance` times the largest count as 0; max(rows, columns)·ε if nil. Unlike a
  /// full-rank solution, the shortest one depends on the columns' units, so nothing is scaled here.
  /// - Throws: `notFinite`, `notConverged`.
  package static func minimumNorm(
    _ a: Matrix, _ b: [Double], relativeTolerance: Double? = nil
  ) throws(LinearAlgebraError) -> LeastSquaresSolution {
    precondition(b.count == a.rows, "the right-hand side has as many elements as the matrix has rows")
    try a.requireFinite()
    try b.requireFinite()
    let tolerance = relativeTolerance ?? Double(max(a.rows, a.columns)) * Double.ulpOfOne
    precondition(tolerance >= 0, "a tolerance is not negative")
    var work = a
    let length = max(1, a.rows, a.columns)
    var x = b + [Double](repeating: 0, count: length - b.count)
    var singularValues = [Double](repeating: 0, count: min(a.rows, a.columns))
    var rank: Int32 = 0
    let info = unsafe tw_dgelsd(
      Int32(a.rows), Int32(a.columns), 1, &work.elements, a.leadingDimension, &x, Int32(length),
      &singularValues, tolerance, &rank)
    try check(info, "dgelsd")
    return LeastSquaresSolution(a, b, solution: Array(x[..<a.columns]), rank: Int(rank))
  }

  /// The x that minimises ‖Ax − b‖ subject to Cx = d exactly (LAPACK `dgglse`, generalised RQ factorisation;
  /// Golub & Van Loan, 4th ed., §6.2).
  ///
  /// Columns are scaled by powers of two beforehand, which does not change the solution.
  /// - Throws: `rankDeficient` where the rows of C depend on each other, or where constraints and data together do not
  ///   determine every unknown; `shape` where there are more constraints than unknowns, or fewer rows in all; `notFinite`.
  package static func equalityConstrained(
    _ a: Matrix, _ b: [Double], constraint c: Matrix, equals d: [Double]
  ) throws(LinearAlgebraError) -> LeastSquaresSolution {
    precondition(b.count == a.rows && d.count == c.rows, "a right-hand side has as many elements as rows")
    precondition(a.columns == c.columns, "data and constraint have the same unknowns")
    let (m, n, p) = (a.rows, a.columns, c.rows)
    guard p <= n else { throw .shape("\(p) constraints on \(n) unknowns are too many") }
    guard n <= m + p else { throw .shape("\(m) rows and \(p) constraints do not determine \(n) unknowns") }
    try a.requireFinite()
    try b.requireFinite()
    try d.requireFinite()
    // Checked after A so that an error in C is not mistaken for one in A by its position.
    try c.requireFinite()
    let scales = zip(a.columnScales, c.columnScales).map { max($0, $1) }
    var data = a.dividingColumns(by: scales)
    var constraint = c.dividingColumns(by: scales)
    try requireDetermined(data, constraint)
    var (rightHandSide, target) = (b, d)
    var x = [Double](repeating: 0, count: n)
    let info = unsafe tw_dgglse(
      Int32(m), Int32(n), Int32(p), &data.elements, a.leadingDimension, &constraint.elements,
      c.leadingDimension, &rightHandSide, &target, &x)
    try check(info, "dgglse") { _ in .rankDeficient(rank: n - 1, needed: n) }
    return LeastSquaresSolution(a, b, solution: zip(x, scales).map { $0 / $1 }, rank: n)
  }

  /// The x that minimises ‖u‖ subject to y = Ax + Bu: least squares with error covariance BB′ (LAPACK `dggglm`;
  /// Paige, C. C. (1979), "Fast numerically stable computations for generalized linear least squares problems",
  /// *SIAM J. Numer. Anal.* 16, 165–171, doi:10.1137/0716012). BB′ may be singular and is never formed.
  ///
  /// The result's `residual` is u, one value per column of B, not y − Ax. Rows of the equation, and columns of A, are
  /// scaled by powers of two beforehand, which changes neither x nor u.
  /// - Throws: `rankDeficient` where the columns of A are dependent, or [A B] has dependent rows (errors of variance 0 on
  ///   equations that may contradict each other); `shape` for more unknowns than rows or more rows than unknowns and
  ///   errors; `notFinite`.
  package static func generalised(
    _ a: Matrix, _ y: [Double], errorFactor b: Matrix
  ) throws(LinearAlgebraError) -> LeastSquaresSolution {
    precondition(y.count == a.rows && b.rows == a.rows, "A, B and y have equally many rows")
    let (n, m, p) = (a.rows, a.columns, b.columns)
    guard m <= n else { throw .shape("\(m) unknowns need at least as many rows, not \(n)") }
    guard n <= m + p else { throw .shape("\(n) equations have only \(m) unknowns and \(p) errors") }
    try a.requireFinite()
    try y.requireFinite()
    try b.requireFinite()
    let rowScales = zip(a.transposed().columnScales, b.transposed().columnScales).map { max($0, $1) }
    var design = a.dividingRows(by: rowScales)
    var errors = b.dividingRows(by: rowScales)
    let columnScales = design.columnScales
    design = design.dividingColumns(by: columnScales)
    try requireRank(m, PivotedQRFactorization(design).rank)
    let both = Matrix(rows: n, columns: m + p, elements: design.elements + errors.elements)
    try requireRank(n, PivotedQRFactorization(both.transposed()).rank)
    var rightHandSide = zip(y, rowScales).map { $0 / $1 }
    var x = [Double](repeating: 0, count: m)
    var u = [Double](repeating: 0, count: p)
    let info = unsafe tw_dggglm(
      Int32(n), Int32(m), Int32(p), &design.elements, a.leadingDimension, &errors.elements,
      b.leadingDimension, &rightHandSide, &x, &u)
    try check(info, "dggglm") { _ in .rankDeficient(rank: m - 1, needed: m) }
    return LeastSquaresSolution(solution: zip(x, columnScales).map { $0 / $1 }, rank: m, residual: u)
  }

  /// Whether Cx = d and min ‖Ax − b‖ fix every unknown: C has independent rows, and A acts with full rank on the
  /// directions that C leaves free (the last columns of the full Q of C′ = QR span them).
  private static func requireDetermined(_ a: Matrix, _ c: Matrix) throws(LinearAlgebraError) {
    let rows = try PivotedQRFactorization(c.transposed())
    try requireRank(c.rows, rows.rank)
    let rotated = try rows.factors.apply(transpose: true, to: a.transposed())
    let free = Matrix(rowVectors: (c.rows..<c.columns).map { rotated.row($0) }).transposed()
    try requireRank(c.columns, c.rows + PivotedQRFactorization(free).rank)
  }

  private static func requireRank(_ needed: Int, _ rank: Int) throws(LinearAlgebraError) {
    guard rank == needed else { throw .rankDeficient(rank: rank, needed: needed) }
  }
}
