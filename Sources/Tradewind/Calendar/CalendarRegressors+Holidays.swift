import Synchronization

extension CalendarRegressors {
  /// The effect of the days before Easter Sunday, X-13's `easter[w]`: the share of the last `days` days before Easter
  /// Sunday that falls in the period, less the mean of that calendar month over the years 1600 to 2099.
  ///
  /// - Parameters:
  ///   - days: How many days before Easter Sunday the effect begins, 1…25 (a precondition).
  ///   - periods: The periods, from 1583 to 2500.
  /// - Throws: ``HolidayError/outsideTable(holiday:period:first:last:)`` outside of these years.
  public static func easter(
    days: Int, over periods: ClosedRange<Period>
  ) throws(HolidayError) -> [Double] {
    precondition((1...25).contains(days), "Easter's effect begins 1 to 25 days before it, not \(days).")
    return try movingHoliday(.easter, window: -days ... -1, over: periods)
  }

  /// The share of a window of days around a holiday that falls in each period, less the mean share of that
  /// calendar month over the holiday's ``Holiday/centringYears``.
  ///
  /// A holiday that lifts one month and lowers the next needs several such columns: for Chinese New Year, say,
  /// the week before, the week of the feast, and the two weeks after. Without the mean the columns would
  /// carry a part of the seasonal pattern; less it, they sum to zero over the centring years in each calendar
  /// month. (R's `genhol(center = "calendar")` of the package `seasonal` computes the same.)
  ///
  /// ```swift
  /// let months = Period.month(2025, 1)...Period.month(2025, 2)
  /// // New Year's day 2025 is 29 January: 3 of the 7 days from it on lie in January.
  /// let during = try CalendarRegressors.movingHoliday(.chineseNewYear, window: 0...6, over: months)
  /// ```
  ///
  /// - Parameters:
  ///   - holiday: The holiday with its dates.
  ///   - window: The days relative to the holiday: `-7 ... -1` is the week before, `0...6` the week from it on. At most
  ///     366 days (a precondition).
  ///   - periods: The periods.
  /// - Throws: ``HolidayError/outsideTable(holiday:period:first:last:)`` for a month in which a date not in the holiday's
  ///   list might make itself felt.
  public static func movingHoliday(
    _ holiday: Holiday, window: ClosedRange<Int>, over periods: ClosedRange<Period>
  ) throws(HolidayError) -> [Double] {
    let table = WindowShares.kept(of: holiday, window: window)
    let months = periods.lowerBound.firstMonth...periods.upperBound.lastMonth
    for month in [months.lowerBound, months.upperBound]
    where month < table.firstKnown || month > table.lastKnown {
      throw .outsideTable(
        holiday: holiday.name, period: month, first: table.firstKnown, last: table.lastKnown)
    }
    return periods.map { period in period.months.reduce(0) { $0 + table.centredShare(of: $1) } }
  }
}

/// How a window around the dates of a holiday is spread over months.
private struct WindowShares {
  /// Of each month from `firstMonth` on, to the last that a window touches.
  private var shares: [Double] = []
  /// The ordinal of the first month that a window touches.
  private var firstMonth = 0
  /// The mean share of each calendar month, January first.
  private var means = [Double](repeating: 0, count: 12)
  /// The first and the last month whose share is certain; there is none if the last comes first.
  let firstKnown, lastKnown: Period

  private init(of holiday: Holiday, window: ClosedRange<Int>) {
    precondition(window.count <= 366, "A holiday's window has at most 366 days, not \(window.count).")
    let length = Double(window.count)
    let centringLength = Double(holiday.centringYears.count)
    var earliest = 0
    var latest = 11
    for date in holiday.dates {
      let first = date.advanced(by: window.lowerBound)
      let last = date.advanced(by: window.upperBound)
      if shares.isEmpty { firstMonth = first.period.ordinal }
      for month in first.period...last.period {
        let begins = month == first.period ? first.day : 1
        let ends = month == last.period ? last.day : CalendarFacts.daysInMonth(month)
        let share = Double(ends - begins + 1) / length
        // The dates rise, and so do their windows.
        let place = month.ordinal - firstMonth
        while shares.count <= place { shares.append(0) }
        shares[place] += share
        if holiday.centringYears.contains(date.year) { means[month.month - 1] += share / centringLength }
      }
      let january = Period.month(date.year, 1)
      earliest = min(earliest, january.distance(to: first.period))
      latest = max(latest, january.distance(to: last.period))
    }
    // Where windows reach into a neighbouring year, the list's first or last months depend on a date that is not in it.
    firstKnown = Period.month(holiday.years.lowerBound, 1).advanced(by: latest - 11)
    lastKnown = Period.month(holiday.years.upperBound, 12).advanced(by: earliest)
  }

  func centredShare(of month: Period) -> Double {
    let place = month.ordinal - firstMonth
    return (shares.indices.contains(place) ? shares[place] : 0) - means[month.month - 1]
  }
}

extension WindowShares {
  /// The shares, worked out once for each holiday and window: a search over windows asks for the same centuries series after series.
  static func kept(of holiday: Holiday, window: ClosedRange<Int>) -> WindowShares {
    let key = Key(holiday: holiday, window: window)
    return known.withLock { known in
      if let shares = known[key] { return shares }
      // Holidays of one's own without end must not fill the memory.
      if known.count >= 200 { known.removeAll() }
      let shares = WindowShares(of: holiday, window: window)
      known[key] = shares
      return shares
    }
  }

  private static let known = Mutex<[Key: WindowShares]>([:])

  private struct Key: Hashable {
    let holiday: Holiday
    let window: ClosedRange<Int>

    /// By the name: to hash centuries of dates takes longer than to work out what they give, and to compare a list with itself takes no time.
    func hash(into hasher: inout Hasher) {
      hasher.combine(holiday.name)
      hasher.combine(window)
    }
  }
}
