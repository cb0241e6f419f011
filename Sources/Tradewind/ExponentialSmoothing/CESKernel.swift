/// Smoothing parameters of eight models side by side: α = α₀ + iα₁, and β = β₀ + iβ₁ of the season.
struct CESParameters {
  var alpha0, alpha1, beta0, beta1: SIMD8<Double>

  /// Points in the order α₀, α₁, β₀, β₁, as many as the model has; the rest is zero.
  init(_ points: [[Double]]) {
    (alpha0, alpha1, beta0, beta1) = (.zero, .zero, .zero, .zero)
    for lane in 0..<8 {
      let point = points[min(lane, points.count - 1)]
      if point.count > 0 { alpha0[lane] = point[0] }
      if point.count > 1 { alpha1[lane] = point[1] }
      if point.count > 2 { beta0[lane] = point[2] }
      if point.count > 3 { beta1[lane] = point[3] }
    }
  }
}

/// The states of eight models side by side, and their step (Svetunkov et al. 2022, state space form of section 3):
///
///     lₜ = lₜ₋₁ − (1 − α₁) cₜ₋₁ + (α₀ − α₁) eₜ,   cₜ = lₜ₋₁ + (1 − α₀) cₜ₋₁ + (α₀ + α₁) eₜ
///
/// with the level l and the information potential c, at lag 1, or m for the simple season. The full season has a second such
/// pair at lag m with β; the partial one a single state, sₜ = sₜ₋ₘ + β₀ eₜ.
struct CESState: Sendable {
  typealias Lanes = SIMD8<Double>
  let seasonality: CES.Seasonality
  var level: Lanes
  var potential: Lanes
  /// By season, from the series' first period on; of the simple season the level.
  var season: [Lanes]
  var seasonPotential: [Lanes]

  /// What is expected of the coming period, which belongs to the season `slot`. `kind` is
  /// ``seasonality``, a constant in the loops.
  @inline(__always)
  func expected(_ slot: Int, _ kind: CES.Seasonality) -> Lanes {
    switch kind {
    case .nonseasonal: level
    case .simple: season[slot]
    case .partial, .full: level + season[slot]
    }
  }

  /// Takes the coming period's error.
  @inline(__always)
  mutating func advance(_ slot: Int, _ e: Lanes, _ p: CESParameters, _ kind: CES.Seasonality) {
    switch kind {
    case .nonseasonal:
      Self.step(&level, &potential, e, p.alpha0, p.alpha1)
    case .simple:
      Self.step(&season[slot], &seasonPotential[slot], e, p.alpha0, p.alpha1)
    case .partial:
      Self.step(&level, &potential, e, p.alpha0, p.alpha1)
      season[slot] += p.beta0 * e
    case .full:
      Self.step(&level, &potential, e, p.alpha0, p.alpha1)
      Self.step(&season[slot], &seasonPotential[slot], e, p.beta0, p.beta1)
    }
  }

  @inline(__always)
  private static func step(_ l: inout Lanes, _ c: inout Lanes, _ e: Lanes, _ real: Lanes, _ imaginary: Lanes)
  {
    let next = l + (1 - real) * c + (real + imaginary) * e
    l += (real - imaginary) * e - (1 - imaginary) * c
    c = next
  }

  /// Every state once without an error: what stands beyond the end of a pass, where the next begins.
  mutating func settle(_ p: CESParameters) {
    if seasonality != .simple { Self.step(&level, &potential, .zero, p.alpha0, p.alpha1) }
    guard seasonality == .simple || seasonality == .full else { return }
    let (real, imaginary) = seasonality == .simple ? (p.alpha0, p.alpha1) : (p.beta0, p.beta1)
    for slot in season.indices { Self.step(&season[slot], &seasonPotential[slot], .zero, real, imaginary) }
  }
}

/// One-step errors of eight parameter points at once.
///
/// The initial states are backcast, as statsforecast and the authors' R package `smooth` do by default: a pass forward from a
/// rough start, one backward over the series from where it ended, and one forward again, whose errors count. Three passes,
/// no allocation after the first.
struct CESKernel {
  typealias Lanes = SIMD8<Double>
  let y: [Double]
  let period: Int
  /// The rough start.
  private let initial: CESState
  /// After the last period.
  private(set) var state: CESState
  /// The errors of each period, zero where nothing was observed.
  private(set) var errors: [Lanes]

  /// The rough start: the mean of the first year, or of the first ten periods without a season; c = l / 1.1; the season of the
  /// classical additive decomposition; of the simple season the first year itself.
  init(_ seasonality: CES.Seasonality, _ series: TimeSeries) throws(ForecastError) {
    y = series.values
    period = seasonality == .nonseasonal ? 1 : series.seasonalPeriod
    let early = y.prefix(seasonality == .nonseasonal ? max(10, series.seasonalPeriod) : period).filter {
      !$0.isNaN
    }
    let observed = early.isEmpty ? y.filter { !$0.isNaN } : early
    let mean = observed.reduce(0, +) / Double(observed.count)
    var figure: [Double] = []
    switch seasonality {
    case .nonseasonal: break
    case .simple: figure = y.prefix(period).map { $0.isNaN ? mean : $0 }
    case .partial, .full:
      do throws(DecompositionError) {
        figure = Array(try ClassicalDecomposition().decompose(series).seasonal.prefix(period))
      } catch {
        throw .cannotFit(model: "CES(\(seasonality.letter))", reason: error.description)
      }
    }
    initial = CESState(
      seasonality: seasonality, level: Lanes(repeating: mean), potential: Lanes(repeating: mean / 1.1),
      season: figure.map { Lanes(repeating: $0) }, seasonPotential: figure.map { Lanes(repeating: $0 / 1.1) })
    state = initial
    errors = [Lanes](repeating: .zero, count: y.count)
  }

  /// The states and the errors at `p`.
  mutating func run(_ p: CESParameters) {
    state.level = initial.level
    state.potential = initial.potential
    for slot in initial.season.indices {
      state.season[slot] = initial.season[slot]
      state.seasonPotential[slot] = initial.seasonPotential[slot]
    }
    pass(p, from: 0, by: 1)
    state.settle(p)
    pass(p, from: y.count - 1, by: -1)
    state.settle(p)
    pass(p, from: 0, by: 1)
  }

  private mutating func pass(_ p: CESParameters, from start: Int, by step: Int) {
    // One loop for each kind, so that no step has to ask.
    switch state.seasonality {
    case .nonseasonal: loop(.nonseasonal, p, from: start, by: step)
    case .simple: loop(.simple, p, from: start, by: step)
    case .partial: loop(.partial, p, from: start, by: step)
    case .full: loop(.full, p, from: start, by: step)
    }
  }

  @inline(__always)
  private mutating func loop(
    _ kind: CES.Seasonality, _ p: CESParameters, from start: Int, by step: Int
  ) {
    // The states as locals stay in registers; taking them leaves the arrays with one owner.
    var local = state
    state.season = []
    state.seasonPotential = []
    let period = period
    var (t, slot) = (start, start % period)
    for _ in 0..<y.count {
      let value = y[t]
      let e = value.isNaN ? .zero : value - local.expected(slot, kind)
      errors[t] = e
      local.advance(slot, e, p, kind)
      t += step
      slot += step
      if slot == period { slot = 0 } else if slot < 0 { slot = period - 1 }
    }
    state = local
  }
}
