import RealModule

/// What an outlier of each kind in each month would be worth: its coefficient over its standard error, given
/// the model.
///
/// The ARMA parameters are held. With V the covariance of the differences, D the differencing and X the
/// regressors, a column o has the t-statistic o′D′V⁻¹r / √(o′D′V⁻¹Do − c′(X′D′V⁻¹DX)⁻¹c), c = X′D′V⁻¹Do,
/// times 1/σ. All outliers are sums of single months, o = Σ hₖ e, so numerators and c are sums over D′V⁻¹r
/// and D′V⁻¹DX (two passes of the filter a column), and the quadratic forms are sums over one matrix, A =
/// D′V⁻¹D, which takes O(n²) operations to write down: no candidate is filtered itself.
struct OutlierScan: Sendable {
  /// Values by kind and month, not yet divided by a scale; NaN where the column adds nothing to the
  /// regressors.
  private(set) var statistics: [Outlier.Kind: [Double]] = [:]
  /// The residuals' scale by their median, med|â|/0.6745.
  let robustScale: Double

  /// - Parameters:
  ///   - values: The transformed series, complete.
  ///   - columns: All regressors, before differencing, the constant among them.
  ///   - parameters: φ, θ, Φ, Θ.
  ///   - rate: What is left of a transient change after one month.
  ///   - buffer: Room for V⁻¹, reused.
  /// - Returns: nil where the model has no covariance or the regressors depend on each other.
  init?(
    values: [Double], columns: [[Double]], order: ARIMAOrder, period: Int, parameters: [Double],
    kinds: Set<Outlier.Kind>, rate: Double, buffer: inout [Double]
  ) {
    let polynomials = ARMAPolynomials(parameters, order: order, period: period)
    let differencing = order.differencing(period: period)
    let n = values.count - differencing.count + 1
    guard n > 1, let inverse = ARMAInverse(polynomials, count: n) else { return nil }
    let adjoint = DifferencingAdjoint(differencing, count: values.count)
    let weighted = columns.map { adjoint.apply(inverse.solve(order.differenced($0, period: period))) }
    let target = adjoint.apply(inverse.solve(order.differenced(values, period: period)))
    let count = columns.count
    var gram = [Double](repeating: 0, count: count * count)
    for i in 0..<count { for j in 0...i { gram[i * count + j] = dot(columns[i], weighted[j]) } }
    guard let factor = SmallCholesky(gram, width: count, count: count) else { return nil }
    let beta = factor.solve((0..<count).map { dot($0 < count ? columns[$0] : [], target) })
    var residual = values
    var score = target
    for (b, (column, image)) in zip(beta, zip(columns, weighted)) {
      for t in residual.indices {
        residual[t] -= b * column[t]
        score[t] -= b * image[t]
      }
    }
    guard let residuals = AdjustmentResiduals(order.differenced(residual, period: period), polynomials) else {
      return nil
    }
    robustScale = medianOfAbsolutes(residuals.tail) / 0.6745
    let forms = OutlierForms(
      inverse, differencing: differencing, count: values.count, rate: rate,
      isSeasonal: kinds.contains(.seasonal),
      period: period, buffer: &buffer)
    for kind in kinds {
      let sums = weighted.map { forms.accumulate($0, kind) }
      let numerators = forms.accumulate(score, kind)
      let squares = forms.squares(kind)
      // A column that differencing leaves nothing of has a square of rounding.
      let least = 1e-12 * (squares.max() ?? 0)
      var result = [Double](repeating: .nan, count: values.count)
      var c = [Double](repeating: 0, count: count)
      for t in values.indices {
        for j in 0..<count { c[j] = sums[j][t] }
        factor.forward(&c)
        var left = squares[t]
        for j in 0..<count { left -= c[j] * c[j] }
        // What the regressors leave of a column they determine is rounding.
        if left > 1e-9 * squares[t], left > least { result[t] = numerators[t] / left.squareRoot() }
      }
      statistics[kind] = result
    }
  }
}

/// D′, from n differences back to all months.
struct DifferencingAdjoint: Sendable {
  let taps: [(lag: Int, weight: Double)]
  let lost: Int
  let count: Int

  init(_ polynomial: [Double], count: Int) {
    taps = polynomial.enumerated().filter { $0.element != 0 }.map { ($0.offset, $0.element) }
    lost = polynomial.count - 1
    self.count = count
  }

  func apply(_ differences: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    for (lag, weight) in taps {
      let offset = lost - lag
      for j in differences.indices { result[j + offset] += weight * differences[j] }
    }
    return result
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for t in 0..<min(a.count, b.count) { sum += a[t] * b[t] }
  return sum
}

/// The median of the absolute values; 0 of none.
func medianOfAbsolutes(_ values: some Collection<Double>) -> Double {
  values.isEmpty ? 0 : median(values.map { abs($0) })
}
