/// The method of Teunter, Syntetos and Babai for series that are mostly zero and may be dying out.
///
/// ```swift
/// let fit = try TSB().fit(to: partner)
/// ```
///
/// The probability of a demand is smoothed in every period, p ← p + β (1 or 0 − p), so that it falls while nothing is
/// traded; the size where there is a demand, z ← z + α (size − z). The forecast is p z. Both begin with their first value.
///
/// Zeros are allowed, negative values are an error; one observation is enough, and without any demand the forecast is
/// zero. With a single demand its size is taken as known. Intervals and missing values: see ``SparseFit``.
///
/// Reference: R. H. Teunter, A. A. Syntetos and M. Z. Babai (2011), "Intermittent demand: Linking forecasting to inventory
/// obsolescence", European Journal of Operational Research 214:606–615, doi:10.1016/j.ejor.2011.05.018.
public struct TSB: Forecaster, Hashable {
  /// How the parameter α of the sizes is found.
  public let sizes: SparseSmoothing
  /// How the parameter β of the probability is found.
  public let probability: SparseSmoothing

  /// - Precondition: Smoothing parameters lie in 0…1, above 0.
  public init(sizes: SparseSmoothing = .classic, probability: SparseSmoothing = .classic) {
    precondition(sizes.isValid && probability.isValid, "A smoothing parameter is above 0 and at most 1.")
    self.sizes = sizes
    self.probability = probability
  }

  public var name: String { "TSB" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> SparseFit {
    try SparseFit(name: name, series: series) { values in
      .teunter(
        sizes: sizes.parameter(for: values.filter { $0 > 0 }),
        probability: probability.parameter(for: values.map { $0 > 0 ? 1 : 0 }))
    }
  }
}
