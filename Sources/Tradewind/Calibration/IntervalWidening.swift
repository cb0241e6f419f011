import TradewindNumerics

/// By how much intervals must be wider than a model says, learned from the errors of many series.
///
/// ```swift
/// let wider = IntervalWidening.standard.applied(to: forecast, of: imports)
/// ```
///
/// A model takes its parameters and its form as known. They are not, and what that costs grows with the step; and its deviation is an estimate, which is
/// too small where it is small by chance. With n observations, the model's deviation σ(h) of step h (from 1), and the mean absolute
/// difference s of the series from its value a year before, the deviation is taken to be
///
/// σ(h) · (s / σ(h))ᵈ · exp(a + b √(h / p) + 12 c / n),
///
/// between the model's deviation and a yearly difference, and all steps share one √(ν / χ²), which makes normal errors Student's t with ν degrees of
/// freedom. A year, p periods, is the whole number of seasons that is nearest to twelve months, four quarters or one year. Where
/// no such difference is known, or it is zero, d is taken as zero.
///
/// The numbers were fitted to errors of the training spans of the M3 competition's monthly series and of drawn series, in one fit for all single models and one for their means;
/// <doc:CalibratingIntervals> says how, and what the widened intervals cover on months that took no part.
public struct IntervalWidening: Sendable, Hashable, Codable {
  /// a, the logarithm of the factor at the first step, nearly.
  public var level: Double
  /// b, what each step adds, per root of a year ahead.
  public var growth: Double
  /// c, what a short past adds, per 12 / n.
  public var shortness: Double
  /// d, the weight of the yearly difference, from 0 to below 1.
  public var blend: Double
  /// ν, above 2; infinite for tails as the model has them.
  public var degreesOfFreedom: Double

  /// - Precondition: The degrees of freedom are above 2, `blend` is in 0..<1, the others are finite.
  public init(level: Double, growth: Double, shortness: Double, blend: Double, degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 2, "Tails need more than 2 degrees of freedom, not \(degreesOfFreedom).")
    precondition((0..<1).contains(blend), "A weight lies in 0 to below 1, not \(blend).")
    precondition(level.isFinite && growth.isFinite && shortness.isFinite, "The table's numbers are finite.")
    (self.level, self.growth, self.shortness) = (level, growth, shortness)
    (self.blend, self.degreesOfFreedom) = (blend, degreesOfFreedom)
  }

  /// What of a series decides how much wider its intervals are.
  public struct Basis: Sendable, Hashable, Codable {
    /// How many observations are known.
    public let known: Int
    /// How many periods make a year, at least one: a whole number of seasons.
    public let year: Int
    /// The mean absolute difference from a year before, over the last ``longest`` periods; NaN if there is none.
    public let yearlyDifference: Double

    /// The longest series the tables were learned from: what lies further back, when much of trade was small, says nothing of today.
    public static let longest = 126

    public init(_ series: TimeSeries) {
      let (season, unit) = (series.seasonalPeriod, series.start.unit)
      year = season * max(1, Int((Double(unit.periodsPerYear) / Double(season)).rounded()))
      known = series.count - series.missingCount
      yearlyDifference = SeasonalDifferences(of: series.values.suffix(Self.longest), lag: year).meanAbsolute
    }
  }

  /// The factor of a step's deviation.
  ///
  /// - Parameters:
  ///   - step: From 0. Beyond two years nothing was learned, and the factor grows no more.
  ///   - deviation: The model's, in the unit of the series. With zero the factor is 1: what is certain stays so.
  ///   - basis: Of the series the model was fitted to.
  public func factor(step: Int, deviation: Double, _ basis: Basis) -> Double {
    guard deviation > 0 else { return 1 }
    let (ahead, past) = (Double(step + 1) / Double(basis.year), 12 / Double(max(basis.known, 1)))
    let exponent = level + growth * min(ahead, 2).squareRoot() + shortness * min(past, 0.5)
    // A deviation ten times too small or too large is another matter than chance.
    let ratio = min(max(basis.yearlyDifference / deviation, 0.1), 10)
    let drawn = basis.yearlyDifference > 0 ? blend * Double.log(ratio) : 0
    return Double.exp(exponent + drawn)
  }

  /// A forecast with calibrated intervals: means and medians stay, the joint law's steps are stretched about the medians.
  ///
  /// - Parameters:
  ///   - forecast: With a joint law; points only are returned as they are.
  ///   - series: The series the model was fitted to.
  ///   - seed: The seed of the heavier tails of draws.
  public func applied(to forecast: Forecast, of series: TimeSeries, seed: UInt64 = 1) -> Forecast {
    applied(to: forecast, Basis(series), seed: seed)
  }

  /// A forecast with calibrated intervals, as ``applied(to:of:seed:)`` has it.
  public func applied(to forecast: Forecast, _ basis: Basis, seed: UInt64 = 1) -> Forecast {
    let factors = factors(for: forecast, basis)
    var wider = forecast
    switch forecast.joint {
    case .pointsOnly: return forecast
    case .paths(let paths):
      wider.joint = .paths(stretched(paths, about: forecast.median, factors, seed: seed))
    case .student(let law, let freedom):
      // Tails that are heavier already stay.
      wider.joint = .student(
        law.transformed(shift: Self.zeros(factors), scale: factors),
        degreesOfFreedom: min(freedom, degreesOfFreedom))
    case .movingAverage, .normal:
      let law = forecast.joint.transformed(shift: Self.zeros(factors), scale: factors)
      wider.joint = degreesOfFreedom.isInfinite ? law : .student(law, degreesOfFreedom: degreesOfFreedom)
    }
    return wider.withIntervalsOfJointLaw()
  }

  /// Draws of a model with calibrated errors, in the manner of ``applied(to:of:seed:)``.
  ///
  /// - Parameters:
  ///   - paths: The model's draws.
  ///   - forecast: Its forecast of the same steps, with a joint law.
  ///   - basis: Of the series it was fitted to.
  ///   - seed: The seed of the heavier tails.
  func applied(to paths: SamplePaths, of forecast: Forecast, _ basis: Basis, seed: UInt64) -> SamplePaths {
    // A law whose tails are heavier already keeps them.
    if case .student(_, let freedom) = forecast.joint, freedom <= degreesOfFreedom {
      let factors = factors(for: forecast, basis)
      return paths.mapped { forecast.median[$0] + ($1 - forecast.median[$0]) * factors[$0] }
    }
    return stretched(paths, about: forecast.median, factors(for: forecast, basis), seed: seed)
  }

  private func factors(for forecast: Forecast, _ basis: Basis) -> [Double] {
    forecast.mean.indices.map { h in
      factor(step: h, deviation: forecast.law(ofSteps: h..<h + 1)?.scale ?? 0, basis)
    }
  }

  private func stretched(
    _ paths: SamplePaths, about medians: [Double], _ factors: [Double], seed: UInt64
  ) -> SamplePaths {
    // Not the generator of the draws themselves, whose numbers would come again.
    var generator = SeededGenerator(seed: seed).split(1)
    let heights = (0..<paths.count).map { _ in
      degreesOfFreedom.isInfinite
        ? 1 : (degreesOfFreedom / generator.nextChiSquare(degreesOfFreedom: degreesOfFreedom)).squareRoot()
    }
    let horizon = paths.horizon
    return SamplePaths(
      values: paths.values.enumerated().map { place, x in
        let (path, h) = (place / horizon, place % horizon)
        return medians[h] + (x - medians[h]) * factors[h] * heights[path]
      }, horizon: horizon)
  }

  private static func zeros(_ factors: [Double]) -> [Double] { factors.map { _ in 0 } }
}

extension PredictiveLaw {
  /// The deviation of a normal law, the scale of Student's, and of draws half the width of the middle 80 % in that of a standard normal law.
  var scale: Double {
    switch self {
    case .normal(_, let deviation): deviation
    case .student(_, let scale, _): scale
    case .draws: (quantile(0.9) - quantile(0.1)) / (2 * 1.281_551_565_544_600_4)
    }
  }
}

extension IntervalWidening {
  /// The table for single models.
  public static let standard = IntervalWidening(
    level: -0.46, growth: 0.41, shortness: 0.37, blend: 0.43, degreesOfFreedom: 5)

  /// The table for means of several models, whose deviations err less.
  public static let combination = IntervalWidening(
    level: -0.38, growth: 0.30, shortness: 0.08, blend: 0.30, degreesOfFreedom: 5)
}
