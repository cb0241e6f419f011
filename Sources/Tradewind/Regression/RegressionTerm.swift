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
  /// What its columns are called together where they are tested, such as `trading days`; left out, the name of
  /// the type.
  var title: String { get }

  /// Which part of the series it belongs to; left out, ``RegressionRole/user``.
  var role: RegressionRole { get }

  /// Coefficients that follow from those of its columns; left out, none.
  func derived(in frame: RegressionFrame) -> [DerivedCoefficient]

  /// The columns over `frame`, each with `frame.count` values.
  ///
  /// A longer frame with the same start continues the same columns: values of the past do not depend on how
  /// far the frame reaches.
  func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn]
}

extension RegressionTerm {
  /// The name of the type.
  public var title: String { "\(Self.self)" }
  /// None of the parts that a seasonal adjustment knows.
  public var role: RegressionRole { .user }
  /// None.
  public func derived(in frame: RegressionFrame) -> [DerivedCoefficient] { [] }
}
