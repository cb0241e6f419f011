import RealModule

/// Fits a model to a power or the logarithm of a series, and gives its forecasts on the series' own scale.
///
/// ```swift
/// let model = try Transformed(Drift(), by: .log).fit(to: imports)
/// ```
///
/// A monotone transformation carries medians and intervals over exactly, and they are. The mean is not the median of the
/// transformed law: ``Forecast/mean`` is that of the draws, bias and all (R's `biasadj = TRUE`), ``Forecast/median`` the plain
/// inverse of the base model's median (`biasadj = FALSE`). Without levels nothing is drawn, and the mean is the median.
///
/// Values must be above zero. Missing ones stay missing, and the base model deals with them.
public struct Transformed<Base: Forecaster>: Forecaster {
  /// The model of the transformed series.
  public let base: Base
  /// The transformation, or how it is chosen.
  public let transformation: BoxCox

  public init(_ base: Base, by transformation: BoxCox) {
    self.base = base
    self.transformation = transformation
  }

  public var name: String { "transformed \(base.name)" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedTransformed<Base.Fitted> {
    try series.checkForForecasting()
    try series.checkPositive(model: name)
    let lambda = try transformation.chosen(for: series)
    let transformed = TimeSeries(
      series.values.map { BoxCox.transform($0, lambda) }, start: series.start,
      seasonalPeriod: series.seasonalPeriod,
      name: series.name)
    return FittedTransformed(series: series, base: try base.fit(to: transformed), lambda: lambda)
  }
}

/// A model of a transformed series.
public struct FittedTransformed<Base: FittedModel>: FittedModel {
  public let series: TimeSeries
  /// The model of the transformed series.
  public let base: Base
  /// The transformation's λ; 0 is the logarithm.
  public let lambda: Double

  public var name: String {
    lambda == 0 ? "log \(base.name)" : "Box–Cox(\((lambda * 1000).rounded() / 1000)) \(base.name)"
  }

  /// Medians of the one-step forecasts.
  public var fittedValues: [Double] { base.fittedValues.map { BoxCox.inverse($0, lambda) } }

  /// The base model's, with the Jacobian (λ − 1) Σ log y, so that it compares with the same model of the levels.
  public var informationCriteria: InformationCriteria? {
    base.informationCriteria.map {
      let logs = series.values.filter { !$0.isNaN }.reduce(0) { $0 + .log($1) }
      return InformationCriteria(
        logLikelihood: $0.logLikelihood + (lambda - 1) * logs, parameters: $0.parameters,
        observations: $0.observations)
    }
  }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    let inner = base.forecast(request)
    var forecast = inner
    if !request.levels.isEmpty {
      let paths = samplePaths(horizon: request.horizon, count: request.paths, seed: request.seed)
      forecast = Forecast(of: series, model: name, mean: nil, paths: paths, levels: request.levels)
    } else {
      forecast.mean = inner.median.map { BoxCox.inverse($0, lambda) }
    }
    forecast.model = name
    forecast.median = inner.median.map { BoxCox.inverse($0, lambda) }
    forecast.intervals = inner.intervals.map { step in
      step.map {
        PredictionInterval(
          level: $0.level, lower: BoxCox.inverse($0.lower, lambda), upper: BoxCox.inverse($0.upper, lambda))
      }
    }
    return forecast
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    base.samplePaths(horizon: horizon, count: count, seed: seed).mapped { BoxCox.inverse($1, lambda) }
  }

  public func updated(with values: [Double]) throws(ForecastError) -> FittedTransformed<Base> {
    let longer = try series.appending(values)
    try longer.checkPositive(model: name)
    return FittedTransformed(
      series: longer, base: try base.updated(with: values.map { BoxCox.transform($0, lambda) }),
      lambda: lambda)
  }
}
