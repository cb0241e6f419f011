/// Smoothing parameters of some models side by side, as the recursion needs them.
struct CESParameters<Lanes: CESLanes>: Sendable {
  /// α₀ − α₁, α₀ + α₁, 1 − α₁ and 1 − α₀.
  let gain, potentialGain, loss, kept: Lanes
  /// The same of the seasonal states: α's in the simple season; in the partial one only the first, β₀.
  let seasonGain, seasonPotentialGain, seasonLoss, seasonKept: Lanes

  @inline(__always)
  init(alpha: (Lanes, Lanes), beta: (Lanes, Lanes), _ kind: CES.Seasonality) {
    (gain, potentialGain) = (alpha.0 - alpha.1, alpha.0 + alpha.1)
    let one = Lanes(repeating: 1)
    (loss, kept) = (one - alpha.1, one - alpha.0)
    if kind == .full {
      (seasonGain, seasonPotentialGain) = (beta.0 - beta.1, beta.0 + beta.1)
      (seasonLoss, seasonKept) = (one - beta.1, one - beta.0)
    } else {
      (seasonGain, seasonPotentialGain) = (kind == .simple ? gain : beta.0, potentialGain)
      (seasonLoss, seasonKept) = (loss, kept)
    }
  }
}

/// The states of some models side by side, and their step (Svetunkov et al. 2022, state space form of section 3):
///
///     lₜ = lₜ₋₁ − (1 − α₁) cₜ₋₁ + (α₀ − α₁) eₜ,   cₜ = lₜ₋₁ + (1 − α₀) cₜ₋₁ + (α₀ + α₁) eₜ
///
/// with the level l and the information potential c, at lag 1, or m for the simple season. The full season has a second such
/// pair at lag m with β; the partial one a single state, sₜ = sₜ₋ₘ + β₀ eₜ.
///
/// The initial states are backcast, as statsforecast and the authors' R package `smooth` do by default: a pass forward from a
/// rough start, one backward over the series from where it ended, and one forward again, whose errors count. Methods take
/// the kind of season as an argument that is a constant where they are used, so that no step of a loop has to ask. Nothing is
/// allocated after the initialisation.
struct CESState<Lanes: CESLanes>: Sendable {
  private(set) var level = Lanes(repeating: 0)
  private(set) var potential = Lanes(repeating: 0)
  /// By season, from the series' first period on, each with its potential after it.
  private var season: [Lanes]

  /// All states zero.
  init(period: Int) { season = [Lanes](repeating: Lanes(repeating: 0), count: 2 * period) }

  // MARK: One step

  /// What is expected of the coming period, which belongs to the season `slot`.
  @inline(__always)
  func expected(_ slot: Int, _ kind: CES.Seasonality) -> Lanes {
    Self.expected(level, season[2 * slot], kind)
  }

  /// Takes the coming period's error.
  @inline(__always)
  mutating func advance(_ slot: Int, _ e: Lanes, _ p: CESParameters<Lanes>, _ kind: CES.Seasonality) {
    if kind != .simple { Self.step(&level, &potential, e, p) }
    if kind != .nonseasonal { stepSeason(2 * slot, e, p, kind) }
  }

  @inline(__always)
  private static func expected(_ level: Lanes, _ season: Lanes, _ kind: CES.Seasonality) -> Lanes {
    switch kind {
    case .nonseasonal: level
    case .simple: season
    case .partial, .full: level + season
    }
  }

  @inline(__always)
  private static func step(_ l: inout Lanes, _ c: inout Lanes, _ e: Lanes, _ p: CESParameters<Lanes>) {
    (l, c) = (l - p.loss * c + p.gain * e, l + p.kept * c + p.potentialGain * e)
  }

  @inline(__always)
  private static func step(
    _ l: inout Lanes, _ c: inout Lanes, _ e: Lanes, _ p: CESParameters<Lanes>, _ kind: CES.Seasonality
  ) {
    if kind == .partial {
      l = l + p.seasonGain * e
    } else {
      (l, c) = (l - p.seasonLoss * c + p.seasonGain * e, l + p.seasonKept * c + p.seasonPotentialGain * e)
    }
  }

  @inline(__always)
  private mutating func stepSeason(
    _ place: Int, _ e: Lanes, _ p: CESParameters<Lanes>, _ kind: CES.Seasonality
  ) {
    var (s, c) = (season[place], season[place + 1])
    Self.step(&s, &c, e, p, kind)
    season[place] = s
    season[place + 1] = c
  }

  // MARK: Passes over a series

  /// The rough start, and from there forward and backward: the states before the first period.
  @inline(__always)
  mutating func backcast(_ problem: CESProblem, _ p: CESParameters<Lanes>, _ kind: CES.Seasonality) {
    level = Lanes(repeating: problem.level)
    potential = Lanes(repeating: problem.level / 1.1)
    for (slot, value) in problem.figure.enumerated() {
      season[2 * slot] = Lanes(repeating: value)
      season[2 * slot + 1] = Lanes(repeating: value / 1.1)
    }
    pass(problem, p, kind) { _ in }
    settle(p, kind)
    pass(problem, p, kind, backward: true) { _ in }
    settle(p, kind)
  }

  /// Every state once without an error: what stands beyond the end of a pass, where the next begins.
  @inline(__always)
  private mutating func settle(_ p: CESParameters<Lanes>, _ kind: CES.Seasonality) {
    if kind != .simple { Self.step(&level, &potential, Lanes(repeating: 0), p) }
    guard kind == .simple || kind == .full else { return }
    for place in stride(from: 0, to: season.count, by: 2) {
      stepSeason(place, Lanes(repeating: 0), p, kind)
    }
  }

  /// Over the whole series from the states as they are; `take` is given each error. A missing value counts as what was
  /// expected.
  @inline(__always)
  mutating func pass(
    _ problem: CESProblem, _ p: CESParameters<Lanes>, _ kind: CES.Seasonality, backward: Bool = false,
    _ take: (Lanes) -> Void
  ) {
    // As locals the states stay in registers.
    var (level, potential) = (level, potential)
    var season = season.mutableSpan
    let y = problem.y.span
    let (count, period) = (y.count, problem.period)
    var t = backward ? count - 1 : 0
    var slot = t % period
    for _ in 0..<count {
      let place = 2 &* slot
      var e = Lanes(repeating: y[t])
      if kind != .nonseasonal { e = e - season[place] }
      if kind != .simple { e = e - level }
      // NaN differs from itself.
      if y[t] != y[t] { e = Lanes(repeating: 0) }
      if kind != .simple { Self.step(&level, &potential, e, p) }
      if kind == .partial {
        season[place] = season[place] + p.seasonGain * e
      } else if kind != .nonseasonal {
        var (s, c) = (season[place], season[place &+ 1])
        Self.step(&s, &c, e, p, kind)
        (season[place], season[place &+ 1]) = (s, c)
      }
      take(e)
      if backward {
        t &-= 1
        slot = slot == 0 ? period &- 1 : slot &- 1
      } else {
        t &+= 1
        slot = slot &+ 1 == period ? 0 : slot &+ 1
      }
    }
    (self.level, self.potential) = (level, potential)
  }
}
