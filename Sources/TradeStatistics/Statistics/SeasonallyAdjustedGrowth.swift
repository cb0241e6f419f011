import Tradewind

extension SeasonalAdjustment {
  /// The seasonally adjusted series as a series of its own, whose growth does not measure the season.
  ///
  /// ```swift
  /// let growth = try SeasonalAdjustment().adjustedSeries(of: imports).growth(.onPeriod)
  /// ```
  ///
  /// December on November, say, mostly measures the season; of the adjusted series (X-11's table D11, with trading days and
  /// feasts taken out) the same growth measures the rest. It is revised as later months come in.
  ///
  /// - Throws: ``SeasonalAdjustmentError``: the series is shorter than three years, not monthly or quarterly, or cannot be
  ///   adjusted.
  public func adjustedSeries(of series: TimeSeries) throws(SeasonalAdjustmentError) -> TimeSeries {
    let adjusted = try adjust(series)
    return TimeSeries(
      adjusted.seasonallyAdjusted, start: adjusted.completed.start, seasonalPeriod: series.seasonalPeriod,
      name: series.name)
  }
}
