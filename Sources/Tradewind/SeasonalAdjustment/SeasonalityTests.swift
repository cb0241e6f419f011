import TradewindNumerics

/// A test that compares two mean squares.
public struct FTest: Sendable, Equatable {
  /// The ratio of the mean squares.
  public let value: Double
  /// Its degrees of freedom, numerator and denominator.
  public let degreesOfFreedom: (numerator: Int, denominator: Int)
  /// The probability, 0…1, of a larger ratio where there is no effect.
  public let probability: Double

  init(value: Double, _ numerator: Int, _ denominator: Int) {
    self.value = value
    degreesOfFreedom = (numerator, denominator)
    probability = FDistribution(numerator: Double(numerator), denominator: Double(denominator)).survival(
      value)
  }

  public static func == (a: FTest, b: FTest) -> Bool {
    a.value == b.value && a.degreesOfFreedom == b.degreesOfFreedom && a.probability == b.probability
  }
}

/// Tests of X-11 for seasonality in seasonal-irregular values.
enum SeasonalityTests {
  /// One-way analysis of variance between the seasons; nil where the values within the seasons do not vary.
  static func stable(_ values: [Double], _ range: Range<Int>, period: Int) -> FTest? {
    var (total, squares, between) = (0.0, 0.0, 0.0)
    for season in 0..<min(period, range.count) {
      var (sum, count) = (0.0, 0.0)
      for i in stride(from: range.lowerBound + season, to: range.upperBound, by: period) {
        sum += values[i]
        squares += values[i] * values[i]
        count += 1
      }
      total += sum
      between += sum * sum / count
    }
    let count = range.count
    guard count > period else { return nil }
    let mean = total * total / Double(count)
    let within = (squares - between) / Double(count - period)
    guard within > 0 else { return nil }
    return FTest(value: (between - mean) / Double(period - 1) / within, period - 1, count - period)
  }
}
