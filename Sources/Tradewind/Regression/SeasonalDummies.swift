/// One level for each season.
///
/// Seasons are numbered from 1, which is January or the first quarter wherever the series starts. The columns
/// are named `season2`, …
public struct SeasonalDummies: RegressionTerm, Hashable {
  /// How the seasons become columns. All three fit the same values when the model has an intercept.
  public enum Coding: Sendable, Hashable, CaseIterable {
    /// One column for each season but the first; a coefficient is the difference to the first season, as in
    /// R's `tslm(y ~ season)`.
    case firstSeasonAsBase
    /// Coefficients are deviations from the mean of the seasons and sum to zero; that of the last season,
    /// minus the sum of the others, is not listed.
    case sumToZero
    /// One column for each season, for a model without intercept: a coefficient is the season's own level.
    case everySeason
  }

  /// The coding in use.
  public let coding: Coding

  /// Seasonal levels in the given coding.
  public init(_ coding: Coding = .firstSeasonAsBase) {
    self.coding = coding
  }

  /// `season`.
  public var title: String { "season" }
  /// Part of the season.
  public var role: RegressionRole { .seasonal }

  /// The last season where the seasons sum to zero; none in the other codings.
  public func derived(in frame: RegressionFrame) -> [DerivedCoefficient] {
    let m = frame.seasonalPeriod
    guard coding == .sumToZero, m > 1 else { return [] }
    return [DerivedCoefficient(name: "season\(m)", weights: [Double](repeating: -1, count: m - 1))]
  }

  /// One column for each season but one, or for every season.
  ///
  /// - Throws: ``RegressionError/notSeasonal(term:seasonalPeriod:)`` for a seasonal period of 1.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    let m = frame.seasonalPeriod
    guard m > 1 else { throw .notSeasonal(term: "seasonal dummies", seasonalPeriod: m) }
    let seasons = (0..<frame.count).map { frame.season(at: $0) }
    let listed =
      switch coding {
      case .firstSeasonAsBase: 1..<m
      case .sumToZero: 0..<(m - 1)
      case .everySeason: 0..<m
      }
    return listed.map { season in
      RegressionColumn(
        name: "season\(season + 1)",
        values: seasons.map { $0 == season ? 1 : coding == .sumToZero && $0 == m - 1 ? -1 : 0 })
    }
  }
}
