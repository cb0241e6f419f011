/// The forecaster to take if none is named: a weighted mean of several models, and what it decided in words.
///
/// ```swift
/// let model = try Auto().fit(to: imports)
/// for line in model.explanation { print(line) }
/// let forecast = model.forecast(horizon: 3)
/// ```
///
/// Which models take part depends on ``effort``, their weights on the step; both were chosen on many series.
/// <doc:ChoosingAutomatically> says how, and what it gains. Intervals are widened by step, for what the members leave out, and drawn towards the size
/// of a yearly difference. From twelve years on a forecast takes about three times as long, since every member also sees the last ten alone.
///
/// Every series with two observations gets a forecast. Members that do not apply are left out. Of less than five seasons models for short series
/// take part too, of two seasons and less (and less than 36 observations) these alone, whatever the effort. A series with many zeros and nothing below
/// is forecast by ``IMAPA``, one that no member applies to by ``Naive``. A series with values of zero or below is forecast without the models of
/// logarithms. Missing values are dealt with by the members.
///
/// Single values that are several times off, as if in another unit, are taken for mistakes and forecast without, and ``FittedAuto/grossErrors`` names them: in series
/// above zero throughout of three seasons or more, one in two seasons at most, never the last two values. A mistake that was written down as zero is not found.
public struct Auto: Forecaster, Hashable {
  /// How much time a forecast may take.
  public enum Effort: String, Sendable, Hashable, Codable, CaseIterable {
    /// Exponential smoothing, Theta, the airline model and an ARIMA model with shrunken coefficients, half of it without outliers, and
    /// temporal hierarchies: some seven milliseconds for ten years of months.
    case fast
    /// Also ARIMA with its orders chosen, regression with ARIMA errors and outliers as X-13 chooses it, complex exponential smoothing, and the
    /// Chinese New Year and trading days where a series shows them: some twenty-five milliseconds.
    case standard
    /// Also temporal hierarchies of Theta and complex exponential smoothing.
    case thorough
  }

  /// How much time a forecast may take.
  public var effort: Effort

  public init(effort: Effort = .standard) { self.effort = effort }

  public var name: String { "auto" }

  /// The share of zeros from which a series without negative values is one of sparse demand.
  static let sparseShare = 0.3

  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedAuto {
    try series.checkForForecasting()
    if let sparse = try sparse(series) { return sparse }
    let errors = GrossErrors(in: series)
    var adjusted = errors?.corrected ?? series
    // At fast effort there is no time for it.
    let calendar = effort == .fast ? nil : CalendarEffect(in: adjusted)
    let factors = calendar?.factors(of: adjusted, horizon: 0)
    if let factors { for t in factors.indices { adjusted.values[t] /= factors[t] } }
    return try combined(adjusted, of: series, errors?.findings ?? [], factors == nil ? nil : calendar)
  }

  /// The combination fitted to a series free of gross errors and calendar effects that were found, or what stands in for it
  /// and why.
  private func combined(
    _ adjusted: TimeSeries, of series: TimeSeries, _ errors: [GrossErrors.Finding],
    _ calendar: CalendarEffect?
  ) throws(ForecastError) -> FittedAuto {
    let linearization = Linearization(of: adjusted)
    let (models, weights) = AutoTable.models(effort, for: adjusted, without: linearization)
    do throws(ForecastError) {
      let base = try Combination(models, by: .given(weights), spread: .widened).fit(to: adjusted)
      return FittedAuto(
        series: series, effort: effort, base: base, grossErrors: errors,
        found: linearization?.findings ?? .none, calendar: calendar)
    } catch {
      return FittedAuto(
        series: series, effort: effort, base: try Naive().fit(to: adjusted), grossErrors: errors,
        calendar: calendar,
        reason: "no member applies: \(error)")
    }
  }

  /// The forecast of a series that is mostly zero; nil for any other.
  private func sparse(_ series: TimeSeries) throws(ForecastError) -> FittedAuto? {
    let observed = series.values.filter { !$0.isNaN }
    let zeros = observed.count { $0 == 0 }
    guard zeros < observed.count, Double(zeros) >= Self.sparseShare * Double(observed.count),
      observed.allSatisfy({ $0 >= 0 })
    else { return nil }
    return FittedAuto(
      series: series, effort: effort, base: try IMAPA().fit(to: series),
      reason: "\(zeros) of \(observed.count) observations are zero")
  }
}
