extension DecompositionError {
  /// Throws where no method could take the series apart in this mode.
  static func check(_ series: TimeSeries, mode: DecompositionMode) throws(DecompositionError) {
    let period = series.seasonalPeriod
    guard series.count > series.missingCount else { throw .noObservations(count: series.count) }
    guard period >= 2 else { throw .notSeasonal(seasonalPeriod: period) }
    guard series.count / 2 >= period else { throw .tooShort(needed: 2 * period, found: series.count) }
    for (i, value) in series.values.enumerated() where !value.isNaN {
      guard value.isFinite else { throw .notFinite(period: series.period(at: i), value: value) }
      guard mode == .additive || value > 0 else {
        throw .notPositive(period: series.period(at: i), value: value)
      }
    }
  }
}

extension TimeSeries {
  /// The season of the period at `index`, from 1; January or the first quarter is 1 whatever the start.
  func season(at index: Int) -> Int {
    let remainder = (start.ordinal % seasonalPeriod + index) % seasonalPeriod
    return (remainder + seasonalPeriod) % seasonalPeriod + 1
  }
}
