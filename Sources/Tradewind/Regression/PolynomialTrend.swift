/// A polynomial in time without its constant: t, t², … with t = 1 in the first period of the series.
///
/// Columns `trend`, `trend^2`, … Raw powers keep the coefficients readable; the fit scales them, so degrees
/// up to ``highestDegree`` lose no accuracy that matters. Extrapolated polynomials leave the data fast: a
/// degree above 2 is for description, not for forecasts.
public struct PolynomialTrend: RegressionTerm, Hashable {
  /// The highest power of t.
  public let degree: Int

  /// The highest degree offered; raw powers beyond it are too nearly dependent.
  public static let highestDegree = 5

  /// A polynomial of `degree` 1…``highestDegree`` (a precondition).
  public init(degree: Int) {
    precondition(
      (1...Self.highestDegree).contains(degree),
      "A polynomial trend has degree 1 to \(Self.highestDegree), not \(degree).")
    self.degree = degree
  }

  /// `trend`.
  public var title: String { "trend" }
  /// Part of the trend.
  public var role: RegressionRole { .trend }

  /// `trend`, `trend^2`, …
  public func columns(in frame: RegressionFrame) -> [RegressionColumn] {
    var power = [Double](repeating: 1, count: frame.count)
    return (1...degree).map { exponent in
      for i in power.indices { power[i] *= Double(i + 1) }
      return RegressionColumn(name: exponent == 1 ? "trend" : "trend^\(exponent)", values: power)
    }
  }
}
