import RealModule

/// Fits of several forms to one series.
struct ETSTask {
  let series: TimeSeries
  let options: ETS
  /// The values as the search has them: over a power of two near their size.
  private let plain: Scaled
  /// The same less the first value, for forms that a constant added to the data only shifts: what they are fitted to is then
  /// the same to the last digit, whatever the constant.
  private let centred: Scaled

  /// Values less an origin over a unit.
  struct Scaled {
    let y: [Double]
    let origin, unit: Double
    let heuristic: ETSHeuristic

    init(_ values: [Double], origin: Double, period: Int) {
      let size = values.reduce(0) { $1.isNaN ? $0 : max($0, abs($1 - origin)) }
      let unit = size > 0 ? Double(sign: .plus, exponent: size.exponent, significand: 1) : 1
      self.unit = unit
      self.origin = origin
      y = values.map { ($0 - origin) / unit }
      heuristic = ETSHeuristic(y: y, period: period)
    }
  }

  init(series: TimeSeries, options: ETS) {
    self.series = series
    self.options = options
    let period = (2...ETS.longestSeason).contains(series.seasonalPeriod) ? series.seasonalPeriod : 1
    plain = Scaled(series.values, origin: 0, period: period)
    isPositive = series.values.allSatisfy { !($0 <= 0) }
    let first = series.values.first { !$0.isNaN } ?? 0
    centred = Scaled(series.values, origin: first, period: period)
  }

  /// Whether all values are above zero.
  private let isPositive: Bool

  private var observed: Int { series.count - series.missingCount }

  func scaled(for form: ETS.Form) -> Scaled { form.needsPositiveValues ? plain : centred }

  func search(_ form: ETS.Form) -> ETSSearch {
    let scaled = scaled(for: form)
    var states = scaled.heuristic.state(for: form)
    if case .given(let state) = options.initialStates {
      states = state.changed(form, factor: 1 / scaled.unit, shift: -scaled.origin / scaled.unit)
    }
    let isFree = options.initialStates == .penalised || options.initialStates == .estimated
    return ETSSearch(
      y: scaled.y, form: form, period: series.seasonalPeriod, region: options.region,
      objective: options.objective,
      fixed: options.fixed, states: states, freeStates: isFree,
      shrinkage: options.initialStates == .penalised ? options.shrinkage : nil)
  }

  private func finish(_ search: ETSSearch) -> FittedETS {
    let scaled = scaled(for: search.form)
    // A level that was given stays as it was, to the last digit.
    var state = search.state.changed(search.form, factor: scaled.unit, shift: scaled.origin)
    if case .given(let given) = options.initialStates { state = given }
    var fit = FittedETS(
      series: series, form: search.form, parameters: search.parameters, state: state,
      estimated: options.estimatedCount(search.form, series), hasConverged: search.hasConverged)
    if options.uncertainty != ETSUncertainty() {
      fit.source = ETSFuture.Source(options: options, count: series.count)
    }
    return fit
  }

  /// Slow and quick states.
  private static let starts = [
    ETSStart(alpha: 0.2, slope: 0.1, season: 0.1, phi: 0.95),
    ETSStart(alpha: 0.8, slope: 0.05, season: 0.5, phi: 0.9),
    ETSStart(alpha: 0.02, slope: 0.02, season: 0.02, phi: 0.975),
    ETSStart(alpha: 0.5, slope: 0.8, season: 0.05, phi: 0.85),
  ]

  /// Of −2 log L: what a search's next step must promise to be taken; and for the one chosen, if its states are free.
  private static let (tolerance, finalTolerance) = (1e-4, 1e-9)

  /// One form, from all starts.
  func fit(_ form: ETS.Form) -> FittedETS? {
    best(of: search(form), starts: Self.starts[...]).map { finish(polished($0)) }
  }

  private func run(_ search: inout ETSSearch, limit: Double = .infinity) {
    search.run(tolerance: Self.tolerance, steps: 200, limit: limit)
    guard options.objective == .meanAbsoluteError else { return }
    // From round to sharp absolute values.
    for smoothing in [1e-2, 1e-3, 1e-4] {
      search.sharpen(to: smoothing)
      search.run(tolerance: Self.tolerance, steps: 100)
    }
  }

  private func polished(_ search: ETSSearch) -> ETSSearch {
    guard options.initialStates == .estimated else { return search }
    var search = search
    search.hasConverged = false
    search.run(tolerance: Self.finalTolerance, steps: 100)
    return search
  }

  /// The best search from several starts.
  private func best(of fresh: ETSSearch, starts: ArraySlice<ETSStart>) -> ETSSearch? {
    var best: ETSSearch?
    for start in starts {
      var search = fresh
      guard search.start(start) else { continue }
      run(&search)
      if best.map({ search.value < $0.value }) ?? true { best = search }
    }
    return best
  }

  /// The best of several forms by the criterion, the simplest of equals.
  ///
  /// Each is searched for from one start, those of free states that come near the best from the others as well.
  func best(of forms: [ETS.Form]) -> FittedETS? {
    var candidates: [Candidate] = []
    for (order, form) in forms.enumerated() {
      let offset = price(form) + 2 * Double(observed) * Double.log(scaled(for: form).unit)
      candidates.append(Candidate(search: search(form), order: order, offset: offset))
    }
    let starts = options.initialStates == .estimated ? Self.starts : [Self.starts[0]]
    var best: Candidate?
    for start in starts {
      var fresh: [Candidate] = []
      let reach = (best?.criterion ?? .infinity) + Self.nearby
      for var candidate in candidates where candidate.criterion < reach || best == nil {
        guard candidate.search.start(start) else { continue }
        fresh.append(candidate)
      }
      // From the most promising on, so that hopeless searches end early.
      for var candidate in fresh.sorted(by: { $0.searchCriterion < $1.searchCriterion }) {
        let limit = options.objective == .likelihood ? best.map { $0.criterion - candidate.offset } : nil
        run(&candidate.search, limit: limit ?? .infinity)
        let criterion =
          options.objective == .likelihood ? candidate.searchCriterion : likelihoodCriterion(candidate.search)
        if criterion < candidate.criterion { candidates[candidate.order].criterion = criterion }
        candidate.criterion = criterion
        guard best.map({ criterion <= $0.criterion }) ?? true, staysPositive(candidate.search) else {
          continue
        }
        if best.map({ (criterion, candidate.order) < ($0.criterion, $0.order) }) ?? true { best = candidate }
      }
    }
    return best.map { finish(polished($0.search)) }
  }

  /// Whether points stay above zero for two seasons (ten periods at least), where all values are: a line that ends below is no
  /// forecast of them, however well it fits.
  private func staysPositive(_ search: ETSSearch) -> Bool {
    guard isPositive, search.form.trend == .additive || search.form.trend == .additiveDamped else {
      return true
    }
    let horizon = max(10, 2 * search.period)
    return finish(search).forecast(horizon: horizon, levels: []).mean.allSatisfy { $0 > 0 }
  }

  /// How much worse than the best a form's criterion may be from one start for others to be tried.
  private static let nearby = 12.0

  /// A form's search in the race for the best.
  private struct Candidate {
    var search: ETSSearch
    /// The form's place among those to choose from.
    let order: Int
    /// What is to be added to the search's deviance to compare it with others.
    let offset: Double
    /// The least found so far.
    var criterion = Double.infinity

    var searchCriterion: Double { search.deviance + offset }
  }

  /// The criterion with the likelihood of a fit that made something else best.
  private func likelihoodCriterion(_ search: ETSSearch) -> Double {
    price(search.form) - 2 * (finish(search).informationCriteria?.logLikelihood ?? -.infinity)
  }

  /// What the criterion asks for a form's parameters.
  private func price(_ form: ETS.Form) -> Double {
    let criteria = InformationCriteria(
      logLikelihood: 0, parameters: options.estimatedCount(form, series) + 1,
      observations: observed)
    return switch options.criterion {
    case .aic: criteria.aic
    case .aicc: criteria.aicc
    case .bic: criteria.bic
    }
  }
}

extension ETS.State {
  /// States with a unit change with it, the level with the origin too; factors do not.
  func changed(_ form: ETS.Form, factor: Double, shift: Double) -> ETS.State {
    ETS.State(
      level: level * factor + shift,
      slope: slope.map { form.trend.isMultiplicative ? $0 : $0 * factor },
      seasonal: form.season == .additive ? seasonal.map { $0 * factor } : seasonal)
  }
}
