/// How forecasts are made coherent.
///
/// | method | needs | name in hierarchicalforecast |
/// | --- | --- | --- |
/// | ``bottomUp`` | – | `BottomUp` |
/// | ``topDown(_:)`` | a tree; history, or nothing for ``Proportions/forecasts`` | `TopDown` |
/// | ``middleOut(_:_:)`` | the same | `MiddleOut` |
/// | ``ols`` | – | `MinTrace(ols)` |
/// | ``structural`` | – | `MinTrace(wls_struct)` |
/// | ``variances`` | residuals | `MinTrace(wls_var)` |
/// | ``minTShrunk`` | residuals | `MinTrace(mint_shrink)` |
/// | ``minTSample`` | clearly more residuals than sums, which do not nearly add up | `MinTrace(mint_cov)` |
/// | ``empiricalRisk`` | history and fitted values | `ERM(closed)` |
public enum ReconciliationMethod: Sendable, Hashable {
  /// How a sum is split over its parts. Proportions of the past are those of what the bottom nodes add up to, over the periods in which all of
  /// a sum's are known, so that the parts hold all of its forecast whatever was published of it.
  public enum Proportions: String, Sendable, Hashable, CaseIterable {
    /// The mean of each period's proportions.
    case average
    /// The proportions of the means.
    case ofAverages
    /// The proportions of the forecasts themselves, level by level.
    case forecasts
  }

  /// Sums of the bottom nodes' forecasts.
  case bottomUp
  /// The top's forecast, split. References: C. W. Gross and J. E. Sohl (1990), "Disaggregation Methods to Expedite Product Line
  /// Forecasting", Journal of Forecasting 9:233–254, DOI 10.1002/for.3980090304 (methods A and F); G. Athanasopoulos, R. A. Ahmed and R. J.
  /// Hyndman (2009), "Hierarchical Forecasts for Australian Domestic Tourism", International Journal of Forecasting 25:146–166, DOI
  /// 10.1016/j.ijforecast.2008.07.004 (of forecasts).
  case topDown(Proportions)
  /// The forecasts of these nodes: split below them, added up above.
  case middleOut([String], Proportions)
  /// Least squares with the same weight for every node. R. J. Hyndman, R. A. Ahmed, G. Athanasopoulos and H. L. Shang (2011), "Optimal
  /// Combination Forecasts for Hierarchical Time Series", Computational Statistics & Data Analysis 55:2579–2589, DOI 10.1016/j.csda.2011.03.006.
  case ols
  /// Least squares with variances that grow with the number of bottom nodes below.
  case structural
  /// Least squares with the variances of one-step errors.
  case variances
  /// Minimum trace: the covariance of one-step errors, its correlations shrunk.
  case minTShrunk
  /// Minimum trace with the sample covariance; refused where that hardly knows how far forecasts are from adding up
  /// (``ReconciliationError/residualsAddUp(node:)``).
  case minTSample
  /// The linear map that would have served the past best. S. Ben Taieb and B. Koo (2019), "Regularized Regression for Hierarchical
  /// Forecasting Without Unbiasedness Conditions", KDD '19:1337–1347, DOI 10.1145/3292500.3330976 (without their penalty, but
  /// without what fitted values that nearly follow from each other leave open).
  case empiricalRisk

  /// Whether it takes the coherent values that are nearest to the forecasts, so that nodes can be held fixed.
  var isLeastSquares: Bool {
    switch self {
    case .ols, .structural, .variances, .minTShrunk, .minTSample: true
    case .bottomUp, .topDown, .middleOut, .empiricalRisk: false
    }
  }

  /// Whether a matrix of all nodes' covariances, or one as large, is kept.
  var needsAllCovariances: Bool {
    switch self {
    case .minTShrunk, .minTSample, .empiricalRisk: true
    case .bottomUp, .topDown, .middleOut, .ols, .structural, .variances: false
    }
  }
}
