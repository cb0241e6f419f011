/// The law of the forecast errors of all steps together, from which sums have their intervals.
public indirect enum JointLaw: Sendable, Equatable {
  /// Nothing beyond the points was asked for.
  case pointsOnly
  /// Normal errors that the innovations ε drive: the error at step h is Σ wⱼ ε(h − j), j = 0 … h − 1, with w₀ = 1 and
  /// Var ε = `variance`. Exact for linear models (ETS with additive errors, ARIMA, naive). `shared` adds to it an
  /// error common to all steps that grows with the step: step h (from 1) has `shared.slope * h + shared.level`
  /// standard normal units of it, the error of an estimated mean or drift.
  case movingAverage(weights: [Double], variance: Double, shared: SharedError = .none)
  /// Normal errors in general: the error at step h is Σ factor[h][i] zᵢ with independent standard normal zᵢ, so the
  /// covariance is factor · factor′. Rows may end before the widest; what they leave out is zero. For linear models
  /// whose weights change from step to step, as where a season multiplies them.
  case normal(factor: [[Double]])
  /// The errors of a normal law whose scale was estimated: times √(ν / χ²) with one χ² of ν degrees of freedom for all
  /// steps together, which makes every sum Student's t. Exact where a linear model's only other parameters are a mean
  /// or a drift. The law inside is `.movingAverage` or `.normal`.
  case student(JointLaw, degreesOfFreedom: Double)
  /// Draws, where there is no closed form.
  case paths(SamplePaths)

  /// The error of an estimated mean or drift, common to all steps.
  public struct SharedError: Sendable, Equatable {
    /// Standard deviation of the part that is the same at each step.
    public var level: Double
    /// Standard deviation, per step, of the part that grows with the step.
    public var slope: Double

    public init(level: Double = 0, slope: Double = 0) {
      self.level = level
      self.slope = slope
    }

    /// No such error.
    public static let none = SharedError()
  }

  /// The variance of the error of a sum Σ cₕ eₕ, with one coefficient a step; for Student's law that of the normal law
  /// inside, the square of the t's scale. NaN for points only and for paths.
  func variance(of coefficients: [Double]) -> Double {
    if case .student(let law, _) = self { return law.variance(of: coefficients) }
    if case .normal(let factor) = self { return Self.variance(of: coefficients, factor: factor) }
    guard case .movingAverage(let weights, let variance, let shared) = self else { return .nan }
    let count = coefficients.count
    var total = 0.0
    // The innovation of step i (from 0) reaches step h with weight w(h − i).
    for i in 0..<count {
      var loading = 0.0
      for h in i..<count where h - i < weights.count { loading += coefficients[h] * weights[h - i] }
      total += loading * loading
    }
    total *= variance
    let level = coefficients.reduce(0, +) * shared.level
    var slope = 0.0
    for h in 0..<count { slope += coefficients[h] * Double(h + 1) * shared.slope }
    return total + level * level + slope * slope
  }

  /// Σᵢ (Σₕ cₕ factor[h][i])².
  private static func variance(of coefficients: [Double], factor: [[Double]]) -> Double {
    var loadings = [Double](repeating: 0, count: factor.reduce(0) { max($0, $1.count) })
    for (c, row) in zip(coefficients, factor) where c != 0 {
      for i in row.indices { loadings[i] += c * row[i] }
    }
    return loadings.reduce(0) { $0 + $1 * $1 }
  }
}
