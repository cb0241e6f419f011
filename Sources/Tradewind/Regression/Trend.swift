/// A straight line in time: 1 in the first period of the series, 2 in the next.
///
/// One column, `trend`, as in R's `tslm(y ~ trend)`; its coefficient is the change per period.
public struct Trend: RegressionTerm, Hashable {
  /// The linear trend.
  public init() {}

  /// `trend`.
  public var title: String { "trend" }
  /// Part of the trend.
  public var role: RegressionRole { .trend }

  /// `trend`: 1, 2, 3, …
  public func columns(in frame: RegressionFrame) -> [RegressionColumn] {
    [RegressionColumn(name: "trend", values: (0..<frame.count).map { Double($0 + 1) })]
  }
}
