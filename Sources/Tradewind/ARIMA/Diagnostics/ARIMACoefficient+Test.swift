import TradewindNumerics

extension ARIMACoefficient {
  /// estimate / standard error; infinite or NaN for a coefficient that was held.
  public var tStatistic: Double { estimate / standardError }

  /// The probability of a t at least as far from zero if the coefficient were zero, by the normal law, which it has
  /// in long series; NaN for a coefficient that was held.
  public var pValue: Double {
    isHeld ? .nan : 2 * NormalDistribution.standard.survival(abs(tStatistic))
  }
}
