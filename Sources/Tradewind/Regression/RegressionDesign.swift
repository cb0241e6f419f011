import RealModule
import TradewindNumerics

/// The estimable columns of a regression, factorised.
///
/// Columns are first divided by their norms, so that units do not matter, and then taken in order: one whose
/// part outside of the span of those before is shorter than ``tolerance`` of its length is aliased and left
/// out. (R's `lm` has the same rule and the same 10⁻⁷.)
struct RegressionDesign: Sendable {
  static let tolerance = 1e-7

  /// Which columns are estimated, by their number in the model.
  let kept: [Int]
  let aliased: [AliasedTerm]
  /// The norms of the kept columns over the observed periods.
  let scales: [Double]
  /// The QR of the kept columns divided by their norms.
  let qr: QRFactorization

  /// `rows` are the observed periods; all values there are finite.
  init(_ columns: [RegressionColumn], rows: [Int]) throws(LinearAlgebraError) {
    var candidates: [Int] = []
    var norms: [Double] = []
    var scaled: [[Double]] = []
    var aliased: [AliasedTerm] = []
    for (j, column) in columns.enumerated() {
      let values = rows.map { column.values[$0] }
      // In two steps, so that squares neither overflow nor vanish.
      let largest = values.reduce(0) { max($0, abs($1)) }
      let norm = largest * Double.sqrt(values.reduce(0) { $0 + ($1 / largest) * ($1 / largest) })
      guard largest > 0 else {
        aliased.append(AliasedTerm(name: column.name, combination: [], weights: []))
        continue
      }
      candidates.append(j)
      norms.append(norm)
      scaled.append(values.map { $0 / norm })
    }
    // Each round finds the first dependent column, expresses it by those before, and drops it.
    var order = Array(candidates.indices)
    var qr = try QRFactorization(Self.matrix(scaled, order, rows: rows.count))
    while let position = Self.firstDependent(qr) {
      let dropped = order[position]
      let before = Array(order[..<position])
      let weights = try QRFactorization(Self.matrix(scaled, before, rows: rows.count)).solve(scaled[dropped])
      let parts = zip(before, weights).filter { abs($1) > Self.tolerance }
      aliased.append(
        AliasedTerm(
          name: columns[candidates[dropped]].name, combination: parts.map { columns[candidates[$0.0]].name },
          weights: parts.map { $0.1 * (norms[dropped] / norms[$0.0]) }))
      order.remove(at: position)
      qr = try QRFactorization(Self.matrix(scaled, order, rows: rows.count))
    }
    kept = order.map { candidates[$0] }
    scales = order.map { norms[$0] }
    self.aliased = aliased
    self.qr = qr
  }

  private static func matrix(_ columns: [[Double]], _ order: [Int], rows: Int) -> Matrix {
    Matrix(rows: rows, columns: order.count, elements: order.flatMap { columns[$0] })
  }

  /// The columns have length 1, so that the diagonal of R is what each adds to the span of those before.
  private static func firstDependent(_ qr: QRFactorization) -> Int? {
    let r = qr.r
    return (0..<qr.columns).first { $0 >= qr.rows || abs(r[$0, $0]) < tolerance }
  }
}
