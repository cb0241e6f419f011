/// What each part contributed to the growth of a whole, so that the contributions add up to the growth exactly.
///
/// With x the amounts of the parts and X that of the whole, the contribution of part i is cᵢ = (xᵢ − xᵢ⁰) / X⁰, and the
/// growth of the whole g = (X − X⁰) / X⁰. Contributions are fractions: 0.084 is 8.4 percentage points. What the named
/// parts do not explain is the ``remainder``.
///
/// ```swift
/// let c = Contributions(base: 200, current: 230, parts: [(100, 120), (60, 55)])
/// // c.growth 0.15, c.parts [0.1, −0.025], c.remainder 0.075
/// ```
///
/// **Exactly.** All numbers are rounded to multiples of one power of two, about 10⁻¹⁶ of their sum of magnitudes, so that
/// every sum of them, in any order, is computed without rounding: parts and remainder add up to the growth to the last
/// bit. What is printed adds up too; see ``rounded(decimals:)``.
///
/// Reference: United Nations, *International Merchandise Trade Statistics: Compilers Manual, Revision 1* (2013); the same
/// decomposition of growth by contribution is that of national accounts in current values.
public struct Contributions: Sendable, Equatable, Codable {
  /// The growth of the whole, a fraction.
  public let growth: Double
  /// The contribution of each part in the order given, a fraction of the whole's base.
  public let parts: [Double]
  /// The growth less the named parts' contributions; exactly zero where the parts are the whole.
  public let remainder: Double

  /// The contributions to the growth of a whole of which not all parts need be named.
  ///
  /// Nil if the whole's base is not positive, or an amount is missing or infinite. No parts leave all to the remainder.
  public init?(base: Double, current: Double, parts: [(base: Double, current: Double)]) {
    let changes = parts.map { ($0.current - $0.base) / base }
    let change = (current - base) / base
    guard base > 0, let step = Self.step(changes + [change]) else { return nil }
    growth = Self.multiple(change, of: step)
    self.parts = changes.map { Self.multiple($0, of: step) }
    remainder = growth - self.parts.reduce(0, +)
  }

  /// The contributions of parts that are the whole: its growth is their sum, and no remainder is left.
  ///
  /// Nil if the sum of the bases is not positive, or an amount is missing or infinite.
  public init?(wholeOf parts: [(base: Double, current: Double)]) {
    let base = parts.reduce(0) { $0 + $1.base }
    let changes = parts.map { ($0.current - $0.base) / base }
    guard base > 0, let step = Self.step(changes) else { return nil }
    self.parts = changes.map { Self.multiple($0, of: step) }
    growth = self.parts.reduce(0, +)
    remainder = 0
  }

  /// The power of two of which all numbers become multiples. A sum of any of them is below twice the sum of their
  /// magnitudes, and so below 2⁵³ steps.
  private static func step(_ numbers: [Double]) -> Double? {
    let bound = numbers.reduce(0) { $0 + $1.magnitude }
    guard bound.isFinite, bound < 1e300 else { return nil }
    return 2 * max(1.001 * bound, 1e-200).ulp
  }

  private static func multiple(_ x: Double, of step: Double) -> Double {
    (x / step).rounded(.toNearestOrEven) * step
  }

  /// Percentage points as they are printed, in whole units of the last decimal, that add up.
  public struct Rounded: Sendable, Equatable {
    /// Places after the point of a percentage point.
    public let decimals: Int
    /// The growth, in units of the last place: 141 for 14.1 points with one decimal.
    public let growth: Int
    public let parts: [Int]
    public let remainder: Int
  }

  /// Growth and contributions in percentage points with so many decimals (0…6), adding up as printed.
  ///
  /// The growth is rounded to the nearest; the parts and the remainder are rounded down, and the units that are then missing
  /// go to those with the largest rests (the method of largest remainders, Hamilton's), so that none is off by a whole
  /// unit. A remainder of exactly zero stays zero. Nil where the growth exceeds what can be counted so.
  public func rounded(decimals: Int = 1) -> Rounded? {
    precondition((0...6).contains(decimals), "points are printed with 0 to 6 decimals")
    var scale = 100.0
    for _ in 0..<decimals { scale *= 10 }
    let members = remainder == 0 ? parts : parts + [remainder]
    let scaled = members.map { $0 * scale }
    guard scaled.allSatisfy({ $0.magnitude < 1e15 }), (growth * scale).magnitude < 1e15 else { return nil }
    let target = Int((growth * scale).rounded())
    var units = scaled.map { Int($0.rounded(.down)) }
    let rests = scaled.map { $0 - $0.rounded(.down) }
    let missing = min(max(target - units.reduce(0, +), 0), units.count)
    let order = units.indices.sorted { (rests[$0], $1) > (rests[$1], $0) }
    for i in order.prefix(missing) { units[i] += 1 }
    return Rounded(
      decimals: decimals, growth: target, parts: Array(units.prefix(parts.count)),
      remainder: remainder == 0 ? 0 : units[units.count - 1])
  }
}
