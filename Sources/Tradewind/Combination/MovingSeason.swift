import RealModule

/// The season of a series whose figures may change from year to year.
///
/// Each of the m seasonal figures is a random walk over the years, seen with noise: observed(y) = figure(y) + noise of variance v,
/// figure(y) = figure(y − 1) + a step of variance ρv, with the same v and ρ for all seasons. Which ρ holds is not known: the figures are
/// the mean over a few, ρ = 0 among them (a fixed season, whose figures are means over the years), each with the weight of its likelihood.
/// For a given ρ they are those of the fixed-interval smoother, from a diffuse start.
///
/// Reference: A. C. Harvey (1989), *Forecasting, Structural Time Series Models and the Kalman Filter*, Cambridge University Press,
/// §3.2 (the filter), §3.4 (the likelihood by prediction errors) and §3.6 (smoothing).
struct MovingSeason {
  /// The figure of each period, not centred.
  let figures: [Double]
  /// The variance of the last year's figures for a given ρ, mean over the seasons and the ρ: v over the years if the season is fixed. Without how far
  /// the figures of different ρ lie apart; infinite where no season is seen twice.
  let variance: Double

  /// What ρ may be.
  static let changes = [0, 0.003, 0.01, 0.03, 0.1, 0.3]

  /// - Parameters:
  ///   - observed: The series without its trend, one value a period; NaN where unknown, but known once in each season.
  ///   - m: The seasonal period.
  init(of observed: [Double], period m: Int) {
    let fits = Self.changes.map { Self.likelihood(of: observed, m, $0) }
    let highest = fits.reduce(-Double.infinity) { max($0, $1.log) }
    let raw = fits.map { fit -> Double in
      let weight = Double.exp(fit.log - highest)
      return weight > 1e-6 ? weight : 0
    }
    let sum = raw.reduce(0, +)
    var figures = [Double](repeating: 0, count: observed.count)
    var variance = 0.0
    for (i, change) in Self.changes.enumerated() where raw[i] > 0 {
      let weight = raw[i] / sum
      var smoothed = observed
      let last = (0..<m).reduce(0) { $0 + Self.smooth(&smoothed, season: $1, m, change) } / Double(m)
      variance += weight * fits[i].noise * last
      for t in figures.indices { figures[t] += weight * smoothed[t] }
    }
    self.figures = figures
    self.variance = variance
  }

  /// The log likelihood less a constant, v at its maximum, and an estimate of v: the squared prediction errors by their count and 2, as James and Stein
  /// have it; infinite where nothing is seen twice.
  static func likelihood(of y: [Double], _ m: Int, _ change: Double) -> (log: Double, noise: Double) {
    var (squares, logs, count) = (0.0, 0.0, 0.0)
    for season in 0..<m {
      var (level, variance) = (0.0, Double.infinity)
      for t in stride(from: season, to: y.count, by: m) {
        variance += change
        guard !y[t].isNaN else { continue }
        if variance.isFinite {
          let (error, scale) = (y[t] - level, variance + 1)
          squares += error * error / scale
          logs += .log(scale)
          count += 1
        }
        update(&level, &variance, y[t])
      }
    }
    guard count > 0 else { return (0, .infinity) }
    // A season that repeats itself exactly is as likely with any ρ.
    guard squares > 0 else { return (0, 0) }
    return (-0.5 * (count * .log(squares / count) + logs), squares / (count + 2))
  }

  /// Replaces one season's values by smoothed figures; returns the variance of the last over v.
  static func smooth(_ y: inout [Double], season: Int, _ m: Int, _ change: Double) -> Double {
    var (level, variance) = (0.0, Double.infinity)
    var variances: [Double] = []
    for t in stride(from: season, to: y.count, by: m) {
      variance += change
      if !y[t].isNaN { update(&level, &variance, y[t]) }
      y[t] = level
      variances.append(variance)
    }
    var later: Double?
    for (k, variance) in variances.enumerated().reversed() {
      let t = season + k * m
      if let later {
        // Before the first observation a figure is what it is after it.
        let gain = variance.isFinite ? variance / (variance + change) : 1
        y[t] += gain * (later - y[t])
      }
      later = y[t]
    }
    return variances.last ?? 0
  }

  /// The level and its variance (over v) after an observation; an infinite variance is that of a level not seen yet.
  private static func update(_ level: inout Double, _ variance: inout Double, _ observation: Double) {
    guard variance.isFinite else {
      (level, variance) = (observation, 1)
      return
    }
    let gain = variance / (variance + 1)
    level += gain * (observation - level)
    variance = gain
  }
}
