/// Seasonal ARIMA, its orders chosen by unit-root tests and an information criterion.
///
/// First the differences: over a season where the season is strong, then ordinary ones as long as a test asks for them.
/// Then the orders: of all models tried, the one with the least criterion whose roots keep away from the unit circle. The
/// stepwise search begins with a few models and moves to the first better neighbour, which tries 15 to 30 models;
/// the exhaustive one tries all, some hundreds. <doc:ChoosingARIMA> has the rules and the evidence.
///
/// ```swift
/// let fit = try AutoARIMA().fit(to: imports)
/// print(fit.name)                                        // such as ARIMA(0,1,1)(0,1,1)12
/// print(fit.choice?.path.joined(separator: "\n") ?? "")  // every test and every model, and what came of it
/// let forecast = fit.forecast(horizon: 3)
/// ```
///
/// Regressors are kept in every model. Missing values are allowed: the tests leave them out or bridge them, and the likelihood is
/// that of what was observed. A series whose observations are all equal gives its mean, one that differencing makes
/// constant the differences alone, with a drift where there is one; ``ARIMAChoice/fallback`` says so. So it does where there are too
/// few observations for any model with coefficients.
///
/// Hyndman, R. J. and Khandakar, Y. (2008), "Automatic time series forecasting: the forecast package for R", *Journal of
/// Statistical Software* 27(3), §3, doi:10.18637/jss.v027.i03.
public struct AutoARIMA: Forecaster {
  /// What the search minimises.
  public enum Criterion: String, Sendable, Hashable, Codable, CaseIterable { case aic, aicc, bic }

  /// Which models are tried.
  public enum Search: Sendable, Hashable, Codable {
    /// From a few models to the first better neighbour, as often as there is one, up to so many models in all.
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

  /// The highest orders.
  public struct Limits: Sendable, Hashable, Codable {
    public var ar: Int
    public var ma: Int
    public var seasonalAR: Int
    public var seasonalMA: Int
    /// At most 2.
    public var differences: Int
    /// At most 2.
    public var seasonalDifferences: Int

    /// - Precondition: No limit is negative; there are at most 2 differences of either kind.
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

  /// What is minimised.
  public var criterion: Criterion
  /// Which models are tried.
  public var search: Search
  /// The highest orders.
  public var limits: Limits
  /// Ordinary differences, 0 to 2; nil for as many as the test asks for.
  public var differences: Int?
  /// Differences over a season, 0 to 2; nil for as many as the test asks for.
  public var seasonalDifferences: Int?
  /// The test that asks for an ordinary difference.
  public var differenceTest: DifferenceTest
  /// The test that asks for a seasonal difference.
  public var seasonalDifferenceTest: SeasonalDifferenceTest
  /// Whether models without differences are tried with a mean, and models with one difference with a drift. With more
  /// differences there is no constant: it would be a quadratic trend.
  public var allowsConstant: Bool
  /// Whether seasonal models are tried where the series has a season.
  public var isSeasonal: Bool
  /// The scale on which the models are linear.
  public var transform: RegressionTransform
  /// What explains the level beside the ARIMA errors, in every model.
  public var regressors: [any RegressionTerm]
  /// What the forecasts' intervals allow for.
  public var uncertainty: ARIMAUncertainty

  /// - Precondition: Differences given lie in 0…2; limits of the search are at least 1 model, or order 0.
  public init(
    criterion: Criterion = .aicc, search: Search = .stepwise(), limits: Limits = Limits(),
    differences: Int? = nil, seasonalDifferences: Int? = nil, differenceTest: DifferenceTest = .kpss,
    seasonalDifferenceTest: SeasonalDifferenceTest = .strength, allowsConstant: Bool = true,
    isSeasonal: Bool = true, transform: RegressionTransform = .none, regressors: [any RegressionTerm] = [],
    uncertainty: ARIMAUncertainty = ARIMAUncertainty()
  ) {
    precondition((0...2).contains(differences ?? 0), "There are 0 to 2 differences.")
    precondition((0...2).contains(seasonalDifferences ?? 0), "There are 0 to 2 seasonal differences.")
    switch search {
    case .stepwise(let models): precondition(models >= 1, "A search tries at least one model.")
    case .exhaustive(let order): precondition(order >= 0, "The orders' sum is not negative.")
    }
    self.criterion = criterion
    self.search = search
    self.limits = limits
    self.differences = differences
    self.seasonalDifferences = seasonalDifferences
    self.differenceTest = differenceTest
    self.seasonalDifferenceTest = seasonalDifferenceTest
    self.allowsConstant = allowsConstant
    self.isSeasonal = isSeasonal
    self.transform = transform
    self.regressors = regressors
    self.uncertainty = uncertainty
  }

  public var name: String { "AutoARIMA" }
}
