import RealModule

/// Value and quantity of one item (a category, a partner) in one period.
public struct TradedItem: Sendable, Equatable, Codable {
  /// The value, in a currency.
  public var value: Double
  /// The quantity, in a unit of its own that is the same in all periods.
  public var quantity: Double

  public init(value: Double, quantity: Double) {
    self.value = value
    self.quantity = quantity
  }

  /// Value per quantity, the unit value: p = v / q. NaN without a quantity.
  ///
  /// It stands for a price, and moves also where the mix within the item does.
  public var unitValue: Double { quantity > 0 ? value / quantity : .nan }
}

/// How prices and quantities of several items changed from one period to another, and so why their value did.
///
/// With p prices (unit values), q quantities, v values and w value shares of n items, 0 for the base period:
///
/// | index | price | volume |
/// | --- | --- | --- |
/// | Laspeyres | Σ p q⁰ / Σ p⁰ q⁰ | Σ p⁰ q / Σ p⁰ q⁰ |
/// | Paasche | Σ p q / Σ p⁰ q | Σ p q / Σ p q⁰ |
/// | Fisher | √(Laspeyres × Paasche) | the same |
/// | Törnqvist | Π (p / p⁰) to the power (w⁰ + w) / 2 | Π (q / q⁰) to the same power |
///
/// Indices are ratios: 1.247 is a rise of 24.7 %. The value ratio is Laspeyres price × Paasche volume, Paasche price ×
/// Laspeyres volume, and Fisher × Fisher; Törnqvist × Törnqvist only nearly.
///
/// References: Fisher (1922), *The Making of Index Numbers*; Törnqvist (1936), The Bank of Finland's consumption price index,
/// *Bank of Finland Monthly Bulletin* 10, 1–8; IMF and others (2009), *Export and Import Price Index Manual: Theory and
/// Practice*, chapters 16 and 18.
public struct PriceVolumeIndex: Sendable, Equatable, Codable {
  /// One index in its four forms.
  public struct Forms: Sendable, Equatable, Codable {
    public var laspeyres: Double
    public var paasche: Double
    public var tornqvist: Double
    /// √(Laspeyres × Paasche).
    public var fisher: Double { (laspeyres * paasche).squareRoot() }

    static func * (a: Forms, b: Forms) -> Forms {
      Forms(
        laspeyres: a.laspeyres * b.laspeyres, paasche: a.paasche * b.paasche,
        tornqvist: a.tornqvist * b.tornqvist)
    }
  }

  public let price: Forms
  public let volume: Forms
  /// Σ v / Σ v⁰.
  public let valueRatio: Double

  /// The change of the value split into what prices and what quantities did, as fractions of the base value that add up
  /// to its growth: Σ ½(q⁰ + q)(p − p⁰) / Σ v⁰ and Σ ½(p⁰ + p)(q − q⁰) / Σ v⁰. Nil for a chain of several periods.
  ///
  /// Reference: Bennet (1920), The theory of measurement of changes in cost of living, *Journal of the Royal Statistical
  /// Society* 83(3), 455–462.
  public let effects: Contributions?

  /// The indices from one period to another.
  ///
  /// - Throws: ``StatisticsError`` if the periods have different numbers of items or none, or an item has no positive value
  ///   and quantity in both: a new or vanished item has no price to compare with.
  public init(from base: [TradedItem], to current: [TradedItem]) throws(StatisticsError) {
    guard base.count == current.count, !base.isEmpty else {
      throw .itemsDiffer(base: base.count, current: current.count)
    }
    for (index, item) in (base + current).enumerated()
    where !(item.value > 0 && item.quantity > 0 && item.value.isFinite && item.quantity.isFinite) {
      throw .notPositive(item: index % base.count, value: item.value, quantity: item.quantity)
    }
    var (v0, v1, p1q0, p0q1) = (0.0, 0.0, 0.0, 0.0)
    var (priceEffect, volumeEffect) = (0.0, 0.0)
    for (a, b) in zip(base, current) {
      let (p0, p1) = (a.unitValue, b.unitValue)
      v0 += a.value
      v1 += b.value
      p1q0 += p1 * a.quantity
      p0q1 += p0 * b.quantity
      priceEffect += (a.quantity + b.quantity) / 2 * (p1 - p0)
      volumeEffect += (p0 + p1) / 2 * (b.quantity - a.quantity)
    }
    var (logPrice, logVolume) = (0.0, 0.0)
    for (a, b) in zip(base, current) {
      let weight = (a.value / v0 + b.value / v1) / 2
      logPrice += weight * .log(b.unitValue / a.unitValue)
      logVolume += weight * .log(b.quantity / a.quantity)
    }
    price = Forms(laspeyres: p1q0 / v0, paasche: v1 / p0q1, tornqvist: .exp(logPrice))
    volume = Forms(laspeyres: p0q1 / v0, paasche: v1 / p1q0, tornqvist: .exp(logVolume))
    valueRatio = v1 / v0
    // The two are all there is, so that they add up exactly.
    effects = Contributions(wholeOf: [(v0, v0 + priceEffect), (0, volumeEffect)])
  }

  /// The indices from the first to the last of several periods, chained: the products of those from each to the next.
  ///
  /// A chain follows the mix of items as it changes. Two periods give the plain index.
  ///
  /// - Throws: ``StatisticsError`` as for two periods, or if there are fewer than two.
  public init(chained periods: [[TradedItem]]) throws(StatisticsError) {
    guard periods.count > 1 else { throw .tooFewPeriods(needed: 2, found: periods.count) }
    var link = try PriceVolumeIndex(from: periods[0], to: periods[1])
    for i in periods.indices.dropFirst(2) {
      let next = try PriceVolumeIndex(from: periods[i - 1], to: periods[i])
      link = PriceVolumeIndex(
        price: link.price * next.price, volume: link.volume * next.volume,
        valueRatio: link.valueRatio * next.valueRatio)
    }
    self = link
  }

  private init(price: Forms, volume: Forms, valueRatio: Double) {
    (self.price, self.volume, self.valueRatio, effects) = (price, volume, valueRatio, nil)
  }
}

/// Why a statistic of trade cannot be computed.
public enum StatisticsError: Error, Sendable, Equatable {
  /// Two periods do not have the same items.
  case itemsDiffer(base: Int, current: Int)
  /// An item (counted from 0) has no positive value and quantity.
  case notPositive(item: Int, value: Double, quantity: Double)
  /// A chain needs two periods or more.
  case tooFewPeriods(needed: Int, found: Int)
}

extension StatisticsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .itemsDiffer(let base, let current):
      "the base period has \(base) items and the other \(current); expected the same items in both, at least one"
    case .notPositive(let item, let value, let quantity):
      "item \(item + 1) has the value \(value) and the quantity \(quantity); expected both above zero in both periods"
    case .tooFewPeriods(let needed, let found):
      "there are \(found) periods; a chain needs \(needed) or more"
    }
  }
}
