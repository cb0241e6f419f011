/// How much of a trade lies with few partners.
///
/// With s the partners' shares, the Herfindahl–Hirschman index is H = Σ s², between 1/n for n equal partners and 1 for a
/// single one; 1 / H is the number of equal partners that would give the same index. Where the shares of some partners
/// are not known one by one, ``herfindahl`` and ``effectiveNumber`` are bounds.
///
/// ```swift
/// let c = Concentration(amounts: [956, 267, 157], total: 1917)
/// // c?.topShare(3) 0.7199, c?.herfindahl 0.2748...0.3533
/// ```
///
/// References: Hirschman (1964), The paternity of an index, *American Economic Review* 54(5), 761–762; Adelman (1969), Comment on
/// the "H" concentration measure as a numbers-equivalent, *Review of Economics and Statistics* 51(1), 99–101.
public struct Concentration: Sendable, Equatable {
  /// What is known of the partners that are not named.
  public enum Unnamed: String, Sendable, Codable {
    /// Nothing: all of the remainder may be one partner's.
    case anySize
    /// None is larger than the smallest named one that has trade, as where the largest partners are named.
    case noLargerThanNamed
  }

  /// The named shares, the largest first; fractions of the total.
  public let shares: [Double]
  /// The share that is not named, 0…1.
  public let unnamedShare: Double
  /// The index: one number twice if all partners are named, otherwise its bounds. It is at least that of the named partners (the
  /// others being very many), and at most what the fewest possible others would give.
  public let herfindahl: ClosedRange<Double>

  /// The concentration of amounts in a total.
  ///
  /// Amounts that exceed the total, as rounded figures may, are divided by their own sum.
  ///
  /// - Parameters:
  ///   - amounts: The named partners' amounts, zero or more.
  ///   - total: The total, or nil if the named partners are all there are.
  ///   - unnamed: What is known of the rest.
  /// - Returns: Nil if there is no amount, one is missing, infinite or negative, or the total is not positive.
  public init?(amounts: [Double], total: Double? = nil, unnamed: Unnamed = .anySize) {
    let sum = amounts.reduce(0, +)
    let whole = max(total ?? sum, sum)
    guard !amounts.isEmpty, amounts.allSatisfy({ $0 >= 0 && $0.isFinite }), whole > 0, whole.isFinite else {
      return nil
    }
    shares = amounts.map { $0 / whole }.sorted(by: >)
    // A remainder that is only the rounding of a sum is none.
    let rest = (whole - sum) / whole
    unnamedShare = rest < 1e-12 ? 0 : rest
    let named = shares.reduce(0) { $0 + $1 * $1 }
    var others = unnamedShare * unnamedShare
    // A named partner without trade says nothing of the size of others.
    if unnamed == .noLargerThanNamed, let smallest = shares.last(where: { $0 > 0 }), smallest < unnamedShare {
      // As few others as there can be: as many of the largest possible size as fit, and one with the rest.
      let full = (unnamedShare / smallest).rounded(.down)
      let left = max(unnamedShare - full * smallest, 0)
      others = full * smallest * smallest + left * left
    }
    herfindahl = min(named, 1)...min(named + others, 1)
  }

  /// The number of equal partners with the same index, 1 or more; bounds as of ``herfindahl``.
  public var effectiveNumber: ClosedRange<Double> {
    1 / herfindahl.upperBound...max(1 / herfindahl.lowerBound, 1 / herfindahl.upperBound)
  }

  /// The share of the `n` largest named partners, a fraction; all of them if there are fewer.
  ///
  /// The true share of the `n` largest is this where no unnamed partner is larger than the named ones.
  public func topShare(_ n: Int) -> Double { shares.prefix(max(0, n)).reduce(0, +) }

  /// Which way the concentration went.
  public enum Direction: String, Sendable, Codable {
    case rising, falling, unchanged
    /// The bounds allow both.
    case undetermined
  }

  /// The direction of the Herfindahl–Hirschman index since `earlier`: certain only if the bounds do not overlap.
  public func direction(since earlier: Concentration) -> Direction {
    let (a, b) = (earlier.herfindahl, herfindahl)
    if a.lowerBound == a.upperBound, a == b { return .unchanged }
    if b.lowerBound > a.upperBound { return .rising }
    if b.upperBound < a.lowerBound { return .falling }
    return .undetermined
  }
}
