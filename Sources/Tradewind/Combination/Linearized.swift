/// A model of the series freed of outliers, level shifts and calendar, with the calendar put back.
///
/// ```swift
/// let model = try Linearized(Theta()).fit(to: imports)
/// print(model.findings)  // ["LS2008-11", "AO2009-01", "trading days"]
/// ```
///
/// What is found is what the airline model with logarithms, trading days, Easter and outliers chosen as X-13 does finds
/// (``AutomaticRegARIMA``). Level shifts are measured from the last period, so that the freed series ends at the present level. Nothing is searched
/// in a series shorter than three seasons or than 16 observations, nor where a season has more than 12 periods; where nothing is found the
/// base model sees the series as it is. A value above zero stays above zero, or nothing is taken out. The effects count as known in the law. Missing
/// values stay missing. Errors are those of the base model.
///
/// Reference: V. Gómez and A. Maravall (2001), see ``AutomaticRegARIMA``, who call the freed series linearized.
public struct Linearized: Forecaster {
  /// The model of the freed series.
  public let base: any Forecaster
  /// What was found in the series to fit; nil where that is still to be looked for.
  private let known: Linearization?

  /// - Parameter base: The model of the freed series.
  public init(_ base: any Forecaster) { (self.base, known) = (base, nil) }

  /// For several models of one series: what was found in it is found once.
  init(_ base: any Forecaster, by linearization: Linearization) { (self.base, known) = (base, linearization) }

  public var name: String { "\(base.name) without outliers" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedLinearized {
    try series.checkForForecasting()
    let linearization = known ?? Linearization(of: series)
    return FittedLinearized(
      series: series, base: try base.fit(to: linearization?.freed ?? series), linearization)
  }
}

/// A ``Linearized`` model fitted to a series.
public struct FittedLinearized: FittedModel {
  public let series: TimeSeries
  /// The model of the freed series.
  public let base: any FittedModel
  /// Nil where nothing was found.
  private let linearization: Linearization?
  /// How many observations were there when the model was fitted.
  private let fittedCount: Int

  init(series: TimeSeries, base: any FittedModel, _ linearization: Linearization?, fittedCount: Int? = nil) {
    (self.series, self.base, self.linearization) = (series, base, linearization)
    self.fittedCount = fittedCount ?? series.count
  }

  /// What the series was freed of, such as `LS2008-11`; none where nothing was found.
  public var findings: [String] { linearization?.findings.all ?? [] }

  public var name: String {
    linearization.map { "\(base.name) \($0.findings.suffix)" } ?? base.name
  }
  /// Of the freed series, its effects put back.
  public var fittedValues: [Double] {
    guard let linearization else { return base.fittedValues }
    let (shift, scale) = linearization.calendar(ahead: series.count - fittedCount)
    return base.fittedValues.enumerated().map { t, fitted in
      let h = t - fittedCount
      if h >= 0 { return (fitted + shift[h]) * scale[h] }
      let (before, after) = (series.values[t], linearization.freed.values[t])
      return linearization.usesFactors ? fitted * (before / after) : fitted + (before - after)
    }
  }
  /// None: the base model's likelihood is that of another series.
  public var informationCriteria: InformationCriteria? { nil }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    let (shift, scale) = ahead(request.horizon)
    var forecast = base.forecast(request).transformed(shift: shift, scale: scale)
    forecast.model = name
    return forecast
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    let (shift, scale) = ahead(horizon)
    return base.samplePaths(horizon: horizon, count: count, seed: seed).mapped {
      ($1 + shift[$0]) * scale[$0]
    }
  }

  /// The base model takes in the observations without the calendar.
  public func updated(with values: [Double]) throws(ForecastError) -> FittedLinearized {
    let (shift, scale) = ahead(values.count)
    let freed = values.indices.map { values[$0] / scale[$0] - shift[$0] }
    return FittedLinearized(
      series: try series.appending(values), base: try base.later(freed), linearization,
      fittedCount: fittedCount)
  }

  private func ahead(_ horizon: Int) -> (shift: [Double], scale: [Double]) {
    let later = series.count - fittedCount
    guard let linearization else {
      return ([Double](repeating: 0, count: horizon), [Double](repeating: 1, count: horizon))
    }
    let (shift, scale) = linearization.calendar(ahead: later + horizon)
    return (Array(shift.dropFirst(later)), Array(scale.dropFirst(later)))
  }
}

extension FittedLinearized: InnovationSource {
  func innovationOutlook(_ request: ForecastRequest) -> InnovationOutlook? {
    let (shift, scale) = ahead(request.horizon)
    return InnovationOutlook(of: base, request)?.transformed(shift: shift, scale: scale)
  }
}
