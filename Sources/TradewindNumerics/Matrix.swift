/// A dense matrix of doubles in column-major order, the layout LAPACK expects.
package struct Matrix: Sendable, Hashable {
  package let rows: Int
  package let columns: Int
  /// Element (i, j) stands at `i + j * rows`.
  package var elements: [Double]

  package init(rows: Int, columns: Int, repeating value: Double = 0) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative size")
    self.rows = rows
    self.columns = columns
    elements = [Double](repeating: value, count: rows * columns)
  }

  package subscript(i: Int, j: Int) -> Double {
    get { elements[i + j * rows] }
    set { elements[i + j * rows] = newValue }
  }
}
