/// What the filter does in each period: which of the earlier values it must remember because they are uncertain, and
/// where. It depends on the differencing and on what is observed, not on any parameter, so it is made once a problem.
///
/// With differencing Δ(B) = 1 − δ₁B − … − δₖBᵏ the series is zₜ = wₜ + Σ δⱼ zₜ₋ⱼ, w stationary. Lags that were observed are
/// plain numbers. A value that was not observed joins the state, in the first free slot, and leaves it when no period
/// needs it any more: after k periods, and after the end of the run whose total it is a part of. Hence nothing but the
/// ARMA state is uncertain along stretches without a gap.
///
/// The first k values are fixed but unknown where they are not observed: each is one column more to be estimated (Ansley &
/// Kohn 1985, "Estimation, filtering, and smoothing in state space models with incompletely specified initial
/// conditions", *Annals of Statistics* 13, 1286–1316, doi:10.1214/aos/1176349739; Gómez & Maravall 1994, doi:10.1080/01621459.1994.10476786).
/// With a flat prior on them this is the exact diffuse start, and no limit of large variances is taken.
struct StateSpaceSchedule: Sendable {
  enum Action: Sendable {
    /// The period's own value is known.
    case observe
    /// Nothing is known, and nothing later needs the value.
    case skip
    /// Nothing is known; the value joins the state.
    case add
    /// The value joins the state, and then the run's total is observed.
    case addTotal(run: Int)

    /// Whether something is observed.
    var isObservation: Bool {
      switch self {
      case .observe, .addTotal: true
      case .skip, .add: false
      }
    }
  }

  struct Step: Sendable {
    let action: Action
    /// Where ``slots`` and ``coefficients`` hold the lags that are uncertain.
    let lags: Range<Int>
    /// Where ``slots`` holds the run's periods, for ``Action/addTotal(run:)``.
    let run: Range<Int>
    /// Where ``slots`` holds what leaves afterwards; the highest slot in use moves into each hole.
    let drops: Range<Int>
  }

  /// The order of differencing, k: the number of starting values.
  let start: Int
  /// How many periods there are, those to be forecast included.
  let count: Int
  /// One for each period from ``start`` on.
  let steps: [Step]
  let slots: [Int]
  let coefficients: [Double]
  /// The starting values that are not observed, by slot.
  let initialTimes: [Int]
  /// Which of them are free: one column each.
  let freeTimes: [Int]
  /// The runs that end among the starting values. Each determines its last period by the others.
  let initialRuns: [Int]
  /// The periods in the state at the end, by slot.
  let finalTimes: [Int]
  /// The highest number of slots in use at once.
  let capacity: Int
  /// How many steps observe a value or a total.
  let innovations: Int

  /// - Parameters:
  ///   - observations: What is known.
  ///   - differencing: δ₁…δₖ.
  ///   - horizon: How many periods after the last are added as missing.
  ///   - keeps: Periods that stay in the state to the end, for their estimates.
  init(
    _ observations: StateSpaceObservations, differencing: [Double], horizon: Int = 0,
    keeps: (Int) -> Bool = { _ in false }
  ) {
    let order = differencing.count
    let count = observations.count + horizon
    // The run that a period belongs to.
    var membership = [Int?](repeating: nil, count: count)
    for (index, run) in observations.runs.enumerated() {
      for t in run.first...run.last { membership[t] = index }
    }
    let isKnown = { (t: Int) in t < observations.count && observations.isObserved[t] }

    var active: [Int] = []
    var slotOfTime: [Int: Int] = [:]
    for t in 0..<min(order, count) where !isKnown(t) {
      slotOfTime[t] = active.count
      active.append(t)
    }
    initialTimes = active
    let early = observations.runs.indices.filter { observations.runs[$0].last < min(order, count) }
    initialRuns = early
    let determined = Set(early.map { observations.runs[$0].last })
    freeTimes = active.filter { !determined.contains($0) }

    var steps: [Step] = []
    var slots: [Int] = []
    var coefficients: [Double] = []
    var capacity = active.count
    var innovations = 0
    for t in order..<max(order, count) {
      let lagStart = slots.count
      for (j, delta) in differencing.enumerated() where delta != 0 {
        guard let slot = slotOfTime[t - j - 1] else { continue }
        slots.append(slot)
        coefficients.append(delta)
      }
      let lags = lagStart..<slots.count
      let run = membership[t]
      let endsRun = run.map { observations.runs[$0].last == t } ?? false
      let action: Action
      if isKnown(t) {
        action = .observe
      } else if let run, endsRun {
        action = .addTotal(run: run)
      } else if order > 0 || run != nil || keeps(t) {
        action = .add
      } else {
        action = .skip
      }
      switch action {
      case .observe: innovations += 1
      case .skip: break
      case .add, .addTotal:
        slotOfTime[t] = active.count
        active.append(t)
      }
      capacity = max(capacity, active.count)
      let runStart = slots.count
      if case .addTotal(let run) = action {
        innovations += 1
        for member in observations.runs[run].first...t {
          // Every period of a run stays until its end.
          slots.append(slotOfTime[member] ?? 0)
        }
      }
      let runSlots = runStart..<slots.count
      // Who may leave now: the lag that no period needs after this one, and the periods of a run that ends here.
      var candidates = [t - order]
      if endsRun, let run { candidates += observations.runs[run].first...t }
      let leaving = Set(candidates).compactMap { member in slotOfTime[member].map { (member, $0) } }
      for (member, slot) in leaving.sorted(by: { $0.1 > $1.1 }) {
        let isOpen = membership[member].map { observations.runs[$0].last > t } ?? false
        guard member + order <= t, !isOpen, !keeps(member) else { continue }
        // From the highest slot down, so that what moves into the hole is to stay.
        slots.append(slot)
        let moved = active.removeLast()
        if moved != member {
          active[slot] = moved
          slotOfTime[moved] = slot
        }
        slotOfTime[member] = nil
      }
      coefficients.append(contentsOf: repeatElement(0, count: slots.count - coefficients.count))
      steps.append(
        Step(action: action, lags: lags, run: runSlots, drops: runSlots.upperBound..<slots.count))
    }
    start = min(order, count)
    self.count = count
    self.steps = steps
    self.slots = slots
    self.coefficients = coefficients
    finalTimes = active
    self.capacity = capacity
    self.innovations = innovations
  }
}
