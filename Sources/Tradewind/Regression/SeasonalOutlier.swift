/// A lasting change of one season: a month that has been another kind of month from some year on.
///
/// One column, `season from PERIOD`, X-13's `so`: before the period −1 in its season and 1/(s − 1) in the s − 1
/// others, 0 from it on. The level of a whole year does not change. The coefficient is what the season has gained.
///
/// References: R. Kaiser and A. Maravall (2001), "Seasonal Outliers in Time Series", Estadística 53; US
/// Census Bureau, X-13ARIMA-SEATS Reference Manual, table 4.1.
public struct SeasonalOutlier: RegressionTerm, Hashable {
  /// The first period with the new season.
  public let period: Period

  /// A season that changes from `period` on.
  public init(at period: Period) {
    self.period = period
  }

  /// `season from PERIOD`.
  public var title: String { "season from \(period)" }
  /// Part of the season.
  public var role: RegressionRole { .seasonal }

  /// `season from PERIOD`.
  ///
  /// - Throws: ``RegressionError/notSeasonal(term:seasonalPeriod:)`` for a seasonal period of 1,
  ///   ``RegressionError/wrongUnit(term:needed:found:)`` when the period counts in another unit than the series.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    let m = frame.seasonalPeriod
    let index = try frame.index(of: period, term: title)
    guard m > 1 else { throw .notSeasonal(term: title, seasonalPeriod: m) }
    let others = 1 / Double(m - 1)
    let values = (0..<frame.count).map { $0 >= index ? 0 : (index - $0).isMultiple(of: m) ? -1 : others }
    return [RegressionColumn(name: title, values: values)]
  }
}
