/// What the residuals still tell. Missing residuals are left out: a product over a gap does not count.
extension RegressionFit {
  /// Correlation, season, normality and spectrum of the residuals.
  public var residualDiagnostics: ResidualDiagnostics { diagnostics(fittedParameters: 0) }

  /// Whether residuals are uncorrelated up to a lag, see ``ResidualDiagnostics/ljungBox(lags:)``.
  ///
  /// - Parameters:
  ///   - lags: The highest lag, 1 or more and less than the number of observations.
  ///   - fittedParameters: Parameters of dynamics to take off the degrees of freedom (R's `fitdf`), not below 0; 0
  /// for a
  ///     regression.
  /// - Throws: ``RegressionError/lags(lags:fittedParameters:observations:)``.
  public func ljungBox(lags: Int, fittedParameters: Int = 0) throws(RegressionError) -> HypothesisTest {
    guard fittedParameters >= 0 else {
      throw .lags(lags: lags, fittedParameters: fittedParameters, observations: observationCount)
    }
    return try diagnostics(fittedParameters: fittedParameters).ljungBox(lags: lags)
  }

  /// Correlation of neighbours, see ``ResidualDiagnostics/durbinWatson``.
  public var durbinWatson: Double { residualDiagnostics.durbinWatson }

  /// Whether residuals are normal, see ``ResidualDiagnostics/jarqueBera``.
  public var jarqueBera: HypothesisTest { residualDiagnostics.jarqueBera }

  private func diagnostics(fittedParameters: Int) -> ResidualDiagnostics {
    ResidualDiagnostics(
      residuals: residuals, start: observed.start, seasonalPeriod: observed.seasonalPeriod,
      fittedParameters: fittedParameters)
  }
}
