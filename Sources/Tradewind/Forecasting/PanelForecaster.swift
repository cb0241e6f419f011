/// Forecasts many series by one or several models, on all cores.
///
/// ```swift
/// let results = try await PanelForecaster().forecast(partners, with: [Naive(), SeasonalNaive()], ForecastRequest(horizon: 3))
/// for (series, outcomes) in zip(partners, results) {
///   if case .success(let forecast) = outcomes[1] { print(series.name, forecast.mean) }
/// }
/// ```
///
/// Every series is fitted by itself, with the request's seed, so the results are equal bit for bit whatever the number of
/// jobs. A model that does not apply to a series gives its error in that place and disturbs no other.
public struct PanelForecaster: Sendable {
  /// How many series are worked on at once, at least 1.
  public let jobs: Int
  /// Whether forecasts have their models' summaries (``Forecast/summary``).
  public let summarizes: Bool

  /// - Parameters:
  ///   - jobs: How many series are worked on at once, at least 1 (a precondition); nil for one a core.
  ///   - summarizes: Whether forecasts have their models' summaries.
  public init(jobs: Int? = nil, summarizes: Bool = false) {
    self.jobs = ParallelMap(jobs: jobs).jobs
    self.summarizes = summarizes
  }

  /// Fits every model to every series and forecasts.
  ///
  /// - Parameters:
  ///   - panel: The series; there may be none.
  ///   - models: The models; there may be none.
  ///   - request: Horizon, levels, and the seed of what is simulated.
  ///   - progress: Called now and then, one call at a time, with the number of series done so far.
  /// - Returns: For each series, in the order of `panel`, one outcome a model, in the order of `models`.
  /// - Throws: `CancellationError` if the task is cancelled meanwhile; the work stops after the series in hand.
  public func forecast(
    _ panel: [TimeSeries], with models: [any Forecaster], _ request: ForecastRequest,
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> [[Result<Forecast, ForecastError>]] {
    try await ParallelMap(jobs: jobs).map(panel.count, progress: progress) { index in
      models.map { outcome(of: $0, for: panel[index], request, summarizes: summarizes) }
    }
  }
}

/// The forecast of one series by one model, or why there is none.
private func outcome(
  of model: some Forecaster, for series: TimeSeries, _ request: ForecastRequest, summarizes: Bool
) -> Result<Forecast, ForecastError> {
  do throws(ForecastError) {
    let fitted = try model.fit(to: series)
    var forecast = fitted.forecast(request)
    if summarizes { forecast.summary = fitted.summary }
    return .success(forecast)
  } catch {
    return .failure(error)
  }
}
