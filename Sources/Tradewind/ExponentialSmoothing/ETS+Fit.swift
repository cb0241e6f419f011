import TradewindNumerics

extension ETS {
  /// How strongly the penalised estimate holds the initial slope and seasons; see <doc:ETSModels>.
  static let penalty = (slope: 30.0, season: 2.0)

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
      guard let fit = task.fit(form, isQuick: false) else {
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
    if case .automatic = choice, let fit = task.fit(Form(), isQuick: false) { return fit }
    throw reason ?? .cannotFit(model: name, reason: "no form to choose from has a likelihood on this series")
  }
}

/// Fits of several forms to one series.
struct ETSTask {
  let series: TimeSeries
  let options: ETS
  /// The power of two near the size of the values, by which they are divided during the search.
  private let unit: Double
  private let y: [Double]
  private let heuristic: ETSHeuristic

  init(series: TimeSeries, options: ETS) {
    self.series = series
    self.options = options
    let known = series.values.filter { !$0.isNaN }
    let size = known.reduce(0) { max($0, abs($1)) }
    let unit = size > 0 ? Double(sign: .plus, exponent: size.exponent, significand: 1) : 1
    self.unit = unit
    y = series.values.map { $0 / unit }
    let period = (2...ETS.longestSeason).contains(series.seasonalPeriod) ? series.seasonalPeriod : 1
    heuristic = ETSHeuristic(y: y, period: period)
  }

  private func search(_ form: ETS.Form) -> ETSSearch {
    var states: ETS.State
    var isFree = false
    var penalty: (slope: Double, season: Double)?
    switch options.initialStates {
    case .given(let state): states = scaled(state, by: 1 / unit, form)
    default: states = heuristic.state(for: form)
    }
    switch options.initialStates {
    case .penalised:
      isFree = true
      penalty = ETS.penalty
    case .estimated: isFree = true
    case .heuristic, .given: break
    }
    return ETSSearch(
      y: y, form: form, period: series.seasonalPeriod, region: options.region, objective: options.objective,
      fixed: options.fixed, states: states, freeStates: isFree, penalty: penalty)
  }

  /// States with a unit change with it; factors do not.
  private func scaled(_ state: ETS.State, by factor: Double, _ form: ETS.Form) -> ETS.State {
    ETS.State(
      level: state.level * factor, slope: state.slope.map { form.trend.isMultiplicative ? $0 : $0 * factor },
      seasonal: form.season == .additive ? state.seasonal.map { $0 * factor } : state.seasonal)
  }

  /// One form: from all starts if it was asked for by name or its states are free, else from the first.
  func fit(_ form: ETS.Form, isQuick: Bool) -> FittedETS? {
    var best: ETSSearch?
    let starts = options.initialStates == .estimated || !isQuick ? Self.starts : [Self.starts[0]]
    let tolerance = options.initialStates == .estimated ? 1e-8 : 1e-4
    for start in starts {
      var search = search(form)
      guard search.start(alpha: start.0, slope: start.1, season: start.2, phi: start.3) else { continue }
      search.run(tolerance: tolerance, steps: 200)
      if best.map({ search.value < $0.value }) ?? true { best = search }
    }
    return best.map(finish)
  }

  private func finish(_ search: ETSSearch) -> FittedETS {
    FittedETS(
      series: series, form: search.form, parameters: search.parameters,
      state: scaled(search.state, by: unit, search.form),
      estimated: options.estimatedCount(search.form, series), hasConverged: search.hasConverged)
  }

  /// α, β/α, γ/(1 − α), φ: slow and quick states.
  private static let starts = [
    (0.2, 0.1, 0.1, 0.95), (0.8, 0.05, 0.5, 0.9), (0.02, 0.02, 0.02, 0.975), (0.5, 0.8, 0.05, 0.85),
  ]

  /// The best of several forms by the criterion, the simplest of equals.
  func best(of forms: [ETS.Form]) -> FittedETS? {
    var best: FittedETS?
    var least = Double.infinity
    for form in forms {
      guard let fit = fit(form, isQuick: true), let criteria = fit.informationCriteria else { continue }
      let value =
        switch options.criterion {
        case .aic: criteria.aic
        case .aicc: criteria.aicc
        case .bic: criteria.bic
        }
      if best == nil || value < least { (best, least) = (fit, value) }
    }
    return best
  }
}
