import TradewindNumerics

/// The test of Diebold and Mariano that two forecasts are equally good, with the small-sample correction of Harvey, Leybourne and
/// Newbold: is the mean difference of their losses zero?
///
/// ```swift
/// let test = DieboldMariano(result.valuesByOrigin(of: .mae, model: 0), result.valuesByOrigin(of: .mae, model: 1), horizon: 3)
/// ```
///
/// The variance of the mean takes in the autocovariances up to lag h − 1, since errors of h steps overlap; where their sum is not
/// positive, they are weighted as Bartlett's, which keeps it so. The statistic, times √((n + 1 − 2h + h (h − 1) / n) / n), is compared with
/// Student's t with n − 1 degrees of freedom.
///
/// References: F. X. Diebold and R. S. Mariano (1995), *Journal of Business & Economic Statistics* 13, 253–263,
/// doi:10.1080/07350015.1995.10524599; D. Harvey, S. Leybourne and P. Newbold (1997), *International Journal of Forecasting* 13,
/// 281–291, doi:10.1016/S0169-2070(96)00719-4.
public struct DieboldMariano: Sendable, Equatable {
  /// The mean loss of the first less that of the second: below zero if the first is better.
  public let meanDifference: Double
  /// The corrected statistic; NaN if there are fewer than two differences, or no more than h; ±∞ if all differ by the same.
  public let statistic: Double
  /// How many pairs of losses were compared.
  public let count: Int
  /// The probability of a statistic at least as far from zero if both were equally good; 1 if all losses are equal.
  public let pValue: Double

  /// - Parameters:
  ///   - first: The losses of one model, at one origin after another; NaN where it has none.
  ///   - second: Those of the other at the same origins. Pairs with a missing loss are left out.
  ///   - horizon: How many origins an error reaches: the steps ahead over the periods between origins, rounded up; at least 1. It
  ///     is 1 for losses of independent series.
  /// - Precondition: Both are equally long.
  public init(_ first: [Double], _ second: [Double], horizon: Int = 1) {
    precondition(first.count == second.count, "There are \(first.count) and \(second.count) losses.")
    precondition(horizon >= 1, "A horizon is at least 1, not \(horizon).")
    let differences = zip(first, second).map { $0 - $1 }.filter { !$0.isNaN }
    let n = differences.count
    count = n
    let mean = n > 0 ? differences.reduce(0, +) / Double(n) : .nan
    meanDifference = mean
    guard n >= 2, n > horizon else {
      (statistic, pValue) = (.nan, .nan)
      return
    }
    guard differences.contains(where: { $0 != 0 }) else {
      (statistic, pValue) = (0, 1)
      return
    }
    let covariances = (0..<horizon).map { lag in
      (lag..<n).reduce(0) { $0 + (differences[$1] - mean) * (differences[$1 - lag] - mean) } / Double(n)
    }
    var variance = covariances[0] + 2 * covariances.dropFirst().reduce(0, +)
    if variance <= 0 {
      variance = covariances[0]
      for lag in 1..<max(horizon, 1) {
        variance += 2 * (1 - Double(lag) / Double(horizon)) * covariances[lag]
      }
    }
    let (size, h) = (Double(n), Double(horizon))
    let correction = ((size + 1 - 2 * h + h * (h - 1) / size) / size).squareRoot()
    // The same difference everywhere is certain: the division says ±∞.
    statistic = correction * mean / (max(variance, 0) / size).squareRoot()
    pValue = statistic.isInfinite ? 0 : 2 * StudentT(degreesOfFreedom: size - 1).survival(abs(statistic))
  }
}
