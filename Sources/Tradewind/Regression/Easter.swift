/// The days before Easter Sunday, X-13's `easter[w]` and `easterstock[w]`.
///
/// One column, `Easter -8...-1` for 8 days, the same as ``MovingHoliday`` with that window. For a stock, counted at
/// the end of the month, it is summed from January on, since the stock keeps what was added before: `Easter stock
/// -8...-1` is other than zero in February and March only.
public struct Easter: RegressionTerm, Hashable {
  /// How many days before Easter Sunday the effect begins.
  public let days: Int
  /// Whether the series is a stock at the end of the month, not the flow of the month.
  public let isStock: Bool

  /// The effect of the last `days` days before Easter Sunday, 1…25 (a precondition); X-13 tries 1, 8 and 15.
  public init(days: Int = 8, isStock: Bool = false) {
    precondition((1...25).contains(days), "Easter's effect begins 1 to 25 days before it, not \(days).")
    self.days = days
    self.isStock = isStock
  }

  /// `Easter`.
  public var title: String { "Easter" }
  /// Part of the calendar.
  public var role: RegressionRole { .holiday }

  /// One column.
  ///
  /// - Throws: ``RegressionError/holiday(_:)`` before 1583 and after 2500.
  public func columns(in frame: RegressionFrame) throws(RegressionError) -> [RegressionColumn] {
    let holiday = MovingHoliday(.easter, windows: [-days ... -1])
    guard isStock else { return try holiday.columns(in: frame) }
    // From the first period of the year: what was added before the series began counts too.
    let unit = frame.start.unit
    let firstOfYear = Period(unit: unit, ordinal: frame.start.year * unit.periodsPerYear)
    let before = firstOfYear.distance(to: frame.start)
    let whole = RegressionFrame(
      start: firstOfYear, count: before + frame.count, seasonalPeriod: frame.seasonalPeriod)
    return try holiday.columns(in: whole).map { flow in
      var stock = 0.0
      let values = flow.values.enumerated().map { index, value in
        let beginsYear = index.isMultiple(of: unit.periodsPerYear)
        stock = beginsYear ? value : stock + value
        return stock
      }
      return RegressionColumn(name: "Easter stock -\(days)...-1", values: Array(values.dropFirst(before)))
    }
  }
}
