/// The aggregate–disaggregate approach (ADIDA) to series that are mostly zero.
///
/// ```swift
/// let fit = try ADIDA().fit(to: partner)
/// ```
///
/// The series is summed over blocks as long as the mean interval between demands, counted from its end; few blocks are
/// empty. Exponential smoothing forecasts the next block, and every period in it gets an equal part. The length of the
/// block is the mean interval to the nearest whole number, ties to the even one.
///
/// ``FittedModel/fittedValues`` are the forecasts that the same length and parameter would have given each month, with blocks that end
/// just before it; those of statsforecast choose length and parameter anew each month.
///
/// Zeros are allowed, negative values are an error; one observation is enough, and without any demand the forecast is
/// zero. Intervals and missing values: see ``SparseFit``; the rate's way from the mean of all periods, and its uncertainty, are
/// divided between probability and sizes as either makes demands vary.
///
/// Reference: K. Nikolopoulos, A. A. Syntetos, J. E. Boylan, F. Petropoulos and V. Assimakopoulos (2011), "An
/// aggregate–disaggregate intermittent demand approach (ADIDA) to forecasting", Journal of the Operational Research Society
/// 62:544–554, doi:10.1057/jors.2010.32.
public struct ADIDA: Forecaster, Hashable {
  /// How the smoothing parameter of the blocks' sums is found.
  public let smoothing: SparseSmoothing

  /// - Precondition: The smoothing parameter lies in 0…1, above 0.
  public init(smoothing: SparseSmoothing = .optimized) {
    precondition(smoothing.isValid, "A smoothing parameter is above 0 and at most 1.")
    self.smoothing = smoothing
  }

  public var name: String { "ADIDA" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> SparseFit {
    try SparseFit(name: name, series: series) { values in
      let length = SparseRule.blockLength(values)
      let sums = SparseRule.blockSums(values, length: length)
      return .blocks(shortest: length, parameters: [smoothing.parameter(for: sums)])
    }
  }
}
