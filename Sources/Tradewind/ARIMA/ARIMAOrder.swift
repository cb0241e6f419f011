/// The orders of a seasonal ARIMA model, (p,d,q)(P,D,Q): how many autoregressive coefficients, differences and moving-average
/// coefficients there are, at single periods and at whole seasons. The length of the season is the series'.
///
/// With B the shift back by one period and s the length of the season,
///
///     φ(B) Φ(Bˢ) (1 − B)ᵈ (1 − Bˢ)ᴰ yₜ = θ(B) Θ(Bˢ) εₜ,
///
/// where φ(B) = 1 − φ₁B − … and θ(B) = 1 + θ₁B + …, as in R and most textbooks. (Box & Jenkins and X-13 write 1 − θ₁B: their
/// moving-average coefficients have the opposite sign.)
///
/// ```swift
/// let airline = ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1))
/// print(airline.text(period: 12))  // (0,1,1)(0,1,1)12
/// ```
public struct ARIMAOrder: Sendable, Hashable, Codable {
  /// Autoregressive coefficients.
  public var p: Int
  /// Differences of neighbours.
  public var d: Int
  /// Moving-average coefficients.
  public var q: Int
  /// Seasonal autoregressive coefficients.
  public var seasonalP: Int
  /// Differences over a season.
  public var seasonalD: Int
  /// Seasonal moving-average coefficients.
  public var seasonalQ: Int

  /// - Precondition: No order is negative.
  public init(_ p: Int, _ d: Int, _ q: Int, seasonal: (p: Int, d: Int, q: Int) = (0, 0, 0)) {
    precondition(
      min(p, d, q) >= 0 && min(seasonal.p, seasonal.d, seasonal.q) >= 0, "No order of a model is negative.")
    (self.p, self.d, self.q) = (p, d, q)
    (seasonalP, seasonalD, seasonalQ) = seasonal
  }

  /// Whether any part of the model is seasonal.
  public var isSeasonal: Bool { seasonalP + seasonalD + seasonalQ > 0 }

  /// How many coefficients there are, fixed ones included.
  public var coefficientCount: Int { p + q + seasonalP + seasonalQ }

  /// How many observations differencing costs: d + D·s.
  public func lostObservations(period: Int) -> Int { d + seasonalD * period }

  /// Such as `(0,1,1)(0,1,1)12`; without the second part where nothing is seasonal.
  public func text(period: Int) -> String { isSeasonal ? "\(description)\(period)" : description }
}

extension ARIMAOrder: CustomStringConvertible {
  /// Such as `(0,1,1)(0,1,1)`.
  public var description: String {
    let plain = "(\(p),\(d),\(q))"
    return isSeasonal ? "\(plain)(\(seasonalP),\(seasonalD),\(seasonalQ))" : plain
  }
}
