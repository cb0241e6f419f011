/// The range in which a future value is expected with a stated probability.
///
/// ```swift
/// let interval = PredictionInterval(level: 0.8, lower: 419, upper: 650)
/// interval.contains(462)  // true
/// ```
public struct PredictionInterval: Sendable, Equatable, Hashable, Codable {
  /// The probability that the value falls inside, in 0…1: 0.8 is an 80 % interval.
  public let level: Double
  /// The lower end, in the unit of what is predicted.
  public let lower: Double
  /// The upper end, in the unit of what is predicted.
  public let upper: Double

  /// The interval from `lower` to `upper` for the probability `level`.
  ///
  /// - Precondition: `level` lies in 0…1. Ends may be infinite, or NaN where nothing is known.
  public init(level: Double, lower: Double, upper: Double) {
    precondition((0...1).contains(level), "A level is a probability from 0 to 1, not \(level).")
    self.level = level
    self.lower = lower
    self.upper = upper
  }

  /// The distance between the ends, in the unit of what is predicted.
  public var width: Double { upper - lower }

  /// Whether `value` lies inside or on an end.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  private enum CodingKeys: CodingKey { case level, lower, upper }

  /// Reads `{level, lower, upper}`; a level outside of 0…1 is `DecodingError.dataCorrupted`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let level = try container.decode(Double.self, forKey: .level)
    guard (0...1).contains(level) else {
      throw DecodingError.dataCorruptedError(
        forKey: .level, in: container, debugDescription: "a level is a probability from 0 to 1, not \(level)")
    }
    self.init(
      level: level, lower: try container.decode(Double.self, forKey: .lower),
      upper: try container.decode(Double.self, forKey: .upper))
  }
}
