import TradewindNumerics

/// What a model says of the periods after a series: points, intervals, and the law of all steps together.
public struct Forecast: Sendable, Equatable {
  /// The total of a calendar period, or of any run of steps.
  public struct Total: Sendable, Equatable {
    public var period: PeriodRange
    public var mean: Double
    public var median: Double
    public var intervals: [PredictionInterval]
  }

  /// The series' name.
  public var series: String
  /// The model, such as `ETS(M,Ad,M)`.
  public var model: String
  /// The first period forecast.
  public var start: Period
  /// The mean of each step.
  public var mean: [Double]
  /// The median of each step.
  public var median: [Double]
  /// The probabilities of the intervals.
  public var levels: [Double]
  /// For each step one interval a level, in the order of ``levels``; equal tails.
  public var intervals: [[PredictionInterval]]
  /// The law of the steps together.
  public var joint: JointLaw
  /// What the model decided from the series; nil for a model that decides nothing but its own parameters and form, which ``model`` names.
  public var explanation: Explanation?
  /// The fitted model in numbers; nil unless it was asked for (``PanelForecaster/summarizes``).
  public var summary: ModelSummary?

  /// How many steps there are.
  public var horizon: Int { mean.count }

  /// The periods forecast, in order.
  public var periods: Range<Period> { start..<start.advanced(by: horizon) }

  /// A forecast with normal or Student errors: intervals are the mean ± z (or t) scales, exactly.
  ///
  /// - Parameters:
  ///   - series: The series that was fitted; the forecast begins after its end.
  ///   - model: The fitted model's name.
  ///   - mean: The mean of each step.
  ///   - joint: The law of the errors; not `.paths` (a precondition).
  ///   - levels: The probabilities of the intervals; none for points only.
  public init(
    of series: TimeSeries, model: String, mean: [Double], joint: JointLaw, levels: [Double]
  ) {
    self.series = series.name
    self.model = model
    start = series.end.next
    self.mean = mean
    median = mean
    self.levels = levels
    self.joint = levels.isEmpty ? .pointsOnly : joint
    // They are the same at every step, and Student's costs more than all else.
    let quantiles = joint.quantiles(of: levels)
    intervals = mean.indices.map { h in
      guard !levels.isEmpty else { return [] }
      var coefficients = [Double](repeating: 0, count: h + 1)
      coefficients[h] = 1
      return joint.intervals(about: mean[h], of: coefficients, levels: levels, quantiles: quantiles)
    }
  }

  /// A forecast from draws: median and intervals are the draws' quantiles.
  ///
  /// - Parameters:
  ///   - series: The series that was fitted; the forecast begins after its end.
  ///   - model: The fitted model's name.
  ///   - mean: The means, if they are known better than from the draws.
  ///   - paths: The draws.
  ///   - levels: The probabilities of the intervals.
  public init(of series: TimeSeries, model: String, mean: [Double]?, paths: SamplePaths, levels: [Double]) {
    self.series = series.name
    self.model = model
    start = series.end.next
    let sorted = (0..<paths.horizon).map { paths.draws(ofStep: $0).sorted() }
    self.mean = mean ?? sorted.map { $0.reduce(0, +) / Double($0.count) }
    median = sorted.map { quantile(0.5, of: $0) }
    self.levels = levels
    joint = .paths(paths)
    intervals = sorted.map { draws in quantileIntervals(of: draws, levels: levels) }
  }

  /// Totals of the calendar quarters or years that lie wholly within the horizon, from the joint law.
  ///
  /// - Parameter unit: `.quarter` or `.year`, longer than the series' own periods (otherwise there are none).
  /// - Returns: The totals in order; none if the joint law was not asked for, or no whole period lies within.
  public func total(over unit: Period.Unit) -> [Total] {
    guard unit.months > start.unit.months, horizon > 0 else { return [] }
    var totals: [Total] = []
    let last = start.advanced(by: horizon - 1)
    var whole = Period(unit: unit, ordinal: unit == .year ? start.year : start.quarterPeriod.ordinal)
    if whole.firstMonth < start.firstMonth { whole = whole.next }
    while whole.lastMonth <= last.lastMonth {
      let size = unit.months / start.unit.months
      let first = (whole.firstMonth.ordinal - start.firstMonth.ordinal) / start.unit.months
      if let total = total(ofSteps: first..<first + size, as: PeriodRange(whole)) { totals.append(total) }
      whole = whole.next
    }
    return totals
  }

  /// The means of the periods of a total added up, whatever is known of the joint law.
  ///
  /// - Precondition: The total lies within the horizon.
  public func mean(over total: Total) -> Double {
    let months = start.unit.months
    let first = (total.period.first.firstMonth.ordinal - start.firstMonth.ordinal) / months
    let end = (total.period.last.lastMonth.ordinal + 1 - start.firstMonth.ordinal) / months
    precondition(first >= 0 && end <= horizon, "The total \(total.period) lies within the horizon.")
    return mean[first..<end].reduce(0, +)
  }

  /// The total of some steps (from 0), from the joint law.
  ///
  /// - Returns: `nil` if the steps do not lie within the horizon, or only points were asked for.
  public func total(ofSteps steps: Range<Int>) -> Total? {
    guard !steps.isEmpty else { return nil }
    let periods = try? PeriodRange(
      from: start.advanced(by: steps.lowerBound), through: start.advanced(by: steps.upperBound - 1))
    return periods.flatMap { total(ofSteps: steps, as: $0) }
  }

  private func total(ofSteps steps: Range<Int>, as period: PeriodRange) -> Total? {
    guard steps.lowerBound >= 0, steps.upperBound <= horizon else { return nil }
    let sum = steps.reduce(0) { $0 + mean[$1] }
    switch joint {
    case .pointsOnly:
      return nil
    case .movingAverage, .normal, .student:
      var coefficients = [Double](repeating: 0, count: steps.upperBound)
      for h in steps { coefficients[h] = 1 }
      return Total(
        period: period, mean: sum, median: sum,
        intervals: joint.intervals(
          about: sum, of: coefficients, levels: levels, quantiles: joint.quantiles(of: levels)))
    case .paths(let paths):
      let draws = paths.totals(of: steps).sorted()
      return Total(
        period: period, mean: sum, median: quantile(0.5, of: draws),
        intervals: quantileIntervals(of: draws, levels: levels))
    }
  }
}

extension JointLaw {
  /// How many standard deviations (or scales, for Student's law) each level's interval reaches to either side.
  fileprivate func quantiles(of levels: [Double]) -> [Double] {
    levels.map { level in
      let p = (1 + level) / 2
      if case .student(_, let freedom) = self { return StudentT(degreesOfFreedom: freedom).quantile(p) }
      return NormalDistribution(mean: 0, standardDeviation: 1).quantile(p)
    }
  }

  /// The intervals of a sum about its mean, with ``quantiles(of:)``.
  fileprivate func intervals(
    about mean: Double, of coefficients: [Double], levels: [Double], quantiles: [Double]
  ) -> [PredictionInterval] {
    let deviation = max(variance(of: coefficients), 0).squareRoot()
    return zip(levels, quantiles).map { level, quantile in
      // A level of 1 has no finite interval, unless nothing is uncertain.
      let margin = deviation == 0 ? 0 : quantile * deviation
      return PredictionInterval(level: level, lower: mean - margin, upper: mean + margin)
    }
  }
}

/// Equal tails of draws in rising order.
private func quantileIntervals(of sorted: [Double], levels: [Double]) -> [PredictionInterval] {
  levels.map {
    PredictionInterval(
      level: $0, lower: quantile((1 - $0) / 2, of: sorted), upper: quantile((1 + $0) / 2, of: sorted))
  }
}
