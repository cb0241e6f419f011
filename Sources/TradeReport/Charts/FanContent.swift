import TradeStatistics
import Tradewind

/// What a fan chart draws, whether it comes from facts or from a complete series.
struct FanContent: Sendable {
  /// A past period; `lower...upper` is its 95 % range.
  struct Past: Sendable {
    let period: Period
    let median: Double, lower: Double, upper: Double
    let status: Projection.Status
  }

  /// A period to come, or the total of several.
  struct Ahead: Sendable {
    let period: PeriodRange
    let median: Double, mean: Double
    let intervals: [PredictionInterval]

    /// Where the period stands on the axis: the ordinal of its first month.
    var slot: Int { period.first.ordinal }
  }

  /// What the picture rests on.
  enum Origin: Sendable {
    case facts(count: Int, upTo: Period)
    case model(String, upTo: Period)
  }

  let series: String
  let unit: String
  let history: [Past]
  let horizon: [Ahead]
  /// The horizon's total, or mean for a price.
  let total: Ahead?
  let origin: Origin

  init(_ projection: Projection, name: String? = nil) {
    series = name ?? projection.series
    unit = projection.unit
    history = projection.history.map {
      Past(period: $0.period, median: $0.median, lower: $0.lower, upper: $0.upper, status: $0.status)
    }
    horizon = projection.horizon.map(Ahead.init)
    total = Ahead(projection.total)
    origin = .facts(count: projection.factsUsed, upTo: projection.asOf)
  }

  init(_ forecast: Forecast, of series: TimeSeries, name: String, unit: String) {
    self.series = name
    self.unit = unit
    history = Self.observed(series)
    horizon = forecast.periods.enumerated().map { step, period in
      Ahead(
        period: PeriodRange(period), median: forecast.median[step], mean: forecast.mean[step],
        intervals: forecast.intervals[step])
    }
    total = nil
    origin = .model(forecast.model, upTo: series.end)
  }

  init(_ nowcast: Nowcast, of series: TimeSeries, name: String, unit: String) {
    self.series = name
    self.unit = unit
    horizon = nowcast.parts.filter { $0.status != .published }.map {
      Ahead(period: PeriodRange($0.period), median: $0.median, mean: $0.mean, intervals: $0.intervals)
    }
    // What is not yet published has a place in some files.
    let next = horizon.first?.period.first ?? series.end.next
    history = Self.observed(series).filter { $0.period < next }
    let whole = nowcast.total
    total = Ahead(period: whole.period, median: whole.median, mean: whole.mean, intervals: whole.intervals)
    let last = series.values.lastIndex { !$0.isNaN }
    origin = .model(nowcast.model, upTo: last.map(series.period) ?? series.end)
  }

  private static func observed(_ series: TimeSeries) -> [Past] {
    zip(series.periods, series.values).map {
      Past(period: $0, median: $1, lower: $1, upper: $1, status: .published)
    }
  }

  /// Whether the past has months that nobody observed.
  var isFromFacts: Bool { if case .facts = origin { true } else { false } }
}

extension FanContent.Ahead {
  init(_ period: Projection.ProjectedPeriod) {
    self.init(period: period.period, median: period.median, mean: period.mean, intervals: period.intervals)
  }
}
