/// An estimated or held coefficient of an ARMA polynomial.
public struct ARIMACoefficient: Sendable, Equatable {
  /// The polynomial.
  public let kind: ARIMAConstraints.Kind
  /// The lag, in periods, or in seasons for a seasonal polynomial.
  public let lag: Int
  /// The value, with the signs of ``ARIMAOrder``.
  public let estimate: Double
  /// By the observed information; 0 for a coefficient that was held, NaN where the likelihood has no maximum inside of the region.
  public let standardError: Double
  /// Whether it was held at its value, not estimated.
  public let isHeld: Bool

  /// As R names it: `ar1`, `ma1`, `sar1`, `sma1`.
  public var name: String { Self.name(kind, lag: lag) }

  static func name(_ kind: ARIMAConstraints.Kind, lag: Int) -> String {
    switch kind {
    case .ar: "ar\(lag)"
    case .ma: "ma\(lag)"
    case .seasonalAR: "sar\(lag)"
    case .seasonalMA: "sma\(lag)"
    }
  }
}
