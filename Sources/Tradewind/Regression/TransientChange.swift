import RealModule

/// A jump that fades away: 0 before a period, 1 in it, then 0.7, 0.49, … in a monthly series.
///
/// One column, `transient PERIOD`, X-13's `tc`. The rate of decay is 0.7 a month whatever the series counts in:
/// 0.7^(12 / seasonal period), so 0.343 a quarter, unless another is given.
///
/// Reference: US Census Bureau, X-13ARIMA-SEATS Reference Manual, table 4.1; C. Chen and L.-M. Liu (1993), "Joint
/// Estimation of Model Parameters and Outlier Effects in Time Series", JASA 88:284–297, DOI
/// 10.2307/2290724.
public struct TransientChange: RegressionTerm, Hashable {
  /// The period of the jump.
  public let period: Period
  /// What is left after one period, 0…1 without the ends; nil for 0.7^(12 / seasonal period).
  public let rate: Double?

  /// A jump in `period` of which a share of `rate` (a precondition: between 0 and 1) is left after each period.
  public init(at period: Period, rate: Double? = nil) {
    precondition(
      rate.map { $0 > 0 && $0 < 1 } ?? true, "A transient change decays at a rate between 0 and 1.")
    self.period = period
    self.rate = rate
  }

  /// `transient PERIOD`.
  public var title: String { "transient \(period)" }
  /// Part of the irregular part.
  public var role: RegressionRole { .irregular }

  /// `transient PERIOD`.
  ///
  /// - Throws: ``RegressionError/wrongUnit(term:needed:found:)`` when the period counts in another unit than
  ///   the series.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    let index = try frame.index(of: period, term: title)
    let rate = rate ?? Double.pow(0.7, 12 / Double(frame.seasonalPeriod))
    let values = (0..<frame.count).map { $0 < index ? 0 : Double.pow(rate, $0 - index) }
    return [RegressionColumn(name: title, values: values)]
  }
}
