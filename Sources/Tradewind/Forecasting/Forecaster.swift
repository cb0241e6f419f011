/// A model before it has seen data: what kind it is, and how it is to be fitted.
///
/// ```swift
/// let model = try SeasonalNaive().fit(to: imports)
/// let forecast = model.forecast(horizon: 3)
/// print(forecast.mean, forecast.total(over: .quarter))
/// ```
public protocol Forecaster<Fitted>: Sendable {
  /// What fitting returns.
  associatedtype Fitted: FittedModel

  /// A short name for tables, such as `ETS`.
  var name: String { get }

  /// Fits the model to a series.
  ///
  /// Every model accepts any start and seasonal period. What it does with missing values (NaN) its own page says.
  ///
  /// - Throws: ``ForecastError`` if the series is too short, has no observation, an infinite value, or values the
  ///   model does not apply to.
  func fit(to series: TimeSeries) throws(ForecastError) -> Fitted
}

/// A model that has been fitted to a series.
public protocol FittedModel: Sendable {
  /// The model with what was chosen for it, such as `ETS(M,Ad,M)`.
  var name: String { get }

  /// The series it was fitted to, with what was appended since.
  var series: TimeSeries { get }

  /// One-step forecasts within the series: the value of each period expected from the periods before it. NaN where
  /// there is none.
  var fittedValues: [Double] { get }

  /// Likelihood and information criteria, if the model has a likelihood.
  var informationCriteria: InformationCriteria? { get }

  /// What was estimated, in numbers.
  var summary: ModelSummary { get }

  /// Forecasts of the periods after the series.
  func forecast(_ request: ForecastRequest) -> Forecast

  /// Draws of the periods after the series, jointly: the same seed gives the same paths.
  ///
  /// - Precondition: `horizon` and `count` are at least 1.
  func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths

  /// The model after more observations, with its parameters as they are: what the next month's release calls for.
  ///
  /// - Throws: ``ForecastError`` for an infinite value, or one the model does not apply to.
  func updated(with values: [Double]) throws(ForecastError) -> Self
}

extension FittedModel {
  /// Forecasts of the periods after the series.
  ///
  /// - Parameters:
  ///   - horizon: How many periods, at least 1 (a precondition).
  ///   - levels: Probabilities of the intervals, each in 0…1; none for points only, which is fastest.
  ///   - paths: How many paths are drawn where the law has no closed form.
  ///   - seed: Their seed.
  public func forecast(
    horizon: Int, levels: [Double] = [0.8, 0.95], paths: Int = 5000, seed: UInt64 = 1
  ) -> Forecast {
    forecast(ForecastRequest(horizon: horizon, levels: levels, paths: paths, seed: seed))
  }

  /// Observed less fitted, NaN where either is missing.
  public var residuals: [Double] { zip(series.values, fittedValues).map { $0 - $1 } }
}

/// What is asked of a fitted model.
public struct ForecastRequest: Sendable, Hashable {
  /// How many periods ahead, at least 1.
  public let horizon: Int
  /// Probabilities of the intervals, each in 0…1, in the order they are reported.
  public let levels: [Double]
  /// How many paths are drawn where the law has no closed form, at least 1.
  public let paths: Int
  /// The seed of the paths.
  public let seed: UInt64

  /// - Precondition: `horizon` and `paths` are at least 1; `levels` lie in 0…1.
  public init(horizon: Int, levels: [Double] = [0.8, 0.95], paths: Int = 5000, seed: UInt64 = 1) {
    precondition(horizon >= 1, "A horizon is at least one period, not \(horizon).")
    precondition(paths >= 1, "At least one path must be drawn, not \(paths).")
    precondition(levels.allSatisfy { (0...1).contains($0) }, "A level is a probability from 0 to 1.")
    self.horizon = horizon
    self.levels = levels
    self.paths = paths
    self.seed = seed
  }
}
