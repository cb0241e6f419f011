/// The automatic choice of a regression with ARIMA errors as official statistics make it before a seasonal
/// adjustment: logarithms or not, trading days and Easter by AICc, outliers, and the ARIMA orders.
///
/// ```swift
/// let chosen = try AutomaticRegARIMA().select(for: imports)
/// print(chosen)  // (0,1,2)(0,1,1)12, logarithms, trading days (1), LS1985-01 AO1993-01 LS2008-11 AO2009-01
/// for step in chosen.steps { print(step) }
/// let forecast = chosen.fitted.forecast(horizon: 12)
/// ```
///
/// The decisions are those of X-13ARIMA-SEATS with `transform{function=auto} regression{aictest=(td easter)}
/// automdl{} outlier{}`; each option's name there stands at its property. (X-13's default critical values,
/// limits and order of tests, down to a default model that is the airline model.) For a choice that aims at
/// forecasts, and takes no time over calendar and outliers, see ``AutoARIMA``.
///
/// Missing months are left out of the likelihood, where X-13 has a regressor for each of them; no outlier is
/// searched there, and differences and orders are chosen on the series that the model at hand completes. A
/// series without a season gets no seasonal part; where the season is not the calendar's (52 weeks) there are
/// no calendar terms. Of less than three seasons the default model is taken without further choice; outliers are at most half as many as
/// the observations that differencing leaves, which X-13 does not ask for.
///
/// References: US Census Bureau, X-13ARIMA-SEATS Reference Manual, version 1.1, chapter 7; Gómez, V. and
/// Maravall, A. (2001), "Automatic modeling methods for univariate series", in Peña, Tiao and Tsay (eds), *A
/// Course in Time Series Analysis*, Wiley, ch. 7; Findley et al. (1998), *Journal of Business & Economic
/// Statistics* 16, 127–152, doi:10.1080/07350015.1998.10524743.
public struct AutomaticRegARIMA: Forecaster {
  /// Whether logarithms are taken.
  public enum Transformation: Sendable, Hashable, Codable {
    /// By AICc, if every value is above zero: `function=auto`.
    case automatic
    /// In any case: `function=log`.
    case logarithm
    /// Never: `function=none`.
    case none
  }

  /// A number for the plain part of a model and one for the seasonal part.
  public struct Orders: Sendable, Hashable, Codable {
    public var regular: Int
    public var seasonal: Int

    /// - Precondition: neither is negative.
    public init(_ regular: Int, _ seasonal: Int) {
      precondition(regular >= 0 && seasonal >= 0, "No order of a model is negative.")
      self.regular = regular
      self.seasonal = seasonal
    }
  }

  /// Regressors that are in the model in any case, such as the Chinese New Year's.
  public var regressors: [any RegressionTerm]
  /// Logarithms or not: `transform{function}`.
  public var transformation = Transformation.automatic
  /// What AICc of the logarithms may be above that of the levels, as a negative number: `transform{aicdiff}`.
  public var transformationDifference = -2.0
  /// Whether trading days (with the leap year) are tested, six contrasts and one: `regression{aictest=td}`.
  /// Those among the ``regressors`` are not tested.
  public var testsTradingDays = true
  /// The days before Easter of the terms that are tested, none for no test: `regression{aictest=easter}`.
  public var easterWindows = [1, 8, 15]
  /// By how much AICc must be smaller with a calendar term: `regression{aicdiff}`.
  public var calendarDifference = 0.0
  /// Outliers: `outlier{}`.
  public var outliers = OutlierSearch()

  /// The ARIMA orders, if they are given: `arima{model}`. Else they are chosen: `automdl{}`.
  public var order: ARIMAOrder?
  /// With given orders, whether there is a constant: `regression{variables=const}`.
  public var hasConstant = false
  /// The most plain and seasonal ARMA coefficients of a kind: `maxorder`.
  public var maximumOrders = Orders(2, 1)
  /// The most differences: `maxdiff`.
  public var maximumDifferences = Orders(2, 1)
  /// Whether a constant is tested: `checkmu`.
  public var checksConstant = true
  /// Whether a part of the model may have both kinds of coefficients: `mixed`.
  public var allowsMixed = true
  /// Whether a model with as many AR coefficients and differences as MA ones is preferred: `balanced`.
  public var prefersBalanced = false
  /// Whether the default model is taken if its residuals are uncorrelated: `acceptdefault`.
  public var acceptsDefault = false
  /// The confidence of the Ljung–Box test from which on residuals are correlated: `ljungboxlimit`.
  public var ljungBoxLimit = 0.95
  /// The size of a t-statistic below which a last ARMA coefficient, or the constant, is dropped: `armalimit`.
  public var significanceLimit = 1.0
  /// By which share the outliers' critical value is reduced where residuals stay correlated: `reducecv`.
  public var criticalValueReduction = 0.14286
  /// The modulus up to which a root of the first autoregression is a unit root: `urlimit1` (1/0.96).
  public var firstUnitRootLimit = 1 / 0.96
  /// How small an autoregressive coefficient of the following rounds may be to call for a difference:
  /// `urlimit2`.
  public var secondUnitRootLimit = 0.88
  /// The modulus up to which a root of the final model is a unit root: `urfinal`.
  public var finalUnitRootLimit = 1.05
  /// How far AR and MA coefficients must lie apart not to cancel: `cancel`.
  public var cancellation = 0.1
  /// By which factor the default model's residuals may be larger and the default be preferred: `reducefct`,
  /// 1/(1 − 0.0125).
  public var residualScaleFactor = 1 / (1 - 0.0125)
  /// Whether the model serves a seasonal adjustment. X-13 allows the default model larger residuals then,
  /// where the other's are correlated: it asks whether there is an `x11{}` or `seats{}`.
  public var isSeasonallyAdjusted = true

  /// X-13's defaults.
  public init(
    regressors: [any RegressionTerm] = [], transformation: Transformation = .automatic,
    testsTradingDays: Bool = true, easterWindows: [Int] = [1, 8, 15],
    outliers: OutlierSearch = OutlierSearch(),
    order: ARIMAOrder? = nil
  ) {
    self.regressors = regressors
    self.transformation = transformation
    self.testsTradingDays = testsTradingDays
    self.easterWindows = easterWindows
    self.outliers = outliers
    self.order = order
  }

  /// `regARIMA`, or with given orders `regARIMA(0,1,1)(0,1,1)`.
  public var name: String { "regARIMA" + (order?.description ?? "") }

  /// The chosen model, fitted.
  ///
  /// - Throws: See ``select(for:)``.
  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedARIMA {
    try select(for: series).fitted
  }

  /// The chosen model with the way it was chosen.
  ///
  /// A series that a constant or a line describes exactly gets that model. Calendar terms and candidate
  /// models that cannot be estimated on a short series are passed over; where the search ends in none, the default model stays.
  ///
  /// - Throws: ``ForecastError/noObservations(count:)``, ``ForecastError/tooShort(model:needed:found:)`` with
  ///   fewer observations than the default model needs (16 months),
  ///   ``ForecastError/notFinite(period:value:)``, ``ForecastError/notPositive(model:period:value:)`` where
  ///   logarithms are asked for, and ``ForecastError/cannotFit(model:reason:)`` with what stands against a
  ///   model, such as a regressor that the others determine.
  public func select(for series: TimeSeries) throws(ForecastError) -> RegARIMASelection {
    try series.checkForForecasting()
    if transformation == .logarithm { try series.checkPositive(model: name) }
    do throws(ARIMAError) {
      var search = try AdjustmentSearch(self, series)
      let fit = try search.run()
      return try RegARIMASelection(search, fit)
    } catch {
      throw error.forecastError(model: name)
    }
  }
}
