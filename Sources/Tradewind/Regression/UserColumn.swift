/// A regressor of your own: a price, an exchange rate, a policy.
///
/// Its values are matched to the series by period. They must reach over every observed period and, for a
/// prediction, over the horizon; values missing (NaN) where the series is missing too do no harm.
public struct UserColumn: RegressionTerm, Equatable {
  /// Name, start and values.
  public let series: TimeSeries
  /// Which part of the explained series it belongs to: a feast of your own is `.holiday`.
  public let role: RegressionRole

  /// The values of `series` under its name.
  public init(_ series: TimeSeries, role: RegressionRole = .user) {
    self.series = series
    self.role = role
  }

  /// The values from `start` on.
  public init(_ name: String, values: [Double], start: Period, role: RegressionRole = .user) {
    self.init(TimeSeries(values, start: start, name: name), role: role)
  }

  /// The name of the series.
  public var title: String { series.name }

  /// One column with the name of the series.
  ///
  /// - Throws: ``RegressionError/wrongUnit(term:needed:found:)`` when it counts in another unit than the
  ///   explained series, ``RegressionError/regressorMissing(name:period:)`` with the first period that its
  ///   values do not reach.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    let offset = try frame.index(of: series.start, term: series.name)
    var values: [Double] = []
    values.reserveCapacity(frame.count)
    for i in 0..<frame.count {
      let j = i - offset
      guard series.values.indices.contains(j) else {
        throw .regressorMissing(name: series.name, period: frame.period(at: i))
      }
      values.append(series.values[j])
    }
    return [RegressionColumn(name: series.name, values: values)]
  }
}
