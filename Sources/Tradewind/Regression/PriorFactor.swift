/// A known calendar factor that a series is divided by before its logarithm is taken.
///
/// Where trade is proportional to the number of days, a February of 29 days has 29/28.25 of a usual February's trade:
/// that needs no coefficient. X-13 divides so where a model in logs has its regressors `td` or `td1coef` (with
/// `tdnolpyear` and `lpyear` the leap year has a coefficient of its own: ``LeapYear``).
///
/// Division by a known factor shifts the logarithms; the Jacobian of the logarithm remains −Σ log of the undivided
/// values, and so the likelihood of the values compares with that of a model without the factor.
///
/// Reference: US Census Bureau, X-13ARIMA-SEATS Reference Manual, §7.18 (`transform`, argument `adjust`).
public enum PriorFactor: String, Sendable, Hashable, Codable, CaseIterable {
  /// 29/28.25 in a leap year's February, 28/28.25 in another, 1 elsewhere; 91/90.25 and 90/90.25 for first quarters,
  /// 366/365.25 and 365/365.25 for years. X-13's `lpyear`.
  case leapYear
  /// The number of days by the mean length, 30.4375 for a month. X-13's `lom` and `loq`.
  case lengthOfMonth

  /// One factor for each period of the frame.
  public func values(in frame: RegressionFrame) -> [Double] {
    (0..<frame.count).map { index in
      let period = frame.period(at: index)
      let days = Double(CalendarFacts.days(in: period))
      let mean =
        switch self {
        case .leapYear: days - CalendarRegressors.leapYear(over: period...period)[0]
        case .lengthOfMonth: days - CalendarRegressors.lengthOfMonth(over: period...period)[0]
        }
      return days / mean
    }
  }
}
