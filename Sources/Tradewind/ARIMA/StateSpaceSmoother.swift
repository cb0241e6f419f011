import RealModule
import TradewindNumerics

/// Estimates of values that are not known, given all that is: missing ones, parts of runs, and those to come.
///
/// It is the filter once more, with these values kept in the state to the end (fixed-point smoothing: Anderson, B. D. O. and
/// Moore, J. B. (1979), *Optimal Filtering*, §7.2); values to come are missing values behind the last one. So all of them have
/// one joint law, in which the uncertainty of the starting values and of the regression coefficients has its place.
struct StateSpaceSmoother {
  private let problem: RegARIMAProblem
  /// The regressors, over the horizon too.
  private let regressors: [[Double]]
  private var filter: StateSpaceFilter
  private var regression: WhitenedRegression
  /// The slots of the values asked for, in the order of the periods.
  private let wanted: [(time: Int, slot: Int)]

  /// - Parameters:
  ///   - source: The problem, with its runs as linearised.
  ///   - horizon: How many periods behind the last.
  ///   - future: The regressors there, the constant's among them, in the order of the coefficients.
  ///   - wants: Which periods that are not known; those to come have indices from the series' length on.
  init(
    _ source: StateSpaceProblem, horizon: Int = 0, future: [[Double]] = [], wants: (Int) -> Bool
  ) {
    problem = source.problem
    regressors = source.problem.allColumns.enumerated().map { j, column in
      column.values + (j < future.count ? future[j] : [])
    }
    let schedule = StateSpaceSchedule(
      source.observations, differencing: source.differencing, horizon: horizon, keeps: wants)
    filter = StateSpaceFilter(
      source.observations, schedule: schedule, differencing: source.differencing, order: source.filter.order)
    regression = WhitenedRegression(rows: schedule.innovations, columns: filter.columns)
    wanted = schedule.finalTimes.enumerated().filter { wants($0.element) }.map { ($0.element, $0.offset) }
      .sorted { $0.0 < $1.0 }
  }

  mutating func setRuns(_ runs: [StateSpaceObservations.Run]) { filter.setRuns(runs) }

  /// Filters at φ, θ, Φ, Θ.
  ///
  /// - Returns: Whether the values asked for are determined.
  mutating func run(at parameters: [Double], keepsErrors: Bool = false) -> Bool {
    let polynomials = ARMAPolynomials(parameters, order: problem.order, period: problem.period)
    let isDefined = filter.run(
      ar: polynomials.ar.span, ma: polynomials.ma.span, keepsErrors: keepsErrors)
    guard isDefined else { return false }
    let scales = [Double](repeating: 0, count: filter.columns)
    return regression.factorise(filter.whitened, scales: scales) == nil
  }

  /// The periods asked for, in order.
  var times: [Int] { wanted.map(\.time) }

  /// The coefficients of all columns: starting values, which go with given regression coefficients, and those.
  private func coefficients(_ beta: [Double]) -> [Double] {
    let free = filter.schedule.freeTimes.count
    return regression.coefficients(given: beta, first: free) + beta
  }

  /// The means of the values asked for, with the regression's part.
  ///
  /// - Parameter beta: The regression coefficients; those that fit best if nil.
  func means(beta: [Double]? = nil) -> [Double] {
    let free = filter.schedule.freeTimes.count
    let all = beta.map { coefficients($0) } ?? regression.coefficients()
    return wanted.map { time, slot in
      let row = (filter.order + slot) * filter.columns
      var value = filter.means[row + filter.columns - 1]
      for (c, b) in all.enumerated() { value -= b * filter.means[row + c] }
      for (j, column) in regressors.enumerated() { value += all[free + j] * column[time] }
      return value
    }
  }

  /// What the values asked for owe to the starting values, whitened: R⁻ᵀ of the columns' part in them.
  private var starts: [[Double]] {
    let free = filter.schedule.freeTimes.count
    return wanted.map { _, slot in
      let row = (filter.order + slot) * filter.columns
      return regression.whiten((0..<free).map { -filter.means[row + $0] })
    }
  }

  /// How each mean depends on each regression coefficient, the starting values going along.
  var loadings: [[Double]] {
    let free = filter.schedule.freeTimes.count
    return zip(wanted, starts).map { pair, start in
      let row = (filter.order + pair.slot) * filter.columns
      return regressors.enumerated().map { j, column in
        column[pair.time] - filter.means[row + free + j] - regression.project(start, column: free + j)
      }
    }
  }

  /// The covariance of the values asked for, given the regression coefficients, in units of the innovations' variance.
  var covariance: Matrix {
    let starts = starts
    var result = Matrix(rows: wanted.count, columns: wanted.count)
    for i in wanted.indices {
      for j in 0...i {
        let (a, b) = (filter.order + wanted[i].slot, filter.order + wanted[j].slot)
        let value = filter.covariance[max(a, b) * filter.rowLength + min(a, b)] + dot(starts[i], starts[j])
        result[i, j] = value
        result[j, i] = value
      }
    }
    return result
  }

  /// Each value's forecast from those before it, if errors were kept: NaN for as many as differencing costs. Where a run ends it is
  /// that of the total, as a value of the scale of the model in that period.
  ///
  /// Starting values that are missing are taken as all that is known makes them, later values included.
  func predictions(beta: [Double]) -> [Double] {
    let free = filter.schedule.freeTimes.count
    let all = coefficients(beta)
    var result = [Double](repeating: .nan, count: filter.observations.count)
    for (index, step) in filter.schedule.steps.enumerated() {
      let t = filter.schedule.start + index
      guard t < result.count else { break }
      let row = index * filter.columns
      var error = filter.errors[row + filter.columns - 1]
      for (c, b) in all.enumerated() { error -= b * filter.errors[row + c] }
      switch step.action {
      case .observe: result[t] = problem.values[t] - error
      case .addTotal(let run):
        let combined = problem.combined[run]
        let factor = combined.factors.last ?? 1
        result[t] =
          problem.combinedScale == .log
          ? Double.log(combined.total / factor) - error : (combined.total - error) / factor
      case .skip, .add:
        result[t] = regressors.enumerated().reduce(-error) { $0 + all[free + $1.offset] * $1.element[t] }
      }
    }
    return result
  }
}
