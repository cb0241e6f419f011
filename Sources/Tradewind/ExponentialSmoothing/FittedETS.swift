import RealModule
import TradewindNumerics

/// An exponential smoothing model with its parameters and states.
public struct FittedETS: FittedModel {
  /// The form fitted or chosen.
  public let form: ETS.Form
  /// The smoothing parameters; nil where the form has none.
  public let parameters: ETS.Parameters
  /// The states before the first period.
  public let initialState: ETS.State
  /// The states after the last period.
  public let state: ETS.State
  /// The innovations' variance: of y − f, or of y/f − 1 for multiplicative errors. The sum of squares over the number
  /// of observations less that of estimated parameters and initial states, at least 1.
  public let variance: Double
  public let series: TimeSeries
  public let fittedValues: [Double]
  /// The likelihood leaves out constants, as R's `ets` does: −½ n log Σ e² for additive errors, less Σ log f more for
  /// multiplicative ones. Infinite where the fit is perfect.
  public let informationCriteria: InformationCriteria?
  /// Whether the search ended at an optimum, not at its limit of steps.
  public let hasConverged: Bool
  /// What the law holds beyond normal innovations; nil for nothing.
  var source: ETSFuture.Source?

  public var name: String { form.description }

  package init(
    series: TimeSeries, form: ETS.Form, parameters: ETS.Parameters, state: ETS.State, estimated: Int,
    hasConverged: Bool
  ) {
    var recursion = ETSRecursion(form: form, parameters: parameters, state: state)
    var fitted = [Double](repeating: 0, count: series.count)
    var (sum, logScale, observed) = (0.0, 0.0, 0)
    let isRelative = form.error == .multiplicative
    for (t, y) in series.values.enumerated() {
      let f = recursion.expected
      fitted[t] = f
      recursion.step(y)
      guard !y.isNaN else { continue }
      let error = isRelative ? (y - f) / f : y - f
      sum += error * error
      if isRelative { logScale += Double.log(abs(f)) }
      observed += 1
    }
    // Below the rounding of the values nothing is left to explain.
    let size = series.values.reduce(0) { $1.isNaN ? $0 : max($0, abs($1)) }
    let rounding = 1e-14 * (isRelative ? 1 : size)
    if sum <= Double(observed) * rounding * rounding { sum = 0 }
    self.series = series
    self.form = form
    self.parameters = parameters
    initialState = state
    self.state = recursion.state
    fittedValues = fitted
    variance = sum / Double(max(1, observed - estimated))
    let logLikelihood = sum == 0 ? .infinity : -0.5 * Double(observed) * Double.log(sum) - logScale
    informationCriteria = InformationCriteria(
      logLikelihood: logLikelihood, parameters: estimated + 1, observations: observed)
    self.hasConverged = hasConverged
  }

  private init(_ old: FittedETS, series: TimeSeries, state: ETS.State, fitted: [Double]) {
    form = old.form
    parameters = old.parameters
    initialState = old.initialState
    variance = old.variance
    informationCriteria = old.informationCriteria
    hasConverged = old.hasConverged
    source = old.source
    self.series = series
    self.state = state
    fittedValues = fitted
  }

  /// The model after more observations: parameters, variance and criteria stay those of the fit, the states move on.
  /// So does the law of uncertain parameters; each draw of them runs through the new observations too.
  /// Missing values (NaN) carry them forward.
  ///
  /// - Throws: ``ForecastError`` for an infinite value, or one of zero or less where the form needs values above zero.
  public func updated(with values: [Double]) throws(ForecastError) -> FittedETS {
    let longer = try series.appending(values)
    if form.needsPositiveValues { try longer.checkPositive(model: name) }
    var recursion = self.recursion
    var fitted = fittedValues
    for y in values {
      fitted.append(recursion.expected)
      recursion.step(y)
    }
    return FittedETS(self, series: longer, state: recursion.state, fitted: fitted)
  }

  var recursion: ETSRecursion { ETSRecursion(form: form, parameters: parameters, state: state) }

  /// Forecasts of the coming periods.
  ///
  /// With a linear trend, and no multiplicative season beside additive errors, means and covariances of all steps are
  /// exact, and intervals and totals are normal: exactly so with additive errors; multiplicative ones skew the law, and the
  /// draws of ``samplePaths(horizon:count:seed:)`` show by how much. For the other forms the mean is the point forecast with
  /// all coming errors zero, and intervals are drawn.
  ///
  /// With an ``ETS/uncertainty`` beyond normal innovations points stay as they are, and intervals and totals are drawn for every form.
  public func forecast(_ request: ForecastRequest) -> Forecast {
    let mean = means(request.horizon)
    if request.levels.isEmpty {
      return Forecast(of: series, model: name, mean: mean, joint: .pointsOnly, levels: [])
    }
    if source == nil, let law = normalLaw(request.horizon, mean: mean) {
      return Forecast(of: series, model: name, mean: mean, joint: law, levels: request.levels)
    }
    let paths = samplePaths(horizon: request.horizon, count: request.paths, seed: request.seed)
    return Forecast(of: series, model: name, mean: mean, paths: paths, levels: request.levels)
  }

  /// Draws of the coming periods, with normal innovations unless ``ETS/uncertainty`` says otherwise.
  ///
  /// Where a value must stay above zero, an innovation that would take it below is cut off at −0.9999 of the forecast.
  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    precondition(horizon >= 1 && count >= 1, "There is at least one path of one period.")
    var generator = SeededGenerator(seed: seed)
    var future = ETSFuture(self)
    var values = [Double](repeating: 0, count: horizon * count)
    for path in 0..<count {
      var recursion = future.start(using: &generator)
      for h in 0..<horizon {
        let f = recursion.expected
        var y = f + future.innovation(using: &generator) * (form.error == .multiplicative ? f : 1)
        if form.needsPositiveValues { y = max(y, 1e-4 * f) }
        values[path * horizon + h] = y
        recursion.step(y)
      }
    }
    return SamplePaths(values: values, horizon: horizon)
  }
}
