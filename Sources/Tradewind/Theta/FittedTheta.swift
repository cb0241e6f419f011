import RealModule

/// A Theta model fitted to a series.
public struct FittedTheta: FittedModel {
  /// Which of the models it is.
  public let variant: Theta.Variant
  /// The smoothing parameter α, in 0…1: how much of a surprise the level keeps.
  public let alpha: Double
  /// θ, at least 1: how much the line's curvature is swollen. 2 for the standard models; infinite where the whole slope is
  /// followed.
  public let theta: Double
  /// ℓ₀, the level before the first observation, in the unit of the seasonally adjusted series.
  public let initialLevel: Double
  /// The slope of the line through the adjusted series at its end, per period: of the standard method's forecasts the drift
  /// is half of it.
  public let slope: Double
  /// The variance of the adjusted series' one-step errors: their squares' sum over their number less the parameters (α, ℓ₀
  /// and, if estimated, θ) and less the season's figure, which is from these data (one less than its length).
  public let variance: Double
  /// The sum of the squared errors that the fit minimised, of the adjusted series.
  public let sumOfSquares: Double
  /// How the season was taken out; nil where it was not.
  public var seasonalMode: DecompositionMode? { season.mode }
  /// The season: one difference or factor for each, from the series' first period on. Empty if none was taken out.
  public var seasonalFigure: [Double] { season.figure }

  public private(set) var series: TimeSeries
  public private(set) var fittedValues: [Double]
  public let informationCriteria: InformationCriteria?

  private let season: ThetaSeason
  private let centre: Double
  private let scale: Double
  /// Standard deviations of the slope and of the season's figures, relative to that of the errors.
  private let slopeDeviation: Double
  private let figureDeviation: Double
  /// After the last period, in scaled units.
  private var state: ThetaRecursion

  public var name: String { variant.abbreviation }

  init(_ series: TimeSeries, _ season: ThetaSeason, _ problem: ThetaProblem, _ estimate: ThetaEstimate) {
    self.series = series
    self.season = season
    variant = estimate.variant
    state = estimate.state
    centre = problem.centre
    scale = problem.scale
    alpha = state.alpha
    let weight = estimate.variant == .standard ? 0.5 : state.weight
    theta = 1 / (1 - weight)
    // Centring took (1 − k) c out of ℓ₀, see ThetaProblem.
    initialLevel = estimate.level * scale + centre * (1 - state.weight)
    slope = state.slope * scale
    sumOfSquares = estimate.squares * scale * scale
    let figures = max(0, season.figure.count - 1)
    variance = sumOfSquares / Double(max(1, estimate.errors - variant.parameters - figures))
    slopeDeviation = variant.isDynamic ? 0 : problem.slopeDeviation(alpha: state.alpha)
    let years = Double(problem.observed) / Double(max(1, season.figure.count)) - 1
    figureDeviation = season.figure.isEmpty ? 0 : ((1 - state.alpha) / max(1, years)).squareRoot()
    var expected = [Double](repeating: .nan, count: series.count)
    for (i, value) in estimate.expected.enumerated() {
      expected[problem.skipped + i] = centre + scale * value
    }
    fittedValues = season.restored(to: expected)
    informationCriteria = Self.criteria(estimate, sumOfSquares)
  }

  /// The Gaussian likelihood of the errors that count, with all its constants, of the adjusted series.
  private static func criteria(_ estimate: ThetaEstimate, _ squares: Double) -> InformationCriteria? {
    guard squares > 0 else { return nil }
    let n = Double(estimate.errors)
    return InformationCriteria(
      logLikelihood: -0.5 * n * (.log(2 * .pi * squares / n) + 1),
      parameters: estimate.variant.parameters + 1, observations: estimate.errors)
  }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    Forecast(
      of: series, model: name, mean: means(request.horizon),
      joint: request.levels.isEmpty ? .pointsOnly : law(request.horizon), levels: request.levels)
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    precondition(horizon >= 1 && count >= 1, "At least one path of at least one period is drawn.")
    return SamplePaths(mean: means(horizon), law: law(horizon), count: count, seed: seed)
  }

  private func means(_ horizon: Int) -> [Double] {
    var means: [Double]
    if variant == .standard {
      let drift = drift(horizon)
      means = (0..<horizon).map { state.level + state.slope * drift[$0] }
    } else {
      means = state.forecasts(horizon)
    }
    for h in means.indices { means[h] = centre + scale * means[h] }
    return season.restored(to: means, start: series.count)
  }

  /// How often the slope adds to each step of the standard method. Hyndman & Billah (2003), equation 4: the line contributes as
  /// if it had been smoothed along.
  private func drift(_ horizon: Int) -> [Double] {
    let start = (1 - state.power) / alpha
    return (0..<horizon).map { 0.5 * (Double($0) + start) }
  }

  /// The law of the errors of the coming periods: their innovations; the slope of a line through the whole series, which is
  /// estimated, as are the season's figures, each from its years' irregular parts of variance (1 − α) σ² (that of the local
  /// level model). A multiplicative season multiplies all. Dynamic lines are part of the model's state and add nothing.
  ///
  /// - Parameter estimated: Whether slope and season count as estimates.
  func law(_ horizon: Int, estimated: Bool = true) -> JointLaw {
    let deviation = variance.squareRoot()
    var rows = state.loadings(horizon)
    if estimated {
      let slopes: [Double]? =
        variant == .standard ? drift(horizon) : variant.isDynamic ? nil : state.slopeLoadings(horizon)
      for h in rows.indices {
        rows[h] += [Double](repeating: 0, count: horizon - rows[h].count)
        rows[h].append((slopes?[h] ?? 0) * slopeDeviation)
        guard !season.figure.isEmpty else { continue }
        let slot = (series.count + h) % season.figure.count
        rows[h] += [Double](repeating: 0, count: slot)
        rows[h].append(figureDeviation)
      }
    }
    for h in rows.indices {
      let unit = deviation * season.factor(at: series.count + h)
      for i in rows[h].indices { rows[h][i] *= unit }
    }
    return .normal(factor: rows)
  }

  /// α, θ, the variance and the season stay as they are, and the line of the models that are not dynamic.
  public func updated(with values: [Double]) throws(ForecastError) -> FittedTheta {
    var next = self
    next.series = try series.appending(values)
    var expected: [Double] = []
    for value in season.removed(from: values, start: series.count) {
      expected.append(centre + scale * next.state.expected)
      next.state.observe((value - centre) / scale)
    }
    next.fittedValues += season.restored(to: expected, start: series.count)
    return next
  }
}
