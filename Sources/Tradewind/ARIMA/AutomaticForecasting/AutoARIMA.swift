/// Seasonal ARIMA, its orders chosen by unit-root tests and an information criterion.
///
/// First the differences: over a season where the season is strong, then ordinary ones as long as a test asks for them.
/// Then the orders: of all models tried, the one with the least criterion whose roots keep away from the unit circle. The
/// stepwise search begins with four models and moves to the first better neighbour, which tries 15 to 30 models;
/// the exhaustive one tries all, some hundreds. <doc:ChoosingARIMA> has the rules and the evidence.
///
/// ```swift
/// let choice = try AutoARIMA().choose(for: imports)
/// print(choice.fitted.name)                     // such as ARIMA(0,1,1)(0,1,1)12
/// print(choice.path.joined(separator: "\n"))    // every test and every model tried, and what came of it
/// let forecast = choice.fitted.forecast(horizon: 3)
/// ```
///
/// Hyndman, R. J. and Khandakar, Y. (2008), "Automatic time series forecasting: the forecast package for R", *Journal of
/// Statistical Software* 27(3), §3, doi:10.18637/jss.v027.i03.
public struct AutoARIMA: Sendable {
  /// What the search minimises.
  public enum Criterion: String, Sendable, Hashable, Codable, CaseIterable { case aic, aicc, bic }

  /// Which models are tried.
  public enum Search: Sendable, Hashable, Codable {
    /// From four models to the first better neighbour, as often as there is one, up to so many models in all.
    case stepwise(models: Int = 94)
    /// All whose orders p + q + P + Q add up to so much at most.
    case exhaustive(order: Int = 5)
  }

  /// The test that asks for an ordinary difference.
  public enum DifferenceTest: String, Sendable, Hashable, Codable, CaseIterable {
    case kpss, augmentedDickeyFuller, phillipsPerron
  }

  /// The test that asks for a seasonal difference.
  public enum SeasonalDifferenceTest: String, Sendable, Hashable, Codable, CaseIterable {
    case strength, ocsb, canovaHansen
  }

  /// The highest orders, each at least 0.
  public struct Limits: Sendable, Hashable, Codable {
    public var ar: Int
    public var ma: Int
    public var seasonalAR: Int
    public var seasonalMA: Int
    public var differences: Int
    public var seasonalDifferences: Int

    /// - Precondition: No limit is negative; at most 2 differences of either kind.
    public init(
      ar: Int = 5, ma: Int = 5, seasonalAR: Int = 2, seasonalMA: Int = 2, differences: Int = 2,
      seasonalDifferences: Int = 1
    ) {
      precondition(min(ar, ma, seasonalAR, seasonalMA) >= 0, "An order is not negative.")
      precondition((0...2).contains(differences), "There are 0 to 2 differences.")
      precondition((0...2).contains(seasonalDifferences), "There are 0 to 2 seasonal differences.")
      self.ar = ar
      self.ma = ma
      self.seasonalAR = seasonalAR
      self.seasonalMA = seasonalMA
      self.differences = differences
      self.seasonalDifferences = seasonalDifferences
    }
  }
}
