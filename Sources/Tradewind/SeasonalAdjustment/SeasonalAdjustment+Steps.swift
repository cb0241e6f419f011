extension SeasonalAdjustment {
  /// The adjustment after the model.
  func adjust(
    _ fitted: FittedARIMA, _ selection: RegARIMASelection?, with engine: inout X11Engine,
    tables: Set<X11Table>
  ) throws(SeasonalAdjustmentError) -> AdjustedSeries {
    let series = fitted.series
    let period = series.seasonalPeriod
    let horizon = forecasts ?? period
    var x11 = x11
    x11.mode = try chosenMode(fitted.model)

    // Factors of the coming year are known from the calendar also where X-11 sees fewer forecasts or none.
    let reach = max(horizon, period)
    do throws(ForecastError) { try fitted.checkRegressors(horizon: reach) } catch { throw .model(error) }
    let frame = RegressionFrame(
      start: series.start.advanced(by: -backcasts), count: backcasts + series.count + reach,
      seasonalPeriod: period)
    let effects: RegressionEffects
    do throws(RegressionError) {
      effects = try RegressionEffects(fitted, in: frame, first: backcasts)
    } catch {
      throw .regression(error)
    }

    let completed = try completed(fitted)
    let after = reach > 0 ? fitted.forecast(ForecastRequest(horizon: reach, levels: [])) : nil
    let forecast = after?.median ?? []
    let before = fitted.backcast(horizon: backcasts)
    let whole = before + completed.values + forecast
    if let gap = whole.firstIndex(where: { !$0.isFinite }) {
      throw .noExtension(period: frame.period(at: gap))
    }
    let linearized = effects.without(whole, effects.all)
    let observed = backcasts..<(backcasts + series.count)
    let parts: X11Decomposition
    do throws(X11Error) {
      parts = try engine.decompose(
        TimeSeries(
          Array(linearized[observed]), start: series.start, seasonalPeriod: period, name: series.name),
        by: x11, backcasts: Array(linearized[..<backcasts]),
        forecasts: Array(linearized[observed.upperBound..<observed.upperBound + horizon]),
        tables: tables)
    } catch {
      throw .x11(error)
    }
    let verdict = parts.verdict(after: fitted)
    var result = AdjustedSeries(
      fitted: fitted, selection: selection, completed: completed, parts: parts, verdict: verdict,
      isSeasonallyAdjusted: adjustsAnyway || verdict?.finding != .absent, effects: effects,
      first: backcasts, forecasts: Array(forecast.prefix(period)))
    if let totals {
      let adjusted = TimeSeries(
        result.seasonallyAdjusted, start: series.start, seasonalPeriod: period, name: series.name)
      do throws(ForcedTotalsError) {
        result.forced = try totals.adjust(adjusted, to: completed).values
      } catch {
        throw .totals(error)
      }
    }
    return result
  }

  private func chosenMode(_ model: ARIMA) throws(SeasonalAdjustmentError) -> X11Mode {
    let isLogarithmic = model.transform == .log
    let chosen = mode ?? (isLogarithmic ? .multiplicative : .additive)
    guard chosen.givesFactors == isLogarithmic else {
      throw .modeMismatch(mode: chosen, isLogarithmic: isLogarithmic)
    }
    guard isLogarithmic || model.prior == nil else { throw .factorAmongDifferences }
    return chosen
  }

  /// The series with the model's estimates where values are missing or known only in total.
  private func completed(_ fitted: FittedARIMA) throws(SeasonalAdjustmentError) -> TimeSeries {
    var series = fitted.series
    for estimate in fitted.interpolated() {
      series.values[estimate.period.ordinal - series.start.ordinal] = estimate.estimate
    }
    if let gap = series.values.firstIndex(where: \.isNaN) {
      throw .noEstimate(period: series.period(at: gap))
    }
    return series
  }
}
