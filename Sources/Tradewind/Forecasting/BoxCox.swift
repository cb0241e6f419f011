import RealModule
import TradewindNumerics

/// The power transformations of Box and Cox: (y^λ − 1)/λ, and log y for λ = 0.
///
/// Box, G. E. P. and Cox, D. R. (1964), "An analysis of transformations", *Journal of the Royal Statistical Society* B 26(2),
/// 211–252, doi:10.1111/j.2517-6161.1964.tb00553.x.
public enum BoxCox: Sendable, Hashable {
  /// The logarithm, λ = 0.
  case log
  /// A given λ.
  case lambda(Double)
  /// The λ within the range that makes the spread of each year most nearly proportional to a power of its level:
  /// Guerrero, V. M. (1993), "Time-series analysis supported by power transformations", *Journal of Forecasting* 12(1),
  /// 37–48, doi:10.1002/for.3980120104. R's `BoxCox.lambda` by default, which searches −1…2.
  case guerrero(in: ClosedRange<Double> = 0...1)
  /// The λ within the range of highest likelihood for a straight trend with seasonal dummies and normal errors: Box and
  /// Cox (1964), §3. R's `BoxCox.lambda(method = "loglik")` up to its grid of 0.05.
  case profileLikelihood(in: ClosedRange<Double> = 0...1)

  /// y transformed; NaN stays NaN.
  static func transform(_ y: Double, _ lambda: Double) -> Double {
    // (y^λ − 1)/λ by way of exp(λ log y) − 1, exact for small λ too.
    lambda == 0 ? .log(y) : Double.expMinusOne(lambda * .log(y)) / lambda
  }

  /// The value whose transform is x; 0 or ∞ where x lies beyond the transform's range.
  static func inverse(_ x: Double, _ lambda: Double) -> Double {
    if lambda == 0 { return .exp(x) }
    let scaled = lambda * x
    if scaled <= -1 { return lambda > 0 ? 0 : .infinity }
    return .exp(.log(onePlus: scaled) / lambda)
  }

  /// The λ for a series of values above zero.
  ///
  /// - Throws: ``ForecastError/tooShort(model:needed:found:)`` where an automatic choice needs more observations.
  func chosen(for series: TimeSeries) throws(ForecastError) -> Double {
    switch self {
    case .log: return 0
    case .lambda(let lambda): return lambda
    case .guerrero(let range):
      let years = Self.wholeYears(of: series)
      guard years.count >= 2 else {
        throw .tooShort(
          model: "the choice of a Box–Cox transformation", needed: 2 * max(2, series.seasonalPeriod),
          found: series.count)
      }
      return minimizeBrent(in: range, tolerance: 1e-8) { Self.variation(of: years, $0) }.point[0]
    case .profileLikelihood(let range):
      let logs = series.values.filter { !$0.isNaN }.reduce(0) { $0 + .log($1) }
      let profile = { (lambda: Double) -> Double in
        let transformed = TimeSeries(
          series.values.map { Self.transform($0, lambda) }, start: series.start,
          seasonalPeriod: series.seasonalPeriod)
        let model =
          series.seasonalPeriod > 1
          ? RegressionModel {
            Trend()
            SeasonalDummies()
          } : RegressionModel { Trend() }
        guard let fit = try? model.fit(to: transformed) else { return .infinity }
        return -(fit.logLikelihood + (lambda - 1) * logs)
      }
      guard profile(range.lowerBound).isFinite else {
        throw .tooShort(
          model: "the choice of a Box–Cox transformation", needed: series.seasonalPeriod + 3,
          found: series.count)
      }
      return minimizeBrent(in: range, tolerance: 1e-8, profile).point[0]
    }
  }

  /// Mean and standard deviation of each whole year (two periods at least), counted back from the end.
  private static func wholeYears(of series: TimeSeries) -> [(mean: Double, deviation: Double)] {
    let length = max(2, series.seasonalPeriod)
    let first = series.count % length
    return stride(from: first, to: series.count, by: length).compactMap { start in
      let known = series.values[start..<start + length].filter { !$0.isNaN }
      guard known.count >= 2 else { return nil }
      let mean = known.reduce(0, +) / Double(known.count)
      let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean, (squares / Double(known.count - 1)).squareRoot())
    }
  }

  /// The coefficient of variation of sᵢ / mᵢ^(1 − λ) over the years; the smallest is best.
  private static func variation(of years: [(mean: Double, deviation: Double)], _ lambda: Double) -> Double {
    let ratios = years.map { $0.deviation / .pow($0.mean, 1 - lambda) }
    let mean = ratios.reduce(0, +) / Double(ratios.count)
    let squares = ratios.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return mean > 0 ? (squares / Double(ratios.count - 1)).squareRoot() / mean : 0
  }
}
