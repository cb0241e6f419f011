/// Seasonal adjustment from start to end: a regression with ARIMA errors, X-11, and every effect put back where it
/// belongs.
///
/// ```swift
/// let newYear = ChineseNewYear()
/// let model = AutomaticRegARIMA(regressors: [newYear])
/// let adjusted = try SeasonalAdjustment(.automatic(model)).adjust(imports)
/// adjusted.seasonallyAdjusted     // table D11
/// adjusted.calendar               // table D18
/// adjusted.outlook.combined       // the factors of the coming year
/// ```
///
/// 1. The model is fitted, or chosen and fitted. Missing values are estimated by it.
/// 2. What its regressors explain is taken out of the series and its forecasts (``RegressionRole``).
/// 3. ``X11`` adjusts what is left, with the forecasts behind it.
/// 4. The effects go back: level shifts and ramps to the trend, single odd periods and those that fade away to the
///    irregular, changes of the season to the season; trading days, the length of February and feasts make the
///    calendar factor, which like the season is not in the adjusted series. A regressor without a part
///    (``RegressionRole/user``) stays in the adjusted series, beside trend and irregular.
///
/// | here | X-13 | JDemetra+ (`rjd3x13`) | default |
/// | --- | --- | --- | --- |
/// | ``Model/given(_:)`` | `arima{}`, `regression{}` | `set_arima`, `set_tradingdays`, `add_outlier` | – |
/// | ``Model/automatic(_:)`` | `automdl{}`, `outlier{}`, `aictest` | `set_automodel`, `set_outlier`, `RSA5c` | with X-13's defaults |
/// | ``x11`` | `x11{}` | `set_x11` | filters chosen by the data (``X11``) |
/// | ``mode`` | `x11{mode}` | `mode` | multiplicative after logarithms, else additive |
/// | ``forecasts``, ``backcasts`` | `forecast{maxlead maxback}` | `fcasts`, `bcasts` | one year, none |
/// | ``totals`` | `force{}` | `set_benchmarking` | none |
/// | ``adjustsAnyway`` | always | where the model has a season | no |
///
/// JDemetra+ does the same in this order; its forecasts, too, are of one year unless it is told otherwise.
///
/// Reference: US Census Bureau, X-13ARIMA-SEATS Reference Manual, version 1.1, §7.19 (`x11`).
public struct SeasonalAdjustment: Sendable {
  /// Where the regression with ARIMA errors comes from.
  public enum Model: Sendable {
    /// Orders and regressors as they are given, coefficients estimated.
    case given(ARIMA)
    /// All of it chosen for the series.
    case automatic(AutomaticRegARIMA)
  }

  /// The regression with ARIMA errors.
  public var model: Model
  /// How X-11 adjusts; its own mode is not used, see ``mode``.
  public var x11: X11
  /// How the components combine; nil for multiplicative after logarithms, else additive.
  public var mode: X11Mode?
  /// How many forecasts X-11 sees behind the series, 0 or more; nil for one year.
  public var forecasts: Int?
  /// How many backcasts it sees before the series, 0 or more.
  public var backcasts: Int
  /// Whether a season is taken out also where the tests find none (``SeasonalityVerdict``). X-13 always does.
  public var adjustsAnyway = false
  /// How the adjusted series is made to add up to the years of the observed one; nil where it is not.
  public var totals: ForcedTotals?

  /// An adjustment with X-13's defaults wherever nothing is given.
  ///
  /// - Precondition: the numbers of forecasts and backcasts are not negative.
  public init(
    _ model: Model = .automatic(AutomaticRegARIMA()), x11: X11 = X11(), mode: X11Mode? = nil,
    forecasts: Int? = nil, backcasts: Int = 0, totals: ForcedTotals? = nil
  ) {
    precondition(forecasts ?? 0 >= 0 && backcasts >= 0, "no number of forecasts or backcasts is negative")
    self.model = model
    self.x11 = x11
    self.mode = mode
    self.forecasts = forecasts
    self.backcasts = backcasts
    self.totals = totals
  }

  /// Adjusts a series of months or quarters, three years or more.
  ///
  /// Missing values and combined months are estimated by the model, and adjusted as if they had been observed.
  ///
  /// - Parameters:
  ///   - series: Months or quarters.
  ///   - tables: The tables of X-11 to keep in ``AdjustedSeries/parts``, without the regressors' effects.
  /// - Throws: ``SeasonalAdjustmentError``: the model cannot be fitted, X-11 cannot adjust what is left, a regressor
  ///   has no value in the periods of forecasts or backcasts, the mode does not go with the model's scale, or
  ///   yearly totals cannot be forced.
  public func adjust(
    _ series: TimeSeries, tables: Set<X11Table> = []
  ) throws(SeasonalAdjustmentError) -> AdjustedSeries {
    var engine = X11Engine()
    return try adjust(series, with: &engine, tables: tables)
  }

  /// The same with an engine that is kept from one series to the next.
  public func adjust(
    _ series: TimeSeries, with engine: inout X11Engine, tables: Set<X11Table> = []
  ) throws(SeasonalAdjustmentError) -> AdjustedSeries {
    try checkPeriods(of: series)
    let selection: RegARIMASelection?
    let fitted: FittedARIMA
    do throws(ForecastError) {
      switch model {
      case .given(let arima):
        selection = nil
        fitted = try arima.fit(to: series)
      case .automatic(let automatic):
        let chosen = try automatic.select(for: series)
        (selection, fitted) = (chosen, chosen.fitted)
      }
    } catch {
      throw .model(error)
    }
    return try adjust(fitted, selection, with: &engine, tables: tables)
  }

  /// Adjusts the series of a model that is fitted already; ``model`` is not used.
  ///
  /// - Throws: See ``adjust(_:tables:)``.
  public func adjust(
    after fitted: FittedARIMA, with engine: inout X11Engine, tables: Set<X11Table> = []
  ) throws(SeasonalAdjustmentError) -> AdjustedSeries {
    try checkPeriods(of: fitted.series)
    return try adjust(fitted, nil, with: &engine, tables: tables)
  }

  /// Throws what X-11 would refuse after a model that took its time.
  package func checkPeriods(of series: TimeSeries) throws(SeasonalAdjustmentError) {
    let period = series.seasonalPeriod
    guard series.count > series.missingCount else { throw .x11(.noObservations(count: series.count)) }
    guard period == 12 || period == 4 else { throw .x11(.unsupportedPeriod(seasonalPeriod: period)) }
    guard series.count >= 3 * period else {
      throw .x11(.tooShort(needed: 3 * period, found: series.count))
    }
    do throws(X11Error) { try X11Error.checkRange(series) } catch { throw .x11(error) }
  }
}
