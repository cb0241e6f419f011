import RealModule
import TradewindNumerics

/// Where searches begin.
extension RegARIMAObjective {
  /// Points to begin from, the most promising first, with their sums of squares: those given, a usual one, zero, the centres of priors, the estimate of
  /// Hannan and Rissanen, and points spread over the middle of the region.
  mutating func starts(hints: [[Double]] = []) -> [(point: [Double], value: Double)] {
    let k = coordinates.count
    guard k > 0 else { return [([], 0)] }
    subtract(leastSquares())
    var points = hints + [usual, [Double](repeating: 0, count: k)]
    // Far from narrow priors the sum of squares is beyond all bounds.
    if !penalty.isEmpty { points.append(coordinates.inside(penalty.centred(usual))) }
    if let guess = hannanRissanen() { points.append(coordinates.point(of: guess)) }
    // Surfaces with AR and MA parts have several optima; eight points cost no more than one.
    let total = isMixed ? 24 : Lanes.scalarCount
    points += spread(total - points.count)
    let found = values(at: points)
    return zip(points, found).map { (point: $0, value: $1) }.filter { $0.value.isFinite }
      .sorted { $0.value < $1.value }
  }

  /// Whether autoregressive and moving-average coefficients can cancel.
  var isMixed: Bool {
    let order = problem.problem.order
    return (order.p > 0 && order.q > 0) || (order.seasonalP > 0 && order.seasonalQ > 0)
  }

  /// Coefficients as many series have them: moderate persistence, corrections of about half.
  private var usual: [Double] {
    let order = problem.problem.order
    var parameters = [Double](repeating: 0, count: order.coefficientCount)
    for (j, coefficient) in order.coefficients.enumerated() where coefficient.lag == 1 {
      parameters[j] = coefficient.kind == .ar || coefficient.kind == .seasonalAR ? 0.3 : -0.5
    }
    return coordinates.point(of: parameters)
  }

  /// The points of an additive recurrence with the generalised golden ratio, which fill a cube evenly, in −0.8…0.8 each.
  private func spread(_ count: Int) -> [[Double]] {
    let k = coordinates.count
    // The root of x^(k + 1) = x + 1.
    var ratio = 1.5
    for _ in 0..<20 { ratio = Double.pow(1 + ratio, 1 / Double(k + 1)) }
    return (0..<max(0, count)).map { index in
      var step = 1.0
      return (0..<k).map { _ in
        step /= ratio
        let place = 0.5 + step * Double(index + 1)
        return 1.6 * (place - place.rounded(.down)) - 0.8
      }
    }
  }

  /// The regression coefficients of plain least squares.
  private func leastSquares() -> [Double] {
    let r = problem.columnCount
    guard r > 0 else { return [] }
    let x = Matrix(rows: problem.series.count, columns: r, elements: problem.design)
    guard let qr = try? QRFactorization(x), let beta = try? qr.solve(problem.series) else {
      return [Double](repeating: 0, count: r)
    }
    return beta
  }

  /// The parameters by two regressions: innovations from a long autoregression, then the series on its own and the
  /// innovations' lags. Hannan, E. J. and Rissanen, J. (1982), *Biometrika* 69, 81–94, doi:10.1093/biomet/69.1.81. Products of seasonal and
  /// other coefficients are left out of the second regression.
  private func hannanRissanen() -> [Double]? {
    let source = problem.problem
    let order = source.order
    let y = series
    let n = y.count
    let lags = order.coefficients.map {
      ($0.kind == .seasonalAR || $0.kind == .seasonalMA ? source.period : 1) * $0.lag
    }
    let reach = lags.max() ?? 0
    let long = min(reach + source.period, n / 3)
    guard long >= 1, n - long - reach > 2 * lags.count + 2 else { return nil }
    let autoregression = Self.longAutoregression(y, order: long)
    var innovations = [Double](repeating: 0, count: n)
    for t in long..<n {
      var value = y[t]
      for j in 0..<long { value -= autoregression[j] * y[t - 1 - j] }
      innovations[t] = value
    }
    let rows = (long + reach)..<n
    let free = coordinates.free
    var columns: [[Double]] = []
    var target = rows.map { y[$0] }
    for (j, coefficient) in order.coefficients.enumerated() {
      let isMoving = coefficient.kind == .ma || coefficient.kind == .seasonalMA
      let column = rows.map { (isMoving ? innovations : y)[$0 - lags[j]] }
      if let value = source.constraints.fixed[coefficient] {
        for t in target.indices { target[t] -= value * column[t] }
      } else {
        columns.append(column)
      }
    }
    guard let qr = try? QRFactorization(Matrix(columns: columns)), let solution = try? qr.solve(target) else {
      return nil
    }
    var parameters = [Double](repeating: 0, count: order.coefficientCount)
    for (i, j) in free.enumerated() { parameters[j] = solution[i] }
    return parameters
  }

  /// The coefficients of an autoregression by the Durbin–Levinson recursion on sample autocovariances.
  private static func longAutoregression(_ y: [Double], order: Int) -> [Double] {
    let n = y.count
    let covariances = (0...order).map { lag -> Double in
      var sum = 0.0
      for t in lag..<n { sum += y[t] * y[t - lag] }
      return sum
    }
    var phi: [Double] = []
    var variance = covariances[0]
    for k in 1...order where variance > 0 {
      var reflection = covariances[k]
      for j in phi.indices { reflection -= phi[j] * covariances[k - 1 - j] }
      reflection /= variance
      phi = phi.indices.map { phi[$0] - reflection * phi[phi.count - 1 - $0] } + [reflection]
      variance *= 1 - reflection * reflection
    }
    return phi + [Double](repeating: 0, count: order - phi.count)
  }
}
