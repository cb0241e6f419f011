/// The periods over which a term writes its columns.
public struct RegressionFrame: Sendable, Hashable {
  /// The first period: that of the series' first value, missing or not.
  public let start: Period
  /// How many periods: those of the series, or with the horizon behind them.
  public let count: Int
  /// How many periods make a season; 1 where there is none.
  public let seasonalPeriod: Int

  /// The `count` periods (0 or more) from `start`.
  public init(start: Period, count: Int, seasonalPeriod: Int) {
    precondition(count >= 0, "a frame has no negative number of periods")
    precondition(seasonalPeriod >= 1, "a season has at least one period")
    self.start = start
    self.count = count
    self.seasonalPeriod = seasonalPeriod
  }

  /// The period at `index`, from 0.
  public func period(at index: Int) -> Period { start.advanced(by: index) }

  /// The season of the period at `index`, from 0: January and the first quarter are 0 whatever the start.
  public func season(at index: Int) -> Int {
    let remainder = period(at: index).ordinal % seasonalPeriod
    return remainder < 0 ? remainder + seasonalPeriod : remainder
  }

  /// How many periods after the start `period` lies, negative before it.
  func index(of period: Period, term: String) throws(RegressionError) -> Int {
    guard period.unit == start.unit else {
      throw .wrongUnit(term: term, needed: period.unit, found: start.unit)
    }
    return period.ordinal - start.ordinal
  }

  /// All periods, or nil where there is none.
  var periods: ClosedRange<Period>? { count > 0 ? start...period(at: count - 1) : nil }
}
