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

    /// The days of the weekend, which have no column of their own.
    var derived: [DerivedCoefficient] {
      switch self {
      case .one: [DerivedCoefficient(name: "Sat and Sun", weights: [-2.5])]
      case .six: [DerivedCoefficient(name: "Sun", weights: [Double](repeating: -1, count: 6))]
      }
    }
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

  /// `Sun`, minus the sum of the six others; with one contrast `Sat and Sun`, −5/2 of it.
  public func derived(in frame: RegressionFrame) -> [DerivedCoefficient] {
    contrasts.derived
  }

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
