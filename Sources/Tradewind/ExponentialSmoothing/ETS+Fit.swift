import TradewindNumerics

extension ETS {
  /// Fits the model, or the best of those to choose from.
  ///
  /// A constant series gives `ETS(A,N,N)` at that constant, with variance 0. Automatic choice tries a form only where
  /// AICc is defined, with two observations more than its parameters and states; for series with too few observations for any it
  /// takes `ETS(A,N,N)`. Seasons longer than ``longestSeason`` are not modelled.
  ///
  /// - Throws: ``ForecastError``: no or infinite observations, fewer than 3 (automatic), or for a form asked for: fewer
  ///   than its parameters and initial states plus one, values not above zero, or no season in the series.
  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedETS {
    try series.checkForForecasting()
    if let constant = constantFit(series) { return constant }
    switch choice {
    case .form(let form):
      try check(series, form)
      let task = ETSTask(series: series, options: self)
      guard let fit = task.fit(form) else {
        throw .cannotFit(model: name, reason: "the likelihood is not defined at any starting point")
      }
      return fit
    case .automatic:
      return try best(of: Form.all.filter { !$0.trend.isMultiplicative && !$0.isUnstable }, series)
    case .among(let forms): return try best(of: forms, series)
    }
  }

  /// All observations equal: nothing is left to estimate.
  private func constantFit(_ series: TimeSeries) -> FittedETS? {
    let known = series.values.filter { !$0.isNaN }
    guard case .automatic = choice, known.count >= 3, known.allSatisfy({ $0 == known[0] }) else { return nil }
    return FittedETS(
      series: series, form: Form(), parameters: Parameters(alpha: fixed.alpha ?? 1e-4),
      state: State(level: known[0]),
      estimated: 2, hasConverged: true)
  }

  private func check(_ series: TimeSeries, _ form: Form) throws(ForecastError) {
    if form.isSeasonal, !(2...Self.longestSeason).contains(series.seasonalPeriod) {
      throw .notSeasonal(model: form.description, seasonalPeriod: series.seasonalPeriod)
    }
    if form.needsPositiveValues { try series.checkPositive(model: form.description) }
    if case .given(let state) = initialStates {
      let seasons = form.isSeasonal ? series.seasonalPeriod : 0
      if state.seasonal.count != seasons || (state.slope != nil) != form.hasTrend {
        throw .cannotFit(
          model: form.description,
          reason:
            "the given state has \(state.seasonal.count) seasons\(state.slope == nil ? " and no slope" : "")")
      }
    }
    let needed = estimatedCount(form, series) + 1
    let found = series.count - series.missingCount
    if found < needed { throw .tooShort(model: form.description, needed: needed, found: found) }
  }

  /// Parameters and initial states that are estimated. Heuristic and penalised states count like free ones.
  func estimatedCount(_ form: Form, _ series: TimeSeries) -> Int {
    var count = form.smoothingCount
    if fixed.alpha != nil { count -= 1 }
    if fixed.beta != nil, form.hasTrend { count -= 1 }
    if fixed.gamma != nil, form.isSeasonal { count -= 1 }
    if fixed.phi != nil, form.trend.isDamped { count -= 1 }
    if case .given = initialStates { return count }
    return count + form.stateCount(period: series.seasonalPeriod)
  }

  private func best(of forms: [Form], _ series: TimeSeries) throws(ForecastError) -> FittedETS {
    let observed = series.count - series.missingCount
    guard observed >= 3 else { throw .tooShort(model: name, needed: 3, found: observed) }
    let task = ETSTask(series: series, options: self)
    var candidates: [Form] = []
    var reason: ForecastError?
    for form in forms {
      do throws(ForecastError) {
        try check(series, form)
        if observed > estimatedCount(form, series) + 2 { candidates.append(form) }
      } catch { reason = error }
    }
    if let fit = task.best(of: candidates) { return fit }
    if case .automatic = choice, let fit = task.fit(Form()) { return fit }
    throw reason ?? .cannotFit(model: name, reason: "no form to choose from has a likelihood on this series")
  }
}
