#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

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

  /// How many series one task takes at the most: enough that starting it costs nothing beside them.
  static let largestChunk = 32

  /// - Parameter jobs: How many series are worked on at once, at least 1 (a precondition); nil for one a core.
  public init(jobs: Int? = nil) {
    let jobs = jobs ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    precondition(jobs >= 1, "At least one series is worked on at a time, not \(jobs).")
    self.jobs = jobs
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
    // Several chunks a job, so that a slow series does not leave the other cores idle at the end.
    let size = max(1, min(Self.largestChunk, panel.count / (4 * jobs)))
    let chunks = stride(from: 0, to: panel.count, by: size).map { $0..<min($0 + size, panel.count) }
    var outcomes = [[Result<Forecast, ForecastError>]](repeating: [], count: panel.count)
    try await withThrowingTaskGroup(of: (Range<Int>, [[Result<Forecast, ForecastError>]]).self) { group in
      var waiting = chunks.makeIterator()
      func start(_ chunk: Range<Int>) {
        group.addTask {
          var done: [[Result<Forecast, ForecastError>]] = []
          for index in chunk {
            try Task.checkCancellation()
            done.append(models.map { outcome(of: $0, for: panel[index], request) })
          }
          return (chunk, done)
        }
      }
      for _ in 0..<jobs { if let chunk = waiting.next() { start(chunk) } }
      var finished = 0
      while let (chunk, results) = try await group.next() {
        for (index, result) in zip(chunk, results) { outcomes[index] = result }
        finished += chunk.count
        progress?(finished)
        if let next = waiting.next() { start(next) }
      }
    }
    return outcomes
  }
}

/// The forecast of one series by one model, or why there is none.
private func outcome(
  of model: some Forecaster, for series: TimeSeries, _ request: ForecastRequest
) -> Result<Forecast, ForecastError> {
  do throws(ForecastError) {
    return .success(try model.fit(to: series).forecast(request))
  } catch {
    return .failure(error)
  }
}
