/// The covariance of the state of a stationary ARMA process before anything was observed, in units of the innovations'
/// variance.
///
/// The state is Harvey's: s₁ = wₜ and, for i > 1, what of wₜ₊ᵢ₋₁ is known from φ and θ at time t,
/// sᵢ = Σⱼ φⱼ wₜ₊ᵢ₋₁₋ⱼ (j = i…r) + Σⱼ θⱼ aₜ₊ᵢ₋₁₋ⱼ (j = i − 1…r − 1), θ₀ = 1 (Harvey 1989, *Forecasting, Structural Time
/// Series Models and the Kalman Filter*, §3.3). Its first row comes from the autocovariances, the others from
/// P = TPT′ + RR′ read from the last row upwards: no linear system is solved.
struct StateSpaceARMACovariance {
  /// φ₁…φᵣ and θ₀…θᵣ₋₁ with zeros behind.
  private(set) var ar: [Double]
  private(set) var ma: [Double]
  let order: Int
  private var arOrder = 0
  private var stepDown: [Double]
  private var variances: [Double]
  private var autocovariances: [Double]
  private var psi: [Double]
  private var products: [Double]

  /// Buffers for up to `order` = max(p, q + 1) coefficients.
  init(order: Int) {
    self.order = order
    ar = [Double](repeating: 0, count: order)
    ma = ar
    stepDown = [Double](repeating: 0, count: order * order)
    variances = [Double](repeating: 0, count: order + 1)
    autocovariances = [Double](repeating: 0, count: 2 * order + 1)
    psi = ar
    products = ar
  }

  /// Takes the expanded polynomials 1 − φ₁B − … and 1 + θ₁B + …, and writes the covariance's lower triangle.
  ///
  /// - Returns: Whether the process is stationary; if not, nothing is written.
  mutating func write(
    ar phi: Span<Double>, ma theta: Span<Double>, to covariance: inout [Double], rowLength: Int
  ) -> Bool {
    precondition(phi.count <= order && theta.count < order, "a state has max(p, q + 1) elements")
    for i in 0..<order {
      ar[i] = i < phi.count ? phi[i] : 0
      ma[i] = i == 0 ? 1 : (i <= theta.count ? theta[i - 1] : 0)
    }
    arOrder = phi.count
    while arOrder > 0, ar[arOrder - 1] == 0 { arOrder -= 1 }
    guard computeAutocovariances() else { return false }
    writeFirstColumn(to: &covariance, rowLength: rowLength)
    let r = order
    // P(i, j) = P(i+1, j+1) + φᵢ P(1, j+1) + φⱼ P(i+1, 1) + φᵢ φⱼ P(1, 1) + θᵢ₋₁ θⱼ₋₁, with nothing beyond r.
    let top = covariance[0]
    for i in stride(from: r - 1, through: 1, by: -1) {
      let below = i + 1 < r ? covariance[(i + 1) * rowLength] : 0
      for j in 1...i {
        let right = j + 1 < r ? covariance[(j + 1) * rowLength] : 0
        let corner = i + 1 < r ? covariance[(i + 1) * rowLength + j + 1] : 0
        covariance[i * rowLength + j] =
          corner + ar[i] * right + ar[j] * below + ar[i] * ar[j] * top + ma[i] * ma[j]
      }
    }
    return true
  }

  /// P(i, 1) = Cov(sᵢ, wₜ) = Σⱼ φⱼ γ(j − i + 1) + Σⱼ θⱼ ψ(j − i + 1).
  private func writeFirstColumn(to covariance: inout [Double], rowLength: Int) {
    covariance[0] = autocovariances[0]
    for i in 1..<max(order, 1) {
      var sum = 0.0
      for j in i..<order {
        // φ with the number j + 1 multiplies wₜ of i − j − 1 periods before; θ with the number j the innovation there.
        sum += ar[j] * autocovariances[j + 1 - i] + ma[j] * psi[j - i]
      }
      covariance[i * rowLength] = sum
    }
  }

  /// γ(0)…γ(r) of the process and ψ₀…ψᵣ₋₁.
  ///
  /// The autoregression alone has its autocovariances from its partial ones (Levinson's recursion down and up; Monahan
  /// 1984, "A note on enforcing stationarity in autoregressive-moving average models", *Biometrika* 71, 403–404,
  /// doi:10.1093/biomet/71.2.403); γ = Σ cₘ γ_AR(h − m), with c the autocovariances of θ(B).
  private mutating func computeAutocovariances() -> Bool {
    let r = order
    let p = arOrder
    for i in 0..<r {
      var value = ma[i]
      for j in 0..<min(i, p) { value += ar[j] * psi[i - 1 - j] }
      psi[i] = value
    }
    for m in 0..<r {
      var sum = 0.0
      for j in 0..<(r - m) { sum += ma[j] * ma[j + m] }
      products[m] = sum
    }
    guard p > 0 else {
      for h in 0..<r { autocovariances[h] = products[h] }
      autocovariances[r] = 0
      return true
    }
    guard computeAutoregressiveCovariances() else { return false }
    for i in 0...r {
      var sum = products[0] * autocovariances[i]
      for m in 1..<max(r, 1) {
        sum += products[m] * (autocovariances[i + m] + autocovariances[abs(i - m)])
      }
      variances[i] = sum
    }
    for i in 0...r { autocovariances[i] = variances[i] }
    return autocovariances[0].isFinite
  }

  /// γ_AR(0)…γ_AR(2r), into the autocovariances.
  private mutating func computeAutoregressiveCovariances() -> Bool {
    let (r, p) = (order, arOrder)
    // Row m − 1 holds the coefficients of order m.
    for j in 0..<p { stepDown[(p - 1) * r + j] = ar[j] }
    var product = 1.0
    for m in stride(from: p, through: 1, by: -1) {
      let partial = stepDown[(m - 1) * r + m - 1]
      let rest = 1 - partial * partial
      guard rest > 0 else { return false }
      product *= rest
      for j in 0..<(m - 1) {
        let (a, b) = (stepDown[(m - 1) * r + j], stepDown[(m - 1) * r + m - 2 - j])
        stepDown[(m - 2) * r + j] = (a + partial * b) / rest
      }
    }
    var variance = 1 / product
    autocovariances[0] = variance
    for m in 1...p {
      let partial = stepDown[(m - 1) * r + m - 1]
      var value = partial * variance
      for j in 0..<(m - 1) { value += stepDown[(m - 2) * r + j] * autocovariances[m - 1 - j] }
      autocovariances[m] = value
      variance *= 1 - partial * partial
    }
    for h in (p + 1)..<max(2 * r + 1, p + 1) {
      var value = 0.0
      for j in 0..<p { value += ar[j] * autocovariances[h - 1 - j] }
      autocovariances[h] = value
    }
    return true
  }
}
