/// The line through what was observed so far, least squares on the time 1, 2, ….
///
/// By sums, whose rounding does not matter: the values are about their mean and of ordinary size, and sums of times are exact.
struct RunningLine: Sendable, Equatable {
  private(set) var count = 0.0
  private var times = 0.0
  private var squares = 0.0
  private var values = 0.0
  private var products = 0.0

  /// A and B, the value at time 0 and the slope per step; 0 until two times are known.
  var coefficients: (intercept: Double, slope: Double) {
    let spread = count * squares - times * times
    let slope = spread > 0 ? (count * products - times * values) / spread : 0
    return (count > 0 ? (values - slope * times) / count : 0, slope)
  }

  /// Σ (t − t̄)², and t̄.
  var spread: (squares: Double, centre: Double) {
    count > 0 ? (squares - times * times / count, times / count) : (0, 0)
  }

  mutating func add(_ y: Double, at time: Double) {
    count += 1
    times += time
    squares += time * time
    values += y
    products += time * y
  }

  /// The same times with all values zero.
  var zeroed: RunningLine {
    var line = self
    line.values = 0
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
    (intercept, slope) = line.coefficients
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
        (intercept, slope) = line.coefficients
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

  /// What an error of 1 in the slope of a fixed line, which turns about its centre, adds to each of the next `horizon` steps.
  func slopeLoadings(_ horizon: Int) -> [Double] {
    var turned = self
    turned.level = 0
    turned.slope = 1
    turned.intercept = -line.spread.centre
    return turned.forecasts(horizon)
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
