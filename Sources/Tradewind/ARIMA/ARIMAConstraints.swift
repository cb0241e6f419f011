/// Which coefficients of an ARIMA model are held at a value, and not estimated.
///
/// A coefficient held at 0 is a missing lag: `ARIMAConstraints.missing(.ar, lags: [1, 2])` on (3,1,1) leaves φ₃ alone.
public struct ARIMAConstraints: Sendable, Hashable {
  /// The four polynomials, in the order of the coefficients.
  public enum Kind: Int, Sendable, Hashable, CaseIterable, Codable { case ar, ma, seasonalAR, seasonalMA }

  /// One coefficient: its polynomial and its lag, counted in periods, or in seasons for the seasonal polynomials.
  public struct Coefficient: Sendable, Hashable, Codable {
    public let kind: Kind
    public let lag: Int

    public init(_ kind: Kind, lag: Int) {
      self.kind = kind
      self.lag = lag
    }
  }

  /// The values that coefficients are held at; a lag beyond the model's order has no effect.
  public var fixed: [Coefficient: Double]

  public init(fixed: [Coefficient: Double] = [:]) { self.fixed = fixed }

  /// All coefficients are estimated.
  public static let none = ARIMAConstraints()

  /// These lags are left out.
  public static func missing(_ kind: Kind, lags: [Int]) -> ARIMAConstraints {
    none.holding(kind, lags: lags, at: 0)
  }

  /// With these coefficients held at a value as well.
  public func holding(_ kind: Kind, lags: [Int], at value: Double) -> ARIMAConstraints {
    var result = self
    for lag in lags { result.fixed[Coefficient(kind, lag: lag)] = value }
    return result
  }

  /// The value a coefficient is held at; nil if it is free.
  public func value(_ kind: Kind, lag: Int) -> Double? { fixed[Coefficient(kind, lag: lag)] }
}

extension ARIMAOrder {
  /// The number of coefficients of one polynomial.
  func count(_ kind: ARIMAConstraints.Kind) -> Int {
    switch kind {
    case .ar: p
    case .ma: q
    case .seasonalAR: seasonalP
    case .seasonalMA: seasonalQ
    }
  }

  /// All coefficients in the order of the parameter vector: φ, θ, Φ, Θ.
  var coefficients: [ARIMAConstraints.Coefficient] {
    ARIMAConstraints.Kind.allCases.flatMap { kind in
      (0..<count(kind)).map { ARIMAConstraints.Coefficient(kind, lag: $0 + 1) }
    }
  }

  /// The values held, in the order of the parameter vector; nil where a coefficient is free.
  func held(by constraints: ARIMAConstraints) -> [Double?] { coefficients.map { constraints.fixed[$0] } }
}
