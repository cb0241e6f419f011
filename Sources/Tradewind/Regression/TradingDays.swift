/// How many working days a period has, beyond its length.
///
/// See ``CalendarRegressors`` for the columns and their source. Use ``LengthOfMonth`` or ``LeapYear`` beside
/// it for the length itself.
public struct TradingDays: RegressionTerm, Hashable {
  /// How finely weekdays are told apart.
  public enum Contrasts: Sendable, Hashable, CaseIterable {
    /// One column, `trading days`: all weekdays alike, against Saturday and Sunday.
    case one
    /// Six columns, `Mon` … `Sat`: each day against Sunday.
    case six
  }

  /// The contrasts in use.
  public let contrasts: Contrasts

  /// Trading days with one or six contrasts.
  public init(_ contrasts: Contrasts = .six) {
    self.contrasts = contrasts
  }

  /// `trading days`.
  public var title: String { "trading days" }
  /// Part of the calendar.
  public var role: RegressionRole { .tradingDays }

  /// `trading days`, or `Mon` … `Sat`.
  public func columns(in frame: RegressionFrame) -> [RegressionColumn] {
    switch contrasts {
    case .one:
      let values = frame.periods.map { CalendarRegressors.tradingDays(over: $0) } ?? []
      return [RegressionColumn(name: "trading days", values: values)]
    case .six:
      let columns = frame.periods.map { CalendarRegressors.tradingDaysByWeekday(over: $0) }
      return CalendarRegressors.weekdayNames.enumerated().map {
        RegressionColumn(name: $1, values: columns?[$0] ?? [])
      }
    }
  }
}
