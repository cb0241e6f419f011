import RealModule
import TradewindNumerics

extension RegressionFit {
  /// The least-squares fit of `y` at the observed `rows`; nil where no degree of freedom is left for the
  /// residual.
  init?(
    model: RegressionModel, series: TimeSeries, transform: RegressionTransform, y: [Double], rows: [Int],
    columns: [RegressionColumn], design: RegressionDesign, standardErrors: StandardErrors
  ) throws(LinearAlgebraError) {
    let freedom = rows.count - design.kept.count
    guard freedom > 0 else { return nil }
    let target = rows.map { y[$0] }
    let scaled = try design.qr.solve(target)
    let estimates = zip(scaled, design.scales).map { $0 / $1 }

    var fitted = [Double](repeating: 0, count: y.count)
    for (estimate, j) in zip(estimates, design.kept) {
      for i in fitted.indices { fitted[i] += estimate * columns[j].values[i] }
    }
    let residuals = zip(y, fitted).map { $0 - $1 }
    let observedResiduals = rows.map { residuals[$0] }
    let sum = observedResiduals.reduce(0) { $0 + $1 * $1 }
    let mean = model.intercept ? target.reduce(0, +) / Double(target.count) : 0

    var leverages = [Double](repeating: .nan, count: y.count)
    for (i, leverage) in zip(rows, try design.qr.leverages()) { leverages[i] = leverage }

    let estimator: StandardErrors
    var covariance: Matrix
    switch standardErrors {
    case .classical:
      estimator = .classical
      covariance = (sum / Double(freedom)) * (try design.qr.inverseGram())
    case .neweyWest(let lag, let smallSample):
      let lag = max(lag ?? StandardErrors.automaticLag(observations: rows.count), 0)
      estimator = .neweyWest(lag: lag, smallSample: smallSample)
      let factor = smallSample ? Double(rows.count) / Double(freedom) : 1
      covariance =
        factor
        * (try Self.neweyWestCovariance(design.qr, residuals: observedResiduals, times: rows, lag: lag))
    }
    for j in design.scales.indices {
      for i in design.scales.indices { covariance[i, j] /= design.scales[i] * design.scales[j] }
    }

    let t = StudentT(degreesOfFreedom: Double(freedom))
    coefficients = design.kept.indices.map { k in
      let error = Double.sqrt(covariance[k, k])
      let ratio = estimates[k] / error
      return RegressionCoefficient(
        name: columns[design.kept[k]].name, estimate: estimates[k], standardError: error, tStatistic: ratio,
        pValue: 2 * t.survival(abs(ratio)))
    }
    self.model = model
    observed = series
    self.transform = transform
    self.standardErrors = estimator
    aliased = design.aliased
    self.fitted = fitted
    self.residuals = residuals
    self.leverages = leverages
    sigma = Double.sqrt(sum / Double(freedom))
    residualSumOfSquares = sum
    totalSumOfSquares = target.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    sumOfLogs = transform == .log ? target.reduce(0, +) : nil
    kept = design.kept
    self.covariance = covariance
  }

  /// R⁻¹ M R⁻ᵀ with M = Σ w(l) Σ uₜuₛ(qₜqₛ′ + qₛqₜ′), where s = t − l, q is a row of Q, and l = 0 counts
  /// once.
  private static func neweyWestCovariance(
    _ qr: QRFactorization, residuals: [Double], times: [Int], lag: Int
  ) throws(LinearAlgebraError) -> Matrix {
    let q = try qr.q()
    let k = q.columns
    var scores = q
    for j in 0..<k { for i in times.indices { scores[i, j] *= residuals[i] } }
    var meat = Matrix(rows: k, columns: k)
    // `times` rises, so the partners of t within the lag stand just before it.
    for t in times.indices {
      var s = t
      while s >= 0 && times[t] - times[s] <= lag {
        let weight = 1 - Double(times[t] - times[s]) / (Double(lag) + 1)
        for j in 0..<k {
          for i in 0..<k {
            let product = scores[t, i] * scores[s, j]
            meat[i, j] += s == t ? product : weight * (product + scores[s, i] * scores[t, j])
          }
        }
        s -= 1
      }
    }
    // Q′Q = I, so solving for QB gives R⁻¹B: no inverse is formed.
    let half = try qr.solve(q * meat)
    return try qr.solve(q * half.transposed())
  }
}
