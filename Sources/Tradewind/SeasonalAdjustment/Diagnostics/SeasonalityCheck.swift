import RealModule
import TradewindNumerics

/// Whether a series has a season, by tests that know nothing of how it was adjusted.
///
/// ```swift
/// let check = SeasonalityCheck(of: imports)
/// print(check.qs?.statistic ?? .nan, check.qs?.pValue ?? .nan)   // 135.4, 0: seasonal
/// print(adjusted.diagnostics().seasonality(of: .adjusted)?.qs?.pValue ?? .nan)
/// ```
///
/// | test | asks whether | taken of | as in |
/// | --- | --- | --- | --- |
/// | ``qs``, ``qsLastYears`` | values a year apart go together | differences of the values, less their mean | X-13 |
/// | ``friedman`` | the same months are high within each year | differences, of logarithms for factors | JDemetra+ |
/// | ``kruskalWallis`` | months have the same ranks over all years | the same | JDemetra+ |
/// | ``dummies`` | monthly means differ, beside a first-order autoregression | the same | JDemetra+ |
/// | ``spectrum(_:)`` | there are peaks at seasonal and weekday frequencies | one difference, of logarithms for factors | X-13 |
///
/// An irregular component is not differenced and its mean, 1 or 0, is known. JDemetra+ takes QS of logarithms too, X-13 of the
/// values in their unit, where recent years weigh most in a growing series; the decision is rarely another one. A test is nil
/// where the series is too short for it or does not vary.
///
/// References: US Census Bureau, X-13ARIMA-SEATS Reference Manual, §7.17; A. Maravall (2011), "Seasonality Tests and Automatic
/// Model Identification in TRAMO-SEATS", Bank of Spain; see also ``ResidualDiagnostics``.
public struct SeasonalityCheck: Sendable {
  /// The values that are tested, one a period, in their unit (factors about 1 for an irregular component).
  public let values: [Double]
  /// The period of the first.
  public let start: Period
  /// How many periods make a season.
  public let seasonalPeriod: Int
  /// How many times values are differenced for the tests, 0 for an irregular component.
  public let differences: Int
  /// Whether values are compared by division: all tests but QS then are of logarithms.
  public let usesFactors: Bool
  /// What an irregular component varies about; 0 for others.
  let centre: Double

  /// Tests a series.
  ///
  /// - Parameters:
  ///   - series: Months, quarters or another season, without a gap: NaN makes its tests nil.
  ///   - differences: How many times it is differenced, 0…2 (a precondition). X-13 and JDemetra+ take the model's differences, ordinary and
  ///     seasonal ones together, but one at least and two at most.
  ///   - usesFactors: Whether logarithms are taken for all tests but QS; left out, where all values are above zero.
  public init(of series: TimeSeries, differences: Int = 1, usesFactors: Bool? = nil) {
    let isPositive = series.values.allSatisfy { $0 > 0 }
    self.init(
      series.values, start: series.start, seasonalPeriod: series.seasonalPeriod, differences: differences,
      usesFactors: isPositive && usesFactors ?? true)
  }

  init(
    _ values: [Double], start: Period, seasonalPeriod: Int, differences: Int, usesFactors: Bool,
    centre: Double = 0
  ) {
    precondition(
      (0...2).contains(differences), "A series is differenced twice at most, not \(differences) times.")
    self.values = values
    self.start = start
    self.seasonalPeriod = seasonalPeriod
    self.differences = differences
    self.usesFactors = usesFactors
    self.centre = centre
  }

  /// How many years the tests of recent years look at.
  public static let recentYears = 8

  /// QS: correlation at one and two years' distance, as far as it is positive; chi-square with 2 degrees of freedom
  /// (``ResidualDiagnostics/qs``).
  public var qs: HypothesisTest? { Self.qs(self, values) }

  /// The same of the last eight years; nil for shorter series.
  public var qsLastYears: HypothesisTest? {
    let count = Self.recentYears * seasonalPeriod
    return values.count < count ? nil : Self.qs(self, Array(values.suffix(count)))
  }

  private static func qs(_ check: SeasonalityCheck, _ values: [Double]) -> HypothesisTest? {
    var changes = differenced(values, check.differences)
    let mean =
      check.differences == 0 ? check.centre : changes.reduce(0, +) / Double(max(1, changes.count))
    for i in changes.indices { changes[i] -= mean }
    guard changes.allSatisfy(\.isFinite), changes.contains(where: { $0 != 0 }) else { return nil }
    return check.diagnostics(changes).qs
  }

  /// Friedman's test by ranks (``ResidualDiagnostics/friedman``).
  public var friedman: HypothesisTest? { diagnostics(stationary).friedman }

  /// Kruskal and Wallis' test; chi-square with a season's periods less 1 degrees of freedom.
  public var kruskalWallis: HypothesisTest? {
    let values = stationary
    guard values.count >= 2 * seasonalPeriod, seasonalPeriod > 1, values.allSatisfy(\.isFinite) else {
      return nil
    }
    let test = SeasonalityTests.kruskalWallis(values, values.indices, period: seasonalPeriod)
    return HypothesisTest(
      statistic: test.value, degreesOfFreedom: test.degreesOfFreedom, denominatorDegreesOfFreedom: nil,
      pValue: test.probability)
  }

  /// The F test of seasonal means in a regression on the value before and these means.
  public var dummies: HypothesisTest? {
    let y = stationary
    let n = y.count
    guard seasonalPeriod > 1, n > 2 * seasonalPeriod else { return nil }
    let seasons = (1..<seasonalPeriod).map { season in
      (1..<n).map { $0 % seasonalPeriod == season ? 1.0 : 0 }
    }
    return LinearRestriction.test(
      Array(y[1...]), tested: seasons, others: [[Double](repeating: 1, count: n - 1), Array(y[..<(n - 1)])])
  }

  /// The spectrum of the last eight years; nil for other than months, less than 60 values, or where one is missing.
  public func spectrum(_ method: Spectrum.Method = .autoregression) -> Spectrum? {
    guard seasonalPeriod == 12, start.unit == .month else { return nil }
    let last = Array(values.suffix(12 * Self.recentYears))
    guard differences > 0 else { return Spectrum(of: last, method: method) }
    return Spectrum(of: Self.differenced(logarithms(last), 1), method: method)
  }

  /// What ranks and means are taken of.
  private var stationary: [Double] { Self.differenced(logarithms(values), differences) }

  private func logarithms(_ values: [Double]) -> [Double] {
    usesFactors ? values.map { Double.log($0) } : values
  }

  private func diagnostics(_ values: [Double]) -> ResidualDiagnostics {
    ResidualDiagnostics(residuals: values, start: start, seasonalPeriod: seasonalPeriod)
  }

  static func differenced(_ values: [Double], _ times: Int) -> [Double] {
    var result = values
    for _ in 0..<times { result = zip(result.dropFirst(), result).map { $0 - $1 } }
    return result
  }
}
