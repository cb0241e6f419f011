/// What residuals and groups of coefficients say about a fitted model.
extension FittedARIMA {
  /// Correlation, season, normality and spectrum of the innovations, with the estimated ARMA coefficients taken off
  /// the degrees of freedom.
  ///
  /// The innovations are those of the exact likelihood, one for each differenced value. (X-13 checks residuals that
  /// also hold estimates of the innovations before the first value, so its figures for the same model differ a little.)
  public var residualDiagnostics: ResidualDiagnostics {
    let values = problem.values
    var residuals = [Double](repeating: .nan, count: values.count)
    // Differencing costs the first known values; where months are missing, the others keep their places.
    var rest = standardizedResiduals[...]
    for t in values.indices.reversed() {
      let isKnown = !values[t].isNaN || problem.combined.contains { $0.range.upperBound == t }
      if isKnown, let last = rest.popLast() { residuals[t] = last }
    }
    let first = residuals.firstIndex { !$0.isNaN } ?? residuals.count
    return ResidualDiagnostics(
      residuals: Array(residuals[first...]), start: series.period(at: first),
      seasonalPeriod: series.seasonalPeriod, fittedParameters: problem.freeParameters.count)
  }

  /// Whether the terms with several columns, and the calendar's, matter: a chi-square and an F test of each, of all
  /// trading-day terms together, and of the user's own columns of one role together, with the ARMA coefficients
  /// taken as known. X-13's tests.
  public var groupTests: [CoefficientGroup] { layout.map { coefficientTests.groups(of: $0) } ?? [] }

  /// Coefficients that the terms imply, with their standard errors: Sunday's of six trading days, that of the last
  /// season where seasons sum to zero.
  public var derivedCoefficients: [RegressionCoefficient] {
    layout.map { coefficientTests.derived(of: $0) } ?? []
  }

  /// The same by the place in ``regression`` of the last coefficient they follow from.
  package var derivedCoefficientsByPlace: [Int: [RegressionCoefficient]] {
    layout.map { coefficientTests.derivedByPlace(of: $0) } ?? [:]
  }

  private var coefficientTests: CoefficientTests {
    let n = estimate.effectiveObservations
    let isLikelihood = model.uncertainty.variance == .maximumLikelihood
    // X-13 counts the regression coefficients only.
    let freedom = max(1, n - estimate.beta.count)
    return CoefficientTests(
      names: regression.map(\.name), estimates: estimate.beta, covariance: regressionCovariance,
      kept: Array(estimate.beta.indices), degreesOfFreedom: freedom,
      varianceDivisor: isLikelihood ? n : degreesOfFreedom)
  }

  /// The terms wrote their columns when the model was fitted, so they do now.
  private var layout: RegressionLayout? {
    let frame = RegressionFrame(
      start: series.start, count: problem.values.count, seasonalPeriod: series.seasonalPeriod)
    return try? RegressionLayout(of: model.regressors, in: frame, after: problem.hasConstant ? 1 : 0)
  }
}
