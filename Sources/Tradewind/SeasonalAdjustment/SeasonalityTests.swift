import TradewindNumerics

/// A test that compares two mean squares.
public struct FTest: Sendable, Hashable {
  /// The ratio of the mean squares.
  public let value: Double
  /// Degrees of freedom of the numerator.
  public let numerator: Int
  /// Degrees of freedom of the denominator.
  public let denominator: Int
  /// The probability, 0…1, of a larger ratio where there is no effect.
  public let probability: Double

  init(value: Double, _ numerator: Int, _ denominator: Int) {
    (self.value, self.numerator, self.denominator) = (value, numerator, denominator)
    probability = FDistribution(numerator: Double(numerator), denominator: Double(denominator)).survival(
      value)
  }
}

/// A test whose statistic is χ² distributed where there is no effect.
public struct ChiSquareTest: Sendable, Hashable {
  /// The statistic.
  public let value: Double
  /// Its degrees of freedom.
  public let degreesOfFreedom: Int
  /// The probability, 0…1, of a larger statistic where there is no effect.
  public let probability: Double

  init(value: Double, degreesOfFreedom: Int) {
    (self.value, self.degreesOfFreedom) = (value, degreesOfFreedom)
    probability = ChiSquare(degreesOfFreedom: Double(degreesOfFreedom)).survival(value)
  }
}

/// Whether a season can be told from the rest, by the combined test.
public enum IdentifiableSeasonality: String, Sendable, Hashable, Codable {
  /// There is a season, and it can be estimated.
  case present
  /// There is a season, but it moves much.
  case probablyNotPresent
  /// There is none, or it cannot be estimated.
  case notPresent
}

/// X-11's tests for seasonality.
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

  /// Kruskal and Wallis' test that the seasons have the same ranks. Equal values share their mean rank, where
  /// X-13 ranks them as they come.
  ///
  /// Reference: W. H. Kruskal and W. A. Wallis (1952), "Use of Ranks in One-Criterion Variance Analysis", Journal
  /// of the American Statistical Association 47:583–621, DOI 10.1080/01621459.1952.10483441.
  static func kruskalWallis(_ values: [Double], _ range: Range<Int>, period: Int) -> ChiSquareTest {
    let order = range.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: period)
    var counts = [Double](repeating: 0, count: period)
    var place = 0
    while place < order.count {
      var end = place + 1
      while end < order.count, values[order[end]] == values[order[place]] { end += 1 }
      // Ranks place + 1 … end, shared.
      let rank = Double(place + 1 + end) / 2
      for index in order[place..<end] {
        ranks[(index - range.lowerBound) % period] += rank
        counts[(index - range.lowerBound) % period] += 1
      }
      place = end
    }
    let sum = zip(ranks, counts).reduce(0) { $0 + $1.0 * $1.0 / $1.1 }
    let n = Double(range.count)
    return ChiSquareTest(value: 12 * sum / (n * (n + 1)) - 3 * (n + 1), degreesOfFreedom: period - 1)
  }

  /// Two-way analysis of variance of the distances from `centre`: do they differ between the years? Over whole
  /// calendar years; nil with fewer than two, or where nothing is left to test against.
  ///
  /// Reference: J. Higginson (1975), "An F Test for the Presence of Moving Seasonality When Using Census Method
  /// II-X-11 Variant", Statistics Canada.
  static func moving(
    _ values: [Double], _ range: Range<Int>, period: Int, phase: Int, centre: Double
  ) -> FTest? {
    let wait = (period - (range.lowerBound + phase) % period) % period
    let first = range.lowerBound + wait
    let years = (range.upperBound - first) / period
    guard years >= 2 else { return nil }
    var byYear = [Double](repeating: 0, count: years)
    var bySeason = [Double](repeating: 0, count: period)
    for year in 0..<years {
      for season in 0..<period {
        let distance = abs(values[first + year * period + season] - centre)
        byYear[year] += distance / Double(period)
        bySeason[season] += distance / Double(years)
      }
    }
    let mean = byYear.reduce(0, +) / Double(years)
    func squares(_ means: [Double]) -> Double { means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } }
    let betweenYears = squares(byYear) * Double(period)
    let betweenSeasons = squares(bySeason) * Double(years)
    var total = 0.0
    for i in first..<(first + years * period) {
      let deviation = abs(values[i] - centre) - mean
      total += deviation * deviation
    }
    let freedom = (period - 1) * (years - 1)
    let rest = (total - betweenYears - betweenSeasons) / Double(freedom)
    guard rest > 0 else { return nil }
    return FTest(value: betweenYears / Double(years - 1) / rest, years - 1, freedom)
  }

  /// The two figures of the combined test, each 0…9: 7/F of the stable season, and three times the moving one's F
  /// over it.
  static func combined(stable: FTest, moving: FTest) -> (Double, Double) {
    guard stable.value > 0 else { return (9, 9) }
    return (min(9, 7 / stable.value), min(9, 3 * moving.value / stable.value))
  }

  /// The combined test for identifiable seasonality.
  ///
  /// Reference: J. Lothian and M. Morry (1978), "A Test for the Presence of Identifiable Seasonality When Using
  /// the X-11-ARIMA Program", Statistics Canada.
  static func identifiable(
    stable: FTest, moving: FTest, kruskalWallis: ChiSquareTest
  ) -> IdentifiableSeasonality {
    guard stable.probability < 0.001 else { return .notPresent }
    let (first, second) = combined(stable: stable, moving: moving)
    if moving.probability <= 0.05, (first + second) / 2 >= 1 { return .notPresent }
    return first < 1 && second < 1 && kruskalWallis.probability <= 0.001 ? .present : .probablyNotPresent
  }

  /// F-test of ``stable(_:_:period:)`` for what is left in an adjusted series: its changes over a quarter of a year.
  static func residual(
    _ adjusted: [Double], _ range: Range<Int>, period: Int, lastYears: Int? = nil
  ) -> FTest? {
    let lag = period / 4
    var changes = [Double](repeating: 0, count: adjusted.count)
    for i in (range.lowerBound + lag)..<range.upperBound { changes[i] = adjusted[i] - adjusted[i - lag] }
    let first = lastYears.map { range.upperBound - $0 * period } ?? (range.lowerBound + lag)
    guard first >= range.lowerBound + lag else { return nil }
    return stable(changes, first..<range.upperBound, period: period)
  }
}
