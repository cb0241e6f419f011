/// Which weekday a stock is counted on: for inventories, debts and reserves, which are the sum of all flows before.
///
/// Six columns `Mon` … `Sat`, X-13's `tdstock[w]`, or one, `stock trading days`, its `tdstock1coef[w]`: the six with
/// the weights −0.6, −0.2, 0.2, 0.6, 1, 0, which follow when every weekday adds the same to the stock and both days
/// of the weekend take the same off.
///
/// References: W. R. Bell and S. C. Hillmer (1983), "Modeling Time Series with Calendar Variation", JASA 78:526–534,
/// DOI 10.1080/01621459.1983.10478005; D. F. Findley and B. C. Monsell (2009), "Modeling Stock Trading Day Effects
/// Under Flow Day-of-Week Effect Constraints", Journal of Official Statistics 25:415–430.
public struct StockTradingDays: RegressionTerm, Hashable {
  /// The day of the month on which the stock is counted, 1…31; in a shorter month its last day.
  public let day: Int
  /// How finely weekdays are told apart.
  public let contrasts: TradingDays.Contrasts

  /// A stock counted on `day` of the month, 1…31 (a precondition); 31 for the end of the month. For quarters and
  /// years it is a day of their last month.
  public init(day: Int = 31, _ contrasts: TradingDays.Contrasts = .six) {
    precondition((1...31).contains(day), "A day of the month is a number from 1 to 31, not \(day).")
    self.day = day
    self.contrasts = contrasts
  }

  /// `stock trading days`.
  public var title: String { "stock trading days" }
  /// Part of the calendar.
  public var role: RegressionRole { .tradingDays }

  /// `Sun`, minus the sum of the six others; none with one contrast.
  public func derived(in frame: RegressionFrame) -> [DerivedCoefficient] {
    contrasts.derived.filter { _ in contrasts == .six }
  }

  /// `Mon` … `Sat`, or `stock trading days`.
  public func columns(in frame: RegressionFrame) -> [RegressionColumn] {
    let days = frame.periods.map { CalendarRegressors.stockTradingDays(day: day, over: $0) }
    switch contrasts {
    case .six:
      return CalendarRegressors.weekdayNames.enumerated().map {
        RegressionColumn(name: $1, values: days?[$0] ?? [])
      }
    case .one:
      var values = [Double](repeating: 0, count: frame.count)
      for (column, weight) in zip(days ?? [], [-0.6, -0.2, 0.2, 0.6, 1, 0]) {
        for index in values.indices { values[index] += weight * column[index] }
      }
      return [RegressionColumn(name: title, values: values)]
    }
  }
}
