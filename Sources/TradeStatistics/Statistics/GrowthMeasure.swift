import RealModule
import Tradewind

/// How the amount of a period is compared with an earlier one.
///
/// Every measure divides the total of some periods by the total of as many (or of equally many calendar months) before
/// them, g = X / X₀ − 1; ``spans(endingAt:)`` says which. Growth is a fraction: 0.141 is 14.1 %.
///
/// | measure | compares | with |
/// | --- | --- | --- |
/// | ``onPeriod`` | the month | the month before |
/// | ``onYear`` | the month | the same month a year before |
/// | ``yearToDate`` | January to the month | the same months a year before |
/// | ``threeMonthsOnYear`` | the last three months | the same three a year before |
/// | ``threeMonthsAnnualised`` | the last three months | the three before them, as a yearly rate: (X / X₀)⁴ − 1 |
///
/// Reference: United Nations, *International Merchandise Trade Statistics: Compilers Manual, Revision 1* (2013);
/// Eurostat, *ESS guidelines on seasonal adjustment* (2015) on rates of change of short spans.
public enum GrowthMeasure: String, Sendable, Hashable, Codable, CaseIterable {
  /// On the period just before.
  case onPeriod = "on_period"
  /// On the same period a year before.
  case onYear = "on_year"
  /// Of the cumulative year to date on the same part of the year before.
  case yearToDate = "year_to_date"
  /// Of the three-month average on the same three months a year before.
  case threeMonthsOnYear = "three_months_on_year"
  /// Of the three-month average on the three months before it, as a yearly rate.
  case threeMonthsAnnualised = "three_months_annualised"

  /// To which power the ratio of the two totals is raised: 4 where a quarter's growth is made a year's, otherwise 1.
  public var power: Int { self == .threeMonthsAnnualised ? 4 : 1 }

  /// The periods whose totals are divided, for the measure of the period `last`; nil for three months of a series
  /// that is not monthly.
  public func spans(endingAt last: Period) -> (current: PeriodRange, base: PeriodRange)? {
    let year = last.unit.periodsPerYear
    switch self {
    case .onPeriod: return Self.spans(last, count: 1, back: 1)
    case .onYear: return Self.spans(last, count: 1, back: year)
    case .yearToDate:
      return Self.spans(last, count: (last.month - 1) / last.unit.months + 1, back: year)
    case .threeMonthsOnYear: return last.unit == .month ? Self.spans(last, count: 3, back: year) : nil
    case .threeMonthsAnnualised: return last.unit == .month ? Self.spans(last, count: 3, back: 3) : nil
    }
  }

  private static func spans(
    _ last: Period, count: Int, back: Int
  ) -> (current: PeriodRange, base: PeriodRange)? {
    let first = last.advanced(by: 1 - count)
    guard let current = try? PeriodRange(from: first, through: last),
      let base = try? PeriodRange(from: first.advanced(by: -back), through: last.advanced(by: -back))
    else { return nil }
    return (current, base)
  }

  /// The growth of `current` over `base`: (current / base)ᵖ − 1, with p the measure's ``power``.
  ///
  /// NaN where the base is not positive or a total is missing (NaN) or negative: growth from nothing, or of a balance,
  /// has no rate.
  public func rate(from base: Double, to current: Double) -> Double {
    guard base > 0, base.isFinite, current >= 0, current.isFinite else { return .nan }
    let ratio = current / base
    return power == 1 ? ratio - 1 : Double.pow(ratio, power) - 1
  }
}

extension TimeSeries {
  /// The growth of each period by a measure, as fractions in a series of the same periods.
  ///
  /// ```swift
  /// let exports = TimeSeries([100, 110, 99], start: .month(2025, 1))
  /// exports.growth(.onPeriod).values  // [nan, 0.1, −0.1]
  /// ```
  ///
  /// NaN where the series does not reach back far enough, where a value of either span is missing, or where the base is
  /// zero or negative. An empty series gives an empty one.
  public func growth(_ measure: GrowthMeasure) -> TimeSeries {
    var rates = self
    rates.values = values.indices.map { growth(measure, at: period(at: $0)) }
    return rates
  }

  /// The growth of one period by a measure, as a fraction; NaN as in ``growth(_:)``.
  public func growth(_ measure: GrowthMeasure, at period: Period) -> Double {
    guard period.unit == start.unit, let spans = measure.spans(endingAt: period) else { return .nan }
    return measure.rate(from: total(over: spans.base), to: total(over: spans.current))
  }

  /// The sum of the values over a range of periods; NaN if one is missing or the series does not reach over all.
  ///
  /// The range may count in longer periods than the series: the year of a monthly series is the sum of its months.
  public func total(over range: PeriodRange) -> Double {
    let months = start.unit.months
    let (first, last) = (range.first.firstMonth.ordinal, range.last.lastMonth.ordinal)
    guard first % months == 0, (last + 1) % months == 0 else { return .nan }
    let (from, to) = (first / months - start.ordinal, (last + 1) / months - 1 - start.ordinal)
    guard from >= 0, to < count, from <= to else { return .nan }
    return values[from...to].reduce(0, +)
  }
}
