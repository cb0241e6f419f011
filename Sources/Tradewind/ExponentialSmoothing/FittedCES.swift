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

  /// All eight lanes hold the one model.
  private var state: CESState
  private let parameters: CESParameters
  private let period: Int

  public var name: String { "CES(\(seasonality.letter))" }

  /// What the automatic choice compares.
  var selectionScore: Double { informationCriteria?.aicc ?? -.infinity }

  init(_ series: TimeSeries, _ seasonality: CES.Seasonality, _ kernel: CESKernel, _ point: [Double]) {
    self.series = series
    self.seasonality = seasonality
    alpha = (point[0], point[1])
    beta = point.count > 2 ? (point[2], point.count > 3 ? point[3] : 0) : nil
    state = kernel.state
    parameters = CESParameters([point])
    period = kernel.period
    let n = series.count - series.missingCount
    var squares = 0.0
    for e in kernel.errors { squares += e[0] * e[0] }
    sumOfSquares = squares
    let estimated = seasonality.parameters + seasonality.states(period: kernel.period)
    variance = squares / Double(max(1, n - estimated))
    // Observed less error; NaN where nothing was observed.
    fittedValues = kernel.y.indices.map { kernel.y[$0] - kernel.errors[$0][0] }
    informationCriteria =
      squares > 0
      ? InformationCriteria(
        logLikelihood: -0.5 * Double(n) * (.log(2 * .pi * squares / Double(n)) + 1),
        parameters: seasonality.parameters + 1, observations: n) : nil
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
      let mean = state.expected(slot, seasonality)[0]
      state.advance(slot, .zero, parameters, seasonality)
      return mean
    }
  }

  /// What an innovation adds to the periods after it: the states' response to one error from zero.
  private func law(_ horizon: Int) -> JointLaw {
    var response = state
    response.level = .zero
    response.potential = .zero
    for slot in response.season.indices {
      response.season[slot] = .zero
      response.seasonPotential[slot] = .zero
    }
    response.advance(0, .one, parameters, seasonality)
    var weights = [1.0]
    for h in 1..<max(horizon, 1) {
      weights.append(response.expected(h % period, seasonality)[0])
      response.advance(h % period, .zero, parameters, seasonality)
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
      next.fittedValues.append(value.isNaN ? .nan : expected[0])
      next.state.advance(slot, value.isNaN ? .zero : value - expected, parameters, seasonality)
    }
    return next
  }
}
