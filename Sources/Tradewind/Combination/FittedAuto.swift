/// An ``Auto`` fitted to a series: what takes part, and why.
public struct FittedAuto: FittedModel {
  /// How much time it was given.
  public let effort: Auto.Effort
  public let series: TimeSeries
  /// Why the usual combination was not taken; nil if it was.
  public let reason: String?
  /// The forecasts come from this, fitted to the series freed of ``grossErrors`` and ``calendarEffects``: a ``FittedCombination``, or a simpler model.
  public let base: any FittedModel
  /// Outliers, level shifts and calendar terms without which some of the models see the series, such as `LS2008-11`; none if nothing was found.
  public var findings: [String] { found.all }
  private let found: Linearization.Findings
  private let calendar: CalendarEffect?
  private let errors: [GrossErrors.Finding]

  init(
    series: TimeSeries, effort: Auto.Effort, base: any FittedModel,
    grossErrors: [GrossErrors.Finding] = [], found: Linearization.Findings = .none,
    calendar: CalendarEffect? = nil,
    reason: String? = nil
  ) {
    (self.series, self.effort, self.base, errors) = (series, effort, base, grossErrors)
    (self.found, self.calendar, self.reason) = (found, calendar, reason)
  }

  /// Values that were taken for mistakes, such as `2020-11 is 1000 times what its neighbours let expect`; none in nearly all series.
  public var grossErrors: [String] { errors.map(\.description) }

  /// Such as `auto: mean of 7 models`; ``explanation`` names them.
  public var name: String {
    let members = (base as? FittedCombination)?.members.count ?? 1
    let inside = members > 1 ? "mean of \(members) models" : base.name
    return calendar == nil ? "auto: \(inside)" : "auto with calendar: \(inside)"
  }

  /// What the calendar was found to do, such as `Chinese New Year -15...-1, 0...6`; none without evidence.
  public var calendarEffects: [String] { calendar?.terms ?? [] }

  /// NaN where ``grossErrors`` are: what they are off by says nothing of the model.
  public var fittedValues: [Double] {
    var values = base.fittedValues
    if let factors = calendar?.factors(of: series, horizon: 0) {
      for t in values.indices { values[t] *= factors[t] }
    }
    for error in errors { values[series.start.distance(to: error.period)] = .nan }
    return values
  }

  /// None: the members' likelihoods do not compare.
  public var informationCriteria: InformationCriteria? { nil }

  /// What takes part, with the weights in the first and in the twelfth step, who was left out, and why: the
  /// ``Forecast/Explanation/lines`` of ``Forecast/explanation``.
  public var explanation: [String] { explanation(horizon: 12).lines }

  private func explanation(horizon: Int) -> Forecast.Explanation {
    var explanation = Forecast.Explanation(
      reason: reason, grossErrors: grossErrors, calendar: calendarEffects, calendarGain: calendar?.gain ?? 0,
      members: [])
    guard let combination = base as? FittedCombination else {
      explanation.members = [.init(model: base.name, weights: [Double](repeating: 1, count: horizon))]
      return explanation
    }
    (explanation.outliers, explanation.calendarInPart) = (found.outliers, found.calendar)
    explanation.members = combination.members.map { member in
      .init(
        model: member.fitted.name,
        weights: (0..<horizon).map { member.weights[min($0, member.weights.count - 1)] })
    }
    explanation.leftOut = combination.leftOut.map { .init(model: $0.name, reason: $0.reason) }
    return explanation
  }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    var forecast = base.forecast(request)
    if let factors = ahead(request.horizon) {
      forecast = forecast.transformed(
        shift: [Double](repeating: 0, count: request.horizon), scale: factors)
    }
    forecast.model = name
    forecast.explanation = explanation(horizon: request.horizon)
    return forecast
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    let paths = base.samplePaths(horizon: horizon, count: count, seed: seed)
    guard let factors = ahead(horizon) else { return paths }
    return paths.mapped { $1 * factors[$0] }
  }

  /// The members take in the observations; weights and effects of the calendar stay.
  public func updated(with values: [Double]) throws(ForecastError) -> FittedAuto {
    let factors = ahead(values.count) ?? values.map { _ in 1 }
    return FittedAuto(
      series: try series.appending(values), effort: effort,
      base: try base.later(zip(values, factors).map { $0 / $1 }), grossErrors: errors, found: found,
      calendar: calendar, reason: reason)
  }

  /// The calendar's factors of the periods after the series; nil if there are none. From where the dates end they are 1.
  private func ahead(_ horizon: Int) -> [Double]? {
    guard let calendar, horizon > 0 else { return nil }
    let all = calendar.factors(of: series, horizon: horizon)
    return all.map { Array($0[series.count...]) } ?? [Double](repeating: 1, count: horizon)
  }
}
