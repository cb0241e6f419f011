import RealModule
import TradewindNumerics

extension UnitRootTest {
  /// The strength of the season in an STL decomposition: above 0.64 a seasonal difference is taken.
  ///
  /// The decomposition's seasonal window is 11 years, as that of R's `mstl`; the threshold is that of R's `nsdiffs`,
  /// chosen there for the accuracy of forecasts of the M3 competition. It is no test in the statistical sense.
  ///
  /// - Returns: nil where the series has no season, or not more than two seasons of values.
  public static func seasonalStrength(_ series: TimeSeries, threshold: Double = 0.64) -> UnitRootTest? {
    let period = series.seasonalPeriod
    guard period > 1, series.count > 2 * period, let values = filled(series.values) else { return nil }
    let whole = TimeSeries(values, start: series.start, seasonalPeriod: period)
    guard let parts = try? STL(seasonalWindow: .length(11)).decompose(whole) else { return nil }
    let strength = parts.seasonalStrength
    return UnitRootTest(
      .seasonalStrength, statistic: strength, criticalValue: threshold, significance: nil, lags: 0,
      asksForDifference: strength > threshold)
  }

  /// The test of Osborn, Chui, Smith and Birchenhall, whose null hypothesis is that a seasonal difference is needed.
  ///
  /// With λ(B) an autoregression of ΔΔₘy, the test is the t-value of β₂ in the regression of ΔΔₘyₜ on its lags, λ(B)Δₘyₜ₋₁
  /// and λ(B)Δyₜ₋ₘ. The critical value at 5 % is the curve that R's forecast package fits to simulations over periods m,
  /// −1.652 − 0.294 exp(−0.285 x − 0.0598 x²) with x = log m − 0.766.
  ///
  /// - Parameters:
  ///   - series: The series, long enough for a regression with residuals.
  ///   - maximumLag: How many lags λ may have. R fits autoregressions of 1…`maximumLag` lags, finds the best by AIC, and
  ///     takes one lag less than that, which is followed here; 0 for no lags.
  public static func ocsb(_ series: TimeSeries, maximumLag: Int = 3) -> UnitRootTest? {
    precondition(maximumLag >= 0, "A regression has no negative number of lags.")
    let period = series.seasonalPeriod
    guard period > 1, let values = filled(series.values), values.count > period + 2 else { return nil }
    let scale = values.reduce(0) { max($0, abs($1)) }
    guard scale > 0 else { return nil }
    let problem = OCSBRegression(values.map { $0 / scale }, period: period)
    var lags = 0
    if maximumLag > 0 {
      var least = Double.infinity
      for candidate in 1...maximumLag {
        guard let fit = problem.fit(lags: candidate, skipping: maximumLag) else { return nil }
        let n = Double(fit.residuals.count)
        let aic = n * Double.log(fit.sumOfSquares / n) + 2 * Double(candidate + 2)
        if aic < least { (least, lags) = (aic, candidate - 1) }
      }
    }
    guard let fit = problem.fit(lags: lags, skipping: lags), let statistic = fit.tValue(lags + 1) else {
      return nil
    }
    let x = Double.log(Double(period)) - 0.7656451
    let critical = -1.652202 - 0.2937411 * Double.exp(-0.2850853 * x - 0.05983644 * x * x)
    return UnitRootTest(
      .ocsb, statistic: statistic, criticalValue: critical, significance: 0.05, lags: lags,
      asksForDifference: statistic > critical)
  }

  /// The test of Canova and Hansen, whose null hypothesis is that the seasonal pattern does not change, so that no
  /// seasonal difference is needed.
  ///
  /// The residuals of a regression on sines and cosines of all seasonal frequencies, times these, make partial sums F; the
  /// statistic is n⁻² Σ F′ₜ Ω⁻¹ Fₜ, jointly over all frequencies, with Ω the long-run covariance by Bartlett's weights.
  /// Under the null hypothesis its limit is Σₖ χ²₍ₘ₋₁₎ / (πk)².
  ///
  /// - Parameters:
  ///   - series: The series, of at least two seasons; not longer a season than 60 periods (nil beyond), for the covariance
  ///     has its square.
  ///   - lags: Autocovariances, at least 0; nil for m (n/100)^¼, rounded.
  ///   - significance: In 0…1, exclusive (a precondition).
  public static func canovaHansen(
    _ series: TimeSeries, lags: Int? = nil, significance: Double = 0.05
  ) -> UnitRootTest? {
    precondition(significance > 0 && significance < 1, "A significance lies between 0 and 1.")
    let period = series.seasonalPeriod
    guard (2...60).contains(period), series.count >= 2 * period, let values = filled(series.values) else {
      return nil
    }
    let n = values.count
    let waves = (1..<period).map { j -> [Double] in
      (1...n).map { t in
        // Angles are reduced before the cosine is taken, so that a long series has the same waves.
        let turn = 2 * Double.pi * Double(((j + 1) / 2 * t) % period) / Double(period)
        return j % 2 == 1 ? Double.cos(turn) : Double.sin(turn)
      }
    }
    guard let fit = OrdinaryLeastSquares(columns: [[Double](repeating: 1, count: n)] + waves, values) else {
      return nil
    }
    let products = waves.map { wave in zip(wave, fit.residuals).map { $0 * $1 } }
    let lags = min(
      max(lags ?? Int((Double(period) * Double.pow(Double(n) / 100, 0.25)).rounded()), 0), n - 1)
    guard let factor = try? CholeskyFactorization(longRunCovariance(products, lags: lags)) else { return nil }
    let sums = partialSums(products)
    let scores = factor.solve(sums)
    let statistic = zip(scores.elements, sums.elements).reduce(0) { $0 + $1.0 * $1.1 } / Double(n * n)
    guard statistic.isFinite else { return nil }
    let critical = VonMisesLimit(degrees: period - 1).upperQuantile(significance)
    return UnitRootTest(
      .canovaHansen, statistic: statistic, criticalValue: critical, significance: significance, lags: lags,
      asksForDifference: statistic > critical)
  }

  /// Gaps on straight lines between their neighbours, those at the ends level; nil if nothing is observed or nothing varies.
  static func filled(_ values: [Double]) -> [Double]? {
    var result = values
    var last: Int?
    for i in values.indices where !values[i].isNaN {
      if let last, last + 1 < i {
        for j in (last + 1)..<i {
          let share = Double(j - last) / Double(i - last)
          result[j] = values[last] + share * (values[i] - values[last])
        }
      } else if last == nil {
        for j in 0..<i { result[j] = values[i] }
      }
      last = i
    }
    guard let last else { return nil }
    for j in (last + 1)..<max(values.count, last + 1) { result[j] = values[last] }
    return result.contains { $0 != result[0] } ? result : nil
  }

  /// One column a time, one row a wave.
  private static func partialSums(_ products: [[Double]]) -> Matrix {
    var result = Matrix(rows: products.count, columns: products.first?.count ?? 0)
    for (i, product) in products.enumerated() {
      var sum = 0.0
      for (t, value) in product.enumerated() {
        sum += value
        result[i, t] = sum
      }
    }
    return result
  }

  private static func longRunCovariance(_ products: [[Double]], lags: Int) -> Matrix {
    let (p, n) = (products.count, products.first?.count ?? 0)
    var result = Matrix(rows: p, columns: p)
    for i in 0..<p {
      for j in 0..<p {
        var total = 0.0
        for k in 0...lags {
          var sum = 0.0
          for t in k..<n { sum += products[i][t] * products[j][t - k] }
          if k > 0 { for t in k..<n { sum += products[j][t] * products[i][t - k] } }
          total += (1 - Double(k) / Double(lags + 1)) * sum
        }
        result[i, j] = total / Double(n)
      }
    }
    return result
  }
}

/// The regressions of the OCSB test.
private struct OCSBRegression {
  let y: [Double]
  let period: Int

  init(_ y: [Double], period: Int) {
    self.y = y
    self.period = period
  }

  private func seasonal(_ t: Int) -> Double { y[t] - y[t - period] }
  private func ordinary(_ t: Int) -> Double { y[t] - y[t - 1] }
  private func both(_ t: Int) -> Double { seasonal(t) - seasonal(t - 1) }

  /// The test's regression with λ of `lags` lags, on the months after `skipping` of those it could begin with: the lags'
  /// columns, then the two levels.
  func fit(lags: Int, skipping: Int) -> OrdinaryLeastSquares? {
    let first = period + 1 + max(skipping, lags)
    guard first < y.count else { return nil }
    let rows = first..<y.count
    let response = rows.map(both)
    let lagged = (0..<lags).map { k in rows.map { both($0 - k - 1) } }
    var lambda: [Double] = []
    if lags > 0 {
      guard let autoregression = OrdinaryLeastSquares(columns: lagged, response) else { return nil }
      lambda = autoregression.coefficients
    }
    func filtered(_ difference: (Int) -> Double, _ t: Int) -> Double {
      lambda.enumerated().reduce(difference(t)) { $0 - $1.element * difference(t - $1.offset - 1) }
    }
    let level = rows.map { filtered(seasonal, $0 - 1) }
    let season = rows.map { filtered(ordinary, $0 - period) }
    return OrdinaryLeastSquares(columns: lagged + [level, season], response)
  }
}
