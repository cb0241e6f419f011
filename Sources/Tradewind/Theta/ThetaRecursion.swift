/// The line through what was observed so far, least squares on the time 1, 2, ….
struct RunningLine: Sendable, Equatable {
  // Means of time and value, sums of squared and crossed deviations.
  private(set) var count = 0.0
  private var meanTime = 0.0
  private(set) var meanValue = 0.0
  private var squares = 0.0
  private var products = 0.0

  /// Bₜ, the slope per step; 0 until two times are known.
  var slope: Double { squares > 0 ? products / squares : 0 }

  /// Aₜ, the value at time 0.
  var intercept: Double { meanValue - slope * meanTime }

  mutating func add(_ y: Double, at time: Double) {
    count += 1
    let (dt, dy) = (time - meanTime, y - meanValue)
    meanTime += dt / count
    meanValue += dy / count
    squares += dt * (time - meanTime)
    products += dt * (y - meanValue)
  }

  /// The same times with all values zero.
  var zeroed: RunningLine {
    var line = self
    line.meanValue = 0
    line.products = 0
    return line
  }
}

/// The recursion of the Theta models, one step at a time (Fiorucci et al. 2016, equations of section 3):
///
///     μₜ = ℓₜ₋₁ + (1 − 1/θ) ((1 − α)ᵗ⁻¹ Aₜ₋₁ + (1 − (1 − α)ᵗ)/α Bₜ₋₁),   ℓₜ = α yₜ + (1 − α) ℓₜ₋₁
///
/// With a weight of zero it is simple exponential smoothing.
struct ThetaRecursion: Sendable, Equatable {
  let alpha: Double
  /// 1 − 1/θ.
  let weight: Double
  /// Whether the line moves with each observation.
  let isDynamic: Bool
  /// ℓₜ.
  var level: Double
  /// t.
  private(set) var time = 0.0
  /// (1 − α)ᵗ.
  private(set) var power = 1.0
  private var line: RunningLine
  private(set) var intercept: Double
  private(set) var slope: Double

  /// Before the first period. `line` is the fixed line, or for dynamic models an empty one.
  init(alpha: Double, weight: Double, level: Double, isDynamic: Bool, line: RunningLine) {
    self.alpha = alpha
    self.weight = weight
    self.isDynamic = isDynamic
    self.level = level
    self.line = line
    intercept = line.intercept
    slope = line.slope
  }

  /// What the line adds to the level of the coming period.
  var lift: Double { weight * (power * intercept + (1 - (1 - alpha) * power) / alpha * slope) }

  /// μ of the coming period.
  var expected: Double { level + lift }

  /// Takes the coming period's value; NaN carries the level along the expectation and leaves the line.
  mutating func observe(_ y: Double) {
    time += 1
    if y.isNaN {
      level += alpha * lift
    } else {
      level += alpha * (y - level)
      if isDynamic {
        line.add(y, at: time)
        intercept = line.intercept
        slope = line.slope
      }
    }
    power *= 1 - alpha
  }

  /// The next `horizon` expectations, each taken as observed for those after it.
  func forecasts(_ horizon: Int) -> [Double] {
    var state = self
    return (0..<horizon).map { _ in
      let mean = state.expected
      state.observe(mean)
      return mean
    }
  }

  /// What an innovation of 1 in step i (from 0) adds to step h, at `[h][i]`, i ≤ h: 1 in its own step, then α where the
  /// line is fixed, and changing with time where it moves.
  func loadings(_ horizon: Int) -> [[Double]] {
    var rows = (0..<horizon).map { [Double](repeating: $0 == 0 ? 1 : alpha, count: $0 + 1) }
    for h in 0..<horizon { rows[h][h] = 1 }
    guard isDynamic, weight != 0 else { return rows }
    // The recursion is linear in the values: run it on an impulse alone.
    var clock = self
    clock.level = 0
    clock.line = line.zeroed
    clock.intercept = 0
    clock.slope = 0
    for i in 0..<horizon {
      var impulse = clock
      impulse.observe(1)
      for h in (i + 1)..<max(horizon, i + 1) {
        rows[h][i] = impulse.expected
        impulse.observe(rows[h][i])
      }
      clock.observe(0)
    }
    return rows
  }
}
