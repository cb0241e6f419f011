/// A = LL′ of a small symmetric matrix, row by row.
struct SmallCholesky: Sendable {
  let count: Int
  private var factor: [Double]

  /// The leading `count` rows and columns of a matrix with rows of length `width`, of which the lower
  /// triangle is read.
  ///
  /// - Returns: nil where a pivot is no more than 10⁻¹³ of the diagonal: the columns behind the matrix depend
  ///   on each other.
  init?(_ matrix: [Double], width: Int, count: Int) {
    self.count = count
    factor = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in 0...i {
        var sum = matrix[i * width + j]
        for k in 0..<j { sum -= factor[i * count + k] * factor[j * count + k] }
        if i == j {
          guard sum > 1e-13 * matrix[i * width + i] else { return nil }
          factor[i * count + i] = sum.squareRoot()
        } else {
          factor[i * count + j] = sum / factor[j * count + j]
        }
      }
    }
  }

  /// A⁻¹b.
  func solve(_ b: [Double]) -> [Double] {
    var x = b
    forward(&x)
    for i in stride(from: count - 1, through: 0, by: -1) {
      for k in i + 1..<max(i + 1, count) { x[i] -= factor[k * count + i] * x[k] }
      x[i] /= factor[i * count + i]
    }
    return x
  }

  /// L⁻¹b in place.
  func forward(_ b: inout [Double]) {
    for i in 0..<count {
      var sum = b[i]
      for k in 0..<i { sum -= factor[i * count + k] * b[k] }
      b[i] = sum / factor[i * count + i]
    }
  }

  /// Σ log of the squared diagonal of L.
  var pivots: [Double] { (0..<count).map { factor[$0 * count + $0] * factor[$0 * count + $0] } }

  /// The diagonal of A⁻¹.
  var inverseDiagonal: [Double] {
    (0..<count).map { i in
      var unit = [Double](repeating: 0, count: count)
      unit[i] = 1
      forward(&unit)
      return unit.reduce(0) { $0 + $1 * $1 }
    }
  }
}
