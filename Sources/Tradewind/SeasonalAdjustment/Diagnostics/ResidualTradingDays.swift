import RealModule

/// Whether weekdays are left in a series: the F test of six contrasts against Sunday.
///
/// Values less their mean, on the numbers of Mondays … Saturdays less that of Sundays, without a constant: 6 and n − 6 degrees of
/// freedom. Where the values are differenced, the contrasts are too. X-13 judges by the spectrum and, for the irregular, by AICc
/// of a regression; JDemetra+ has this test (its figures for a model's residuals are ours).
public enum ResidualTradingDays {
  /// Tests a series of months or quarters.
  ///
  /// - Parameters:
  ///   - values: One value a period: logarithms where effects are factors.
  ///   - start: The period of the first.
  ///   - differences: How many times values and contrasts are differenced, 0 or more.
  /// - Returns: nil for years, for fewer than eight differenced values, where one is missing, or where they do not vary.
  public static func test(_ values: [Double], start: Period, differences: Int = 0) -> HypothesisTest? {
    precondition(differences >= 0, "a series is differenced no negative number of times")
    guard start.unit != .year, values.count >= differences + 8 else { return nil }
    let frame = RegressionFrame(
      start: start, count: values.count, seasonalPeriod: start.unit.periodsPerYear)
    var y = SeasonalityCheck.differenced(values, differences)
    let mean = y.reduce(0, +) / Double(y.count)
    for i in y.indices { y[i] -= mean }
    let contrasts = TradingDays(.six).columns(in: frame).map {
      SeasonalityCheck.differenced($0.values, differences)
    }
    return LinearRestriction.test(y, tested: contrasts, others: [])
  }
}
