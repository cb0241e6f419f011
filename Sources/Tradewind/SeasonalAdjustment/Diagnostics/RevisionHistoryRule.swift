/// How a revision history is made.
public struct RevisionHistoryRule: Sendable, Hashable {
  /// When the model's ARMA coefficients are estimated. Its orders, logarithms and outliers stay those of the whole series.
  public enum Refit: String, Sendable, Hashable, Codable, CaseIterable {
    /// With every new period, as X-13 does unless it is told otherwise.
    case everyPeriod
    /// Never: those of the whole series are kept (X-13: `fixmdl=yes`). Regression coefficients are estimated with them.
    case never
  }

  /// The first period to have an estimate of its own time; nil for the one after as many years as a sliding span has
  /// (``SlidingSpanRule/years``) by the filters asked for: 8 where they are chosen by the data.
  public var start: Period?
  /// After how many more periods estimates are looked at, 0 or more: 0 is the estimate of the period's own time (concurrent).
  public var lags: [Int]
  /// The leads of forecasts that are compared with what came, 1…a year.
  public var leads: [Int]
  /// When coefficients are estimated.
  public var refit: Refit
  /// Whether the seasonal filters of the whole series serve every time, or are chosen anew by its data (where the choice is
  /// automatic).
  public var holdsFilters: Bool

  /// X-13's defaults.
  ///
  /// - Precondition: no lag is negative, leads begin with 1.
  public init(
    start: Period? = nil, lags: [Int] = [0], leads: [Int] = [1, 12], refit: Refit = .everyPeriod,
    holdsFilters: Bool = false
  ) {
    precondition(lags.allSatisfy { $0 >= 0 }, "an estimate is no earlier than its period")
    precondition(leads.allSatisfy { $0 >= 1 }, "forecasts lead by one period or more")
    self.start = start
    self.lags = lags
    self.leads = leads
    self.refit = refit
    self.holdsFilters = holdsFilters
  }
}
