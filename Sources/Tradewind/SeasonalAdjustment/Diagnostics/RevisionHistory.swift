/// How much the first estimates of an adjustment were revised: the series adjusted again and again, each time up to a later
/// period.
///
/// ```swift
/// let history = try adjusted.revisionHistory(RevisionHistoryRule(start: .month(2005, 1), lags: [0, 12]))
/// print(history.summary(of: .adjusted)?.mean ?? .nan)             // 1.92: mean absolute revision in per cent, first to last
/// print(history.summary(of: .adjusted, lag: 12)?.mean ?? .nan)    // what is still to come after a year
/// ```
///
/// A revision is (last / earlier − 1) · 100 for factors, the adjusted series and the trend, and last − earlier for changes (in percentage
/// points) and in an additive adjustment (in the unit of the series). The last estimate is that of the whole series; the last period has
/// no other yet and is left out.
///
/// Reference: X-13ARIMA-SEATS Reference Manual, §7.8 (`history`); D. F. Findley et al. (1998), JBES 16:127–152, §3.
public struct RevisionHistory: Sendable {
  /// What is revised.
  public enum Target: String, Sendable, Hashable, Codable, CaseIterable {
    /// D11. X-13: `sadj`.
    case adjusted
    /// Its change on the period before, in per cent (additive: in the unit of the series). X-13: `sadjchng`.
    case changes
    /// D12. X-13: `trend`.
    case trend
    /// Its change on the period before. X-13: `trendchng`.
    case trendChanges
    /// D10. X-13: `seasonal`.
    case seasonal
    /// The factor of the coming year's period as it was known at the end of the year before; it has no lags.
    case projectedSeasonal
  }

  /// Forecasts of one lead, by the period that was forecast.
  public struct ForecastErrors: Sendable, Equatable {
    /// How many periods ahead.
    public let lead: Int
    /// The first period forecast.
    public let start: Period
    /// The forecasts (medians in a model of logarithms), in the unit of the series.
    public let forecasts: [Double]
    /// What came less what was forecast.
    public let errors: [Double]
    /// The sum of squared errors up to each period: X-13's figure to compare two models by.
    public var accumulatedSquares: [Double] {
      var sum = 0.0
      return errors.map { error in
        sum += error * error
        return sum
      }
    }
    /// The root of the mean squared error; NaN of none.
    public var rootMeanSquare: Double {
      ((accumulatedSquares.last ?? .nan) / Double(errors.count)).squareRoot()
    }
  }

  /// A model as it was estimated with the data up to a period.
  public struct Fit: Sendable, Equatable {
    /// The last period of the data.
    public let end: Period
    /// φ, θ, Φ, Θ; moving averages with R's sign, 1 + θB.
    public let coefficients: [Double]
    /// The log-likelihood and its criteria.
    public let criteria: InformationCriteria?
  }

  /// The periods with an estimate of their own time and a later one.
  public let periods: Range<Period>
  /// The lags looked at.
  public let lags: [Int]
  /// Whether effects are factors, so that revisions are in per cent.
  public let usesFactors: Bool
  /// Forecasts and what came; empty without a model.
  public let forecasts: [ForecastErrors]
  /// The model with each new period; empty without one.
  public let fits: [Fit]

  /// Estimates at each lag, of each target, one a period.
  let estimates: [Target: [[Double]]]
  let last: [Target: [Double]]

  /// The estimates of `target` with the data up to `lag` periods after each; NaN where the series ends before. One a period of
  /// ``periods``; empty for a lag that was not asked for.
  public func estimates(of target: Target, lag: Int = 0) -> [Double] {
    guard let place = target == .projectedSeasonal ? 0 : lags.firstIndex(of: lag) else { return [] }
    return estimates[target]?[place] ?? []
  }

  /// The estimates of the whole series.
  public func lastEstimates(of target: Target) -> [Double] { last[target] ?? [] }

  /// How far the last estimates are from those at `lag`, with the sign.
  public func revisions(of target: Target, lag: Int = 0) -> [Double] {
    let isRelative = usesFactors && target != .changes && target != .trendChanges
    return zip(lastEstimates(of: target), estimates(of: target, lag: lag)).map { last, earlier in
      isRelative ? 100 * (last / earlier - 1) : last - earlier
    }
  }

  /// Mean and hinges of the absolute revisions; nil where there is none.
  public func summary(of target: Target, lag: Int = 0) -> StabilitySummary? {
    summary(of: target, lag: lag) { _ in true }
  }

  /// The same of one year.
  public func summary(of target: Target, lag: Int = 0, year: Int) -> StabilitySummary? {
    summary(of: target, lag: lag) { $0.year == year }
  }

  /// The same of one season, 1…12 or 1…4.
  public func summary(of target: Target, lag: Int = 0, season: Int) -> StabilitySummary? {
    summary(of: target, lag: lag) { ($0.month - 1) / $0.unit.months + 1 == season }
  }

  private func summary(
    of target: Target, lag: Int, where isIncluded: (Period) -> Bool
  ) -> StabilitySummary? {
    StabilitySummary(
      of: zip(periods, revisions(of: target, lag: lag)).filter { isIncluded($0) && $1.isFinite }.map {
        abs($1)
      })
  }
}

extension X11Decomposition {
  /// Adjusts the series again up to each of its later periods.
  ///
  /// - Throws: ``StabilityError``: the series is too short, or a piece cannot be adjusted.
  public func revisionHistory(
    _ rule: RevisionHistoryRule = RevisionHistoryRule()
  ) throws(StabilityError) -> RevisionHistory {
    try RevisionHistory(Readjustment(self), rule)
  }
}

extension AdjustedSeries {
  /// Adjusts the series again up to each of its later periods. Missing values and the model's orders and outliers are those of the whole
  /// series; regressors that say nothing yet are left out.
  ///
  /// - Throws: ``StabilityError``: the series is too short, or a piece cannot be adjusted.
  public func revisionHistory(
    _ rule: RevisionHistoryRule = RevisionHistoryRule()
  ) throws(StabilityError) -> RevisionHistory {
    try RevisionHistory(Readjustment(self), rule)
  }
}
