import RealModule
import TradewindNumerics

/// A regression with ARIMA errors of which some values are missing or known only in total, ready for the filter.
///
/// The likelihood is that of what is known, with a flat prior on as many starting values as differencing costs: the
/// density of the differenced series with the missing values integrated out. Without a gap it is the likelihood of the
/// differenced series. (Kohn & Ansley 1986, "Estimation, prediction, and interpolation for ARIMA models with missing data",
/// *JASA* 81, 751–761; Gómez & Maravall 1994, *JASA* 89, 611–624. X-13 puts an additive outlier on
/// each missing value instead and leaves the determinant of that estimate in the likelihood: Gómez, Maravall & Peña 1999,
/// *Journal of Econometrics* 88, 341–363.)
struct StateSpaceProblem {
  let problem: RegARIMAProblem
  let differencing: [Double]
  let names: [String]
  /// The smoothers of the runs, where they are linearised: each of some fifty runs, or of the months of one.
  private var runSmoothers: [StateSpaceSmoother] = []
  /// What is known, with the runs' totals as they are linearised at present.
  private(set) var observations: StateSpaceObservations
  private(set) var filter: StateSpaceFilter
  private(set) var regression: WhitenedRegression
  /// What is rounding in each column.
  private let scales: [Double]

  /// How many values the likelihood is of: what is known less what differencing costs.
  let effectiveObservations: Int

  init(_ problem: RegARIMAProblem) throws(ARIMAError) {
    self.problem = problem
    let polynomial = problem.order.differencing(period: problem.period)
    differencing = polynomial.dropFirst().map { -$0 }
    let columns = problem.allColumns
    names = columns.map(\.name)
    for (t, y) in problem.values.enumerated() where y.isInfinite { throw .notFinite(index: t, value: y) }
    let isLog = problem.combinedScale == .log
    for run in problem.combined where !(run.total.isFinite && (!isLog || run.total > 0)) {
      throw .notFinite(index: run.range.upperBound, value: isLog ? Double.log(run.total) : run.total)
    }
    var observations = StateSpaceObservations(
      problem.values, regressors: columns.map(\.values), combined: problem.combined)
    if isLog {
      let shares = problem.combined.map { Double.log($0.total / Double($0.range.count)) }
      observations.linearise(problem.combined) { run, _ in shares[run] }
    }
    try Self.checkRegressors(columns, observations)
    let parameters = problem.freeParameters.count + columns.count + 1
    let needed = differencing.count + parameters
    guard observations.informationCount >= needed else {
      throw .tooFewObservations(needed: needed, found: observations.informationCount)
    }
    let order = problem.order
    let schedule = StateSpaceSchedule(observations, differencing: differencing)
    filter = StateSpaceFilter(
      observations, schedule: schedule, differencing: differencing,
      order: max(order.p + order.seasonalP * problem.period, order.q + order.seasonalQ * problem.period + 1))
    self.observations = observations
    regression = WhitenedRegression(rows: schedule.innovations, columns: filter.columns)
    effectiveObservations = schedule.innovations - schedule.freeTimes.count
    scales =
      schedule.freeTimes.map { _ in 0 }
      + columns.map { column in
        1e-11
          * observations.isObserved.indices.reduce(0) {
            observations.isObserved[$1] ? max($0, abs(column.values[$1])) : $0
          }
      }
  }

  /// Where a regressor is needed it must be finite: in observed periods and in runs.
  private static func checkRegressors(
    _ columns: [RegressionColumn], _ observations: StateSpaceObservations
  ) throws(ARIMAError) {
    var isNeeded = observations.isObserved
    for run in observations.runs { for t in run.first...run.last { isNeeded[t] = true } }
    for column in columns {
      for (t, x) in column.values.enumerated() where isNeeded[t] && !x.isFinite {
        throw .regressorNotFinite(name: column.name, index: t, value: x)
      }
    }
  }

  /// Filters and regresses at φ, θ, Φ, Θ; the results stand in ``filter`` and ``regression``.
  ///
  /// - Returns: The first column that is not determined; −1 where the autoregressive part is not stationary.
  private mutating func pass(_ parameters: [Double]) -> Int? {
    let polynomials = ARMAPolynomials(parameters, order: problem.order, period: problem.period)
    guard filter.run(ar: polynomials.ar.span, ma: polynomials.ma.span) else { return -1 }
    return regression.factorise(filter.whitened, scales: scales)
  }

  /// Whether totals are of another scale than the model's, and are linearised.
  var isLinearised: Bool { problem.combinedScale == .log && !problem.combined.isEmpty }

  /// Linearises each total at the values that the totals themselves make most probable, given the ARMA parameters: Gauss
  /// and Newton's rounds between log Σ exp and the smoothed values of the runs. At the end the values add up to their totals.
  ///
  /// The likelihood then is that of the tangents; what it leaves out, the curvature of log Σ exp over the values' remaining
  /// uncertainty, is of the order of their variances.
  ///
  /// - Parameter beta: The regression coefficients; those that fit best if nil.
  mutating func settleRuns(at parameters: [Double], beta: [Double]? = nil) throws(ARIMAError) {
    guard isLinearised else { return }
    let runs = problem.combined
    if runSmoothers.isEmpty {
      runSmoothers = runs.groups(of: 50).map { group in
        let wanted = Set(group.flatMap(\.range))
        return StateSpaceSmoother(self) { wanted.contains($0) }
      }
    }
    var values: [Double] = []
    for round in 0..<60 {
      var next: [Double] = []
      for index in runSmoothers.indices {
        runSmoothers[index].setRuns(observations.runs)
        guard runSmoothers[index].run(at: parameters) else { throw undetermined(at: parameters) }
        next += runSmoothers[index].means(beta: beta)
      }
      let change = zip(next, values).reduce(values.isEmpty ? .infinity : 0) { max($0, abs($1.0 - $1.1)) }
      guard !change.isNaN else { break }
      // Where the rounds go to and fro, half of the way.
      if round > 15 { for i in next.indices { next[i] = 0.5 * (next[i] + values[i]) } }
      values = next
      var first = 0
      let starts = runs.map { run in
        defer { first += run.range.count }
        return first
      }
      observations.linearise(runs) { values[starts[$0] + $1] }
      filter.setRuns(observations.runs)
      if change < 1e-11 { return }
    }
    throw .numerical("the values within combined runs do not settle")
  }

  /// Why nothing is determined at these parameters.
  private mutating func undetermined(at parameters: [Double]) -> ARIMAError {
    do throws(ARIMAError) {
      _ = try estimate(at: parameters)
      return .numerical("the values within combined runs are not determined")
    } catch {
      return error
    }
  }

  /// The determinant of the likelihood's quadratic form: Σ log F and what the starting values add.
  private var logDeterminant: Double {
    filter.logDeterminant + 2 * regression.logDiagonal(filter.schedule.freeTimes.count)
  }

  /// Residuals whose sum of squares is least where the likelihood is greatest: innovations over their scale, times the
  /// determinant's root of the order 2N.
  mutating func writeResiduals(at parameters: [Double], to result: inout MutableSpan<Double>) {
    // A point at which the runs do not settle has no likelihood.
    guard (try? settleRuns(at: parameters)) != nil, pass(parameters) == nil else {
      for t in 0..<result.count { result[t] = .nan }
      return
    }
    let scale = Double.exp(logDeterminant / Double(2 * effectiveObservations))
    let residuals = regression.residuals
    for t in 0..<result.count { result[t] = scale * residuals[residuals.startIndex + t] }
  }

  /// Whether no more than rounding was left to explain by the last pass.
  private var isDegenerate: Bool {
    let size = problem.values.reduce(0) { $1.isNaN ? $0 : max($0, abs($1)) }
    return regression.residuals.allSatisfy { abs($0) <= 1e-12 * size }
  }

  /// The estimate with the ARMA parameters as given. A perfect fit has a variance of 0 and an infinite likelihood.
  mutating func estimate(at parameters: [Double]) throws(ARIMAError) -> RegARIMAEstimate {
    let free = filter.schedule.freeTimes.count
    if let column = pass(parameters) {
      if column < 0 { throw .outsideRegion(.ar) }
      if column < free { throw .undetermined(index: filter.schedule.freeTimes[column]) }
      throw .collinear(AliasedTerm(name: names[column - free], combination: [], weights: []))
    }
    let sum = isDegenerate ? 0 : regression.sumOfSquares
    let count = effectiveObservations
    let variance = sum / Double(count)
    let rows = (0..<names.count).map { j in
      regression.whiten((0..<(free + names.count)).map { $0 == free + j ? 1 : 0 })
    }
    var gram = Matrix(rows: names.count, columns: names.count)
    for i in 0..<names.count { for j in 0..<names.count { gram[i, j] = dot(rows[i], rows[j]) } }
    return RegARIMAEstimate(
      parameters: parameters, beta: Array(regression.coefficients()[free...]), betaGram: gram,
      variance: variance,
      logLikelihood: sum == 0
        ? .infinity : -0.5 * (Double(count) * (1 + Double.log(2 * .pi * variance)) + logDeterminant),
      residuals: Array(regression.residuals), effectiveObservations: count, evaluations: 1,
      hasConverged: true)
  }
}
