/// What X-11 decided, and the figures it decided by.
public struct X11Choices: Sendable, Equatable {
  /// The filters of the final seasonal factors, January or the first quarter first. Never
  /// ``X11SeasonalFilter/automatic`` or ``X11SeasonalFilter/x11Default``; always ``X11SeasonalFilter/stable`` with
  /// less than five years.
  public internal(set) var seasonalFilters: [X11SeasonalFilter] = []
  /// The global moving seasonality ratios that the automatic choice looked at, one a pass; empty where all
  /// filters were given or the series has less than five calendar years up to its last whole one.
  public internal(set) var globalRatios: [Double] = []
  /// Moving seasonality ratios over the whole series (table D9A, and Ī/S̄ of F2).
  public internal(set) var movingSeasonality: MovingSeasonalityRatios
  /// Terms of the final Henderson trend.
  public internal(set) var trendLength = 0
  /// Ī/C̄ of the final trend (F2: I/C of D12), per period.
  public internal(set) var noiseToTrend = 0.0
  /// F-test for stable seasonality of table B3 (Table B1 in F2); nil where nothing is left to test against.
  public internal(set) var presence: FTest?

  init(period: Int) { movingSeasonality = MovingSeasonalityRatios(period: period) }
}
