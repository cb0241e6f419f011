/// Scaling by powers of two, which changes no significand and so adds no rounding (short of underflow).
extension Matrix {
  /// For each column the power of two at or below its length; 1 for a zero column.
  var columnScales: [Double] {
    let values = elements.span
    return (0..<columns).map { binaryScale(values.extracting(($0 * rows)..<(($0 + 1) * rows))) }
  }

  /// The matrix with column j divided by `scales[j]`.
  func dividingColumns(by scales: [Double]) -> Matrix {
    var result = elements
    for j in 0..<columns { for i in 0..<rows { result[i + j * rows] /= scales[j] } }
    return Matrix(rows: rows, columns: columns, elements: result)
  }

  /// The matrix with row i divided by `scales[i]`.
  func dividingRows(by scales: [Double]) -> Matrix {
    var result = elements
    for j in 0..<columns { for i in 0..<rows { result[i + j * rows] /= scales[i] } }
    return Matrix(rows: rows, columns: columns, elements: result)
  }
}
