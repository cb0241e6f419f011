import RealModule

/// Least squares of one column on those before it, by modified Gram–Schmidt (Golub & Van Loan, 4th ed., §5.2.8; as stable as
/// Householder's for least squares when the right-hand side goes along as the last column: Björck, Å. (1967), *BIT* 7,
/// 1–21, doi:10.1007/BF01934122).
///
/// The residuals come out in the order of the rows, and are smooth functions of the columns: what a search for the
/// parameters behind the columns needs. Nothing is allocated after the start.
struct WhitenedRegression: Sendable {
  let rows: Int
  /// All columns, the explained one included.
  let columns: Int
  /// Orthonormal columns, and last the residuals.
  private(set) var basis: [Double]
  /// The triangle, element (i, j) at i + j · columns; its last column is Q′y and the residuals' length.
  private(set) var triangle: [Double]

  /// A column counts as determined by those before when less than this part of it is left.
  static let tolerance = 1e-8

  init(rows: Int, columns: Int) {
    precondition(columns >= 1, "there is a column to be explained")
    self.rows = rows
    self.columns = columns
    basis = [Double](repeating: 0, count: rows * columns)
    triangle = [Double](repeating: 0, count: columns * columns)
  }

  /// Factorises.
  ///
  /// - Parameters:
  ///   - values: The columns one after another.
  ///   - scales: The least length that counts as more than rounding, one a column but for the last.
  /// - Returns: The first column that those before determine, if there is one.
  mutating func factorise(_ values: [Double], scales: [Double]) -> Int? {
    precondition(values.count == basis.count && scales.count >= columns - 1, "the columns fit the buffers")
    for i in basis.indices { basis[i] = values[i] }
    return Self.factorise(&basis, &triangle, scales, rows: rows, columns: columns)
  }

  private static func factorise(
    _ basis: inout [Double], _ triangle: inout [Double], _ scales: [Double], rows: Int, columns: Int
  ) -> Int? {
    var q = basis.mutableSpan
    var r = triangle.mutableSpan
    for j in 0..<columns {
      // Twice is enough (Kahan): a second pass takes away what rounding left of the earlier columns.
      var sum = 0.0
      for t in 0..<rows { sum += q[j * rows + t] * q[j * rows + t] }
      let length = sum.squareRoot()
      for i in 0..<j { r[i + j * columns] = 0 }
      for _ in 0..<2 {
        for i in 0..<j {
          var product = 0.0
          for t in 0..<rows { product += q[i * rows + t] * q[j * rows + t] }
          for t in 0..<rows { q[j * rows + t] -= product * q[i * rows + t] }
          r[i + j * columns] += product
        }
        if j == 0 { break }
      }
      sum = 0
      for t in 0..<rows { sum += q[j * rows + t] * q[j * rows + t] }
      let rest = sum.squareRoot()
      r[j + j * columns] = rest
      guard j < columns - 1 else { break }
      guard rest > tolerance * length, rest > scales[j] else { return j }
      let inverse = 1 / rest
      for t in 0..<rows { q[j * rows + t] *= inverse }
    }
    return nil
  }

  /// Σ of the squared residuals.
  var sumOfSquares: Double {
    let length = triangle[columns * columns - 1]
    return length * length
  }

  /// Σ log Rⱼⱼ over the first columns.
  func logDiagonal(_ count: Int) -> Double {
    (0..<count).reduce(0) { $0 + .log(triangle[$1 + $1 * columns]) }
  }

  /// The residuals.
  var residuals: ArraySlice<Double> { basis[((columns - 1) * rows)...] }

  /// The coefficients of the columns.
  func coefficients() -> [Double] { coefficients(given: [], first: columns - 1) }

  /// The coefficients of the first columns that go with given ones of the others.
  func coefficients(given others: [Double], first count: Int) -> [Double] {
    let last = columns - 1
    var result = (0..<count).map { i in
      others.indices.reduce(triangle[i + last * columns]) {
        $0 - triangle[i + (count + $1) * columns] * others[$1]
      }
    }
    for j in stride(from: count - 1, through: 0, by: -1) {
      result[j] /= triangle[j + j * columns]
      for i in 0..<j { result[i] -= triangle[i + j * columns] * result[j] }
    }
    return result
  }

  /// Σ Rᵢⱼ gᵢ over the first elements of column j.
  func project(_ g: [Double], column: Int) -> Double {
    g.indices.reduce(0) { $0 + triangle[$1 + column * columns] * g[$1] }
  }

  /// R⁻ᵀg: the squares' sum times the residual variance is the variance of g′b.
  func whiten(_ g: [Double]) -> [Double] {
    var result = g
    for j in g.indices {
      for i in 0..<j { result[j] -= triangle[i + j * columns] * result[i] }
      result[j] /= triangle[j + j * columns]
    }
    return result
  }
}
