/// Forecasts a series at every length of period within a year (months, two months, quarters, …, the year), and makes the forecasts add up.
///
/// ```swift
/// let model = try TemporallyReconciled(ETS()).fit(to: imports)
/// let forecast = model.forecast(horizon: 12)
/// print(forecast.mean, forecast.total(over: .quarter))  // quarters are the sums of their months
/// ```
///
/// Sums over longer periods show the trend more clearly and the season not at all; single periods show the season. Each length is forecast by the
/// same base model, and the coherent forecasts nearest to all of them are taken (``TemporalScaling`` says how they are weighed): temporal
/// hierarchies, known as THIEF.
///
/// Sums end where the series ends, so that nothing observed at its end is lost; they need not be calendar quarters. Whatever begins and
/// ends within the horizon is a sum of the months forecast, so calendar quarters and years add up too.
///
/// Means move; the law of the errors about them is that of the base model of the shortest periods, which is wider than need be rather than
/// narrower. A length whose series the base model refuses (too short, as a rule) is left out (``FittedTemporallyReconciled/lengths``); the shortest
/// may not be. So is, in a year, a length whose forecast is absurd: further from what was observed of it than ten times the range of the
/// observations, or not finite. Means of models of logarithms can be that where their variances grow without bounds; then medians are taken if those are
/// not absurd, and the mean forecast is the coherent value of the medians. Where the medians of the single periods are absurd too, nothing could
/// mend the law, and the year is left as the base model has it. A series whose seasonal period is 1 is left to the base model. A sum with a missing
/// period is missing.
///
/// Reference: G. Athanasopoulos, R. J. Hyndman, N. Kourentzes and F. Petropoulos (2017), "Forecasting with Temporal Hierarchies", European
/// Journal of Operational Research 262:60–74, DOI 10.1016/j.ejor.2017.02.046.
public struct TemporallyReconciled<Base: Forecaster>: Forecaster {
  /// The model of every length.
  public let base: Base
  /// How the lengths are weighed.
  public let scaling: TemporalScaling

  /// - Parameters:
  ///   - base: The model of every length.
  ///   - scaling: How the lengths are weighed.
  public init(_ base: Base, scaling: TemporalScaling = .structural) {
    (self.base, self.scaling) = (base, scaling)
  }

  public var name: String { "THIEF(\(base.name))" }

  public func fit(to series: TimeSeries) throws(ForecastError) -> FittedTemporallyReconciled<Base> {
    try series.checkForForecasting()
    return FittedTemporallyReconciled(self, shortest: try base.fit(to: series), series: series)
  }
}

/// A model at every length of period within a year.
public struct FittedTemporallyReconciled<Base: Forecaster>: FittedModel {
  public let series: TimeSeries
  /// The model of the series itself.
  public let shortest: Base.Fitted
  /// The lengths that take part, in periods of the series, longest first; 1 is the last.
  public let lengths: [Int]

  private let recipe: TemporallyReconciled<Base>
  /// The models of the lengths but for the last.
  private let longer: [Base.Fitted]
  /// Nil where there is but one length.
  private let reconciler: TemporalReconciler?

  init(_ recipe: TemporallyReconciled<Base>, shortest: Base.Fitted, series: TimeSeries) {
    (self.recipe, self.shortest, self.series) = (recipe, shortest, series)
    let period = series.seasonalPeriod
    var (lengths, longer): ([Int], [Base.Fitted]) = ([], [])
    for length in stride(from: period, through: 2, by: -1) where period % length == 0 {
      guard let fitted = try? recipe.base.fit(to: series.summed(over: length)) else { continue }
      lengths.append(length)
      longer.append(fitted)
    }
    let residuals = longer.map(\.residuals) + [shortest.residuals]
    reconciler =
      lengths.isEmpty
      ? nil
      : try? TemporalReconciler(
        lengths: lengths + [1], period: period, residuals: residuals, scaling: recipe.scaling)
    self.lengths = reconciler == nil ? [1] : lengths + [1]
    self.longer = reconciler == nil ? [] : longer
  }

  /// `THIEF(ETS(M,N,M))`, with the model of the series itself.
  public var name: String { "THIEF(\(shortest.name))" }
  /// The one-step forecasts of the model of the series itself.
  public var fittedValues: [Double] { shortest.fittedValues }
  /// None: every length has a likelihood of its own.
  public var informationCriteria: InformationCriteria? { nil }

  public func forecast(_ request: ForecastRequest) -> Forecast {
    var forecast = shortest.forecast(request)
    let moves = moves(request)
    let sound = Self.soundValues(of: shortest)
    forecast.model = name
    for (h, move) in moves.enumerated() {
      if let replaced = move.mean {
        forecast.mean[h] = replaced
      } else {
        forecast.mean[h] += move.shift
      }
      forecast.median[h] += move.shift
      if move.isReconciled, !sound.contains(forecast.mean[h]) { forecast.mean[h] = forecast.median[h] }
      forecast.intervals[h] = forecast.intervals[h].map {
        PredictionInterval(level: $0.level, lower: $0.lower + move.shift, upper: $0.upper + move.shift)
      }
    }
    forecast.joint = forecast.joint.transformed(
      shift: moves.map(\.shift), scale: [Double](repeating: 1, count: moves.count))
    return forecast
  }

  /// What the models say of each of ``lengths`` by themselves, before the forecasts are made coherent, of so many whole years as the horizon needs.
  private func baseForecasts(_ request: ForecastRequest, levels: [Double]) -> [Forecast] {
    let period = series.seasonalPeriod
    let periods = (request.horizon + period - 1) / period * period
    return zip(lengths, longer + [shortest]).map { length, model in
      model.forecast(horizon: periods / length, levels: levels, paths: request.paths, seed: request.seed)
    }
  }

  /// What the models say of some totals by themselves, before forecasts are made coherent: where a total is a sum of the hierarchy, as a quarter is if the
  /// series ends with one, the mean that the model of that length gives; else the means of its single periods added up.
  ///
  /// - Parameters:
  ///   - totals: Of a forecast of this model, within its horizon (a precondition).
  ///   - request: What that forecast was asked for. (Some models' means are those of draws, which they make for levels only.)
  public func baseMeans(of totals: [Forecast.Total], _ request: ForecastRequest) -> [Double] {
    let forecasts = baseForecasts(request, levels: request.levels)
    let (single, unit) = (forecasts[lengths.count - 1], series.start.unit)
    return totals.map { total in
      let start = total.period.first.firstMonth.ordinal
      let size = (total.period.last.lastMonth.ordinal + 1 - start) / unit.months
      let first = (start - single.start.firstMonth.ordinal) / unit.months
      guard first % size == 0, let place = lengths.firstIndex(of: size) else {
        return single.mean(over: total)
      }
      return forecasts[place].mean[first / size]
    }
  }

  public func samplePaths(horizon: Int, count: Int, seed: UInt64) -> SamplePaths {
    let moves = moves(ForecastRequest(horizon: horizon, levels: [], paths: count, seed: seed))
    return shortest.samplePaths(horizon: horizon, count: count, seed: seed).mapped { $1 + moves[$0].shift }
  }

  /// The model after more observations: that of the series itself with its parameters as they are. The sums end elsewhere then, and
  /// are other series: their models are fitted anew.
  public func updated(with values: [Double]) throws(ForecastError) -> FittedTemporallyReconciled<Base> {
    let later = try series.appending(values)
    guard !values.isEmpty else { return self }
    return FittedTemporallyReconciled(recipe, shortest: try shortest.updated(with: values), series: later)
  }

  /// What happens to a step.
  private struct Move {
    /// What is added to the law of the base model.
    var shift = 0.0
    /// The mean, where that of the base model says nothing.
    var mean: Double?
    var isReconciled = false
  }

  /// What happens to each step. Each year is reconciled by itself, so that a longer horizon changes no step.
  private func moves(_ request: ForecastRequest) -> [Move] {
    var moves = [Move](repeating: Move(), count: request.horizon)
    guard let reconciler else { return moves }
    let period = reconciler.period
    let periods = (request.horizon + period - 1) / period * period
    let models = longer + [shortest]
    let forecasts = baseForecasts(request, levels: [])
    let sound = models.map(Self.soundValues)
    for year in 0..<periods / period {
      var (taken, points): ([Int], [[Double]]) = ([], [])
      var byMedians = false
      for (place, length) in lengths.enumerated() {
        let steps = year * period / length..<(year + 1) * period / length
        for (isMedian, values) in [(false, forecasts[place].mean), (true, forecasts[place].median)] {
          guard values[steps].allSatisfy({ sound[place].contains($0) }) else { continue }
          taken.append(place)
          points.append(Array(values[steps]))
          if length == 1 { byMedians = isMedian }
          break
        }
      }
      // Without the single periods there is nothing that the others could move.
      guard taken.last == lengths.count - 1, let own = points.last,
        let coherent = try? coherent(points, of: taken, reconciler)
      else { continue }
      for place in 0..<period where year * period + place < moves.count {
        moves[year * period + place] = Move(
          shift: coherent[place] - own[place], mean: byMedians ? coherent[place] : nil, isReconciled: true)
      }
    }
    return moves
  }

  /// A year's coherent forecasts of the single periods from those of some lengths, given by their places.
  private func coherent(
    _ points: [[Double]], of places: [Int], _ reconciler: TemporalReconciler
  ) throws(ReconciliationError) -> [Double] {
    guard places.count < lengths.count else { return try reconciler.reconcile(points) }
    guard places.count > 1 else { return points[0] }
    let models = longer + [shortest]
    let fewer = try TemporalReconciler(
      lengths: places.map { lengths[$0] }, period: reconciler.period,
      residuals: places.map { models[$0].residuals }, scaling: recipe.scaling)
    return try fewer.reconcile(points)
  }

  /// Forecasts that are not absurd: as far from the observations as ten times their range.
  private static func soundValues(of model: Base.Fitted) -> ClosedRange<Double> {
    let known = model.series.values.filter(\.isFinite)
    guard let lowest = known.min(), let highest = known.max() else { return 0...0 }
    // Of values that are all the same, what rounding makes of them.
    let margin = 10 * (highest - lowest) + 1e-6 * max(abs(lowest), abs(highest))
    return lowest - margin...highest + margin
  }
}

extension FittedTemporallyReconciled: InnovationSource {
  /// That of the model of the series itself, moved.
  func innovationOutlook(_ request: ForecastRequest) -> InnovationOutlook? {
    let shifts = moves(request).map(\.shift)
    return InnovationOutlook(of: shortest, request)?.transformed(
      shift: shifts, scale: [Double](repeating: 1, count: shifts.count))
  }
}

extension TimeSeries {
  /// Sums of so many consecutive periods, the last of which ends with the series; what is too short for a first sum is left out.
  ///
  /// Sums that are calendar quarters or years are called so; others are counted in years, in which no model looks for a calendar.
  func summed(over length: Int) -> TimeSeries {
    let size = count / length
    let first = count - size * length
    let sums = (0..<size).map { block in
      values[first + block * length..<first + (block + 1) * length].reduce(0, +)
    }
    let begin = period(at: first)
    let months = length * start.unit.months
    let unit = Period.Unit.allCases.first { $0.months == months }
    let isAligned = unit.map { begin.firstMonth.ordinal % $0.months == 0 } ?? false
    let label =
      if let unit, isAligned { Period(unit: unit, ordinal: begin.firstMonth.ordinal / unit.months) } else {
        Period.year(begin.year)
      }
    return TimeSeries(sums, start: label, seasonalPeriod: seasonalPeriod / length, name: name)
  }
}
