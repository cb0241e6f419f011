/// Tests of several coefficients together, and coefficients that follow from others.
extension RegressionFit {
  /// Whether the terms with several columns, and the calendar's, matter: a chi-square and an F test of each, of all
  /// trading-day terms together, and of the user's own columns of one role together.
  ///
  /// With the covariance that the fit was asked for; the F of ``StandardErrors/neweyWest(lag:smallSample:)`` is
  /// approximate. Empty for a model of single trends, steps and pulses.
  public var groupTests: [CoefficientGroup] { layout.map { coefficientTests.groups(of: $0) } ?? [] }

  /// Coefficients that the terms imply, with their standard errors: Sunday's of six trading days, that of the last
  /// season where seasons sum to zero.
  public var derivedCoefficients: [RegressionCoefficient] {
    layout.map { coefficientTests.derived(of: $0) } ?? []
  }

  /// The same by the place in ``coefficients`` of the last one they follow from.
  package var derivedCoefficientsByPlace: [Int: [RegressionCoefficient]] {
    layout.map { coefficientTests.derivedByPlace(of: $0) } ?? [:]
  }

  private var coefficientTests: CoefficientTests {
    CoefficientTests(
      names: coefficients.map(\.name), estimates: coefficients.map(\.estimate), covariance: covariance,
      kept: kept,
      degreesOfFreedom: degreesOfFreedom, varianceDivisor: degreesOfFreedom)
  }

  /// The terms wrote their columns when the model was fitted, so they do now.
  private var layout: RegressionLayout? {
    let frame = RegressionFrame(
      start: observed.start, count: observed.count, seasonalPeriod: observed.seasonalPeriod)
    return try? RegressionLayout(of: model.terms, in: frame, after: model.intercept ? 1 : 0)
  }
}
