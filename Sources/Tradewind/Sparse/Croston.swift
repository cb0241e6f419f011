/// Croston's method for series that are mostly zero, and its corrected form by Syntetos and Boylan (SBA).
///
/// ```swift
/// let fit = try Croston(correction: .syntetosBoylan).fit(to: partner)
/// print(fit.rate, fit.probability, fit.size)
/// ```
///
/// Sizes z and intervals q of demands are smoothed where a demand occurs, z ← z + α (size − z), q ← q + α (interval − q);
/// the forecast of every coming period is z/q. It is biased upwards, since the mean of 1/q is not 1 over the mean of q;
/// SBA takes (1 − α/2) z/q, with the α of the intervals. The first interval counts from the beginning of the series.
///
/// Zeros are allowed, negative values are an error; one observation is enough, and without any demand the forecast is
/// zero. With a single demand its size is taken as known. On a series without zeros SBA keeps its correction and is too low, by α/2.
/// Intervals and missing values: see ``SparseFit``.
///
/// References: J. D. Croston (1972), "Forecasting and Stock Control for Intermittent Demands", Operational Research Quarterly
/// 23:289–303, doi:10.1057/jors.1972.50. A. A. Syntetos and J. E. Boylan (2005), "The accuracy of intermittent demand
/// estimates", International Journal of Forecasting 21:303–314, doi:10.1016/j.ijforecast.2004.10.001.
public struct Croston: Forecaster, Hashable {
  /// What is done about the upward bias.
  public enum Correction: Sendable, Hashable {
    /// Nothing.
    case none
    /// The factor 1 − α/2 of Syntetos and Boylan.
    case syntetosBoylan
  }

  /// What is done about the upward bias.
  public let correction: Correction
  /// How the smoothing parameters of sizes and of intervals are found, each for itself.
  public let smoothing: SparseSmoothing

  /// - Precondition: Smoothing parameters lie in 0…1, above 0.
  public init(correction: Correction = .none, smoothing: SparseSmoothing = .classic) {
    precondition(smoothing.isValid, "A smoothing parameter is above 0 and at most 1.")
    self.correction = correction
    self.smoothing = smoothing
  }

  public var name: String { correction == .none ? "Croston" : "SBA" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> SparseFit {
    try SparseFit(name: name, series: series) { values in
      .croston(
        sizes: smoothing.parameter(for: values.filter { $0 > 0 }),
        intervals: smoothing.parameter(for: SparseRule.intervals(values)),
        corrected: correction == .syntetosBoylan)
    }
  }
}
