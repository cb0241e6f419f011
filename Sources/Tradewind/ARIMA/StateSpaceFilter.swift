import RealModule

/// The Kalman filter of a seasonal ARIMA process of which some values are missing or known only in total.
///
/// The state is Harvey's of the differenced series (see ``StateSpaceARMACovariance``) and, behind it, those values of the
/// series itself that are uncertain and still needed (see ``StateSpaceSchedule``). Every column of the data runs through
/// the same gains. Covariances are in units of the innovations' variance σ², so σ² needs no guess.
///
/// A step costs O(D²) for a state of D elements, by the companion form of the transition; D is max(p, q + 1) along
/// stretches without a gap. Nothing is allocated in ``run(ar:ma:)``.
struct StateSpaceFilter {
  let schedule: StateSpaceSchedule
  private(set) var observations: StateSpaceObservations
  /// max(p, q + 1).
  let order: Int
  /// Columns: free starting values, regressors, the series.
  let columns: Int
  /// Whitened innovations v/√F, column after column; as many rows as ``StateSpaceSchedule/innovations``.
  var whitened: [Double]
  /// Σ log F, and 2 log |w| for each run that ends among the starting values, w the weight of its last period.
  var logDeterminant = 0.0
  /// The state's means after the last step, row after row, one value a column.
  var means: [Double]
  /// The lower triangle of their covariance, row after row.
  var covariance: [Double]
  /// Each period's value, 0 where it is not observed, less its forecast from those before, and a run's total less its own: row after row from
  /// ``StateSpaceSchedule/start`` on, if asked for.
  var errors: [Double] = []

  private(set) var arma: StateSpaceARMACovariance
  /// Each period's value, as far as it is known, less what the known lags contribute.
  let differenced: [Double]
  /// Slots in use.
  var slots = 0
  /// Cov(state, what is observed or added), and that value's innovation in every column.
  var gains: [Double]
  var innovation: [Double]
  /// The covariance's first column, with a zero behind the ARMA state.
  var firstColumn: [Double]

  /// - Parameters:
  ///   - observations: The data.
  ///   - schedule: Made for the same data and differencing.
  ///   - differencing: δ₁…δₖ.
  ///   - order: max(p, q + 1) of the expanded polynomials.
  init(
    _ observations: StateSpaceObservations, schedule: StateSpaceSchedule, differencing: [Double], order: Int
  ) {
    precondition(order >= 1, "a state has one element at least")
    let free = schedule.freeTimes.count
    let columns = free + observations.columns
    let dimension = order + schedule.capacity
    var differenced = [Double](repeating: 0, count: schedule.steps.count * columns)
    for step in schedule.steps.indices {
      let t = schedule.start + step
      for c in 0..<observations.columns {
        let value = { (time: Int) -> Double in
          guard time < observations.count, observations.isObserved[time] else { return 0 }
          return observations.values[time * observations.columns + c]
        }
        var sum = value(t)
        for (j, delta) in differencing.enumerated() { sum -= delta * value(t - 1 - j) }
        differenced[step * columns + free + c] = sum
      }
    }
    self.schedule = schedule
    self.observations = observations
    self.order = order
    self.columns = columns
    self.differenced = differenced
    arma = StateSpaceARMACovariance(order: order)
    whitened = [Double](repeating: 0, count: schedule.innovations * columns)
    means = [Double](repeating: 0, count: dimension * columns)
    covariance = [Double](repeating: 0, count: dimension * dimension)
    gains = [Double](repeating: 0, count: dimension)
    firstColumn = [Double](repeating: 0, count: dimension + 1)
    innovation = [Double](repeating: 0, count: columns)
  }

  /// Replaces weights and totals of the runs, which a linearisation changes from round to round.
  mutating func setRuns(_ runs: [StateSpaceObservations.Run]) {
    precondition(runs.count == observations.runs.count, "runs keep their number")
    observations.runs = runs
  }

  /// Filters with the expanded polynomials 1 − φ₁B − … and 1 + θ₁B + ….
  ///
  /// - Parameter keepsErrors: Whether ``errors`` are written, which allocates once.
  /// - Returns: Whether the process is stationary and the determinant is finite.
  mutating func run(ar: Span<Double>, ma: Span<Double>, keepsErrors: Bool = false) -> Bool {
    guard arma.write(ar: ar, ma: ma, to: &covariance, rowLength: rowLength) else { return false }
    if keepsErrors, errors.isEmpty { errors = differenced }
    logDeterminant = 0
    slots = 0
    writeStart()
    let hasAR = (0..<ar.count).contains { ar[$0] != 0 }
    var determinant = 1.0
    var row = 0
    // Along a stretch without a gap, observing a period and moving on to the next are one pass over the covariance.
    var deferred: Double?
    for (index, step) in schedule.steps.enumerated() {
      if let variance = deferred {
        observeAndAdvance(variance: variance)
      } else if index > 0 {
        advance(hasAR: hasAR)
      }
      deferred = nil
      var variance = predict(step, index)
      switch step.action {
      case .skip: break
      case .observe: break
      case .add: add(variance: variance)
      case .addTotal(let run):
        add(variance: variance)
        variance = predictTotal(step, observations.runs[run])
      }
      if keepsErrors { keepErrors(index) }
      if step.action.isObservation {
        let scale = 1 / variance.squareRoot()
        for c in 0..<columns { whitened[c * schedule.innovations + row] = innovation[c] * scale }
        row += 1
        determinant *= variance
        // Far from overflow whatever comes next.
        if determinant > 1e150 {
          logDeterminant += .log(determinant)
          determinant = 1
        }
        if slots == 0, index + 1 < schedule.steps.count {
          deferred = variance
        } else {
          observe(variance: variance)
        }
      }
      for position in step.drops { drop(schedule.slots[position]) }
    }
    logDeterminant += .log(determinant)
    return logDeterminant.isFinite
  }
}
