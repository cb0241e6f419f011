import TradewindLAPACK

/// Products by BLAS. NaN and infinities pass through as arithmetic has them.
extension Matrix {
  /// A·B.
  package static func * (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.columns == b.rows, "a product needs as many columns on the left as rows on the right")
    var c = Matrix(rows: a.rows, columns: b.columns)
    unsafe tw_dgemm(
      false, false, Int32(a.rows), Int32(b.columns), Int32(a.columns), 1, a.elements, a.leadingDimension,
      b.elements, b.leadingDimension, 0, &c.elements, c.leadingDimension)
    return c
  }

  /// A·x.
  package static func * (a: Matrix, x: [Double]) -> [Double] {
    precondition(a.columns == x.count, "a product needs as many columns as the vector has elements")
    var y = [Double](repeating: 0, count: a.rows)
    unsafe tw_dgemv(
      false, Int32(a.rows), Int32(a.columns), 1, a.elements, a.leadingDimension, x, 0, &y)
    return y
  }

  /// A′·B.
  package func transposeTimes(_ b: Matrix) -> Matrix {
    precondition(rows == b.rows, "A'B needs equally many rows in A and B")
    var c = Matrix(rows: columns, columns: b.columns)
    unsafe tw_dgemm(
      true, false, Int32(columns), Int32(b.columns), Int32(rows), 1, elements, leadingDimension,
      b.elements, b.leadingDimension, 0, &c.elements, c.leadingDimension)
    return c
  }

  /// A′·x.
  package func transposeTimes(_ x: [Double]) -> [Double] {
    precondition(rows == x.count, "A'x needs as many rows as the vector has elements")
    var y = [Double](repeating: 0, count: columns)
    unsafe tw_dgemv(true, Int32(rows), Int32(columns), 1, elements, leadingDimension, x, 0, &y)
    return y
  }

  /// A·B′.
  package func timesTransposed(_ b: Matrix) -> Matrix {
    precondition(columns == b.columns, "AB' needs equally many columns in A and B")
    var c = Matrix(rows: rows, columns: b.rows)
    unsafe tw_dgemm(
      false, true, Int32(rows), Int32(b.rows), Int32(columns), 1, elements, leadingDimension,
      b.elements, b.leadingDimension, 0, &c.elements, c.leadingDimension)
    return c
  }

  /// A′A, exactly symmetric.
  package func gram() -> Matrix {
    var c = Matrix(rows: columns, columns: columns)
    unsafe tw_dsyrk(
      true, Int32(columns), Int32(rows), 1, elements, leadingDimension, 0, &c.elements, c.leadingDimension)
    c.mirrorLowerTriangle()
    return c
  }

  /// A + B.
  package static func + (a: Matrix, b: Matrix) -> Matrix { combine(a, b, +) }

  /// A − B.
  package static func - (a: Matrix, b: Matrix) -> Matrix { combine(a, b, -) }

  /// Every element times `factor`.
  package static func * (factor: Double, a: Matrix) -> Matrix {
    Matrix(rows: a.rows, columns: a.columns, elements: a.elements.map { factor * $0 })
  }

  private static func combine(_ a: Matrix, _ b: Matrix, _ operation: (Double, Double) -> Double) -> Matrix {
    precondition(a.rows == b.rows && a.columns == b.columns, "a sum needs matrices of one shape")
    return Matrix(
      rows: a.rows, columns: a.columns, elements: zip(a.elements, b.elements).map { operation($0, $1) })
  }
}
