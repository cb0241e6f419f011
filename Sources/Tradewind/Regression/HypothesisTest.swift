/// The outcome of a statistical test.
public struct HypothesisTest: Sendable, Equatable {
  /// The value of the test statistic; NaN where the residuals are all zero.
  public let statistic: Double
  /// The degrees of freedom of its law under the null hypothesis; of the numerator for an F.
  public let degreesOfFreedom: Int
  /// The degrees of freedom of the denominator of an F; nil for a chi-square.
  public let denominatorDegreesOfFreedom: Int?
  /// The probability of a statistic at least as large if the null hypothesis were true, 0…1.
  public let pValue: Double
}
