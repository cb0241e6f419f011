/// The total of a calendar year, observed and adjusted.
public struct YearlyTotal: Sendable, Equatable {
  /// The year.
  public let year: Int
  /// The sum of the observed series, in its unit, with the model's estimates where values were missing.
  public let observed: Double
  /// The sum of the adjusted series.
  public let adjusted: Double
  /// How much more the adjusted series has: (adjusted − observed) / |observed|. A per mille or two is common.
  public var relativeDifference: Double { (adjusted - observed) / abs(observed) }
}

extension AdjustmentDiagnostics {
  /// The totals of whole calendar years, side by side; empty where the series has none. Adjusting does not keep them: months with a large
  /// season need not be those that grow. ``ForcedTotals`` makes an adjusted series that does.
  public var yearlyTotals: [YearlyTotal] {
    let period = parts.observed.seasonalPeriod
    let first = (period - (parts.observed.season(at: 0) - 1)) % period
    return stride(from: first, through: observed.count - period, by: period).map { begin in
      let year = begin..<(begin + period)
      return YearlyTotal(
        year: parts.observed.period(at: begin).year, observed: observed[year].reduce(0, +),
        adjusted: adjusted[year].reduce(0, +))
    }
  }
}
