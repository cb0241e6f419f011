/// What the residuals of a model still tell: correlation, season, normality, peaks of the spectrum.
///
/// ```swift
/// let diagnostics = fit.residualDiagnostics
/// print(try diagnostics.ljungBox(lags: 24).pValue, diagnostics.normality.pValue)
/// for lag in diagnostics.correlogram() where lag.isSignificant { print(lag.lag, lag.autocorrelation) }
/// ```
///
/// A residual may be missing (NaN): a product over a gap does not count, and a statistic that needs them all is nil.
/// Residuals that are all equal make correlations NaN.
public struct ResidualDiagnostics: Sendable {
  /// One residual a period, NaN where missing.
  public let residuals: [Double]
  /// The period of the first.
  public let start: Period
  /// How many periods make a season; 1 where there is none.
  public let seasonalPeriod: Int
  /// How many parameters of dynamics were fitted, which tests of correlation take off their degrees of freedom: the
  /// ARMA coefficients; 0 for a regression.
  public let fittedParameters: Int

  /// Residuals of a model with `fittedParameters` parameters of dynamics.
  public init(residuals: [Double], start: Period, seasonalPeriod: Int? = nil, fittedParameters: Int = 0) {
    precondition(fittedParameters >= 0, "There is no negative number of parameters.")
    let season = seasonalPeriod ?? start.unit.periodsPerYear
    precondition(season >= 1, "A season has at least one period.")
    self.residuals = residuals
    self.start = start
    self.seasonalPeriod = season
    self.fittedParameters = fittedParameters
  }

  /// How many residuals are known.
  public var count: Int { residuals.count { !$0.isNaN } }

  /// The residuals that are known.
  var observed: [Double] { residuals.filter { !$0.isNaN } }

  /// The mean of those known.
  public var mean: Double { observed.reduce(0, +) / Double(count) }

  /// The same for their squares: correlation left there means that quiet and restless times alternate.
  ///
  /// As X-13 does, the estimated coefficients are taken off the degrees of freedom of Q. McLeod and Li's law takes off none, so that these p-values
  /// are too small: with two coefficients and 12 lags 10 % of series without such correlation are found at 5 %.
  ///
  /// Reference: A. I. McLeod and W. K. Li (1983), "Diagnostic Checking ARMA Time Series Models Using Squared-Residual
  /// Autocorrelations", Journal of Time Series Analysis 4:269–273.
  public var ofSquares: ResidualDiagnostics {
    ResidualDiagnostics(
      residuals: residuals.map { $0 * $0 }, start: start, seasonalPeriod: seasonalPeriod,
      fittedParameters: fittedParameters)
  }

  /// Σ(e(t) − e(t − 1))² / Σe(t)², 0…4: near 2 without correlation of neighbours, below it with positive
  /// correlation.
  ///
  /// NaN for residuals that are all zero. Differences are taken between observed neighbours only, and their sum is that of n − 1 such
  /// differences, so that gaps do not lower it.
  ///
  /// Reference: J. Durbin and G. S. Watson (1950), "Testing for Serial Correlation in Least Squares
  /// Regression: I", Biometrika 37:409–428, DOI 10.1093/biomet/37.3-4.409.
  public var durbinWatson: Double {
    var sum = 0.0
    var pairs = 0
    for (before, e) in zip(residuals, residuals.dropFirst()) where !before.isNaN && !e.isNaN {
      sum += (e - before) * (e - before)
      pairs += 1
    }
    let share = pairs == 0 ? Double.nan : Double(count - 1) / Double(pairs)
    return share * sum / observed.reduce(0) { $0 + $1 * $1 }
  }
}
