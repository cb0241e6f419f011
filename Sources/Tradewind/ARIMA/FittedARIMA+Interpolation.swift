import RealModule
import TradewindNumerics

/// What a model makes of a period without a value of its own.
public struct InterpolatedPeriod: Sendable, Equatable {
  public let period: Period
  /// The median given all that is known, later periods included; the mean too for a model of the values themselves. Those of a combined
  /// run add up to its total.
  public let estimate: Double
  /// The standard error on the series' own scale; for a model of logarithms to first order.
  public let standardError: Double
  /// One interval a level, with equal tails.
  public let intervals: [PredictionInterval]
  /// Whether the period is one of a run whose total is known; otherwise nothing is known of it alone.
  public let isCombined: Bool
}

extension FittedARIMA {
  /// The periods of the series that have no value of their own: missing ones, and all those of combined runs.
  ///
  /// ```swift
  /// for month in fit.interpolated(levels: [0.8]) where month.isCombined {
  ///   print(month.period, month.estimate, month.intervals[0])
  /// }
  /// ```
  ///
  /// The estimates are the smoothed values of the state-space form, exact for a model of the values themselves. In a model of logarithms a
  /// total is not linear in the months; it is linearised at the estimates themselves, which therefore add up to it, and standard errors
  /// are to first order. What ``ARIMA/uncertainty`` says of variance and regression holds here too; the uncertainty of the ARMA
  /// coefficients is left out.
  ///
  /// - Parameter levels: Probabilities of the intervals, each in 0…1.
  /// - Returns: In order; none where every value is known, or where a regressor has no value in a period.
  public func interpolated(levels: [Double] = []) -> [InterpolatedPeriod] {
    guard let whole = try? model.problem(for: series), !whole.isComplete,
      let law = try? StateSpaceFit(whole, parameters: estimate.parameters, beta: estimate.beta).interpolated()
    else { return [] }
    let variances = law.variances(
      variance: variance, betaCovariance: model.uncertainty.includesRegression ? regressionCovariance : nil)
    let quantiles = levels.map { NormalDistribution(mean: 0, standardDeviation: 1).quantile((1 + $0) / 2) }
    return law.times.enumerated().map { i, t in
      let deviation = variances[i].squareRoot()
      let unit = model.untransformed([law.means[i], model.transform == .log ? 0 : 1], at: t, series)
      return InterpolatedPeriod(
        period: series.period(at: t), estimate: unit[0],
        standardError: (model.transform == .log ? unit[0] : unit[1]) * deviation,
        intervals: zip(levels, quantiles).map { level, quantile in
          let margin = deviation == 0 ? 0 : quantile * deviation
          let ends = model.untransformed([law.means[i] - margin, law.means[i] + margin], at: t, series)
          return PredictionInterval(level: level, lower: ends[0], upper: ends[1])
        }, isCombined: whole.combined.contains { $0.range.contains(t) })
    }
  }

  /// The series with its gaps filled: the estimates of ``interpolated(levels:)`` where a period has no value of its own.
  public var completedSeries: TimeSeries {
    var result = series
    for month in interpolated() {
      if let t = series.index(of: month.period) { result.values[t] = month.estimate }
    }
    return result
  }
}
