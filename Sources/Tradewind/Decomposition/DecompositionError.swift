/// Why a series cannot be decomposed into trend, season and remainder.
public enum DecompositionError: Error, Sendable, Equatable {
  /// The series holds no observation at all: it is empty, or every value is missing.
  case noObservations(count: Int)
  /// A season of one period (or less) is no season: yearly data, for example.
  case notSeasonal(seasonalPeriod: Int)
  /// Two whole seasons are needed to tell season from trend; `needed` and `found` count periods, missing ones
  /// included.
  case tooShort(needed: Int, found: Int)
  /// A value is infinite.
  case notFinite(period: Period, value: Double)
  /// A multiplicative decomposition needs values above zero.
  case notPositive(period: Period, value: Double)
  /// One season of the year (1 is the first of the year) has no observation, or none that its method can use.
  case seasonNeverObserved(season: Int, seasonalPeriod: Int)
}

extension DecompositionError: CustomStringConvertible {
  /// One sentence with the numbers in it, such as `21 periods are too few: two seasons of 12 need 24`.
  public var description: String {
    switch self {
    case .noObservations(let count):
      count == 0 ? "the series is empty" : "all \(count) values are missing"
    case .notSeasonal(let seasonalPeriod):
      "a seasonal period of \(seasonalPeriod) has no season to find; it must be 2 or more"
    case .tooShort(let needed, let found):
      "\(found) \(found == 1 ? "period is" : "periods are") too few: two seasons of \(needed / 2) need \(needed)"
    case .notFinite(let period, let value):
      "the value of \(period) is \(value)"
    case .notPositive(let period, let value):
      "the value of \(period) is \(value); a multiplicative decomposition needs values above zero"
    case .seasonNeverObserved(let season, let seasonalPeriod):
      "season \(season) of \(seasonalPeriod) has no usable observation"
    }
  }
}
