import RealModule
import TradewindNumerics

extension AutoARIMA {
  /// Chooses the differences and the orders, and fits the model.
  ///
  /// - Throws: ``ForecastError``: no or infinite observations, or a single one; with a logarithm values not above zero; regressors that
  ///   do not suit the series or depend on each other.
  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedARIMA {
    try series.checkForForecasting()
    if transform == .log { try series.checkPositive(model: name) }
    var task = try AutoARIMATask(self, series)
    return try task.run()
  }
}

/// The choice of one series' model.
struct AutoARIMATask {
  let options: AutoARIMA
  let series: TimeSeries
  /// The values on the scale of the models.
  let values: [Double]
  let columns: [RegressionColumn]
  /// The season, 1 where seasonal models are not tried.
  let period: Int
  private let observed: Int
  private var choice: ARIMAChoice
  private var workspace = ARIMAWorkspace()
  /// The best model so far, its parameters and its criterion.
  private var best: (candidate: OrderCandidate, parameters: [Double])?
  private var least = Double.infinity
  private var criterion: AutoARIMA.Criterion
  /// The log-likelihoods of all models estimated to their end.
  private var likelihoods: [(candidate: OrderCandidate, logLikelihood: Double)] = []

  init(_ options: AutoARIMA, _ series: TimeSeries) throws(ForecastError) {
    self.options = options
    self.series = series
    values = options.transform == .log ? series.values.map { Double.log($0) } : series.values
    period = options.isSeasonal ? series.seasonalPeriod : 1
    observed = series.count - series.missingCount
    // With three observations or fewer the correction of AICc is not defined for any model.
    criterion = observed <= 3 ? .aic : options.criterion
    choice = ARIMAChoice(criterion: criterion, seasonalPeriod: series.seasonalPeriod)
    let frame = RegressionFrame(
      start: series.start, count: series.count, seasonalPeriod: series.seasonalPeriod)
    do throws(ARIMAError) {
      columns = try ARIMA(ARIMAOrder(0, 0, 0), regressors: options.regressors).columns(in: frame)
    } catch {
      throw .cannotFit(model: options.name, reason: "\(error)")
    }
  }

  mutating func run() throws(ForecastError) -> FittedARIMA {
    let scale = largestValue(values)
    if columns.isEmpty, isConstant(values, scale: scale, differences: 0), options.allowsConstant {
      choice.fallback = "all observations are equal: the model is their mean"
      return try fitted(OrderCandidate(0, 0, constant: true), d: 0, seasonalD: 0)
    }
    let (d, seasonalD) = chooseDifferences()
    let order = ARIMAOrder(0, d, 0, seasonal: (0, seasonalD, 0))
    let rest = order.differenced(values, period: period)
    if columns.isEmpty, isConstant(rest, scale: scale, differences: d + seasonalD) {
      choice.fallback = "differencing leaves a constant: nothing is left for other coefficients"
      let hasConstant = d + seasonalD <= 1 && options.allowsConstant
      return try fitted(OrderCandidate(0, 0, constant: hasConstant), d: d, seasonalD: seasonalD)
    }
    let search = orderSearch(d: d, seasonalD: seasonalD)
    var trials: [ARIMAChoice.Trial] = []
    var task = self
    let evaluate: OrderSearch.Evaluation = { candidate, _ in
      let outcome = task.evaluate(candidate, d: d, seasonalD: seasonalD)
      var value = Double.infinity
      if case .value(let found) = outcome { value = found }
      trials.append(
        ARIMAChoice.Trial(
          order: candidate.order(d: d, seasonalD: seasonalD), hasConstant: candidate.hasConstant,
          outcome: outcome, isBest: task.best?.candidate == candidate))
      return value
    }
    switch options.search {
    case .stepwise: _ = search.stepwise(evaluate)
    case .exhaustive(let order): _ = search.exhaustive(order: order, evaluate)
    }
    self = task
    choice.trials = trials
    guard let best else { return try withoutSearch(d: d, seasonalD: seasonalD, search) }
    return try fitted(best.candidate, d: d, seasonalD: seasonalD, from: best.parameters)
  }

  /// The simplest models, where the criterion is defined for none that was tried.
  private mutating func withoutSearch(
    d: Int, seasonalD: Int, _ search: OrderSearch
  ) throws(ForecastError) -> FittedARIMA {
    choice.fallback =
      "no model that was tried counts (\(observed) observations): the differences alone are taken"
    var reason: ForecastError?
    let simplest = [
      (OrderCandidate(0, 0, constant: search.allowsConstant), d, seasonalD),
      (OrderCandidate(0, 0), d, seasonalD), (OrderCandidate(0, 0, constant: options.allowsConstant), 0, 0),
    ]
    for (candidate, d, seasonalD) in simplest {
      do throws(ForecastError) {
        return try fitted(candidate, d: d, seasonalD: seasonalD)
      } catch { reason = reason ?? error }
    }
    throw reason ?? .cannotFit(model: options.name, reason: "no model could be estimated")
  }

  private func orderSearch(d: Int, seasonalD: Int) -> OrderSearch {
    let limits = options.limits
    let isSeasonal = period > 1
    // Orders up to a third of the observations, or of the seasons, as R.
    var limit = OrderCandidate(
      min(limits.ar, observed / 3), min(limits.ma, observed / 3),
      seasonal: isSeasonal
        ? (min(limits.seasonalAR, observed / 3 / period), min(limits.seasonalMA, observed / 3 / period))
        : (0, 0))
    if limit.seasonalP > 0 { limit.p = min(limit.p, period - 1) }
    if limit.seasonalQ > 0 { limit.q = min(limit.q, period - 1) }
    let isShort = values.count < 10
    let start = OrderCandidate(
      min(isShort ? 1 : 2, limit.p), min(isShort ? 1 : 2, limit.q),
      seasonal: (min(isShort ? 0 : 1, limit.seasonalP), min(isShort ? 0 : 1, limit.seasonalQ)))
    var models = Int.max
    if case .stepwise(let count) = options.search { models = count }
    return OrderSearch(
      limit: limit, allowsConstant: options.allowsConstant && d + seasonalD <= 1, start: start, models: models
    )
  }

  /// The model with these orders, estimated to the end and with everything known about the choice.
  private mutating func fitted(
    _ candidate: OrderCandidate, d: Int, seasonalD: Int, from start: [Double]? = nil
  ) throws(ForecastError) -> FittedARIMA {
    let model = ARIMA(
      candidate.order(d: d, seasonalD: seasonalD), hasConstant: candidate.hasConstant,
      transform: options.transform, uncertainty: options.uncertainty, regressors: options.regressors)
    choice.order = model.order
    choice.hasConstant = candidate.hasConstant
    do throws(ARIMAError) {
      let problem = try model.problem(for: series)
      let estimate = try Tradewind.estimate(problem, from: start, using: &workspace)
      var fit = try FittedARIMA(model: model, series: series, problem: problem, estimate: estimate)
      fit.choice = choice
      return fit
    } catch {
      throw error.forecastError(model: options.name)
    }
  }
}

// MARK: - Differences

extension AutoARIMATask {
  /// Differences by the tests, less where a regressor would become constant or nothing would be left.
  private mutating func chooseDifferences() -> (d: Int, seasonalD: Int) {
    let rule = DifferencingRule(test: options.differenceTest, seasonalTest: options.seasonalDifferenceTest)
    var x = columns.isEmpty ? trimmed : regressionResiduals
    var regressors = columns.map(\.values)
    var seasonalD = 0
    if period > 1 {
      if let given = options.seasonalDifferences {
        seasonalD = given
      } else {
        let count = rule.seasonalDifferences(
          of: x, period: period, atMost: options.limits.seasonalDifferences)
        choice.tests += count.tests
        seasonalD = count.differences
        if seasonalD > 0, makesConstant(regressors, ARIMAOrder(0, 0, 0, seasonal: (0, seasonalD, 0))) {
          seasonalD -= 1
        }
      }
    }
    let seasonal = ARIMAOrder(0, 0, 0, seasonal: (0, seasonalD, 0))
    x = seasonal.differenced(x, period: period)
    regressors = regressors.map { seasonal.differenced($0, period: period) }
    if let given = options.differences { return (given, seasonalD) }
    let count = rule.differences(of: x, atMost: options.limits.differences)
    choice.tests += count.tests
    var d = count.differences
    if d > 0, makesConstant(regressors, ARIMAOrder(0, d, 0)) { d -= 1 }
    while d > 0, !ARIMAOrder(0, d, 0).differenced(x, period: period).contains(where: { !$0.isNaN }) { d -= 1 }
    return (d, seasonalD)
  }

  /// The values from the first observation on.
  private var trimmed: [Double] { Array(values.drop { $0.isNaN }) }

  private func makesConstant(_ regressors: [[Double]], _ order: ARIMAOrder) -> Bool {
    regressors.contains { column in
      let scale = largestValue(column)
      // Columns that are constant before say nothing.
      return !isConstant(column, scale: scale, differences: 0)
        && isConstant(
          order.differenced(column, period: period), scale: scale, differences: order.d + order.seasonalD)
    }
  }

  /// What least squares on a constant and the regressors leaves, NaN where missing.
  private var regressionResiduals: [Double] {
    let rows = values.indices.filter { !values[$0].isNaN }
    let design = Matrix(
      columns: [rows.map { _ in 1.0 }] + columns.map { column in rows.map { column.values[$0] } })
    guard let solution = try? LeastSquares.minimumNorm(design, rows.map { values[$0] }) else {
      return trimmed
    }
    var result = [Double](repeating: .nan, count: values.count)
    for (i, row) in rows.enumerated() { result[row] = solution.residual[i] }
    return Array(result.drop { $0.isNaN })
  }
}

// MARK: - Models

extension OrderCandidate {
  func order(d: Int, seasonalD: Int) -> ARIMAOrder {
    ARIMAOrder(p, d, q, seasonal: (seasonalP, seasonalD, seasonalQ))
  }
}

extension AutoARIMATask {
  /// Estimates a candidate as exactly as the choice needs.
  private mutating func evaluate(
    _ candidate: OrderCandidate, d: Int, seasonalD: Int
  ) -> ARIMAChoice.Trial.Outcome {
    let order = candidate.order(d: d, seasonalD: seasonalD)
    let penalty = penalty(order, candidate)
    guard penalty.isFinite else { return .failed("there are too few observations for \(criterion.text)") }
    // −2 log L + penalty is to come below the least value.
    let needed = 0.5 * (penalty - least)
    // A model has no higher likelihood than one that contains it. One unit is left for searches that ended in a local optimum.
    for other in likelihoods where candidate.isWithin(other.candidate) && other.logLikelihood + 1 < needed {
      return .hopeless
    }
    let problem = RegARIMAProblem(
      values: values, columns: columns, order: order, period: series.seasonalPeriod,
      hasConstant: candidate.hasConstant)
    let hint = best.map {
      neighbouringStart($0.parameters, from: $0.candidate.order(d: d, seasonalD: seasonalD), to: order)
    }
    let estimate: CandidateEstimate
    do throws(ARIMAError) {
      estimate = try problem.estimateCandidate(hint: hint, needed: needed, using: &workspace)
    } catch {
      return .failed("\(error)")
    }
    if estimate.isHopeless { return .hopeless }
    likelihoods.append((candidate, estimate.logLikelihood))
    if let modulus = nearUnitRoot(estimate.parameters, order) { return .nearUnitRoot(modulus) }
    let value = penalty - 2 * estimate.logLikelihood
    guard value.isFinite else { return .failed("nothing is left to explain") }
    if value < least {
      least = value
      best = (candidate, estimate.parameters)
    }
    return .value(value)
  }

  /// The criterion of a log-likelihood of zero.
  private func penalty(_ order: ARIMAOrder, _ candidate: OrderCandidate) -> Double {
    let coefficients = order.coefficientCount + columns.count + (candidate.hasConstant ? 1 : 0)
    return criterion.value(
      InformationCriteria(
        logLikelihood: 0, parameters: coefficients + 1,
        observations: observed - order.lostObservations(period: series.seasonalPeriod)))
  }

  /// The least modulus of the polynomials' roots, if it is less than 1.01; those of the seasonal ones by their m-th root.
  private func nearUnitRoot(_ parameters: [Double], _ order: ARIMAOrder) -> Double? {
    var first = 0
    var least = Double.infinity
    for kind in ARIMAConstraints.Kind.allCases {
      let count = order.count(kind)
      defer { first += count }
      guard count > 0 else { continue }
      let isMoving = kind == .ma || kind == .seasonalMA
      let lag = kind == .seasonalAR || kind == .seasonalMA ? series.seasonalPeriod : 1
      let coefficients = parameters[first..<first + count].map { isMoving ? -$0 : $0 }
      guard !RootCircle.allOutside(coefficients, radius: Double.pow(1.01, Double(lag))) else { continue }
      let roots = (try? polynomialRoots([1] + coefficients.map { -$0 })) ?? []
      for root in roots { least = min(least, Double.pow(root.modulus, 1 / Double(lag))) }
    }
    return least < 1.01 ? least : nil
  }
}

/// Where the roots of 1 − c₁z − c₂z² − … lie.
enum RootCircle {
  /// Whether all are farther from the origin than `radius`: the polynomial with coefficients cⱼ radiusʲ is stationary, by its
  /// reflection coefficients (Schur and Cohn).
  static func allOutside(_ coefficients: [Double], radius: Double) -> Bool {
    var x = coefficients
    var power = 1.0
    for j in x.indices {
      power *= radius
      x[j] *= power
    }
    while let reflection = x.popLast() {
      guard abs(reflection) < 1 else { return false }
      let rest = 1 - reflection * reflection
      let old = x
      for j in x.indices { x[j] = (old[j] + reflection * old[x.count - 1 - j]) / rest }
    }
    return true
  }
}
