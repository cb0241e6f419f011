/// How the errors of months, quarters and years are weighed against each other.
///
/// References: G. Athanasopoulos, R. J. Hyndman, N. Kourentzes and F. Petropoulos (2017), "Forecasting with Temporal Hierarchies", European
/// Journal of Operational Research 262:60–74, DOI 10.1016/j.ejor.2017.02.046, §3 (structural, series variance, hierarchy variance). P.
/// Nystrup, E. Lindström, P. Pinson and H. Madsen (2020), "Temporal Hierarchies with Autocorrelation for Load Forecasting", European Journal of
/// Operational Research 280:876–888, DOI 10.1016/j.ejor.2019.07.061, §3 (autocovariance).
public enum TemporalScaling: String, Sendable, Hashable, CaseIterable {
  /// The variance grows with the number of periods added up: no residuals needed.
  case structural
  /// One variance a length, from all its one-step residuals.
  case series
  /// One variance a node: the first quarter of the year may be harder than the second. Needs residuals of two years.
  case hierarchy
  /// The variance of each length with the autocovariances of its residuals within the year, as those of a stationary series; the lengths are
  /// taken as independent. Their estimates divide by n, which keeps the matrix positive definite.
  case autocovariance
}
