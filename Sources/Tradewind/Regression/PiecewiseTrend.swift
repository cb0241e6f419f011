/// A line whose slope changes at given periods, without a jump.
///
/// Columns `trend` (1, 2, 3, …) and, for each knot, `trend after PERIOD`: 0 up to the knot, then 1, 2, 3, …
/// The coefficient of the latter is the change of slope. The line of ``Trend`` is included; adding that term
/// as well reports it as aliased.
///
/// Reference: R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, §7.7.
public struct PiecewiseTrend: RegressionTerm, Hashable {
  /// The last period of each old slope.
  public let knots: [Period]

  /// A line bent at `knots`, which may lie anywhere; a knot at or after the series' end cannot be estimated
  /// and is reported as aliased.
  public init(knots: [Period]) {
    self.knots = knots
  }

  /// `trend`.
  public var title: String { "trend" }
  /// Part of the trend.
  public var role: RegressionRole { .trend }

  /// `trend` and one `trend after PERIOD` per knot.
  ///
  /// - Throws: ``RegressionError/wrongUnit(term:needed:found:)`` when a knot counts in another unit than the
  ///   series.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    var columns = Trend().columns(in: frame)
    for knot in knots {
      let name = "trend after \(knot)"
      let index = try frame.index(of: knot, term: name)
      columns.append(
        RegressionColumn(name: name, values: (0..<frame.count).map { Double(max($0 - index, 0)) }))
    }
    return columns
  }
}
