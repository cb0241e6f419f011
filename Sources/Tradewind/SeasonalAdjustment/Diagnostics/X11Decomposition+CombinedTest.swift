extension X11Decomposition {
  /// The tests of table D8 and what follows from them; nil where nothing is left to test against.
  func combinedTest() -> (
    stable: FTest, moving: FTest, kruskalWallis: ChiSquareTest, identifiable: IdentifiableSeasonality
  )? {
    let (period, ratios) = (observed.seasonalPeriod, extended.seasonalIrregular)
    let phase = observed.season(at: 0) - 1 - observedRange.lowerBound
    let beginning = 0..<observedRange.upperBound
    guard
      let stable = SeasonalityTests.stable(ratios, observedRange, period: period),
      let moving = SeasonalityTests.moving(
        ratios, beginning, period: period, phase: (phase % period + period) % period,
        centre: specification.mode.usesRatios ? 1 : 0)
    else { return nil }
    let ranks = SeasonalityTests.kruskalWallis(ratios, beginning, period: period)
    return (
      stable, moving, ranks,
      SeasonalityTests.identifiable(stable: stable, moving: moving, kruskalWallis: ranks)
    )
  }

  /// Whether the series is seasonal, after a model or without one; nil where the tests are not defined.
  func verdict(after model: FittedARIMA?) -> SeasonalityVerdict? {
    guard let combined = combinedTest()?.identifiable else { return nil }
    let differences = AdjustmentDiagnostics.differences(of: model)
    return SeasonalityVerdict(
      combined: combined, qs: SeasonalityCheck(of: observed, differences: differences).qs)
  }
}
