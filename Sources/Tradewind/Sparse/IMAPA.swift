/// The intermittent multiple aggregation prediction algorithm (IMAPA).
///
/// ```swift
/// let fit = try IMAPA().fit(to: partner)
/// ```
///
/// The mean of the forecasts that ``ADIDA`` would make with blocks of 1, 2, … periods, up to the mean interval between
/// demands to the nearest whole number: no single length has to be right. Each length has its own smoothing parameter.
///
/// Zeros are allowed, negative values are an error; one observation is enough, and without any demand the forecast is
/// zero. Intervals, fitted values and missing values are as with ``ADIDA``.
///
/// Reference: F. Petropoulos and N. Kourentzes (2015), "Forecast combinations for intermittent demand", Journal of the
/// Operational Research Society 66:914–924, doi:10.1057/jors.2014.62.
public struct IMAPA: Forecaster, Hashable {
  /// How the smoothing parameters of the blocks' sums are found.
  public let smoothing: SparseSmoothing

  /// - Precondition: The smoothing parameter lies in 0…1, above 0.
  public init(smoothing: SparseSmoothing = .optimized) {
    precondition(smoothing.isValid, "A smoothing parameter is above 0 and at most 1.")
    self.smoothing = smoothing
  }

  public var name: String { "IMAPA" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> SparseFit {
    try SparseFit(name: name, series: series) { values in
      let lengths = 1...SparseRule.blockLength(values)
      return .blocks(
        shortest: 1,
        parameters: lengths.map { smoothing.parameter(for: SparseRule.blockSums(values, length: $0)) })
    }
  }
}
