import RealModule

/// Seasonal-trend decomposition by loess with several seasonal periods.
///
/// ```swift
/// let parts = try MSTL(periods: [3, 12]).decompose(shipments)
/// parts.seasons.map(\.period)       // [3, 12]
/// parts.combined.seasonallyAdjusted
/// ```
///
/// The seasons are taken out one after the other by ``STL``, the shortest first; then, in further rounds, each is put back and
/// estimated anew from what the others leave. The trend is that of the last of these fits. A single period is ``STL`` itself.
///
/// **Missing values** are left out of every local fit, as ``STL`` does (R's `mstl` interpolates them first). **Multiplicative**
/// decomposition works on the logarithms.
///
/// Without gaps the components equal those of `forecast::mstl` of R, whose defaults these are.
///
/// Reference: K. Bandara, R. J. Hyndman and C. Bergmeir (2021), "MSTL: A seasonal-trend decomposition algorithm for time series
/// with multiple seasonal patterns", arXiv:2107.13462.
public struct MSTL: Sendable, Hashable {
  /// The seasonal periods; empty for that of the series. Order and repetitions do not matter.
  public var periods: [Int]
  /// The seasonal windows of the periods from the shortest on; nil for 11, 15, 19, … years.
  public var seasonalWindows: [STL.SeasonalWindow]?
  /// How often each season is estimated; less than 1 counts as 1.
  public var iterations: Int
  /// The settings of every fit but the seasonal window; its mode is that of the whole.
  public var fits: STL

  /// - Parameters:
  ///   - periods: The seasonal periods, each at least 2; empty for that of the series.
  ///   - seasonalWindows: One for each period from the shortest on, or nil for 11, 15, 19, … years. Periods beyond the last
  ///     window take the last.
  ///   - iterations: How often each season is estimated.
  ///   - fits: The settings of every fit but the seasonal window.
  public init(
    periods: [Int] = [], seasonalWindows: [STL.SeasonalWindow]? = nil, iterations: Int = 2, fits: STL = STL()
  ) {
    self.periods = periods
    self.seasonalWindows = seasonalWindows
    self.iterations = iterations
    self.fits = fits
  }

  /// Takes a series apart.
  ///
  /// - Throws: ``DecompositionError`` as ``STL/decompose(_:)``, for each of the periods.
  public func decompose(_ series: TimeSeries) throws(DecompositionError) -> MultipleSeasonalDecomposition {
    let periods = periods.isEmpty ? [series.seasonalPeriod] : Set(periods).sorted()
    for period in periods {
      guard period >= 2 else { throw .notSeasonal(seasonalPeriod: period) }
    }
    try DecompositionError.check(series, mode: fits.mode)
    let isMultiplicative = fits.mode == .multiplicative
    var rest = isMultiplicative ? series.values.map { Double.log($0) } : series.values
    var seasons = periods.map { _ in [Double](repeating: 0, count: series.count) }
    var last: SeasonalDecomposition?
    for _ in 0..<max(iterations, 1) {
      for (i, period) in periods.enumerated() {
        for t in rest.indices { rest[t] += seasons[i][t] }
        let parts = try method(i).decompose(
          TimeSeries(rest, start: series.start, seasonalPeriod: period, name: series.name))
        seasons[i] = parts.seasonal
        for t in rest.indices { rest[t] -= seasons[i][t] }
        last = parts
      }
    }
    func restored(_ values: [Double]) -> [Double] {
      isMultiplicative ? values.map { Double.exp($0) } : values
    }
    return MultipleSeasonalDecomposition(
      observed: series, mode: fits.mode, trend: restored(last?.trend ?? rest),
      seasons: zip(periods, seasons).map { .init(period: $0, values: restored($1)) }, weights: last?.weights)
  }

  private func method(_ index: Int) -> STL {
    var stl = fits
    stl.mode = .additive
    if let seasonalWindows {
      stl.seasonalWindow =
        seasonalWindows.isEmpty ? .periodic : seasonalWindows[min(index, seasonalWindows.count - 1)]
    } else {
      stl.seasonalWindow = .length(11 + 4 * index)
    }
    return stl
  }
}

/// A series taken apart into trend, several seasons and remainder.
public struct MultipleSeasonalDecomposition: Sendable, Equatable {
  /// One of the seasons.
  public struct Season: Sendable, Equatable {
    /// Its length in periods of the series.
    public let period: Int
    /// One value for each period of the series: amounts, or factors near 1 when multiplicative.
    public let values: [Double]
  }

  /// The seasons, the shortest period first.
  public let seasons: [Season]
  /// The whole with one season, the sum (or product) of all.
  public let combined: SeasonalDecomposition

  init(
    observed: TimeSeries, mode: DecompositionMode, trend: [Double], seasons: [Season], weights: [Double]?
  ) {
    self.seasons = seasons
    let seasonal = Self.combined(seasons.map(\.values), mode, count: observed.count)
    combined = SeasonalDecomposition(
      observed: observed, mode: mode, trend: trend, seasonal: seasonal, weights: weights)
  }

  /// One season alone.
  public init(_ parts: SeasonalDecomposition) {
    combined = parts
    seasons = [Season(period: parts.observed.seasonalPeriod, values: parts.seasonal)]
  }

  /// Sums or products over the seasons.
  static func combined(_ seasons: [[Double]], _ mode: DecompositionMode, count: Int) -> [Double] {
    guard var combined = seasons.first else {
      return [Double](repeating: mode == .additive ? 0 : 1, count: count)
    }
    for season in seasons.dropFirst() {
      for t in combined.indices {
        combined[t] = mode == .additive ? combined[t] + season[t] : combined[t] * season[t]
      }
    }
    return combined
  }
}

extension MultipleSeasonalDecomposition.Season {
  /// The last cycle over the coming periods.
  func ahead(_ horizon: Int) -> [Double] {
    (0..<horizon).map { values[values.count - period + $0 % period] }
  }
}
