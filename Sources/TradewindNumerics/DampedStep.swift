import TradewindLAPACK

/// The step δ of Levenberg and Marquardt: min ‖[J; √μ·D]δ + [r; 0]‖ over the free coordinates.
///
/// J is reduced to a triangle once per Jacobian; every μ then costs a small QR of 2k rows, k the number of free
/// coordinates. The right-hand side travels as a last column. Buffers are reused from step to step.
struct DampedStep {
  private let rows: Int
  private let columns: Int
  /// [J r] before, R and Q′r after `factorise`; as many rows as J.
  private var reduced: [Double]
  private var stacked: [Double]
  private var tau: [Double]
  private var isFactorised = false

  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    reduced = [Double](repeating: 0, count: rows * (columns + 1))
    stacked = [Double](repeating: 0, count: 2 * columns * (columns + 1))
    tau = [Double](repeating: 0, count: columns + 1)
  }

  /// Takes J (finite), its free columns and r.
  mutating func factorise(_ jacobian: Matrix, _ free: [Int], _ r: [Double]) {
    for (k, j) in free.enumerated() {
      for i in 0..<rows { reduced[i + k * rows] = jacobian.elements[i + j * rows] }
    }
    for i in 0..<rows { reduced[i + free.count * rows] = r[i] }
    // Only a lack of memory for the workspace can make this fail; `solve` then has no step.
    let info = unsafe tw_dgeqrf(Int32(rows), Int32(free.count + 1), &reduced, Int32(max(1, rows)), &tau)
    isFactorised = info == 0
  }

  /// δ for all coordinates, 0 for those that are not free; nil if no finite step exists.
  mutating func solve(_ scales: [Double], _ free: [Int], _ mu: Double) -> [Double]? {
    let k = free.count
    guard isFactorised else { return nil }
    var delta = [Double](repeating: 0, count: columns)
    guard k > 0 else { return delta }
    let top = min(rows, k)
    let height = top + k
    for c in 0...k {
      for i in 0..<top { stacked[i + c * height] = i <= c ? reduced[i + c * rows] : 0 }
      for i in top..<height { stacked[i + c * height] = 0 }
    }
    for (c, j) in free.enumerated() {
      // A column that has always been zero has no scale; any positive one leaves its coordinate where it is.
      stacked[top + c + c * height] = mu.squareRoot() * (scales[j] > 0 ? scales[j] : 1)
    }
    let info = unsafe tw_dgeqrf(Int32(height), Int32(k + 1), &stacked, Int32(height), &tau)
    guard info == 0 else { return nil }
    var solution = (0..<k).map { -stacked[$0 + k * height] }
    unsafe tw_dtrsv(false, false, Int32(k), stacked, Int32(height), &solution)
    guard solution.firstNotFinite == nil else { return nil }
    for (c, j) in free.enumerated() { delta[j] = solution[c] }
    return delta
  }
}
