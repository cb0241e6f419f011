/// How long before and after a moving holiday it is felt, chosen by AICc.
///
/// ```swift
/// let airline = ARIMA(ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1)), transform: .log) { TradingDays(.one) }
/// let choice = try HolidayWindowSearch(airline).choose(for: imports)
/// print(choice.best)  // Chinese New Year -7...-1, 0...6: AICc 1574.32, 94.92 less than without
/// ```
///
/// Trade slows down before the Chinese New Year and recovers for weeks after it; how long depends on the goods, so
/// that no window suits all. Each candidate is a set of windows with a coefficient each; the model is estimated with
/// each of them, and that of the smallest AICc is taken, none at all included. The default grid has 25 candidates,
/// see ``grid(before:during:after:)``.
///
/// The windows' own uncertainty is not in the standard errors that follow: of many candidates the best looks a
/// little better than it is.
///
/// Reference: J.-L. Lin and T.-S. Liu (2002), "Modeling Lunar Calendar Holiday Effects in Taiwan", US Census Bureau,
/// for the three windows before, during and after; R's `genhol` of the package `seasonal` for such regressors in
///
public struct HolidayWindowSearch: Forecaster {
  /// The model without the holiday.
  public var model: ARIMA
  /// The holiday.
  public var holiday: Holiday
  /// Sets of windows, in days relative to the holiday; of two that are equally good the first is taken.
  public var candidates: [[ClosedRange<Int>]]

  /// A search over `candidates` for the holiday's windows in `model`.
  public init(
    _ model: ARIMA, holiday: Holiday = .chineseNewYear,
    candidates: [[ClosedRange<Int>]] = HolidayWindowSearch.grid()
  ) {
    self.model = model
    self.holiday = holiday
    self.candidates = candidates
  }

  /// The week from the holiday on, with each choice of days before it and after that week, and no effect at all.
  ///
  /// - Parameters:
  ///   - before: How many days before the holiday the first window begins; 0 for no such window.
  ///   - during: How many days the middle window has from the holiday on, 1 or more (a precondition).
  ///   - after: How many days the last window has after that; 0 for no such window.
  public static func grid(
    before: [Int] = [0, 6, 7, 10, 15, 20], during: Int = 7, after: [Int] = [0, 7, 14, 20]
  ) -> [[ClosedRange<Int>]] {
    precondition(during >= 1, "The days during a holiday are 1 or more.")
    precondition((before + after).allSatisfy { $0 >= 0 }, "There is no negative number of days.")
    var result: [[ClosedRange<Int>]] = [[]]
    for lead in before {
      for tail in after {
        var windows = [0...(during - 1)]
        if lead > 0 { windows.insert(-lead ... -1, at: 0) }
        if tail > 0 { windows.append(during...(during + tail - 1)) }
        result.append(windows)
      }
    }
    return result
  }

  /// Such as `ARIMA(0,1,1)(0,1,1) with windows of Chinese New Year`.
  public var name: String { "\(model.name) with windows of \(holiday.name)" }

  /// The model with the windows of the smallest AICc, fitted.
  ///
  /// - Throws: See ``choose(for:)``.
  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedARIMA {
    try choose(for: series).fitted
  }

  /// Every candidate with its AICc, and the fit of the best.
  ///
  /// A candidate that cannot be estimated, since its windows cannot be told from other regressors, is left out and
  /// listed.
  ///
  /// - Throws: ``ForecastError``: what the model throws for the series, or ``ForecastError/cannotFit(model:reason:)``
  ///   where no candidate can be estimated or the holiday's dates do not reach over the series.
  public func choose(for series: TimeSeries) throws(ForecastError) -> HolidayWindowChoice {
    try series.checkForForecasting()
    if model.transform == .log { try series.checkPositive(model: name) }
    do throws(ARIMAError) {
      return try search(series)
    } catch {
      throw error.forecastError(model: name)
    }
  }
}

extension HolidayWindowSearch {
  private func search(_ series: TimeSeries) throws(ARIMAError) -> HolidayWindowChoice {
    let base = try model.problem(for: series)
    let jacobian = model.logJacobian(of: series)
    let columns = try windowColumns(over: model.frame(of: series))
    var workspace = ARIMAWorkspace()
    var start: [Double]?
    var estimated: [HolidayWindowCandidate] = []
    var leftOut: [[ClosedRange<Int>]] = []
    var failure: ARIMAError?
    for windows in candidates {
      var problem = base
      problem.columns += windows.compactMap { columns[$0] }
      do throws(ARIMAError) {
        // Neighbouring candidates have nearly the same coefficients.
        let estimate = try estimate(problem, from: start, using: &workspace)
        start = estimate.parameters
        estimated.append(candidate(windows, problem, estimate, jacobian))
      } catch {
        leftOut.append(windows)
        failure = error
      }
    }
    guard let best = estimated.indices.min(by: { estimated[$0].aicc < estimated[$1].aicc }) else {
      throw failure ?? .numerical("there is no candidate window")
    }
    var chosen = model
    if !estimated[best].windows.isEmpty {
      chosen.regressors.append(MovingHoliday(holiday, windows: estimated[best].windows))
    }
    let problem = try chosen.problem(for: series)
    let fitted = try FittedARIMA(
      model: chosen, series: series, problem: problem, estimate: try estimate(problem))
    return HolidayWindowChoice(
      holiday: holiday, candidates: estimated, leftOut: leftOut, bestIndex: best, fitted: fitted)
  }

  /// The column of each window that occurs.
  private func windowColumns(
    over frame: RegressionFrame
  ) throws(ARIMAError) -> [ClosedRange<Int>: RegressionColumn] {
    var columns: [ClosedRange<Int>: RegressionColumn] = [:]
    do throws(RegressionError) {
      for windows in candidates {
        for window in windows where columns[window] == nil {
          columns[window] = try MovingHoliday(holiday, windows: [window]).columns(in: frame).first
        }
      }
    } catch {
      throw .regression(error)
    }
    return columns
  }

  private func candidate(
    _ windows: [ClosedRange<Int>], _ problem: RegARIMAProblem, _ estimate: RegARIMAEstimate,
    _ jacobian: Double
  ) -> HolidayWindowCandidate {
    let criteria = InformationCriteria(
      logLikelihood: estimate.logLikelihood + jacobian,
      parameters: problem.freeParameters.count + estimate.beta.count + 1,
      observations: estimate.effectiveObservations)
    let first = estimate.beta.count - windows.count
    let coefficients = windows.indices.map { k in
      let error = (estimate.variance * estimate.betaGram[first + k, first + k]).squareRoot()
      return HolidayWindowCandidate.Coefficient(estimate: estimate.beta[first + k], standardError: error)
    }
    return HolidayWindowCandidate(
      windows: windows, logLikelihood: estimate.logLikelihood, aicc: criteria.aicc, coefficients: coefficients
    )
  }
}
