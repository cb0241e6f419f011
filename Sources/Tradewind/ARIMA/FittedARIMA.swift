import RealModule
import TradewindNumerics

/// An ARIMA model, or a regression with ARIMA errors, with its parameters.
public struct FittedARIMA: FittedModel {
  /// The model that was fitted.
  public let model: ARIMA
  public let series: TimeSeries
  /// The problem that was estimated and its estimate: those of the fit, also after an update.
  let problem: RegARIMAProblem
  let estimate: RegARIMAEstimate

  init(model: ARIMA, series: TimeSeries, problem: RegARIMAProblem, estimate: RegARIMAEstimate) {
    self.model = model
    self.series = series
    self.problem = problem
    self.estimate = estimate
  }

  /// Such as `ARIMA(0,1,1)(0,1,1)12`.
  public var name: String { "ARIMA\(model.order.text(period: series.seasonalPeriod))" }

  public var fittedValues: [Double] { series.values.map { _ in .nan } }

  public var informationCriteria: InformationCriteria? { nil }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    Forecast(
      of: series, model: name, mean: [Double](repeating: .nan, count: request.horizon), joint: .pointsOnly,
      levels: [])
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    SamplePaths(values: [Double](repeating: .nan, count: horizon * count), horizon: horizon)
  }

  public func updated(with values: [Double]) throws(ForecastError) -> FittedARIMA {
    FittedARIMA(model: model, series: try series.appending(values), problem: problem, estimate: estimate)
  }
}
