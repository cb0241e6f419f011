import Tradewind

/// Calendar effects that a history may show.
enum CalendarEffect: CaseIterable {
  case chineseNewYear
  case tradingDays

  /// By how much an effect must raise the log marginal likelihood to be taken: a Bayes factor of 20, "strong" on the
  /// scale of Kass & Raftery (1995, doi:10.1080/01621459.1995.10476572).
  static let evidenceNeeded = 3.0

  /// How many months must be known singly before an effect is tried: three years.
  static let monthsNeeded = 36

  var name: String {
    switch self {
    case .chineseNewYear: "Chinese New Year"
    case .tradingDays: "trading days"
    }
  }

  /// The effect's columns over the model's months with the prior spread of their sizes, or `nil` if the effect cannot
  /// be told from these facts.
  ///
  /// Windows around the Chinese New Year and the spread of their effects are those that fit China's exports and
  /// imports: a week before, the week of the holiday, and the two weeks after, each up to about 20 % of a month's
  /// trade. A weekday more and two and a half weekend days fewer changes a month by about 1 %.
  func columns(for model: HistoryModel) -> [(column: [Double], spread: Double)]? {
    guard model.singlyKnownMonths >= Self.monthsNeeded else { return nil }
    let ordinals = model.variables.map { variable -> Int? in
      if case .month(_, let ordinal) = variable { ordinal } else { nil }
    }
    guard let first = ordinals.compactMap({ $0 }).min(), let last = ordinals.compactMap({ $0 }).max() else {
      return nil
    }
    let months = Period(unit: .month, ordinal: first)...Period(unit: .month, ordinal: last)
    func spreadOut(_ values: [Double]) -> [Double] {
      ordinals.map { $0.map { values[$0 - first] } ?? 0 }
    }
    switch self {
    case .chineseNewYear:
      // Beyond the table of dates the effect is not known.
      let windows = [-7...(-1), 0...6, 7...20]
      let columns = windows.map {
        try? CalendarRegressors.movingHoliday(.chineseNewYear, window: $0, over: months)
      }
      let known = columns.compactMap { $0 }
      return known.count == windows.count ? known.map { (spreadOut($0), 0.2) } : nil
    case .tradingDays:
      return [(spreadOut(CalendarRegressors.tradingDays(over: months)), 0.01)]
    }
  }
}
