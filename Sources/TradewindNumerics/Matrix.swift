import TradewindLAPACK

/// A dense matrix of doubles in column-major order, the layout LAPACK expects.
///
/// A value like an array: copies are independent and share storage until one of them changes. A matrix may have no rows
/// or no columns; products and factorisations of such matrices are defined (a sum of nothing is 0).
///
/// Indices outside the matrix and sizes that do not fit are programming errors and stop with a precondition.
package struct Matrix: Sendable, Hashable {
  package let rows: Int
  package let columns: Int
  /// The columns one after another: element (i, j) stands at `i + j * rows`. Its count must stay `rows * columns`.
  package var elements: [Double] {
    didSet { precondition(elements.count == rows * columns, "a matrix keeps its number of elements") }
  }

  /// A matrix with the same value everywhere.
  package init(rows: Int, columns: Int, repeating value: Double = 0) {
    Matrix.checkSize(rows, columns)
    self.rows = rows
    self.columns = columns
    elements = [Double](repeating: value, count: rows * columns)
  }

  /// A matrix from its elements in column-major order.
  package init(rows: Int, columns: Int, elements: [Double]) {
    Matrix.checkSize(rows, columns)
    precondition(elements.count == rows * columns, "a matrix has rows times columns elements")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// A matrix from its columns, which must be equally long. No columns give a 0 × 0 matrix.
  package init(columns vectors: [[Double]]) {
    let rows = vectors.first?.count ?? 0
    precondition(vectors.allSatisfy { $0.count == rows }, "the columns of a matrix are equally long")
    self.init(rows: rows, columns: vectors.count, elements: vectors.flatMap { $0 })
  }

  /// A matrix from its rows, which must be equally long. No rows give a 0 × 0 matrix.
  package init(rowVectors vectors: [[Double]]) {
    self = Matrix(columns: vectors).transposed()
  }

  /// The square matrix with these values on its diagonal and 0 elsewhere.
  package init(diagonal values: [Double]) {
    self.init(rows: values.count, columns: values.count)
    for (i, value) in values.enumerated() { self[i, i] = value }
  }

  /// The identity of order `n`.
  package static func identity(_ n: Int) -> Matrix {
    Matrix(diagonal: [Double](repeating: 1, count: n))
  }

  /// LAPACK counts in 32 bits.
  private static func checkSize(_ rows: Int, _ columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative size")
    precondition(rows <= Int32.max && columns <= Int32.max, "a matrix has less than 2^31 rows and columns")
  }

  package subscript(i: Int, j: Int) -> Double {
    get {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns, "a matrix index lies inside the matrix")
      return elements[i + j * rows]
    }
    set {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns, "a matrix index lies inside the matrix")
      elements[i + j * rows] = newValue
    }
    _modify {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns, "a matrix index lies inside the matrix")
      yield &elements[i + j * rows]
    }
  }

  /// The elements (i, i), as many as the shorter side has.
  package var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

  package func column(_ j: Int) -> [Double] {
    precondition(j >= 0 && j < columns, "a column index lies inside the matrix")
    return Array(elements[(j * rows)..<((j + 1) * rows)])
  }

  package func row(_ i: Int) -> [Double] {
    (0..<columns).map { self[i, $0] }
  }

  package func transposed() -> Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for j in 0..<columns { for i in 0..<rows { result.elements[j + i * columns] = elements[i + j * rows] } }
    return result
  }

  /// The columns with these numbers, in this order.
  package func selectingColumns(_ selection: [Int]) -> Matrix {
    Matrix(rows: rows, columns: selection.count, elements: selection.flatMap { column($0) })
  }
}

extension Matrix {
  /// The leading dimension: LAPACK wants at least 1 also where there are no rows.
  var leadingDimension: Int32 { Int32(max(1, rows)) }

  /// The first element, in column-major order, that is NaN or infinite, as an error.
  func requireFinite() throws(LinearAlgebraError) {
    if let index = elements.firstNotFinite {
      throw .notFinite(row: index % rows, column: index / rows)
    }
  }

  /// Copies the lower triangle over the upper one.
  mutating func mirrorLowerTriangle() {
    for j in 0..<columns { for i in 0..<j { elements[i + j * rows] = elements[j + i * rows] } }
  }

  /// The leading columns' upper triangle or trapezoid: `min(rows, columns)` × columns, zero below the diagonal.
  var upperTriangle: Matrix {
    var result = Matrix(rows: min(rows, columns), columns: columns)
    for j in 0..<columns {
      for i in 0..<min(j + 1, result.rows) { result[i, j] = self[i, j] }
    }
    return result
  }
}

extension [Double] {
  /// Where the first NaN or infinity stands.
  package var firstNotFinite: Int? {
    // x · 0 is 0 for every finite x and NaN otherwise, so one branch-free pass clears the common case.
    let values = span
    var sum = 0.0
    for i in 0..<values.count { sum += values[i] * 0 }
    return sum == 0 ? nil : firstIndex { !$0.isFinite }
  }

  /// Throws where the vector holds a NaN or infinity; the error calls the vector a matrix of one column.
  func requireFinite() throws(LinearAlgebraError) {
    if let row = firstNotFinite { throw .notFinite(row: row, column: 0) }
  }
}
