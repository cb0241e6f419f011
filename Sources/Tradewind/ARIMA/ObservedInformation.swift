import RealModule
import TradewindNumerics

/// The covariance of estimated ARMA coefficients: the inverse of minus the second derivatives of the log-likelihood, the
/// regression and the variance concentrated out, at its maximum.
///
/// The differences are taken in the coordinates of the search, where the region is a box, and carried over to the coefficients:
/// at a maximum the gradient is zero, so that only first derivatives of the change of coordinates matter. A coordinate at the
/// region's edge, as a moving-average coefficient of −1 where differences were taken too often, has no such law: it is taken as
/// given, and the errors of the others are those beside it.
struct ObservedInformation {
  /// One row and column a coefficient, φ, θ, Φ, Θ; zero for those held. NaN in the row and column of a coefficient at the region's edge,
  /// and throughout where the log-likelihood has no maximum.
  let covariance: Matrix

  /// - Parameters:
  ///   - parameters: φ, θ, Φ, Θ at the maximum.
  ///   - logLikelihood: At other parameters; nil where it is not defined.
  init(_ parameters: [Double], _ coordinates: ARMACoordinates, _ logLikelihood: ([Double]) -> Double?) {
    let full = parameters.count
    let centre = coordinates.point(of: parameters)
    let undefined = Matrix(rows: full, columns: full, repeating: .nan)
    guard coordinates.count > 0 else {
      covariance = Matrix(rows: full, columns: full)
      return
    }
    let rooms = centre.indices.map { coordinates.bound($0) - abs(centre[$0]) }
    let inside = centre.indices.filter { rooms[$0] > Self.edge }
    let k = inside.count
    guard k > 0 else {
      covariance = undefined
      return
    }
    // ∜ε balances truncation and rounding of second differences; less near the bounds, where the likelihood bends more.
    let steps = inside.map { 1.2e-4 * min(1, rooms[$0]) }
    func value(_ moves: [(Int, Double)]) -> Double {
      var point = centre
      for (i, move) in moves { point[inside[i]] += move }
      return logLikelihood(coordinates.parameters(at: point)) ?? .nan
    }
    let middle = value([])
    var hessian = Matrix(rows: k, columns: k)
    var single: [(above: Double, below: Double)] = []
    for i in 0..<k { single.append((value([(i, steps[i])]), value([(i, -steps[i])]))) }
    for i in 0..<k {
      hessian[i, i] = -(single[i].above + single[i].below - 2 * middle) / (steps[i] * steps[i])
      for j in 0..<i {
        let same = value([(i, steps[i]), (j, steps[j])]) + value([(i, -steps[i]), (j, -steps[j])])
        let cross =
          (same + 2 * middle - single[i].above - single[i].below - single[j].above - single[j].below)
          / (2 * steps[i] * steps[j])
        hessian[i, j] = -cross
        hessian[j, i] = -cross
      }
    }
    // ∂parameters/∂coordinates, column by column.
    var change = Matrix(rows: full, columns: k)
    for j in 0..<k {
      var (above, below) = (centre, centre)
      above[inside[j]] += steps[j]
      below[inside[j]] -= steps[j]
      let (a, b) = (coordinates.parameters(at: above), coordinates.parameters(at: below))
      for i in 0..<full { change[i, j] = (a[i] - b[i]) / (2 * steps[j]) }
    }
    guard let factor = try? CholeskyFactorization(hessian) else {
      covariance = undefined
      return
    }
    // J H⁻¹ J′ = (L⁻¹J′)′(L⁻¹J′).
    var result = factor.solveLower(change.transposed()).gram()
    for i in coordinates.free where (0..<k).allSatisfy({ change[i, $0] == 0 }) {
      for j in 0..<full {
        result[i, j] = .nan
        result[j, i] = .nan
      }
    }
    covariance = result
  }

  /// A partial autocorrelation so near to ±1 is at the region's edge: the search ends at 1 − 10⁻⁷.
  private static let edge = 1e-6
}
