/// Decomposition by moving averages: a centred average over one year is the trend, the mean deviation of each
/// season the season.
///
/// ```swift
/// let parts = try ClassicalDecomposition(mode: .multiplicative).decompose(exports)
/// parts.seasonal[0]   // 0.94: this month stands 6 % below the trend
/// ```
///
/// With an even seasonal period p the average spans p + 1 periods, the two at its ends with half weight.
/// `trend` and `remainder` are therefore NaN for the first and last ⌊p/2⌋ periods, and wherever the average
/// would cover a missing value. The seasonal figure is the mean detrended value of each season, then centred:
/// its p values sum to zero, or average 1. `seasonal` is known everywhere. A constant series has its value as
/// trend and no season.
///
/// Equal to `stats::decompose` of R, which documents the same method.
///
/// Reference: M. Kendall and A. Stuart (1983), The Advanced Theory of Statistics, volume 3, pages 410–414.
public struct ClassicalDecomposition: Sendable, Hashable {
  /// How the components combine.
  public var mode: DecompositionMode

  /// A method that takes series apart in the given mode.
  public init(mode: DecompositionMode = .additive) {
    self.mode = mode
  }

  /// Takes a series apart.
  ///
  /// - Throws: ``DecompositionError`` when the series has no season, no observation, fewer than two seasons'
  ///   periods or an infinite value; when a value is not above zero in a multiplicative decomposition; when
  ///   gaps leave a season without a detrended value.
  public func decompose(_ series: TimeSeries) throws(DecompositionError) -> SeasonalDecomposition {
    try DecompositionError.check(series, mode: mode)
    let period = series.seasonalPeriod
    let trend = Self.centredAverage(series.values, period: period)
    let figure = try figure(of: series, trend: trend)
    return SeasonalDecomposition(
      observed: series, mode: mode, trend: trend, seasonal: series.values.indices.map { figure[$0 % period] })
  }

  /// The moving average over one year, centred; NaN where the year is not complete.
  private static func centredAverage(_ y: [Double], period: Int) -> [Double] {
    let half = period / 2
    var trend = [Double](repeating: .nan, count: y.count)
    guard y.count > 2 * half else { return trend }
    for i in half..<(y.count - half) {
      var sum = 0.0
      if period % 2 == 0 {
        for j in (i - half + 1)..<(i + half) { sum += y[j] }
        sum += 0.5 * (y[i - half] + y[i + half])
      } else {
        for j in (i - half)...(i + half) { sum += y[j] }
      }
      trend[i] = sum / Double(period)
    }
    return trend
  }

  /// The season alone: one value each, in the order of the series' first periods.
  ///
  /// - Throws: ``DecompositionError`` as ``decompose(_:)``.
  func figure(of series: TimeSeries) throws(DecompositionError) -> [Double] {
    try DecompositionError.check(series, mode: mode)
    return try figure(of: series, trend: Self.centredAverage(series.values, period: series.seasonalPeriod))
  }

  /// Mean detrended value of each season, in the order of the series' first periods, centred.
  private func figure(of series: TimeSeries, trend: [Double]) throws(DecompositionError) -> [Double] {
    let (y, period) = (series.values, series.seasonalPeriod)
    var sums = [Double](repeating: 0, count: period)
    var counts = [Int](repeating: 0, count: period)
    var slot = -1
    for i in y.indices {
      slot = slot + 1 == period ? 0 : slot + 1
      guard !y[i].isNaN, !trend[i].isNaN else { continue }
      sums[slot] += mode == .additive ? y[i] - trend[i] : y[i] / trend[i]
      counts[slot] += 1
    }
    if let empty = counts.firstIndex(of: 0) {
      throw .seasonNeverObserved(season: series.season(at: empty), seasonalPeriod: period)
    }
    let means = zip(sums, counts).map { $0 / Double($1) }
    let centre = means.reduce(0, +) / Double(period)
    return means.map { mode == .additive ? $0 - centre : $0 / centre }
  }
}
