import RealModule

/// A complex exponential smoothing model fitted to a series.
public struct FittedCES: FittedModel {
  /// How the season enters.
  public let seasonality: CES.Seasonality
  /// α, of the level.
  public let alpha: (real: Double, imaginary: Double)
  /// β, of the season: nil without seasonal states of their own; the imaginary part is 0 where the season is partial.
  public let beta: (real: Double, imaginary: Double)?
  /// The sum of the squared one-step errors.
  public let sumOfSquares: Double
  /// The variance of the one-step errors: the sum of squares over the observations less smoothing parameters and initial
  /// states. (The states are backcast, but from these data.)
  public let variance: Double
  public private(set) var series: TimeSeries
  public private(set) var fittedValues: [Double]
  /// The Gaussian likelihood with all its constants; parameters are the smoothing parameters and the variance, as
  /// statsforecast and `smooth` count them with backcast states. Nil if there are no errors.
  public let informationCriteria: InformationCriteria?

  private var state: CESState<Double>
  private let parameters: CESParameters<Double>
  private let period: Int

  public var name: String { "CES(\(seasonality.letter))" }

  init(_ series: TimeSeries, _ candidate: CES.Candidate) {
    let (problem, point) = (candidate.problem, candidate.result.point)
    self.series = series
    seasonality = problem.seasonality
    period = problem.period
    alpha = (point[0], point[1])
    beta =
      switch seasonality {
      case .nonseasonal, .simple: nil
      case .partial: (point[2], 0)
      case .full: (point[2], point[3])
      }
    parameters = CESParameters(alpha: (point[0], point[1]), beta: (point[2], point[3]), seasonality)
    state = CESState(period: period)
    state.backcast(problem, parameters, seasonality)
    var squares = 0.0
    fittedValues = problem.y
    for t in fittedValues.indices {
      let value = problem.y[t]
      let expected = state.expected(t % period, seasonality)
      let error = value.isNaN ? 0 : value - expected
      fittedValues[t] = value.isNaN ? .nan : expected
      squares += error * error
      state.advance(t % period, error, parameters, seasonality)
    }
    sumOfSquares = squares
    let estimated = seasonality.parameters + seasonality.states(period: period)
    variance = squares / Double(max(1, problem.observed - estimated))
    informationCriteria = Self.criteria(problem, squares)
  }

  /// Nil if there are no errors.
  static func criteria(_ problem: CESProblem, _ squares: Double) -> InformationCriteria? {
    guard squares > 0 else { return nil }
    let n = Double(problem.observed)
    return InformationCriteria(
      logLikelihood: -0.5 * n * (.log(2 * .pi * squares / n) + 1),
      parameters: problem.seasonality.parameters + 1, observations: problem.observed)
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
    var state = state
    return (0..<horizon).map { h in
      let slot = (series.count + h) % period
      let mean = state.expected(slot, seasonality)
      state.advance(slot, 0, parameters, seasonality)
      return mean
    }
  }

  /// What an innovation adds to the periods after it: the states' response to one error from zero.
  private func law(_ horizon: Int) -> JointLaw {
    var response = CESState<Double>(period: period)
    response.advance(0, 1, parameters, seasonality)
    var weights = [1.0]
    for h in 1..<max(horizon, 1) {
      weights.append(response.expected(h % period, seasonality))
      response.advance(h % period, 0, parameters, seasonality)
    }
    return .movingAverage(weights: weights, variance: variance)
  }

  /// The smoothing parameters and the variance stay as they are.
  public func updated(with values: [Double]) throws(ForecastError) -> FittedCES {
    var next = self
    next.series = try series.appending(values)
    for (i, value) in values.enumerated() {
      let slot = (series.count + i) % period
      let expected = next.state.expected(slot, seasonality)
      next.fittedValues.append(value.isNaN ? .nan : expected)
      next.state.advance(slot, value.isNaN ? 0 : value - expected, parameters, seasonality)
    }
    return next
  }
}
