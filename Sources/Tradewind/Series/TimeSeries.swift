/// Observations of consecutive periods.
///
/// A missing observation is `Double.nan`; it keeps its place and ``missingCount`` counts it. Each model says what it
/// does with missing values.
///
/// ```swift
/// let exports = TimeSeries([18.14, 20.21, 18.71], start: .month(1983, 7), name: "exports")
/// print(exports.end, exports[.month(1983, 8)] ?? .nan)  // 1983-09 20.21
/// ```
public struct TimeSeries: Sendable {
  /// The name, for messages and output; it may be empty.
  public var name: String

  /// One value per period, NaN where the observation is missing.
  public var values: [Double]

  /// The period of the first value.
  public let start: Period

  /// How many periods make a season, at least 1; 1 means no season.
  public let seasonalPeriod: Int

  /// A series of `values` from `start` on.
  ///
  /// - Parameters:
  ///   - values: The observations in order, NaN where missing; there may be none.
  ///   - start: The period of the first value.
  ///   - seasonalPeriod: The periods of a season, at least 1 (a precondition). Left out, it is a year's worth: 12 for
  ///     months, 4 for quarters, 1 for years.
  ///   - name: The name, for messages and output.
  public init(_ values: [Double], start: Period, seasonalPeriod: Int? = nil, name: String = "") {
    let season = seasonalPeriod ?? start.unit.periodsPerYear
    precondition(season >= 1, "A season has at least one period, not \(season).")
    self.name = name
    self.values = values
    self.start = start
    self.seasonalPeriod = season
  }

  /// The number of periods, missing observations included.
  public var count: Int { values.count }

  /// How many observations are missing.
  public var missingCount: Int { values.count(where: \.isNaN) }

  /// The last period; the period before ``start`` if the series is empty.
  public var end: Period { start.advanced(by: count - 1) }

  /// The periods in order.
  public var periods: Range<Period> { start..<start.advanced(by: count) }

  /// The period of the value at `index`, which may lie outside of the series.
  public func period(at index: Int) -> Period { start.advanced(by: index) }

  /// The position of `period` in ``values``, or nil if the series does not reach it or counts in another unit.
  public func index(of period: Period) -> Int? {
    guard period.unit == start.unit, period >= start, period <= end else { return nil }
    return period.ordinal - start.ordinal
  }

  /// The value of `period`: NaN if it is missing, nil if the series does not reach it or counts in another unit.
  public subscript(period: Period) -> Double? { index(of: period).map { values[$0] } }

  /// The part from one period to another, both included, as far as the series reaches. It may be empty.
  ///
  /// The two may have other units than the series: a quarterly series `through: .month(2024, 11)` ends with the last
  /// quarter that was over by then, 2024-Q3.
  public func slice(from first: Period, through last: Period) -> TimeSeries {
    let length = start.unit.months
    // The first period that does not begin before `first`, and the first that ends after `last`.
    let begin = floorDivision(first.firstMonth.ordinal + length - 1, length).quotient
    let beyond = floorDivision(last.lastMonth.ordinal + 1, length).quotient
    let lower = min(max(begin - start.ordinal, 0), count)
    let upper = min(max(beyond - start.ordinal, lower), count)
    return TimeSeries(
      Array(values[lower..<upper]), start: period(at: lower), seasonalPeriod: seasonalPeriod, name: name)
  }

  /// The first `length` values, or all if there are fewer; none if `length` is negative.
  public func prefix(_ length: Int) -> TimeSeries {
    TimeSeries(Array(values.prefix(max(0, length))), start: start, seasonalPeriod: seasonalPeriod, name: name)
  }

  /// The last `length` values, or all if there are fewer; none if `length` is negative.
  public func suffix(_ length: Int) -> TimeSeries {
    let kept = Array(values.suffix(max(0, length)))
    return TimeSeries(
      kept, start: period(at: count - kept.count), seasonalPeriod: seasonalPeriod, name: name)
  }
}

extension TimeSeries: Equatable {
  /// Whether names, periods and values agree; a missing value agrees with a missing value.
  public static func == (a: TimeSeries, b: TimeSeries) -> Bool {
    a.name == b.name && a.start == b.start && a.seasonalPeriod == b.seasonalPeriod
      && a.values.elementsEqual(b.values) { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }
}
