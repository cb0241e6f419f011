/// The polynomials of a seasonal ARMA model, multiplied out.
///
/// A parameter vector is [φ…, θ…, Φ…, Θ…] in the order of ``ARIMAOrder``.
struct ARMAPolynomials: Sendable, Equatable {
  /// φ*ⱼ, j = 1 …, of 1 − φ*₁B − φ*₂B² − …
  var ar: [Double]
  /// θ*ⱼ, j = 1 …, of 1 + θ*₁B + θ*₂B² + …
  var ma: [Double]

  init(ar: [Double], ma: [Double]) {
    self.ar = ar
    self.ma = ma
  }

  init(_ parameters: [Double], order: ARIMAOrder, period: Int) {
    let (p, q, sp, sq) = (order.p, order.q, order.seasonalP, order.seasonalQ)
    ar = [Double](repeating: 0, count: p + sp * period)
    ma = [Double](repeating: 0, count: q + sq * period)
    set(parameters, order: order, period: period)
  }

  /// The same for other parameters of the same order, in place.
  mutating func set(_ parameters: [Double], order: ARIMAOrder, period: Int) {
    let (p, q, sp, sq) = (order.p, order.q, order.seasonalP, order.seasonalQ)
    precondition(parameters.count == p + q + sp + sq, "there is one parameter a coefficient")
    for i in ar.indices { ar[i] = 0 }
    for i in ma.indices { ma[i] = 0 }
    for i in 0..<p { ar[i] += parameters[i] }
    for j in 0..<sp {
      let seasonal = parameters[p + q + j]
      ar[(j + 1) * period - 1] += seasonal
      for i in 0..<p { ar[(j + 1) * period + i] -= seasonal * parameters[i] }
    }
    for i in 0..<q { ma[i] += parameters[p + i] }
    for j in 0..<sq {
      let seasonal = parameters[p + q + sp + j]
      ma[(j + 1) * period - 1] += seasonal
      for i in 0..<q { ma[(j + 1) * period + i] += seasonal * parameters[p + i] }
    }
  }

  /// ψ₀ … ψ(count − 1) of θ*(B)/(φ*(B)·∇), where ∇ is the differencing polynomial 1 + δ₁B + …: the weights of past
  /// innovations in a value.
  func psiWeights(_ count: Int, differencing: [Double] = [1]) -> [Double] {
    let full = multiply([1] + ar.map { -$0 }, differencing)
    var psi = [Double](repeating: 0, count: count)
    for j in 0..<count {
      var value = j == 0 ? 1 : j <= ma.count ? ma[j - 1] : 0
      for i in 1..<max(1, min(full.count, j + 1)) { value -= full[i] * psi[j - i] }
      psi[j] = value
    }
    return psi
  }
}

/// The product of two polynomials, from the constant term upwards.
func multiply(_ a: [Double], _ b: [Double]) -> [Double] {
  var product = [Double](repeating: 0, count: a.count + b.count - 1)
  for i in a.indices { for j in b.indices { product[i + j] += a[i] * b[j] } }
  return product
}

extension ARIMAOrder {
  /// (1 − B)ᵈ (1 − Bˢ)ᴰ, from the constant term upwards.
  func differencing(period: Int) -> [Double] {
    var result = [1.0]
    for _ in 0..<d { result = multiply(result, [1, -1]) }
    for _ in 0..<seasonalD {
      result = multiply(result, [1] + [Double](repeating: 0, count: period - 1) + [-1])
    }
    return result
  }

  /// The differences of a column; ``lostObservations(period:)`` values shorter, empty if it is not longer than that.
  func differenced(_ values: [Double], period: Int) -> [Double] {
    var result = values
    for (times, lag) in [(d, 1), (seasonalD, period)] {
      for _ in 0..<times {
        guard result.count > lag else { return [] }
        for t in lag..<result.count { result[t - lag] = result[t] - result[t - lag] }
        result.removeLast(lag)
      }
    }
    return result
  }

  /// The column whose differences are all 1, with zeros before: the regressor of a model's constant.
  ///
  /// It is X-13's `const`, and up to a factor and terms that differencing removes R's drift: a column 1, 2, … has the differences 1
  /// (d = 1) or s (D = 1). Without differences it is 1 throughout, the mean.
  func constantColumn(count: Int, period: Int) -> [Double] {
    let polynomial = differencing(period: period)
    let lost = polynomial.count - 1
    var column = [Double](repeating: 0, count: count)
    for t in 0..<count where t >= lost {
      var value = 1.0
      for j in 1..<max(1, polynomial.count) { value -= polynomial[j] * column[t - j] }
      column[t] = value
    }
    return column
  }
}
