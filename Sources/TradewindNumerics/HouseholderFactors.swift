import TradewindLAPACK

/// The reflectors that `dgeqrf` and `dgeqp3` leave: R on and above the diagonal, Q as its Householder vectors below it.
/// Shared by the two QR factorisations.
struct HouseholderFactors: Sendable {
  let packed: Matrix
  let tau: [Double]

  /// Factorises A = QR.
  init(_ a: Matrix) throws(LinearAlgebraError) {
    var packed = a
    var tau = [Double](repeating: 0, count: min(a.rows, a.columns))
    try check(
      unsafe tw_dgeqrf(Int32(a.rows), Int32(a.columns), &packed.elements, a.leadingDimension, &tau), "dgeqrf")
    self.packed = packed
    self.tau = tau
  }

  /// Factorises AP = QR. The columns in `leading` come first, in their order; the others are chosen by pivoting, the
  /// longest remaining one each time. `permutation[k]` is the column of A that is column k of AP.
  init(pivoting a: Matrix, leading: [Int], permutation: inout [Int]) throws(LinearAlgebraError) {
    var packed = a.selectingColumns(permutation)
    var tau = [Double](repeating: 0, count: min(a.rows, a.columns))
    // Entering with a non-zero jpvt keeps a column in front; on return jpvt holds 1-based column numbers.
    let isLeading = Set(leading)
    var pivots = permutation.map { Int32(isLeading.contains($0) ? 1 : 0) }
    let info = unsafe tw_dgeqp3(
      Int32(a.rows), Int32(a.columns), &packed.elements, a.leadingDimension, &pivots, &tau)
    try check(info, "dgeqp3")
    permutation = pivots.map { permutation[Int($0) - 1] }
    self.packed = packed
    self.tau = tau
  }

  var rows: Int { packed.rows }
  var columns: Int { packed.columns }

  /// Q′B (transpose) or QB for a matrix with as many rows as A.
  func apply(transpose: Bool, to b: Matrix) throws(LinearAlgebraError) -> Matrix {
    precondition(b.rows == rows, "the right-hand side has as many rows as the matrix")
    var c = b
    let info = unsafe tw_dormqr(
      transpose, Int32(b.rows), Int32(b.columns), Int32(tau.count), packed.elements, packed.leadingDimension,
      tau, &c.elements, b.leadingDimension)
    try check(info, "dormqr")
    return c
  }

  /// The first `count` columns of Q.
  func q(columns count: Int) throws(LinearAlgebraError) -> Matrix {
    precondition(count <= min(rows, columns), "a thin Q has at most min(rows, columns) columns")
    var q = Matrix(rows: rows, columns: count, elements: Array(packed.elements[..<(rows * count)]))
    try check(
      unsafe tw_dorgqr(
        Int32(rows), Int32(count), Int32(count), &q.elements, packed.leadingDimension, tau), "dorgqr")
    return q
  }

  /// R₁₁⁻¹ times the first `order` rows of B, where R₁₁ is R's leading triangle of that order.
  func solveTriangle(order: Int, _ b: Matrix) -> Matrix {
    var x = Matrix(rows: order, columns: b.columns)
    for j in 0..<b.columns { for i in 0..<order { x[i, j] = b[i, j] } }
    unsafe tw_dtrsm(
      false, false, Int32(order), Int32(b.columns), packed.elements, packed.leadingDimension, &x.elements,
      x.leadingDimension)
    return x
  }

  /// ‖column j of R‖ = ‖column j of AP‖, the yardstick for its diagonal element.
  func columnNorm(_ j: Int) -> Double {
    norm(packed.elements.span.extracting((j * rows)..<(j * rows + min(j + 1, rows))))
  }

  /// Row sums of squares of the first `count` columns of Q.
  func leverages(_ count: Int) throws(LinearAlgebraError) -> [Double] {
    let q = try q(columns: count)
    var sums = [Double](repeating: 0, count: rows)
    for j in 0..<count {
      for i in 0..<rows { sums[i] += q.elements[i + j * rows] * q.elements[i + j * rows] }
    }
    return sums
  }
}
