/// Changes an adjusted series so that its yearly totals are those of another: of the series before adjustment, as a
/// rule.
///
/// ```swift
/// let parts = try X11().decompose(imports)
/// let adjusted = TimeSeries(parts.seasonallyAdjusted, start: imports.start)
/// let forced = try ForcedTotals().adjust(adjusted, to: imports)   // each year adds up as imports do
/// ```
///
/// | here | X-13 (`force{…}`) | JDemetra+ (Cholette) |
/// | --- | --- | --- |
/// | ``Method/denton`` | `type=denton` | – |
/// | ``Method/regression(rho:lambda:)`` | `type=regress`, `rho`, `lambda` | rho, lambda |
/// | ``firstSeason`` | `start` | – |
/// | the argument `target` | `target` | target |
///
/// X-13's default is Denton; its defaults for regression are λ = 0 and ρ = 0.9 (monthly) or 0.9³ (quarterly).
/// JDemetra+ has λ = 1 and ρ = 1. Only whole years are forced. The periods before and after them move on with
/// the last correction (Denton) or with ρ's share of it.
///
/// References: F. T. Denton (1971), "Adjustment of Monthly or Quarterly Series to Annual Totals: An Approach Based
/// on Quadratic Minimization", Journal of the American Statistical Association 66:99–102, DOI
/// 10.1080/01621459.1971.10482227. B. Quenneville, P. A. Cholette, G. Huot, K. Chiu and T. Di Fonzo (2004),
/// "Adjustment of Seasonally Adjusted Series to Annual Totals", Statistics Canada.
public struct ForcedTotals: Sendable, Hashable {
  /// How the difference of a year's totals is spread over its periods.
  public enum Method: Sendable, Hashable {
    /// As evenly as possible from period to period (least squared differences of the corrections), in a window of
    /// five years about each year, so that a new year changes the results of two years only. X-11-ARIMA's way.
    case denton
    /// By a regression on all years whose errors are autoregressive with coefficient ρ (0…1) and proportional to
    /// |value|^λ. ρ = 1 and λ = 0 is Denton's criterion over the whole series; λ = 1 is its proportional form;
    /// λ = ½ and ρ = 0 is prorating.
    case regression(rho: Double, lambda: Double)
  }

  /// The method.
  public var method: Method
  /// The season that years begin with: 1 is January or the first quarter.
  public var firstSeason: Int

  /// Forces years that begin with `firstSeason` (1 or more).
  ///
  /// - Precondition: ρ lies in 0…1.
  public init(_ method: Method = .denton, firstSeason: Int = 1) {
    if case .regression(let rho, let lambda) = method {
      precondition((0...1).contains(rho), "ρ lies in 0...1")
      precondition(lambda.isFinite, "λ is a number")
    }
    precondition(firstSeason >= 1, "seasons count from 1")
    self.method = method
    self.firstSeason = firstSeason
  }

  /// `adjusted` with the yearly totals of `target`.
  ///
  /// - Throws: ``ForcedTotalsError`` where the two do not cover the same periods, a value is missing or infinite, or
  ///   there are fewer whole years than needed: five for Denton (as X-13), one for regression.
  public func adjust(_ adjusted: TimeSeries, to target: TimeSeries) throws(ForcedTotalsError) -> TimeSeries {
    guard adjusted.count > 0, target.count > 0 else { throw .tooFewYears(needed: 1, found: 0) }
    guard adjusted.start == target.start, adjusted.count == target.count else {
      throw .differentPeriods(adjusted: adjusted.start...adjusted.end, target: target.start...target.end)
    }
    for (i, pair) in zip(adjusted.values, target.values).enumerated() {
      guard pair.0.isFinite, pair.1.isFinite else { throw .notFinite(period: adjusted.period(at: i)) }
    }
    let period = adjusted.seasonalPeriod
    precondition(firstSeason <= period, "season \(firstSeason) is beyond the last, \(period)")
    let first = (firstSeason - adjusted.season(at: 0) + period) % period
    let years = max(0, adjusted.count - first) / period
    let needed = method == .denton ? 5 : 1
    guard years >= needed else { throw .tooFewYears(needed: needed, found: years) }
    let differences = (0..<years).map { year in
      (first + year * period..<first + (year + 1) * period).reduce(0.0) {
        $0 + target.values[$1] - adjusted.values[$1]
      }
    }
    var result = adjusted
    switch method {
    case .denton:
      let corrections = Self.denton(differences, period: period)
      for i in result.values.indices {
        result.values[i] += corrections[min(max(i - first, 0), corrections.count - 1)]
      }
    case .regression(let rho, let lambda):
      let mean = adjusted.values.reduce(0) { $0 + abs($1) } / Double(adjusted.count)
      guard mean > 0 else { throw .allZero }
      let scale = adjusted.values.map { power(abs($0) / mean, lambda) }
      let spread = TotalsSpreading(scale: scale, first: first, period: period, years: years, rho: rho)
      guard let corrections = spread.corrections(for: [differences])?.first else {
        throw .cannotSpread(rho: rho, lambda: lambda)
      }
      for i in result.values.indices { result.values[i] += corrections[i] }
    }
    return result
  }
}

/// Why yearly totals cannot be forced.
public enum ForcedTotalsError: Error, Sendable, Equatable {
  /// The two series have other lengths or beginnings.
  case differentPeriods(adjusted: ClosedRange<Period>, target: ClosedRange<Period>)
  /// A value of one of the series is missing or infinite.
  case notFinite(period: Period)
  /// There are too few whole years.
  case tooFewYears(needed: Int, found: Int)
  /// The adjusted series is zero throughout, so that nothing says how to spread a difference.
  case allZero
  /// With these ρ and λ a year cannot be changed: its values are all zero, for example.
  case cannotSpread(rho: Double, lambda: Double)
}

extension ForcedTotalsError: CustomStringConvertible {
  /// One sentence with the numbers in it.
  public var description: String {
    switch self {
    case .differentPeriods(let adjusted, let target):
      "the adjusted series covers \(adjusted.lowerBound) to \(adjusted.upperBound), the target "
        + "\(target.lowerBound) to \(target.upperBound)"
    case .notFinite(let period): "a value of \(period) is missing or infinite"
    case .tooFewYears(let needed, let found):
      "\(found) whole \(found == 1 ? "year is" : "years are") too few: \(needed) are needed"
    case .allZero: "the adjusted series is zero throughout"
    case .cannotSpread(let rho, let lambda): "a year cannot be changed with ρ = \(rho) and λ = \(lambda)"
    }
  }
}
