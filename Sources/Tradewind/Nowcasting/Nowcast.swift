/// A quarter or year that has begun: its published months as they are, the rest as a model sees them given these.
///
/// ```swift
/// let nowcast = try Nowcaster(model: ETS()).nowcast(of: imports)
/// print(nowcast.period, nowcast.total.mean, nowcast.total.intervals)
/// ```
public struct Nowcast: Sendable, Equatable {
  /// What is known of a part.
  public enum Status: String, Sendable, Hashable, Codable {
    /// Published, and taken as exact: no standard error was given, or one of zero.
    case published
    /// Published, and known only up to an error: what the model makes of both.
    case revisable
    /// Still to come.
    case forecast
  }

  /// One month (or quarter) of the whole.
  public struct Part: Sendable, Equatable {
    public let period: Period
    public let status: Status
    /// The value if it was published, before any revision; NaN if not.
    public let published: Double
    public let mean: Double
    public let median: Double
    /// One a level; of no width where the value is exact.
    public let intervals: [PredictionInterval]
    /// The same month (or quarter) of the year before; NaN if it is not known.
    public let yearBefore: Double

    /// The change on the year before; nil if that is not known, or not above zero.
    public var growth: Growth? { Growth(mean, median, intervals, on: yearBefore) }
  }

  /// A change on the year before, as a fraction: 0.071 for 7.1 % more. The year before counts as exact.
  public struct Growth: Sendable, Equatable {
    public let mean: Double
    public let median: Double
    /// One a level.
    public let intervals: [PredictionInterval]

    init?(_ mean: Double, _ median: Double, _ intervals: [PredictionInterval], on before: Double) {
      guard before > 0, before.isFinite else { return nil }
      self.mean = mean / before - 1
      self.median = median / before - 1
      self.intervals = intervals.map {
        PredictionInterval(level: $0.level, lower: $0.lower / before - 1, upper: $0.upper / before - 1)
      }
    }
  }

  /// The fitted model's name.
  public let model: String
  /// The quarter or year.
  public let period: Period
  /// Its months, in order.
  public let parts: [Part]
  /// The whole.
  public let total: Forecast.Total
  /// What the model decided from the series; see ``Forecast/explanation``.
  public let explanation: Forecast.Explanation?
  /// The fitted model in numbers.
  public let summary: ModelSummary

  /// The whole of the year before; NaN if a part of it is not known.
  public var yearBefore: Double { parts.reduce(0) { $0 + $1.yearBefore } }
  /// The whole's change on the year before; nil if that is not known, or not above zero.
  public var growth: Growth? { Growth(total.mean, total.median, total.intervals, on: yearBefore) }
}

/// Nowcasts of the quarter or year that is running.
///
/// Published months are exact, unless ``revisions`` says that the last ones may still be revised. The months to come follow from the
/// joint law given all of them: the model takes in what is exact, and what is not conditions its law (``Forecast/conditioned(on:seed:)``),
/// so that a revisable month moves the forecast by less than an exact one, and is itself drawn towards what the model expected of it.
public struct Nowcaster: Sendable {
  /// The model.
  public let model: any Forecaster
  /// The standard errors of the last published values, the newest first; `[4, 1]` if the last month is good to ±4 and the
  /// one before to ±1. The others are exact.
  public let revisions: [Double]
  /// Whether ``revisions`` are parts of the values (0.02 for 2 %), so that they suit series of any size; else they are in their unit.
  public let revisionsAreRelative: Bool

  /// - Precondition: Standard errors are finite and not negative.
  public init(model: any Forecaster, revisions: [Double] = []) {
    self.init(model: model, revisions: revisions, areRelative: false)
  }

  /// Standard errors of the last published values as parts of them: 0.02 for 2 %.
  ///
  /// - Precondition: Standard errors are finite and not negative.
  public init(model: any Forecaster, relativeRevisions: [Double]) {
    self.init(model: model, revisions: relativeRevisions, areRelative: true)
  }

  private init(model: any Forecaster, revisions: [Double], areRelative: Bool) {
    precondition(
      revisions.allSatisfy { $0 >= 0 && $0.isFinite }, "Standard errors are finite and not negative.")
    self.model = model
    // Trailing zeros are exact months like those before them.
    self.revisions = Array(revisions.reversed().drop { $0 == 0 }.reversed())
    revisionsAreRelative = areRelative
  }

  /// The quarter or year in which the series' next period lies. Missing values at the end of the series are not yet published, and count
  /// as still to come.
  ///
  /// - Parameters:
  ///   - series: Months, or quarters for a year.
  ///   - unit: What is nowcast, longer than the series' periods (a precondition).
  ///   - levels: The intervals' probabilities, at least one.
  ///   - paths: How many paths are drawn where the law has no closed form.
  ///   - seed: Their seed.
  /// - Throws: What fitting the model throws, for the series without its revisable months if there are any; and
  ///   ``ForecastError/missingValues(model:count:)`` if a published period of the whole is missing.
  public func nowcast(
    of series: TimeSeries, unit: Period.Unit = .quarter, levels: [Double] = [0.8, 0.95], paths: Int = 5000,
    seed: UInt64 = 1
  ) throws(ForecastError) -> Nowcast {
    precondition(unit.months > series.start.unit.months, "A nowcast is of a longer period than the series'.")
    precondition(!levels.isEmpty, "A nowcast has an interval.")
    let series = series.prefix((series.values.lastIndex { !$0.isNaN } ?? -1) + 1)
    let whole = series.end.next.whole(unit)
    let size = unit.months / series.start.unit.months
    let known = Self.periodsBefore(series.end.next, in: whole)
    let uncertain = min(revisions.count, max(series.count - 1, 0))
    let exact = max(known - uncertain, 0)
    let kept = series.count - uncertain
    let first = series.count - known
    let gone = series.values[max(first, 0)...].count(where: \.isNaN)
    guard first >= 0, gone == 0 else {
      throw .missingValues(model: "the nowcast of \(whole)", count: first < 0 ? -first : gone)
    }
    let fitted = try model.fit(to: series.prefix(kept))
    let horizon = uncertain + size - known
    var forecast = fitted.forecast(horizon: horizon, levels: levels, paths: paths, seed: seed)
    let facts = (0..<uncertain).map { i in
      let value = series.values[kept + i]
      let unit = revisionsAreRelative && value.isFinite ? abs(value) : 1
      return Forecast.Known(
        steps: i..<i + 1, value: value, standardError: unit * revisions[uncertain - 1 - i])
    }
    forecast = forecast.conditioned(on: facts, seed: seed) ?? forecast
    return Self.assembled(
      forecast, fitted.summary, series: series, whole: whole, size: size, exact: exact, revisable: facts)
  }

  private static func assembled(
    _ forecast: Forecast, _ summary: ModelSummary, series: TimeSeries, whole: Period, size: Int, exact: Int,
    revisable: [Forecast.Known]
  ) -> Nowcast {
    let levels = forecast.levels
    let kept = series.count - revisable.count
    // The first step of the forecast that belongs to the whole.
    let step = forecast.horizon - (size - exact)
    func published(at place: Int) -> Nowcast.Part {
      let value = series.values[place]
      return Nowcast.Part(
        period: series.period(at: place), status: .published, published: value, mean: value, median: value,
        intervals: levels.map { PredictionInterval(level: $0, lower: value, upper: value) },
        yearBefore: series.yearBefore(at: place))
    }
    var parts = (kept - exact..<kept).map(published)
    for h in step..<forecast.horizon {
      // Newer than a revisable value, and exact all the same.
      if h < revisable.count, revisable[h].standardError == 0 {
        parts.append(published(at: kept + h))
        continue
      }
      parts.append(
        Nowcast.Part(
          period: forecast.start.advanced(by: h), status: h < revisable.count ? .revisable : .forecast,
          published: h < revisable.count ? series.values[kept + h] : .nan,
          mean: forecast.mean[h], median: forecast.median[h], intervals: forecast.intervals[h],
          yearBefore: series.yearBefore(at: kept + h)))
    }
    let sum = parts.prefix(exact).reduce(0) { $0 + $1.mean }
    // A single period to come has its own interval, which a law known by draws has only nearly.
    var total =
      step == forecast.horizon - 1
      ? Forecast.Total(
        period: PeriodRange(whole), mean: forecast.mean[step], median: forecast.median[step],
        intervals: forecast.intervals[step])
      : forecast.total(ofSteps: step..<forecast.horizon)
        ?? Forecast.Total(period: PeriodRange(whole), mean: .nan, median: .nan, intervals: [])
    total.period = PeriodRange(whole)
    total.mean += sum
    total.median += sum
    total.intervals = total.intervals.map {
      PredictionInterval(level: $0.level, lower: $0.lower + sum, upper: $0.upper + sum)
    }
    return Nowcast(
      model: forecast.model, period: whole, parts: parts, total: total, explanation: forecast.explanation,
      summary: summary)
  }

  /// How many periods of the unit of `next` lie between the beginning of `whole` and `next`.
  private static func periodsBefore(_ next: Period, in whole: Period) -> Int {
    (next.firstMonth.ordinal - whole.firstMonth.ordinal) / next.unit.months
  }
}

extension TimeSeries {
  /// The value a year before an index, which may lie after the end; NaN if it is not known.
  fileprivate func yearBefore(at index: Int) -> Double {
    let before = index - start.unit.periodsPerYear
    return values.indices.contains(before) ? values[before] : .nan
  }
}

extension Period {
  /// The quarter or year in which this period lies.
  fileprivate func whole(_ unit: Unit) -> Period {
    Period(unit: unit, ordinal: unit == .year ? year : firstMonth.quarterPeriod.ordinal)
  }
}
