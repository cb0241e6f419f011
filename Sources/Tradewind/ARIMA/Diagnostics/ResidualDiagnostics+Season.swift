/// Whether a season is left in the residuals.
extension ResidualDiagnostics {
  /// QS: correlation at one and two seasons' distance, as far as it is positive, by a chi-square with 2 degrees of
  /// freedom.
  ///
  /// n(n + 2) (r(s)² / (n − s) + r(2s)² / (n − 2s)), the second part only where r(2s) is positive, and 0 where r(s)
  /// is not; correlations are around zero. nil without a season or where there are not more than two seasons'
  /// residuals.
  ///
  /// Reference: US Census Bureau, X-13ARIMA-SEATS Reference Manual, §7.17 (QS); A. Maravall (2011), "Seasonality
  /// Tests and Automatic Model Identification in TRAMO-SEATS", Bank of Spain.
  public var qs: HypothesisTest? {
    let s = seasonalPeriod
    guard s > 1, count > 2 * s else { return nil }
    let r = autocorrelations(upTo: 2 * s, around: 0)
    let n = Double(count)
    var sum = 0.0
    if r[s - 1] > 0 {
      sum = r[s - 1] * r[s - 1] / (n - Double(s))
      if r[2 * s - 1] > 0 { sum += r[2 * s - 1] * r[2 * s - 1] / (n - Double(2 * s)) }
    }
    return chiSquare(n * (n + 2) * sum, degreesOfFreedom: 2)
  }

  /// Friedman's test by ranks: whether the same seasons are high in the last whole years.
  ///
  /// Over the k whole years that end with the last residual: 12k/(s(s + 1)) Σ (R̄ⱼ − (s + 1)/2)² with R̄ⱼ the mean
  /// rank of season j in its year, chi-square with s − 1 degrees of freedom; equal values share their ranks. nil
  /// without a season, with less than two years, or with a missing residual in them.
  ///
  /// Reference: M. Friedman (1937), "The Use of Ranks to Avoid the Assumption of Normality Implicit in the Analysis
  /// of Variance", JASA 32:675–701.
  public var friedman: HypothesisTest? {
    let s = seasonalPeriod
    let years = residuals.count / max(s, 1)
    guard s > 1, years >= 2 else { return nil }
    let values = Array(residuals.suffix(years * s))
    guard !values.contains(where: \.isNaN) else { return nil }
    var sums = [Double](repeating: 0, count: s)
    for year in 0..<years {
      let own = values[(year * s)..<(year * s + s)]
      for (season, value) in own.enumerated() {
        // 1 for the smallest; those equal share the mean of their ranks.
        let lower = own.count { $0 < value }
        let equal = own.count { $0 == value }
        sums[season] += Double(lower) + Double(equal + 1) / 2
      }
    }
    let middle = Double(s + 1) / 2
    let squares = sums.reduce(0) { $0 + ($1 / Double(years) - middle) * ($1 / Double(years) - middle) }
    let statistic = 12 * Double(years) / (Double(s) * Double(s + 1)) * squares
    return chiSquare(statistic, degreesOfFreedom: s - 1)
  }
}
