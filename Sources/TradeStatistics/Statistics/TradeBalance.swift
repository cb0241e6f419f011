/// Exports and imports of one period in one unit, and what follows from the two.
///
/// ```swift
/// let trade = TradeBalance(exports: 6.716, imports: 8.506)
/// // trade.total 15.222, trade.balance −1.79, trade.coverageRatio 0.7896
/// ```
///
/// Reference: United Nations, *International Merchandise Trade Statistics: Concepts and Definitions 2010*. Exports are
/// usually valued f.o.b. and imports c.i.f., so that a balance of the two understates the exporter's side.
public struct TradeBalance: Sendable, Equatable, Codable {
  /// Exports, in the unit of both.
  public var exports: Double
  /// Imports, in the unit of both.
  public var imports: Double

  public init(exports: Double, imports: Double) {
    self.exports = exports
    self.imports = imports
  }

  /// Exports and imports together: X + M.
  public var total: Double { exports + imports }
  /// Exports less imports: X − M; negative for a deficit.
  public var balance: Double { exports - imports }
  /// How much of the imports the exports cover: X / M, a fraction. NaN without imports.
  public var coverageRatio: Double { imports > 0 ? exports / imports : .nan }
  /// The balance as a part of all trade: (X − M) / (X + M), between −1 and 1. NaN without trade.
  public var normalisedBalance: Double { total > 0 ? balance / total : .nan }
}
