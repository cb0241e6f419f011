/// Something a regression explains a series with: it becomes one or more columns.
///
/// A term is a value that knows how to write its columns over any run of periods, so that the same term
/// serves the fit and the horizon behind it. Write your own where none fits:
///
/// ```swift
/// struct FirstQuarter: RegressionTerm {
///   func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
///     let values = (0..<frame.count).map { frame.period(at: $0).quarter == 1 ? 1.0 : 0 }
///     return [RegressionColumn(name: "first quarter", values: values)]
///   }
/// }
/// ```
public protocol RegressionTerm: Sendable {
  /// The columns over `frame`, each with `frame.count` values.
  ///
  /// A longer frame with the same start continues the same columns: values of the past do not depend on how
  /// far the frame reaches.
  func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn]
}
